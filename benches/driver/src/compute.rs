//! Computing: the engine in WebAssembly against its peers, work by work, and
//! against what the machine could do.

use crate::host::Host;
use crate::operations;
use crate::peers::{Distances, EIGENSOLVER, JACOBIAN, Peer, STRUCTURED, TENSORFLOW};
use crate::report::{Report, numbers, sample};
use crate::statistics::Sample;
use anyhow::{Context, Result};
use browser_tests::Browser;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What is timed.
#[derive(Clone, Copy, PartialEq)]
enum Work {
    Kernel,
    Step,
    Moments,
    Eigenbasis,
    /// So many steps, K_SS, eigenbasis, energies.
    Frame(u32),
}

impl Work {
    /// Its name in the page.
    fn name(self) -> &'static str {
        match self {
            Work::Kernel => "kernel",
            Work::Step => "step",
            Work::Moments => "moments",
            Work::Eigenbasis => "eigenbasis",
            Work::Frame(_) => "frame",
        }
    }

    /// Its name for a person.
    fn title(self) -> String {
        match self {
            Work::Kernel => "K_SS".into(),
            Work::Step => "GD step".into(),
            Work::Moments => "GD step with gate moments".into(),
            Work::Eigenbasis => "eigenbasis".into(),
            Work::Frame(1) => "frame of 1 step".into(),
            Work::Frame(steps) => format!("frame of {steps} steps"),
        }
    }

    fn steps(self) -> u32 {
        match self {
            Work::Frame(steps) => steps,
            _ => 1,
        }
    }

    /// Whether it needs an eigensolver.
    fn decomposes(self) -> bool {
        matches!(self, Work::Eigenbasis | Work::Frame(_))
    }

    /// Floating point operations, where they are counted.
    fn operations(self, points: u32, widths: &[u32]) -> Option<f64> {
        match self {
            Work::Kernel => Some(operations::kernel(points, widths)),
            Work::Step => Some(operations::step(points, widths)),
            _ => None,
        }
    }
}

/// One line of work at one size.
struct Item {
    work: Work,
    points: u32,
    widths: &'static [u32],
    /// How many times the engine's time each peer should need.
    goals: &'static [(&'static str, &'static str)],
}

