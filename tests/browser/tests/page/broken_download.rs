//! An engine or a script that does not come, or comes damaged, ends in a sentence
//! and a way on; the rest of the page goes on, and nothing that was set is lost.

use anyhow::{Context, ensure};
use browser_tests::{Engine, Fault, Origin, check, claims};
use serde_json::json;

claims! {
    full:
        an_engine_that_does_not_come_is_asked_for_again,
        any_media_type_will_do,
        a_window_that_does_not_come_says_so,
        a_page_whose_scripts_do_not_come_says_so;
    full_chromium:
        a_card_is_framed_also_without_its_exhibit,
        a_restart_asks_for_nothing_and_keeps_the_settings,
        a_run_that_cannot_move_stays_as_it_is;
}

const ENGINE: &str = "ntk_spectrum_bg.wasm";

fn an_engine_that_does_not_come_is_asked_for_again(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground id=a noise=0.35 run='seed=7&step=12'></ntk-playground>
                    <ntk-playground id=b exhibit=channel></ntk-playground>";
        for (file, fault, says) in [
            (ENGINE, Fault::Missing, "the server answered 404"),
            (ENGINE, Fault::Silence, "nothing answered"),
            (ENGINE, Fault::Half, "it came damaged"),
            (ENGINE, Fault::Broken, "it came damaged"),
            (ENGINE, Fault::Page, "it came damaged"),
            (
                "ntk_spectrum_instance.js",
                Fault::Missing,
                "/ntk_spectrum_instance.js. The network may be down",
            ),
        ] {
            if fault == Fault::Silence && engine == Engine::Firefox {
                // It asks a second time by itself, and then the file comes.
                continue;
            }
            let _origin = Origin::site()?.fault(file, 1, fault).open(browser, body)?;
            let (sentence, ways) = browser.alert("#a").with_context(|| format!("{fault:?}"))?;
            ensure!(
                sentence.contains(says) && sentence.ends_with('.'),
                "{fault:?}: {sentence}"
            );
            assert_eq!(ways, ["Try again"], "{fault:?}");
            browser.exhibit("#b")?.step(3)?;

            browser.press_alert("#a")?;
            let a = browser
                .exhibit("#a")
                .with_context(|| format!("{fault:?}, mended"))?;
            a.wait(
                "the step of the link",
                10.0,
                "return element.stepCount === 12 && !element.running",
            )?;
            assert_eq!(
                (a.get("noise")?, a.get("seed")?),
                ("0.35".into(), "7".into())
            );
            assert!(!a.words()?.contains("could not"), "the alert is gone");
            // Browsers tell the console themselves what did not come.
            browser.forget_errors();
        }
        Ok(())
    });
}

fn a_card_is_framed_also_without_its_exhibit(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground id=whole></ntk-playground>
                    <ntk-playground id=card views=fit controls=noise></ntk-playground>";
        let _origin = Origin::site()?
            .fault(ENGINE, usize::MAX, Fault::Missing)
            .open(browser, body)?;
        for (id, inset) in [("#whole", 0.0), ("#card", 17.0)] {
            browser.alert(id)?;
            // The words keep off the edge, and a page can style the alert.
            let seen = browser.run(
                "const element = document.querySelector(arguments[0]), alert = element.shadowRoot.querySelector('[part=alert]');
                 return alert.querySelector('p').getBoundingClientRect().left - element.getBoundingClientRect().left;",
                &[json!(id)],
            )?;
            assert_eq!(seen.as_f64(), Some(inset), "{id}");
        }
        browser.forget_errors();
        Ok(())
    });
}

fn any_media_type_will_do(engine: Engine) {
    check(engine, |browser| {
        for kind in [
            "text/plain",
            "application/octet-stream",
            "text/html; charset=utf-8",
            "application/wasm; charset=utf-8",
            "",
        ] {
            let _origin = Origin::site()?
                .fault(ENGINE, usize::MAX, Fault::Kind(kind))
                .open(browser, "<ntk-playground></ntk-playground>")?;
            browser
                .exhibit("ntk-playground")
                .with_context(|| kind.to_string())?
                .step(3)?;
        }
        Ok(())
    });
}

