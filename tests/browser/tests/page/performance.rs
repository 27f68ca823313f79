//! The panel of times: off until it is asked for, without any cost till then.

use anyhow::{Context, Result};
use browser_tests::{Browser, Engine, Exhibit, Options, Origin, check, check_with, claims};
use serde_json::{Value, json};

claims! {
    full:
        its_stages_sum_to_the_frame;
    full_chromium:
        a_closed_panel_asks_for_nothing_and_is_not_loaded,
        the_panel_opens_by_key_attribute_and_address,
        it_is_no_wider_than_a_phone;
}

const PAGE: &str = "one.html";
const ELEMENT: &str = "<ntk-playground exhibit=spectrum></ntk-playground>";

fn open<'a>(browser: &'a Browser, origin: &Origin) -> Result<Exhibit<'a>> {
    browser.open(&origin.test_address(PAGE))?;
    browser.exhibit("ntk-playground")
}

/// Whether the panel is there.
const THERE: &str = "return root.querySelector('.performance') !== null";

/// How often a frame asked the engine to observe while it plays, and whether the
/// module of the panel was loaded.
fn cost(exhibit: &Exhibit<'_>) -> Result<Value> {
    exhibit.call(
        "const { Playground } = await (await import(new URL('../wasm.js', location.href).href)).loadEngine('spectrum');
         const { observe } = Playground.prototype;
         let [observed, frames] = [0, 0];
         const count = () => { frames += 1; };
         element.play();
         const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
         await sleep(500);
         Playground.prototype.observe = function () { observed += 1; return observe.call(this); };
         element.addEventListener('ntk-frame', count);
         await sleep(1000);
         element.removeEventListener('ntk-frame', count);
         Playground.prototype.observe = observe;
         element.pause();
         const loaded = performance.getEntriesByType('resource').some(({ name }) => name.includes('/performance.'));
         return { observed: observed / frames, loaded, frames };",
        &[],
    )
}

fn a_closed_panel_asks_for_nothing_and_is_not_loaded(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::modules()?.elements(PAGE, ELEMENT).serve()?;
        let exhibit = open(browser, &origin)?;
        let number = |value: &Value, name: &str| value[name].as_f64().context("a number");
        let closed = cost(&exhibit)?;
        assert_eq!(
            (&closed["observed"], &closed["loaded"]),
            (&json!(0), &json!(false)),
            "{closed}"
        );
        exhibit.call("element.setAttribute('performance', '')", &[])?;
        exhibit.wait("the panel", 10.0, THERE)?;
        let opened = cost(&exhibit)?;
        assert!(number(&opened, "observed")? > 0.9, "{opened}");
        assert_eq!(opened["loaded"], true, "{opened}");
        exhibit.call("element.removeAttribute('performance')", &[])?;
        exhibit.wait("it goes", 5.0, "return !root.querySelector('.performance')")?;
        let after = cost(&exhibit)?;
        assert_eq!(after["observed"], 0, "{after}");
        Ok(())
    });
}

fn the_panel_opens_by_key_attribute_and_address(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::modules()?.elements(PAGE, ELEMENT).serve()?;
        let exhibit = open(browser, &origin)?;
        assert_eq!(exhibit.call(THERE, &[])?, false, "off by default");
        let picture = exhibit.inside("canvas")?;
        browser.keys(&picture, "p")?;
        exhibit.wait("the panel", 10.0, THERE)?;
        assert_eq!(
            exhibit.call("return element.hasAttribute('performance')", &[])?,
            true
        );
        browser.keys(&picture, "p")?;
        exhibit.wait("it goes", 5.0, "return !root.querySelector('.performance')")?;
        // As fast as nobody presses: what was asked last holds.
        exhibit.call(
            "for (let i = 0; i < 5; i += 1) { element.toggleAttribute('performance'); await null; }
             await new Promise((done) => setTimeout(done, 500));",
            &[],
        )?;
        let panels = exhibit.call("return root.querySelectorAll('.performance').length", &[])?;
        assert_eq!(panels, 1);

        for address in ["embed.html?performance", "?performance"] {
            browser.open(&origin.address(address))?;
            browser
                .exhibit("ntk-playground")?
                .wait(address, 10.0, THERE)?;
        }
        browser.open(&origin.address("embed.html?performance=0"))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        assert_eq!(exhibit.call(THERE, &[])?, false);
        Ok(())
    });
}

fn its_stages_sum_to_the_frame(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::modules()?.elements(PAGE, ELEMENT).serve()?;
        let exhibit = open(browser, &origin)?;
        exhibit.call("element.setAttribute('performance', '')", &[])?;
        exhibit.wait("the panel", 10.0, THERE)?;
        exhibit.play()?;
        let told = exhibit.call(
            "const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
             const places = [...root.querySelectorAll('[data-time]')];
             await sleep(1500);
             const [before, start] = [element.stepCount, performance.now()];
             let changes = 0;
             new MutationObserver(() => { changes += 1; }).observe(places.find(({ dataset }) => dataset.time === 'whole'), { childList: true, characterData: true, subtree: true });
             let frames = 0;
             const count = () => { frames += 1; };
             element.addEventListener('ntk-frame', count);
             await sleep(1000);
             const seconds = (performance.now() - start) / 1000;
             const read = Object.fromEntries(places.map(({ dataset, textContent }) => [dataset.time, parseFloat(textContent.replaceAll('\\u202f', ''))]));
             return { ...read, changes, counted: frames / seconds, taken: (element.stepCount - before) / seconds };",
            &[],
        )?;
        let number = |name: &str| {
            told[name]
                .as_f64()
                .with_context(|| format!("{name} in {told}"))
        };
        let stages = ["training", "kernel", "drawing", "rest"].map(number);
        let sum: f64 = stages.into_iter().sum::<Result<f64>>()?;
        // Each is rounded to a tenth.
        assert!((sum - number("whole")?).abs() <= 0.25, "{told}");
        assert!(number("whole")? > 0.5 && number("drawing")? > 0.0, "{told}");
        let near = |told: f64, seen: f64| told > 0.6 * seen && told < 1.6 * seen;
        assert!(near(number("frames")?, number("counted")?), "{told}");
        assert!(near(number("steps")?, number("taken")?), "{told}");
        assert!(number("engine")? > 1.0, "{told}");
        assert!(number("changes")? <= 6.0, "four times a second: {told}");
        Ok(())
    });
}

fn it_is_no_wider_than_a_phone(engine: Engine) {
    check_with(&Options::phone(engine), |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address("?performance"))?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.wait("the panel", 10.0, THERE)?;
        let wide = exhibit.call(
            "await new Promise((done) => setTimeout(done, 1200));
             const room = root.querySelector('.performance').getBoundingClientRect();
             return [document.documentElement.scrollWidth > innerWidth,
               [...root.querySelectorAll('.performance dd, .performance dt')].filter((one) => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > room.right + 1).length];",
            &[],
        )?;
        assert_eq!(wide, json!([false, 0]));
        Ok(())
    });
}
