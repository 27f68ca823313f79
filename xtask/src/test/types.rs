//! The types of the scripts, checked by TypeScript.
//!
//! The scripts are JavaScript with types in comments. TypeScript only checks them,
//! against the types of the engines that the build writes beside the modules. npm installs
//! it in the target folder, in the version that `tests/types/package-lock.json`
//! pins.

use crate::{build, npm, project};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The folder of the project, where versions and settings are.
const FOLDER: &str = "tests/types";
/// Why the types were not checked, if so.
static LEFT_OUT: OnceLock<String> = OnceLock::new();

/// The compiler, or the reason why it cannot be installed here.
type Compiler = std::result::Result<PathBuf, String>;

/// Checks the types. Without npm, or without a network to install from, it
/// reports that and succeeds.
pub fn run() -> Result<()> {
    let modules = build::modules()?;
    for engine in [build::FIRST_EXHIBIT, build::ALL_EXHIBITS] {
        let types = modules.join(format!("{engine}.d.ts"));
        if !types.is_file() {
            bail!("{} is missing: `cargo xtask build`", types.display());
        }
    }
    let folder = project::target()?.join("types");
    match compiler(&folder)? {
        Ok(compiler) => {
            let settings = settings(&folder, &modules)?;
            project::run(node(&compiler).arg("--project").arg(settings))
        }
        Err(missing) => {
            let missing = LEFT_OUT.get_or_init(|| missing);
            println!("== THE TYPES OF THE SCRIPTS ARE NOT CHECKED: {missing}");
            Ok(())
        }
    }
}

/// Writes the types of the modules that others import, as declarations, into a folder.
///
/// # Errors
/// When TypeScript cannot be installed here.
pub fn declare(modules: &Path, to: &Path) -> Result<()> {
    let folder = project::target()?.join("types");
    let compiler = match compiler(&folder)? {
        Ok(compiler) => compiler,
        Err(missing) => bail!("the types of the package need TypeScript, and {missing}"),
    };
    // In one folder, as one tree comes out.
    let sources = folder.join("sources");
    if sources.exists() {
        fs::remove_dir_all(&sources)?;
    }
    fs::create_dir_all(&sources)?;
    copy(&project::root().join("www"), &sources, &[".js"])?;
    copy(modules, &sources, &[".css.js", ".d.ts"])?;
    let entries = ["ntk-playground.js", "ledger.js", "claims.js"];
    let entries = entries.map(|entry| sources.join(entry));
    let settings = serde_json::json!({
        "extends": project::root().join(FOLDER).join("tsconfig.json"),
        "compilerOptions": {
            "rootDir": sources,
            "noEmit": false,
            "declaration": true,
            "emitDeclarationOnly": true,
            "outDir": to,
        },
        "include": [],
        "files": entries,
    });
    let file = folder.join("declarations.json");
    fs::write(&file, settings.to_string())
        .with_context(|| format!("cannot write {}", file.display()))?;
    project::run(node(&compiler).arg("--project").arg(&file))?;
    // What the engines export is declared already.
    copy(modules, to, &[".d.ts"])
}

/// Copies the files of a folder that end so.
fn copy(from: &Path, to: &Path, endings: &[&str]) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let name = entry?.file_name();
        let ends = |ending: &&str| name.to_string_lossy().ends_with(*ending);
        if endings.iter().any(ends) {
            fs::copy(from.join(&name), to.join(&name))
                .with_context(|| format!("cannot copy {}", name.display()))?;
        }
    }
    Ok(())
}

/// Writes the settings with the folder of modules in them, which need not be where
/// an editor looks for it.
fn settings(folder: &Path, modules: &Path) -> Result<PathBuf> {
    let root = project::root();
    let settings = serde_json::json!({
        "extends": root.join(FOLDER).join("tsconfig.json"),
        "compilerOptions": { "rootDirs": [root.join("www"), modules] },
    });
    let file = folder.join("tsconfig.json");
    fs::write(&file, settings.to_string())
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

/// Whether they were checked.
pub fn report() -> String {
    match LEFT_OUT.get() {
        None => "Types of the scripts: checked\n".into(),
        Some(missing) => format!("Types of the scripts: NOT CHECKED: {missing}\n"),
    }
}

/// Installs the compiler in a folder, unless it is there already.
fn compiler(folder: &Path) -> Result<Compiler> {
    if let Some(missing) = npm::install(&project::root().join(FOLDER), folder)? {
        return Ok(Err(missing));
    }
    let compiler = folder.join("node_modules/typescript/bin/tsc");
    // The compiler is a native program in an optional package for each platform:
    // npm reports no error where there is none.
    let Some(output) = npm::output(node(&compiler).arg("--version"))? else {
        return Ok(Err("node is not here".into()));
    };
    if !output.status.success() {
        let why = npm::first_line(&output);
        return Ok(Err(format!("TypeScript does not start ({why})")));
    }
    Ok(Ok(compiler))
}

/// The compiler as a program for node.
fn node(compiler: &Path) -> Command {
    let mut command = Command::new("node");
    command.arg(compiler).current_dir(project::root());
    command
}
