//! The engine compiled natively, beside JAX and NumPy on the same core.
//!
//! Each of them is a program that runs an item on request, so that they take
//! turns: a round of ours, one of each peer, and the next round. A peer that
//! is not here is missing in the table, with the reason; the rest is measured.

mod peers;
mod plan;
mod python;
mod responder;

use crate::host::Host;
use crate::report::{Report, numbers};
use crate::statistics::Sample;
use anyhow::{Context, Result, ensure};
use browser_tests::Browser;
use peers::Peers;
use plan::{CASES, Case, ITEMS, Item, goal};
use responder::{Responder, pinned};
use serde_json::{Map, json};
use xtask::project;

const SECTION: &str = "native, f64, one core";

/// Relative distance above which two do not compute the same.
const TOLERANCE: f64 = 1e-8;

/// Rounds that only warm up, and rounds that count.
const WARM: usize = 3;
const ROUNDS: usize = 40;

/// Builds the engine's program and runs all cases.
///
/// If the eigenbasis in WebAssembly has been measured before, it is set beside
/// NumPy's.
pub fn measure(_: &Browser, host: &Host, report: &mut Report) -> Result<()> {
    project::run(&mut project::cargo([
        "build",
        "--quiet",
        "--release",
        "--package",
        "bench-native",
    ]))?;
    let name = format!("bench-native{}", std::env::consts::EXE_SUFFIX);
    let program = project::target()?.join("release").join(name);
    let mut engine = Responder::start("the engine", &mut pinned(&program))?;
    let mut peers = Peers::start(host.folder(), report);
    for case in &CASES {
        agree(case, &mut engine, &mut peers, report)
            .with_context(|| format!("native, {}", case.name))?;
        for item in &ITEMS {
            run(case, item, &mut engine, &mut peers, report)
                .with_context(|| format!("native, {}: {}", case.name, item.words))?;
        }
    }
    Ok(())
}

/// Opens a problem in all programs, from the same weights, and makes sure that
/// they find the same.
fn agree(
    case: &Case,
    engine: &mut Responder,
    peers: &mut Peers,
    report: &mut Report,
) -> Result<()> {
    let problem = engine.ask(&format!("open {}", case.size))?;
    let Ok(program) = &mut peers.program else {
        return Ok(());
    };
    program.ask(&format!("open {problem}"))?;
    let (ours, theirs) = (engine.value("result")?, program.value("result")?);
    let mut all = Map::new();
    for (item, name, words) in [
        ("kernel", "kernel", "K_SS"),
        ("jacobian", "kernel", "K_SS by vmap(grad)"),
        ("blocks", "kernel", "K_SS by block"),
        ("step", "step", "loss"),
        ("eigen", "eigen", "eigenvalues"),
    ] {
        if theirs[item].is_null() && item != "eigen" && peers.without_jax.is_some() {
            continue;
        }
        let found = apart(&numbers(&ours[name])?, &numbers(&theirs[item])?);
        ensure!(
            found <= TOLERANCE,
            "engine and peer disagree on {words} by {found:.1e}, more than {TOLERANCE:.0e}; \
             their times cannot be compared"
        );
        all.insert(words.into(), json!(found));
    }
    report.agreement(json!({
        "peer": "its native peers", "case": format!("native, {}", case.name), "apart": all,
    }));
    Ok(())
}

/// The largest distance of two entries in units of the largest entry; not a
/// number where either has one that is not, infinite where the lengths differ.
fn apart(ours: &[f64], theirs: &[f64]) -> f64 {
    if ours.len() != theirs.len() {
        return f64::INFINITY;
    }
    // `f64::max` would forget what is not a number.
    let largest = |a: f64, b: f64| if b > a || b.is_nan() { b } else { a };
    let scale = ours.iter().map(|a| a.abs()).fold(0.0, largest);
    let pairs = ours.iter().zip(theirs);
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, largest) / scale
}

/// Times of one program.
#[derive(Default)]
struct Times {
    /// Every run, in microseconds.
    all: Vec<f64>,
    /// The median of each round.
    rounds: Vec<f64>,
    /// Operations of one run; 0 where they are not told.
    operations: f64,
}

impl Times {
    /// Asks a program for a round.
    fn round(&mut self, program: &mut Responder, item: &str, runs: usize) -> Result<()> {
        let answer = program.value(&format!("{item} {runs}"))?;
        let times = numbers(&answer["times"])?;
        self.all.extend(&times);
        let sample = Sample::new(times).context("nothing was run")?;
        self.rounds.push(sample.median());
        self.operations = answer["operations"].as_f64().unwrap_or_default();
        Ok(())
    }

