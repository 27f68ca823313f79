//! `cargo xtask build`: the page as a static site in `dist/`.
//!
//! Everything is written into a fresh folder beside `dist/` that takes its
//! place at the very end, so a build that fails leaves the last good site.

mod assets;
mod pages;
pub(crate) mod scripts;
mod size;
mod styles;
mod tex;
pub mod wasm;

use crate::project;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The page's package.
const PACKAGE: &str = "ntk-playground";

/// The engine with the first exhibit alone, so that it loads fast: the name of
/// its JavaScript module.
pub const FIRST_EXHIBIT: &str = "ntk_spectrum";
/// The engine with all exhibits.
pub const ALL_EXHIBITS: &str = "ntk_playground";

/// The engines of the page, and what cargo is told.
const ENGINES: [(&str, &[&str]); 2] = [
    (FIRST_EXHIBIT, &["--no-default-features"]),
    (ALL_EXHIBITS, &[]),
];

/// Builds the site.
///
/// # Errors
/// When a step fails: the message says which, on which file.
pub fn build() -> Result<()> {
    let started = std::time::Instant::now();
    project::ensure_wasm_target()?;
    let root = project::root();
    let fresh = Fresh::new(&root)?;
    for (name, arguments) in ENGINES {
        let compiled = wasm::compile(PACKAGE, arguments)?;
        wasm::bindgen(&compiled, name, &fresh.folder)?;
    }
    assets::copy(&root.join("www"), &fresh.folder)?;
    let pages = pages::write(&root, &fresh.folder)?;
    let dist = project::dist();
    fresh.replace(&dist)?;

    print!("{}", size::report(&dist)?);
    println!(
        "Built dist/ ({pages} pages) in {:.1} s.",
        started.elapsed().as_secs_f64()
    );
    Ok(())
}

/// A new folder that becomes the site, or vanishes.
struct Fresh {
    folder: PathBuf,
}

impl Fresh {
    fn new(root: &Path) -> Result<Fresh> {
        // In the root and not in a system folder for temporary files: a
        // rename works within one file system only.
        let folder = root.join(format!(".dist-{}", std::process::id()));
        remove(&folder)?;
        fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(Fresh { folder })
    }

    fn replace(&self, dist: &Path) -> Result<()> {
        let old = self.folder.with_extension("old");
        if dist.exists() {
            fs::rename(dist, &old)
                .with_context(|| format!("cannot move {} away", dist.display()))?;
        }
        fs::rename(&self.folder, dist)
            .with_context(|| format!("cannot put the site into {}", dist.display()))?;
        remove(&old)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        // Nothing can be done about a folder that cannot be removed here.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}
