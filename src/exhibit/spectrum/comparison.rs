//! Runs that ended, so that the gate can be judged beside its controls.
//!
//! Two runs are comparable if they share everything but the gate and the
//! step size, and nobody turned a knob on the way.

use super::knobs::Setup;
use super::run::Run;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::regression::OWN_REASON;
use crate::exhibit::{Claim, Evidence, EvidenceMark, Verdict, text};
use crate::training::Gate;

/// "As good as": a tenth more or less.
const AS_GOOD: f64 = 1.1;
/// "Worse": three tenths more.
const WORSE: f64 = 1.3;

const NAME: &str = "no-validation-set";
const THEORY: &str = "With the gate, no validation set is needed.";
/// Why own points do not decide it.
const OWN_SHOWS: &str = "Runs are compared by their test errors, which own points do not have.";

/// The end of a run.
#[derive(Debug, Clone)]
struct Ended {
    setup: Setup,
    /// Test error at the end.
    last: f64,
    /// Best test error on the way: what a validation set could have found.
    best: f64,
    /// Mean share of parameters that a step could move.
    open: f64,
}

/// All runs that ended in this session.
#[derive(Debug, Default)]
pub struct Comparison {
    ended: Vec<Ended>,
}

impl Comparison {
    /// Takes note of a run that has come to its end unchanged, if it has a
    /// test error.
    pub fn record(&mut self, run: &mut Run) {
        let (Some(last), Some((best, _))) = (run.observe().test, run.window.best_test) else {
            return;
        };
        let setup = run.setup.clone();
        self.ended.retain(|other| other.setup != setup);
        self.ended.push(Ended {
            setup,
            last,
            best,
            open: run.mean_open_share(),
        });
    }

    /// The comparable run without a gate, the one with the largest step.
    fn plain(&self, setup: &Setup) -> Option<&Ended> {
        self.ended
            .iter()
            .filter(|run| run.setup.gate == Gate::Off && comparable(&run.setup, setup))
            .max_by(|a, b| a.setup.step_fraction.total_cmp(&b.setup.step_fraction))
    }

    /// The comparable run with the given gate and step.
    fn with_gate(&self, setup: &Setup, gate: Gate, step_fraction: f64) -> Option<&Ended> {
        self.ended.iter().find(|run| {
            run.setup.gate == gate
                && run.setup.step_fraction == step_fraction
                && comparable(&run.setup, setup)
        })
    }

    /// The comparable ungated run whose step is nearest to the plain step
    /// times the share that the gate opened, if that is within a factor two.
    fn with_smaller_step(&self, plain: &Ended, hard: &Ended) -> Option<&Ended> {
        let wanted = plain.setup.step_fraction * hard.open;
        let off = |run: &Ended| libm::fabs(libm::log(run.setup.step_fraction / wanted));
        self.ended
            .iter()
            .filter(|run| run.setup.gate == Gate::Off && comparable(&run.setup, &plain.setup))
            .filter(|run| off(run) < std::f64::consts::LN_2)
            .min_by(|a, b| off(a).total_cmp(&off(b)))
    }

