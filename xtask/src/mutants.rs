//! `cargo xtask mutants`: whether the tests notice when the engine is changed.
//!
//! cargo-mutants changes one operator or one function body at a time and runs
//! the tests; a change that no test notices is a survivor. Thousands of changes
//! want a small program: [`MODULES`] alone, without exhibits, drawing and
//! browser, and beside their unit tests every file of `tests/engine/` that
//! concerns the changed modules. All of that is one crate, laid out anew in the target
//! folder, so that a change costs one compilation and one program of tests.
//!
//! cargo-mutants numbers the changes in the order of the source, and a sample
//! `K/N` is every N-th of them from the K-th on: the same ones on every machine.

use crate::project;
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The modules that the changed ones, and their tests, need.
const MODULES: [&str; 6] = [
    "kernel",
    "network",
    "objective",
    "random",
    "task",
    "training",
];
/// The one part of the exhibits that those tests need; it needs no other.
const OPERATORS: &str = "src/exhibit/operators.rs";
/// What the test files share, in `tests/`.
const ORACLES: [&str; 3] = ["naive", "oracle", "windows"];
/// A file of tests that takes as long as all others together.
const SLOW: &str = "operator_errors_shrink_with_the_step";
/// What is changed.
const CHANGED: [&str; 2] = ["src/kernel/**", "src/training/**"];
/// The sample, unless another is asked for.
const SAMPLE: &str = "0/16";
/// How many of the changes that compile have to be noticed, in percent.
const NOTICED: f64 = 85.0;

/// Which changes.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Try every N-th change from the K-th
    #[arg(long, value_name = "K/N", default_value = SAMPLE)]
    pub sample: String,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            sample: SAMPLE.into(),
        }
    }
}

/// Tries a sample of the changes, and says which changes no test noticed.
///
/// # Errors
/// When cargo-mutants is not installed, the tests fail without any change, or
/// too few changes are noticed.
pub fn mutants(options: &Options) -> Result<()> {
    ensure!(
        project::on_path("cargo-mutants").is_some(),
        "there is no cargo-mutants: `cargo install cargo-mutants --locked` builds it"
    );
    let folder = project::target()?.join("mutants");
    let copied = folder.join("copied");
    lay_out(&copied)?;
    let mut command =
        project::cargo(["mutants", "--in-place", "--no-config", "--no-shuffle", "-v"]);
    command
        .arg("--dir")
        .arg(&copied)
        .arg("--output")
        .arg(&folder)
        .args([
            "--package",
            "ntk-playground",
            "--profile",
            "mutants",
            "--cargo-arg=--lib",
        ])
        .args(["--sharding", "round-robin", "--shard"])
        .arg(&options.sample)
        // A machine that does other things as well is no endless loop.
        .args(["--timeout-multiplier", "5", "--minimum-test-timeout", "60"])
        .args(CHANGED.iter().flat_map(|files| ["--file", files]))
        .env("CARGO_TARGET_DIR", folder.join("build"));
    let judged = judged(&mut command, &folder.join("mutants.out/outcomes.json"))?;
    println!("\n{}", judged.words());
    ensure!(
        judged.percent() >= NOTICED,
        "fewer than {NOTICED} % of the changes that compile were noticed"
    );
    Ok(())
}

/// The report of cargo-mutants, as far as it is used.
#[derive(Deserialize)]
struct Report {
    missed: u64,
    caught: u64,
    timeout: u64,
    unviable: u64,
    outcomes: Vec<Outcome>,
}

#[derive(Deserialize)]
struct Outcome {
    summary: String,
    scenario: Scenario,
}

#[derive(Deserialize)]
enum Scenario {
    Baseline,
    Mutant { name: String },
}

/// What became of a sample.
#[derive(Debug, Clone, PartialEq)]
struct Judged {
    noticed: u64,
    endless: u64,
    survivors: Vec<String>,
    refused: u64,
}

impl Judged {
    fn new(report: Report) -> Result<Judged> {
        let survivors: Vec<String> = report
            .outcomes
            .into_iter()
            .filter(|outcome| outcome.summary == "MissedMutant")
            .filter_map(|outcome| match outcome.scenario {
                Scenario::Mutant { name } => Some(name),
                Scenario::Baseline => None,
            })
            .collect();
        ensure!(
            survivors.len() as u64 == report.missed,
            "cargo-mutants does not name every survivor"
        );
        Ok(Judged {
            noticed: report.caught,
            endless: report.timeout,
            survivors,
            refused: report.unviable,
        })
    }

    fn compiled(&self) -> u64 {
        self.noticed + self.endless + self.survivors.len() as u64
    }

    /// Share of those that compile that were noticed: a test that does not end
    /// is one that does not pass.
    fn percent(&self) -> f64 {
        100.0 * (self.noticed + self.endless) as f64 / self.compiled() as f64
    }

    fn words(&self) -> String {
        let mut text = format!(
            "{} changes compile, {} more do not. Noticed: {}, of which {} as tests that do not end: {:.1} %.\n",
            self.compiled(),
            self.refused,
            self.noticed + self.endless,
            self.endless,
            self.percent()
        );
        for survivor in &self.survivors {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  survived: {survivor}");
        }
        text
    }
}

