//! Whether the files of a release are what they should be: complete, of this version,
//! with the licences of what is in them, and of a size that their registry takes.

use super::archive::{self, Contents};
use super::{CRATES, Names, notices};
use crate::build::VERSION;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What crates.io takes at most.
const LARGEST_CRATE: u64 = 10_000_000;

/// Looks into every file of the folder.
pub fn run(folder: &Path) -> Result<()> {
    site(&archive::read(&folder.join(Names::site()))?).context(Names::site())?;
    single(&fs::read_to_string(folder.join(Names::single()))?).context(Names::single())?;
    npm(&archive::read(&folder.join(Names::npm()))?).context(Names::npm())?;
    wheel(&folder.join(Names::wheel())).context(Names::wheel())?;
    for name in CRATES {
        let file = Names::of_crate(name);
        let size = fs::metadata(folder.join(&file))?.len();
        ensure!(size < LARGEST_CRATE, "{file} has {size} bytes");
        crate_(&archive::read(&folder.join(&file))?).context(file)?;
    }
    Ok(())
}

const LICENSES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// That an archive has these files, none of them empty, and the licences.
fn has(contents: &Contents, names: &[&str]) -> Result<()> {
    for name in names.iter().chain(&LICENSES) {
        let content = contents.get(*name);
        ensure!(
            content.is_some_and(|content| !content.is_empty()),
            "{name} is missing"
        );
    }
    Ok(())
}

/// A file of an archive as text.
fn text<'a>(contents: &'a Contents, name: &str) -> Result<&'a str> {
    let content = contents
        .get(name)
        .with_context(|| format!("{name} is missing"))?;
    Ok(std::str::from_utf8(content)?)
}

fn site(contents: &Contents) -> Result<()> {
    has(
        contents,
        &[
            "about.html",
            "embed.html",
            "ntk-playground.js",
            "ntk-playground.bundle.js",
            "service-worker.js",
            notices::FILE,
        ],
    )?;
    for page in ["index.html", "about.html"] {
        let page = text(contents, page)?;
        ensure!(
            page.to_lowercase().contains(&format!("version {VERSION}")),
            "no version in a page"
        );
        ensure!(
            !page.contains("{{version") && !page.contains("{{commit"),
            "not filled in"
        );
    }
    ensure!(
        !contents.keys().any(|name| name.starts_with("standalone")),
        "the single file is in it"
    );
    Ok(())
}

fn single(page: &str) -> Result<()> {
    ensure!(page.contains(&format!("Version {VERSION}")), "no version");
    ensure!(!page.contains("=\"./"), "it asks for another file");
    Ok(())
}

fn npm(contents: &Contents) -> Result<()> {
    has(
        contents,
        &[
            "README.md",
            "custom-elements.json",
            "ntk-playground.js",
            "types/index.d.ts",
            "ntk_playground_bg.wasm",
            notices::FILE,
        ],
    )?;
    let package: serde_json::Value = serde_json::from_str(text(contents, "package.json")?)?;
    ensure!(
        package["version"] == VERSION,
        "it is version {}",
        package["version"]
    );
    Ok(())
}

fn wheel(file: &Path) -> Result<()> {
    // A wheel is a zip file, which Python reads.
    let script = "import sys, zipfile; wheel = zipfile.ZipFile(sys.argv[1]); print(*wheel.namelist(), sep='\\n'); \
        print(next(wheel.read(name).decode() for name in wheel.namelist() if name.endswith('/METADATA')))";
    let output = Command::new("python3")
        .arg("-c")
        .arg(script)
        .arg(file)
        .output()?;
    ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let listed = String::from_utf8_lossy(&output.stdout);
    let version = format!("Version: {VERSION}");
    let files = [
        "ntk_playground/widget.js",
        "ntk_playground/exhibits.json",
        "ntk_playground/py.typed",
        notices::FILE,
    ];
    for part in files.iter().chain(&LICENSES).chain(&[version.as_str()]) {
        ensure!(listed.contains(part), "{part} is missing");
    }
    Ok(())
}

fn crate_(contents: &Contents) -> Result<()> {
    has(contents, &["Cargo.toml", "README.md", "src/lib.rs"])?;
    let manifest = text(contents, "Cargo.toml")?;
    ensure!(
        manifest.contains(&format!("\nversion = \"{VERSION}\"\n")),
        "another version"
    );
    // As it would be where a link was checked out as a file that names its target.
    ensure!(
        text(contents, LICENSES[1])?.contains("Permission is hereby granted"),
        "no licence text"
    );
    let foreign = contents
        .keys()
        .find(|name| name.starts_with("target/") || name.starts_with("tests/"));
    ensure!(foreign.is_none(), "{foreign:?} is in it");
    Ok(())
}
