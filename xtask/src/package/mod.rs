//! `cargo xtask package`: what package registries take, in `target/package/`.
//!
//! The same modules as those of the site, from the same build and with the version
//! of Cargo.toml.

mod documented;
mod npm;
mod python;

use crate::{build, project, standalone};
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

/// Where the package for Python is.
///
/// # Errors
/// When this program lies in no target folder.
pub fn python() -> Result<PathBuf> {
    Ok(project::target()?.join("package").join("python"))
}

/// Builds the page and writes the packages.
///
/// # Errors
/// When a step fails, or npm, which the types need, is not here.
pub fn package() -> Result<()> {
    standalone::standalone()?;
    write()
}

/// Writes the packages of the page that was built.
///
/// # Errors
/// When none was, or npm is not here.
pub fn write() -> Result<()> {
    let modules = build::modules()?;
    for (folder, write) in [
        (npm()?, npm::write as fn(&Path, &Path) -> Result<()>),
        (python()?, python::write),
    ] {
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        write(&modules, &folder)?;
        println!("Wrote {}", folder.display());
    }
    Ok(())
}
