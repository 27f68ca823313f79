//! `cargo xtask fuzz`: plays random scenarios with every exhibit, for as long
//! as one likes.

use crate::project;
use anyhow::{Result, ensure};

/// The test that plays until its time is over.
const TEST: &str = "whatever_is_done_an_exhibit_keeps_its_promises::for_a_long_time";

/// Which scenarios.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Stop after this time; 0 runs one scenario of each exhibit
    #[arg(long, value_name = "MINUTES", default_value = "1", value_parser = duration)]
    pub minutes: f64,
    /// Seed of the first scenario
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Run only this exhibit
    #[arg(long, value_name = "NAME")]
    pub exhibit: Option<String>,
}

fn duration(text: &str) -> Result<f64> {
    let minutes: f64 = text.parse()?;
    ensure!(
        minutes.is_finite() && minutes >= 0.0,
        "the minutes are a finite number of at least 0"
    );
    Ok(minutes)
}

/// Plays for a while, compiled as the tests are: optimised, and with checks for
/// overflow. Prints what was slowest.
///
/// # Errors
/// When a scenario fails, or a step or a picture takes more
/// than a second.
pub fn fuzz(options: &Options) -> Result<()> {
    let mut command = project::cargo([
        "test",
        "--test",
        "exhibit",
        TEST,
        "--",
        "--ignored",
        "--nocapture",
    ]);
    command
        .env("FUZZ_MINUTES", options.minutes.to_string())
        .env("FUZZ_SEED", options.seed.to_string());
    if let Some(exhibit) = &options.exhibit {
        command.env("FUZZ_EXHIBIT", exhibit);
    }
    project::run(&mut command)
}
