//! A run is a function of its settings and its log: the same digits wherever
//! it is made. However its steps are bundled, `tests/exhibit/exhibit_replay.rs`
//! tests natively, and `modules/element.js` for a run that was played.

use anyhow::Result;
use browser_tests::{Browser, Engine, Exhibit, Origin, Readings, check, claims};

claims! {
    fast_chromium:
        a_link_opens_the_same_run_at_the_same_digits;
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

/// Equal in every digit, told apart reading by reading.
fn same(left: &Readings, right: &Readings) {
    assert!(right.len() > 3, "there are readings: {right:?}");
    for (name, value) in right {
        assert_eq!(left.get(name), Some(value), "{name}");
    }
    assert_eq!(left.len(), right.len());
}
