//! What takes hours: commands of their own, in one row for a night.

use super::{install, workflows};
use crate::{actions, coverage, fuzz, mutants, project, soak};
use anyhow::{Context, Result};
use std::time::{Duration, Instant};

/// A name, what it is, and how it is run.
type Stage = (&'static str, &'static str, fn() -> Result<()>);

const STAGES: [Stage; 8] = [
    (
        "workflows",
        "the workflows of .github, where actionlint can be had (--long)",
        workflows::run,
    ),
    (
        "install",
        "what a release publishes, installed from its files alone (--long)",
        install::run,
    ),
    (
        "coverage",
        "lines that the native tests run through (--long)",
        coverage::coverage,
    ),
    (
        "mutants",
        "changes of the engine that the tests notice (--long)",
        || mutants::mutants(&mutants::Options::default()),
    ),
    ("fuzz", "half an hour of random scenarios (--long)", || {
        fuzz::fuzz(&fuzz::Options {
            minutes: 30.0,
            seed: 1,
            exhibit: None,
        })
    }),
    (
        "actions",
        "1 000 random actions from three seeds in every browser (--long)",
        || {
            (1..=3).try_for_each(|seed| {
                actions::actions(&actions::Options {
                    seed,
                    actions: 1000,
                })
            })
        },
    ),
    ("soak", "200 000 frames of six pages (--long)", || {
        soak::soak(&soak::Options::default())
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
    for name in names(&help).context("the help lists no studies")? {
        println!("== study {name}");
        project::run(program().args(["study", name]))?;
    }
    Ok(())
}

/// The studies that a help text lists under their heading.
fn names(help: &str) -> Option<impl Iterator<Item = &str>> {
    let (_, list) = help.split_once("\nStudies:\n")?;
    let entries = list.lines().take_while(|line| !line.trim().is_empty());
    // Where a description goes on, the line begins further right.
    Some(entries.filter_map(|line| {
        let entry = line.strip_prefix("  ")?;
        entry.split(' ').next().filter(|name| !name.is_empty())
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn studies_are_the_entries_under_their_heading() {
        let help = "Usage: study <STUDY>\n\nStudies:\n  pinn  a network (8\n        seeds)\n  bias  another\n\nOptions:\n  -h, --help\n";
        let names: Vec<&str> = names(help).into_iter().flatten().collect();
        assert_eq!(names, ["pinn", "bias"]);
        assert!(super::names("Options:\n  -h\n").is_none());
    }
}
