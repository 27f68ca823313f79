//! `cargo xtask claims`: how the project's own runs judge every claim, as
//! `www/claims.json`, which the last section of the page shows.
//!
//! The study knows verdicts and seeds. What it cannot know, the commit it was
//! compiled from and the day, is added here. The file:
//!
//! ```text
//! { command, date, commit, seeds,
//!   verdicts: [name, ...],
//!   exhibits: [{ name, title, note?, claims: [{ name, theory, counts }] }] }
//! ```
//!
//! `counts` has a number for each of `verdicts`: how many runs ended with it.
//! `note` says how an exhibit was run if not once per seed at its defaults.

use crate::project;
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

/// What is run, and what the page says was run.
const STUDY: [&str; 5] = ["run", "--release", "--", "study", "claims"];
/// The file, from the root.
const FILE: &str = "www/claims.json";

/// Runs the study and writes the file.
///
/// # Errors
/// When something is not committed, since the file names the commit it comes
/// from, or when the study fails.
pub fn claims(threads: Option<usize>) -> Result<()> {
    let root = project::root();
    let changed = git(&["status", "--porcelain"])?;
    if let Some(other) = changed.lines().find(|line| !line.ends_with(FILE)) {
        bail!("commit first, since {FILE} names the commit it was made from:\n{other}");
    }
    // Before the study: it takes minutes, in which somebody may commit.
    let commit = git(&["rev-parse", "--short=9", "HEAD"])?;
    let mut study = project::cargo(STUDY);
    study.args(["--format", "json"]);
    if let Some(threads) = threads {
        study.args(["--threads", &threads.to_string()]);
    }
    let report = serde_json::from_slice(&output(&mut study)?)
        .context("the study has not printed what can be read as JSON")?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let origin = [
        ("command", format!("cargo {}", STUDY.join(" "))),
        ("date", date(now.as_secs() / 86_400)),
        ("commit", commit),
    ];
    write(&root.join(FILE), &page_file(&report, &origin)?)
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    println!("Wrote {}, {} bytes.", path.display(), text.len());
    Ok(())
}

fn git(arguments: &[&str]) -> Result<String> {
    let mut command = Command::new("git");
    let out = output(command.args(arguments).current_dir(project::root()))?;
    Ok(String::from_utf8_lossy(&out).trim_end().to_owned())
}

/// What a command prints; what it says beside that goes to the terminal.
fn output(command: &mut Command) -> Result<Vec<u8>> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {program}"))?;
    if !output.status.success() {
        bail!("{program} failed");
    }
    Ok(output.stdout)
}

/// The study's report as the page reads it: a claim a line.
fn page_file(report: &Value, origin: &[(&str, String)]) -> Result<String> {
    let mut verdicts = Vec::new();
    let mut exhibits = Vec::new();
    for table in list(report, "tables")? {
        // The last column holds the theory's sentences.
        let (_, columns) = list(table, "columns")?
            .split_last()
            .context("a table of the study has no columns")?;
        verdicts = columns.iter().map(in_kebab_case).collect();
        exhibits.push(exhibit(table).with_context(|| format!("exhibit {}", table["name"]))?);
    }
    let mut head: Vec<String> = origin
        .iter()
        .map(|(name, value)| format!("{}: {}", json!(name), json!(value)))
        .collect();
    head.push(format!("\"seeds\": {}", report["seeds"]));
    head.push(format!("\"verdicts\": {}", json!(verdicts)));
    head.push(format!("\"exhibits\": [\n{}\n]", exhibits.join(",\n")));
    Ok(format!("{{\n{}\n}}\n", head.join(",\n")))
}

fn exhibit(table: &Value) -> Result<String> {
    let mut head = Map::new();
    head.insert("name".into(), table["name"].clone());
    head.insert("title".into(), table["title"].clone());
    if let Some(note) = list(table, "notes")?.first() {
        head.insert("note".into(), note.clone());
    }
    let mut claims = Vec::new();
    for row in list(table, "rows")? {
        let (theory, cells) = list(row, "cells")?
            .split_last()
            .context("a claim has no cells")?;
        let counts: Vec<&Value> = cells.iter().map(|cell| &cell["hits"]).collect();
        claims.push(format!(
            "  {}",
            json!({ "name": row["name"], "theory": theory, "counts": counts })
        ));
    }
    let head = Value::Object(head).to_string();
    let open = head.strip_suffix('}').unwrap_or(&head);
    Ok(format!("{open},\"claims\":[\n{}\n]}}", claims.join(",\n")))
}

fn list<'a>(value: &'a Value, name: &str) -> Result<&'a Vec<Value>> {
    value[name]
        .as_array()
        .with_context(|| format!("the study's report has no list \u{201c}{name}\u{201d}"))
}

fn in_kebab_case(words: &Value) -> String {
    words.as_str().unwrap_or_default().replace(' ', "-")
}

/// The day of a number of days since 1970, as YYYY-MM-DD.
fn date(mut days: u64) -> String {
    let leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let mut year = 1970;
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let february = 28 + u64::from(leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_file_counts_the_runs_of_every_verdict() -> Result<()> {
        let hits = |hits: u32| json!({ "samples": [], "hits": hits });
        let report = json!({
            "seeds": [1, 2],
            "tables": [{
                "name": "demo",
                "title": "A \"demo\"",
                "columns": ["holds", "does not hold", "the theory says"],
                "rows": [{ "name": "a", "cells": [hits(2), hits(0), "It <b>is</b> so."] }],
                "notes": ["1 run"],
            }],
        });
        let file = page_file(&report, &[("commit", "abc".into())])?;
        assert_eq!(
            serde_json::from_str::<Value>(&file)?,
            json!({
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
        Ok(())
    }

    #[test]
    fn days_are_dates() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(59), "1970-03-01");
        assert_eq!(date(11_016), "2000-02-29");
        assert_eq!(date(11_322), "2000-12-31");
        assert_eq!(date(20_513), "2026-03-01");
    }
}
