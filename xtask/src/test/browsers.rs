//! The page in every browser that is here.

use super::stages::Level;
use super::{chromium, programs};
use crate::browsers::Engine;
use crate::project;
use anyhow::{Context, Result};
use std::fmt::Write as _;
use std::io::ErrorKind;
use std::process::Command;

/// Runs the tests of a level in all browsers that are here. Without Chromium they do
/// not start; of the others, those that are missing are left out.
pub fn run(level: Level) -> Result<()> {
    chromium::ensure()?;
    for engine in Engine::ALL {
        forget(engine)?;
        if let Err(missing) = engine.find() {
            println!("== {engine} is left out: {missing}");
        }
    }
    let mut command = command()?;
    if level >= Level::Full {
        command.arg("--include-ignored");
    }
    let outcome = project::run(&mut command);
    if outcome.is_err() {
        // Who succeeds gets it at the very end.
        println!("\n{}", report(level));
    }
    outcome
}

/// The tests in the browsers that are here. What is added goes to the program
/// that runs them.
pub fn command() -> Result<Command> {
    let mut command = programs::page()?.command();
    for engine in Engine::ALL.iter().filter(|engine| engine.find().is_err()) {
        command.arg("--skip").arg(format!("{engine}::"));
    }
    Ok(command)
}

/// Which browsers ran, which did not, and what could not be checked.
pub fn report(level: Level) -> String {
    let mut text = match level {
        Level::Fast => "Browsers (all claims: cargo xtask test --full):\n".to_string(),
        Level::Full | Level::Long => "Browsers:\n".to_string(),
    };
    for engine in Engine::ALL {
        let line = match (engine.find(), read(engine, "version")) {
            (_, Some(version)) => format!("ran, version {version}"),
            (Err(missing), None) => format!("DID NOT RUN: {missing}"),
            (Ok(_), None) => "DID NOT RUN, though it is here".to_string(),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {engine:<12} {line}");
    }
    for engine in Engine::ALL {
        for line in read(engine, "skipped").unwrap_or_default().lines() {
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

/// Removes what an earlier run has left.
fn forget(engine: Engine) -> Result<()> {
    let folder = engine.folder()?;
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

fn read(engine: Engine, name: &str) -> Option<String> {
    let file = engine.folder().ok()?.join(name);
    std::fs::read_to_string(file).ok()
}
