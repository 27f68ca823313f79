//! What takes hours: commands of their own, in one row for a night.

use crate::{actions, coverage, fuzz, mutants, project, soak};
use anyhow::{Context, Result};
use std::time::{Duration, Instant};

/// A name, what it is, and how it is run.
type Stage = (&'static str, &'static str, fn() -> Result<()>);

const STAGES: [Stage; 6] = [
    (
        "coverage",
        "lines that the native tests run through (--long)",
        coverage::coverage,
    ),
    (
        "mutants",
        "changes of the engine that the tests notice (--long)",
        || mutants::mutants(None),
    ),
    ("fuzz", "half an hour of random scenarios (--long)", || {
        fuzz::fuzz(&["--minutes", "30"])
    }),
    (
        "actions",
        "1 000 random actions from three seeds in every browser (--long)",
        || {
            ["1", "2", "3"]
                .iter()
                .try_for_each(|seed| actions::actions(&["--seed", seed]))
        },
    ),
    ("soak", "200 000 frames of six pages (--long)", || {
        soak::soak(None)
    }),
    (
        "studies",
        "the tables behind the figures in the texts (--long)",
        studies,
    ),
];

/// Names and descriptions.
pub fn stages() -> impl Iterator<Item = (&'static str, &'static str)> {
    STAGES.iter().map(|(name, what, _)| (*name, *what))
}

/// Runs the stage of this name, if there is one.
pub fn run(name: &str) -> Result<Option<(&'static str, Duration)>> {
    let stage = STAGES.iter().find(|(other, _, _)| *other == name);
    stage.map(timed).transpose()
}

/// Runs them one after the other.
pub fn run_all() -> Result<Vec<(&'static str, Duration)>> {
    STAGES.iter().map(timed).collect()
}

fn timed((name, what, run): &Stage) -> Result<(&'static str, Duration)> {
    println!("== {name}: {what}");
    let started = Instant::now();
    run().with_context(|| format!("stage {name}"))?;
    Ok((name, started.elapsed()))
}

/// Every study that the command line lists.
fn studies() -> Result<()> {
    let program = || project::cargo(["run", "--release", "--quiet", "--"]);
    let help = program()
        .args(["study", "--help"])
        .output()
        .context("cannot start cargo")?;
    let help = String::from_utf8(help.stdout)?;
    let (_, list) = help
        .split_once("\nStudies:\n")
        .context("the help lists no studies")?;
    let list = list.lines().take_while(|line| !line.is_empty());
    for name in list.filter_map(name) {
        println!("== study {name}");
        project::run(program().args(["study", name]))?;
    }
    Ok(())
}

/// The name at the beginning of a line of the list; none where the line goes on.
fn name(line: &str) -> Option<&str> {
    let entry = line
        .strip_prefix("  ")
        .filter(|entry| !entry.starts_with(' '))?;
    entry.split(' ').next().filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_goes_on_names_no_study() {
        assert_eq!(name("    pinn           a network"), Some("pinn"));
        assert_eq!(name("                   seeds)"), None);
        assert_eq!(name(""), None);
    }
}
