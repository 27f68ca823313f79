//! The focus: where the Tab key leads, and that it can be seen. No script moves it.

use anyhow::{Context, Result, bail, ensure};
use browser_tests::{Browser, Engine, Exhibit, Origin, check, claims};
use serde_json::Value;

claims! {
    full:
        the_skip_link_leads_past_the_exhibit,
        tab_walks_through_all_of_the_exhibit_and_on_and_back;
}

/// The Tab key.
pub const TAB: char = '\u{e004}';
/// The Enter key.
pub const ENTER: char = '\u{e007}';
/// The Shift key.
pub const SHIFT: char = '\u{e008}';

/// Reads what has the focus.
const FOCUS: &str = include_str!("focus.js");

/// What has the focus, and whether that can be seen.
pub fn focus(browser: &Browser) -> Result<Value> {
    browser.run(FOCUS, &[])
}

/// Presses a key as a person does.
pub fn press(browser: &Browser, key: char) -> Result<()> {
    browser.press(&key.to_string())
}

/// Presses Tab until the focus is where it should be.
pub fn tab_to(browser: &Browser, what: &str, there: impl Fn(&Value) -> bool) -> Result<Value> {
    let mut way = Vec::new();
    for _ in 0..120 {
        press(browser, TAB)?;
        let now = focus(browser)?;
        if there(&now) {
            return Ok(now);
        }
        way.push(now["words"].to_string());
    }
    bail!("the Tab key does not lead to {what}, only to {way:?}")
}

/// Opens the page.
pub fn open(browser: &Browser, origin: &Origin) -> Result<()> {
    browser.open(&origin.address(""))?;
    let ready = "return document.querySelector('#spectrum').ready?.then(() => true)";
    browser.wait("the first exhibit", 10.0, ready, &[])?;
    Ok(())
}

/// Opens the page and brings its first exhibit to a stand, by keys.
pub fn paused<'a>(browser: &'a Browser, origin: &Origin) -> Result<Exhibit<'a>> {
    open(browser, origin)?;
    tab_to(browser, "Pause", |now| now["words"] == "Pause")?;
    press(browser, ' ')?;
    let exhibit = browser.exhibit("#spectrum")?;
    exhibit.wait("it stands", 2.0, "return !element.running")?;
    Ok(exhibit)
}

/// Whether a person sees that this has the focus. The ring of a slider is that
/// of its thumb, which no script can ask for: it is looked at, in a picture.
pub fn shows(now: &Value) {
    assert_eq!(now["seen"], true, "nothing lies over it: {now}");
    if now["kind"] != "range" {
        assert!(now["ring"].as_f64() >= Some(2.0), "it has a ring: {now}");
        assert!(now["cut"].as_u64() <= Some(1), "its ring is cut off: {now}");
    }
}

fn the_skip_link_leads_past_the_exhibit(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        open(browser, &origin)?;
        press(browser, TAB)?;
        let first = focus(browser)?;
        assert_eq!(first["place"], 0, "{first}");
        assert_eq!(first["words"], "Skip the exhibit");
        let on_screen = browser.run(
            "const box = document.activeElement.getBoundingClientRect();
             return box.left >= 0 && box.top >= 0 && box.right < innerWidth && box.height >= 24;",
            &[],
        )?;
        assert_eq!(on_screen, true, "it can be seen while it has the focus");
        press(browser, ENTER)?;
        browser.wait(
            "the section",
            2.0,
            "return location.hash === '#output-space'",
            &[],
        )?;
        press(browser, TAB)?;
        let next = focus(browser)?;
        let inside = browser.run(
            "return document.activeElement.closest('#output-space') !== null",
            &[],
        )?;
        assert_eq!(inside, true, "{next}");
        Ok(())
    });
}

fn tab_walks_through_all_of_the_exhibit_and_on_and_back(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        let exhibit = paused(browser, &origin)?;
        // Back to the top, as with a fresh page.
        let mut now = focus(browser)?;
        while now["place"].as_i64() > Some(0) {
            browser.press_with(SHIFT, TAB)?;
            let back = focus(browser)?;
            let place = now["place"].as_i64().unwrap_or_default();
            assert_eq!(back["place"], place - 1, "back from {now}");
            now = back;
        }
        let mut seen = vec![now.clone()];
        let mut sliders = Vec::new();
        // Past the exhibit stand the buttons that try it.
        let is_past = |now: &Value| now["words"] == "Reset" && now["host"] == "";
        while !is_past(&now) {
            if now["kind"] == "range" {
                let slider = exhibit.inside(&format!(
                    "[data-knob={}] .slider",
                    now["knob"].as_str().context("a slider has a knob")?
                ))?;
                sliders.push((slider.clone(), browser.picture(&slider)?));
            }
            press(browser, TAB)?;
            let next = focus(browser)?;
            let place = now["place"].as_i64().unwrap_or_default();
            assert_eq!(next["place"], place + 1, "on from {now} to {next}");
            shows(&next);
            now = next;
            seen.push(now.clone());
            ensure!(seen.len() < 150, "the exhibit has no end");
        }
        for (slider, focused) in &sliders {
            assert_ne!(*focused, browser.picture(slider)?, "a thumb has no ring");
        }

        let inside = |what: &str, value: &str| {
            let mut found = seen.iter().filter(|one| one["host"] == "spectrum");
            assert!(
                found.any(|one| one[what] == value),
                "{what} {value}: {seen:?}"
            );
        };
        for words in [
            "Play",
            "One step",
            "Back to step 0",
            "New data",
            "More controls",
        ] {
            inside("words", words);
        }
        let wanted = exhibit.call(
            "const knobs = [...root.querySelectorAll('.toolbar > .controls [data-knob]')];
             return [element.views.map(({ name }) => name), knobs.map((knob) => knob.dataset.knob),
               knobs.filter((knob) => knob.querySelector('[type=range]')).length];",
            &[],
        )?;
        let (views, knobs, ranges): (Vec<String>, Vec<String>, usize) =
            serde_json::from_value(wanted)?;
        ensure!(views.len() > 1 && knobs.len() > 1, "{views:?} {knobs:?}");
        for view in &views {
            inside("view", view);
        }
        for knob in &knobs {
            inside("knob", knob);
        }
        assert_eq!(sliders.len(), ranges, "every slider is reached");

        // And all the way back.
        for wanted in (0..now["place"].as_i64().unwrap_or_default()).rev() {
            browser.press_with(SHIFT, TAB)?;
            let back = focus(browser)?;
            assert_eq!(back["place"], wanted, "{back}");
        }
        Ok(())
    });
}
