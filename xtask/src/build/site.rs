//! The site of modules: few files, in a folder whose name changes with them.
//!
//! A page may keep a script and get an engine that is newer, which no two versions
//! survive. So all files lie in one folder, `v-` and a digest of what is in it; a
//! file in the root has the name that other pages know and leads into the folder.
//! It is small, and the only one that has to be asked for anew.

use super::bundle::{Files, Modules};
use super::chapters;
use super::scripts::minify;
use crate::project;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// The modules that other pages include. The first is there before those that are
/// loaded on demand.
pub(crate) const PUBLIC: [&str; 2] = ["ntk-playground.js", "ledger.js"];
/// The modules that our own pages add to the first.
const OURS: [&str; 2] = ["page.js", "embed.js"];
/// A script that other pages include and that leads nowhere.
pub(crate) const ALONE: &str = "embed-host.js";
/// The module that says where the page and the engines are.
pub(crate) const ADDRESSES: &str = "addresses.js";
/// The scripts that are no modules.
const CLASSIC: [&str; 3] = ["theme.js", "forward.js", ALONE];

/// What the file in the root does.
const STUB: &str = include_str!("stub.js");

/// Files of a folder by name.
pub(crate) type Contents = BTreeMap<String, Vec<u8>>;

/// How the name of the folder begins.
const VERSION: &str = "v-";

/// The name of the folder in a site, if it has one.
pub fn version(site: &Path) -> Option<String> {
    fs::read_dir(site)
        .ok()?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .find(|name| name.starts_with(VERSION))
}

/// Writes the site of a folder of modules into another folder.
pub(crate) fn write(modules: &Path, to: &Path) -> Result<()> {
    let all = read(modules)?;
    let graph = graph(&all)?;
    let mut inside = Contents::new();
    for (name, text) in scripts(&graph, &OURS)? {
        let short = minify(&text).with_context(|| name.clone())?;
        inside.insert(name, short.into_bytes());
    }
    let mut pages = Vec::new();
    for (name, content) in &all {
        if name.ends_with(".html") {
            pages.push((name, std::str::from_utf8(content)?));
        } else if name == ALONE || name.ends_with(".tar.gz") {
            project::save(to, name, content)?;
        } else if [".wasm", ".json"].iter().any(|end| name.ends_with(end)) {
            inside.insert(name.clone(), content.clone());
        }
    }
    // Of the other files what a page asks for; a module has its style sheet in it.
    for (_, page) in &pages {
        for name in asked(page).filter(|name| !name.ends_with(".wasm")) {
            if let (None, Some(content)) = (inside.get(name), all.get(name)) {
                inside.insert(name.to_owned(), content.clone());
            }
        }
    }
    let pictures = modules.join(chapters::pictures::FOLDER);
    project::copy(&pictures, &to.join(chapters::pictures::FOLDER))?;
    let folder = format!("{VERSION}{:016x}", digest(&inside));
    for (name, content) in &inside {
        project::save(&to.join(&folder), name, content)?;
    }
    for name in PUBLIC {
        let names: Vec<&str> = graph.names(name).collect();
        project::save(to, name, stub(&folder, name, &names)?.as_bytes())?;
    }
    for (name, page) in pages {
        let page = lead(page, &folder, &inside).with_context(|| name.clone())?;
        project::save(to, name, page.as_bytes())?;
    }
    Ok(())
}

/// The modules among some files.
pub(crate) fn graph(files: &Contents) -> Result<Modules> {
    let mut graph = Modules::default();
    for (name, content) in files {
        if name.ends_with(".js") && !CLASSIC.contains(&name.as_str()) {
            graph.add(name, std::str::from_utf8(content)?)?;
        }
    }
    Ok(graph)
}

/// The scripts of modules: those that other pages include, those that are loaded on
/// demand, and some `more`.
pub(crate) fn scripts(graph: &Modules, more: &[&str]) -> Result<Files> {
    let mut later: Vec<&str> = graph.on_demand().into_iter().collect();
    later.retain(|file| !PUBLIC.contains(file));
    later.extend(more);
    graph.files(&PUBLIC, &later)
}

/// The files of a folder, without those of folders in it.
pub(crate) fn read(folder: &Path) -> Result<Contents> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut contents = Contents::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        contents.insert(name.into_owned(), content);
    }
    Ok(contents)
}

/// A number that changes with any byte of any file.
pub(super) fn digest(files: &Contents) -> u64 {
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    hasher.finish()
}

/// The file in the root that leads to a module in the folder.
fn stub(folder: &str, name: &str, exports: &[&str]) -> Result<String> {
    let text = super::scripts::shorten(STUB)?
        .replace("FOLDER", folder)
        .replace("MODULE", name)
        .replace("EXPORTS", &exports.join(", "));
    Ok(text)
}

/// How an address of ours begins in a page.
const ADDRESS: &str = "=\"./";

/// The files that a page asks for.
fn asked(page: &str) -> impl Iterator<Item = &str> {
    page.split(ADDRESS)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}

/// A page whose addresses lead into the folder.
fn lead(page: &str, folder: &str, inside: &Contents) -> Result<String> {
    for name in asked(page) {
        ensure!(inside.contains_key(name), "./{name} is no file of the site");
    }
    Ok(page.replace(ADDRESS, &format!("{ADDRESS}{folder}/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> Contents {
        let content = |name: &&str| (name.to_string(), name.as_bytes().to_vec());
        names.iter().map(content).collect()
    }

    #[test]
    fn a_page_asks_for_the_files_of_its_version() -> Result<()> {
        let inside = files(&["a.css", "b.js"]);
        let page = "<link href=\"./a.css\"><script src=\"./b.js\"></script><a href=\"#x\">x</a>";
        let expected =
            "<link href=\"./v-1/a.css\"><script src=\"./v-1/b.js\"></script><a href=\"#x\">x</a>";
        assert_eq!(lead(page, "v-1", &inside)?, expected);
        let missing = lead("<script src=\"./c.js\">", "v-1", &inside);
        assert!(missing.is_err_and(|error| error.to_string().contains("./c.js")));
        Ok(())
    }

    #[test]
    fn another_byte_or_name_is_another_version() {
        let one = digest(&files(&["a", "b"]));
        assert_eq!(one, digest(&files(&["b", "a"])));
        assert_ne!(one, digest(&files(&["a", "c"])));
        assert_ne!(one, digest(&files(&["a"])));
    }

    #[test]
    fn the_file_in_the_root_exports_what_the_module_does() -> Result<()> {
        let stub = stub("v-1", "a.js", &["A", "b"])?;
        assert!(
            stub.contains("export const { A, b } = await import(\"./v-1/a.js\")"),
            "{stub}"
        );
        Ok(())
    }
}
