//! `cargo xtask claims`: how the project's own runs judge every claim, as
//! `www/claims.json`, which the last section of the page shows.
//!
//! The study knows verdicts and seeds. The commit that it was compiled from, and the
//! day of that commit, are added here. [`File`] is the format of the file.

use crate::project;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::ser::{Formatter, Serializer};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// What is run, and what the page says was run.
const STUDY: [&str; 5] = ["run", "--release", "--", "study", "claims"];
/// The file, from the root.
const FILE: &str = "www/claims.json";

/// How to run the study.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Run this many seeds at the same time [default: one for each processor]
    #[arg(long, value_name = "N")]
    pub threads: Option<std::num::NonZeroUsize>,
}

/// Runs the study and writes the file.
///
/// # Errors
/// When something is not committed, since the file names the commit it comes
/// from, or when the study fails.
pub fn claims(options: &Options) -> Result<()> {
    let root = project::root();
    let changed = git(&["status", "--porcelain"])?;
    if let Some(other) = changed.lines().find(|line| !line.ends_with(FILE)) {
        bail!("commit first, since {FILE} names the commit it was made from:\n{other}");
    }
    // Before the study: it takes minutes, in which somebody may commit.
    let last = git(&["log", "-1", "--abbrev=9", "--format=%h %cs"])?;
    let (commit, date) = last.split_once(' ').context("git names no commit")?;
    let mut study = project::cargo(STUDY);
    study.args(["--format", "json"]);
    if let Some(threads) = options.threads {
        study.args(["--threads", &threads.to_string()]);
    }
    let report = serde_json::from_slice(&output(&mut study)?)
        .context("the study printed no report in the expected format")?;
    write(&root.join(FILE), &File::new(&report, date, commit)?)
}

fn write(path: &Path, file: &File) -> Result<()> {
    let text = file.text()?;
    std::fs::write(path, &text).with_context(|| format!("cannot write {}", path.display()))?;
    println!("Wrote {}, {} bytes.", path.display(), text.len());
    Ok(())
}

fn git(arguments: &[&str]) -> Result<String> {
    let mut command = Command::new("git");
    let out = output(command.args(arguments).current_dir(project::root()))?;
    Ok(String::from_utf8_lossy(&out).trim_end().to_owned())
}

/// What a command prints; its errors go to the terminal.
fn output(command: &mut Command) -> Result<Vec<u8>> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {program}"))?;
    if !output.status.success() {
        bail!("{program} failed");
    }
    Ok(output.stdout)
}

/// The report of the study, as far as it is used.
#[derive(Deserialize)]
struct Report {
    seeds: Vec<u32>,
    tables: Vec<Table>,
}

/// An exhibit. The last column holds the theory's sentences, each other one the runs
/// that ended with the verdict of its title.
#[derive(Deserialize)]
struct Table {
    name: String,
    title: String,
    columns: Vec<String>,
    rows: Vec<Row>,
    notes: Vec<String>,
}

/// A claim.
#[derive(Deserialize)]
struct Row {
    name: String,
    cells: Vec<Cell>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Cell {
    Runs { hits: u32 },
    Theory(String),
}

/// `www/claims.json`.
#[derive(Serialize)]
struct File<'a> {
    command: String,
    date: &'a str,
    commit: &'a str,
    seeds: &'a [u32],
    verdicts: Vec<String>,
    exhibits: Vec<Exhibit<'a>>,
}

#[derive(Serialize)]
struct Exhibit<'a> {
    name: &'a str,
    title: &'a str,
    /// How it was run if not once per seed at its defaults.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a String>,
    claims: Vec<Claim<'a>>,
}

#[derive(Serialize)]
struct Claim<'a> {
    name: &'a str,
    theory: &'a str,
    /// For each of the verdicts, how many runs ended with it.
    counts: Vec<u32>,
}

