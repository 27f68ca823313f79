//! The claims of the grokking exhibit: thresholds and their reasons.

use super::memory;
use super::model::Grokking;
use super::probes::Probed;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::claim::Ladder;
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, Verdict, text};

/// "Much later": eight times as many steps, the least of any seed tried.
const MUCH_LATER: f64 = 8.0;
/// "Later".
const LATER: f64 = 2.0;
/// "In the channel": more than four fifths of the labels' energy.
const IN_CHANNEL: f64 = 0.8;
/// "Tracks": never further apart than this at a probed step; the accuracy of a few hundred
/// pairs jumps by a tenth between two probes.
const TRACKS: f64 = 0.15;
/// Held-out alignment has risen: twice what it was when memorised.
const RISEN: f64 = 2.0;
/// "Most of the way": half of it.
const HALF: f64 = 0.5;
/// "A part of it": a quarter.
const QUARTER: f64 = 0.25;
/// Largest alignment on a scale of evidence.
const ALIGNED: f64 = 0.8;

const NOT_GENERALISED: &str = "not generalised yet";
const NO_CONTROL: &str = "needs the shuffled-label control";

/// All claims, in the order of the essay.
pub fn claims(state: &State<'_, Grokking>) -> Vec<Claim> {
    vec![
        memorises_first(state),
        enters_channel(state),
        kernel_tracks(state),
        rotation_is_the_delay(state),
        memory::claim(state),
    ]
}

/// A claim without numbers yet.
fn not_yet(claim: Ladder, shows: &str, reason: &str) -> Claim {
    claim.shows(shows).otherwise(Verdict::NotYet, reason)
}

fn memorises_first(state: &State<'_, Grokking>) -> Claim {
    let theory = "Fast directions fit single examples, so memorising comes first and generalising much later.";
    let claim = Claim::about("memorises-first", theory);
    let Some(memorised) = &state.model.memorised else {
        return not_yet(
            claim,
            "The pairs shown are not all fitted yet.",
            "not memorised yet",
        );
    };
    let mut shows = Span::marked(&format!(
        "All pairs shown are right at step {}, **{}** of the held-out ones. ",
        text::count(memorised.step),
        text::percent(memorised.network.test)
    ));
    let delay = state.model.delay();
    let then = match state.model.grokked.zip(delay) {
        Some((grokked, delay)) => format!(
            "95\u{202f}% of those are right at step {}, **{}\u{d7}** as late.",
            text::count(grokked),
            text::significant(delay)
        ),
        None => format!(
            "Now {} of those are right.",
            text::percent(state.now.network.test)
        ),
    };
    shows.extend(Span::marked(&then));
    let at = |ratio: f64| libm::log10(ratio) / 2.0;
    let evidence = delay.map(|delay| {
        Evidence::scale("1\u{d7}", "100\u{d7}")
            .threshold(at(MUCH_LATER), "8\u{d7}")
            .value(at(delay), "this run", Shape::Diamond, Role::Test)
    });
    claim
        .shows_spans(shows)
        .evidence(evidence)
        .wait(delay.is_none(), NOT_GENERALISED)
        .holds(delay >= Some(MUCH_LATER), "more than eight times as late")
        .partly(delay >= Some(LATER), "later, but less than eight times")
        .fails("both come at about the same time")
}

/// The first probe, the one when memorised and the last one.
fn three(state: &State<'_, Grokking>) -> Option<[Probed; 3]> {
    let memorised = state.model.memorised.as_ref()?.step;
    let probes = &state.model.probes.complete;
    let after = probes.iter().find(|probe| probe.step >= memorised)?;
    Some([*probes.first()?, *after, *probes.last()?])
}

fn enters_channel(state: &State<'_, Grokking>) -> Claim {
    let theory = "The mode that generalises starts in the reservoir and enters the channel only at the grok.";
    let claim = Claim::about("label-mode-enters-channel", theory);
    let Some([first, memorised, last]) = three(state) else {
        return not_yet(
            claim,
            "No kernel was measured while memorising yet.",
            "not memorised yet",
        );
    };
    let (energy, baseline) = (last.network.energy, last.network.other_energy);
    let mut shows = Span::marked(&format!(
        "Of the labels\u{2019} energy the leading eigenvectors held **{}** at first, **{}** once \
         memorised, and **{}** now.",
        text::percent(first.network.energy),
        text::percent(memorised.network.energy),
        text::percent(energy)
    ));
    let words = format!("baseline {}", text::whole_percent(baseline));
    let mut evidence = Evidence::scale("0", "100\u{202f}%")
        .threshold(IN_CHANNEL, "80\u{202f}%")
        .threshold(baseline, words)
        .value(first.network.energy, "step 0", Shape::Ring, Role::Ink)
        .value(energy, "now", Shape::Disc, Role::Signal);
    let control = last.control.map(|control| control.energy);
    if let Some(control) = control {
        shows.extend(Span::marked(&format!(
            " The control\u{2019}s shuffled labels: **{}** in its own.",
            text::percent(control)
        )));
        evidence = evidence.value(control, "control", Shape::Ring, Role::Noise);
    }
    let entered = energy >= IN_CHANNEL && memorised.network.energy < IN_CHANNEL / 2.0;
    let halfway = (baseline + energy) / 2.0;
    claim
        .shows_spans(shows)
        .evidence(evidence)
        .wait(state.model.grokked.is_none(), NOT_GENERALISED)
        .fails_if(
            !entered || first.network.energy > baseline,
            "the labels do not enter late",
        )
        .wait(control.is_none(), NO_CONTROL)
        .partly(
            control > Some(halfway),
            "they do, but labels without a rule enter too",
        )
        .otherwise(
            Verdict::Holds,
            "they do, and labels without a rule stay out",
        )
}

