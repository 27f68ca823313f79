//! `cargo xtask actions`: random actions on the page, as the tests do them, from
//! another seed and many more.

use crate::test::{browsers, chromium};
use crate::{build, project};
use anyhow::Result;

/// Which actions.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Seed of the actions
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Number of actions
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub actions: u64,
}

/// Builds the page and acts on it in every installed browser.
///
/// # Errors
/// When something breaks; the last actions are printed.
pub fn actions(options: &Options) -> Result<()> {
    build::build()?;
    chromium::ensure()?;
    let mut command = browsers::command()?;
    command.args(["random_actions", "--include-ignored", "--nocapture"]);
    command
        .env("ACTIONS_SEED", options.seed.to_string())
        .env("ACTIONS", options.actions.to_string());
    project::run(&mut command)
}
