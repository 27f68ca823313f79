//! Plays pages for as many frames as an hour of watching has, and prints what
//! they hold in memory and how long their frames take: `cargo xtask soak`.

use anyhow::{Context, Result, bail};
use browser_tests::soak::{Moment, Setting, grown, open, play};
use browser_tests::{Browser, Options};
use std::process::ExitCode;
use std::time::Instant;

/// What is played. With a reading of 2 ms there are up to four steps a frame,
/// with one of 4 ms two.
const SETTINGS: [Setting; 7] = [
    Setting {
        name: "page",
        path: Some(""),
        element: "",
        reading: 2.0,
    },
    alone("spectrum", "exhibit=spectrum", 2.0),
    alone("channel", "exhibit=channel", 2.0),
    alone("grokking", "exhibit=grokking", 4.0),
    alone("race", "exhibit=race", 2.0),
    alone("descent", "exhibit=descent", 4.0),
    // The longest run that there is: 72 000 steps.
    alone("descent-long", "exhibit=descent seeds=12 steps=6000", 4.0),
];

const fn alone(name: &'static str, element: &'static str, reading: f64) -> Setting {
    Setting {
        name,
        path: None,
        element,
        reading,
    }
}

/// At which frames a page is looked at: the first, the first twentieth, and the
/// rest in four parts.
const AT: [u64; 6] = [0, 10_000, 57_500, 105_000, 152_500, 200_000];
/// From which of them on nothing may grow.
const SETTLED: usize = 1;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nsoak: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let settings = match &wanted[..] {
        [] => SETTINGS.to_vec(),
        [names] => names.split(',').map(named).collect::<Result<_>>()?,
        _ => bail!("names of settings are separated by commas"),
    };
    let mut failures = Vec::new();
    for setting in &settings {
        let started = Instant::now();
        // A browser of its own: what one leaves is no other's. One that compiles
        // goes on doing so for as long as a page plays, and what it compiled
        // would be counted as the page's.
        let browser = Browser::start(&Options {
            interpreted: true,
            ..Options::default()
        })?;
        let _server = open(&browser, setting)
            .with_context(|| format!("the setting \u{201c}{}\u{201d}", setting.name))?;
        println!("{}", heading(setting));
        let mut moments = Vec::with_capacity(AT.len());
        for frames in AT {
            let moment = play(&browser, frames)?;
            println!("{}", line(&moment));
            moments.push(moment);
        }
        let (settled, last) = (&moments[SETTLED], &moments[AT.len() - 1]);
        println!("{}", growth(settled, last));
        println!("  in {:.0} s", started.elapsed().as_secs_f64());
        let errors = browser.errors();
        if !errors.is_empty() {
            bail!("the page reported:\n{}", errors.join("\n"));
        }
        failures.extend(grown(settled, last).iter().map(|(what, [before, after])| {
            format!("{}: {what} from {before} to {after}", setting.name)
        }));
    }
    if failures.is_empty() {
        return Ok(());
    }
    bail!(
        "after the first twentieth there grew:\n{}",
        failures.join("\n")
    )
}

fn named(name: &str) -> Result<Setting> {
    let found = SETTINGS.iter().find(|setting| setting.name == name);
    let all: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
    found.copied().with_context(|| {
        format!(
            "there is no setting \u{201c}{name}\u{201d}; there are {}",
            all.join(", ")
        )
    })
}

fn heading(setting: &Setting) -> String {
    let columns = [
        "engine MB",
        "heap MB",
        "elements",
        "nodes",
        "listeners",
        "restarts",
        "step",
        "median ms",
        "p99 ms",
    ];
    columns
        .iter()
        .fold(format!("\n{:<14}", setting.name), |text, name| {
            text + &format!(" {name:>9}")
        })
}

fn line(moment: &Moment) -> String {
    let or_dash = |number: Option<f64>, digits: usize| {
        number.map_or("-".into(), |number| format!("{number:.digits$}"))
    };
    let cells = [
        format!("{:.2}", moment.module / 1e6),
        or_dash(moment.counts.map(|counts| counts.heap / 1e6), 3),
        moment.elements.to_string(),
        or_dash(moment.counts.map(|counts| counts.nodes), 0),
        or_dash(moment.counts.map(|counts| counts.listeners), 0),
        moment.restarts.to_string(),
        moment.step.to_string(),
        or_dash(moment.times.map(|[median, _]| median), 2),
        or_dash(moment.times.map(|[_, p99]| p99), 2),
    ];
    cells
        .iter()
        .fold(format!("{:>14}", moment.frames), |text, cell| {
            text + &format!(" {cell:>9}")
        })
}

fn growth(settled: &Moment, last: &Moment) -> String {
    let pairs = settled.sizes().into_iter().zip(last.sizes());
    let growth: Vec<String> = pairs
        .map(|((name, before), (_, after))| {
            format!("{name} {:+.2} %", 100.0 * (after / before - 1.0))
        })
        .collect();
    let frames = settled.frames;
    format!("  after frame {frames}: {}", growth.join(", "))
}
