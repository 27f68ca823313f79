//! A run is a function of its settings and its log: the same digits wherever
//! and however it is made.

use anyhow::Result;
use browser_tests::{Browser, Engine, Exhibit, Origin, Readings, check, claims};

claims! {
    fast_chromium:
        a_link_opens_the_same_run_at_the_same_digits;
    full_chromium:
        how_steps_are_bundled_makes_no_difference,
        reset_leads_to_the_same_run,
        noise_and_gate_change_the_run;
}

const PAGE: &str = "one.html";
const ELEMENT: &str = "<ntk-playground exhibit=spectrum></ntk-playground>";

/// Opens a fresh element at step 0.
fn fresh<'a>(browser: &'a Browser, origin: &Origin) -> Result<Exhibit<'a>> {
    browser.open(&origin.test_address(PAGE))?;
    browser.exhibit("ntk-playground")
}

fn a_link_opens_the_same_run_at_the_same_digits(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.elements(PAGE, ELEMENT).serve()?;
        let exhibit = fresh(browser, &origin)?;
        exhibit.set("seed", "7")?;
        exhibit.set("noise", "0.35")?;
        exhibit.step(60)?;
        exhibit.set("gate", "hard")?;
        exhibit.step(60)?;
        exhibit.set("noise", "0.8")?;
        exhibit.set("batch", "8")?;
        exhibit.step(57)?;
        let link = exhibit.link()?;
        let expected = exhibit.readings()?;

        browser.open(&origin.address(&format!("?{link}")))?;
        let opened = browser.exhibit("ntk-playground[exhibit=spectrum]")?;
        opened.wait(
            "the step of the link",
            20.0,
            "return element.stepCount >= 177",
        )?;
        assert_eq!(
            opened.step_count()?,
            177,
            "it stops at the step of the link"
        );
        same(&opened.readings()?, &expected);
        assert_eq!(opened.link()?, link);

        // And both go on alike.
        opened.step(20)?;
        let opened = opened.readings()?;
        let again = fresh(browser, &origin)?;
        again.set("seed", "7")?;
        again.set("noise", "0.35")?;
        again.step(60)?;
        again.set("gate", "hard")?;
        again.step(60)?;
        again.set("noise", "0.8")?;
        again.set("batch", "8")?;
        again.step(77)?;
        same(&again.readings()?, &opened);
        Ok(())
    });
}

fn how_steps_are_bundled_makes_no_difference(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.elements(PAGE, ELEMENT).serve()?;
        let at_once = fresh(browser, &origin)?;
        at_once.step(500)?;
        let expected = at_once.readings()?;

        let bundled = fresh(browser, &origin)?;
        for count in [1, 99, 137, 3, 260] {
            bundled.step(count)?;
        }
        same(&bundled.readings()?, &expected);

        let played = fresh(browser, &origin)?;
        played.play()?;
        played.wait(
            "a while",
            10.0,
            "return element.stepCount > 100 && (element.pause(), true)",
        )?;
        let done = played.step_count()?;
        assert!(done < 500, "it was paused in time, at step {done}");
        played.step(500 - done)?;
        same(&played.readings()?, &expected);
        Ok(())
    });
}

fn reset_leads_to_the_same_run(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.elements(PAGE, ELEMENT).serve()?;
        let exhibit = fresh(browser, &origin)?;
        exhibit.step(80)?;
        let first = exhibit.readings()?;
        exhibit.restart()?;
        exhibit.step(80)?;
        same(&exhibit.readings()?, &first);
        Ok(())
    });
}

fn noise_and_gate_change_the_run(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.elements(PAGE, ELEMENT).serve()?;
        let exhibit = fresh(browser, &origin)?;
        let run = |knob: &str, value: &str| -> Result<Readings> {
            let before = exhibit.get(knob)?;
            exhibit.restart()?;
            exhibit.set(knob, value)?;
            exhibit.restart()?;
            exhibit.step(100)?;
            let readings = exhibit.readings()?;
            exhibit.set(knob, &before)?;
            Ok(readings)
        };
        let plain = run("noise", "0.5")?;
        for (knob, value) in [
            ("noise", "0"),
            ("noise", "0.9"),
            ("gate", "hard"),
            ("gate", "random"),
        ] {
            let other = run(knob, value)?;
            for reading in ["train-loss", "test-loss"] {
                assert_ne!(
                    plain.get(reading),
                    other.get(reading),
                    "{reading}, {knob} {value}"
                );
            }
        }
        same(&run("noise", "0.5")?, &plain);
        Ok(())
    });
}

/// Equal in every digit, told apart reading by reading.
fn same(left: &Readings, right: &Readings) {
    assert!(right.len() > 3, "there are readings: {right:?}");
    for (name, value) in right {
        assert_eq!(left.get(name), Some(value), "{name}");
    }
    assert_eq!(left.len(), right.len());
}
