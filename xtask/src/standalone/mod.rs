//! `cargo xtask standalone`: the page as one file that needs no server.
//!
//! A page that is opened from a disk may fetch nothing and import no file
//! beside it. So everything goes into it: style sheets and the script of the
//! theme where they were asked for, modules as `data:` addresses in an import
//! map (`modules`), the engine and the claims packed with gzip. What asks for
//! files by name is `www/assets.js` alone, and `assets.js` beside this file
//! stands in its place.

mod modules;
mod page;

use crate::{build, project};
use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use flate2::{Compression, write::GzEncoder};
use modules::Modules;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The module that asks for files, and what stands in its place.
const ASSETS: (&str, &str) = ("assets.js", include_str!("assets.js"));

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
    let size = write(&project::dist(), &file)?;
    let root = project::root();
    println!(
        "Wrote {} ({} kB) in {:.1} s.",
        file.strip_prefix(&root).unwrap_or(&file).display(),
        size / 1000,
        started.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Writes a site that is built as one file, and says how many bytes it has.
///
/// # Errors
/// When the site has something that cannot go into a single file, with its
/// name.
pub fn write(site: &Path, file: &Path) -> Result<usize> {
    let page = page::Page::read(site)?;
    let mut modules = Modules::default();
    for name in names(site, ".js")? {
        let first = name == format!("{}.js", build::FIRST_EXHIBIT);
        if first || page.classic.contains(&name) {
            continue;
        }
        if name == format!("{}.js", build::ALL_EXHIBITS) {
            // It knows where it lies, and asks for nothing when it is given its
            // module.
            modules.keep(&name, &read(site, &name)?)?;
        } else if name == ASSETS.0 {
            modules.keep(&name, &build::scripts::shorten(ASSETS.1)?)?;
        } else {
            modules.add(&name, &read(site, &name)?)?;
        }
    }
    let mut blocks = modules.import_map()?;
    for name in &page.modules {
        blocks.push_str(&modules.start(name)?);
    }
    let mut packed = names(site, ".json")?;
    packed.push(format!("{}_bg.wasm", build::ALL_EXHIBITS));
    for name in packed {
        let content = pack(&site.join(&name))?;
        blocks.push_str(&format!(
            "<script type=\"text/plain\" id=\"{name}\">{content}</script>\n"
        ));
    }
    let text = page.with(&blocks)?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    fs::write(file, &text).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(text.len())
}

/// Names of the files of a site with this ending, in order.
fn names(site: &Path, ending: &str) -> Result<Vec<String>> {
    let entries = fs::read_dir(site).with_context(|| format!("cannot read {}", site.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(ending) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn read(site: &Path, name: &str) -> Result<String> {
    let path = site.join(name);
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
