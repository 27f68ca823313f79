//! Notebooks: the package for Python is installed beside JupyterLab and marimo, in an
//! environment of its own. `tests/browser/tests/page/notebooks.rs` opens both.

use crate::{npm, package, project};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the project with what they run and need.
const FOLDER: &str = "tests/hosts/notebooks";
const REQUIREMENTS: &str = "requirements.txt";

/// Where they are installed.
///
/// # Errors
/// When this program lies in no target folder.
pub fn folder() -> Result<PathBuf> {
    Ok(project::target()?.join("notebooks"))
}

/// A program of the environment.
///
/// # Errors
/// When this program lies in no target folder.
pub fn program(name: &str) -> Result<PathBuf> {
    Ok(folder()?.join("bin").join(name))
}

/// Installs them; or says why they cannot be.
///
/// # Errors
/// When the package itself cannot be installed.
pub fn install() -> Result<Option<String>> {
    let folder = folder()?;
    let work = folder.join("work");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    let from = project::root().join(FOLDER);
    let wanted = fs::read_to_string(from.join(REQUIREMENTS))?;
    // Written last, so that it names a complete installation.
    let stamp = folder.join("installed.txt");
    if !fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        println!("Installing for {} ...", from.display());
        if let Some(missing) = environment(&folder, &from)? {
            return Ok(Some(missing));
        }
        fs::write(&stamp, wanted)?;
    }
    let source = package::python()?.display().to_string();
    let words = [
        "install",
        "--quiet",
        "--no-deps",
        "--force-reinstall",
        &source,
    ];
    project::run(Command::new(program("pip")?).args(words))?;
    fs::create_dir_all(&work)?;
    for name in ["exhibit.ipynb", "app.py"] {
        fs::copy(from.join(name), work.join(name))
            .with_context(|| format!("cannot copy {name}"))?;
    }
    Ok(None)
}

fn environment(folder: &Path, from: &Path) -> Result<Option<String>> {
    let mut venv = Command::new("python3");
    let Some(output) = npm::output(venv.args(["-m", "venv"]).arg(folder))? else {
        return Ok(Some("python3 is not here".into()));
    };
    if !output.status.success() {
        // Debian has it in a package of its own.
        return Ok(Some("python3-venv is not here".into()));
    }
    let mut pip = Command::new(program("pip")?);
    let requirements = from.join(REQUIREMENTS);
    pip.args(["install", "--quiet", "--requirement"])
        .arg(requirements);
    let Some(output) = npm::output(&mut pip)? else {
        bail!("the environment has no pip");
    };
    Ok((!output.status.success()).then(|| npm::first_line(&output)))
}
