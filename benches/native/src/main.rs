//! Answers requests about the engine, one in each line of the standard input,
//! with a line of JSON on the standard output:
//!
//! ```text
//! open POINTS WIDTH...   a problem of the spectrum exhibit: what a peer needs
//!                        to start from the same place
//! result                 what the items compute from there
//! ITEM COUNT             runs an item so often: times in microseconds and the
//!                        operations of one run
//! ```
//!
//! The items are those of [`problem::Problem::item`], and `peak`. Whoever asks
//! decides the order, and so can have others take turns with the engine.

mod operations;
mod peak;
mod problem;

use anyhow::{Context, Result};
use problem::Problem;
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-native: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> Result<()> {
    let mut output = std::io::stdout();
    let mut problem = None;
    for line in std::io::stdin().lines() {
        let line = line?;
        let answer = answer(&line, &mut problem).with_context(|| line.clone())?;
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}

fn answer(line: &str, problem: &mut Option<Problem>) -> Result<Value> {
    let mut words = line.split_whitespace();
    let word = words.next().context("an empty line asks for nothing")?;
    let numbers: Vec<usize> = words
        .map(|word| word.parse().context("not a whole number"))
        .collect::<Result<_>>()?;
    match (word, numbers.as_slice()) {
        ("open", [points, widths @ ..]) if *points > 0 => {
            let opened = problem.insert(Problem::new(*points, widths)?);
            Ok(opened.describe())
        }
        ("peak", [count]) => times(*count, peak::run),
        ("result", []) => opened(problem)?.result(),
        (item, [count]) => {
            let problem = opened(problem)?;
            times(*count, || problem.item(item))
        }
        _ => anyhow::bail!("not a request"),
    }
}

fn opened(problem: &mut Option<Problem>) -> Result<&mut Problem> {
    problem.as_mut().context("no problem is open")
}

/// Times so many runs of an item, which says how many operations it took and
/// how long: only it knows what is preparation.
fn times(count: usize, mut run: impl FnMut() -> Result<Run>) -> Result<Value> {
    let mut times = Vec::with_capacity(count);
    let mut operations = None;
    for _ in 0..count {
        let run = run()?;
        times.push(run.seconds * 1e6);
        operations = run.operations;
    }
    Ok(json!({"times": times, "operations": operations}))
}

/// One run of an item.
struct Run {
    seconds: f64,
    /// Additions and multiplications, where they can be counted beforehand.
    operations: Option<f64>,
}

impl Run {
    /// Times one call. What it computes is dropped after the clock has stopped.
    fn of<T>(operations: Option<f64>, work: impl FnOnce() -> T) -> (Run, T) {
        let begun = Instant::now();
        let result = std::hint::black_box(work());
        let seconds = begun.elapsed().as_secs_f64();
        let run = Run {
            seconds,
            operations,
        };
        (run, result)
    }
}
