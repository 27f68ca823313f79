//! What a release publishes, installed by the tools of those who use it: into a new Vite
//! project, a new JupyterLab and a new Rust program, from the files in `release/` alone.
//! `tests/browser/tests/page/fresh.rs` opens the first two.

use super::browsers;
use crate::release::{self, CRATES, Names, archive};
use crate::{npm, project};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where it is installed.
///
/// # Errors
/// When this program lies in no target folder.
pub fn folder() -> Result<PathBuf> {
    Ok(project::target()?.join("fresh"))
}

/// Releases, installs, and opens what was installed. What cannot be reached is reported
/// and left out.
///
/// # Errors
/// When something that is published does not work.
pub fn run() -> Result<()> {
    release::release(&release::Options { dry_run: true })?;
    let folder = folder()?;
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    rust(&folder.join("rust"))?;
    if let Some(missing) = vite(&folder.join("vite"))? {
        println!("== NO FRESH VITE PROJECT IS TRIED: {missing}");
    }
    if let Some(missing) = python(&folder.join("python"))? {
        println!("== NO FRESH JUPYTERLAB IS TRIED: {missing}");
    }
    project::run(browsers::command()?.args(["--include-ignored", "fresh::"]))
}

/// The part of a text between two lines.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Result<&'a str> {
    let inside = text
        .split_once(start)
        .and_then(|(_, rest)| rest.split_once(end));
    let (inside, _) = inside.with_context(|| format!("there is no {start}"))?;
    Ok(inside)
}

/// A new program with the crates, which is the example of the README.
fn rust(folder: &Path) -> Result<()> {
    println!("== a fresh Rust program");
    for name in CRATES {
        archive::unpack(&release::folder().join(Names::of_crate(name)), folder)?;
    }
    let unpacked = |name: &str| format!("{name}-{}", crate::build::VERSION);
    let program = folder.join("program");
    fs::create_dir_all(&program)?;
    let cargo = |words: &[&str]| {
        let mut command = project::cargo(words);
        command.current_dir(&program);
        command
    };
    // In a workspace of its own, as ours is around it; and as long as no registry has them.
    let manifest = format!(
        "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [patch.crates-io]\n{} = {{ path = \"../{}\" }}\n",
        CRATES[0],
        unpacked(CRATES[0])
    );
    project::save(&program, "Cargo.toml", manifest)?;
    project::save(&program.join("src"), "main.rs", "fn main() {}\n")?;
    let path = format!("../{}", unpacked(CRATES[1]));
    project::run(&mut cargo(&["add", "--quiet", CRATES[1], "--path", &path]))?;
    let readme = fs::read_to_string(folder.join(unpacked(CRATES[1])).join("README.md"))?;
    project::save(
        &program.join("src"),
        "main.rs",
        between(&readme, "```rust\n", "```")?,
    )?;
    // What the crate needs is compiled already, in the folder of the tests.
    let target = project::target()?;
    let output = cargo(&["run", "--quiet"])
        .env("CARGO_TARGET_DIR", target)
        .output()?;
    let printed = String::from_utf8_lossy(&output.stdout);
    ensure!(
        output.status.success() && printed.contains("train-loss"),
        "the example of the README: {printed}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

/// The version of Vite that the hosts are tried with.
fn vite_version() -> Result<String> {
    let hosts = fs::read_to_string(project::root().join("tests/hosts/package.json"))?;
    let hosts: serde_json::Value = serde_json::from_str(&hosts)?;
    let version = hosts["devDependencies"]["vite"].as_str();
    Ok(format!("vite@{}", version.context("no version of Vite")?))
}

/// A new Vite project with the tarball; or why it cannot be made.
fn vite(folder: &Path) -> Result<Option<String>> {
    println!("== a fresh Vite project");
    project::save(
        folder,
        "package.json",
        "{ \"private\": true, \"type\": \"module\" }\n",
    )?;
    let tarball = release::folder().join(Names::npm()).display().to_string();
    if let Some(missing) = npm::run(
        folder,
        &["install", "--prefer-offline", &vite_version()?, &tarball],
    )? {
        return Ok(Some(missing));
    }
    // The lines of the package's own text.
    let text = fs::read_to_string(folder.join("node_modules/ntk-playground/README.md"))?;
    project::save(folder, "main.js", between(&text, "```js\n", "```")?)?;
    let element = between(&text, "```html\n", "```")?;
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>fresh</title></head>\n<body>\n{element}\
         <script type=\"module\" src=\"/main.js\"></script>\n</body>\n</html>\n"
    );
    project::save(folder, "index.html", page)?;
    let vite = folder.join("node_modules/vite/bin/vite.js");
    project::run(
        Command::new("node")
            .arg(vite)
            .arg("build")
            .current_dir(folder),
    )?;
    Ok(None)
}

/// The lines of the notebooks' requirements that a reader installs first.
const LAB: [&str; 2] = ["jupyterlab==", "ipykernel=="];

/// A new environment with JupyterLab and the wheel; or why it cannot be made.
fn python(folder: &Path) -> Result<Option<String>> {
    println!("== a fresh JupyterLab");
    let environment = folder.join("environment");
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv"]).arg(&environment);
    let Some(output) = npm::output(&mut venv)? else {
        return Ok(Some("python3 is not here".into()));
    };
    if !output.status.success() {
        return Ok(Some("python3-venv is not here".into()));
    }
    let requirements =
        fs::read_to_string(project::root().join("tests/hosts/notebooks/requirements.txt"))?;
    let lab = requirements
        .lines()
        .filter(|line| LAB.iter().any(|name| line.starts_with(name)));
    let pip = |words: &[&str]| {
        let mut command = Command::new(environment.join("bin/pip"));
        command.args(["install", "--quiet"]).args(words);
        command
    };
    let output = pip(&lab.collect::<Vec<_>>()).output()?;
    if !output.status.success() {
        return Ok(Some(npm::first_line(&output)));
    }
    let wheel = release::folder().join(Names::wheel()).display().to_string();
    project::run(&mut pip(&[&wheel]))?;
    let readme = include_str!("../package/python/README.md");
    let cell = between(readme, "```python\n", "```")?;
    let notebook = serde_json::json!({
        "cells": [{"cell_type": "code", "execution_count": null, "id": "cell-0", "metadata": {}, "outputs": [], "source": cell}],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    });
    // The folder is there last, as the sign that the notebook can be opened.
    project::save(&folder.join("work"), "fresh.ipynb", notebook.to_string())?;
    Ok(None)
}
