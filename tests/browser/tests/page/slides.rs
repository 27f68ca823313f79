//! In a deck of slides: hidden at first, and scaled to the window.

use crate::gallery::serve;
use anyhow::{Context, Result};
use browser_tests::{Engine, Exhibit, check, claims};
use serde_json::{Value, json};

claims! {
    full:
        a_slide_that_is_not_shown_costs_nothing,
        a_scaled_slide_is_pointed_at_and_dragged_like_any;
}

/// Frames drawn and steps done in 400 ms.
fn activity(exhibit: &Exhibit<'_>) -> Result<Value> {
    exhibit.call(
        "const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
         await sleep(200);
         let frames = 0;
         const count = () => { frames += 1; };
         element.addEventListener('ntk-frame', count);
         const before = element.stepCount;
         await sleep(400);
         element.removeEventListener('ntk-frame', count);
         return [frames, element.stepCount - before];",
        &[],
    )
}

fn a_slide_that_is_not_shown_costs_nothing(engine: Engine) {
    check(engine, |browser| {
        let origin = serve()?;
        browser.open(&origin.test_address("slides.html"))?;
        browser.run(
            "await customElements.whenDefined('ntk-playground');
             await new Promise((done) => setTimeout(done, 500));",
            &[],
        )?;
        let opened = browser.run(
            "return performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm')).length",
            &[],
        )?;
        assert_eq!(
            opened, 0,
            "on a slide that is not there, it does not even load its engine"
        );

        let show = |classes: &str| {
            browser.run(
                "document.querySelector('#second').className = arguments[0]",
                &[classes.into()],
            )
        };
        show("slide on")?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.wait("it plays", 5.0, "return element.stepCount > 5")?;
        let size = exhibit.call(
            "const { offsetWidth, offsetHeight } = root.querySelector('canvas'); return offsetWidth > 300 && offsetHeight > 150",
            &[],
        )?;
        assert_eq!(size, true, "from no size it finds its own");
        for hidden in ["slide waiting", "slide"] {
            show(hidden)?;
            assert_eq!(activity(&exhibit)?, json!([0, 0]), "{hidden}");
            show("slide on")?;
            let seen = activity(&exhibit)?;
            assert!(
                seen[0].as_u64() > Some(3),
                "shown again after {hidden}: {seen}"
            );
        }
        Ok(())
    });
}

fn a_scaled_slide_is_pointed_at_and_dragged_like_any(engine: Engine) {
    check(engine, |browser| {
        let origin = serve()?;
        let mut seen = Vec::new();
        for deck in ["deck plain", "deck"] {
            browser.open(&origin.test_address("slides.html"))?;
            browser.run(
                "document.querySelector('.deck').className = arguments[0];
                 document.querySelector('#second').className = 'slide on';
                 document.querySelector('ntk-playground').removeAttribute('autoplay');",
                &[deck.into()],
            )?;
            let exhibit = browser.exhibit("ntk-playground")?;
            exhibit.pause()?;
            exhibit.call("element.reset()", &[])?;
            exhibit.step(40)?;
            // Where a third of the picture is, on the screen.
            let at = exhibit.call(
                "const box = root.querySelector('[data-view=eigenvalues] canvas').getBoundingClientRect();
                 return [box.left + box.width / 3, box.top + box.height / 2];",
                &[],
            )?;
            let at = point(&at)?;
            browser.drag(&[at, at], 30)?;
            let title = exhibit.wait(
                "the mode in the title",
                2.0,
                "const words = root.querySelector('[data-view=eigenvalues] figcaption').textContent.replace(/\\s+/g, ' ');
                 return /i = \\d+/.test(words) && words",
            )?;
            let thumb = exhibit.call(
                "const box = root.querySelector('[data-knob=noise] input').getBoundingClientRect();
                 const scale = box.width / root.querySelector('[data-knob=noise] input').offsetWidth;
                 const from = box.left + scale * (8 + (root.querySelector('[data-knob=noise] input').offsetWidth - 16) * Number(element.get('noise')));
                 return [from, box.top + box.height / 2, box.left + box.width * 0.8];",
                &[],
            )?;
            let (x, y) = point(&thumb)?;
            let to = thumb[2].as_f64().context("a number")?;
            browser.drag(&[(x, y), ((x + to) / 2.0, y), (to, y)], 30)?;
            let pictures = exhibit.call(
                "return [...root.querySelectorAll('canvas')].map((one) => [one.offsetWidth, one.width / one.offsetWidth])",
                &[],
            )?;
            let noise: f64 = exhibit.get("noise")?.parse()?;
            seen.push((title, noise, pictures));
        }
        let (plain, scaled) = (&seen[0], &seen[1]);
        assert_eq!(plain.0, scaled.0, "the same place of the picture");
        assert!(plain.1 > 0.7, "the slider was dragged: {}", plain.1);
        assert!(
            (plain.1 - scaled.1).abs() < 0.03,
            "to the same place: {} and {}",
            plain.1,
            scaled.1
        );
        assert_eq!(plain.2, scaled.2, "pictures as large");
        Ok(())
    });
}

fn point(value: &Value) -> Result<(f64, f64)> {
    let number = |at: usize| value[at].as_f64().context("not a number");
    Ok((number(0)?, number(1)?))
}
