//! Everything can be done with the keyboard alone. Keys are pressed as a person
//! presses them; no script moves the focus.

use anyhow::{Context, Result, bail, ensure};
use browser_tests::{Browser, Engine, Exhibit, Origin, check, claims};
use serde_json::{Value, json};

claims! {
    fast:
        run_and_controls_follow_the_keys;
    full:
        the_skip_link_leads_past_the_exhibit,
        tab_walks_through_all_of_the_exhibit_and_on_and_back,
        more_is_opened_used_and_left_with_keys,
        arrow_keys_look_along_a_picture_and_are_told_what_is_there;
}

const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';
const SHIFT: char = '\u{e008}';
const ESCAPE: char = '\u{e00c}';
const LEFT: char = '\u{e012}';
const RIGHT: char = '\u{e014}';

/// What has the focus, also inside a shadow root, and whether that can be seen.
/// `stops` are all places that the Tab key leads to, in their order.
const FOCUS: &str = "
    const tabbable = 'a[href], button, input, select, textarea, summary, [tabindex]';
    const within = (root) => [...root.querySelectorAll('*')].flatMap((part) => [
      ...(part.matches(tabbable) && part.tabIndex >= 0 && !part.disabled && part.checkVisibility({ visibilityProperty: true }) ? [part] : []),
      ...(part.shadowRoot ? within(part.shadowRoot) : []),
    ]);
    const stops = within(document);
    let active = document.activeElement ?? document.body;
    const host = active;
    while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    const box = active.getBoundingClientRect();
    const words = active.getAttribute('aria-label') || active.labels?.[0]?.textContent || active.textContent;

    // The ring: its width, and how many of its sides something cuts off.
    const style = getComputedStyle(active);
    const width = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
    const reach = width + parseFloat(style.outlineOffset);
    const sides = { left: 0, top: 0, right: 0, bottom: 0 };
    for (let outer = active.parentElement; outer; outer = outer.parentElement) {
      const { overflowX, overflowClipMargin } = getComputedStyle(outer);
      if (!['hidden', 'clip'].includes(overflowX)) continue;
      const room = overflowX === 'clip' ? parseFloat(overflowClipMargin) || 0 : 0;
      const edge = outer.getBoundingClientRect();
      if (box.left - reach < edge.left - room - 0.5) sides.left = 1;
      if (box.top - reach < edge.top - room - 0.5) sides.top = 1;
      if (box.right + reach > edge.right + room + 0.5) sides.right = 1;
      if (box.bottom + reach > edge.bottom + room + 0.5) sides.bottom = 1;
    }
    // What lies over the part of it that is on the screen.
    const x = (Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2;
    const y = (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2;
    const over = active.getRootNode().elementFromPoint(x, y);
    return {
      place: stops.indexOf(active), host: host.id, tag: active.localName, kind: active.type ?? '',
      role: active.getAttribute('role') ?? '', knob: active.closest('[data-knob]')?.dataset.knob ?? '',
      view: active.closest('[data-view]')?.dataset.view ?? '', words: words.trim().slice(0, 60),
      ring: width, cut: Object.values(sides).reduce((sum, side) => sum + side, 0),
      seen: over !== null && (active.contains(over) || over.contains(active)),
      stops: stops.length,
    };";

fn focus(browser: &Browser) -> Result<Value> {
    browser.run(FOCUS, &[])
}

fn press(browser: &Browser, key: char) -> Result<()> {
    browser.press(&key.to_string())
}

/// Presses Tab until the focus is where it should be.
fn tab_to(browser: &Browser, what: &str, there: impl Fn(&Value) -> bool) -> Result<Value> {
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

fn open(browser: &Browser, origin: &Origin) -> Result<()> {
    browser.open(&origin.address(""))?;
    let ready = "return document.querySelector('#spectrum').ready?.then(() => true)";
    browser.wait("the first exhibit", 10.0, ready, &[])?;
    Ok(())
}

/// Opens the page and brings its first exhibit to a stand, by keys.
fn paused<'a>(browser: &'a Browser, origin: &Origin) -> Result<Exhibit<'a>> {
    open(browser, origin)?;
    tab_to(browser, "Pause", |now| now["words"] == "Pause")?;
    press(browser, ' ')?;
    let exhibit = browser.exhibit("#spectrum")?;
    exhibit.wait("it stands", 2.0, "return !element.running")?;
    Ok(exhibit)
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

/// Whether a person sees that this has the focus. The ring of a slider is that
/// of its thumb, which no script can ask for: it is looked at, in a picture.
fn shows(now: &Value) {
    assert_eq!(now["seen"], true, "nothing lies over it: {now}");
    if now["kind"] != "range" {
        assert!(now["ring"].as_f64() >= Some(2.0), "it has a ring: {now}");
        assert!(now["cut"].as_u64() <= Some(1), "its ring is cut off: {now}");
    }
}

fn tab_walks_through_all_of_the_exhibit_and_on_and_back(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        let exhibit = paused(browser, &origin)?;
        let next = browser.run(
            "const [, next] = document.querySelectorAll('ntk-playground');
             await next.ready;
             next.pause();
             return next.id;",
            &[],
        )?;
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
        while now["host"] != next {
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
            "const knobs = [...root.querySelectorAll('.strip > .controls [data-knob]')];
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

        // Into the next exhibit, and all the way back.
        for wanted in (0..now["place"].as_i64().unwrap_or_default()).rev() {
            browser.press_with(SHIFT, TAB)?;
            let back = focus(browser)?;
            assert_eq!(back["place"], wanted, "{back}");
        }
        Ok(())
    });
}

fn run_and_controls_follow_the_keys(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        let exhibit = paused(browser, &origin)?;
        let steps = exhibit.step_count()?;

        // The run.
        press(browser, ENTER)?;
        exhibit.wait(
            "it plays",
            2.0,
            &format!("return element.stepCount > {steps}"),
        )?;
        press(browser, ' ')?;
        exhibit.wait("it stands", 2.0, "return !element.running")?;
        let steps = exhibit.step_count()?;
        tab_to(browser, "one step", |now| now["words"] == "One step")?;
        press(browser, ENTER)?;
        press(browser, ' ')?;
        exhibit.wait(
            "two steps",
            2.0,
            &format!("return element.stepCount === {}", steps + 2),
        )?;
        tab_to(browser, "step 0", |now| now["words"] == "Back to step 0")?;
        press(browser, ' ')?;
        exhibit.wait("step 0", 2.0, "return element.stepCount === 0")?;

        // Sliders, which say their values.
        let spoken = "
            const active = root.activeElement;
            return [element.get(active.closest('[data-knob]').dataset.knob), active.getAttribute('aria-valuetext')];";
        let slide = |knob: &str| -> Result<()> {
            tab_to(browser, knob, |now| {
                now["knob"] == knob && now["kind"] == "range"
            })?;
            let before = exhibit.call(spoken, &[])?;
            press(browser, RIGHT)?;
            let after = exhibit.call(spoken, &[])?;
            assert_ne!(before[0], after[0], "{knob} has moved");
            assert_ne!(before[1], after[1], "{knob} says so");
            press(browser, LEFT)?;
            assert_eq!(before, exhibit.call(spoken, &[])?, "{knob} and back");
            press(browser, RIGHT)
        };
        slide("noise")?;

        // A seed, drawn and written.
        tab_to(browser, "New data", |now| now["words"] == "New data")?;
        for key in [' ', ENTER] {
            let seed = exhibit.get("seed")?;
            press(browser, key)?;
            assert_ne!(exhibit.get("seed")?, seed, "New data by {key:?}");
        }
        tab_to(browser, "the seed", |now| {
            now["knob"] == "seed" && now["tag"] == "input"
        })?;
        // What the field holds is marked, so that typing takes its place.
        browser.press("42")?;
        press(browser, ENTER)?;
        assert_eq!(exhibit.get("seed")?, "42");

        slide("step-fraction")?;
        let limit = exhibit.call(spoken, &[])?;
        assert!(
            limit[1].as_str().is_some_and(|words| words.contains(' ')),
            "the step size says what it is a part of: {limit}"
        );

        // The switch, and one of several.
        tab_to(browser, "the gate", |now| now["role"] == "switch")?;
        for (key, value) in [(' ', "hard"), (' ', "off"), (ENTER, "hard")] {
            press(browser, key)?;
            assert_eq!(exhibit.get("gate")?, value, "the gate by {key:?}");
            let state = "return root.activeElement.getAttribute('aria-checked')";
            assert_eq!(exhibit.call(state, &[])?, (value == "hard").to_string());
        }
        tab_to(browser, "the widths", |now| now["role"] == "radio")?;
        let before = exhibit.get("widths")?;
        press(browser, RIGHT)?;
        assert_ne!(exhibit.get("widths")?, before);
        let chosen = focus(browser)?;
        shows(&chosen);
        let checked = "return root.activeElement.getAttribute('aria-checked')";
        assert_eq!(exhibit.call(checked, &[])?, "true", "{chosen}");
        press(browser, LEFT)?;
        assert_eq!(exhibit.get("widths")?, before);
        Ok(())
    });
}

