//! Every key in the list that `?` shows does what the list says.

use anyhow::{Context, Result};
use browser_tests::{Browser, Engine, Exhibit, Origin, check, claims};
use serde_json::{Value, json};

claims! {
    full:
        every_key_of_the_list_acts,
        controls_keep_the_keys_they_use_themselves,
        on_a_projector_no_focus_is_needed_and_elsewhere_it_is;
    full_chromium:
        hidden_values_are_neither_seen_nor_spoken;
}

const PAGE: &str = "one.html";
const ELEMENT: &str = "<ntk-playground exhibit=spectrum></ntk-playground>";

fn open<'a>(browser: &'a Browser, origin: &Origin) -> Result<Exhibit<'a>> {
    browser.open(&origin.test_address(PAGE))?;
    browser.exhibit("ntk-playground")
}

/// Presses a key where a picture has the focus.
fn press(browser: &Browser, exhibit: &Exhibit<'_>, key: &str) -> Result<()> {
    let picture = exhibit.inside("[data-view=eigenvalues] canvas")?;
    browser.keys(&picture, key)
}

/// What a key may change, in one value.
fn state(exhibit: &Exhibit<'_>) -> Result<Value> {
    exhibit.call(
        "return {
           running: element.running, steps: element.stepCount, seed: element.get('seed'),
           noise: element.get('noise'), gate: element.get('gate'),
           hidden: element.hasAttribute('hide-values'),
           times: root.querySelector('.performance') !== null,
           more: !root.querySelector('.panel').hidden,
           reading: root.querySelector('[data-view=eigenvalues] .reading').textContent,
           window: root.querySelector('dialog[open] h2')?.textContent ?? '',
         };",
        &[],
    )
}

fn every_key_of_the_list_acts(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.elements(PAGE, ELEMENT).serve()?;
        let exhibit = open(browser, &origin)?;
        exhibit.step(5)?;
        press(browser, &exhibit, "?")?;
        let list = exhibit.wait(
            "the list of keys",
            10.0,
            "return root.querySelector('dialog[open]') && [...root.querySelectorAll('dialog kbd')].map((key) => key.textContent)",
        )?;
        let list: Vec<String> = serde_json::from_value(list)?;
        browser.keys(&exhibit.inside("dialog button")?, "\u{e00c}")?;
        exhibit.wait("it closes", 5.0, "return !root.querySelector('dialog')")?;

        // The key as WebDriver sends it, and which part of the state it changes.
        let expected = [
            ("space", " ", "running"),
            (".", ".", "steps"),
            ("0", "0", "steps"),
            ("N", "n", "seed"),
            ("\u{2212}", "-", "noise"),
            ("+", "+", "noise"),
            ("G", "g", "gate"),
            ("\u{2190}", "\u{e012}", "reading"),
            ("\u{2192}", "\u{e014}", "reading"),
            ("esc", "\u{e00c}", "reading"),
            ("T", "t", "window"),
            ("M", "m", "more"),
            ("H", "h", "hidden"),
            ("P", "p", "times"),
            ("F", "f", ""),
            ("?", "?", "window"),
        ];
        for shown in &list {
            let (_, key, part) = expected
                .iter()
                .find(|(name, ..)| name == shown)
                .with_context(|| format!("nobody has tried the key {shown}"))?;
            // A browser without a screen may refuse to fill it.
            if part.is_empty() {
                continue;
            }
            match shown.as_str() {
                "\u{2190}" | "esc" => press(browser, &exhibit, "\u{e014}\u{e014}")?,
                "\u{2192}" => press(browser, &exhibit, "\u{e00c}")?,
                _ => exhibit.step(3)?,
            }
            let before = state(&exhibit)?;
            press(browser, &exhibit, key)?;
            let mut after = state(&exhibit)?;
            for _ in 0..100 {
                if after[part] != before[part] {
                    break;
                }
                std::thread::sleep(std::time::Duration::from_millis(50));
                after = state(&exhibit)?;
            }
            assert_ne!(after[part], before[part], "{shown} changes {part}");
            // And back, for the keys after it.
            match *part {
                "window" => {
                    browser.keys(&exhibit.inside("dialog button")?, "\u{e00c}")?;
                    exhibit.wait("it closes", 5.0, "return !root.querySelector('dialog')")?;
                }
                "more" | "running" | "hidden" | "gate" | "times" => press(browser, &exhibit, key)?,
                _ => {}
            }
            exhibit.pause()?;
        }
        assert!(list.len() >= 14, "{list:?}");
        Ok(())
    });
}

