//! The claims of the descent exhibit: thresholds and their reasons.

use super::agreement::agreement;
use super::model::{Sweep, WIDTHS};
use super::noise_claims;
use super::summary::Summary;
use super::sweeps::{highest, unevenness, widest};
use crate::chart::{Role, Shape, Span};
use crate::exhibit::claim::Ladder;
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, Verdict, text};

/// "At P ~ n": from the last width that cannot fit everything to the first
/// that can with a margin; the widths stand about P/n = 0.2 apart here.
const NEAR_THRESHOLD: (f64, f64) = (0.8, 1.6);
/// "Rises" and "falls": by half, well beyond what medians of a few seeds move.
pub const CLEAR: f64 = 1.5;
/// "Level": largest and smallest width's error within a factor two, while a
/// peak is several times its surroundings.
const LEVEL: f64 = 2.0;
/// "Well below predicting 0": by a fifth.
const WELL_BELOW: f64 = 0.8;
/// "Collapses": a tenth of the values on both sides.
const COLLAPSES: f64 = 0.1;

/// All claims, in the order of the essay. Nothing is judged before the first
/// sweep is done.
pub fn claims(state: &State<'_, Sweep>) -> Vec<Claim> {
    let summary = Summary::of(state);
    let mut claims = vec![
        two_descents(&summary),
        eigenvalues_collapse(&summary),
        noise_claims::migration(&summary),
        noise_claims::gain_falls(&summary),
        agreement(&summary),
        early_stopping(&summary),
        capacity_helps(&summary),
    ];
    if state.place.ended == 0 {
        for claim in &mut claims {
            claim.verdict = Verdict::NotYet;
            claim.reason = "the first sweep is not done".into();
        }
    }
    claims
}

/// Whether a P/n is near the threshold.
pub fn near(ratio: f64) -> bool {
    (NEAR_THRESHOLD.0..=NEAR_THRESHOLD.1).contains(&ratio)
}

/// Place of a P/n between 1/10 and 100, in the logarithm.
pub fn on_ratios(ratio: f64) -> f64 {
    (libm::log10(ratio) + 1.0) / 3.0
}

/// A scale of P/n with the threshold at 1.
fn ratios() -> Evidence {
    let (low, high) = NEAR_THRESHOLD;
    Evidence::scale("P/n = 0.1", "100")
        .threshold(on_ratios(low), "from 0.8")
        .threshold(on_ratios(high), "to 1.6")
}

/// A claim without numbers.
pub fn unknown(claim: Ladder) -> Claim {
    claim
        .shows("There is nothing to measure it by in this run.")
        .otherwise(Verdict::NotYet, "needs noise in the labels")
}

fn two_descents(summary: &Summary<'_>) -> Claim {
    let theory =
        "As capacity passes the interpolation threshold, the test error rises, then falls again.";
    let claim = Claim::about("two-descents", theory);
    let Some(peak) = summary.peak else {
        return unknown(claim);
    };
    let setup = summary.sweeps.setup;
    let at = summary.sweeps.share(peak.index);
    let mut shows = Span::marked(&format!(
        "Peak **{}** at P/n = {}; {} below it, {} at the widest.",
        text::error(peak.height),
        text::fixed(at, 2),
        text::error(peak.left),
        text::error(peak.right)
    ));
    if let Some(clean) = summary.clean_peak.filter(|_| setup.noise > 0.0) {
        let height = text::error(clean.height);
        shows.push(Span::plain(format!(" Without noise the peak is {height}.")));
    }
    let mut evidence = ratios().value(on_ratios(at), "peak", Shape::Diamond, Role::Test);
    if let Some((size, height)) = summary.features_peak {
        let ratio = size as f64 / setup.points as f64;
        shows.push(Span::plain(format!(
            " Random features: {} at N/n = {}.",
            text::significant(height),
            text::fixed(ratio, 2)
        )));
        evidence = evidence.value(on_ratios(ratio), "random features", Shape::Ring, Role::Ink);
    }
    let (rises, falls) = (peak.height / peak.left, peak.height / peak.right);
    claim
        .shows_spans(shows)
        .evidence(evidence)
        .fails_if(
            !(near(at) && rises > 1.0 && falls > 1.0),
            "no peak between P/n = 0.8 and 1.6",
        )
        .holds(
            rises >= CLEAR && falls >= CLEAR,
            format!("by over {CLEAR}\u{d7} on both sides"),
        )
        .otherwise(Verdict::Partly, format!("by less than {CLEAR}\u{d7}"))
}

