//! `cargo xtask package`: what package registries take, in `target/package/`.
//!
//! The same modules as those of the site, from the same build and with the version
//! of Cargo.toml.

mod documented;
mod npm;

use crate::{build, project};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the package for npm is.
///
/// # Errors
/// When this program lies in no target folder.
pub fn npm() -> Result<PathBuf> {
    Ok(project::target()?.join("package").join("npm"))
}

/// Builds the page and writes the packages.
///
/// # Errors
/// When a step fails, or npm, which the types need, is not here.
pub fn package() -> Result<()> {
    build::build()?;
    let folder = npm()?;
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    npm::write(&build::modules()?, &folder)?;
    println!("Wrote {}", folder.display());
    Ok(())
}

/// The version of the project.
fn version() -> Result<String> {
    let manifest = fs::read_to_string(project::root().join("Cargo.toml"))?;
    manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .context("Cargo.toml says no version")
}

fn save(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let file = folder.join(name);
    fs::write(&file, content).with_context(|| format!("cannot write {}", file.display()))
}
