//! Runs that ended, so that the gate can be judged beside its controls.
//!
//! Two runs are comparable if they share everything but the gate and the
//! step size, and no knob was turned on the way.

use super::knobs::Setup;
use super::model::Network;
use super::observation::best_test;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::regression::OWN_REASON;
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, Verdict, text};
use crate::training::Gate;

/// "As good as": a tenth more or less.
const AS_GOOD: f64 = 1.1;
/// "Worse": three tenths more.
const WORSE: f64 = 1.3;

/// Why own points do not decide it.
const OWN_SHOWS: &str = "Runs are compared by their test errors, which your data do not have.";
const NONE_YET: &str =
    "Runs to the end on this data and these weights are compared here: no run has ended yet.";

/// The end of a run.
#[derive(Debug, Clone)]
pub struct Ended {
    setup: Setup,
    /// Test error at the end.
    last: f64,
    /// Best test error on the way: what a validation set could have found.
    best: f64,
    /// Mean share of parameters that a step could move.
    active_fraction: f64,
    /// Steps taken, times the step fraction.
    time: f64,
    /// Share of the residual's energy in the reservoir at the end.
    pub share: f64,
    /// The step over its limit at the end.
    pub of_limit: f64,
}

impl Ended {
    /// Test error at the end over the best on the way.
    pub fn last_over_best(&self) -> f64 {
        self.last / self.best
    }

    pub fn step_fraction(&self) -> f64 {
        self.setup.step_fraction
    }
}

/// Takes note of a run that has come to its end unchanged, if it has a test error.
pub fn remember(runs: &mut Vec<Ended>, state: &State<'_, Network>) {
    let best = best_test(state.window());
    let (Some(last), Some((best, _)), false) = (state.now.record.test, best, state.changed) else {
        return;
    };
    runs.retain(|other| other.setup != *state.setup);
    runs.push(Ended {
        setup: state.setup.clone(),
        last,
        best,
        active_fraction: state.model.mean_active_fraction(state.place.step),
        time: time(state),
        share: state.now.record.reservoir_energy(state.setup.threshold),
        of_limit: of_limit(state),
    });
}

/// Steps taken, times the step fraction: the same for the same time.
fn time(state: &State<'_, Network>) -> f64 {
    state.place.step as f64 * state.setup.step_fraction
}

/// The step over its present limit 2n/lambda_1.
pub fn of_limit(state: &State<'_, Network>) -> f64 {
    let spectrum = &state.now.record.spectrum;
    state.model.step_size(state.setup) * spectrum.largest() / (2.0 * spectrum.len() as f64)
}

/// "A fifth of the step": or less.
const FINER: f64 = 0.2;

/// The run with a fifth of the present step or less that went on for at least as long, on
/// the same data from the same weights: what the present one would be without its step's
/// errors.
pub fn finer<'a>(state: &State<'a, Network>) -> Option<&'a Ended> {
    let (setup, memory) = (state.setup, state.memory);
    memory.iter().find(|run| {
        let of = &run.setup;
        of.configuration == setup.configuration
            && of.gate == setup.gate
            && of.threshold == setup.threshold
            && of.step_fraction <= FINER * setup.step_fraction * (1.0 + f64::EPSILON)
            && run.time >= time(state)
    })
}

/// The run without a gate, the gate's and its controls', as far as they have ended.
struct Comparison<'a> {
    runs: [(&'static str, Option<&'a Ended>); 4],
}

impl<'a> Comparison<'a> {
    fn new(runs: &'a [Ended], setup: &Setup) -> Self {
        let configuration = &setup.configuration;
        let comparable = || (runs.iter()).filter(|run| run.setup.configuration == *configuration);
        let ungated = || comparable().filter(|run| run.setup.gate == Gate::Off);
        let fraction = |run: &Ended| run.setup.step_fraction;
        // The one with the largest step.
        let plain = ungated().max_by(|a, b| fraction(a).total_cmp(&fraction(b)));
        let step = plain.map_or(setup.step_fraction, fraction);
        let gated = |gate| comparable().find(|run| run.setup.gate == gate && fraction(run) == step);
        let hard = gated(Gate::Hard);
        // The best of those with a smaller step, whichever they are.
        let smaller = plain.and_then(|plain| {
            let smaller = ungated().filter(|run| fraction(run) < fraction(plain));
            smaller.min_by(|a, b| a.last.total_cmp(&b.last))
        });
        let runs = [
            ("no gate", plain),
            ("hard gate", hard),
            ("random mask", gated(Gate::Random)),
            ("smaller step", smaller),
        ];
        Self { runs }
    }

    fn shows(&self) -> Vec<Span> {
        let mut spans = vec![Span::plain("Test error at the end: ")];
        for (name, run) in self.runs {
            let Some(run) = run else { continue };
            let separator = if spans.len() == 1 { "" } else { ", " };
            spans.push(Span::plain(format!("{separator}{name} ")));
            spans.push(Span::strong(text::error(run.last)));
            if run.setup.gate == Gate::Off {
                spans.push(Span::plain(format!(" (best {})", text::error(run.best))));
            }
        }
        if spans.len() == 1 {
            return vec![Span::plain(NONE_YET)];
        }
        spans.push(Span::plain("."));
        spans
    }

    /// The runs that are still needed, at a setup's step fraction.
    fn missing(&self, step_fraction: f64) -> String {
        let [plain, hard, ..] = self.runs.map(|(_, run)| run);
        let step = plain.map_or(step_fraction, |plain| plain.setup.step_fraction);
        let smaller = hard.map(|hard| text::fixed(step * hard.active_fraction, 3));
        let smaller = smaller.map_or("a smaller step".to_owned(), |step| {
            format!("no gate at step-fraction {step}")
        });
        let missing = self.runs[..3].iter().filter(|(_, run)| run.is_none());
        let mut names: Vec<&str> = missing.map(|(name, _)| *name).collect();
        names.push(&smaller);
        format!("still to run: {}", names.join(", "))
    }
}

/// The claim on the gate.
pub fn claim(runs: &[Ended], setup: &Setup) -> Claim {
    let theory = "With the gate, no validation set is needed.";
    let claim = Claim::about("no-validation-set", theory);
    if !setup.configuration.own.is_empty() {
        let claim = claim.shows(OWN_SHOWS);
        return claim.otherwise(Verdict::NotYet, OWN_REASON);
    }
    let found = Comparison::new(runs, setup);
    let claim = claim.shows_spans(found.shows());
    let [Some(plain), Some(hard), Some(random), Some(smaller)] = found.runs.map(|(_, run)| run)
    else {
        return claim.otherwise(Verdict::NotYet, found.missing(setup.step_fraction));
    };
    let at = |error: f64| libm::log10(error / plain.best);
    let evidence = Evidence::scale("1\u{d7}", "10\u{d7}")
        .threshold(at(plain.best), "best, no gate")
        .value(at(hard.last), "hard", Shape::Diamond, Role::Test)
        .value(at(random.last), "random", Shape::Ring, Role::Ink)
        .value(at(smaller.last), "smaller step", Shape::Disc, Role::Ink);
    let control = random.last.min(smaller.last);
    // The ungated run's best test error is what a perfect validation set would have stopped
    // at.
    claim
        .evidence(evidence)
        .fails_if(
            hard.last > WORSE * plain.best,
            "stopping at the best step beats the gate",
        )
        .partly(hard.last > control / AS_GOOD, "a control does as well")
        .holds(
            hard.last <= AS_GOOD * plain.best,
            "as good as the best step, better than the controls",
        )
        .otherwise(
            Verdict::Partly,
            "near the best step, better than the controls",
        )
}
