//! `cargo xtask release --dry-run`: everything that is published, in `release/`, built
//! from these sources and checked.
//!
//! | file | what it is |
//! |---|---|
//! | `ntk-playground-VERSION-site.tar.gz` | the page, for any web server |
//! | `ntk-playground-VERSION.html` | the page as one file |
//! | `ntk-playground-VERSION.tgz` | the package for npm |
//! | `ntk_playground-VERSION-py3-none-any.whl` | the package for Python |
//! | `ntk-playground-VERSION.crate`, `ntk-arithmetic-VERSION.crate` | the crates |
//! | `THIRD-PARTY.txt` | licences of what they contain |
//! | `SHA256SUMS` | checksums of all of them |
//!
//! Publishing itself is done by `.github/workflows/release.yml`, from a tag.

pub mod archive;
mod checks;
pub mod notices;
mod sums;

use crate::build::VERSION;
use crate::{npm, package, project, standalone};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates that are published, in the order in which they need each other.
pub const CRATES: [&str; 2] = ["ntk-arithmetic", "ntk-playground"];

/// How to release.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Build and check everything that is published, and publish nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Where everything is put.
pub fn folder() -> PathBuf {
    project::root().join("release")
}

/// Names of the files.
pub struct Names;

impl Names {
    /// The page, for any web server.
    pub fn site() -> String {
        format!("ntk-playground-{VERSION}-site.tar.gz")
    }
    /// The page as one file.
    pub fn single() -> String {
        format!("ntk-playground-{VERSION}.html")
    }
    /// The package for npm.
    pub fn npm() -> String {
        format!("ntk-playground-{VERSION}.tgz")
    }
    /// The package for Python.
    pub fn wheel() -> String {
        format!("ntk_playground-{VERSION}-py3-none-any.whl")
    }
    /// A crate.
    pub fn of_crate(name: &str) -> String {
        format!("{name}-{VERSION}.crate")
    }
}

/// Builds and checks what is published.
///
/// # Errors
/// When something cannot be built, or is not what it should be.
pub fn release(options: &Options) -> Result<()> {
    if !options.dry_run {
        bail!(
            "a tag vVERSION is published by .github/workflows/release.yml; `cargo xtask release --dry-run` builds and checks what it publishes"
        );
    }
    let folder = folder();
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;

    package::package()?;
    println!("== site, single file, licences");
    archive::pack(
        &project::dist(),
        &["standalone"],
        &folder.join(Names::site()),
    )?;
    fs::copy(standalone::file(), folder.join(Names::single()))?;
    project::save(&folder, notices::FILE, notices::text()?)?;
    println!("== npm");
    npm_package(&folder)?;
    println!("== Python");
    wheel(&folder)?;
    println!("== crates");
    crates(&folder)?;

    checks::run(&folder)?;
    let sums = sums::write(&folder)?;
    print!("\n{sums}");
    println!("\nrelease/ holds version {VERSION}, built and checked. Nothing was published.");
    if changed()? {
        println!("!! It is built from files that are in no commit: publish no such release.");
    }
    Ok(())
}

fn npm_package(folder: &Path) -> Result<()> {
    let destination = format!("--pack-destination={}", folder.display());
    let source = package::npm()?.display().to_string();
    match npm::run(folder, &["pack", &source, &destination])? {
        None => Ok(()),
        Some(missing) => bail!("the package for npm cannot be packed: {missing}"),
    }
}

fn wheel(folder: &Path) -> Result<()> {
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"])
        .arg(folder)
        .arg(package::python()?);
    project::run(&mut pip).context("the wheel needs Python with pip, and its build tool hatchling")
}

fn crates(folder: &Path) -> Result<()> {
    let packages = CRATES.iter().flat_map(|name| ["--package", name]);
    // Of the sources as they are here; that they are in no commit is said at the end.
    project::run(project::cargo(["package", "--quiet", "--allow-dirty"]).args(packages))?;
    for name in CRATES {
        let name = Names::of_crate(name);
        let from = project::target()?.join("package").join(&name);
        fs::copy(&from, folder.join(&name)).with_context(|| from.display().to_string())?;
    }
    Ok(())
}

/// Whether the sources have changes that are in no commit.
fn changed() -> Result<bool> {
    let output = Command::new("git")
        .args(["status", "--porcelain"])
        .current_dir(project::root())
        .output()
        .context("cannot start git")?;
    ensure!(output.status.success(), "git does not know these sources");
    Ok(!output.stdout.is_empty())
}
