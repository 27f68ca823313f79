//! What plays shares the time of a frame, and a slow device draws less in a
//! frame instead of standing still.

use anyhow::{Context, Result};
use browser_tests::{Engine, Origin, check, claims};
use serde_json::json;

claims! {
    full:
        a_picture_off_the_screen_waits_until_it_is_seen;
    full_chromium:
        exhibits_that_play_share_the_time_to_train,
        a_slow_device_draws_a_few_pictures_a_frame_and_leaves_none_out,
        a_run_that_stands_shows_all_of_its_step;
}

/// Milliseconds of a frame for training, as `player.js` has them.
const BUDGET: f64 = 8.0;
/// Times slower than this machine: slow even where that is a fast one.
const SLOW: u32 = 20;

fn exhibits_that_play_share_the_time_to_train(engine: Engine) {
    check(engine, |browser| {
        let body = (1..=3).map(|id| {
            format!("<ntk-playground id=e{id} exhibit=spectrum views=fit controls=none></ntk-playground>")
        });
        let _origin = Origin::modules()?.open(browser, &body.collect::<String>())?;
        let first = browser.exhibit("#e1")?;
        for id in ["#e2", "#e3"] {
            browser.exhibit(id)?;
        }
        // What every frame grants, by how many play. All three are on the screen.
        let granted = first.call(
            "const { Playground } = await (await import(new URL('../wasm.js', location.href).href)).loadEngine('spectrum');
             const advance = Playground.prototype.advance;
             const all = [...document.querySelectorAll('ntk-playground')];
             scrollTo({ top: 0, behavior: 'instant' });
             let granted = [];
             Playground.prototype.advance = function (steps, milliseconds) {
               granted.push(milliseconds);
               return advance.call(this, steps, milliseconds);
             };
             const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
             const result = [];
             for (const one of all) {
               one.play();
               await sleep(300);
               granted = [];
               await sleep(300);
               result.push([...new Set(granted)]);
             }
             all.forEach((one) => one.pause());
             Playground.prototype.advance = advance;
             return result;",
            &[],
        )?;
        let granted: Vec<Vec<f64>> = serde_json::from_value(granted)?;
        let shares = [1.0, 2.0, 3.0].map(|play| vec![BUDGET / play]);
        assert_eq!(granted, shares, "one, two and three that play");
        Ok(())
    });
}

fn a_slow_device_draws_a_few_pictures_a_frame_and_leaves_none_out(engine: Engine) {
    // How long its tasks then are, the benchmark tells: here that depends on what
    // else the machine does.
    check(engine, |browser| {
        let origin = Origin::modules()?.serve()?;
        browser.open(&origin.address("?theme=light"))?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.play()?;
        browser.slow_down(SLOW)?;
        let seen = exhibit.call(
            "const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
             await sleep(2000);
             const { Playground } = await (await import(new URL('wasm.js', document.baseURI).href)).loadEngine('spectrum');
             const draw = Playground.prototype.draw;
             let frames = 0;
             let drawn = 0;
             const gaps = {};
             const last = {};
             Playground.prototype.draw = function (view, ...rest) {
               gaps[view] = Math.max(gaps[view] ?? 0, frames - (last[view] ?? frames));
               last[view] = frames;
               drawn += 1;
               return draw.call(this, view, ...rest);
             };
             const count = () => { frames += 1; };
             element.addEventListener('ntk-frame', count);
             await sleep(8000);
             element.removeEventListener('ntk-frame', count);
             Playground.prototype.draw = draw;
             return { drawn, gaps, frames, views: element.views.map(({ name }) => name) };",
            &[],
        );
        browser.slow_down(1)?;
        let seen = seen?;
        let frames = seen["frames"].as_u64().context("a number")?;
        assert!(frames > 8, "it goes on: {seen}");
        let drawn = seen["drawn"].as_u64().context("a number")?;
        let views = seen["views"].as_array().context("a list")?.len() as u64;
        assert!(drawn < views * frames / 2, "few at a time: {seen}");
        for view in seen["views"].as_array().context("a list")? {
            let gap = seen["gaps"][view.as_str().context("a name")?].as_u64();
            let gap = gap.with_context(|| format!("{view} is never drawn"))?;
            assert!(gap <= 12, "{view} is left out for {gap} frames");
        }
        Ok(())
    });
}

fn a_run_that_stands_shows_all_of_its_step(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address("?theme=light"))?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.call("element.reset(); element.play();", &[])?;
        browser.slow_down(SLOW)?;
        exhibit.wait("some steps", 10.0, "return element.stepCount > 12")?;
        // What stands on the page against what a second look draws.
        let stale: Result<_> = exhibit.call(
            "element.pause();
             const shown = () => [root.querySelector('.count').textContent, ...[...root.querySelectorAll('figure')].map((figure) =>
               figure.querySelector('.name').textContent + figure.querySelector('.reading').textContent + figure.querySelector('canvas').toDataURL())];
             const before = shown();
             const step = element.stepCount;
             for (const canvas of root.querySelectorAll('canvas')) canvas.width = 1;
             element.themeChanged();
             const after = shown();
             const wrong = after.filter((one, i) => one !== before[i]).length;
             return [wrong, before.length === element.views.length + 1, Number(before[0]) === step];",
            &[],
        );
        browser.slow_down(1)?;
        assert_eq!(stale?, json!([0, true, true]));
        Ok(())
    });
}

fn a_picture_off_the_screen_waits_until_it_is_seen(engine: Engine) {
    // Firefox gives a driver's script modules of its own: what is changed there
    // the page does not see.
    if engine == Engine::Firefox {
        return;
    }
    check(engine, |browser| {
        let body =
            "<link rel=stylesheet href=low.css><ntk-playground exhibit=spectrum></ntk-playground>";
        let _origin = Origin::modules()?
            .page(
                "low.css",
                "ntk-playground { width: 420px } body { padding-bottom: 2000px }",
            )
            .open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        let drawn = exhibit.call(
            "const { Playground } = await (await import(new URL('../wasm.js', location.href).href)).loadEngine('spectrum');
             const draw = Playground.prototype.draw;
             let drawn = new Set();
             Playground.prototype.draw = function (view, ...rest) {
               drawn.add(view);
               return draw.call(this, view, ...rest);
             };
             const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
             const see = async (view) => {
               const top = root.querySelector(`[data-view=${view}]`).getBoundingClientRect().top + scrollY;
               // Only its end, so that the other end of the exhibit is far away.
               scrollTo({ top: view === 'fit' ? top - innerHeight + 200 : top + 100, behavior: 'instant' });
               await sleep(400);
               drawn = new Set();
               await sleep(700);
               return ['fit', 'history'].map((name) => drawn.has(name));
             };
             document.querySelector('ntk-playground').style.marginTop = `${innerHeight}px`;
             element.play();
             const result = [await see('fit'), await see('history')];
             drawn = new Set();
             element.pause();
             result.push(drawn.has('fit'));
             Playground.prototype.draw = draw;
             return result;",
            &[],
        )?;
        assert_eq!(drawn, json!([[true, false], [false, true], true]));
        Ok(())
    });
}
