//! What does not have to run does not run.

use anyhow::Result;
use browser_tests::{Engine, Exhibit, Origin, check, claims};

claims! {
    fast:
        a_paused_exhibit_draws_no_frame_and_does_no_step;
    full:
        an_exhibit_off_the_screen_does_nothing_until_it_is_seen;
}

/// Frames and steps during half a second, after a moment for what was under
/// way.
fn activity(exhibit: &Exhibit<'_>) -> Result<(u64, u64)> {
    let counts = exhibit.call(
        "const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
         await sleep(200);
         let frames = 0;
         const count = () => { frames += 1; };
         element.addEventListener('ntk-frame', count);
         const before = element.stepCount;
         await sleep(500);
         element.removeEventListener('ntk-frame', count);
         return [frames, element.stepCount - before];",
        &[],
    )?;
    Ok((
        counts[0].as_u64().unwrap_or_default(),
        counts[1].as_u64().unwrap_or_default(),
    ))
}

fn a_paused_exhibit_draws_no_frame_and_does_no_step(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address(""))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.play()?;
        let (frames, steps) = activity(&exhibit)?;
        assert!(
            frames > 3 && steps > 3,
            "it runs: {frames} frames, {steps} steps"
        );
        exhibit.pause()?;
        assert_eq!(activity(&exhibit)?, (0, 0));
        assert_eq!(exhibit.call("return element.running", &[])?, false);
        exhibit.play()?;
        let (frames, _) = activity(&exhibit)?;
        assert!(frames > 3, "it runs again");
        Ok(())
    });
}

fn an_exhibit_off_the_screen_does_nothing_until_it_is_seen(engine: Engine) {
    check(engine, |browser| {
        let body = "<div id=top></div><ntk-playground exhibit=spectrum autoplay></ntk-playground>
                    <div id=end></div>";
        let style = "#top, #end { height: 3000px }";
        let body = format!("<link rel=stylesheet href=tall.css>{body}");
        let _origin = Origin::site()?
            .page("tall.css", style)
            .open(browser, &body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        let (frames, _) = activity(&exhibit)?;
        assert!(frames > 3, "on the screen it runs");
        exhibit.call("scrollTo({top: 0, behavior: 'instant'})", &[])?;
        assert_eq!(activity(&exhibit)?, (0, 0), "off the screen");
        exhibit.call("element.scrollIntoView({behavior: 'instant'})", &[])?;
        let (frames, _) = activity(&exhibit)?;
        assert!(frames > 3, "on the screen again");
        Ok(())
    });
}
