//! `cargo xtask build`: the page as a static site in `dist/`.
//!
//! First every module and every other file of the page is written as a file of its
//! own ([`modules`]); of those the site is made, with few files (`site`). Both are
//! written into a fresh folder that takes the place of the last one at the very
//! end, so a build that fails leaves the last good site.

mod assets;
pub(crate) mod bundle;
pub mod chapters;
pub mod offline;
mod pages;
pub(crate) mod scripts;
pub mod share;
pub(crate) mod single;
pub mod site;
mod size;
mod styles;
mod tex;
mod version;
pub mod wasm;

pub use single::BUNDLE;
pub use version::VERSION;

use crate::project;
use crate::release::notices;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The engine with the first exhibit alone, so that it loads fast: the name of
/// its JavaScript module.
pub const FIRST_EXHIBIT: &str = "ntk_spectrum";
/// The engine with all exhibits.
pub const ALL_EXHIBITS: &str = "ntk_playground";

/// The engines of the page, by name and package.
const ENGINES: [(&str, &str); 2] = [
    (FIRST_EXHIBIT, "ntk-spectrum"),
    (ALL_EXHIBITS, "ntk-all-exhibits"),
];

/// Where the modules lie one by one, with the types of the engines, for the checks.
///
/// # Errors
/// When this program lies in no target folder.
pub fn modules() -> Result<PathBuf> {
    Ok(project::target()?.join("modules"))
}

/// Builds the site.
///
/// # Errors
/// When a step fails: the message says which, on which file.
pub fn build() -> Result<()> {
    let started = std::time::Instant::now();
    project::ensure_wasm_target()?;
    let root = project::root();
    let modules = modules()?;
    let fresh = Fresh::beside(&modules)?;
    for (name, package) in ENGINES {
        let compiled = wasm::compile(package)?;
        wasm::bindgen(&compiled, name, &fresh.folder)?;
    }
    assets::copy(&root.join("www"), &fresh.folder)?;
    pages::write(&root, &fresh.folder)?;
    chapters::write(&root, &fresh.folder)?;
    fresh.replace(&modules)?;

    let dist = project::dist();
    let fresh = Fresh::beside(&dist)?;
    site::write(&modules, &fresh.folder)?;
    single::write(&modules, &fresh.folder)?;
    share::write(&modules, &fresh.folder)?;
    notices::write(&fresh.folder)?;
    // Of the texts for teaching that are among the pages.
    fs::copy(
        root.join("LICENSE-CC-BY"),
        fresh.folder.join("LICENSE-CC-BY"),
    )?;
    // Last: the worker's version is that of all that it keeps.
    offline::write(&modules, &fresh.folder)?;
    fresh.replace(&dist)?;

    print!("{}", size::report(&dist)?);
    println!("Built dist/ in {:.1} s.", started.elapsed().as_secs_f64());
    Ok(())
}

/// A new folder that becomes the site, or vanishes.
struct Fresh {
    folder: PathBuf,
}

impl Fresh {
    fn beside(folder: &Path) -> Result<Fresh> {
        // Beside it and not in a system folder for temporary files: a rename
        // works within one file system only.
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let folder = folder.with_file_name(format!(".{name}-{}", std::process::id()));
        remove(&folder)?;
        fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(Fresh { folder })
    }

    fn replace(&self, last: &Path) -> Result<()> {
        let old = self.folder.with_extension("old");
        if last.exists() {
            fs::rename(last, &old)
                .with_context(|| format!("cannot move {} away", last.display()))?;
        }
        fs::rename(&self.folder, last)
            .with_context(|| format!("cannot put the build into {}", last.display()))?;
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
