//! What npm installs for the checks, in the versions that a lock file pins.

use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Output};

/// What npm reads in a folder.
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

/// Installs into a folder what the package of another pins, unless that is there
/// already; or says why it cannot.
///
/// # Errors
/// When npm refuses the package itself.
pub fn install(package: &Path, folder: &Path) -> Result<Option<String>> {
    let wanted = fs::read_to_string(package.join(PACKAGE[1]))?;
    // Written last, so that it names a complete installation.
    let stamp = folder.join("installed.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(None);
    }
    println!("Installing for {} ...", package.display());
    fs::create_dir_all(folder)?;
    for name in PACKAGE {
        let from = package.join(name);
        fs::copy(&from, folder.join(name))
            .with_context(|| format!("cannot copy {}", from.display()))?;
    }
    if let Some(missing) = run(folder, &["ci"])? {
        return Ok(Some(missing));
    }
    fs::write(stamp, wanted)?;
    Ok(None)
}

/// Runs npm in a folder, without the scripts of what it installs; or says why it
/// cannot.
///
/// # Errors
/// When it fails for another reason than that its registry is out of reach.
pub fn run(folder: &Path, words: &[&str]) -> Result<Option<String>> {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    // By default npm retries for more than a minute.
    let patience = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"];
    let mut command = Command::new(program);
    command
        .args(words)
        .args(["--ignore-scripts", "--no-audit", "--no-fund"])
        .args(patience)
        .current_dir(folder);
    let Some(output) = output(&mut command)? else {
        return Ok(Some("npm is not here".into()));
    };
    if output.status.success() {
        return Ok(None);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    match unreached(&said) {
        Some(code) => Ok(Some(format!("npm's registry was not reached ({code})"))),
        None => bail!(
            "npm {} failed in {}:\n{said}",
            words.join(" "),
            folder.display()
        ),
    }
}

/// The output of a program, or nothing if it is not installed.
///
/// # Errors
/// When it is, and does not start.
pub fn output(command: &mut Command) -> Result<Option<Output>> {
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
pub fn first_line(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().find(|line| !line.trim().is_empty());
    line.unwrap_or("it does not say why").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    #[test]
    fn a_missing_network_is_no_fault_of_the_repository() {
        let offline = "npm error code ENOTFOUND\nnpm error syscall getaddrinfo\n";
        assert_eq!(unreached(offline), Some("ENOTFOUND"));
        let ours = "npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.\n";
        assert_eq!(unreached(ours), None);
    }

    #[test]
    fn the_lock_files_name_no_registry() -> Result<()> {
        for package in ["tests/types", "tests/hosts"] {
            let lock = project::root().join(package).join(PACKAGE[1]);
            assert!(
                !fs::read_to_string(lock)?.contains("\"resolved\""),
                "{package}"
            );
        }
        Ok(())
    }
}
