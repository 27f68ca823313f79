//! `cargo xtask test`: every check that there is.
//!
//! Two lanes of stages run at the same time, what is compiled for this machine and
//! what is compiled for the page; then the browsers run alone. `--full` judges
//! every claim in every browser that it concerns, `--long` whatever takes hours.

pub(crate) mod browsers;
pub(crate) mod chromium;
pub mod hosts;
pub mod install;
mod long;
pub mod notebooks;
mod output;
mod passed;
mod programs;
mod stages;
pub(crate) mod types;
mod workflows;

use anyhow::{Context, Result, bail};
use clap::builder::{PossibleValue, PossibleValuesParser};
use output::Output;
use stages::{BROWSER, HOSTS, Lane, Run, STAGES, Stage, TYPES};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

pub use stages::Level;

/// Which checks.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Check every claim in every browser that it concerns
    #[arg(long, conflicts_with = "long")]
    pub full: bool,
    /// Check what --full does, then run the stages that take hours
    #[arg(long)]
    pub long: bool,
    /// Run only this stage, even if it has passed before
    #[arg(long, value_name = "STAGE", value_parser = PossibleValuesParser::new(stages()))]
    pub only: Option<String>,
}

impl Options {
    fn level(&self) -> Level {
        match (self.full, self.long) {
            (_, true) => Level::Long,
            (true, false) => Level::Full,
            (false, false) => Level::Fast,
        }
    }
}

/// The stages with their descriptions.
fn stages() -> Vec<PossibleValue> {
    let all = STAGES.iter().map(|stage| (stage.name, stage.what));
    all.chain(long::stages())
        .map(|(name, what)| PossibleValue::new(name).help(what))
        .collect()
}

/// Runs all stages of a level, or one of them.
///
/// # Errors
/// When a stage fails, with its name.
pub fn test(options: &Options) -> Result<()> {
    let started = Instant::now();
    let level = options.level();
    let mut times = match &options.only {
        Some(name) => one(level, name)?,
        None => all(level)?,
    };
    if level == Level::Long && options.only.is_none() {
        times.extend(long::run_all()?);
    }
    println!("\nAll passed:");
    for (name, time) in &times {
        println!("  {name:<12} {:>6.1} s", time.as_secs_f64());
    }
    println!(
        "  in all       {:>6.1} s\n",
        started.elapsed().as_secs_f64()
    );
    let ran = |name| times.iter().any(|(other, _)| *other == name);
    if ran(TYPES) {
        println!("{}", types::report());
    }
    if ran(HOSTS) {
        println!("{}", hosts::report());
    }
    if ran(BROWSER) {
        println!("{}", browsers::report(level));
    }
    Ok(())
}

/// Names of stages, and what they took.
type Times = Vec<(&'static str, Duration)>;

fn one(level: Level, name: &str) -> Result<Times> {
    if let Some(time) = long::run(name)? {
        return Ok(vec![time]);
    }
    let stage = STAGES.iter().find(|stage| stage.name == name);
    let stage = stage.with_context(|| format!("there is no stage \u{201c}{name}\u{201d}"))?;
    let run = Run {
        level,
        output: Output::Terminal,
        alone: true,
    };
    Ok(vec![timed(stage, &run)?])
}

fn all(level: Level) -> Result<Times> {
    let failed = AtomicBool::new(false);
    let lane = |lane: Lane| -> Result<Times> {
        let mut times = Vec::new();
        for stage in STAGES
            .iter()
            .filter(|stage| stage.lane == lane && stage.from <= level)
        {
            if failed.load(Ordering::Relaxed) {
                break;
            }
            // One lane has the terminal.
            let output = match lane {
                Lane::Native => Output::file(stage.name)?,
                Lane::Page | Lane::Browser => Output::Terminal,
            };
            let run = Run {
                level,
                output,
                alone: false,
            };
            match timed(stage, &run) {
                Ok(time) => times.push(time),
                Err(error) => {
                    failed.store(true, Ordering::Relaxed);
                    return Err(error);
                }
            }
        }
        Ok(times)
    };
    let (native, page) = std::thread::scope(|scope| {
        let native = scope.spawn(|| lane(Lane::Native));
        let page = lane(Lane::Page);
        (native.join(), page)
    });
    let native = match native {
        Ok(times) => times,
        Err(panic) => std::panic::resume_unwind(panic),
    };
    // Both, when both fail.
    let (native, page) = match (native, page) {
        (Ok(native), Ok(page)) => (native, page),
        (Err(one), Err(other)) => bail!("{one:#}\n{other:#}"),
        (Err(error), Ok(_)) | (Ok(_), Err(error)) => return Err(error),
    };
    Ok([native, page, lane(Lane::Browser)?].concat())
}

fn timed(stage: &Stage, run: &Run) -> Result<(&'static str, Duration)> {
    println!("== {}: {}", stage.name, stage.what);
    let started = Instant::now();
    let outcome = (stage.run)(run).with_context(|| format!("stage {}", stage.name));
    if let Some((path, text)) = run.output.kept() {
        match &outcome {
            Ok(()) => {
                for line in text.lines().filter(|line| line.starts_with("test result:")) {
                    println!("{line}");
                }
            }
            Err(_) => println!("\n{text}\n== {} failed: {}", stage.name, path.display()),
        }
    }
    outcome?;
    let time = started.elapsed();
    println!("== {} passed in {:.1} s", stage.name, time.as_secs_f64());
    Ok((stage.name, time))
}
