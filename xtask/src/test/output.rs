//! Where the commands of a stage write.

use crate::project;
use anyhow::{Context, Result};
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The terminal, or a file while another stage has the terminal.
pub enum Output {
    /// Everything is seen as it happens.
    Terminal,
    /// It is kept, and shown if the stage fails.
    File(PathBuf, File),
}

impl Output {
    /// A fresh file of this name below the target folder.
    pub fn file(name: &str) -> Result<Output> {
        let folder = project::target()?.join("checks");
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{name}.log"));
        let file =
            File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Output::File(path, file))
    }

    /// Runs a command to its end.
    ///
    /// # Errors
    /// When it cannot be started or does not succeed.
    pub fn run(&self, command: &mut Command) -> Result<()> {
        if let Output::File(_, file) = self {
            command.stdout(Stdio::from(file.try_clone()?));
        }
        project::run(command.stderr(self.errors()?))
    }

    /// Writes a line.
    pub fn say(&self, line: &str) -> Result<()> {
        match self {
            Output::Terminal => println!("{line}"),
            Output::File(_, file) => writeln!(&*file, "{line}")?,
        }
        Ok(())
    }

    /// For the error output of a command whose output is read.
    pub fn errors(&self) -> Result<Stdio> {
        Ok(match self {
            Output::Terminal => Stdio::inherit(),
            Output::File(_, file) => Stdio::from(file.try_clone()?),
        })
    }

    /// What was kept.
    pub fn kept(&self) -> Option<(&Path, String)> {
        match self {
            Output::Terminal => None,
            Output::File(path, _) => {
                let bytes = std::fs::read(path).unwrap_or_default();
                Some((path, String::from_utf8_lossy(&bytes).into_owned()))
            }
        }
    }
}
