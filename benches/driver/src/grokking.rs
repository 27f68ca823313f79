//! Training on modular addition as the grokking exhibit does at its defaults:
//! one network, without its twin and without surveys of the kernel.

use crate::compute::open;
use crate::host::Host;
use crate::peers::{Distances, Peer, STRUCTURED, TENSORFLOW};
use crate::report::Report;
use crate::statistics::Sample;
use anyhow::{Context, Result};
use browser_tests::Browser;
use serde_json::{Value, json};

/// Steps that the engine takes in a round.
const STEPS: u32 = 2000;
/// Steps that a peer takes in a round, whose time then stands for `STEPS`.
const FEWER: u32 = 200;
/// Rounds that count, after one that warms up.
const ROUNDS: usize = 5;
/// Steps before losses are compared.
const COMPARED: u32 = 50;

/// Trains all in turn.
pub fn measure(browser: &Browser, host: &Host, report: &mut Report) -> Result<()> {
    open(browser, host)?;
    let section = "modular addition, p=23, 265 pairs, width 128, AdamW, squared loss";
    let mut peers = vec![STRUCTURED];
    match host.packages() {
        Ok(_) => peers.push(TENSORFLOW),
        Err(reason) => report.missing(section, TENSORFLOW.title, reason),
    }
    let names: Vec<&str> = peers.iter().map(|peer| peer.name).collect();
    browser.run("bench.openAddition(arguments[0])", &[json!(names)])?;
    let case = format!("modular addition, {COMPARED} steps");
    let (_, loss) = train(browser, "engine", COMPARED)?;
    for peer in &peers {
        let (_, theirs) = train(browser, peer.name, COMPARED)?;
        let mut distances = Distances::default();
        distances.take(peer, &json!({"loss": (theirs / loss - 1.0).abs()}))?;
        report.agreement(distances.value(&case, peer));
    }
    let mut engine = Vec::new();
    let mut others: Vec<Vec<f64>> = peers.iter().map(|_| Vec::new()).collect();
    for round in 0..=ROUNDS {
        // Everyone from the start: a trained network has other numbers, and
        // tiny ones can be slow.
        browser.run("bench.openAddition(arguments[0])", &[json!(names)])?;
        let (time, _) = train(browser, "engine", STEPS)?;
        let times = peers
            .iter()
            .map(|peer| train(browser, peer.name, FEWER))
            .collect::<Result<Vec<_>>>()?;
        if round == 0 {
            continue;
        }
        engine.push(time);
        for (all, (time, _)) in others.iter_mut().zip(times) {
            all.push(time * f64::from(STEPS / FEWER));
        }
    }
    lines(section, &engine, &peers, &others, report)
}

fn lines(
    section: &'static str,
    engine: &[f64],
    peers: &[Peer],
    others: &[Vec<f64>],
    report: &mut Report,
) -> Result<()> {
    let sampled = |values: Vec<f64>| Sample::new(values).context("nothing was measured");
    let name = format!("{STEPS} steps: engine");
    report.median(section, &name, sampled(engine.to_vec())?, "ms");
    for (peer, times) in peers.iter().zip(others) {
        let name = format!("  {}, {FEWER} steps, times {}", peer.title, STEPS / FEWER);
        report.median(section, &name, sampled(times.clone())?, "ms");
    }
    for (peer, times) in peers.iter().zip(others) {
        let ratios = times.iter().zip(engine).map(|(peer, engine)| peer / engine);
        let name = format!("  {} / engine", peer.title);
        report.median(section, &name, sampled(ratios.collect())?, "times");
    }
    Ok(())
}

/// Milliseconds, and the loss before the last step.
fn train(browser: &Browser, who: &str, steps: u32) -> Result<(f64, f64)> {
    let answer = browser.run(
        "return bench.trainAddition(...arguments)",
        &[json!(who), json!(steps)],
    )?;
    let number = |value: &Value| value.as_f64().context("the page answered no number");
    Ok((number(&answer["time"])?, number(&answer["loss"])?))
}
