//! A second run beside the first is a run of its own, one knob apart.

use anyhow::Result;
use browser_tests::{Engine, Exhibit, Origin, check, claims};
use serde_json::{Value, json};

claims! {
    fast_chromium:
        a_link_opens_both_and_the_toolbar_ends_one;
    full:
        the_window_puts_one_beside;
    full_chromium:
        it_is_the_run_that_a_page_with_that_knob_has;
}

/// Readings as text, which tells every two doubles apart.
fn numbers(exhibit: &Exhibit<'_>, readings: &str) -> Result<Value> {
    exhibit.call(
        &format!(
            "return Object.fromEntries(Object.entries({readings}).map(([name, value]) => [name, String(value)]))"
        ),
        &[],
    )
}

/// The second run's column in the CSV.
const SECOND: &str = "element.csv().split('\\n\\n')[1].split('\\n').slice(1).filter(Boolean)
    .map((row) => row.split(',')).reduce((all, [name, , second]) => ({ ...all, [name]: Number(second) }), {})";

fn it_is_the_run_that_a_page_with_that_knob_has(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground id=both exhibit=spectrum></ntk-playground>
                    <ntk-playground id=plain exhibit=spectrum></ntk-playground>
                    <ntk-playground id=other exhibit=spectrum gate=hard></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let both = browser.exhibit("#both")?;
        // In the middle of a run: it moves into the other engine and starts anew.
        both.step(25)?;
        both.call("await element.twin('gate', 'hard')", &[])?;
        assert_eq!(both.step_count()?, 0, "both start together");
        let note = both.call("return root.querySelector('.note').textContent", &[])?;
        assert_eq!(note, "", "nothing to remark on the way");
        let (plain, other) = (browser.exhibit("#plain")?, browser.exhibit("#other")?);
        for exhibit in [&both, &plain, &other] {
            exhibit.step(60)?;
            exhibit.set("noise", "0.35")?;
            exhibit.step(20)?;
        }
        assert_eq!(
            numbers(&both, "element.readings")?,
            numbers(&plain, "element.readings")?,
            "the first is as it would be alone, in either engine"
        );
        let second = numbers(&both, SECOND)?;
        let alone = numbers(&other, "element.readings")?;
        for (name, value) in second.as_object().into_iter().flatten() {
            assert_eq!(*value, alone[name], "{name} of the second run");
        }
        assert!(second.as_object().is_some_and(|all| all.len() > 10));
        Ok(())
    });
}

fn a_link_opens_both_and_the_toolbar_ends_one(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address("?beside=noise.0&step=30"))?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.wait(
            "step 30",
            20.0,
            "return element.stepCount === 30 && !element.running",
        )?;
        let told = exhibit.call(
            "return [element.twinned, root.querySelector('.comparison').textContent, element.link(),
               root.querySelector('[data-view=loss] canvas').getAttribute('aria-label')]",
            &[],
        )?;
        assert_eq!(told[0]["knob"], "noise");
        assert_eq!(told[1], "Second run: noise 0");
        assert!(
            told[2]
                .as_str()
                .is_some_and(|link| link.contains("beside=noise.0"))
        );
        assert!(
            told[3]
                .as_str()
                .is_some_and(|text| text.contains("second run")),
            "{told}"
        );
        let end = exhibit.inside(".comparison button")?;
        browser.click(&end)?;
        let left = exhibit.call(
            "return [element.twinned, root.querySelector('.comparison').hidden, element.stepCount]",
            &[],
        )?;
        assert_eq!(
            left,
            json!([null, true, 30]),
            "the first goes on where it is"
        );
        // What is no knob, and what has no value, is named.
        browser.open(&origin.address("?beside=nonsense.3"))?;
        let exhibit = browser.exhibit("#spectrum")?;
        assert!(exhibit.words()?.contains("nonsense"), "a note names it");
        Ok(())
    });
}

fn the_window_puts_one_beside(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground exhibit=spectrum></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        let button = "return [...root.querySelectorAll('button')].find((part) => part.textContent === values[0]) ?? null";
        browser.click(&exhibit.inside(".more")?)?;
        let open = exhibit.find(button, &["Second run\u{2026}".into()])?;
        browser.click(&open.expect("there is a button"))?;
        exhibit.wait(
            "the window",
            10.0,
            "return root.querySelector('dialog[open]')",
        )?;
        // A knob that the run has at this value already is refused with a sentence, and the window stays.
        exhibit.call(
            "const [knob, value] = root.querySelectorAll('dialog select');
             knob.value = 'gate'; knob.dispatchEvent(new Event('change'));
             const choice = root.querySelectorAll('dialog select')[1];
             choice.value = 'off'; choice.dispatchEvent(new Event('change'));",
            &[],
        )?;
        let run = exhibit
            .find(button, &["Run both".into()])?
            .expect("there is a button");
        browser.click(&run)?;
        let refused = exhibit.wait(
            "a sentence",
            20.0,
            "return root.querySelector('dialog .refused:not([hidden])')?.textContent",
        )?;
        assert!(
            refused.as_str().is_some_and(|text| text.contains("gate")),
            "{refused}"
        );
        exhibit.call(
            "const choice = root.querySelectorAll('dialog select')[1];
             choice.value = 'snr'; choice.dispatchEvent(new Event('change'));",
            &[],
        )?;
        browser.click(&run)?;
        exhibit.wait(
            "both run",
            20.0,
            "return element.twinned?.value === 'snr' && element.stepCount > 3",
        )?;
        assert_eq!(
            exhibit.call("return root.querySelector('dialog')", &[])?,
            Value::Null
        );
        Ok(())
    });
}
