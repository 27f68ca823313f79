//! `cargo xtask soak`: pages that play for 200 000 frames, and whether what
//! they hold in memory grows.

use crate::{build, project};
use anyhow::Result;

/// Which settings.
#[derive(Debug, Default, clap::Args)]
pub struct Options {
    /// Play only these settings, separated by commas; an unknown name prints all of them
    #[arg(long, value_name = "SETTING,...")]
    pub only: Option<String>,
}

/// Builds the site and plays it in Chromium.
///
/// # Errors
/// When the build fails, the browser does not start, or something grows.
pub fn soak(options: &Options) -> Result<()> {
    build::build()?;
    println!(
        "\nPlaying 200 000 frames of each setting, which takes long; --only names some of them ..."
    );
    project::run(
        project::cargo(["run", "--quiet"])
            .args(["--package", "browser-tests", "--bin", "soak", "--"])
            .args(&options.only),
    )
}
