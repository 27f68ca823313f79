//! What is checked, cheapest first.

use super::output::Output;
use super::passed::Mark;
use super::{browsers, hosts, programs, types};
use crate::{project, standalone};
use anyhow::Result;

/// How much is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// For every change, and on every machine: minutes.
    Fast,
    /// Every claim in every browser that it concerns.
    Full,
    /// After that, whatever takes hours.
    Long,
}

/// Stages of different lanes run at the same time: cargo locks a folder of the
/// target folder, and the two use different ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Compiled for this machine, in the profile `dev`.
    Native,
    /// Compiled for the page, in the profile `release`.
    Page,
    /// After both, and alone: it watches frame rates.
    Browser,
}

/// How a stage is run.
pub struct Run {
    /// How much it checks.
    pub level: Level,
    /// Where it writes.
    pub output: Output,
    /// Whether it was named: then it repeats what has passed before.
    pub alone: bool,
}

/// One check.
pub struct Stage {
    /// Its name for `--only`.
    pub name: &'static str,
    /// What it holds.
    pub what: &'static str,
    /// What it can run beside.
    pub lane: Lane,
    /// The level from which on it runs.
    pub from: Level,
    /// Runs it.
    pub run: fn(&Run) -> Result<()>,
}

/// The stages that report in the end what they left out.
pub const TYPES: &str = "types";
pub const HOSTS: &str = "hosts";
pub const BROWSER: &str = "browser";

/// All of them, in order.
pub const STAGES: [Stage; 9] = [
    Stage {
        name: "fmt",
        what: "the code is formatted",
        lane: Lane::Native,
        from: Level::Fast,
        run: |run| {
            run.output
                .run(&mut project::cargo(["fmt", "--all", "--check"]))
        },
    },
    Stage {
        name: "native",
        what: "tests and examples of every package, without a browser",
        lane: Lane::Native,
        from: Level::Fast,
        run: native,
    },
    Stage {
        name: "clippy",
        what: "no warning in any package",
        lane: Lane::Native,
        from: Level::Fast,
        run: |run| {
            let words = ["clippy", "--workspace", "--all-targets", "--", "-Dwarnings"];
            run.output.run(&mut project::cargo(words))
        },
    },
    Stage {
        name: "doc",
        what: "the documentation builds and its links lead somewhere",
        lane: Lane::Native,
        from: Level::Fast,
        run: |run| {
            let mut command = project::cargo([
                "doc",
                "--no-deps",
                "--package",
                "ntk-playground",
                "--package",
                "ntk-arithmetic",
            ]);
            run.output.run(command.env("RUSTDOCFLAGS", "-Dwarnings"))
        },
    },
    Stage {
        name: "build",
        what: "the page in dist/, also as one file",
        lane: Lane::Page,
        from: Level::Fast,
        run: |_| standalone::standalone(),
    },
    Stage {
        name: TYPES,
        what: "the types of the scripts, where npm is here",
        lane: Lane::Page,
        from: Level::Fast,
        run: |_| types::run(),
    },
    Stage {
        name: HOSTS,
        what: "the package in frameworks and bundlers, where npm is here (--full)",
        lane: Lane::Page,
        from: Level::Full,
        run: |_| hosts::run(),
    },
    Stage {
        name: "clippy-wasm",
        what: "no warning in the code for the browser",
        lane: Lane::Page,
        from: Level::Fast,
        run: clippy_wasm,
    },
    Stage {
        name: BROWSER,
        what: "the page in the browsers that are here, Chromium at least",
        lane: Lane::Browser,
        from: Level::Fast,
        run: |run| browsers::run(run.level),
    },
];

fn native(run: &Run) -> Result<()> {
    let output = &run.output;
    let full = run.level >= Level::Full;
    let arguments: &[&str] = if full {
        // What is skipped goes on for as long as one likes: `cargo xtask fuzz`.
        &["--include-ignored", "--skip", "for_a_long_time"]
    } else {
        &[]
    };
    let mut programs = programs::compile(output, full)?;
    // What the others build upon comes first.
    programs.sort_by_key(|program| !["ntk_playground", "engine"].contains(&program.name()));
    for program in programs {
        if program.is_page() {
            continue;
        }
        let mark = Mark::of(&program, arguments)?;
        if let Some(mark) = &mark {
            if mark.is_set() && !run.alone {
                output.say(&format!(
                    "test result: {} passed before, unchanged since",
                    program.name()
                ))?;
                continue;
            }
            mark.clear()?;
        }
        output.run(program.command().args(arguments))?;
        if let Some(mark) = mark {
            mark.set()?;
        }
    }
    output.run(&mut project::cargo(["test", "--workspace", "--doc"]))
}

fn clippy_wasm(run: &Run) -> Result<()> {
    project::ensure_wasm_target()?;
    // Both engines of the page: with all exhibits, and with the first alone.
    for features in ["--features=all-exhibits", "--no-default-features"] {
        // In the profile of the build, whose macros are compiled then.
        let words = [
            "clippy",
            "--release",
            "--package",
            "ntk-playground",
            "--lib",
        ];
        run.output.run(
            project::cargo(words)
                .args([features, "--target", project::WASM])
                .args(["--", "-Dwarnings"]),
        )?;
    }
    Ok(())
}
