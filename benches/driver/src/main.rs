//! Measures the built page in one headless browser and prints a table.
//!
//! `cargo xtask bench` builds what is measured and starts this with the folder
//! that holds the benchmark's module; the results are left there as JSON.

mod compute;
mod counter;
mod frames;
mod host;
mod interaction;
mod native;
mod operators;
mod report;
mod size;
mod start;
mod statistics;

use anyhow::{Context, Result};
use browser_tests::{Browser, Options};
use host::Host;
use report::Report;
use std::path::PathBuf;
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

fn run() -> Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .map(PathBuf::from)
        .context("say in which folder the benchmark's module is; `cargo xtask bench` does")?;
    let host = Host::start(&folder.join("wasm"))?;
    let browser = Browser::start(&Options::default())?;
    let mut report = Report::new(&browser)?;
    // First of all the loads, while nothing else has warmed the browser up.
    start::measure(&browser, &host, &mut report)?;
    size::measure(&browser, &host, &mut report)?;
    interaction::measure(&browser, &host, &mut report)?;
    frames::measure(&browser, &host, &mut report)?;
    compute::measure(&browser, &host, &mut report)?;
    operators::measure(&browser, &host, &mut report)?;
    native::measure(&folder, &[], &mut report)?;
    print!("{}", report.table());
    let file = folder.join("spectrum.json");
    report.write(&file)?;
    println!(
        "\nThe same as data, with the sizes of all files: {}",
        file.display()
    );
    Ok(())
}
