//! `cargo xtask fuzz`: plays random scenarios with every exhibit, for as long
//! as one likes.

use crate::project;
use anyhow::{Result, bail};

/// The test that plays until its time is over.
const TEST: &str = "whatever_is_done_an_exhibit_keeps_its_promises::for_a_long_time";

/// Options and the variables that hand them to the test.
const OPTIONS: [(&str, &str); 3] = [
    ("--minutes", "FUZZ_MINUTES"),
    ("--seed", "FUZZ_SEED"),
    ("--exhibit", "FUZZ_EXHIBIT"),
];

/// Plays for a while, compiled as the tests are: optimised, and with checks for
/// overflow. Prints what was slowest.
///
/// # Errors
/// When an option is none, a scenario fails, or a step or a picture takes more
/// than a second.
pub fn fuzz(words: &[&str]) -> Result<()> {
    let mut command = project::cargo([
        "test",
        "--test",
        "exhibit",
        TEST,
        "--",
        "--ignored",
        "--nocapture",
    ]);
    for pair in words.chunks(2) {
        let &[option, value] = pair else {
            bail!("{} needs a value", pair[0]);
        };
        match OPTIONS.iter().find(|(name, _)| *name == option) {
            Some((_, variable)) => command.env(variable, value),
            None => {
                bail!("fuzz takes --minutes, --seed and --exhibit, not \u{201c}{option}\u{201d}")
            }
        };
    }
    project::run(&mut command)
}
