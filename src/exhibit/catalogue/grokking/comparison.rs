//! Runs that ended in this session: whether the network generalises without
//! weight decay is told by another run, not by this one.

use super::knobs::Setup;
use super::run::Run;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::{Claim, Evidence, EvidenceMark, Verdict, text};

/// The end of a run.
#[derive(Debug, Clone)]
struct Ended {
    setup: Setup,
    grokked: Option<u64>,
    steps: u64,
    test: f64,
}

/// All runs that ended in this session.
#[derive(Debug, Default)]
pub struct Comparison {
    ended: Vec<Ended>,
}

/// Whether two runs share all but the decay, and what only is shown.
fn comparable(a: &Setup, b: &Setup) -> bool {
    let same = Setup {
        decay: a.decay,
        twin: a.twin,
        pair: a.pair,
        ..b.clone()
    };
    *a == same
}

impl Comparison {
    /// Takes note of a run that has come to its end unchanged.
    pub fn record(&mut self, run: &mut Run) {
        let setup = run.setup.clone();
        self.ended.retain(|other| {
            !(comparable(&other.setup, &setup) && other.setup.decay == setup.decay)
        });
        self.ended.push(Ended {
            grokked: run.grokked,
            steps: run.step,
            test: run.answers().test,
            setup,
        });
    }

    /// The ledger's row on weight decay.
    pub fn claim(&self, setup: &Setup) -> Claim {
        let find = |decays: bool| {
            let same = self
                .ended
                .iter()
                .rev()
                .filter(|run| comparable(&run.setup, setup));
            { same }.find(|run| (run.setup.decay > 0.0) == decays)
        };
        let (with, without) = (find(true), find(false));
        let told = |run: &Ended| match run.grokked {
            Some(step) => format!("at step {}", text::count(step)),
            None => format!("not within {} steps", text::count(run.steps)),
        };
        let mut shows = Vec::new();
        for (name, run) in [("With decay", with), ("Without decay", without)] {
            if let Some(run) = run {
                let name = match run.setup.decay {
                    0.0 => name.to_owned(),
                    decay => format!("{name} {decay}"),
                };
                let between = if shows.is_empty() { "" } else { " " };
                shows.push(Span::plain(format!(
                    "{between}{name} held-out pairs come right "
                )));
                shows.push(Span::strong(told(run)));
                shows.push(Span::plain(format!(
                    " ({} right at the end).",
                    text::percent(run.test)
                )));
            }
        }
        if shows.is_empty() {
            shows.push(Span::plain(
                "A run to its end with weight decay and one without are compared here.",
            ));
        }
        let (verdict, reason) = match (with, without) {
            (Some(with), Some(without)) => match (with.grokked, without.grokked) {
                (Some(_), None) => (
                    Verdict::DoesNotHold,
                    "weight decay is needed, and the theory has none".to_owned(),
                ),
                (Some(_), Some(_)) => (Verdict::Holds, "it generalises without decay too".into()),
                (None, Some(_)) => (Verdict::Holds, "it generalises only without decay".into()),
                (None, None) => (Verdict::NotYet, "neither run generalised".into()),
            },
            (_, None) => (Verdict::NotYet, "still to run from step 0: decay 0".into()),
            (None, _) => (
                Verdict::NotYet,
                "still to run from step 0: a decay above 0".into(),
            ),
        };
        let marks = [
            (with, "with decay", Shape::Diamond, Role::Test),
            (without, "without", Shape::Disc, Role::Ink),
        ];
        let values: Vec<EvidenceMark> = marks
            .into_iter()
            .filter_map(|(run, words, shape, role)| {
                Some(EvidenceMark::new(run?.test, words, shape, role))
            })
            .collect();
        Claim {
            name: "gradient-flow-alone",
            theory: "Gradient flow by itself turns the kernel until the network generalises.",
            shows,
            evidence: (!values.is_empty()).then(|| Evidence {
                start: "0".into(),
                end: "100\u{2009}% held out right".into(),
                threshold: None,
                values,
            }),
            verdict,
            reason,
        }
    }
}
