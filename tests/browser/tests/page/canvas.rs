//! Pictures have a mark on them, and as many pixels as the screen can show.

use anyhow::Result;
use browser_tests::{Browser, Engine, Options, Origin, check, check_with, claims, skip};

claims! {
    fast:
        an_ordinary_screen_gets_twice_its_pixels,
        a_picture_far_off_the_screen_holds_no_memory;
    full:
        a_dense_screen_gets_its_own_pixels,
        a_ratio_between_whole_numbers_is_rounded_up;
}

/// A picture with fewer colours than these is blank: axes, labels and curves
/// alone, smoothed at their edges, have many more.
const COLOURS: u64 = 12;

/// For every view: name, width and height of the canvas over its CSS size,
/// number of distinct colours, whether it was drawn at all.
const SURVEY: &str = "
    return [...root.querySelectorAll('canvas')].filter((canvas) => canvas.checkVisibility()).map((canvas) => {
      const box = canvas.getBoundingClientRect();
      const pixels = new Uint32Array(
        canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
      return {
        view: canvas.closest('[data-view]')?.dataset.view ?? '?',
        across: canvas.width / box.width,
        down: canvas.height / box.height,
        colours: new Set(pixels).size,
      };
    });";

fn survey(browser: &Browser, scale: f64) -> Result<()> {
    let origin = Origin::site()?.serve()?;
    browser.open(&origin.address(""))?;
    let exhibit = browser.exhibit("ntk-playground")?;
    exhibit.wait("steps done", 15.0, "return element.stepCount > 20")?;
    let views = exhibit.call(SURVEY, &[])?;
    let views = views.as_array().cloned().unwrap_or_default();
    assert!(views.len() >= 4, "at least four views are shown: {views:?}");
    for view in views {
        let colours = view["colours"].as_u64().unwrap_or(0);
        assert!(colours > COLOURS, "{view} is blank");
        for side in ["across", "down"] {
            let ratio = view[side].as_f64().unwrap_or(0.0);
            assert!(
                (ratio - scale).abs() < 0.01,
                "{view} is not drawn at {scale}"
            );
        }
    }
    Ok(())
}

fn a_picture_far_off_the_screen_holds_no_memory(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address(""))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.wait("steps done", 15.0, "return element.stepCount > 20")?;
        exhibit.pause()?;
        let step = exhibit.step_count()?;
        let said = exhibit.call("return root.querySelector('canvas').ariaLabel", &[])?;
        // Far enough, however short the page is.
        browser.run(
            "document.body.style.paddingBottom = '3000px'; scrollTo(0, document.documentElement.scrollHeight)",
            &[],
        )?;
        let gone = "return [...root.querySelectorAll('canvas')].every((one) => one.width === 0 && one.height === 0)";
        exhibit.wait("the pictures are let go", 5.0, gone)?;
        assert_eq!(
            exhibit.call("return root.querySelector('canvas').ariaLabel", &[])?,
            said,
            "what is said of a picture stays"
        );
        browser.run("scrollTo(0, 0)", &[])?;
        let back =
            "return [...root.querySelectorAll('canvas')].slice(0, 4).every((one) => one.width > 0)";
        exhibit.wait("they are drawn again", 5.0, back)?;
        let views = exhibit.call(SURVEY, &[])?;
        for view in views.as_array().into_iter().flatten().take(4) {
            let colours = view["colours"].as_u64().unwrap_or(0);
            assert!(colours > COLOURS, "{view} is blank");
        }
        assert_eq!(exhibit.step_count()?, step, "the run is where it was");
        Ok(())
    });
}

fn at(engine: Engine, pixel_ratio: f64) -> Options {
    Options {
        pixel_ratio,
        ..Options::of(engine)
    }
}

fn an_ordinary_screen_gets_twice_its_pixels(engine: Engine) {
    check_with(&at(engine, 1.0), |browser| survey(browser, 2.0));
}

fn a_dense_screen_gets_its_own_pixels(engine: Engine) {
    check_with(&at(engine, 2.0), |browser| survey(browser, 2.0));
}

fn a_ratio_between_whole_numbers_is_rounded_up(engine: Engine) {
    let mut ratio = 2.5;
    if engine == Engine::Webkit {
        skip(
            engine,
            "2.5 device pixels per CSS pixel",
            "GTK scales windows by whole numbers only; 3 are checked instead",
        );
        ratio = 3.0;
    }
    check_with(&at(engine, ratio), |browser| survey(browser, 3.0));
}
