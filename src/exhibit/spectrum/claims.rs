//! The claims of the spectrum exhibit: thresholds and their reasons.

use super::comparison;
use super::model::Network;
use super::observation::best_test;
use super::readings::reservoir_peak;
use crate::chart::{Role, Shape};
use crate::exhibit::regression::{OWN_REASON, OWN_SHOWS};
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, Verdict, text};
use crate::training::Gate;

/// Steps before which an ordering of the modes cannot have shown.
const ENOUGH_STEPS: u64 = 30;
/// Points below which even a perfect fit says nothing about a function.
const ENOUGH_POINTS: usize = 8;
/// "Learned": nine tenths of the energy is gone.
const LEARNED: f64 = 0.9;
/// "Hardly touched": less than half of the energy is gone.
const UNTOUCHED: f64 = 0.5;
/// "Settled": nineteen twentieths of the energy that is left.
const SETTLED: f64 = 0.95;
/// "As predicted": a quarter more or less, the width of a drawn line.
const AS_PREDICTED: f64 = 1.25;
/// "Roughly as predicted".
const ROUGHLY_PREDICTED: f64 = 2.0;
/// "Paid for": the best test error exceeded by three tenths, beyond what it
/// moves from one recorded step to the next.
const PAID: f64 = 1.3;

/// All claims, in the order of the essay.
pub fn claims(state: &State<'_, Network>) -> Vec<Claim> {
    vec![
        steep_first(state),
        settles(state),
        frozen(state),
        noise_is_cancelled(state),
        comparison::claim(state.memory, state.setup),
    ]
}

/// What the claims about the course of a run wait for.
fn too_early(state: &State<'_, Network>) -> Option<String> {
    let since = state.place.step - state.window_start;
    (since < ENOUGH_STEPS).then(|| format!("{ENOUGH_STEPS} steps are needed"))
}

/// Share of the energy of the window's first residual that is gone, inside (first) and
/// outside (second) the channel of the window's first kernel.
fn lost(state: &State<'_, Network>) -> (f64, f64) {
    let start = state.model.window.frozen.spectrum();
    let channel = start.channel_dimension(state.setup.threshold);
    let now = start.vectors.tr_mul(&state.now.residual);
    let share = |range: std::ops::Range<usize>| {
        let before: f64 = range.clone().map(|i| start.coefficients[i].powi(2)).sum();
        let after: f64 = range.map(|i| now[i].powi(2)).sum();
        1.0 - after / before
    };
    (share(0..channel), share(channel..start.len()))
}

fn steep_first(state: &State<'_, Network>) -> Claim {
    let (channel, reservoir) = lost(state);
    let one_sided = !(channel.is_finite() && reservoir.is_finite());
    let shows = format!(
        "The channel has lost **{}** of its error, the reservoir **{}**.",
        text::percent(channel),
        text::percent(reservoir)
    );
    let evidence = Evidence::scale("0", "100\u{202f}%")
        .threshold(LEARNED, "90\u{202f}%")
        .threshold(UNTOUCHED, "50\u{202f}%")
        .value(reservoir, "reservoir", Shape::Ring, Role::Noise)
        .value(channel, "channel", Shape::Disc, Role::Signal);
    let partly = match reservoir >= UNTOUCHED {
        true => "the reservoir is learned too",
        false => "the channel is not learned yet",
    };
    Claim::about("steep-first", "Steep directions are learned first.")
        .shows(shows)
        .evidence(evidence)
        .wait(one_sided, "one of the two parts is empty")
        .wait_for(too_early(state))
        .holds(
            channel >= LEARNED && reservoir < UNTOUCHED,
            "channel over 90\u{202f}%, reservoir under 50\u{202f}%",
        )
        .partly(channel > reservoir, partly)
        .fails("the reservoir lost as much as the channel")
}