fn more_is_opened_used_and_left_with_keys(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        let exhibit = paused(browser, &origin)?;
        let more = |now: &Value| now["words"] == "More controls";
        tab_to(browser, "More", more)?;
        press(browser, ENTER)?;
        let expanded = "return root.querySelector('.more').getAttribute('aria-expanded')";
        assert_eq!(exhibit.call(expanded, &[])?, "true");

        // Every row has a place where Tab stops, and every export.
        let wanted = exhibit.call(
            "const { panel } = { panel: root.querySelector('.panel') };
             return [...[...panel.querySelectorAll('[data-knob]')].map((row) => row.dataset.knob),
                     ...[...panel.querySelectorAll('.actions button')].map((button) => button.textContent)];",
            &[],
        )?;
        let wanted: Vec<String> = serde_json::from_value(wanted)?;
        assert!(wanted.len() > 8, "{wanted:?}");
        let mut reached = Vec::new();
        while reached.len() < 60 {
            press(browser, TAB)?;
            let now = focus(browser)?;
            let inside =
                exhibit.call("return root.activeElement?.closest('.panel') != null", &[])?;
            if inside != true {
                break;
            }
            // Firefox stops at what can be scrolled as well.
            if now["place"].as_i64() < Some(0) {
                continue;
            }
            shows(&now);
            let knob = now["knob"].as_str().unwrap_or_default();
            let name = if knob.is_empty() {
                &now["words"]
            } else {
                &now["knob"]
            };
            reached.push(name.as_str().unwrap_or_default().to_string());
        }
        let missed: Vec<&String> = wanted.iter().filter(|one| !reached.contains(one)).collect();
        assert!(missed.is_empty(), "{missed:?} is not among {reached:?}");

        // Back in: a menu, then out of it all.
        browser.press_with(SHIFT, TAB)?;
        let mut tries = 0;
        while focus(browser)?["words"] != "CSV" {
            browser.press_with(SHIFT, TAB)?;
            tries += 1;
            ensure!(tries < 20, "there is no way back to the exports");
        }
        exhibit.call(
            "window.saved = [];
             HTMLAnchorElement.prototype.click = function () { saved.push(this.download); };",
            &[],
        )?;
        press(browser, ENTER)?;
        let saved = exhibit.call("return saved", &[])?;
        let name = saved[0].as_str().unwrap_or_default();
        assert!(name.starts_with("spectrum-step-"), "{saved}");

        press(browser, ESCAPE)?;
        assert_eq!(exhibit.call(expanded, &[])?, "false");
        let now = focus(browser)?;
        assert!(more(&now), "Escape leads back to the button: {now}");
        shows(&now);
        press(browser, ' ')?;
        assert_eq!(exhibit.call(expanded, &[])?, "true");
        press(browser, ' ')?;
        assert_eq!(exhibit.call(expanded, &[])?, "false");
        Ok(())
    });
}

