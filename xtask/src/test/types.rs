//! The types of the scripts, checked by TypeScript.
//!
//! The scripts are JavaScript with types in comments. TypeScript only checks them,
//! against the types of the engines that the build writes beside the modules. npm installs
//! it in the target folder, in the version that `tests/types/package-lock.json`
//! pins.

use crate::{build, project};
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The folder of the project, where versions and settings are.
const FOLDER: &str = "tests/types";
/// What npm reads there.
const PACKAGE: [&str; 2] = ["package.json", "package-lock.json"];

/// npm's error codes for a registry that cannot be reached. Any other error is a
/// fault of this repository, such as a lock file that does not match its package.
const UNREACHED: [&str; 12] = [
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ENOTCACHED",
    "ENOTFOUND",
    "ERR_SOCKET_TIMEOUT",
    "ETIMEDOUT",
    "E407",
    "E502",
    "E503",
];

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
    let compiler = folder.join("node_modules/typescript/bin/tsc");
    let wanted = fs::read_to_string(project::root().join(FOLDER).join(PACKAGE[1]))?;
    // Written last, so that it names a complete installation.
    let stamp = folder.join("installed.json");
    if !fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        println!("Installing TypeScript ...");
        if let Some(missing) = install(folder)? {
            return Ok(Err(missing));
        }
    }
    // The compiler is a native program in an optional package for each platform:
    // npm reports no error where there is none.
    let Some(output) = output(node(&compiler).arg("--version"))? else {
        return Ok(Err("node is not here".into()));
    };
    if !output.status.success() {
        let why = first_line(&output);
        return Ok(Err(format!("TypeScript does not start ({why})")));
    }
    fs::write(stamp, wanted)?;
    Ok(Ok(compiler))
}

/// Installs what is pinned, or says why that cannot be.
fn install(folder: &Path) -> Result<Option<String>> {
    fs::create_dir_all(folder)?;
    for name in PACKAGE {
        let from = project::root().join(FOLDER).join(name);
        fs::copy(&from, folder.join(name))
            .with_context(|| format!("cannot copy {}", from.display()))?;
    }
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    // By default npm retries for more than a minute.
    let patience = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"];
    let mut command = Command::new(program);
    command.args(arguments).args(patience).current_dir(folder);
    let Some(output) = output(&mut command)? else {
        return Ok(Some("npm is not here".into()));
    };
    if output.status.success() {
        return Ok(None);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    match unreached(&said) {
        Some(code) => Ok(Some(format!("npm's registry was not reached ({code})"))),
        None => bail!("npm ci failed in {}:\n{said}", folder.display()),
    }
}

/// The compiler as a program for node.
fn node(compiler: &Path) -> Command {
    let mut command = Command::new("node");
    command.arg(compiler).current_dir(project::root());
    command
}

/// The output of a program, or nothing if it is not installed.
fn output(command: &mut Command) -> Result<Option<Output>> {
    let name = OsString::from(command.get_program());
    match command.output() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        output => {
            Ok(Some(output.with_context(|| {
                format!("cannot start {}", name.display())
            })?))
        }
    }
}

/// npm's error code, if it is that of a registry that was not reached.
fn unreached(said: &str) -> Option<&str> {
    said.lines()
        .filter_map(|line| line.rsplit_once(" code "))
        .map(|(_, code)| code.trim())
        .find(|code| UNREACHED.contains(code))
}

/// The first line of an error message.
fn first_line(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().find(|line| !line.trim().is_empty());
    line.unwrap_or("it does not say why").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_network_is_no_fault_of_the_repository() {
        let offline = "npm error code ENOTFOUND\nnpm error syscall getaddrinfo\n";
        assert_eq!(unreached(offline), Some("ENOTFOUND"));
        let ours = "npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.\n";
        assert_eq!(unreached(ours), None);
    }

    #[test]
    fn the_lock_file_names_no_host() -> Result<()> {
        let lock = project::root().join(FOLDER).join(PACKAGE[1]);
        assert!(!fs::read_to_string(lock)?.contains("://"));
        Ok(())
    }
}
