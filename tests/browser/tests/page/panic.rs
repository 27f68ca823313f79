//! A panic of the engine ends in a sentence in the element that met it, with a
//! way on; the others go on, and nothing that was set is lost.

use anyhow::{Result, ensure};
use browser_tests::{Browser, Engine, INSTANCES, Origin, check, claims};
use serde_json::json;

claims! {
    fast:
        a_panic_in_a_step_stops_one_element_alone;
    full_chromium:
        a_panic_in_a_drawing_keeps_points_and_second_run,
        a_link_that_was_on_its_way_is_opened_anew,
        a_canvas_that_refuses_is_no_end_either;
}

/// A page with some elements, in which the engine can be made to panic.
fn open(browser: &Browser, body: &str) -> Result<Origin> {
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>panic</title>\
         <script type=\"module\" src=\"panic.js\"></script>\
         <script type=\"module\" src=\"../ntk-playground.js\"></script></head>\
         <body>{body}</body></html>"
    );
    let origin = Origin::modules()?
        .before(INSTANCES)
        .page("panic.js", include_str!("panic.js"))
        .page("panic.html", &page)
        .serve()?;
    browser.open(&origin.test_address("panic.html"))?;
    Ok(origin)
}

/// Where the engine is to panic; nowhere if it says "".
fn fault(browser: &Browser, place: &str) -> Result<()> {
    browser.run("window.fault = arguments[0]", &[json!(place)])?;
    Ok(())
}

/// How many engines the page has made.
const COUNT: &str = "return instances.length";

fn a_panic_in_a_step_stops_one_element_alone(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground id=a noise=0.35></ntk-playground>
                    <ntk-playground id=b noise=0.2></ntk-playground>";
        let _origin = open(browser, body)?;
        let (a, b) = (browser.exhibit("#a")?, browser.exhibit("#b")?);
        a.set("seed", "7")?;
        a.step(20)?;
        b.step(10)?;
        fault(browser, "step")?;
        let thrown = a.call(
            "window.told = 0;
             element.addEventListener('ntk-error', () => { window.told += 1; });
             try { element.step(10); return 'nothing'; } catch (error) { return error.message; }",
            &[],
        )?;
        fault(browser, "")?;
        let thrown = thrown.as_str().unwrap_or_default();
        ensure!(
            thrown.starts_with("The engine crashed: ") && thrown.contains("NaN"),
            "{thrown}"
        );
        let (told, ways) = browser.alert("#a")?;
        assert_eq!(
            told,
            format!("{thrown} Restart begins at step 0, with the same settings.")
        );
        assert_eq!(ways, ["Restart"]);
        // Whatever is asked of it is refused with a sentence, and told no second time.
        for ask in ["step()", "set('noise', '0.1')", "reset()", "csv()"] {
            let refused = a.call(
                &format!(
                    "try {{ element.{ask}; return ''; }} catch (error) {{ return error.message; }}"
                ),
                &[],
            )?;
            assert!(
                refused
                    .as_str()
                    .is_some_and(|text| text.contains("restart")),
                "{ask}: {refused}"
            );
        }
        assert_eq!(a.call("return window.told", &[])?, 1);

        // The other one goes on in the same instance, to the digit; who comes
        // later gets a fresh one.
        assert_eq!(browser.run(COUNT, &[])?, 1);
        b.step(30)?;
        browser.run(
            "const element = document.createElement('ntk-playground');
             element.id = 'c';
             element.setAttribute('noise', '0.2');
             document.body.append(element);",
            &[],
        )?;
        let c = browser.exhibit("#c")?;
        assert_eq!(browser.run(COUNT, &[])?, 2);
        c.step(40)?;
        assert_eq!(b.readings()?, c.readings()?);

        browser.restart("#a")?;
        assert_eq!(browser.run(COUNT, &[])?, 2, "shared with the latest");
        assert_eq!(
            a.call("return [element.stepCount, element.get('seed'), element.get('noise'), element.running]", &[])?,
            json!([0, "7", "0.35", false])
        );
        a.step(20)?;
        a.play()?;
        a.wait("it plays", 10.0, "return element.stepCount > 25")?;
        Ok(())
    });
}

