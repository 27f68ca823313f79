//! The claims of the reservoir exhibit: thresholds and their reasons.

use super::arm::Operated;
use super::model::{Networks, last, median};
use crate::chart::{Role, Shape};
use crate::exhibit::catalogue::carried::inexact;
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, Verdict, text};
use crate::kernel::rank_correlation;

/// Steps of the first seed before which nothing is judged.
const ENOUGH_STEPS: u64 = 250;
/// "A gap": this many times the spacing that any two neighbours have.
const DISTINGUISHED: f64 = 3.0;
/// "A part of the test error": this share of it.
const A_PART: f64 = 0.1;
/// "Hardly any".
const HARDLY: f64 = 0.01;
/// A rank correlation that is strong.
const STEADY: f64 = 0.7;

/// All claims, in the order of the essay.
pub fn claims(state: &State<'_, Networks>) -> Vec<Claim> {
    vec![separated(state), imperfect(state), scales(state)]
}

/// A number of every network at the last record.
fn each(state: &State<'_, Networks>, value: impl Fn(&Operated) -> f64) -> [f64; 3] {
    [0, 1, 2].map(|network| median(state, network, last(state), &value))
}

fn waits(state: &State<'_, Networks>) -> Option<String> {
    let early = state.place.step < ENOUGH_STEPS;
    let early = early.then(|| format!("{ENOUGH_STEPS} steps are needed"));
    let errors = each(state, |s| s.error);
    early.or_else(|| errors.into_iter().find_map(inexact))
}

/// "width 16 **0.35**, width 64 **0.47**, ...".
fn listed(state: &State<'_, Networks>, numbers: [String; 3]) -> String {
    let named = state.setup.sweep.shapes().iter().zip(numbers);
    let parts = named.map(|(shape, number)| format!("{} **{number}**", shape.name));
    parts.collect::<Vec<_>>().join(", ")
}

fn separated(state: &State<'_, Networks>) -> Claim {
    let threshold = state.setup.threshold;
    let gaps = each(state, |s| s.gap(threshold));
    let ratios = each(state, |s| s.gap(threshold) / s.spacing());
    let largest = ratios.iter().copied().fold(f64::NAN, f64::max);
    let shows = format!(
        "Gap at the split, in decades: {}. At most {}\u{d7} the mean spacing.",
        listed(state, gaps.map(|g| text::fixed(g, 2))),
        text::fixed(largest, 1)
    );
    let evidence = Evidence::scale("0", "6\u{d7} the spacing")
        .threshold(DISTINGUISHED / 6.0, "3\u{d7}")
        .value(largest / 6.0, "widest", Shape::Disc, Role::Ink);
    let all = ratios.iter().all(|ratio| *ratio >= DISTINGUISHED);
    let theory = "The boundary between channel and reservoir is soft.";
    Claim::about("soft-boundary", theory)
        .shows(shows)
        .evidence(evidence)
        .wait_for(waits(state))
        .wait(!largest.is_finite(), "one side of the split is empty")
        .fails_if(all, "a gap of three times the spacing or more parts them")
        .partly(largest >= DISTINGUISHED, "not for one of them")
        .otherwise(Verdict::Holds, "no gap stands out from the spacing")
}

fn imperfect(state: &State<'_, Networks>) -> Claim {
    let threshold = state.setup.threshold;
    let leaks = each(state, |s| s.leak(threshold));
    let shares = each(state, |s| s.leak(threshold) / s.test);
    let largest = shares.iter().copied().fold(f64::NAN, f64::max);
    let shows = format!(
        "Mean square that leaks: {}; at most {} of the test error.",
        listed(state, leaks.map(text::significant)),
        text::percent(largest)
    );
    let at = |v: f64| 1.0 + libm::log10(v) / 8.0;
    let evidence = Evidence::scale("10\u{207b}\u{2078}", "all of it")
        .threshold(at(A_PART), "a tenth")
        .value(at(largest), "largest", Shape::Ring, Role::Noise);
    let theory = "What leaks from a reservoir that cancels imperfectly makes up the test error.";
    Claim::about("imperfect-cancellation", theory)
        .shows(shows)
        .evidence(evidence)
        .wait_for(waits(state))
        .wait(!largest.is_finite(), "nothing has moved")
        .otherwise(
            Verdict::NotClaimed,
            match largest {
                share if share >= A_PART => "left open by the theory; a tenth of it or more",
                share if share >= HARDLY => "left open by the theory; a small part of it",
                _ => "left open by the theory; the test error comes from the channel",
            },
        )
}

/// The gap against the training length, for every network.
fn scales(state: &State<'_, Networks>) -> Claim {
    let threshold = state.setup.threshold;
    let records = &state.trials[0].records;
    let trends = [0, 1, 2].map(|network| {
        let gap = |k: usize| median(state, network, k, |s| s.gap(threshold));
        let points = records.iter().enumerate();
        let points = points.map(|(k, record)| (record.step as f64, gap(k)));
        let known = points.filter(|(_, gap)| gap.is_finite());
        let (steps, gaps): (Vec<f64>, Vec<f64>) = known.unzip();
        rank_correlation(&steps, &gaps)
    });
    let shows = format!(
        "Rank correlation of the gap with the step: {}.",
        listed(state, trends.map(|t| text::fixed(t, 2)))
    );
    let mut evidence = Evidence::scale("\u{2212}1", "1").threshold((STEADY + 1.0) / 2.0, "0.7");
    let shapes = [Shape::Ring, Shape::Disc, Shape::Disc];
    for ((shape, trend), network) in shapes
        .into_iter()
        .zip(trends)
        .zip(state.setup.sweep.shapes())
    {
        evidence = evidence.value((trend + 1.0) / 2.0, network.name, shape, Role::Ink);
    }
    let steady = trends.iter().filter(|trend| **trend >= STEADY).count();
    Claim::about("gap-grows", "The gap widens with training length.")
        .shows(shows)
        .evidence(evidence)
        .wait_for(waits(state))
        .otherwise(
            Verdict::NotClaimed,
            format!("left open by the theory; steadily in {steady} of 3"),
        )
}
