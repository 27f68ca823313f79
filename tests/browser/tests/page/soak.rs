//! An exhibit that plays for two thousand frames holds no more at their end than
//! after their first half. `cargo xtask soak` is the same for the page and more
//! exhibits, over 200 000.

use anyhow::ensure;
use browser_tests::soak::{Setting, grown, open, play};
use browser_tests::{Engine, Options, check_with, claims};

claims! {
    full_chromium:
        an_exhibit_that_plays_for_long_fills_no_memory;
}

/// A small network and one picture, of which a run takes less than a thousand frames at up to
/// sixteen steps each.
const SMALL: Setting = Setting {
    name: "small",
    path: None,
    element: "exhibit=spectrum points=8 widths=8 views=loss",
    reading: 0.5,
};
/// Bytes of scripts that may be left behind in the thousand frames between: the
/// browser compiles what has been busy for long.
const LEFT: f64 = 0.2e6;
/// Frames after which a run has come to its end, and those of the whole test.
const SETTLED: u64 = 1_000;
const FRAMES: u64 = 2_000;

fn an_exhibit_that_plays_for_long_fills_no_memory(engine: Engine) {
    // Narrow: most of a frame is painting.
    let options = Options {
        width: 500,
        ..Options::of(engine)
    };
    check_with(&options, |browser| {
        let _server = open(browser, &SMALL)?;
        let settled = play(browser, SETTLED)?;
        ensure!(settled.module > 1_000_000.0, "it is the engine's memory");
        ensure!(settled.restarts > 0, "a run has ended: {settled:?}");
        let last = play(browser, FRAMES)?;
        println!("{engine}: {settled:?}, {last:?}");
        let mut grown = grown(&settled, &last);
        grown.retain(|(name, _)| *name != "heap");
        assert!(grown.is_empty(), "there grew: {grown:?}");
        if let (Some(before), Some(after)) = (settled.counts, last.counts) {
            assert!(
                after.heap - before.heap < LEFT,
                "{before:?}, then {after:?}"
            );
        }
        Ok(())
    });
}
