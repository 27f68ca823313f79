//! Whatever a link or an attribute says ends in a sentence: never in a blank
//! picture or a trap. Which values are clamped and which are refused, and how,
//! `tests/exhibit/exhibit_knobs.rs` tests natively; what an element says that
//! cannot open, `modules/element.js`. That it is never markup, `hostile.rs` tests.

use browser_tests::{Engine, Origin, check, claims};

claims! {
    fast_chromium:
        a_link_opens_with_notes_on_what_does_not_fit,
        a_run_that_diverges_stops_and_says_so;
}

fn a_link_opens_with_notes_on_what_does_not_fit(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        let fields = [
            ("noise", "7", "1"),
            ("points", "100000", "128"),
            ("step-fraction", "", "0.5"),
            ("target", "NaN", "sine"),
            ("widths", "64-64-64-64-64-64", "64-64"),
            ("gate", "open", "off"),
            ("seed", "1.5", "12"),
        ];
        let query = fields.map(|(knob, text, _)| format!("&{knob}={text}"));
        let query = format!(
            "?exhibit=spectrum{}&nosie=3&utm_source=letter",
            query.concat()
        );
        browser.open(&origin.address(&query))?;
        let exhibit = browser.exhibit("ntk-playground[exhibit=spectrum]")?;
        let words = exhibit.words()?;
        for (knob, text, used) in fields {
            let named = words.contains(&format!("{knob}:"));
            assert!(named, "{knob}={text}: a note names the knob: {words}");
            assert_eq!(exhibit.get(knob)?, used, "{knob}={text}");
        }
        assert!(
            words.contains("nosie") && !words.contains("utm_source"),
            "a misspelt knob is named, and nothing of others: {words}"
        );
        exhibit.step(3)?;
        Ok(())
    });
}

fn a_run_that_diverges_stops_and_says_so(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground exhibit=spectrum step-fraction=4 autoplay></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.wait(
            "it stops",
            30.0,
            "return element.stepCount > 0 && !element.running",
        )?;
        let words = exhibit.words()?;
        assert!(
            words.to_lowercase().contains("diverge") || words.contains("step size"),
            "{words}"
        );
        // And it can be put right.
        exhibit.set("step-fraction", "0.5")?;
        exhibit.restart()?;
        exhibit.step(20)?;
        Ok(())
    });
}