fn a_restart_asks_for_nothing_and_keeps_the_settings(engine: Engine) {
    check(engine, |browser| {
        let body = "<script type=module src=panic.js></script><ntk-playground></ntk-playground>";
        let origin = Origin::modules()?
            .page("panic.js", include_str!("panic.js"))
            .open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.set("noise", "0.35")?;
        exhibit.call(
            "window.fault = 'throw';
             try { element.step(); } catch { /* It says so itself. */ }
             window.fault = '';",
            &[],
        )?;
        assert_eq!(browser.alert("ntk-playground")?.1, ["Restart"]);
        drop(origin);
        browser.press_alert("ntk-playground")?;
        exhibit.wait(
            "it stands at step 0",
            10.0,
            "try { return root.querySelector('[role=alert]').hidden && element.stepCount === 0; }
             catch { return false; /* Until the engine is there again. */ }",
        )?;
        exhibit.step(3)?;
        assert_eq!(exhibit.get("noise")?, "0.35");
        browser.forget_errors();
        Ok(())
    });
}

fn a_run_that_cannot_move_stays_as_it_is(engine: Engine) {
    check(engine, |browser| {
        let _origin = Origin::site()?
            .fault("ntk_playground_bg.wasm", 1, Fault::Half)
            .open(browser, "<ntk-playground></ntk-playground>")?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.set("noise", "0.35")?;
        exhibit.step(20)?;
        let twin = "try { await element.twin('gate', 'hard'); return ''; } catch (error) { return error.message; }";
        let refused = exhibit.call(twin, &[])?;
        assert!(
            refused
                .as_str()
                .is_some_and(|text| text.contains("damaged")),
            "{refused}"
        );
        assert_eq!(
            exhibit.call("return [element.stepCount, element.get('noise'), root.querySelector('[role=alert]').hidden]", &[])?,
            json!([20, "0.35", true])
        );
        exhibit.step(5)?;
        assert_eq!(exhibit.call(twin, &[])?, "", "and it moves when it can");
        assert_eq!(
            exhibit.call("return [element.twinned.knob, element.get('noise')]", &[])?,
            json!(["gate", "0.35"])
        );
        Ok(())
    });
}

fn a_window_that_does_not_come_says_so(engine: Engine) {
    check(engine, |browser| {
        for (button, file, opened) in [
            ("Numbers", "numbers.js", Some("dialog[open]")),
            ("Performance", "performance.js", Some(".performance")),
            ("In the chart", "point-editor.js", Some(".editing")),
            // What a module imports some browsers ask for only once.
            ("Keys", "dialog.js", None),
        ] {
            let _origin = Origin::site()?
                .fault(file, 1, Fault::Missing)
                .open(browser, "<ntk-playground autoplay></ntk-playground>")?;
            let exhibit = browser.exhibit("ntk-playground")?;
            exhibit.action(button)?;
            let told = exhibit.wait(
                &format!("that {file} did not come"),
                10.0,
                "return root.querySelector('.note:not([hidden])')?.textContent",
            )?;
            ensure!(
                told.as_str().is_some_and(
                    |text| text.contains("could not be loaded") && text.contains(".js")
                ),
                "{file}: {told}"
            );
            exhibit.wait(
                "the run goes on",
                10.0,
                "window.since ??= element.stepCount; return element.stepCount > since + 5",
            )?;
            if let Some(opened) = opened {
                exhibit.action(button)?;
                exhibit.wait(
                    &format!("{button}, asked for again"),
                    10.0,
                    &format!("return root.querySelector('{opened}') != null"),
                )?;
            }
            browser.forget_errors();
        }
        Ok(())
    });
}

fn a_page_whose_scripts_do_not_come_says_so(engine: Engine) {
    check(engine, |browser| {
        for page in ["", "embed.html"] {
            let origin = Origin::site()?
                .fault("ntk-playground.js", usize::MAX, Fault::Missing)
                .serve()?;
            browser.open(&origin.address(page))?;
            // It waits for a script that may yet come.
            let told = browser.run(
                "const late = document.querySelector('.late');
                 const [wait] = late.getAnimations();
                 wait.currentTime = 0;
                 const before = getComputedStyle(late).visibility;
                 wait.finish();
                 return [before, getComputedStyle(late).visibility, late.textContent, late.checkVisibility()];",
                &[],
            )?;
            assert_eq!(
                (&told[0], &told[1], &told[3]),
                (&json!("hidden"), &json!("visible"), &json!(true)),
                "{page}"
            );
            assert!(
                told[2]
                    .as_str()
                    .is_some_and(|words| words.contains("Reload the page")),
                "{told}"
            );
            browser.forget_errors();
        }
        // Where they do come, nothing of it is seen.
        let origin = Origin::site()?.serve()?;
        for page in ["", "embed.html"] {
            browser.open(&origin.address(page))?;
            browser.exhibit("ntk-playground")?;
            let seen = browser.run(
                "return document.querySelector('.late').checkVisibility()",
                &[],
            )?;
            assert_eq!(seen, false, "{page}");
        }
        Ok(())
    });
}
