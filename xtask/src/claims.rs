//! `cargo xtask claims`: how the project's own runs judge every claim, as
//! `www/claims.json`, which the last section of the page shows.
//!
//! Every claim is judged twice, on two sets of seeds that nothing was chosen on. What they do not
//! agree on is undecided. The study knows verdicts and seeds. The commit that it was compiled
//! from, and the day of that commit, are added here. [`File`] is the format of the file. Units
//! are kept in the target folder, so that a run that was stopped goes on where it was.

use crate::project;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::ser::{Formatter, Serializer};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// What is run, and what the page says was run.
const STUDY: [&str; 5] = ["run", "--release", "--", "study", "claims"];
/// What puts together what was run.
const MERGE: [&str; 5] = ["run", "--release", "--", "study", "merge"];
/// The first seeds of the two sets.
const SETS: [u32; 2] = [1_001, 2_001];
/// The file, from the root.
const FILE: &str = "www/claims.json";

/// How to run the study.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Run this many seeds at the same time [default: one for each processor]
    #[arg(long, value_name = "N")]
    pub threads: Option<std::num::NonZeroUsize>,
    /// Seeds of the second set [default: as many as of the first]
    #[arg(long, value_name = "N")]
    pub again: Option<u32>,
    /// Run nothing: take what runs of this commit have left in the target folder, as far as they
    /// came. What is missing is undecided, with its count
    #[arg(long, value_name = "COMMIT")]
    pub at: Option<String>,
}

/// Runs the study on both sets of seeds and writes the file.
///
/// # Errors
/// When something is not committed, since the file names the commit it comes
/// from, or when the study fails.
pub fn claims(options: &Options) -> Result<()> {
    let root = project::root();
    let changed = git(&["status", "--porcelain"])?;
    let other = changed.lines().find(|line| !line.ends_with(FILE));
    if let (Some(other), None) = (other, &options.at) {
        bail!("commit first, since {FILE} names the commit it was made from:\n{other}");
    }
    // Before the study: it takes long, and somebody may commit meanwhile.
    let commit = options.at.as_deref().unwrap_or("HEAD");
    let last = git(&["log", "-1", "--abbrev=9", "--format=%h %cs", commit])?;
    let (commit, date) = last.split_once(' ').context("git names no commit")?;
    let [first, again] = SETS.map(|set| judged(options, set, commit));
    let (first, again) = (first?, again?);
    write(&root.join(FILE), &File::new(&first, &again, date, commit)?)
}

/// The report on the seeds from `first` on.
fn judged(options: &Options, first: u32, commit: &str) -> Result<Report> {
    let folder = project::root()
        .join("target/claims")
        .join(commit)
        .join(first.to_string());
    let mut study = match options.at {
        Some(_) => {
            let mut merge = project::cargo(MERGE);
            merge.arg(folder).arg("--partial");
            merge
        }
        None => {
            let mut study = project::cargo(STUDY);
            study.args(["--first-seed", &first.to_string()]);
            study.arg("--out").arg(folder);
            if let Some(count) = options.again.filter(|_| first == SETS[1]) {
                study.args(["--seeds", &count.to_string()]);
            }
            if let Some(threads) = options.threads {
                study.args(["--threads", &threads.to_string()]);
            }
            study
        }
    };
    study.args(["--format", "json"]);
    serde_json::from_slice(&output(&mut study)?)
        .context("the study printed no report in the expected format")
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

/// An exhibit. The last three columns hold the verdict over all runs, what it rests on, and the
/// theory's sentence, each other one the runs that ended with the verdict of its title.
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
    Text(String),
}

/// `www/claims.json`.
#[derive(Serialize)]
struct File<'a> {
    command: String,
    date: &'a str,
    commit: &'a str,
    seeds: &'a [u32],
    /// The second set.
    again: &'a [u32],
    verdicts: Vec<String>,
    exhibits: Vec<Exhibit<'a>>,
}

#[derive(Serialize)]
struct Exhibit<'a> {
    name: &'a str,
    title: &'a str,
    /// How it was run if not once per seed at its defaults.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    claims: Vec<Claim<'a>>,
}

#[derive(Serialize)]
struct Claim<'a> {
    name: &'a str,
    theory: &'a str,
    /// For each of the verdicts, how many runs of the first set ended with it.
    counts: Vec<u32>,
    /// The verdict over all runs of the first set; undecided where the second set has another.
    verdict: String,
    /// What it rests on.
    evidence: String,
    /// The verdict of the second set, where it judges.
    #[serde(skip_serializing_if = "Option::is_none")]
    again: Option<String>,
}

