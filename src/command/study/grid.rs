//! A grid: settings of an exhibit times what is shown of them, over seeds.
//!
//! Every run opens the exhibit with its seeds set and the knobs of the row, and goes to its
//! end or to given steps.

use super::opened;
use super::report::{Cell, Table};
use super::seeds::Seeds;
use ntk_playground::exhibit::{Session, find};
use serde::{Deserialize, Serialize};

/// Knobs beside the seeds.
pub type Knobs<'a> = &'a [(&'a str, &'a str)];

/// What a column shows of the metrics of every seed.
#[derive(Clone, Copy)]
pub enum Show {
    /// Median and range of a metric, with so many digits.
    Median(&'static str, usize),
    /// Mean and standard deviation.
    Mean(&'static str, usize),
    /// At how many seeds a metric passes.
    Count(&'static str, fn(f64) -> bool),
}

impl Show {
    /// The cell of some runs.
    pub fn cell(self, runs: &[Metrics]) -> Cell {
        let of = |name: &'static str| runs.iter().map(move |run| run.value(name));
        match self {
            Self::Median(name, digits) => Cell::median(of(name), digits),
            Self::Mean(name, digits) => Cell::mean(of(name), digits),
            Self::Count(name, passes) => Cell::count(of(name).map(passes)),
        }
    }
}

/// A declared table.
pub struct Grid {
    pub name: &'static str,
    pub title: &'static str,
    pub exhibit: &'static str,
    /// What the rows are.
    pub corner: &'static str,
    pub rows: &'static [(&'static str, Knobs<'static>)],
    pub columns: &'static [(&'static str, Show)],
}

impl Grid {
    /// Runs every row to its end.
    ///
    /// # Errors
    /// A sentence if a run does not open.
    pub fn table(&self, seeds: &Seeds) -> Result<Table, String> {
        let titles = self.columns.iter().map(|(title, _)| *title);
        let mut table =
            Table::new(self.name, self.title).columns(std::iter::once(self.corner).chain(titles));
        for (name, knobs) in self.rows {
            let runs = ends(seeds, self.exhibit, knobs)?;
            table.push(*name, self.columns.iter().map(|(_, show)| show.cell(&runs)));
        }
        Ok(table)
    }
}

/// The metrics of a run: names and values.
#[derive(Debug, Serialize, Deserialize)]
pub struct Metrics(Vec<(String, f64)>);

impl Metrics {
    /// Those of the present step.
    pub fn of(session: &mut Session) -> Self {
        let readings = session.exhibit().readings().into_iter();
        Self(readings.map(|r| (r.name.to_owned(), r.value)).collect())
    }

    /// One by name; not a number if there is none.
    pub fn value(&self, name: &str) -> f64 {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or(f64::NAN, |(_, value)| *value)
    }
}

/// An exhibit and the knobs that are set, as a row's settings.
pub fn settings(exhibit: &str, knobs: Knobs<'_>) -> String {
    let set = knobs.iter().map(|(name, value)| format!(" {name}={value}"));
    std::iter::once(exhibit.to_owned()).chain(set).collect()
}

/// The run of one seed at step 0: its knobs `seed` and `weight-seed` set, where it has them.
///
/// # Errors
/// A sentence if it does not open with these very settings.
pub fn start(exhibit: &str, knobs: Knobs<'_>, seed: u32) -> Result<Session, String> {
    let seed = seed.to_string();
    let declared = find(exhibit).map_or(&[][..], |kind| kind.knobs);
    let seeds = declared.iter().map(|knob| knob.name);
    let seeds = seeds.filter(|name| ["seed", "weight-seed"].contains(name));
    let all = seeds.map(|name| (name, seed.as_str()));
    opened(
        exhibit,
        &all.chain(knobs.iter().copied()).collect::<Vec<_>>(),
    )
}

/// The run of one seed at its end.
///
/// # Errors
/// As [`start`].
pub fn end(exhibit: &str, knobs: Knobs<'_>, seed: u32) -> Result<Session, String> {
    let mut session = start(exhibit, knobs, seed)?;
    session.advance(u64::MAX, || true);
    Ok(session)
}

/// The metrics of every seed at the end.
///
/// # Errors
/// As [`start`].
pub fn ends(seeds: &Seeds, exhibit: &str, knobs: Knobs<'_>) -> Result<Vec<Metrics>, String> {
    seeds.each(&settings(exhibit, knobs), |seed| {
        Ok(Metrics::of(&mut end(exhibit, knobs, seed)?))
    })
}

/// The metrics of every seed at ascending steps: one list a step, in the order of the seeds.
///
/// # Errors
/// As [`start`].
pub fn at_steps(
    seeds: &Seeds,
    exhibit: &str,
    knobs: Knobs<'_>,
    steps: &[u64],
) -> Result<Vec<Vec<Metrics>>, String> {
    let runs = seeds.each(&settings(exhibit, knobs), |seed| {
        let mut session = start(exhibit, knobs, seed)?;
        let mut at = |step: &u64| {
            session.advance(step - session.step_count(), || true);
            Metrics::of(&mut session)
        };
        Ok(steps.iter().map(&mut at).collect::<Vec<_>>())
    })?;
    let mut by_step: Vec<Vec<Metrics>> = steps.iter().map(|_| Vec::new()).collect();
    for run in runs {
        for (metrics, all) in run.into_iter().zip(&mut by_step) {
            all.push(metrics);
        }
    }
    Ok(by_step)
}

/// A column of a view; empty if there is none.
pub fn column(session: &mut Session, view: &str, name: &str) -> Vec<f64> {
    let columns = session.exhibit().chart(view).map(|chart| chart.columns);
    let found = columns.unwrap_or_default().into_iter();
    let found = found.filter(|column| column.name == name);
    found.flat_map(|column| column.values).collect()
}
