//! The source that a site is built of, in an archive beside it, named by its commit.

use crate::project;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::Command;

/// The commit, shortened; empty where there is no repository.
pub fn commit(root: &Path) -> Result<String> {
    let output = Command::new("git")
        .args(["rev-parse", "--short=12", "HEAD"])
        .current_dir(root)
        .output()
        .context("cannot start git")?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The name of the archive.
fn name(commit: &str) -> String {
    format!("ntk-playground-{commit}.tar.gz")
}

/// A link to it, where there is one.
pub fn link(commit: &str) -> String {
    match commit {
        "" => String::new(),
        commit => format!(
            "<a href=\"{}\" download>Source at commit {commit}</a>\n",
            name(commit)
        ),
    }
}

/// Writes it into a folder.
pub fn write(root: &Path, commit: &str, to: &Path) -> Result<()> {
    if commit.is_empty() {
        return Ok(());
    }
    let output = Command::new("git")
        .args(["archive", "--format=tar.gz", commit])
        .current_dir(root)
        .output()
        .context("cannot start git")?;
    ensure!(output.status.success(), "git has no archive of {commit}");
    project::save(to, &name(commit), output.stdout)
}
