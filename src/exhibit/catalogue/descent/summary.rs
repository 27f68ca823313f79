//! The numbers that readings and claims are made of, at the end of training
//! or as far as the first sweep has come.

use super::model::Sweep;
use super::sweeps::{Peak, Sweeps, gain, highest, lowest, peak};
use crate::exhibit::runner::State;
use crate::statistics::Spread;

/// Medians over the sweeps shown, whatever the stopping step.
#[derive(Debug)]
pub struct Summary<'a> {
    pub sweeps: Sweeps<'a>,
    pub test: Vec<Spread>,
    pub peak: Option<Peak>,
    /// The peak without noise in the labels.
    pub clean_peak: Option<Peak>,
    pub null_error: f64,
    pub gain_peak: Option<Peak>,
    pub gain: Vec<Spread>,
    pub memorised: Vec<Spread>,
    /// The gain's peak by operators.
    pub operator_peak: Option<Peak>,
    /// Gain by operators over that by two runs; not a number where they are not carried.
    pub agreement: Vec<Spread>,
    /// What the operators miss, at the width where it is most.
    pub operator_error: f64,
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

impl<'a> Summary<'a> {
    pub fn of(state: &State<'a, Sweep>) -> Self {
        let sweeps = Sweeps::of(state);
        let end = u64::MAX;
        let test = sweeps.over_widths(end, |_, arm| arm.test);
        let clean = sweeps.over_widths(end, |_, arm| arm.clean);
        let gain = sweeps.over_widths(end, |_, arm| gain(arm));
        let by_operators = sweeps.over_widths(end, |_, arm| arm.operator_gain);
        let errors = sweeps.over_widths(end, |_, arm| arm.operator_error);
        let features = sweeps.over_features(|record| record.test);
        let features: Vec<_> = features.iter().map(|(n, s)| (*n, s.median)).collect();
        let smallest = sweeps.smallest();
        let curve_at = |step| (step, sweeps.over_widths(step, |_, arm| arm.test));
        Self {
            peak: peak(&test),
            clean_peak: peak(&clean),
            null_error: sweeps.spread(|trace| trace.untrained.null_error).median,
            gain_peak: peak(&gain),
            operator_peak: peak(&by_operators),
            agreement: sweeps.over_widths(end, |_, arm| arm.agreement),
            operator_error: highest(&errors),
            lowest: lowest(&smallest),
            features_peak: features.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1)),
            features_last: features.last().map_or(f64::NAN, |last| last.1),
            stop: sweeps.best_common_stop().map(curve_at),
            test,
            gain,
            memorised: sweeps.over_widths(end, |sweep, arm| arm.memorised / sweep.noise_energy),
            noise_share: sweeps.over_widths(end, |_, arm| arm.reached / arm.test),
            smallest,
            sweeps,
        }
    }
}
