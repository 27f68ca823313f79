//! A page that plays for two thousand frames holds no more than after its first
//! few hundred. `cargo xtask soak` is the same for 200 000 and more exhibits.

use anyhow::{Result, ensure};
use browser_tests::soak::{Setting, grown, open, play};
use browser_tests::{Engine, check, claims};

claims!(a_page_that_plays_for_long_fills_no_memory);

/// The page as it opens.
const PAGE: Setting = Setting {
    name: "page",
    path: Some(""),
    element: "",
    reading: 2.0,
};
/// Frames after which a run has come to its end, and those of the whole test.
const SETTLED: u64 = 800;
const FRAMES: u64 = 2_000;

fn a_page_that_plays_for_long_fills_no_memory(engine: Engine) {
    check(engine, |browser| {
        let _server = open(browser, &PAGE)?;
        let (settled, last) = (play(browser, SETTLED)?, play(browser, FRAMES)?);
        ensure!(settled.module > 1_000_000.0, "it is the engine's memory");
        ensure!(last.restarts > 0, "a run has ended and begun anew");
        let grown = grown(&settled, &last);
        assert!(grown.is_empty(), "there grew: {}", grown.join(", "));
        Ok(())
    });
}
