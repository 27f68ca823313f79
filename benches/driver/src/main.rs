//! Measures the built page in one headless browser and prints a table.
//!
//! `cargo xtask bench` builds what is measured and starts this with the folder
//! that holds the benchmark's module, and with the sections that are wanted if
//! not all are; the results are left there as JSON.

mod compute;
mod counter;
mod frames;
mod grokking;
mod growth;
mod host;
mod interaction;
mod native;
mod operations;
mod operators;
mod packages;
mod peers;
mod report;
mod size;
mod slow;
mod start;
mod statistics;

use anyhow::{Context, Result, bail};
use browser_tests::{Browser, Options};
use host::Host;
use report::Report;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nbench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Measures one section.
type Measure = fn(&Browser, &Host, &mut Report) -> Result<()>;

/// All sections in their order: first of all the loads, while nothing else has
/// warmed the browser up.
const SECTIONS: &[(&str, Measure)] = &[
    ("start", start::measure),
    ("size", size::measure),
    ("interaction", interaction::measure),
    ("frames", frames::measure),
    ("slow", slow::measure),
    ("compute", compute::measure),
    ("operators", operators::measure),
    ("grokking", grokking::measure),
    ("growth", growth::measure),
    ("native", native::measure),
];

/// Those of the given names, separated by commas.
fn sections(names: &str) -> Result<Vec<&'static (&'static str, Measure)>> {
    names
        .split(',')
        .map(|wanted| {
            let found = SECTIONS.iter().find(|(name, _)| *name == wanted);
            let all: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).collect();
            found.with_context(|| {
                format!(
                    "there is no section \u{201c}{wanted}\u{201d}; there are {}",
                    all.join(", ")
                )
            })
        })
        .collect()
}

fn run() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, wanted) = match &arguments[..] {
        [folder] => (folder, None),
        [folder, names] => (folder, Some(sections(names)?)),
        _ => bail!("say in which folder the benchmark's module is; `cargo xtask bench` does"),
    };
    let folder = Path::new(folder);
    // A part of the figures does not take the place of all.
    let file = folder.join(match wanted {
        None => "spectrum.json",
        Some(_) => "only.json",
    });
    let packages = packages::install(&folder.join("packages"));
    let host = Host::start(folder, packages)?;
    let browser = Browser::start(&Options::default())?;
    let mut report = Report::new(&browser)?;
    for (_, measure) in wanted.unwrap_or_else(|| SECTIONS.iter().collect()) {
        measure(&browser, &host, &mut report)?;
    }
    print!("{}", report.table());
    report.write(&file)?;
    println!(
        "\nThe same as data, with the sizes of all files: {}",
        file.display()
    );
    Ok(())
}
