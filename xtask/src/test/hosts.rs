//! What people write pages with: the package is installed and built into each, as
//! `tests/hosts/` has them. `tests/browser/tests/page/hosts.rs` opens what was built.

use super::notebooks;
use crate::{npm, package, project};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The folder of the project where they are.
const FOLDER: &str = "tests/hosts";

/// Why they were not built, if so.
static LEFT_OUT: OnceLock<String> = OnceLock::new();
static NOTEBOOKS_LEFT_OUT: OnceLock<String> = OnceLock::new();
static JEKYLL_LEFT_OUT: OnceLock<String> = OnceLock::new();

/// Where they are built.
///
/// # Errors
/// When this program lies in no target folder.
pub fn folder() -> Result<PathBuf> {
    Ok(project::target()?.join("hosts"))
}

/// Builds all of them, and installs the notebooks. Without npm, Jekyll, Python or a
/// network it reports that and succeeds.
pub fn run() -> Result<()> {
    let folder = folder()?;
    let built = folder.join("built");
    // What a site's tool keeps from the last time may hold the package as it was then:
    // webpack takes a package of the same version for the same.
    for old in [&built, &folder.join("sites")] {
        if old.exists() {
            fs::remove_dir_all(old)?;
        }
    }
    if let Some(missing) = jekyll(&folder, &built)? {
        let missing = JEKYLL_LEFT_OUT.get_or_init(|| missing);
        println!("== JEKYLL IS NOT TRIED: {missing}");
    }
    if let Some(missing) = build(&folder, &built)? {
        let missing = LEFT_OUT.get_or_init(|| missing);
        println!("== THE HOSTS ARE NOT TRIED: {missing}");
        return Ok(());
    }
    if let Some(missing) = notebooks::install()? {
        let missing = NOTEBOOKS_LEFT_OUT.get_or_init(|| missing);
        println!("== NOTEBOOKS ARE NOT TRIED: {missing}");
        return Ok(());
    }
    python_sites(&folder, &built)
}

/// Whether they were built.
pub fn report() -> String {
    let line = |what: &str, missing: Option<&String>| match missing {
        None => format!("{what}: built\n"),
        Some(missing) => format!("{what}: NOT TRIED: {missing}\n"),
    };
    let frameworks = line("Frameworks and bundlers", LEFT_OUT.get());
    let notebooks = NOTEBOOKS_LEFT_OUT.get().or(LEFT_OUT.get());
    frameworks
        + &line("Notebooks, MkDocs and Hugo", notebooks)
        + &line("Jekyll", JEKYLL_LEFT_OUT.get())
}

fn build(folder: &Path, built: &Path) -> Result<Option<String>> {
    let from = project::root().join(FOLDER);
    if let Some(missing) = npm::install(&from, folder)? {
        return Ok(Some(missing));
    }
    project::copy(&from, folder)?;
    package::write()?;
    // Alone in its folder: one of another version would have another name.
    let packed = folder.join("packed");
    if packed.exists() {
        fs::remove_dir_all(&packed)?;
    }
    fs::create_dir_all(&packed)?;
    let source = package::npm()?;
    let destination = format!("--pack-destination={}", packed.display());
    let words = ["pack", &source.display().to_string(), &destination];
    if let Some(missing) = npm::run(folder, &words)? {
        return Ok(Some(missing));
    }
    let tarball = fs::read_dir(&packed)?
        .next()
        .context("npm packed nothing")??
        .path();
    let words = [
        "install",
        "--no-save",
        "--prefer-offline",
        &tarball.display().to_string(),
    ];
    if let Some(missing) = npm::run(folder, &words)? {
        return Ok(Some(missing));
    }
    let node = |words: &[&str]| project::run(Command::new("node").args(words).current_dir(folder));
    node(&[
        "node_modules/vite/bin/vite.js",
        "build",
        "--logLevel",
        "warn",
    ])?;
    node(&["webpack.js"])?;
    node(&[
        "node_modules/esbuild/bin/esbuild",
        "src/plain.js",
        "--bundle",
        "--format=esm",
        "--splitting",
        "--outdir=built/esbuild",
        "--log-level=warning",
    ])?;
    node(&["node_modules/typescript/bin/tsc", "--project", "."])?;
    // esbuild leaves the engines where they are, as the package says.
    let modules = folder.join("node_modules/ntk-playground");
    for entry in fs::read_dir(&modules)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "wasm") {
            let name = path.file_name().unwrap_or_default();
            fs::copy(&path, built.join("esbuild").join(name))?;
        }
    }
    for bundler in ["webpack", "esbuild"] {
        fs::copy(
            folder.join("bundled.html"),
            built.join(bundler).join("plain.html"),
        )?;
    }
    sites(folder, built)?;
    Ok(None)
}

