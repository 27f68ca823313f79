//! A crate as a WebAssembly module with its JavaScript glue.

use super::bundle::Module;
use super::scripts;
use crate::project::{self, WASM};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use wasm_bindgen_cli_support::Bindgen;

/// Compiles the library of a package and says where the module is.
pub fn compile(package: &str) -> Result<PathBuf> {
    let output = project::cargo(["build", "--release", "--lib", "--package", package])
        .args(["--target", WASM])
        .args(["--message-format", "json-render-diagnostics"])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start cargo")?;
    if !output.status.success() {
        bail!("{package} does not compile for {WASM}");
    }
    // Cargo says what it wrote where: no guess about the target folder.
    let module = package.replace('-', "_");
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Artifact>(line).ok())
        .filter(|artifact| artifact.target.name == module)
        .flat_map(|artifact| artifact.filenames)
        .find(|file| file.extension().is_some_and(|ending| ending == "wasm"))
        .with_context(|| format!("cargo wrote no {module}.wasm"))
}

/// Cargo's message about something that it has compiled, as far as it is used.
#[derive(Deserialize)]
struct Artifact {
    target: Target,
    filenames: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// Writes the module, its JavaScript and its types into a folder, under a name. The
/// JavaScript is `NAME_instance.js` and makes an instance at every call, since those
/// that run when another one has trapped keep theirs.
pub fn bindgen(module: &Path, name: &str, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(module)
        .out_name(name)
        .web(true)?
        .typescript(true)
        // It is always given its module.
        .omit_default_module_path(true)
        // A tenth of the file, and only a debugger reads it.
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .with_context(|| format!("bindings of {}", module.display()))?;
    let script = folder.join(format!("{name}.js"));
    let text = std::fs::read_to_string(&script)?;
    let factory = scripts::shorten(&text)
        .and_then(|short| Module::read(&short)?.factory())
        .with_context(|| script.display().to_string())?;
    std::fs::remove_file(&script)?;
    let types = format!(
        "/** A fresh instance at every call. */\nexport function instance(): typeof import(\"./{name}.js\");\n"
    );
    for (ending, text) in [("js", factory), ("d.ts", types)] {
        let file = folder.join(format!("{name}_instance.{ending}"));
        std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}