impl<'a> File<'a> {
    fn new(report: &'a Report, date: &'a str, commit: &'a str) -> Result<File<'a>> {
        let columns = report.tables.first().map(|table| table.columns.as_slice());
        let (_, verdicts) = columns
            .and_then(<[String]>::split_last)
            .context("the study's report has no columns")?;
        let exhibits = report
            .tables
            .iter()
            .map(|table| Exhibit::new(table).with_context(|| format!("exhibit {}", table.name)));
        Ok(File {
            command: format!("cargo {}", STUDY.join(" ")),
            date,
            commit,
            seeds: &report.seeds,
            verdicts: verdicts.iter().map(|name| name.replace(' ', "-")).collect(),
            exhibits: exhibits.collect::<Result<_>>()?,
        })
    }

    /// The text of the file, an exhibit or a claim a line.
    fn text(&self) -> Result<String> {
        let mut text = Vec::new();
        self.serialize(&mut Serializer::with_formatter(&mut text, ObjectALine))?;
        Ok(format!("{}\n", String::from_utf8(text)?.trim_start()))
    }
}

impl<'a> Exhibit<'a> {
    fn new(table: &'a Table) -> Result<Exhibit<'a>> {
        Ok(Exhibit {
            name: &table.name,
            title: &table.title,
            note: table.notes.first(),
            claims: table.rows.iter().map(Claim::new).collect::<Result<_>>()?,
        })
    }
}

impl<'a> Claim<'a> {
    fn new(row: &'a Row) -> Result<Claim<'a>> {
        let Some((Cell::Theory(theory), runs)) = row.cells.split_last() else {
            bail!("the claim {} does not end with a sentence", row.name);
        };
        let count = |cell: &Cell| match cell {
            Cell::Runs { hits } => Ok(*hits),
            Cell::Theory(text) => bail!("the claim {} counts \u{201c}{text}\u{201d}", row.name),
        };
        Ok(Claim {
            name: &row.name,
            theory,
            counts: runs.iter().map(count).collect::<Result<_>>()?,
        })
    }
}

/// Begins every object on a new line.
struct ObjectALine;

impl Formatter for ObjectALine {
    fn begin_object<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\n{")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn report(last: Value) -> Result<Report> {
        let hits = |hits: u32| json!({ "samples": [], "hits": hits });
        Ok(serde_json::from_value(json!({
            "seeds": [1, 2],
            "tables": [{
                "name": "demo",
                "title": "A \"demo\"",
                "columns": ["holds", "does not hold", "the theory says"],
                "rows": [{ "name": "a", "cells": [hits(2), hits(0), last] }],
                "notes": ["1 run"],
            }],
        }))?)
    }

    #[test]
    fn the_page_file_counts_the_runs_of_every_verdict() -> Result<()> {
        let report = report(json!("It <b>is</b> so."))?;
        let text = File::new(&report, "2026-03-01", "abc")?.text()?;
        assert_eq!(
            serde_json::from_str::<Value>(&text)?,
            json!({
                "command": "cargo run --release -- study claims",
                "date": "2026-03-01",
                "commit": "abc",
                "seeds": [1, 2],
                "verdicts": ["holds", "does-not-hold"],
                "exhibits": [{
                    "name": "demo",
                    "title": "A \"demo\"",
                    "note": "1 run",
                    "claims": [{ "name": "a", "theory": "It <b>is</b> so.", "counts": [2, 0] }],
                }],
            })
        );
        let claim = "{\"name\":\"a\",\"theory\":\"It <b>is</b> so.\",\"counts\":[2,0]}]}]}";
        assert_eq!(text.lines().last(), Some(claim));
        Ok(())
    }

    #[test]
    fn a_claim_without_its_sentence_is_named() -> Result<()> {
        let report = report(json!({ "hits": 1 }))?;
        let error = File::new(&report, "2026-03-01", "abc").err();
        let error = error.map(|error| format!("{error:#}"));
        assert_eq!(
            error.as_deref(),
            Some("exhibit demo: the claim a does not end with a sentence")
        );
        Ok(())
    }
}
