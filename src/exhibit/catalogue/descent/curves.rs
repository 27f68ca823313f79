//! Medians and ranges over sweeps, and what is read off them.

use super::arm::ArmRecord;
use super::features::FeatureRecord;
use super::sweep::{Trace, WIDTHS, parameters};
use crate::exhibit::catalogue::spread::{Spread, spread};

/// Noise at the test points over memorised noise.
pub fn gain(arm: &ArmRecord) -> f64 {
    arm.reached / arm.memorised
}

/// A number of every width at a step of each sweep.
pub fn over_widths(
    traces: &[Trace],
    step: u64,
    value: impl Fn(&Trace, &ArmRecord) -> f64,
) -> Vec<Spread> {
    let of = |i: usize| traces.iter().map(move |trace| (trace, i));
    (0..WIDTHS.len())
        .map(|i| spread(of(i).map(|(trace, i)| value(trace, &trace.at(step).arms[i]))))
        .collect()
}

/// A number of every set of random features: its size and the spread.
pub fn over_features(
    traces: &[Trace],
    value: impl Fn(&FeatureRecord) -> f64,
) -> Vec<(usize, Spread)> {
    let count = traces.first().map_or(0, |trace| trace.features.len());
    (0..count)
        .filter_map(|i| {
            let records = || traces.iter().filter_map(|trace| trace.features[i].as_ref());
            let size = records().next()?.size;
            Some((size, spread(records().map(&value))))
        })
        .collect()
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
    let left = medians()
        .take(index)
        .map(|(_, v)| v)
        .fold(f64::NAN, f64::min);
    let right = medians().skip(index + 1).last().map_or(f64::NAN, |p| p.1);
    Some(Peak {
        index,
        height,
        left,
        right,
    })
}

/// The common stopping step with the smallest median test error, averaged
/// over the widths in the logarithm: what a validation set could have found.
pub fn best_common_stop(traces: &[Trace]) -> Option<u64> {
    let records = &traces.first()?.records;
    let score = |step: u64| -> f64 {
        let curve = over_widths(traces, step, |_, arm| arm.test);
        curve.iter().map(|s| libm::log(s.median)).sum()
    };
    let scored = records
        .iter()
        .map(|record| (record.step, score(record.step)));
    let best = scored.min_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(best.0)
}

/// P / n of the width with an index.
pub fn share(index: usize, points: usize) -> f64 {
    parameters()[index] as f64 / points as f64
}