fn controls_keep_the_keys_they_use_themselves(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.elements(PAGE, ELEMENT).serve()?;
        let exhibit = open(browser, &origin)?;
        let seed = exhibit.inside("[data-knob=seed] input")?;
        browser.keys(&seed, "0n.h 5")?;
        assert_eq!(exhibit.step_count()?, 0, "a field is for typing");
        assert_eq!(exhibit.get("seed")?, "12", "nothing was entered yet");
        assert_eq!(
            exhibit.call(
                "return [element.hasAttribute('hide-values'), element.running]",
                &[]
            )?,
            json!([false, false])
        );
        // An arrow turns the slider, and does not step.
        let slider = exhibit.inside("[data-knob=noise] input")?;
        let before = exhibit.get("noise")?;
        browser.keys(&slider, "\u{e014}")?;
        assert_ne!(exhibit.get("noise")?, before);
        assert_eq!(exhibit.step_count()?, 0);
        // A letter means nothing to a slider: it is the exhibit's.
        browser.keys(&slider, "h")?;
        assert_eq!(
            exhibit.call("return element.hasAttribute('hide-values')", &[])?,
            true
        );
        Ok(())
    });
}

fn on_a_projector_no_focus_is_needed_and_elsewhere_it_is(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address("?theme=projector&noise=0.25"))?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.pause()?;
        for (theme, acts) in [("projector", true), ("light", false)] {
            browser.run(
                "document.querySelector(`.themes [value=${arguments[0]}]`).click()",
                &[json!(theme)],
            )?;
            let before = exhibit.step_count()?;
            let body = browser.element(
                "scrollTo(0, 0); document.activeElement.blur?.(); return document.body",
                &[],
            )?;
            browser.keys(&body, "..")?;
            let steps = exhibit.step_count()? - before;
            assert_eq!(steps, if acts { 2 } else { 0 }, "in the theme {theme}");
        }
        Ok(())
    });
}

fn hidden_values_are_neither_seen_nor_spoken(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address("?hide-values&step=40"))?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.wait("the run stands", 10.0, "return element.stepCount === 40")?;
        let told = exhibit.call(
            "return [...root.querySelectorAll('figure')].map((figure) => ({
               seen: figure.querySelector('.reading').checkVisibility({ visibilityProperty: true }),
               spoken: figure.querySelector('canvas').getAttribute('aria-label'),
             })).concat({ seen: false, spoken: root.querySelector('[role=status]').textContent.replace(/^.*step 40/, '') });",
            &[],
        )?;
        for one in told.as_array().context("a list")? {
            assert_eq!(one["seen"], false, "{one}");
            let spoken = one["spoken"].as_str().unwrap_or_default();
            assert!(spoken.contains("Values are hidden"), "{one}");
            assert!(!spoken.contains(|c: char| c.is_ascii_digit()), "{one}");
        }
        browser.run(
            "document.querySelector('#ledger').scrollIntoView({ block: 'center' })",
            &[],
        )?;
        let verdicts = "
            const ledger = document.querySelector('#ledger');
            const parts = [...(ledger.shadowRoot?.querySelectorAll('.shows, .said b') ?? [])];
            return parts.length > 0 && parts.map((part) => part.checkVisibility({ visibilityProperty: true }));";
        let seen = browser.wait("the ledger", 10.0, verdicts, &[])?;
        assert!(
            seen.as_array()
                .is_some_and(|all| all.iter().all(|one| *one == false)),
            "{seen}"
        );
        exhibit.call("element.removeAttribute('hide-values')", &[])?;
        browser.wait(
            "values come back",
            5.0,
            &format!("const seen = (() => {{ {verdicts} }})(); return seen && seen.every(Boolean)"),
            &[],
        )?;
        let label = exhibit.call(
            "return root.querySelector('[data-view=fit] canvas').getAttribute('aria-label')",
            &[],
        )?;
        assert!(
            label.as_str().is_some_and(|text| text.contains("0.")),
            "{label}"
        );
        Ok(())
    });
}
