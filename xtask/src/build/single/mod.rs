//! Everything as one script that is no module: what is loaded on demand runs when it is
//! first asked for, the engine is in it. For a page that is a single file, for
//! notebooks, and for pages that take no modules.

use super::scripts::shorten;
use super::site;
use crate::project;
use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// The module that asks for files, and what stands in its place.
const ASSETS: (&str, &str) = ("assets.js", include_str!("assets.js"));
/// The name of the script with the element and the ledger, in the root of the site
/// and in packages.
pub const BUNDLE: &str = "ntk-playground.bundle.js";
/// Where the page is, for the script in the root of the site.
const BESIDE: &str = include_str!("../addresses/script.js");

/// Writes the script into the root of a site.
pub fn write(modules: &Path, site: &Path) -> Result<()> {
    let text = script(modules, &site::PUBLIC, &[], BESIDE)?;
    project::save(site, BUNDLE, text)
}

/// Some entries as one script that is no module, with all that they load on demand,
/// the engine with every exhibit, and some `more` files in it.
///
/// # Errors
/// When something is imported that is not there.
pub fn script(modules: &Path, entries: &[&str], more: &[&str], addresses: &str) -> Result<String> {
    let mut files = site::read(modules)?;
    // There is one engine, and without its claims no table of them.
    let second = format!("{}_instance.js", super::FIRST_EXHIBIT);
    let is_here = |file: &str| file != second && (file != "claims.js" || !more.is_empty());
    let served = site::graph(&files)?;
    let on_demand: Vec<&str> = served
        .on_demand()
        .into_iter()
        .filter(|file| is_here(file))
        .collect();
    files.insert(ASSETS.0.into(), shorten(ASSETS.1)?.into());
    files.insert(site::ADDRESSES.into(), shorten(addresses)?.into());
    let script = site::graph(&files)?.script(entries, &on_demand)?;
    let engine = format!("{}_bg.wasm", super::ALL_EXHIBITS);
    let mut packed = "const packed = {\n".to_owned();
    for name in more.iter().copied().chain([engine.as_str()]) {
        let content = pack(&modules.join(name))?;
        packed.push_str(&format!("\"{name}\": \"{content}\",\n"));
    }
    Ok(format!("(() => {{\n{packed}}};\n{script}}})();\n"))
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
        let served = fs::read_to_string(project::root().join("www").join(ASSETS.0))?;
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
