//! Everything can be done with the keyboard alone. Keys are pressed as a person
//! presses them; no script moves the focus.

use crate::focus::{ENTER, SHIFT, TAB, focus, paused, press, shows, tab_to};
use anyhow::{Result, ensure};
use browser_tests::{Engine, Origin, check, claims};
use serde_json::{Value, json};

claims! {
    fast:
        run_and_controls_follow_the_keys;
    full:
        more_is_opened_used_and_left_with_keys,
        arrow_keys_move_the_cursor_of_a_chart_which_is_read_out;
}

const ESCAPE: char = '\u{e00c}';
const LEFT: char = '\u{e012}';
const RIGHT: char = '\u{e014}';

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

fn arrow_keys_move_the_cursor_of_a_chart_which_is_read_out(engine: Engine) {
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
        let spoken = "return root.querySelector('p[role=status]').textContent";
        let titled =
            "return root.activeElement.closest('figure').querySelector('figcaption').textContent";
        let plain = exhibit.call(titled, &[])?;
        let mut words = vec![exhibit.call(spoken, &[])?];
        for key in [RIGHT, RIGHT, LEFT] {
            press(browser, key)?;
            words.push(exhibit.call(spoken, &[])?);
        }
        assert_eq!(words[3], words[1], "there and back: {words:?}");
        assert!(
            words[0] != words[1] && words[1] != words[2],
            "every key is read out: {words:?}"
        );
        assert_eq!(
            exhibit.step_count()?,
            steps,
            "moving the cursor is not a step"
        );
        assert_ne!(exhibit.call(titled, &[])?, plain, "and it is shown");
        press(browser, ESCAPE)?;
        assert_eq!(
            exhibit.call(titled, &[])?,
            plain,
            "Escape clears the cursor"
        );
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
