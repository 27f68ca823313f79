//! `cargo xtask standalone`: all pages as one file that needs no server.
//!
//! A page that is opened from a disk may fetch nothing and import no file
//! beside it. So everything goes into it: style sheets and the script of the
//! theme where they were asked for, the modules as one script ([`Modules::script`]),
//! the engine and the claims in it, packed with gzip. What asks for files by name is
//! `www/assets.js` alone, and another module stands in its place
//! ([`crate::build::single`]).
//!
//! [`Modules::script`]: crate::build::bundle::Modules::script

mod page;
mod pages;

use crate::build::{self, single};
use crate::project;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// What says where the page is.
const ADDRESSES: &str = include_str!("../build/addresses/page.js");

/// Where the file is written. It lies in `dist/`, which every build replaces
/// as a whole: so it is never older than the site. It has a folder of its own,
/// which whoever copies the site can leave out.
pub fn file() -> PathBuf {
    project::dist()
        .join("standalone")
        .join("ntk-playground.html")
}

/// Builds the site, and of it the file.
///
/// # Errors
/// When a step fails: the message says which, on which file.
pub fn standalone() -> Result<()> {
    build::build()?;
    let started = std::time::Instant::now();
    let file = file();
    let size = write(&build::modules()?, &file)?;
    let root = project::root();
    println!(
        "Wrote {} ({} kB) in {:.1} s.",
        file.strip_prefix(&root).unwrap_or(&file).display(),
        size / 1000,
        started.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Writes the page of a folder of modules as one file, and says how many bytes it
/// has.
///
/// # Errors
/// When it has something that cannot go into a single file, with its
/// name.
pub fn write(modules: &Path, file: &Path) -> Result<usize> {
    let page = page::Page::read(modules)?;
    // First: the others scroll to what it shows.
    let entries: Vec<&str> = std::iter::once("pages.js")
        .chain(page.modules.iter().map(String::as_str))
        .collect();
    let script = single::script(modules, &entries, &["claims.json"], ADDRESSES)?;
    // What looks like markup is part of strings, in which a backslash changes nothing.
    let script = script.replace("</", "<\\/").replace("<!--", "<\\!--");
    let block = page::element("script", "the script", &script)?;
    let text = page.with(&format!("{block}\n"))?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    fs::write(file, &text).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(text.len())
}

fn read(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name);
    fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}
