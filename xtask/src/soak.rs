//! `cargo xtask soak`: pages that play for 200 000 frames, and whether what
//! they hold in memory grows.

use crate::{build, project};
use anyhow::Result;

/// Builds the site and plays it in Chromium: all settings, or those of the
/// names in `only`, separated by commas.
///
/// # Errors
/// When the build fails, the browser does not start, or something grows.
pub fn soak(only: Option<&str>) -> Result<()> {
    build::build()?;
    println!(
        "\nPlaying 200 000 frames of each setting, which takes long; --only names some of them ..."
    );
    project::run(
        project::cargo(["run", "--quiet"])
            .args(["--package", "browser-tests", "--bin", "soak", "--"])
            .args(only),
    )
}