    /// The ledger's row on the gate.
    pub fn claim(&self, setup: &Setup) -> Claim {
        if !setup.own.is_empty() {
            return Claim {
                name: NAME,
                theory: THEORY,
                shows: vec![Span::plain(OWN_SHOWS)],
                evidence: None,
                verdict: Verdict::NotYet,
                reason: OWN_REASON.into(),
            };
        }
        let plain = self.plain(setup);
        let step = plain.map_or(setup.step_fraction, |run| run.setup.step_fraction);
        let hard = self.with_gate(setup, Gate::Hard, step);
        let random = self.with_gate(setup, Gate::Random, step);
        let smaller = plain
            .zip(hard)
            .and_then(|(plain, hard)| self.with_smaller_step(plain, hard));
        let runs = [
            ("no gate", plain),
            ("hard gate", hard),
            ("random mask", random),
            ("smaller step", smaller),
        ];
        let mut claim = Claim {
            name: NAME,
            theory: THEORY,
            shows: vec![Span::plain(
                "Runs to the end on this data and these weights are compared here: no run has ended yet.",
            )],
            evidence: None,
            verdict: Verdict::NotYet,
            reason: String::new(),
        };
        if runs.iter().any(|(_, run)| run.is_some()) {
            claim.shows = shows(&runs);
        }
        let (Some(plain), Some(hard), Some(random), Some(smaller)) = (plain, hard, random, smaller)
        else {
            claim.reason = missing(setup, plain, hard, random);
            return claim;
        };
        let (verdict, reason) = judge(plain, hard, random, smaller);
        claim.verdict = verdict;
        claim.reason = reason.into();
        claim.evidence = Some(Evidence {
            start: "1\u{d7}".into(),
            end: "10\u{d7}".into(),
            threshold: Some(at(
                plain.best,
                plain.best,
                "best, no gate",
                Shape::Disc,
                Role::Ink,
            )),
            values: vec![
                at(hard.last, plain.best, "hard", Shape::Diamond, Role::Test),
                at(random.last, plain.best, "random", Shape::Ring, Role::Ink),
                at(
                    smaller.last,
                    plain.best,
                    "smaller step",
                    Shape::Disc,
                    Role::Ink,
                ),
            ],
        });
        claim
    }
}

fn comparable(a: &Setup, b: &Setup) -> bool {
    let same = Setup {
        gate: a.gate,
        step_fraction: a.step_fraction,
        threshold: a.threshold,
        pace: a.pace,
        ..b.clone()
    };
    *a == same
}

fn at(value: f64, unit: f64, words: &str, shape: Shape, role: Role) -> EvidenceMark {
    EvidenceMark::new(libm::log10(value / unit), words, shape, role)
}

fn shows(runs: &[(&str, Option<&Ended>)]) -> Vec<Span> {
    let mut spans = vec![Span::plain("Test error at the end: ")];
    let ended = runs
        .iter()
        .filter_map(|(name, run)| run.map(|run| (name, run)));
    for (i, (name, run)) in ended.enumerate() {
        let separator = if i == 0 { "" } else { ", " };
        spans.push(Span::plain(format!("{separator}{name} ")));
        spans.push(Span::strong(text::error(run.last)));
        if run.setup.gate == Gate::Off {
            spans.push(Span::plain(format!(" (best {})", text::error(run.best))));
        }
    }
    spans.push(Span::plain("."));
    spans
}

fn missing(
    setup: &Setup,
    plain: Option<&Ended>,
    hard: Option<&Ended>,
    random: Option<&Ended>,
) -> String {
    let mut needed = Vec::new();
    if plain.is_none() {
        needed.push("no gate".to_owned());
    }
    if hard.is_none() {
        needed.push("hard gate".to_owned());
    }
    if random.is_none() {
        needed.push("random mask".to_owned());
    }
    needed.push(match hard {
        Some(hard) => format!(
            "no gate at step-fraction {}",
            text::fixed(
                plain.map_or(setup.step_fraction, |p| p.setup.step_fraction) * hard.open,
                3
            )
        ),
        None => "a smaller step".to_owned(),
    });
    format!("still to run: {}", needed.join(", "))
}

/// Thresholds: the ungated run's best test error is what a perfect
/// validation set would have stopped at.
fn judge(plain: &Ended, hard: &Ended, random: &Ended, smaller: &Ended) -> (Verdict, &'static str) {
    let control = random.last.min(smaller.last);
    if hard.last > WORSE * plain.best {
        (
            Verdict::DoesNotHold,
            "stopping at the best step beats the gate",
        )
    } else if hard.last > control / AS_GOOD {
        (Verdict::Partly, "a control does as well")
    } else if hard.last <= AS_GOOD * plain.best {
        (
            Verdict::Holds,
            "as good as the best step, better than the controls",
        )
    } else {
        (
            Verdict::Partly,
            "near the best step, better than the controls",
        )
    }
}
