//! The licences of what the page, the packages and the single file contain beside our own
//! code, read from the manifests and the sources of the crates that are compiled into the
//! engines. No package of npm or Python is inside any of them.

use crate::project;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The name of the file in everything that is shipped.
pub const FILE: &str = "THIRD-PARTY.txt";

/// The package of the engine with all exhibits, which has the other one's crates in it.
const ENGINE: &str = "ntk-all-exhibits";

/// The answer of `cargo metadata`, as far as it is used.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    authors: Vec<String>,
    manifest_path: PathBuf,
    targets: Vec<Target>,
    /// Where it comes from; nothing for those of this repository.
    source: Option<String>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    kind: Option<String>,
}

impl Package {
    /// Whether it runs in the compiler, and is in nothing that is shipped.
    fn is_macro(&self) -> bool {
        let mut kinds = self.targets.iter().flat_map(|target| &target.kind);
        kinds.any(|kind| kind == "proc-macro")
    }

    /// Its licence texts: where one can choose, that of MIT, and every notice.
    fn texts(&self) -> Result<Vec<String>> {
        let folder = self.manifest_path.parent().unwrap_or(Path::new("."));
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_uppercase();
            if path.is_file()
                && ["LICEN", "COPYING", "NOTICE"]
                    .iter()
                    .any(|start| name.starts_with(start))
            {
                files.insert(name, path);
            }
        }
        if files.keys().any(|name| name.contains("MIT")) {
            files.retain(|name, _| name.contains("MIT") || name.starts_with("NOTICE"));
        }
        let read =
            |path: &PathBuf| fs::read_to_string(path).with_context(|| path.display().to_string());
        let mut texts = files.values().map(read).collect::<Result<Vec<_>>>()?;
        // A link out of the crate was packed as the name of its target.
        texts.retain(|text| text.len() > SHORTEST);
        if texts.is_empty() {
            let license = self.license.as_deref().unwrap_or_default();
            ensure!(
                license.contains("MIT"),
                "{} {} has no licence text",
                self.name,
                self.version
            );
            let authors = match &self.authors[..] {
                [] => format!("the authors of {}", self.name),
                authors => authors.join(", "),
            };
            texts.push(mit(&authors)?);
        }
        Ok(texts)
    }
}

/// Writes our licences, and those of what is inside, into a folder that is shipped.
///
/// # Errors
/// When one cannot be read or written.
pub fn write(to: &Path) -> Result<()> {
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let from = project::root().join(name);
        let text = fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
        project::save(to, name, text)?;
    }
    project::save(to, FILE, text()?)
}

/// Characters of a text that is no licence.
const SHORTEST: usize = 200;

/// The licence of MIT with this holder.
fn mit(holder: &str) -> Result<String> {
    let ours = fs::read_to_string(project::root().join("LICENSE-MIT"))?;
    let (_, permission) = ours.split_once("\n\nPermission").context("LICENSE-MIT")?;
    let permission = permission.trim_end();
    Ok(format!(
        "MIT License\n\nCopyright (c) {holder}\n\nPermission{permission}"
    ))
}

/// The text of the file.
///
/// # Errors
/// When cargo does not answer, or a crate states no licence.
pub fn text() -> Result<String> {
    let words = [
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--filter-platform",
        project::WASM,
    ];
    let output = project::cargo(words)
        .output()
        .context("cannot start cargo")?;
    ensure!(
        output.status.success(),
        "cargo metadata failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Metadata = serde_json::from_slice(&output.stdout)?;
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut list = String::new();
    for package in compiled_in(&metadata)? {
        let Package { name, version, .. } = package;
        let license = package.license.as_deref();
        let license = license.with_context(|| format!("{name} {version} states no licence"))?;
        writeln!(list, "  {name} {version}: {}", license.replace('/', " OR "))?;
        for text in package.texts()? {
            texts
                .entry(text.trim().replace("\r\n", "\n"))
                .or_default()
                .push(name.clone());
        }
    }
    texts
        .entry(mit("The Rust Project Contributors")?)
        .or_default()
        .push("the standard library of Rust".into());

    let mut out = format!(
        "ntk-playground contains the standard library of Rust (MIT OR Apache-2.0) and these crates:\n\n{list}\n\
         It contains no package of npm or of Python. Licence texts follow, each with what it is about;\n\
         where there is a choice of licences, that of MIT is taken.\n"
    );
    for (text, names) in texts {
        write!(
            out,
            "\n{}\n{}\n\n{text}\n",
            "-".repeat(80),
            names.join(", ")
        )?;
    }
    Ok(out)
}

/// The crates that the engine is compiled from, by name.
fn compiled_in(metadata: &Metadata) -> Result<Vec<&Package>> {
    let packages: BTreeMap<&str, &Package> = metadata
        .packages
        .iter()
        .map(|package| (package.id.as_str(), package))
        .collect();
    let nodes: BTreeMap<&str, &Node> = metadata
        .resolve
        .nodes
        .iter()
        .map(|node| (node.id.as_str(), node))
        .collect();
    let engine = metadata
        .packages
        .iter()
        .find(|package| package.name == ENGINE);
    let mut left = vec![engine.context("there is no engine")?.id.as_str()];
    let mut seen = BTreeSet::new();
    while let Some(id) = left.pop() {
        let package = packages.get(id).context("a package without a manifest")?;
        if package.is_macro() || !seen.insert(id) {
            continue;
        }
        let node = nodes
            .get(id)
            .context("a package without its dependencies")?;
        let used = node
            .deps
            .iter()
            .filter(|one| one.dep_kinds.iter().any(|kind| kind.kind.is_none()));
        left.extend(used.map(|one| one.pkg.as_str()));
    }
    let mut found: Vec<&Package> = seen
        .iter()
        .filter_map(|id| packages.get(id).copied())
        .collect();
    found.retain(|package| package.source.is_some());
    found.sort_by_key(|package| (&package.name, &package.version));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crate_of_the_engine_is_named_with_its_licence() -> Result<()> {
        let text = text()?;
        for line in [
            "\n  nalgebra 0.",
            "\n  libm 0.",
            "Copyright (c) The Rust Project Contributors",
        ] {
            assert!(text.contains(line), "{line}: {}", &text[..2000]);
        }
        assert!(
            text.contains("Hao Hou"),
            "of plotters, whose crate has a link for a text"
        );
        assert!(!text.contains("\n../"), "a link for a text");
        // Neither what runs in the compiler nor what only tools use, nor ourselves.
        for name in ["\n  syn ", "\n  clap ", "\n  anyhow ", "\n  ntk-"] {
            assert!(!text.contains(name), "{name}");
        }
        Ok(())
    }
}
