//! Whatever a link or an attribute says ends in a sentence: never in a blank
//! picture or a trap. That it is never markup, `hostile.rs` tests.

use anyhow::Result;
use browser_tests::{Browser, Engine, Origin, check, claims};

claims! {
    fast_chromium:
        settings_that_do_not_go_together_end_in_a_sentence,
        an_unknown_exhibit_ends_in_a_sentence,
        who_waits_for_an_element_that_cannot_open_is_told,
        a_run_that_diverges_stops_and_says_so,
        errors_thrown_by_methods_are_sentences;
    full_chromium:
        a_value_out_of_range_is_clamped_and_named,
        a_value_that_is_none_is_refused_and_named;
}

/// Opens a link and gives the words that the element shows.
fn words(browser: &Browser, origin: &Origin, query: &str) -> Result<String> {
    browser.open(&origin.address(&format!("?exhibit=spectrum&{query}")))?;
    browser.exhibit("ntk-playground[exhibit=spectrum]")?.words()
}

fn a_value_out_of_range_is_clamped_and_named(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        for (query, knob, used) in [
            ("noise=7", "noise", "1"),
            ("noise=-1", "noise", "0"),
            ("noise=inf", "noise", "1"),
            ("points=100000", "points", "128"),
            ("step-fraction=99", "step-fraction", "4"),
        ] {
            let words = words(browser, &origin, query)?;
            assert!(
                words.contains(&format!("{knob}:")),
                "{query}: a note names the knob: {words}"
            );
            let exhibit = browser.exhibit("ntk-playground[exhibit=spectrum]")?;
            assert_eq!(exhibit.get(knob)?, used, "{query}");
        }
        Ok(())
    });
}

fn a_value_that_is_none_is_refused_and_named(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        for (query, knob, default) in [
            ("noise=NaN", "noise", "0.5"),
            ("noise=", "noise", "0.5"),
            ("widths=1e9", "widths", "64-64"),
            ("widths=1000000000", "widths", "64-64"),
            ("widths=64-64-64-64-64-64", "widths", "64-64"),
            ("gate=open", "gate", "off"),
            ("seed=1.5", "seed", "12"),
        ] {
            let words = words(browser, &origin, query)?;
            assert!(
                words.contains(&format!("{knob}:")),
                "{query}: a note names the knob: {words}"
            );
            let exhibit = browser.exhibit("ntk-playground[exhibit=spectrum]")?;
            assert_eq!(exhibit.get(knob)?, default, "{query}");
            exhibit.step(3)?;
        }
        let words = words(browser, &origin, "nonsense=3")?;
        assert!(
            words.contains("nonsense"),
            "an unknown knob is named: {words}"
        );
        Ok(())
    });
}

fn settings_that_do_not_go_together_end_in_a_sentence(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground exhibit=spectrum gate=hard batch=1></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let words = browser.wait(
            "a sentence about the batch",
            10.0,
            "const words = document.querySelector('ntk-playground').shadowRoot?.textContent ?? '';
             return /batch/i.test(words) && words;",
            &[],
        )?;
        assert!(words.as_str().is_some());
        Ok(())
    });
}

fn an_unknown_exhibit_ends_in_a_sentence(engine: Engine) {
    check(engine, |browser| {
        let body =
            "<ntk-playground exhibit=nonsense></ntk-playground><ntk-playground></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        browser.wait(
            "a sentence that names it",
            10.0,
            "return /no exhibit .nonsense.*spectrum/.test(document.querySelector('ntk-playground').shadowRoot?.textContent)",
            &[],
        )?;
        Ok(())
    });
}

fn who_waits_for_an_element_that_cannot_open_is_told(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground exhibit=nonsense></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let ready = "await customElements.whenDefined('ntk-playground');
             const late = new Promise((done) => setTimeout(done, 3000, 'nothing happens'));
             const { ready } = document.querySelector('ntk-playground');
             return await Promise.race([ready.then(() => 'ready', (error) => error.message), late]);";
        let early = browser.run(ready, &[])?;
        assert!(
            early.to_string().contains("nonsense"),
            "asked at once: {early}"
        );
        let late = browser.run(ready, &[])?;
        assert!(
            late.to_string().contains("nonsense"),
            "asked after the failure: {late}"
        );
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

fn errors_thrown_by_methods_are_sentences(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground exhibit=spectrum></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        for (script, name) in [
            ("element.set('nonsense', '1')", "nonsense"),
            ("element.set('noise', 'much')", "noise"),
            ("element.get('nonsense')", "nonsense"),
            ("element.svg('nonsense')", "nonsense"),
            ("await element.png('nonsense')", "nonsense"),
            ("await element.step(-1)", "step"),
            ("await element.step(NaN)", "step"),
        ] {
            let caught = exhibit.call(
                &format!("try {{ {script}; return 'nothing was thrown'; }}
                          catch (error) {{ return error instanceof Error ? error.message : `not an Error: ${{error}}`; }}"),
                &[],
            )?;
            let message = caught.as_str().unwrap_or_default();
            assert!(
                message.contains(name) && message.ends_with('.'),
                "{script}: {message}"
            );
        }
        exhibit.step(2)?;
        Ok(())
    });
}
