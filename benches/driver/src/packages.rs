//! The packages that peers need, from the registry of npm, in the versions
//! that `benches/peer/package-lock.json` pins. Nothing else needs them: where
//! npm or the network is missing, so are these peers.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

const MANIFEST: &str = include_str!("../../peer/package.json");
const LOCK: &str = include_str!("../../peer/package-lock.json");

/// What the page loads: name there, and place among the installed packages.
pub const FILES: [(&str, &str); 4] = [
    ("matrix.umd.js", "ml-matrix/matrix.umd.js"),
    ("tf.min.js", "@tensorflow/tfjs/dist/tf.min.js"),
    (
        "tf-backend-wasm.min.js",
        "@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js",
    ),
    (
        "tfjs-backend-wasm-simd.wasm",
        "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
    ),
];

/// Where the packages are, or a sentence why they are not.
pub type Packages = std::result::Result<PathBuf, String>;

/// Installs the packages in a folder, unless they are there already.
pub fn install(folder: &Path) -> Packages {
    match ready(folder) {
        Ok(modules) => Ok(modules),
        Err(error) => Err(format!("not installed ({error:#})")),
    }
}

fn ready(folder: &Path) -> Result<PathBuf> {
    let modules = folder.join("node_modules");
    // Written last, so that it says what is installed completely.
    let stamp = folder.join("installed.json");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == LOCK) {
        return Ok(modules);
    }
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("package.json"), MANIFEST)?;
    std::fs::write(folder.join("package-lock.json"), LOCK)?;
    println!("Installing the peers' packages ...");
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(program)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .output()
        .context("npm does not start")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let line = said.lines().find(|line| !line.trim().is_empty());
        bail!("npm ci failed: {}", line.unwrap_or("it does not say why"));
    }
    for (_, place) in FILES {
        let file = modules.join(place);
        if !file.is_file() {
            bail!("npm ci left no {place}");
        }
    }
    std::fs::write(stamp, LOCK)?;
    Ok(modules)
}