fn arrow_keys_look_along_a_picture_and_are_told_what_is_there(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        let exhibit = paused(browser, &origin)?;
        let mut now = focus(browser)?;
        while now["view"] != "eigenvalues" {
            browser.press_with(SHIFT, TAB)?;
            now = focus(browser)?;
            ensure!(now["place"].as_i64() > Some(0), "there is no picture");
        }
        shows(&now);
        let steps = exhibit.step_count()?;
        let told = "return root.querySelector('p[role=status]').textContent";
        let titled =
            "return root.activeElement.closest('figure').querySelector('figcaption').textContent";
        let plain = exhibit.call(titled, &[])?;
        let mut words = vec![exhibit.call(told, &[])?];
        for key in [RIGHT, RIGHT, LEFT] {
            press(browser, key)?;
            words.push(exhibit.call(told, &[])?);
        }
        assert_eq!(words[3], words[1], "there and back: {words:?}");
        assert!(
            words[0] != words[1] && words[1] != words[2],
            "every key is told: {words:?}"
        );
        assert_eq!(exhibit.step_count()?, steps, "looking is not a step");
        assert_ne!(exhibit.call(titled, &[])?, plain, "and everybody sees it");
        press(browser, ESCAPE)?;
        assert_eq!(exhibit.call(titled, &[])?, plain, "Escape looks away");
        press(browser, '.')?;
        assert_eq!(exhibit.step_count()?, steps + 1);
        press(browser, ' ')?;
        exhibit.wait("it plays", 2.0, "return element.running")?;
        press(browser, ' ')?;
        exhibit.wait("it stands", 2.0, "return !element.running")?;
        assert_eq!(json!(now["host"]), "spectrum");
        Ok(())
    });
}