fn kernel_tracks(state: &State<'_, Grokking>) -> Claim {
    let theory = "What a test point can see is decided by the kernel alone.";
    let claim = Claim::about("kernel-tracks-test", theory);
    let Some([_, memorised, last]) = three(state) else {
        return not_yet(
            claim,
            "No kernel was measured while memorising yet.",
            "not memorised yet",
        );
    };
    let gap = |probe: &Probed| (probe.network.regression - probe.test).abs();
    let widest = state
        .model
        .probes
        .complete
        .iter()
        .map(gap)
        .fold(0.0, f64::max);
    let (then, now) = (
        memorised.network.test_alignment,
        last.network.test_alignment,
    );
    let mut evidence = Evidence::scale("0", "0.8 held-out alignment")
        .threshold(RISEN * then / ALIGNED, "twice as memorised")
        .value(then / ALIGNED, "memorised", Shape::Ring, Role::Ink)
        .value(now / ALIGNED, "now", Shape::Diamond, Role::Test);
    let control = last.control.map(|control| control.test_alignment);
    let ending = match control {
        Some(control) => {
            evidence = evidence.value(control / ALIGNED, "control", Shape::Ring, Role::Noise);
            format!(", the control\u{2019}s to {}.", text::fixed(control, 2))
        }
        None => ".".into(),
    };
    let shows = format!(
        "Regression with the present kernel gets **{}** of the held-out pairs right, the network \
         {}; at no step were they further apart than {}. Held-out alignment went from {} to \
         **{}**{ending}",
        text::percent(last.network.regression),
        text::percent(last.test),
        text::whole_percent(widest),
        text::fixed(then, 2),
        text::fixed(now, 2)
    );
    let alone = control.is_none_or(|control| control < now / RISEN);
    claim
        .shows(shows)
        .evidence(evidence)
        .wait(state.model.grokked.is_none(), NOT_GENERALISED)
        .holds(
            widest <= TRACKS && now >= RISEN * then && alone,
            "regression and alignment follow the test accuracy",
        )
        .partly(
            widest <= 2.0 * TRACKS && now > then,
            "they follow it loosely",
        )
        .fails("the network and its kernel differ")
}

fn rotation_is_the_delay(state: &State<'_, Grokking>) -> Claim {
    let theory = "The delay is the time that the kernel needs to rotate.";
    let claim = Claim::about("rotation-is-the-delay", theory);
    let model = state.model;
    let steps = model
        .memorised
        .as_ref()
        .map(|then| then.step)
        .zip(model.grokked);
    let (Some((memorised, grokked)), Some(last)) = (steps, model.probes.last()) else {
        return not_yet(claim, "The delay is not over yet.", NOT_GENERALISED);
    };
    let overlaps = [0, memorised, grokked].map(|step| model.probes.overlap_with_last(step));
    let [Some(first), Some(then), Some(after)] = overlaps else {
        return not_yet(
            claim,
            "No kernel was measured early enough.",
            "no early kernel probe",
        );
    };
    let share = (after - then) / (1.0 - first);
    let turned = model.probes.by(memorised).map_or(f64::NAN, |probe| {
        (1.0 - probe.network.overlap) / (1.0 - last.network.overlap)
    });
    let mut shows = Span::marked(&format!(
        "Overlap with the last kernel: {} at step 0, {} once memorised, {} once generalised: \
         **{}** of the way was made in between. Away from step 0 it had turned {} of the way \
         once memorised.",
        text::fixed(first, 2),
        text::fixed(then, 2),
        text::fixed(after, 2),
        text::percent(share),
        text::whole_percent(turned)
    ));
    if let Some(control) = last.control {
        let far = (1.0 - control.overlap) / (1.0 - last.network.overlap);
        shows.extend(Span::marked(&format!(
            " The control, which generalises nothing, turned **{}\u{d7}** as far from step 0: \
             turning alone is not generalising.",
            text::fixed(far, 2)
        )));
    }
    let evidence = Evidence::scale("0", "100\u{202f}% of the way to the last kernel")
        .threshold(HALF, "half")
        .value(share, "in the delay", Shape::Disc, Role::Ink);
    claim
        .shows_spans(shows)
        .evidence(evidence)
        .wait(last.step <= grokked, "the run is not over yet")
        .holds(share >= HALF, "over half of the way is made in the delay")
        .partly(
            share >= QUARTER,
            "over a quarter of the way is made in the delay",
        )
        .fails("the way is made before or after the delay")
}
