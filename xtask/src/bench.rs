//! `cargo xtask bench`: how fast and how large the page is, and how
//! peers in the same browser compare. Reported, not asserted: times belong to a machine.

use crate::build::{self, wasm};
use crate::project;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// Package of the module that calls the engine without an exhibit.
const PACKAGE: &str = "bench-wasm";
/// Its name as a module.
const MODULE: &str = "bench_wasm";

/// What to measure.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Measure only these sections, separated by commas: start, size, interaction,
    /// frames, slow, compute, operators, grokking, growth, native
    #[arg(long, value_name = "SECTION,...")]
    pub only: Option<String>,
}

/// Builds the site and the benchmark's module, then measures both in a browser.
///
/// # Errors
/// When a build fails, the browser does not start, or a peer does not
/// compute what the engine does.
pub fn bench(options: &Options) -> Result<()> {
    build::build()?;
    let module = wasm::compile(PACKAGE)?;
    let folder = target(&module)?.join("bench");
    let wasm = folder.join("wasm");
    std::fs::create_dir_all(&wasm).with_context(|| format!("cannot create {}", wasm.display()))?;
    wasm::bindgen(&module, MODULE, &wasm)?;
    println!("\nMeasuring, which takes some minutes: leave the machine alone ...");
    project::run(
        project::cargo(["run", "--quiet"])
            .args(["--package", "bench-driver", "--"])
            .arg(&folder)
            .args(&options.only),
    )
}

/// The target folder, in which cargo put the module somewhere.
fn target(module: &Path) -> Result<PathBuf> {
    module
        .ancestors()
        .filter(|folder| folder.join("CACHEDIR.TAG").exists())
        // With `--target`, cargo may mark an inner folder as well.
        .last()
        .map(Path::to_path_buf)
        .with_context(|| format!("{} lies in no target folder", module.display()))
}