/// Sites whose tool has rules of its own, each in a folder that is served at `/`.
fn sites(folder: &Path, built: &Path) -> Result<()> {
    let (sites, modules) = (folder.join("sites"), folder.join("node_modules"));
    // Tools that send no word about their use to anybody.
    let silent = [
        ("NEXT_TELEMETRY_DISABLED", "1"),
        ("ASTRO_TELEMETRY_DISABLED", "1"),
        ("DO_NOT_TRACK", "1"),
    ];
    let tool = |site: &str, program: &str, words: &[&str]| {
        project::run(
            Command::new("node")
                .arg(modules.join(program))
                .args(words)
                .envs(silent)
                .env("NTK_PLAYGROUND", project::dist())
                .current_dir(sites.join(site)),
        )
    };
    let to = |name: &str| built.join(name).display().to_string();
    tool("next", "next/dist/bin/next", &["build"])?;
    project::copy(&sites.join("next/out"), &built.join("next"))?;
    let output = format!("--output={}", to("eleventy"));
    tool("eleventy", "@11ty/eleventy/cmd.cjs", &[&output])?;
    let words = ["build", "--outDir", &to("astro"), "--silent"];
    tool("astro", "astro/astro.js", &words)?;
    let words = ["build", "--out-dir", &to("docusaurus")];
    tool("docusaurus", "@docusaurus/core/bin/docusaurus.mjs", &words)?;
    let page = format!("{}/index.html", to("marp"));
    let words = ["--html", "deck.md", "--output", &page, "--quiet"];
    tool("marp", "@marp-team/marp-cli/marp-cli.js", &words)?;
    project::copy(&project::dist(), &built.join("marp/ntk-playground"))?;
    let reveal = built.join("reveal");
    project::copy(&sites.join("reveal"), &reveal)?;
    project::copy(&modules.join("reveal.js/dist"), &reveal.join("reveal"))?;
    project::copy(&project::dist(), &reveal.join("ntk-playground"))
}

/// The site of Jekyll, below a path; or says why it cannot be built.
fn jekyll(folder: &Path, built: &Path) -> Result<Option<String>> {
    let from = project::root().join(FOLDER).join("sites/jekyll");
    let site = folder.join("sites/jekyll");
    project::copy(&from, &site)?;
    project::copy(&project::dist(), &site.join("ntk-playground"))?;
    let mut command = Command::new("jekyll");
    command
        .args(["build", "--quiet", "--destination"])
        .arg(built.join("jekyll/notes"))
        .current_dir(&site);
    let Some(output) = npm::output(&mut command)? else {
        return Ok(Some("jekyll is not here".into()));
    };
    ensure!(
        output.status.success(),
        "jekyll failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(None)
}

/// The sites of MkDocs and Hugo, which come with the notebooks.
fn python_sites(folder: &Path, built: &Path) -> Result<()> {
    for (name, files, words) in [
        ("mkdocs", "docs", &["build", "--quiet", "--site-dir"][..]),
        ("hugo", "static", &["--quiet", "--destination"]),
    ] {
        let site = folder.join("sites").join(name);
        project::copy(&project::dist(), &site.join(files).join("ntk-playground"))?;
        project::run(
            Command::new(notebooks::program(name)?)
                .args(words)
                .arg(built.join(name))
                .current_dir(site),
        )?;
    }
    Ok(())
}
