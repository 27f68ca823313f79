//! The test programs of the workspace, compiled by one command and started one by
//! one: cargo itself would hold its lock for as long as it looks for what to do.

use super::output::Output;
use crate::project;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The package of the browser tests.
const BROWSER: &str = "browser-tests";
/// Their program; the others of the package are tests of its library.
const PAGE: &str = "page";

/// A program that was compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    folder: PathBuf,
    name: String,
    file: PathBuf,
}

/// Compiles all of them; `slow` adds those that only run when they are named.
pub fn compile(output: &Output, slow: bool) -> Result<Vec<Program>> {
    let mut programs = Vec::new();
    let everything: &[&[&str]] = if slow {
        &[&[], &["--test", "slow"]]
    } else {
        &[&[]]
    };
    for selection in everything {
        // All of the workspace, here and for the lints: each other selection
        // would ask for other features of what they share, and compile it again.
        let compiled = project::cargo(["test", "--workspace", "--no-run"])
            .args(*selection)
            .args(["--message-format", "json-render-diagnostics"])
            .stderr(output.errors()?)
            .output()
            .context("cannot start cargo")?;
        if !compiled.status.success() {
            bail!("the tests do not compile");
        }
        let messages = String::from_utf8_lossy(&compiled.stdout).into_owned();
        programs.extend(
            messages
                .lines()
                .filter_map(|line| serde_json::from_str(line).ok())
                .filter_map(Program::read),
        );
    }
    Ok(programs)
}

/// Cargo's message about something that it has compiled, as far as it is used.
#[derive(Deserialize)]
struct Artifact {
    manifest_path: PathBuf,
    target: Target,
    profile: Profile,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

impl Program {
    /// The program of a message, if it is one of tests.
    fn read(message: Artifact) -> Option<Program> {
        let file = message.executable.filter(|_| message.profile.test)?;
        let folder = message.manifest_path.parent()?;
        Some(Program::new(folder, message.target.name, file))
    }

    /// A program of the package in `folder`.
    pub fn new(
        folder: impl Into<PathBuf>,
        name: impl Into<String>,
        file: impl Into<PathBuf>,
    ) -> Program {
        Program {
            folder: folder.into(),
            name: name.into(),
            file: file.into(),
        }
    }

    /// Folder of its package.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Name of the file of tests, the library or the binary.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The executable.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Whether it drives browsers.
    pub fn is_page(&self) -> bool {
        self.name == PAGE
    }

    /// How it is started.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.file);
        command.current_dir(&self.folder);
        command
    }
}

/// The program that drives browsers.
pub fn page() -> Result<Program> {
    compile(&Output::Terminal, false)?
        .into_iter()
        .find(Program::is_page)
        .with_context(|| format!("{BROWSER} has no program {PAGE}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn programs_of_tests_are_read_and_nothing_else() -> Result<()> {
        let read = |test: bool, executable: Value| -> Result<Option<Program>> {
            Ok(Program::read(serde_json::from_value(json!({
                "reason": "compiler-artifact",
                "manifest_path": "/w/tests/browser/Cargo.toml",
                "target": {"name": "page", "kind": ["test"]},
                "profile": {"test": test},
                "executable": executable,
            }))?))
        };
        let program = read(true, json!("/t/page-1"))?.context("a program")?;
        assert!(program.is_page());
        assert_eq!(program.folder, PathBuf::from("/w/tests/browser"));
        assert_eq!(read(false, json!("/t/page-1"))?, None);
        assert_eq!(read(true, Value::Null)?, None);
        Ok(())
    }
}
