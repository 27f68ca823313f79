//! `cargo xtask actions`: random actions on the page, as the tests do them, from
//! another seed and many more.

use crate::test::{browsers, chromium};
use crate::{build, project};
use anyhow::{Result, anyhow, bail};

/// Builds the page and acts on it in every browser that is here: `--seed N`,
/// `--actions N`.
///
/// # Errors
/// When a word is not one of these, or something breaks; the last actions are
/// told.
pub fn actions(words: &[&str]) -> Result<()> {
    let (mut seed, mut count) = ("1", "1000");
    for pair in words.chunks(2) {
        match pair {
            ["--seed", number] => seed = whole(number)?,
            ["--actions", number] => count = whole(number)?,
            _ => bail!(
                "actions takes --seed N and --actions N, not \u{201c}{}\u{201d}",
                pair.join(" ")
            ),
        }
    }
    build::build()?;
    chromium::ensure()?;
    let mut command = browsers::command()?;
    command.args(["random_actions", "--include-ignored", "--nocapture"]);
    project::run(command.env("ACTIONS_SEED", seed).env("ACTIONS", count))
}

fn whole(text: &str) -> Result<&str> {
    text.parse::<u64>()
        .map(|_| text)
        .map_err(|_| anyhow!("\u{201c}{text}\u{201d} is not a whole number"))
}
