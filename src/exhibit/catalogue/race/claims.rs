//! Rows of the ledger that compare arms: what they have in common.

use super::comparison::{
    LEVEL, Paired, Value, at_own_stop, at_the_best_validation, at_the_end, own_stop,
};
use super::heat::Trace;
use super::run::Run;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::catalogue::spread::spread;
use crate::exhibit::{Claim, Evidence, EvidenceMark, Verdict, text};

/// Heats from which on "no clear difference" is a result.
const ENOUGH: usize = 8;

/// One number of one thing against that of another.
#[derive(Debug)]
pub struct Contest<'a> {
    /// Stable name of the row.
    pub name: &'static str,
    /// The theory's sentence.
    pub theory: &'static str,
    /// What is compared: "Test error at the end".
    pub quantity: &'a str,
    /// The one that is to be lower.
    pub one: String,
    /// The other.
    pub other: String,
    /// The measured pairs.
    pub paired: Paired,
    /// Words after the numbers, or nothing.
    pub aside: String,
}

/// Two arms, by their places; none where one is not in the race.
pub type Arms = [Option<usize>; 2];

/// One arm against another by a number of each; judged over the heats that
/// are over.
pub fn between<'a>(
    run: &Run,
    [name, theory]: [&'static str; 2],
    quantity: &'a str,
    arms: Arms,
    value: &Value<'_>,
) -> Contest<'a> {
    let paired = match arms {
        [Some(one), Some(other)] => Paired::new(run.done(), [one, other], value),
        _ => Paired::of(&[], |_| [f64::NAN; 2]),
    };
    let label = |arm: Option<usize>| arm.map_or(String::new(), |arm| run.setup.label(arm));
    Contest {
        name,
        theory,
        quantity,
        one: label(arms[0]),
        other: label(arms[1]),
        paired,
        aside: String::new(),
    }
}

/// Position of a ratio between 1/10 and 10.
fn on_ratios(ratio: f64) -> f64 {
    (libm::log10(ratio.max(1e-9)) + 1.0) / 2.0
}

impl Contest<'_> {
    /// Holds where the one is lower by more than chance, does not where it is
    /// higher or enough heats tell no difference.
    pub fn claim(self, run: &Run) -> Claim {
        self.claim_of(run, |paired| {
            let count = paired.ratios.len();
            if paired.is_lower() {
                (Verdict::Holds, "lower by more than chance")
            } else if paired.is_higher() {
                (Verdict::DoesNotHold, "higher by more than chance")
            } else if count >= ENOUGH {
                (Verdict::DoesNotHold, "no clear difference")
            } else {
                (Verdict::NotYet, "undecided so far")
            }
        })
    }

    /// The same with a verdict of its own.
    pub fn claim_of(self, run: &Run, judge: impl Fn(&Paired) -> (Verdict, &'static str)) -> Claim {
        let done = run.done().len();
        let paired = &self.paired;
        let count = paired.ratios.len();
        if count == 0 {
            return waiting(
                self.name,
                self.theory,
                match done {
                    0 => "the first heat is not over",
                    _ => "such arms are not in this race",
                },
            );
        }
        let spread = paired.spread();
        let (mut verdict, mut reason) = judge(paired);
        // Fewer cannot be told from chance, whatever they show.
        if libm::exp2(-(count as f64)) > LEVEL {
            (verdict, reason) = (Verdict::NotYet, "too few seeds: repeat with 8");
        }
        let chance = paired.chance_of_wins().min(paired.chance_of_losses());
        let mut shows = vec![
            Span::plain(format!(
                "{}, {} over {}: ",
                self.quantity, self.one, self.other
            )),
            Span::strong(format!("\u{d7} {}", text::fixed(spread.median, 2))).in_role(Role::Test),
        ];
        shows.push(Span::plain(match count {
            1 => " in one heat.".to_owned(),
            _ => format!(
                " [{}, {}], lower in {} of {count} heats (by chance: {}).",
                text::fixed(spread.low, 2),
                text::fixed(spread.high, 2),
                paired.wins,
                text::percent(chance.min(1.0))
            ),
        }));
        if !self.aside.is_empty() {
            shows.push(Span::plain(format!(" {}", self.aside)));
        }
        let mut values = vec![EvidenceMark::new(
            on_ratios(spread.median),
            "median",
            Shape::Diamond,
            Role::Test,
        )];
        if count > 1 {
            values.extend(
                [spread.low, spread.high]
                    .map(|ratio| EvidenceMark::new(on_ratios(ratio), "", Shape::Ring, Role::Test)),
            );
        }
        Claim {
            name: self.name,
            theory: self.theory,
            shows,
            evidence: Some(Evidence {
                start: "\u{d7} 0.1".into(),
                end: "\u{d7} 10".into(),
                threshold: Some(EvidenceMark::new(0.5, "equal", Shape::Disc, Role::Ink)),
                values,
            }),
            verdict,
            reason: reason.into(),
        }
    }
}

/// "The validation set is redundant": the gate where it stops by itself, or
/// at the end, against the ungated run where a validation set would stop it.
pub fn no_validation(run: &Run, name: &'static str, validation: &str) -> Claim {
    let theory = "With the gate no validation set is needed: it stops by itself where one would.";
    let (Some(gate), Some(free)) = (run.setup.gate(), run.setup.free()) else {
        return waiting(name, theory, "such arms are not in this race");
    };
    let (discipline, traces) = (run.discipline, run.done());
    let paired = Paired::of(traces, |trace| {
        [
            at_own_stop(run, trace, gate),
            at_the_best_validation(discipline, trace, free),
        ]
    });
    let stopped = traces
        .iter()
        .filter(|trace| own_stop(trace, gate, run.setup.stop_below).is_some())
        .count();
    let of = |value: &dyn Fn(&Trace) -> f64| text::error(spread(traces.iter().map(value)).median);
    let aside = format!(
        "It stopped by itself in {stopped}. Medians: stopped {}, ungated at its best validation \
         error {}, ungated never stopped {}.",
        of(&|trace| at_own_stop(run, trace, gate)),
        of(&|trace| at_the_best_validation(discipline, trace, free)),
        of(&|trace| at_the_end(discipline, trace, free))
    );
    let contest = Contest {
        name,
        theory,
        quantity: "Error",
        one: format!("{} stopped by itself", run.setup.label(gate)),
        other: format!("no gate stopped by {validation}"),
        paired,
        aside,
    };
    contest.claim_of(run, |paired| {
        let median = paired.spread().median;
        if paired.is_lower() {
            (Verdict::Holds, "lower by more than chance")
        } else if paired.is_higher() {
            (Verdict::DoesNotHold, "higher by more than chance")
        } else if median <= ABOUT_EQUAL {
            (Verdict::Holds, "no clear difference, within a tenth")
        } else {
            (Verdict::Partly, "no clear difference, the median is higher")
        }
    })
}

/// A median of ratios up to this is about as good.
const ABOUT_EQUAL: f64 = 1.1;

/// A row without numbers.
pub fn waiting(name: &'static str, theory: &'static str, reason: &str) -> Claim {
    Claim {
        name,
        theory,
        shows: vec![Span::plain("There is nothing to compare yet.")],
        evidence: None,
        verdict: Verdict::NotYet,
        reason: reason.into(),
    }
}
