//! Claims that compare arms: what they have in common.

use super::arm_trial::{ArmTrial, median, pairs};
use super::model::Race;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::claim::Ladder;
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, PairedRule, TrialPairs, Verdict, text};
use crate::statistics::{FEWEST, Paired};

/// A median of ratios up to this is about as good.
const ABOUT_EQUAL: f64 = 1.1;

/// What waits for arms that are not in the race.
const NO_ARMS: &str = "such arms are not in this race";

/// Two arms, by their places; none where one is not in the race.
pub type Arms = [Option<usize>; 2];

/// A number by which arms are compared, over the trials that are over; less is better.
#[derive(Debug)]
pub struct Quantity<'a, 's> {
    state: &'s State<'a, Race>,
    name: &'static str,
    of: fn(ArmTrial<'a>) -> f64,
}

impl<'a, 's> Quantity<'a, 's> {
    pub fn new(
        state: &'s State<'a, Race>,
        name: &'static str,
        of: fn(ArmTrial<'a>) -> f64,
    ) -> Self {
        Self { state, name, of }
    }

    /// Whether the one arm has less of it than the other.
    pub fn less(&self, arms: Arms, name: &'static str, theory: &'static str) -> Claim {
        self.judged(arms, PairedRule::Less, name, theory)
    }

    /// The same by another rule.
    pub fn judged(
        &self,
        arms: Arms,
        rule: PairedRule,
        name: &'static str,
        theory: &'static str,
    ) -> Claim {
        let claim = Claim::about(name, theory);
        compare(self.state, claim, self.name, arms, rule, |pair| {
            pair.map(self.of)
        })
    }

    /// The one arm at its end against the other at a number of its own: where a stopping rule
    /// would have stopped it.
    pub fn against(
        &self,
        arms: Arms,
        stopped: impl Fn(ArmTrial<'a>) -> f64,
        name: &'static str,
        theory: &'static str,
    ) -> Claim {
        let claim = Claim::about(name, theory);
        let rule = PairedRule::Less;
        compare(self.state, claim, self.name, arms, rule, |[one, other]| {
            [(self.of)(one), stopped(other)]
        })
    }
}

/// Compares two arms by numbers that depend on both.
pub fn compare<'a>(
    state: &State<'a, Race>,
    claim: Ladder,
    quantity: &str,
    arms: Arms,
    rule: PairedRule,
    values: impl Fn([ArmTrial<'a>; 2]) -> [f64; 2],
) -> Claim {
    let pairs = match arms {
        [Some(one), Some(other)] => pairs(state, [one, other]).map(values).collect(),
        _ => Vec::new(),
    };
    let label = |arm: Option<usize>| arm.map_or(String::new(), |arm| state.setup.label(arm));
    let [one, other] = arms.map(label);
    let quantity = format!("{quantity}, {one} over {other}");
    judged(state, claim, &quantity, TrialPairs { pairs, rule }, "")
}

/// Position of a ratio between 1/10 and 10.
fn on_ratios(ratio: f64) -> f64 {
    (libm::log10(ratio.max(1e-9)) + 1.0) / 2.0
}

/// The claim with what is compared as text, an aside after the numbers, and the verdict of
/// its rule: once, when as many trials are over as were asked for.
fn judged(
    state: &State<'_, Race>,
    claim: Ladder,
    compared: &str,
    trials: TrialPairs,
    aside: &str,
) -> Claim {
    let paired = trials.paired();
    let (ended, asked) = (state.place.ended, state.setup.seeds);
    if paired.is_empty() {
        let reason = match ended {
            0 => "the first trial is not over",
            _ => NO_ARMS,
        };
        let claim = claim.shows("There is nothing to compare yet.");
        return claim.otherwise(Verdict::NotYet, reason);
    }
    let (verdict, reason) = trials.judge();
    claim
        .shows_spans(shows(compared, &paired, aside))
        .evidence(evidence(&paired))
        .pairs(trials)
        .wait(
            ended < asked && asked >= FEWEST,
            format!("{ended} of {asked} trials are over: judged once, after the last"),
        )
        .otherwise(verdict, reason)
}

fn shows(compared: &str, paired: &Paired, aside: &str) -> Vec<Span> {
    let (count, spread) = (paired.ratios.len(), paired.spread());
    let over = match (count, paired.interval()) {
        (1, _) => "in one trial".to_owned(),
        (_, None) => format!("lower in {} of {count} trials", paired.wins),
        (_, Some(interval)) => format!(
            "[{}, {}] ({} interval of the median), lower in {} of {count} trials (by chance: {})",
            text::fixed(interval.low, 2),
            text::fixed(interval.high, 2),
            text::whole_percent(interval.confidence),
            paired.wins,
            text::percent(paired.chance())
        ),
    };
    let median = text::fixed(spread.median, 2);
    let shows = format!("{compared}: **\u{d7} {median}** {over}.");
    let mut shows = Span::marked(&shows);
    if !aside.is_empty() {
        shows.push(Span::plain(format!(" {aside}")));
    }
    shows
}

fn evidence(paired: &Paired) -> Evidence {
    let at = on_ratios(paired.spread().median);
    let scale = Evidence::scale("\u{d7} 0.1", "\u{d7} 10")
        .threshold(0.5, "equal")
        .value(at, "median", Shape::Disc, Role::Ink);
    match paired.interval() {
        None => scale,
        Some(interval) => scale
            .value(on_ratios(interval.low), "", Shape::Ring, Role::Ink)
            .value(on_ratios(interval.high), "", Shape::Ring, Role::Ink),
    }
}

/// "The validation set is redundant": the gate where it stops by itself, or
/// at the end, against the ungated run where a validation set would stop it.
pub fn no_validation(state: &State<'_, Race>, name: &'static str, validation: &str) -> Claim {
    let theory = "With the gate no validation set is needed: it stops by itself where one would.";
    let claim = Claim::about(name, theory);
    let (Some(gate), Some(free)) = (state.setup.gate(), state.setup.free()) else {
        return claim
            .shows("There is nothing to compare yet.")
            .otherwise(Verdict::NotYet, NO_ARMS);
    };
    let trials = pairs(state, [gate, free]);
    let stopped = trials.clone().filter(|[gate, _]| gate.own_stop().is_some());
    let aside = format!(
        "It stopped by itself in {}. Medians: stopped {}, ungated at its best validation \
         error {}, ungated never stopped {}.",
        stopped.count(),
        text::error(median(state, Some(gate), ArmTrial::at_own_stop)),
        text::error(median(state, Some(free), ArmTrial::at_the_best_validation)),
        text::error(median(state, Some(free), ArmTrial::at_the_end))
    );
    let compared = format!(
        "Error, {} stopped by itself over no gate stopped by {validation}",
        state.setup.label(gate)
    );
    let values = trials.map(|[gate, free]| [gate.at_own_stop(), free.at_the_best_validation()]);
    let trials = TrialPairs {
        pairs: values.collect(),
        rule: PairedRule::NoWorse(ABOUT_EQUAL),
    };
    judged(state, claim, &compared, trials, &aside)
}