fn settles(state: &State<'_, Network>) -> Claim {
    let (peak, peak_step) = reservoir_peak(state);
    let (now, threshold) = (&state.now.record, state.setup.threshold);
    let share = now.reservoir_energy(threshold);
    let baseline = now.reservoir_dimension(threshold);
    let directions = text::whole_percent(baseline);
    let shows = format!(
        "**{}** of it is there, in {directions} of the directions. Peak {} at step {}.",
        text::percent(share),
        text::percent(peak),
        text::count(peak_step)
    );
    let evidence = Evidence::scale("0", "100\u{202f}%")
        .threshold(SETTLED, "95\u{202f}%")
        .threshold(baseline, format!("baseline {directions}"))
        .value(share, "now", Shape::Ring, Role::Noise);
    let theory = "What is left of the error settles in the reservoir.";
    Claim::about("settles-in-reservoir", theory)
        .shows(shows)
        .evidence(evidence)
        .wait_for(too_early(state))
        .wait(!share.is_finite(), "no error is left")
        .holds(share >= SETTLED, "over 95\u{202f}% of what is left")
        .partly(peak >= SETTLED, "it did, then came back out")
        .partly(share > baseline, "above the baseline, under 95\u{202f}%")
        .fails("no more than the reservoir\u{2019}s share of directions")
}

fn frozen(state: &State<'_, Network>) -> Claim {
    let (now, configuration) = (state.now, &state.setup.configuration);
    let before = state.model.window.frozen.spectrum().largest();
    let ratio = now.record.train / now.predicted.train;
    let growth = now.record.spectrum.largest() / before;
    let off = ratio.max(1.0 / ratio);
    let plain = state.setup.gate == Gate::Off && configuration.batch == configuration.points;
    let shows = format!(
        "Training error is **{}\u{d7}** what the frozen kernel predicts; \u{3bb}\u{2081} is \
         **{}\u{d7}** its value at the start.",
        text::significant(ratio),
        text::fixed(growth, 2)
    );
    let run = match ratio < 1.0 {
        true => "this run, below",
        false => "this run",
    };
    let at = |factor: f64| libm::log10(factor) / 2.0;
    let evidence = Evidence::scale("1\u{d7}", "100\u{d7}")
        .threshold(at(AS_PREDICTED), "within 25\u{202f}%")
        .value(at(off), run, Shape::Disc, Role::Ink);
    let theory = "Each direction decays at its own fixed rate, as if the kernel were constant.";
    Claim::about("frozen-kernel", theory)
        .shows(shows)
        .evidence(evidence)
        .wait(!plain, "the prediction is for full batches without a gate")
        .wait_for(too_early(state))
        .wait(!ratio.is_finite(), "no error is left to compare")
        .holds(off <= AS_PREDICTED, "within a quarter")
        .partly(off <= ROUGHLY_PREDICTED, "within a factor 2")
        .fails("true only for the first steps")
}

fn noise_is_cancelled(state: &State<'_, Network>) -> Claim {
    let now = &state.now.record;
    let theory = "Memorised noise is cancelled before it reaches a test point.";
    let claim = Claim::about("noise-is-cancelled", theory);
    let energy = state.model.window.noise_energy;
    let (Some(energy), Some((best, best_step)), Some(test)) =
        (energy, best_test(state.window()), now.test)
    else {
        let claim = claim.shows(OWN_SHOWS);
        return claim.otherwise(Verdict::NotYet, OWN_REASON);
    };
    let ratio = test / best;
    let memorised = 1.0 - now.train / energy;
    let judged = memorised > 0.0 && energy > 0.0;
    let shows = match judged {
        true => format!(
            "Training error is {} below the noise; test error is **{}\u{d7}** its best, {} at \
             step {}.",
            text::whole_percent(memorised),
            text::fixed(ratio, 2),
            text::error(best),
            text::count(best_step)
        ),
        false => format!(
            "No noise is memorised yet: training error {}, noise {}.",
            text::error(now.train),
            text::error(energy)
        ),
    };
    let evidence = Evidence::scale("1\u{d7}", "10\u{d7}")
        .threshold(libm::log10(PAID), "1.3\u{d7}")
        .value(libm::log10(ratio), "now", Shape::Diamond, Role::Test);
    claim
        .shows(shows)
        .evidence(judged.then_some(evidence))
        .wait(energy == 0.0, "there is no noise to memorise")
        .wait(
            state.setup.configuration.points < ENOUGH_POINTS,
            format!("{ENOUGH_POINTS} points are needed"),
        )
        .wait(memorised <= 0.0, "training error is still above the noise")
        .fails_if(ratio >= PAID, "memorising raised the test error")
        .wait(memorised < 0.5, "less than half is memorised")
        .holds(ratio <= 1.0 + (PAID - 1.0) / 3.0, "memorised at no cost")
        .otherwise(Verdict::Partly, "at a small cost")
}
