//! `cargo xtask coverage`: how many lines of `src/` the native tests run
//! through, module by module. What is compiled for the browser alone, `src/web/`, is
//! not part of it: the browser tests are its tests, and they count no lines.

use crate::project;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Percent of all lines that have to be run through.
const WANTED: f64 = 90.0;
/// A file with less than this is named.
const POOR: f64 = 80.0;

/// The crate of the inner loops, which is not part of `src/`. Counting each of
/// their turns takes far longer than the turn.
const UNCOUNTED: &str = "arithmetic";
/// Set where this program stands between cargo-llvm-cov and the compiler.
const COMPILING: &str = "NTK_COVERAGE_COMPILING";

/// Runs the native tests, and says which lines they have seen.
///
/// # Errors
/// When cargo-llvm-cov is not installed, a test fails, or too few lines are
/// run through.
pub fn coverage() -> Result<()> {
    ensure!(
        project::on_path("cargo-llvm-cov").is_some(),
        "there is no cargo-llvm-cov: `cargo install cargo-llvm-cov --locked` builds it, and it \
         asks rustup for llvm-tools"
    );
    let file = project::target()?.join("coverage.json");
    let mut command = project::cargo(["llvm-cov", "--package", "ntk-playground"]);
    command.args(["--json", "--summary-only", "--output-path"]);
    let this = std::env::current_exe().context("this program has no path")?;
    command.env("RUSTC_WRAPPER", this).env(COMPILING, "");
    project::run(command.arg(&file))?;
    let text = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let files = files(
        &serde_json::from_slice(&text)?,
        &project::root().join("src"),
    )?;
    print!("{}", table(&files));
    let all: Lines = files.values().copied().sum();
    ensure!(
        all.percent() >= WANTED,
        "fewer than {WANTED} % of the lines are run through"
    );
    Ok(())
}

/// Compiles what cargo-llvm-cov asks for, the inner loops without counters.
/// `None` where nobody asks.
#[must_use]
pub fn compile() -> Option<Result<()>> {
    std::env::var_os(COMPILING)?;
    let mut words = std::env::args_os().skip(1);
    Some((|| {
        let compiler = words.next().context("no compiler is named")?;
        let words: Vec<OsString> = words.collect();
        let status = Command::new(&compiler).args(uncounted(words)).status();
        let status = status.with_context(|| format!("cannot start {}", compiler.display()))?;
        ensure!(status.success(), "the compiler failed");
        Ok(())
    })())
}

/// The compiler's words, without counters for the inner loops.
fn uncounted(mut words: Vec<OsString>) -> Vec<OsString> {
    let is_loops = words
        .windows(2)
        .any(|pair| pair[0] == "--crate-name" && pair[1] == UNCOUNTED);
    for word in words.iter_mut().filter(|_| is_loops) {
        if *word == "instrument-coverage" {
            *word = "instrument-coverage=off".into();
        }
    }
    words
}

/// Lines that hold code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
struct Lines {
    #[serde(rename = "count")]
    all: u64,
    #[serde(rename = "covered")]
    run: u64,
}

impl Lines {
    fn percent(self) -> f64 {
        100.0 * self.run as f64 / self.all as f64
    }
}

impl std::iter::Sum for Lines {
    fn sum<I: Iterator<Item = Lines>>(lines: I) -> Lines {
        lines.fold(Lines::default(), |sum, one| Lines {
            all: sum.all + one.all,
            run: sum.run + one.run,
        })
    }
}

/// The report of cargo-llvm-cov, as far as it is used.
#[derive(Deserialize)]
struct Report {
    data: Vec<Export>,
}

#[derive(Deserialize)]
struct Export {
    files: Vec<File>,
}

#[derive(Deserialize)]
struct File {
    filename: PathBuf,
    summary: Summary,
}

#[derive(Deserialize)]
struct Summary {
    lines: Lines,
}

/// The files below a folder, by their path in it.
fn files(report: &Report, folder: &Path) -> Result<BTreeMap<String, Lines>> {
    let mut files = BTreeMap::new();
    for file in report.data.iter().flat_map(|export| &export.files) {
        if let Ok(path) = file.filename.strip_prefix(folder) {
            files.insert(path.to_string_lossy().into_owned(), file.summary.lines);
        }
    }
    ensure!(
        !files.is_empty(),
        "the report has no file of {}",
        folder.display()
    );
    Ok(files)
}

/// The module of a file: its folder, of the command line also the studies, which
/// take minutes each and are no test's to run.
fn module(file: &str) -> &str {
    match file.split_once('/') {
        Some(("command", rest)) if rest.starts_with("study/") => "command/study",
        Some((folder, _)) => folder,
        None => "the rest",
    }
}

fn table(files: &BTreeMap<String, Lines>) -> String {
    let mut modules: BTreeMap<&str, Lines> = BTreeMap::new();
    for (file, lines) in files {
        let sum = modules.entry(module(file)).or_default();
        *sum = [*sum, *lines].into_iter().sum();
    }
    let mut text = format!("\n{:<44} {:>7} {:>7} {:>8}\n", "", "lines", "run", "");
    let mut line = |name: &str, lines: Lines| {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{name:<44} {:>7} {:>7} {:>6.1} %",
            lines.all,
            lines.run,
            lines.percent()
        );
    };
    for (module, lines) in &modules {
        line(module, *lines);
    }
    line("src/ without web", files.values().copied().sum());
    let outside = files
        .iter()
        .filter(|(file, _)| module(file) != "command/study");
    let outside = outside.map(|(_, lines)| *lines).sum();
    line("the same without command/study", outside);
    for (file, lines) in files.iter().filter(|(_, lines)| lines.percent() < POOR) {
        line(&format!("  below {POOR} %: {file}"), *lines);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn inner_loops_are_not_counted() {
        let words = |name: &str, counted: &str| {
            ["--crate-name", name, "-C", counted]
                .map(OsString::from)
                .to_vec()
        };
        let counted = "instrument-coverage";
        assert_eq!(
            uncounted(words("arithmetic", counted)),
            words("arithmetic", "instrument-coverage=off")
        );
        assert_eq!(uncounted(words("other", counted)), words("other", counted));
    }

    #[test]
    fn lines_are_added_up_by_module() -> Result<()> {
        let file = |name: &str, count: u64, covered: u64| json!({"filename": name, "summary": {"lines": {"count": count, "covered": covered}}});
        let report = json!({"data": [{"files": [
            file("/project/src/kernel/a.rs", 10, 10),
            file("/project/src/kernel/b.rs", 30, 20),
            file("/project/src/command/study/c.rs", 60, 0),
            file("/project/tests/d.rs", 99, 99),
        ]}]});
        let files = files(&serde_json::from_value(report)?, Path::new("/project/src"))?;
        let table = table(&files);
        let lines: Vec<String> = table
            .lines()
            .skip(2)
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(
            lines,
            [
                "command/study 60 0 0.0 %",
                "kernel 40 30 75.0 %",
                "src/ without web 100 30 30.0 %",
                "the same without command/study 40 30 75.0 %",
                "below 80 %: command/study/c.rs 60 0 0.0 %",
                "below 80 %: kernel/b.rs 30 20 66.7 %",
            ]
        );
        Ok(())
    }
}
