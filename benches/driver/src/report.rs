//! The figures: a table for a person, JSON for a program.

use crate::statistics::Sample;
use anyhow::{Context, Result};
use browser_tests::Browser;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// One line of the table.
struct Figure {
    name: String,
    unit: &'static str,
    digits: usize,
    value: f64,
    /// Of what the value is the median, if it is one.
    sample: Option<Sample>,
    goal: Option<&'static str>,
    /// Why there is no value, if so.
    missing: Option<String>,
    /// Lines of one section stand together.
    section: &'static str,
}

/// Everything that has been measured.
pub struct Report {
    figures: Vec<Figure>,
    files: Vec<Value>,
    agreement: Vec<Value>,
    values: Vec<Value>,
    machine: Value,
    notes: Vec<String>,
}

impl Report {
    /// An empty report about a browser on this machine.
    pub fn new(browser: &Browser) -> Result<Report> {
        let machine = browser.run(
            "return {browser: navigator.userAgent, cores: navigator.hardwareConcurrency}",
            &[],
        )?;
        let mut report = Report {
            figures: Vec::new(),
            files: Vec::new(),
            agreement: Vec::new(),
            values: Vec::new(),
            machine,
            notes: Vec::new(),
        };
        // Only Linux says how busy it is; it helps to judge the times.
        if let Ok(load) = std::fs::read_to_string("/proc/loadavg") {
            report.machine["load"] = load.split(' ').next().into();
        }
        Ok(report)
    }

    /// A single number.
    pub fn number(&mut self, section: &'static str, name: &str, value: f64, unit: &'static str) {
        self.figures.push(Figure {
            name: name.into(),
            unit,
            digits: 1,
            value,
            sample: None,
            goal: None,
            missing: None,
            section,
        });
    }

    /// What could not be measured, and why.
    pub fn missing(&mut self, section: &'static str, name: &str, reason: &str) {
        self.number(section, name, f64::NAN, "");
        if let Some(figure) = self.figures.last_mut() {
            figure.missing = Some(reason.into());
        }
    }

    /// Digits of the last figure.
    pub fn digits(&mut self, digits: usize) {
        if let Some(figure) = self.figures.last_mut() {
            figure.digits = digits;
        }
    }

    /// The median of a sample.
    pub fn median(
        &mut self,
        section: &'static str,
        name: &str,
        sample: Sample,
        unit: &'static str,
    ) {
        self.number(section, name, sample.median(), unit);
        if let Some(figure) = self.figures.last_mut() {
            figure.digits = if figure.value < 100.0 { 2 } else { 1 };
            figure.sample = Some(sample);
        }
    }

    /// A sentence below the table.
    pub fn note(&mut self, text: String) {
        self.notes.push(text);
    }

    /// The sample of an earlier figure.
    pub fn sample(&self, name: &str) -> Option<&Sample> {
        let figure = self.figures.iter().find(|figure| figure.name == name);
        figure.and_then(|figure| figure.sample.as_ref())
    }

    /// What the last figure should be.
    pub fn goal(&mut self, goal: &'static str) {
        if let Some(figure) = self.figures.last_mut() {
            figure.goal = Some(goal);
        }
    }

    /// A file of the first view.
    pub fn file(&mut self, path: &str, requests: usize, raw: usize, brotli: usize) {
        self.files
            .push(json!({"path": path, "requests": requests, "raw": raw, "brotli": brotli}));
    }

    /// How far the engine and a peer were apart in a case.
    pub fn agreement(&mut self, value: Value) {
        self.agreement.push(value);
    }

    /// What figures were made of, for a program alone.
    pub fn value(&mut self, value: Value) {
        self.values.push(value);
    }

    /// The table.
    pub fn table(&self) -> String {
        let mut text = String::new();
        let mut section = "";
        for figure in &self.figures {
            if figure.section != section {
                section = figure.section;
                // Writing to a string cannot fail.
                let _ = writeln!(
                    text,
                    "\n{section:<66} {:>10} {:<7} {:>19}  goal",
                    "median", "", "p10 to p90"
                );
            }
            if let Some(why) = &figure.missing {
                let _ = writeln!(text, "  {:<64} {:>10} {why}", figure.name, "missing:");
                continue;
            }
            let digits = figure.digits;
            let spread = figure.sample.as_ref().map_or(String::new(), |sample| {
                let (low, high) = (sample.quantile(0.1), sample.quantile(0.9));
                format!("{low:.digits$} to {high:.digits$}")
            });
            let _ = writeln!(
                text,
                "  {:<64} {:>10.digits$} {:<7} {spread:>19}  {}",
                figure.name,
                figure.value,
                figure.unit,
                figure.goal.unwrap_or_default()
            );
        }
        for (peer, apart) in self.furthest() {
            let words: Vec<String> = apart
                .iter()
                .map(|(what, distance)| format!("{what} within {distance:.0e}"))
                .collect();
            let _ = write!(text, "\nEngine and {peer}: {}.", words.join(", "));
        }
        for note in &self.notes {
            let _ = write!(text, "\n{note}");
        }
        let said = |name: &str| match &self.machine[name] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let _ = writeln!(
            text,
            "\n{}; {} cores, load {} when it began.\nReported, not asserted: times belong to a machine and to what else it did.",
            said("browser"),
            said("cores"),
            said("load"),
        );
        text
    }

    /// Largest distances from each peer over all cases.
    fn furthest(&self) -> BTreeMap<&str, BTreeMap<&str, f64>> {
        let mut all: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
        for pair in &self.agreement {
            let largest = all.entry(pair["peer"].as_str().unwrap_or_default());
            let largest = largest.or_default();
            for (what, distance) in pair["apart"].as_object().into_iter().flatten() {
                let before = largest.entry(what).or_default();
                *before = before.max(distance.as_f64().unwrap_or(f64::NAN));
            }
        }
        all
    }

    /// Writes everything as JSON.
    pub fn write(&self, file: &Path) -> Result<()> {
        let figures: Vec<Value> = self
            .figures
            .iter()
            .map(|figure| {
                json!({
                    "section": figure.section,
                    "name": figure.name,
                    "unit": figure.unit,
                    "value": figure.value,
                    "p10": figure.sample.as_ref().map(|sample| sample.quantile(0.1)),
                    "p90": figure.sample.as_ref().map(|sample| sample.quantile(0.9)),
                    "samples": figure.sample.as_ref().map(Sample::len),
                    "goal": figure.goal,
                    "missing": figure.missing,
                })
            })
            .collect();
        let all = json!({
            "note": "reported, not asserted",
            "machine": self.machine,
            "figures": figures,
            "agreement": self.agreement,
            "values": self.values,
            "files": self.files,
            "notes": self.notes,
        });
        std::fs::write(file, format!("{all:#}\n"))
            .with_context(|| format!("cannot write {}", file.display()))
    }
}

/// Numbers in a script's answer.
pub fn numbers(value: &Value) -> Result<Vec<f64>> {
    let list = value.as_array().context("the page answered no list")?;
    list.iter()
        .map(|number| number.as_f64().context("the page answered no number"))
        .collect()
}

/// A sample in a script's answer.
pub fn sample(value: &Value) -> Result<Sample> {
    Sample::new(numbers(value)?).context("the page measured nothing")
}