fn eigenvalues_collapse(summary: &Summary<'_>) -> Claim {
    let theory = "At the threshold small eigenvalues collapse.";
    let claim = Claim::about("eigenvalues-collapse", theory);
    let Some(i) = summary.lowest else {
        return unknown(claim);
    };
    let lowest = summary.smallest[i].median;
    let (first, last) = (summary.smallest[0].median, widest(&summary.smallest));
    let at = summary.sweeps.share(i);
    let shows = format!(
        "The smallest eigenvalue above rounding, over the largest, is **{}** at P/n = {}, {} at \
         the narrowest and {} at the widest network (step 0).",
        text::significant(lowest),
        text::fixed(at, 2),
        text::significant(first),
        text::significant(last)
    );
    claim
        .shows(shows)
        .evidence(ratios().value(on_ratios(at), "lowest", Shape::Disc, Role::Ink))
        .fails_if(!near(at), "lowest away from P = n")
        .holds(
            lowest <= COLLAPSES * first.min(last),
            "under a tenth of the values on both sides",
        )
        .otherwise(Verdict::Partly, "lowest there, but by less than ten times")
}

fn early_stopping(summary: &Summary<'_>) -> Claim {
    let theory = "Directions with small eigenvalues are learned last, so stopping early leaves out the peak.";
    let claim = Claim::about("early-stopping", theory);
    let Some((step, curve)) = &summary.stop else {
        return unknown(claim);
    };
    let (end, stopped) = (unevenness(&summary.test), unevenness(curve));
    let shows = format!(
        "Worst width over best: **{}\u{d7}** at step {}, the best common one by test error, and \
         {}\u{d7} at the end. Highest error there {}; predicting 0: {}.",
        text::fixed(stopped, 2),
        text::count(*step),
        text::fixed(end, 2),
        text::error(highest(curve)),
        text::error(summary.null_error)
    );
    let on_scale = |ratio: f64| libm::log10(ratio);
    let evidence = Evidence::scale("1\u{d7}", "10\u{d7}")
        .threshold(on_scale(LEVEL), "2\u{d7}")
        .value(on_scale(stopped), "stopped", Shape::Diamond, Role::Test)
        .value(on_scale(end), "at the end", Shape::Diamond, Role::Test);
    claim
        .shows(shows)
        .evidence(evidence)
        .wait(end < LEVEL, "there is no peak to leave out")
        .fails_if(
            *step >= summary.sweeps.setup.steps,
            "no earlier step is better",
        )
        .holds(
            stopped < LEVEL && highest(curve) < WELL_BELOW * summary.null_error,
            "all widths within a factor 2, and well below predicting 0",
        )
        .undecided_if(
            stopped < LEVEL,
            "the peak is gone, but so is most of what was learned; and Adam has no order of eigenvalues",
        )
        .partly(stopped < end / LEVEL, "the peak is lower, not gone")
        .fails("the peak stays")
}

fn capacity_helps(summary: &Summary<'_>) -> Claim {
    let theory =
        "Past the threshold more capacity takes the noise up, and the network generalises.";
    let claim = Claim::about("second-descent-generalises", theory);
    let Some(peak) = summary.peak else {
        return unknown(claim);
    };
    let widest = widest(&summary.test);
    let mut shows = vec![Span::plain("Test error of width ")];
    shows.extend(Span::marked(&format!(
        "{}: **{}**; best smaller than the peak: {}; predicting 0: {}.",
        WIDTHS[WIDTHS.len() - 1],
        text::error(widest),
        text::error(peak.left),
        text::error(summary.null_error)
    )));
    // Errors from 0.1 to 10 in the logarithm.
    let on_scale = |error: f64| (libm::log10(error) + 1.0) / 2.0;
    let evidence = Evidence::scale("0.1", "10")
        .threshold(
            on_scale(WELL_BELOW * summary.null_error),
            "well below predicting 0",
        )
        .value(on_scale(peak.left), "best small", Shape::Ring, Role::Ink)
        .value(on_scale(widest), "widest", Shape::Diamond, Role::Test);
    claim
        .shows_spans(shows)
        .evidence(evidence)
        .holds(
            widest < peak.height / CLEAR && widest < WELL_BELOW * summary.null_error,
            "far below the peak, and well below predicting 0",
        )
        .partly(
            widest < peak.height / CLEAR,
            "far below the peak, but not well below predicting 0",
        )
        .fails("hardly below the peak")
}
