//! `cargo xtask test`: every check, one after the other, cheapest first.

pub(crate) mod browsers;
pub(crate) mod chromium;
mod types;

use crate::{project, standalone};
use anyhow::{Context, Result, bail};
use std::fmt::Write as _;
use std::time::Instant;

/// One check.
struct Stage {
    name: &'static str,
    what: &'static str,
    run: fn() -> Result<()>,
}

/// The stages that say in the end what they left out.
const TYPES: &str = "types";
const BROWSER: &str = "browser";

const STAGES: [Stage; 8] = [
    Stage {
        name: "fmt",
        what: "the code is formatted",
        run: || cargo(&["fmt", "--all", "--check"]),
    },
    Stage {
        name: "clippy",
        what: "no warning in any package",
        run: || cargo(&["clippy", "--workspace", "--all-targets", "--", "-Dwarnings"]),
    },
    Stage {
        name: "clippy-wasm",
        what: "no warning in the code for the browser",
        run: clippy_wasm,
    },
    Stage {
        name: "doc",
        what: "the documentation builds and its links lead somewhere",
        run: || {
            let mut command = project::cargo(["doc", "--no-deps", "--package", "ntk-playground"]);
            project::run(command.env("RUSTDOCFLAGS", "-Dwarnings"))
        },
    },
    Stage {
        name: "native",
        what: "tests and examples of the crate and of this tool",
        run: || {
            cargo(&["test", "--package", "ntk-playground"])?;
            cargo(&["test", "--package", "xtask"])
        },
    },
    Stage {
        name: "build",
        what: "the page in dist/, also as one file",
        run: standalone::standalone,
    },
    Stage {
        name: TYPES,
        what: "the types of the scripts, where npm is here",
        run: types::run,
    },
    Stage {
        name: BROWSER,
        what: "the page in all browsers that are here, Chromium at least",
        run: browsers::run,
    },
];

/// The stages, one a line.
pub fn stages() -> String {
    STAGES.iter().fold(String::new(), |mut text, stage| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {:<12} {}", stage.name, stage.what);
        text
    })
}

/// Runs all stages, or the one that is named.
///
/// # Errors
/// At the first stage that fails, with its name.
pub fn test(only: Option<&str>) -> Result<()> {
    if let Some(name) = only
        && STAGES.iter().all(|stage| stage.name != name)
    {
        bail!(
            "there is no stage \u{201c}{name}\u{201d}; the stages are:\n{}",
            stages()
        );
    }
    let mut times = String::new();
    for stage in STAGES
        .iter()
        .filter(|stage| only.is_none_or(|name| name == stage.name))
    {
        println!("\n== {}: {}", stage.name, stage.what);
        let started = Instant::now();
        (stage.run)().with_context(|| format!("stage {}", stage.name))?;
        let seconds = started.elapsed().as_secs_f64();
        println!("== {} passed in {seconds:.1} s", stage.name);
        writeln!(times, "  {:<12} {seconds:>6.1} s", stage.name)?;
    }
    println!("\nAll passed:\n{times}");
    if only.is_none_or(|name| name == TYPES) {
        println!("{}", types::report());
    }
    if only.is_none_or(|name| name == BROWSER) {
        println!("{}", browsers::report());
    }
    Ok(())
}

fn cargo(arguments: &[&str]) -> Result<()> {
    project::run(&mut project::cargo(arguments))
}

fn clippy_wasm() -> Result<()> {
    project::ensure_wasm_target()?;
    // Both engines of the page: with all exhibits, and with the first alone.
    for features in ["--features=all-exhibits", "--no-default-features"] {
        cargo(&[
            "clippy",
            "--package",
            "ntk-playground",
            "--lib",
            features,
            "--target",
            project::WASM,
            "--",
            "-Dwarnings",
        ])?;
    }
    Ok(())
}
