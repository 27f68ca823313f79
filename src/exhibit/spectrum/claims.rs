//! The claims of the spectrum exhibit: thresholds and their reasons.

use super::comparison::{self, Ended};
use super::lost::Lost;
use super::model::Network;
use super::observation::best_test;
use super::readings::reservoir_peak;
use crate::chart::{Role, Shape, Span};
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
/// A step above this share of its limit is no step of gradient flow any more: the error along
/// the steepest direction changes its sign at every step and decays slowly.
const COARSE: f64 = 0.6;
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

const STEEP_FIRST: &str = "By time t directions with eigenvalues far above n/t are learned, those far below have barely moved.";

fn steep_first(state: &State<'_, Network>) -> Claim {
    let Some(Lost { step, above, below }) = state.model.lost else {
        let reason = too_early(state).unwrap_or("one of the two parts is empty".into());
        return Claim::about("steep-first", STEEP_FIRST)
            .shows("Nothing yet.")
            .otherwise(Verdict::NotYet, reason);
    };
    let shows = format!(
        "Modes above three times `n/t` had lost **{}** of their error by step {}, those below a \
         third of it **{}**.",
        text::percent(above),
        text::count(step),
        text::percent(below)
    );
    let evidence = Evidence::scale("0", "100\u{202f}%")
        .threshold(LEARNED, "90\u{202f}%")
        .threshold(UNTOUCHED, "50\u{202f}%")
        .value(below, "below", Shape::Ring, Role::Noise)
        .value(above, "above", Shape::Disc, Role::Signal);
    let partly = match below >= UNTOUCHED {
        true => "those below are learned too",
        false => "those above are not learned yet",
    };
    Claim::about("steep-first", STEEP_FIRST)
        .shows_spans(Span::marked(&shows))
        .evidence(evidence)
        .wait_for(too_early(state))
        .holds(
            above >= LEARNED && below < UNTOUCHED,
            "above over 90\u{202f}%, below under 50\u{202f}%",
        )
        .partly(above > below, partly)
        .fails("those below lost as much as those above")
}

/// Why the present run cannot be judged as one of gradient flow, if so, and the finished run
/// with a fifth of the step that is judged in its place, if there is one.
fn coarse<'a>(state: &State<'a, Network>) -> (Option<String>, Option<&'a Ended>) {
    if comparison::of_limit(state) < COARSE {
        return (None, None);
    }
    let finer = comparison::finer(state);
    let finer = finer.filter(|run| run.of_limit < COARSE);
    let missing = format!(
        "the step is at {} of its limit: run to the end with step-fraction {}",
        text::whole_percent(comparison::of_limit(state)),
        text::fixed(0.2 * state.setup.step_fraction, 3)
    );
    (finer.is_none().then_some(missing), finer)
}

fn settles(state: &State<'_, Network>) -> Claim {
    let (peak, peak_step) = reservoir_peak(state);
    let (now, threshold) = (&state.now.record, state.setup.threshold);
    let share = now.reservoir_energy(threshold);
    let baseline = now.reservoir_dimension(threshold);
    let directions = text::whole_percent(baseline);
    let (missing, finer) = coarse(state);
    let mut shows = format!(
        "**{}** of it is there, in {directions} of the directions. Peak {} at step {}.",
        text::percent(share),
        text::percent(peak),
        text::count(peak_step)
    );
    let energies = now.spectrum.energies();
    if missing.is_some() || finer.is_some() {
        let first = now.energy(0) / energies.sum::<f64>();
        shows.push_str(&format!(
            " Mode 1, along which a step this large overshoots, holds {}.",
            text::percent(first)
        ));
    }
    let mut evidence = Evidence::scale("0", "100\u{202f}%")
        .threshold(SETTLED, "95\u{202f}%")
        .threshold(baseline, format!("baseline {directions}"))
        .value(share, "now", Shape::Ring, Role::Noise);
    if let Some(run) = finer {
        shows.push_str(&format!(
            " With a step of {} for as long: **{}** there.",
            text::fixed(run.step_fraction(), 3),
            text::percent(run.share)
        ));
        evidence = evidence.value(run.share, "smaller step", Shape::Disc, Role::Signal);
    }
    let share = finer.map_or(share, |run| run.share);
    let theory = "What is left of the error settles in the reservoir.";
    Claim::about("settles-in-reservoir", theory)
        .shows(shows)
        .evidence(evidence)
        .wait_for(too_early(state))
        .wait(!share.is_finite(), "no error is left")
        .wait_for(missing)
        .holds(share >= SETTLED, "over 95\u{202f}% of what is left")
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
        "Training error is **{}\u{d7}** what the kernel of the start predicts; \u{3bb}\u{2081} is \
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
    let theory = "The kernel is not frozen: it moves as the network trains, and its snapshot at the start tells only a part of the story.";
    Claim::about("kernel-moves", theory)
        .shows(shows)
        .evidence(evidence)
        .wait(!plain, "the prediction is for full batches without a gate")
        .wait_for(too_early(state))
        .wait(!ratio.is_finite(), "no error is left to compare")
        .holds(off > ROUGHLY_PREDICTED, "off by more than a factor 2")
        .partly(off > AS_PREDICTED, "off by more than a quarter")
        .fails("the frozen kernel predicts the error within a quarter")
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
    let (missing, finer) = coarse(state);
    let mut shows = match judged {
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
    if let Some(run) = finer.filter(|_| judged) {
        shows.push_str(&format!(
            " With a step of {} for as long: **{}\u{d7}**.",
            text::fixed(run.step_fraction(), 3),
            text::fixed(run.last_over_best(), 2)
        ));
    }
    let evidence = Evidence::scale("1\u{d7}", "10\u{d7}")
        .threshold(libm::log10(PAID), "1.3\u{d7}")
        .value(libm::log10(ratio), "now", Shape::Diamond, Role::Test);
    let ratio = finer.map_or(ratio, Ended::last_over_best);
    claim
        .shows(shows)
        .evidence(judged.then_some(evidence))
        .wait(energy == 0.0, "there is no noise to memorise")
        .wait(
            state.setup.configuration.points < ENOUGH_POINTS,
            format!("{ENOUGH_POINTS} points are needed"),
        )
        .wait(memorised <= 0.0, "training error is still above the noise")
        .wait_for(missing)
        .fails_if(ratio >= PAID, "memorising raised the test error")
        .wait(memorised < 0.5, "less than half is memorised")
        .holds(ratio <= 1.0 + (PAID - 1.0) / 3.0, "memorised at no cost")
        .otherwise(Verdict::Partly, "at a small cost")
}
