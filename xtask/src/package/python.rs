//! The package for Python: a widget for notebooks (anywidget), with the engine in it.

use crate::build::{VERSION, single};
use crate::project;
use crate::release::notices;
use anyhow::{Context, Result, bail};
use std::path::Path;

/// The element alone, and where it lies that nobody knows beforehand.
const ENTRIES: [&str; 1] = ["ntk-playground.js"];
const ELSEWHERE: &str = include_str!("../build/addresses/elsewhere.js");

/// Writes the sources of the package, from which `pip` or `build` makes a wheel.
pub fn write(modules: &Path, to: &Path) -> Result<()> {
    let named = |text: &str| text.replace("VERSION", VERSION);
    let inside = to.join("ntk_playground");
    let script = single::script(modules, &ENTRIES, &[], ELSEWHERE)?;
    let widget = format!("{script}{}", include_str!("python/widget.js"));
    project::save(&inside, "widget.js", widget)?;
    project::save(
        &inside,
        "__init__.py",
        named(include_str!("python/__init__.py")),
    )?;
    project::save(&inside, "py.typed", "")?;
    project::save(&inside, "exhibits.json", exhibits()?)?;
    project::save(
        to,
        "pyproject.toml",
        named(include_str!("python/pyproject.toml")),
    )?;
    project::save(to, "README.md", include_str!("python/README.md"))?;
    notices::write(to)
}

/// The exhibits as the command line lists them.
fn exhibits() -> Result<Vec<u8>> {
    let output = project::cargo(["run", "--quiet", "--package", "ntk-playground", "--"])
        .args(["list", "--json"])
        .output()
        .context("cannot start cargo")?;
    if !output.status.success() {
        bail!(
            "the exhibits cannot be listed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(output.stdout)
}
