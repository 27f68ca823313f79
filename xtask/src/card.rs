//! `cargo xtask card`: the picture that a link to the page shows, and the icons of the
//! installed page, in `www/`.

use crate::project;
use anyhow::Result;

/// The run whose views are on the card.
const RUN: [&str; 6] = ["run", "spectrum", "--until", "700", "--theme", "projector"];

/// Draws the views of a run, and puts them on the card.
///
/// # Errors
/// When the run fails, or Chromium is not here.
pub fn card() -> Result<()> {
    let views = project::target()?.join("card");
    let program = ["run", "--quiet", "--package", "ntk-playground", "--"];
    project::run(project::cargo(program).args(RUN).arg("--svg").arg(&views))?;
    project::run(
        project::cargo(["run", "--quiet"])
            .args(["--package", "browser-tests", "--bin", "card", "--"])
            .args([views, project::root().join("www")]),
    )
}
