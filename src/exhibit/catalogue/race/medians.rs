//! Medians over trials at recorded steps: what the curves of a race are made of.

use super::model::{Race, Record, shown};
use super::setup::Setup;
use crate::chart::{Chart, Mark, Span};
use crate::exhibit::cursor::among_steps;
use crate::exhibit::runner::{State, Trial};
use crate::exhibit::series::place;
use crate::exhibit::{Probe, text};
use crate::statistics::spread;

/// The cursor of views over steps: a step, the same in every trial.
pub const STEP: &str = "step";

/// Where a probe leads among the recorded steps.
pub fn lead(state: &State<'_, Race>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let records = &shown(state)[0].records;
    let step = |record: &Record| record.step as f64;
    let from = from.map(|from| records.partition_point(|record| step(record) < from));
    let steps = records.iter().map(|record| record.step);
    let at = among_steps(steps, probe, from)?;
    records.get(at as usize).map(step)
}

/// The trials shown, step by step.
pub struct Medians<'a> {
    trials: &'a [Trial<Race>],
    /// Index of the first record.
    first: usize,
    /// All recorded steps but 0, once there are others.
    pub steps: Vec<u64>,
    /// Index of the step at the cursor, if it is at one.
    pub cursor: Option<usize>,
}

impl<'a> Medians<'a> {
    pub fn new(state: &State<'a, Race>) -> Self {
        let trials = shown(state);
        let longest = trials.iter().max_by_key(|trial| trial.records.len());
        let records = longest.map_or(&[][..], |trial| &trial.records[..]);
        let first = usize::from(records.len() > 1);
        let steps: Vec<u64> = records.iter().skip(first).map(|r| r.step).collect();
        let cursor = state.index(STEP).map(|wanted| {
            let after = steps.partition_point(|step| *step < wanted as u64);
            after.min(steps.len().saturating_sub(1))
        });
        Self {
            trials,
            first,
            steps,
            cursor,
        }
    }

    /// The median of a number at every step. A trial that is over stays where it ended.
    pub fn of(&self, value: impl Fn(&Record) -> f64) -> Vec<f64> {
        let at = |trial: &Trial<Race>, i: usize| {
            let last = trial.records.len().saturating_sub(1);
            trial.records.get(i.min(last)).map_or(f64::NAN, &value)
        };
        let steps = self.first..self.first + self.steps.len();
        steps
            .map(|i| spread(self.trials.iter().map(|trial| at(trial, i))).median)
            .collect()
    }

    /// A curve's points on an axis of steps.
    pub fn points(&self, curve: &[f64]) -> Vec<[f64; 2]> {
        let steps = self.steps.iter().map(|step| place(*step));
        steps.zip(curve).map(|(x, y)| [x, *y]).collect()
    }

    /// Index of the step at the cursor, else of the last.
    pub fn at(&self) -> usize {
        let last = self.steps.len().saturating_sub(1);
        self.cursor.unwrap_or(last)
    }

    /// A curve's value there.
    pub fn value(&self, curve: &[f64]) -> f64 {
        curve.get(self.at()).copied().unwrap_or(f64::NAN)
    }

    /// That step.
    pub fn step(&self) -> u64 {
        self.steps.get(self.at()).copied().unwrap_or(0)
    }

    /// Adds the steps, and a curve of every arm, to the numbers behind a chart.
    pub fn columns(&self, chart: &mut Chart, setup: &Setup, name: &str, curves: &[Vec<f64>]) {
        chart.column("step", self.steps.iter().map(|step| *step as f64));
        for (curve, arm) in curves.iter().zip(&setup.arms) {
            let name = format!("arm{}-{name}", arm.number);
            chart.column(name, curve.iter().copied());
        }
    }

    /// Puts the cursor's rule into a chart, and what it reads into the title row.
    pub fn read(&self, chart: &mut Chart, reads: &str) {
        chart.marks.push(Mark::cursor(place(self.step())));
        let step = text::count(self.step());
        chart.reading = vec![Span::plain(format!("step {step}\u{2002}{reads}"))];
    }
}
