//! The numbers that readings and ledger are made of, at the end of training
//! or as far as the first sweep has come.

use super::curves::{Peak, best_common_stop, gain, over_features, over_widths, peak};
use super::eigenvalue::{lowest, smallest};
use super::run::Run;
use crate::exhibit::catalogue::spread::{Spread, spread};

/// Medians over the sweeps shown, whatever the stopping step.
#[derive(Debug, Clone)]
pub struct Summary {
    pub test: Vec<Spread>,
    pub peak: Option<Peak>,
    /// The peak without noise in the labels.
    pub clean_peak: Option<Peak>,
    pub null_error: f64,
    pub gain_peak: Option<Peak>,
    pub gain: Vec<Spread>,
    pub memorised: Vec<Spread>,
    /// |U_Q(y) - U_Q(f)|^2 / m over the test error.
    pub noise_share: Vec<Spread>,
    pub smallest: Vec<Spread>,
    /// Index of the width with the smallest eigenvalue.
    pub lowest: Option<usize>,
    /// N and test error of the features with the largest test error.
    pub features_peak: Option<(usize, f64)>,
    /// Test error of the largest number of features.
    pub features_last: f64,
    /// The best common stopping step, and the curve there.
    pub stop: Option<(u64, Vec<Spread>)>,
}

impl Summary {
    pub fn new(run: &Run) -> Self {
        let traces = run.shown();
        let end = u64::MAX;
        let test = over_widths(traces, end, |_, arm| arm.test);
        let clean = over_widths(traces, end, |_, arm| arm.clean);
        let gain = over_widths(traces, end, |_, arm| gain(arm));
        let memorised = over_widths(traces, end, |trace, arm| arm.memorised / trace.noise_energy);
        let features = over_features(traces, |record| record.test);
        let highest = features
            .iter()
            .max_by(|a, b| a.1.median.total_cmp(&b.1.median));
        let smallest = smallest(run);
        let stop = best_common_stop(traces);
        Self {
            peak: peak(&test),
            clean_peak: peak(&clean),
            null_error: spread(traces.iter().map(|trace| trace.null_error)).median,
            gain_peak: peak(&gain),
            lowest: lowest(&smallest),
            features_peak: highest.map(|(size, s)| (*size, s.median)),
            features_last: features.last().map_or(f64::NAN, |(_, s)| s.median),
            stop: stop.map(|step| (step, over_widths(traces, step, |_, arm| arm.test))),
            test,
            gain,
            memorised,
            noise_share: over_widths(traces, end, |_, arm| arm.reached / arm.test),
            smallest,
        }
    }

    /// A curve's value at the largest width.
    pub fn widest(curve: &[Spread]) -> f64 {
        curve.last().map_or(f64::NAN, |s| s.median)
    }

    /// Largest over smallest median of a curve.
    pub fn unevenness(curve: &[Spread]) -> f64 {
        let medians = || curve.iter().map(|s| s.median);
        medians().fold(f64::NAN, f64::max) / medians().fold(f64::NAN, f64::min)
    }
}