    /// Forgets the rounds so far.
    fn clear(&mut self) {
        self.all.clear();
        self.rounds.clear();
    }

    /// Operations per nanosecond, round by round.
    fn rates(&self) -> impl Iterator<Item = f64> {
        self.rounds
            .iter()
            .map(|time| self.operations / (1e3 * time))
    }
}

fn run(
    case: &Case,
    item: &Item,
    engine: &mut Responder,
    peers: &mut Peers,
    report: &mut Report,
) -> Result<()> {
    let mut ours = Times::default();
    let mut peak = Times::default();
    let mut theirs: Vec<Times> = item.peers.iter().map(|_| Times::default()).collect();
    let missing: Vec<_> = item.peers.iter().map(|peer| peers.missing(peer)).collect();
    for round in 0..WARM + ROUNDS {
        if round == WARM {
            [&mut ours, &mut peak].into_iter().for_each(Times::clear);
            theirs.iter_mut().for_each(Times::clear);
        }
        ours.round(engine, item.name, case.runs)?;
        for ((peer, times), missing) in item.peers.iter().zip(&mut theirs).zip(&missing) {
            if let (Ok(program), None) = (&mut peers.program, missing) {
                times.round(program, peer.item, peer.runs.unwrap_or(case.runs))?;
            }
        }
        if case.rates && ours.operations > 0.0 {
            peak.round(engine, "peak", case.runs)?;
        }
    }

    let mut tell = |words: &str, values: Vec<f64>, unit| -> Result<()> {
        let sample = Sample::new(values).context("nothing was measured")?;
        let name = format!("{}: {}, {words}", case.name, item.words);
        report.median(SECTION, &name, sample, unit);
        Ok(())
    };
    tell("engine", ours.all.clone(), "µs")?;
    if case.rates && ours.operations > 0.0 {
        let rates: Vec<f64> = ours.rates().collect();
        let shares = ours
            .rates()
            .zip(peak.rates())
            .map(|(rate, peak)| 100.0 * rate / peak);
        let shares = shares.collect();
        tell("engine's rate", rates, "GF/s")?;
        tell("peak of the core just then", peak.rates().collect(), "GF/s")?;
        tell("engine's share of it, round by round", shares, "%")?;
    }
    for ((peer, times), missing) in item.peers.iter().zip(theirs).zip(missing) {
        let name = format!("{}: {}, {}", case.name, item.words, peer.words);
        if let Some(why) = missing {
            report.missing(SECTION, &name, &why);
            continue;
        }
        let eigen = item.name == "eigen";
        let pairs = times.rounds.iter().zip(&ours.rounds);
        let ratios = pairs.map(|(peer, ours)| if eigen { ours / peer } else { peer / ours });
        let ratios = Sample::new(ratios.collect()).context("nothing was measured")?;
        let sample = Sample::new(times.all).context("nothing was measured")?;
        let median = sample.median();
        report.median(SECTION, &name, sample, "µs");
        let name = if eigen {
            format!(
                "{}: {}, engine / {}, round by round",
                case.name, item.words, peer.words
            )
        } else {
            format!("{name} / engine, round by round")
        };
        report.median(SECTION, &name, ratios, "times");
        if let Some(goal) = goal(case, peer) {
            report.goal(goal);
        }
        let wasm = format!("eigenbasis, {}: engine", case.name);
        let wasm = report.sample(&wasm).map(Sample::median);
        if let (true, Some(wasm)) = (eigen, wasm) {
            let name = format!(
                "{}: eigenbasis, engine in WebAssembly / {}",
                case.name, peer.words
            );
            report.number(SECTION, &name, 1e3 * wasm / median, "times");
            report.digits(2);
            if case.points == 128 {
                report.goal("<= 1.5");
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn apart_is_relative_to_the_largest_entry_and_notices_what_is_no_number() {
        assert_eq!(apart(&[4.0, 0.0], &[4.0, -1.0]), 0.25);
        assert_eq!(apart(&[4.0, 1.0], &[4.0, 1.0]), 0.0);
        assert_eq!(apart(&[1.0], &[1.0, 2.0]), f64::INFINITY);
        for (ours, theirs) in [([f64::NAN, 1.0], [1.0, 1.0]), ([1.0, 1.0], [f64::NAN, 1.0])] {
            assert!(apart(&ours, &theirs).is_nan());
        }
    }
}