/// The same works at one size.
const fn works(
    points: u32,
    widths: &'static [u32],
    goals: [&'static [(&'static str, &'static str)]; 4],
) -> [Item; 4] {
    let [kernel, step, moments, eigenbasis] = goals;
    [
        item(Work::Kernel, points, widths, kernel),
        item(Work::Step, points, widths, step),
        item(Work::Moments, points, widths, moments),
        item(Work::Eigenbasis, points, widths, eigenbasis),
    ]
}

const fn item(
    work: Work,
    points: u32,
    widths: &'static [u32],
    goals: &'static [(&'static str, &'static str)],
) -> Item {
    Item {
        work,
        points,
        widths,
        goals,
    }
}

const SMALL: [Item; 4] = works(30, &[80, 80], [&[]; 4]);

const MIDDLE: [Item; 4] = works(
    64,
    &[128, 128, 128],
    [
        &[
            ("jacobian", ">= 100 times"),
            ("structured", ">= 5 times"),
            ("tensorflow", ">= 200 times"),
        ],
        &[("structured", ">= 5 times"), ("tensorflow", ">= 8 times")],
        &[],
        &[("jacobian", ">= 3 times"), ("structured", ">= 3 times")],
    ],
);

/// At this size, also as a share of what the machine could do.
const LARGE: [Item; 4] = works(128, &[256, 256, 256], [&[]; 4]);

const FRAMES: [Item; 3] = [
    // The exhibit's defaults.
    item(Work::Frame(5), 20, &[64, 64], &[]),
    item(
        Work::Frame(20),
        30,
        &[80, 80],
        &[("jacobian", ">= 15 times")],
    ),
    item(Work::Frame(1), 128, &[256, 256, 256], &[]),
];

/// Seeds of data and weights: the exhibit's defaults.
const SEEDS: (u32, u32) = (12, 1);

/// Rounds that count: as many as fit this many seconds, within limits.
const SECONDS: f64 = 5.0;
const FEWEST: f64 = 5.0;
const MOST: f64 = 60.0;

/// Seconds in which compilers and caches warm up, after the first round.
const WARM: f64 = 0.5;

/// The engine's time in one round, in ms: above the grain of the clock.
const LEAST: f64 = 1.0;

/// Share of the peak that is worth having.
const SHARE: &str = ">= 65 %";

/// Runs all items.
pub fn measure(browser: &Browser, host: &Host, report: &mut Report) -> Result<()> {
    open(browser, host)?;
    let section = "computing, engine in WebAssembly and peers, round by round";
    if let Err(reason) = host.packages() {
        report.missing(section, TENSORFLOW.title, reason);
        report.missing(section, &format!("{EIGENSOLVER}, for eigenbases"), reason);
    }
    for item in SMALL.iter().chain(&MIDDLE).chain(&LARGE).chain(&FRAMES) {
        let name = format!(
            "{}, n={}, {}",
            item.work.title(),
            item.points,
            dashed(item.widths)
        );
        run(browser, host, item, section, &name, report).with_context(|| name.clone())?;
    }
    against_peak(browser, report)
}

/// Opens the page that computes.
pub fn open(browser: &Browser, host: &Host) -> Result<()> {
    browser.open(&host.address("/bench/compute.html"))?;
    browser.wait("the module", 20.0, "return 'bench' in window", &[])?;
    Ok(())
}

/// The exhibit's problem at its defaults, but for the size.
pub fn problem(points: u32, widths: &[u32]) -> Value {
    json!({
        "points": points, "widths": widths, "dataSeed": SEEDS.0, "weightSeed": SEEDS.1,
    })
}

fn dashed(widths: &[u32]) -> String {
    let words: Vec<String> = widths.iter().map(u32::to_string).collect();
    words.join("-")
}

/// Peers that have a work, given which packages are there.
fn peers(host: &Host, work: Work) -> Vec<Peer> {
    let packages = host.packages().is_ok();
    let mut peers = Vec::new();
    if packages || !work.decomposes() {
        peers.extend([JACOBIAN, STRUCTURED]);
    }
    if packages && !work.decomposes() {
        peers.push(TENSORFLOW);
    }
    peers
}

/// Times of each participant, by name.
type Times = BTreeMap<String, Vec<f64>>;

fn run(
    browser: &Browser,
    host: &Host,
    item: &Item,
    section: &'static str,
    name: &str,
    report: &mut Report,
) -> Result<()> {
    let peers = peers(host, item.work);
    let names: Vec<&str> = peers.iter().map(|peer| peer.name).collect();
    browser.run(
        "bench.open(...arguments)",
        &[problem(item.points, item.widths), json!(names)],
    )?;
    let mut distances: Vec<Distances> = peers.iter().map(|_| Distances::default()).collect();
    let mut compare = |all: bool| -> Result<()> {
        let apart = browser.run(
            "return bench.compare(arguments[0])",
            &[json!(item.work.name())],
        )?;
        let compared = peers.iter().zip(&mut distances);
        for (peer, distances) in compared.filter(|(peer, _)| all || peer.follows) {
            distances.take(peer, &apart[peer.name])?;
        }
        Ok(())
    };
    // One round, compared, before anything counts.
    rounds(browser, item.work, 1, 1)?;
    compare(true)?;
    let (_, second) = seconds(&rounds(browser, item.work, 1, 1)?);
    let warm = (WARM / second).clamp(0.0, 100.0) as u32;
    let last = match warm {
        0 => rounds(browser, item.work, 1, 1)?,
        _ => rounds(browser, item.work, 1, warm)?,
    };
    let (engine, all) = seconds(&last);
    let repeats = (LEAST / 1000.0 / engine).ceil().clamp(1.0, 50.0);
    let round = all * repeats;
    let count = (SECONDS / round).clamp(FEWEST, MOST) as u32;
    // A script may not take too long.
    let chunk = (SECONDS / round).max(1.0) as u32;
    let mut times = Times::new();
    let mut left = count;
    while left > 0 {
        let now = left.min(chunk);
        for (who, more) in rounds(browser, item.work, repeats as u32, now)? {
            times.entry(who).or_default().extend(more);
        }
        left -= now;
    }
    compare(false)?;
    for (peer, distances) in peers.iter().zip(&distances) {
        report.agreement(distances.value(name, peer));
    }
    lines(item, section, name, &peers, &times, report)
}

/// Medians of the engine and of each peer, then the ratios.
fn lines(
    item: &Item,
    section: &'static str,
    name: &str,
    peers: &[Peer],
    times: &Times,
    report: &mut Report,
) -> Result<()> {
    let engine = times.get("engine").context("the engine was not timed")?;
    let sampled = |values: Vec<f64>| Sample::new(values).context("nothing was measured");
    report.median(
        section,
        &format!("{name}: engine"),
        sampled(engine.clone())?,
        "ms",
    );
    for peer in peers {
        let theirs = times.get(peer.name).context("a peer was not timed")?;
        let label = format!("  {}", peer.title);
        report.median(section, &label, sampled(theirs.clone())?, "ms");
    }
    for peer in peers {
        let theirs = times.get(peer.name).context("a peer was not timed")?;
        let ratios = theirs
            .iter()
            .zip(engine)
            .map(|(peer, engine)| peer / engine);
        let label = format!("  {} / engine", peer.title);
        report.median(section, &label, sampled(ratios.collect())?, "times");
        if let Some((_, goal)) = item.goals.iter().find(|(who, _)| *who == peer.name) {
            report.goal(goal);
        }
    }
    Ok(())
}

/// Times so many rounds.
fn rounds(browser: &Browser, work: Work, repeats: u32, count: u32) -> Result<Times> {
    let settings = [
        json!(work.name()),
        json!(work.steps()),
        json!(repeats),
        json!(count),
    ];
    let answer = browser.run("return bench.rounds(...arguments)", &settings)?;
    let answer = answer.as_object().context("the page timed nothing")?;
    answer
        .iter()
        .map(|(who, times)| Ok((who.clone(), numbers(times)?)))
        .collect()
}

/// Seconds that the engine needed in the quickest round, and all together.
fn seconds(times: &Times) -> (f64, f64) {
    let quickest =
        |values: &Vec<f64>| values.iter().copied().fold(f64::INFINITY, f64::min) / 1000.0;
    // No work takes no time at all: the clock may not see it.
    let engine = times.get("engine").map_or(0.0, quickest).max(1e-6);
    let all: f64 = times.values().map(quickest).sum();
    (engine, all.max(1e-6))
}

/// Operations a second of the engine's products beside what registers alone
/// allow.
fn against_peak(browser: &Browser, report: &mut Report) -> Result<()> {
    let section = "operations a second in WebAssembly, double precision";
    let peak = sample(&browser.run("return bench.peak(30)", &[])?)?;
    let most = peak.median();
    report.median(
        section,
        "multiply-adds of f64x2 in registers, the peak",
        peak,
        "GF/s",
    );
    for item in &LARGE {
        let Some(count) = item.work.operations(item.points, item.widths) else {
            continue;
        };
        browser.run(
            "bench.open(...arguments)",
            &[problem(item.points, item.widths), json!([])],
        )?;
        rounds(browser, item.work, 1, 10)?;
        let times = rounds(browser, item.work, 1, 40)?;
        let times = times.get("engine").context("the engine was not timed")?;
        let rates: Vec<f64> = times.iter().map(|ms| count / ms / 1e6).collect();
        let shares = rates.iter().map(|rate| 100.0 * rate / most).collect();
        let name = format!(
            "{}, n={}, {}",
            item.work.title(),
            item.points,
            dashed(item.widths)
        );
        let rates = Sample::new(rates).context("nothing was measured")?;
        report.median(section, &format!("{name}: engine"), rates, "GF/s");
        let shares = Sample::new(shares).context("nothing was measured")?;
        report.median(section, &format!("{name}: share of the peak"), shares, "%");
        report.goal(SHARE);
    }
    Ok(())
}
