//! Which test programs have passed just as they are: a run of all stages does not
//! start those again. A stage that is named (`--only`) always runs.

use super::programs::Program;
use crate::project;
use anyhow::{Context, Result};
use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The programs whose outcome depends on nothing but what was compiled into them
/// and the files below one folder. Every other program always runs.
const SELF_CONTAINED: [(&str, Option<&str>); 4] = [
    ("ntk_playground", None),
    ("allocation", None),
    ("engine", None),
    ("exhibit", Some("tests/snapshots")),
];

/// A program as it is now, and where it is written that it has passed.
pub struct Mark {
    file: PathBuf,
    state: String,
}

impl Mark {
    /// The mark of a program with these arguments, if it has one.
    pub fn of(program: &Program, arguments: &[&str]) -> Result<Option<Mark>> {
        let Some(data) = data_of(program) else {
            return Ok(None);
        };
        let mut state = format!("{}\n", arguments.join(" "));
        describe(program.file(), &mut state)?;
        if let Some(folder) = data {
            describe_all(&project::root().join(folder), &mut state)?;
        }
        let folder = project::target()?.join("checks").join("passed");
        std::fs::create_dir_all(&folder)?;
        let file = folder.join(program.name());
        Ok(Some(Mark { file, state }))
    }

    /// Whether the program has passed as it is now.
    pub fn is_set(&self) -> bool {
        std::fs::read_to_string(&self.file).is_ok_and(|kept| kept == self.state)
    }

    /// Writes that it has.
    pub fn set(&self) -> Result<()> {
        std::fs::write(&self.file, &self.state)
            .with_context(|| format!("cannot write {}", self.file.display()))
    }

    /// Forgets it.
    pub fn clear(&self) -> Result<()> {
        match std::fs::remove_file(&self.file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove {}", self.file.display()))
            }
            _ => Ok(()),
        }
    }
}

/// The folder that a self-contained program reads, if it reads one.
fn data_of(program: &Program) -> Option<Option<&'static str>> {
    SELF_CONTAINED
        .iter()
        .find(|(name, _)| *name == program.name() && program.folder() == project::root())
        .map(|(_, folder)| *folder)
}

/// Adds every file below a folder, in order of their names.
fn describe_all(folder: &Path, state: &mut String) -> Result<()> {
    let mut entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            describe_all(&entry, state)?;
        } else {
            describe(&entry, state)?;
        }
    }
    Ok(())
}

/// Adds what tells a file from the same file written anew.
fn describe(file: &Path, state: &mut String) -> Result<()> {
    let metadata =
        std::fs::metadata(file).with_context(|| format!("cannot look at {}", file.display()))?;
    let written = metadata.modified()?.duration_since(std::time::UNIX_EPOCH)?;
    // Writing to a string cannot fail.
    let _ = writeln!(
        state,
        "{} {} {}",
        file.display(),
        metadata.len(),
        written.as_nanos()
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program of the root package, in a file of its own.
    fn program(name: &str, file: &Path) -> Program {
        Program::new(project::root(), name, file)
    }

    #[test]
    fn a_program_has_passed_until_it_or_its_arguments_change() {
        let folder = project::target().expect("a target folder").join("checks");
        std::fs::create_dir_all(&folder).expect("a folder");
        let file = folder.join("a-program");
        std::fs::write(&file, "one").expect("written");
        let engine = program("engine", &file);
        let of = |arguments: &[&str]| {
            let mark = Mark::of(&engine, arguments).expect("readable");
            // Not where the outcome of the real program is kept.
            let file = folder.join("a-mark");
            Mark {
                file,
                ..mark.expect("engine is self-contained")
            }
        };
        of(&[]).clear().expect("removed");
        assert!(!of(&[]).is_set());
        of(&[]).set().expect("written");
        assert!(of(&[]).is_set());
        assert!(!of(&["--include-ignored"]).is_set());
        std::fs::write(&file, "two, which is longer").expect("written");
        assert!(!of(&[]).is_set());
    }

    #[test]
    fn a_program_that_reads_the_repository_has_no_mark() {
        let mark = Mark::of(&program("project", Path::new("/none")), &[]);
        assert!(mark.expect("nothing is read").is_none());
    }
}
