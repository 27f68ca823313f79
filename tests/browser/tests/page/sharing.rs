//! What editors of posts are told about an exhibit fits it.

use anyhow::{Context, Result, ensure};
use browser_tests::{Engine, Options, Origin, check_with, claims};
use xtask::build::share::oembed::{Exhibit, HEIGHT, WIDTH};

claims! {
    full_chromium:
        described_frames_have_the_height_of_the_highest;
}

fn described_frames_have_the_height_of_the_highest(engine: Engine) {
    let column = Options {
        width: WIDTH,
        ..Options::of(engine)
    };
    check_with(&column, |browser| {
        let origin = Origin::site()?.serve()?;
        let heights = Exhibit::all()?
            .iter()
            .map(|exhibit| {
                let frame = exhibit.frame();
                browser.open(&origin.address(&frame))?;
                let exhibit = browser.exhibit("ntk-playground")?;
                exhibit.step(3).with_context(|| frame.clone())?;
                let height = exhibit.call(
                    "return Math.ceil(element.getBoundingClientRect().height)",
                    &[],
                )?;
                Ok((height.as_u64().context("no height")?, frame))
            })
            .collect::<Result<Vec<_>>>()?;
        let highest = heights.iter().map(|(height, _)| *height).max();
        ensure!(highest == Some(u64::from(HEIGHT)), "{heights:?}");
        Ok(())
    });
}
