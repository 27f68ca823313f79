//! A tab that is hidden, frozen or left comes back where it was: no leap, no
//! error, nothing lost.

use anyhow::{Result, ensure};
use browser_tests::{Engine, Exhibit, Origin, check, claims};
use serde_json::json;

claims! {
    full:
        a_hidden_tab_rests_and_goes_on_where_it_was,
        a_gap_between_frames_is_no_leap,
        back_from_another_page_the_run_is_there;
}

/// Lets a test hide the tab and hold back frames.
const TAB: &str = "
    let hidden = false;
    Object.defineProperty(document, 'hidden', { get: () => hidden });
    Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') });
    window.hideTab = (now) => {
      hidden = now;
      document.dispatchEvent(new Event('visibilitychange'));
    };
    const frame = window.requestAnimationFrame.bind(window);
    let held = null;
    window.requestAnimationFrame = (work) => (held ? held.push(work) : frame(work));
    window.holdFrames = (now) => {
      const late = held ?? [];
      held = now ? [] : null;
      for (const work of late) frame(work);
    };";

/// The largest number of steps of a frame, over the next ten.
const LEAP: &str = "
    let before = element.stepCount;
    let leap = 0;
    await new Promise((done) => {
      let frames = 0;
      element.addEventListener('ntk-frame', function count({ detail: { step } }) {
        leap = Math.max(leap, step - before);
        before = step;
        frames += 1;
        if (frames < 10) return;
        element.removeEventListener('ntk-frame', count);
        done();
      });
    });
    return leap;";

/// Five steps a frame, and fewer where there is no time for them.
const BODY: &str = "<ntk-playground pace=5 autoplay></ntk-playground>";

fn no_leap(exhibit: &Exhibit<'_>) -> Result<()> {
    let leap = exhibit.call(LEAP, &[])?;
    ensure!(
        leap.as_u64().is_some_and(|leap| (1..=5).contains(&leap)),
        "a frame made {leap} steps"
    );
    ensure!(exhibit.call("return root.querySelector('[role=alert]').hidden && root.querySelector('.note').hidden", &[])? == true);
    Ok(())
}

fn a_hidden_tab_rests_and_goes_on_where_it_was(engine: Engine) {
    check(engine, |browser| {
        let _origin = Origin::site()?.before(TAB).open(browser, BODY)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        no_leap(&exhibit)?;
        let rest = exhibit.call(
            "const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
             hideTab(true);
             // A frame may have been under way.
             await sleep(100);
             const before = element.stepCount;
             await sleep(900);
             return [element.stepCount - before, element.running];",
            &[],
        )?;
        assert_eq!(rest, json!([0, true]));
        exhibit.call("hideTab(false)", &[])?;
        no_leap(&exhibit)
    });
}

fn a_gap_between_frames_is_no_leap(engine: Engine) {
    check(engine, |browser| {
        let _origin = Origin::site()?.before(TAB).open(browser, BODY)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        // A machine that slept tells nobody: there is just no frame for a while.
        exhibit.call(
            "holdFrames(true);
             await new Promise((done) => setTimeout(done, 1500));
             holdFrames(false);",
            &[],
        )?;
        no_leap(&exhibit)
    });
}

fn back_from_another_page_the_run_is_there(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?
            .page("other.html", "<!doctype html><title>other</title>")
            .serve()?;
        browser.open(&origin.address("?exhibit=spectrum&noise=0.35"))?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.pause()?;
        exhibit.restart()?;
        exhibit.step(20)?;
        exhibit.set("gate", "hard")?;
        browser.wait(
            "the address follows",
            5.0,
            "return location.search.includes('gate')",
            &[],
        )?;
        let readings = exhibit.readings()?;
        browser.open(&origin.test_address("other.html"))?;
        browser.back()?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.wait(
            "the step it had",
            20.0,
            "return element.stepCount === 20 && !element.running",
        )?;
        assert_eq!(exhibit.readings()?, readings);
        exhibit.step(5)
    });
}