impl<'a> File<'a> {
    fn new(
        report: &'a Report,
        again: &'a Report,
        date: &'a str,
        commit: &'a str,
    ) -> Result<File<'a>> {
        let columns = report.tables.first().map(|table| table.columns.as_slice());
        let verdicts = columns
            .and_then(|columns| columns.split_last_chunk::<3>())
            .map(|(verdicts, _)| verdicts)
            .context("the study's report has no columns")?;
        let exhibits = report.tables.iter().map(|table| {
            Exhibit::new(table, again).with_context(|| format!("exhibit {}", table.name))
        });
        Ok(File {
            command: format!("cargo {}", STUDY.join(" ")),
            date,
            commit,
            seeds: &report.seeds,
            again: &again.seeds,
            verdicts: verdicts.iter().map(|name| kebab(name)).collect(),
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

/// "does not hold" as "does-not-hold".
fn kebab(verdict: &str) -> String {
    verdict.replace(' ', "-")
}

impl<'a> Exhibit<'a> {
    fn new(table: &'a Table, again: &'a Report) -> Result<Exhibit<'a>> {
        let again = again.tables.iter().find(|other| other.name == table.name);
        let claim = |row: &'a Row| {
            let again = again.map_or(&[][..], |table| &table.rows);
            Claim::new(row, again.iter().find(|other| other.name == row.name))
        };
        Ok(Exhibit {
            name: &table.name,
            title: &table.title,
            note: (!table.notes.is_empty()).then(|| table.notes.join("; ")),
            claims: table.rows.iter().map(claim).collect::<Result<_>>()?,
        })
    }
}

impl Row {
    /// Whether any run judged it.
    fn was_run(&self) -> bool {
        let hit = |cell: &Cell| matches!(cell, Cell::Runs { hits } if *hits > 0);
        self.cells.iter().any(hit)
    }

    /// Runs by verdict, and the three texts.
    fn parts(&self) -> Result<(&[Cell], [&str; 3])> {
        let parts = self.cells.split_last_chunk::<3>();
        let Some((
            runs,
            [
                Cell::Text(verdict),
                Cell::Text(evidence),
                Cell::Text(theory),
            ],
        )) = parts
        else {
            bail!("the claim {} does not end with three texts", self.name);
        };
        Ok((runs, [verdict, evidence, theory]))
    }
}

/// Verdicts that another set of seeds can contradict.
const DECIDED: [&str; 4] = ["holds", "holds by construction", "partly", "does not hold"];

impl<'a> Claim<'a> {
    fn new(row: &'a Row, again: Option<&Row>) -> Result<Claim<'a>> {
        let (runs, [verdict, evidence, theory]) = row.parts()?;
        let count = |cell: &Cell| match cell {
            Cell::Runs { hits } => Ok(*hits),
            Cell::Text(text) => bail!("the claim {} counts \u{201c}{text}\u{201d}", row.name),
        };
        let mut claim = Claim {
            name: &row.name,
            theory,
            counts: runs.iter().map(count).collect::<Result<_>>()?,
            verdict: kebab(verdict),
            evidence: evidence.to_owned(),
            again: None,
        };
        if let Some(again) = again.filter(|again| DECIDED.contains(&verdict) && again.was_run()) {
            let (_, [other, other_evidence, _]) = again.parts()?;
            claim.again = Some(kebab(other));
            if other != verdict {
                claim.verdict = "undecided".into();
                claim.evidence = format!(
                    "{verdict} on one set of seeds ({evidence}), {other} on the other \
                     ({other_evidence})"
                );
            }
        }
        Ok(claim)
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

    fn report(verdict: &str, last: Value) -> Result<Report> {
        let hits = |hits: u32| json!({ "samples": [], "hits": hits });
        let cells = json!([hits(2), hits(0), verdict, format!("{verdict} in 2"), last]);
        Ok(serde_json::from_value(json!({
            "seeds": [1, 2],
            "tables": [{
                "name": "demo",
                "title": "A \"demo\"",
                "columns": ["holds", "does not hold", "verdict", "evidence", "the theory says"],
                "rows": [{ "name": "a", "cells": cells }],
                "notes": ["1 run"],
            }],
        }))?)
    }

    fn claim(again: &str) -> Result<Value> {
        let sentence = || json!("It <b>is</b> so.");
        let (first, again) = (report("holds", sentence())?, report(again, sentence())?);
        let text = File::new(&first, &again, "2026-03-01", "abc")?.text()?;
        let file: Value = serde_json::from_str(&text)?;
        let mut rest = file.clone();
        rest["exhibits"] = json!(null);
        assert_eq!(
            rest,
            json!({
                "command": "cargo run --release -- study claims",
                "date": "2026-03-01",
                "commit": "abc",
                "seeds": [1, 2],
                "again": [1, 2],
                "verdicts": ["holds", "does-not-hold"],
                "exhibits": null,
            })
        );
        assert!(
            text.lines()
                .last()
                .is_some_and(|line| line.starts_with("{\"name\":\"a\""))
        );
        Ok(file["exhibits"][0]["claims"][0].clone())
    }

    #[test]
    fn two_sets_of_seeds_that_agree_decide() -> Result<()> {
        assert_eq!(
            claim("holds")?,
            json!({
                "name": "a",
                "theory": "It <b>is</b> so.",
                "counts": [2, 0],
                "verdict": "holds",
                "evidence": "holds in 2",
                "again": "holds",
            })
        );
        Ok(())
    }

    #[test]
    fn what_they_do_not_agree_on_is_undecided() -> Result<()> {
        let claim = claim("does not hold")?;
        assert_eq!(claim["verdict"], "undecided");
        let evidence = "holds on one set of seeds (holds in 2), does not hold on the other \
                        (does not hold in 2)";
        assert_eq!(claim["evidence"], evidence);
        Ok(())
    }

    #[test]
    fn a_claim_without_its_sentence_is_named() -> Result<()> {
        let report = report("holds", json!({ "hits": 1 }))?;
        let error = File::new(&report, &report, "2026-03-01", "abc").err();
        let error = error.map(|error| format!("{error:#}"));
        assert_eq!(
            error.as_deref(),
            Some("exhibit demo: the claim a does not end with three texts")
        );
        Ok(())
    }
}
