//! Medians and ranges over sweeps, and what is read off them.

use super::arm::ArmRecord;
use super::features::FeatureRecord;
use super::knobs::Setup;
use super::model::{Record, Sweep, Untrained, WIDTHS, parameters};
use crate::exhibit::runner::State;
use crate::statistics::{Spread, spread};

/// One sweep.
#[derive(Debug, Clone, Copy)]
pub struct Trace<'a> {
    /// By ascending step, the first at step 0.
    pub records: &'a [Record],
    pub untrained: &'a Untrained,
}

impl<'a> Trace<'a> {
    /// The last record at or before a step.
    pub fn at(&self, step: u64) -> &'a Record {
        let after = self.records.partition_point(|record| record.step <= step);
        &self.records[after.max(1) - 1]
    }
}

/// All sweeps of a run.
#[derive(Debug)]
pub struct Sweeps<'a> {
    pub setup: &'a Setup,
    /// What the curves are made of: the sweeps that are done, and before the
    /// first of them the one in training.
    pub shown: Vec<Trace<'a>>,
    /// The sweep in training while the curves are made of others.
    pub in_training: Option<Trace<'a>>,
}

impl<'a> Sweeps<'a> {
    pub fn of(state: &State<'a, Sweep>) -> Self {
        let done = state.ended().iter().filter_map(|trial| {
            Some(Trace {
                records: &trial.records,
                untrained: trial.outcome.as_ref()?,
            })
        });
        let mut shown: Vec<Trace<'_>> = done.collect();
        let under_way = shown.len() < state.trials.len();
        let mut in_training = under_way.then_some(Trace {
            records: state.records(),
            untrained: &state.model.untrained,
        });
        if shown.is_empty() {
            shown.extend(in_training.take());
        }
        Self {
            setup: state.setup,
            shown,
            in_training,
        }
    }

    /// The step, inside a sweep, that the curves show: the stopping step, or
    /// how far the first sweep has come.
    pub fn shown_step(&self) -> u64 {
        let stop = self.setup.stopping_step();
        self.shown[0].at(stop).step.min(stop)
    }

    /// A number of every sweep.
    pub fn spread(&self, value: impl Fn(&Trace<'_>) -> f64) -> Spread {
        spread(self.shown.iter().map(value))
    }

    /// A number of every width at a step of each sweep.
    pub fn over_widths(
        &self,
        step: u64,
        value: impl Fn(&Untrained, &ArmRecord) -> f64,
    ) -> Vec<Spread> {
        let records: Vec<&Record> = self.shown.iter().map(|trace| trace.at(step)).collect();
        let of = |i: usize| {
            let both = self.shown.iter().zip(&records);
            spread(both.map(|(trace, record)| value(trace.untrained, &record.arms[i])))
        };
        (0..WIDTHS.len()).map(of).collect()
    }

    /// The smallest eigenvalue of K(0) of every width.
    pub fn smallest(&self) -> Vec<Spread> {
        let of = |i: usize| self.spread(|trace| trace.untrained.smallest[i]);
        (0..WIDTHS.len()).map(of).collect()
    }

    /// A number of every set of random features: its size and the spread.
    pub fn over_features(&self, value: impl Fn(&FeatureRecord) -> f64) -> Vec<(usize, Spread)> {
        let count = self.shown[0].untrained.features.len();
        let of = |i: usize| {
            let sweeps = self.shown.iter();
            let records = || {
                sweeps
                    .clone()
                    .filter_map(|t| t.untrained.features[i].as_ref())
            };
            let size = records().next()?.size;
            Some((size, spread(records().map(&value))))
        };
        (0..count).filter_map(of).collect()
    }

    /// The common stopping step with the smallest median test error, averaged
    /// over the widths in the logarithm: what a validation set could have found.
    pub fn best_common_stop(&self) -> Option<u64> {
        let score = |step: u64| -> f64 {
            let curve = self.over_widths(step, |_, arm| arm.test);
            curve.iter().map(|s| libm::log(s.median)).sum()
        };
        let records = self.shown[0].records.iter();
        let scored = records.map(|record| (record.step, score(record.step)));
        let best = scored.min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(best.0)
    }

    /// P / n of the width with an index.
    pub fn share(&self, index: usize) -> f64 {
        parameters()[index] as f64 / self.setup.points as f64
    }
}

/// Noise at the test points over memorised noise.
pub fn gain(arm: &ArmRecord) -> f64 {
    arm.reached / arm.memorised
}

/// A curve's highest point with what lies on either side of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Peak {
    /// Index of its width.
    pub index: usize,
    /// Its height.
    pub height: f64,
    /// Lowest value at smaller widths; not a number at the first.
    pub left: f64,
    /// Value at the largest width; not a number if that is the peak.
    pub right: f64,
}

/// The peak of a curve of medians.
pub fn peak(curve: &[Spread]) -> Option<Peak> {
    let medians = || curve.iter().map(|s| s.median).enumerate();
    let finite = medians().filter(|(_, v)| v.is_finite());
    let (index, height) = finite.max_by(|a, b| a.1.total_cmp(&b.1))?;
    let left = medians().take(index).map(|(_, v)| v);
    let right = medians().skip(index + 1).last();
    Some(Peak {
        index,
        height,
        left: left.fold(f64::NAN, f64::min),
        right: right.map_or(f64::NAN, |(_, v)| v),
    })
}

/// Index of the lowest median.
pub fn lowest(curve: &[Spread]) -> Option<usize> {
    let medians = curve.iter().map(|s| s.median).enumerate();
    let finite = medians.filter(|(_, v)| v.is_finite());
    let lowest = finite.min_by(|a, b| a.1.total_cmp(&b.1));
    lowest.map(|(i, _)| i)
}

/// Value at the largest width.
pub fn widest(curve: &[Spread]) -> f64 {
    curve.last().map_or(f64::NAN, |s| s.median)
}

/// Highest median.
pub fn highest(curve: &[Spread]) -> f64 {
    curve.iter().map(|s| s.median).fold(f64::NAN, f64::max)
}

/// Largest over smallest median.
pub fn unevenness(curve: &[Spread]) -> f64 {
    let medians = curve.iter().map(|s| s.median);
    highest(curve) / medians.fold(f64::NAN, f64::min)
}
