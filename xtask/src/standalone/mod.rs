//! `cargo xtask standalone`: the page as one file that needs no server.
//!
//! A page that is opened from a disk may fetch nothing and import no file
//! beside it. So everything goes into it: style sheets and the script of the
//! theme where they were asked for, the modules as one script ([`Modules::script`]),
//! the engine and the claims in it, packed with gzip. What asks for files by name is
//! `www/assets.js` alone, and `assets.js` beside this file stands in its place.
//!
//! [`Modules::script`]: crate::build::bundle::Modules::script

mod page;

use crate::build::{self, site};
use crate::project;
use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The module that asks for files, and what stands in its place.
const ASSETS: (&str, &str) = ("assets.js", include_str!("assets.js"));
/// What says where the page is.
const PLACES: &str = include_str!("../build/places/page.js");

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
    let entries: Vec<&str> = page.modules.iter().map(String::as_str).collect();
    let script = script(modules, &entries, &["claims.json"], PLACES)?;
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

/// Some entries as one script that is no module, with all that they load on demand,
/// the engine with every exhibit, and some `more` files in it.
///
/// # Errors
/// When something is imported that is not there.
pub fn script(modules: &Path, entries: &[&str], more: &[&str], places: &str) -> Result<String> {
    let mut files = site::read(modules)?;
    // There is one engine, and without its claims no table of them.
    let second = format!("{}_instance.js", build::FIRST_EXHIBIT);
    let is_here = |file: &str| file != second && (file != "claims.js" || !more.is_empty());
    let served = site::graph(&files)?;
    let on_demand: Vec<&str> = served
        .on_demand()
        .into_iter()
        .filter(|file| is_here(file))
        .collect();
    files.insert(ASSETS.0.into(), build::scripts::shorten(ASSETS.1)?.into());
    files.insert(site::PLACES.into(), build::scripts::shorten(places)?.into());
    let script = site::graph(&files)?.script(entries, &on_demand)?;
    let engine = format!("{}_bg.wasm", build::ALL_EXHIBITS);
    let mut packed = "const packed = {\n".to_owned();
    for name in more.iter().copied().chain([engine.as_str()]) {
        let content = pack(&modules.join(name))?;
        packed.push_str(&format!("\"{name}\": \"{content}\",\n"));
    }
    Ok(format!("(() => {{\n{packed}}};\n{script}}})();\n"))
}

fn read(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name);
    fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// A file as text: gzip, which a browser can undo, in base64.
fn pack(path: &Path) -> Result<String> {
    let content = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(&content)?;
    Ok(BASE64_STANDARD.encode(writer.finish()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// What a module exports, by name.
    fn exports(text: &str) -> BTreeSet<&str> {
        text.lines()
            .filter_map(|line| line.strip_prefix("export "))
            .filter_map(|rest| {
                let mut words = rest.split([' ', '(']);
                words.find(|word| !["const", "async", "function"].contains(word))
            })
            .collect()
    }

    #[test]
    fn the_module_in_the_file_offers_what_the_served_one_does() -> Result<()> {
        let served = read(&project::root().join("www"), ASSETS.0)?;
        assert_eq!(exports(ASSETS.1), exports(&served));
        assert!(exports(&served).contains("load"));
        Ok(())
    }

    #[test]
    fn a_packed_file_is_gzip_in_base64() -> Result<()> {
        let path = project::root().join("www").join("claims.json");
        let packed = BASE64_STANDARD.decode(pack(&path)?)?;
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&packed[..]), &mut content)?;
        assert_eq!(content, fs::read(&path)?);
        Ok(())
    }
}