fn a_panic_in_a_drawing_keeps_points_and_second_run(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground id=a data=-0.5:0.25~0.1:-1~0.7:0.5></ntk-playground>
                    <ntk-playground id=b autoplay></ntk-playground>";
        let _origin = open(browser, body)?;
        let (a, b) = (browser.exhibit("#a")?, browser.exhibit("#b")?);
        a.call("await element.twin('gate', 'hard')", &[])?;
        a.step(20)?;
        let before = a.readings()?;
        fault(browser, "draw")?;
        // Larger words have to be measured anew.
        a.call(
            "element.scrollIntoView({behavior: 'instant'}); element.setAttribute('theme', 'projector')",
            &[],
        )?;
        let (told, _) = browser.alert("#a")?;
        fault(browser, "")?;
        assert!(told.starts_with("The engine crashed: "), "{told}");
        b.wait(
            "the other one plays",
            10.0,
            "element.scrollIntoView({behavior: 'instant'});
             window.since ??= element.stepCount; return element.stepCount > since + 10",
        )?;
        browser.restart("#a")?;
        a.step(20)?;
        assert_eq!(a.readings()?, before, "the run that it was");
        let kept = a.call(
            "return [element.get('data'), element.twinned.knob, element.twinned.value]",
            &[],
        )?;
        assert_eq!(kept, json!(["-0.5:0.25~0.1:-1~0.7:0.5", "gate", "hard"]));
        Ok(())
    });
}

fn a_link_that_was_on_its_way_is_opened_anew(engine: Engine) {
    check(engine, |browser| {
        let run = "noise=0.35&changes=10.noise.0.2_30.gate.hard&step=40";
        let body = format!("<ntk-playground id=a run=\"{run}\"></ntk-playground>");
        let page = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>panic</title>\
             <script src=\"fault.js\"></script>\
             <script type=\"module\" src=\"panic.js\"></script>\
             <script type=\"module\" src=\"../ntk-playground.js\"></script></head><body>{body}</body></html>"
        );
        let origin = Origin::modules()?
            .before(INSTANCES)
            .page("panic.js", include_str!("panic.js"))
            .page("fault.js", "window.fault = 'step';")
            .page("panic.html", &page)
            .serve()?;
        browser.open(&origin.test_address("panic.html"))?;
        let a = browser.exhibit("#a")?;
        let (told, _) = browser.alert("#a")?;
        fault(browser, "")?;
        assert!(told.ends_with("Restart replays the link."), "{told}");
        browser.restart("#a")?;
        a.wait(
            "the step of the link",
            20.0,
            "return element.stepCount === 40 && !element.running",
        )?;
        let there = a.call(
            "return [element.get('noise'), element.get('gate'), element.link()]",
            &[],
        )?;
        assert_eq!(
            there,
            json!(["0.2", "hard", format!("exhibit=spectrum&{run}")])
        );
        Ok(())
    });
}

fn a_canvas_that_refuses_is_no_end_either(engine: Engine) {
    check(engine, |browser| {
        let _origin = open(browser, "<ntk-playground id=a noise=0.35></ntk-playground>")?;
        let a = browser.exhibit("#a")?;
        a.step(5)?;
        fault(browser, "throw")?;
        a.call(
            "try { element.step(); } catch { /* It says so itself. */ }",
            &[],
        )?;
        let (told, _) = browser.alert("#a")?;
        fault(browser, "")?;
        assert!(
            told.starts_with("The engine crashed: No such path."),
            "{told}"
        );
        browser.restart("#a")?;
        assert_eq!(a.get("noise")?, "0.35");
        a.step(5)
    });
}