fn judged(command: &mut Command, report: &Path) -> Result<Judged> {
    // One of an earlier sample says nothing about this one.
    if report.exists() {
        fs::remove_file(report)?;
    }
    let status = command.status().context("cannot start cargo mutants")?;
    // 2: there are survivors; 3: some tests did not end. Both are answers.
    if !matches!(status.code(), Some(0 | 2 | 3)) {
        bail!("cargo mutants failed ({status})");
    }
    let text = fs::read(report).with_context(|| format!("cannot read {}", report.display()))?;
    Judged::new(serde_json::from_slice(&text)?)
}

/// Writes the crate that is changed.
fn lay_out(copied: &Path) -> Result<()> {
    let root = project::root();
    for part in ["src", "tests", "arithmetic"] {
        let old = copied.join(part);
        if old.exists() {
            fs::remove_dir_all(&old).with_context(|| format!("cannot clear {}", old.display()))?;
        }
    }
    project::copy(&root.join("arithmetic"), &copied.join("arithmetic"))?;
    project::copy(&root.join("tests"), &copied.join("tests"))?;
    for module in MODULES {
        let folder = root.join("src").join(module);
        if folder.is_dir() {
            project::copy(&folder, &copied.join("src").join(module))?;
        } else {
            let file = Path::new("src").join(module).with_extension("rs");
            fs::copy(root.join(&file), copied.join(&file))?;
        }
    }
    fs::create_dir_all(copied.join("src/exhibit"))?;
    fs::copy(root.join(OPERATORS), copied.join(OPERATORS))?;
    let manifest = fs::read_to_string(root.join("Cargo.toml"))?;
    fs::write(copied.join("Cargo.toml"), alone(&manifest)?)?;
    fs::copy(root.join("Cargo.lock"), copied.join("Cargo.lock"))?;
    let tests = tests(&root.join("tests/engine"))?;
    fs::write(copied.join("src/lib.rs"), library(&tests))?;
    Ok(())
}

/// The manifest of the workspace, of which two crates are left.
fn alone(manifest: &str) -> Result<String> {
    let (before, members) = manifest
        .split_once("\nmembers = [")
        .context("Cargo.toml lists no members")?;
    let (_, after) = members
        .split_once("]\n")
        .context("the list of members in Cargo.toml does not end")?;
    Ok(format!("{before}\nmembers = [\"arithmetic\"]\n{after}"))
}

/// The names of the test files that need kernel or training, and no module
/// beside [`MODULES`].
fn tests(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if path.extension().is_some_and(|ending| ending == "rs")
            && name != SLOW
            && concerns(&fs::read_to_string(&path)?)
        {
            names.push(name.into_owned());
        }
    }
    names.sort();
    ensure!(
        !names.is_empty(),
        "no file of tests concerns the changed modules"
    );
    Ok(names)
}

fn concerns(test: &str) -> bool {
    let mut used = test.split("ntk_playground::").skip(1).map(|rest| {
        rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
            .next()
            .unwrap_or_default()
    });
    let known = used.clone().all(|module| MODULES.contains(&module));
    known && used.any(|module| ["kernel", "training"].contains(&module))
}

/// The root of the crate: the modules, and the test files as modules of it.
fn library(tests: &[String]) -> String {
    let mut text = "//! The modules that are changed, and their tests.\n\n\
         #![allow(warnings)]\n\n\
         extern crate self as ntk_playground;\n\n\
         pub mod exhibit {\n    mod operators;\n    pub use operators::Operators;\n}\n"
        .to_owned();
    for module in MODULES {
        let _ = writeln!(text, "pub mod {module};");
    }
    let oracles = ORACLES.map(|name| (name.to_owned(), format!("{name}/mod")));
    let claims = tests
        .iter()
        .map(|name| (name.clone(), format!("engine/{name}")));
    for (name, file) in oracles.into_iter().chain(claims) {
        let _ = writeln!(
            text,
            "#[cfg(test)]\n#[path = \"../tests/{file}.rs\"]\nmod {name};"
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_test_that_does_not_end_has_noticed() -> Result<()> {
        let report = json!({
            "missed": 1, "caught": 2, "timeout": 1, "unviable": 5,
            "outcomes": [
                {"summary": "Success", "scenario": "Baseline"},
                {"summary": "MissedMutant", "scenario": {"Mutant": {"name": "replace a with b"}}},
                {"summary": "CaughtMutant", "scenario": {"Mutant": {"name": "replace b with c"}}},
            ],
        });
        let judged = Judged::new(serde_json::from_value(report)?)?;
        assert_eq!(judged.percent(), 75.0);
        assert_eq!(judged.survivors, ["replace a with b"]);
        Ok(())
    }

    #[test]
    fn tests_of_the_modules_alone_are_chosen() {
        assert!(concerns(
            "use ntk_playground::kernel::Spectrum;\nuse ntk_playground::random::Stream;"
        ));
        assert!(!concerns("use ntk_playground::network::Mlp;"));
        assert!(!concerns(
            "use ntk_playground::training::Gate;\nuse ntk_playground::exhibit::find;"
        ));
    }

    #[test]
    fn the_manifest_keeps_two_crates() -> Result<()> {
        let manifest = fs::read_to_string(project::root().join("Cargo.toml"))?;
        let alone = alone(&manifest)?;
        assert!(alone.contains("\nmembers = [\"arithmetic\"]\nd"), "{alone}");
        assert!(!alone.contains("xtask\""), "{alone}");
        Ok(())
    }
}
