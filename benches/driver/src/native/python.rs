//! A Python that has the native peers' packages, without touching the system's.

use anyhow::{Context, Result, bail, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;
use xtask::project;

const REQUIREMENTS: &str = include_str!("../../../peer/requirements.txt");

/// The Python of a virtual environment in the folder, made there if need be,
/// with exactly the versions that the peers ask for; or else, offline say, the
/// system's as it is.
///
/// # Errors
/// Why there is neither.
pub fn find(folder: &Path) -> Result<PathBuf> {
    let environment = folder.join("python");
    // Written last: what it lists is there.
    let list = environment.join("requirements.txt");
    let own = environment.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    if std::fs::read_to_string(&list).is_ok_and(|installed| installed == REQUIREMENTS) {
        return Ok(own);
    }
    let system = project::on_path("python3").context("there is no python3 here")?;
    println!(
        "Installing the native peers into {} ...",
        environment.display()
    );
    match install(&system, &environment, &own) {
        Ok(()) => {
            std::fs::write(&list, REQUIREMENTS)?;
            Ok(own)
        }
        Err(error) => {
            println!("They cannot be installed, so python3 has to have them: {error:#}");
            let numpy = Command::new(&system)
                .args(["-c", "import numpy"])
                .output()?;
            ensure!(numpy.status.success(), "python3 has no NumPy");
            Ok(system)
        }
    }
}

fn install(system: &Path, environment: &Path, own: &Path) -> Result<()> {
    finish(Command::new(system).args(["-m", "venv"]).arg(environment))?;
    let list = project::root().join("benches/peer/requirements.txt");
    // Without a network it should not try for minutes.
    finish(
        Command::new(own)
            .args(["-m", "pip", "install", "--quiet", "--retries", "0"])
            .args(["--disable-pip-version-check", "--requirement"])
            .arg(list),
    )
}

/// Runs a command, and has its last line as the error.
fn finish(command: &mut Command) -> Result<()> {
    let output = command.output()?;
    if !output.status.success() {
        // venv complains on the standard output, pip on the other.
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        bail!("{}", said.trim().lines().last().unwrap_or("no word why"));
    }
    Ok(())
}
