//! Claims that compare arms: what they have in common.

use super::arm_trial::{ArmTrial, median, pairs};
use super::comparison::{LEVEL, Paired};
use super::model::Race;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::claim::Ladder;
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, Verdict, text};

/// Trials from which on "no clear difference" is a result.
const ENOUGH: usize = 8;

/// A median of ratios up to this is about as good.
const ABOUT_EQUAL: f64 = 1.1;

/// What waits for arms that are not in the race.
const NO_ARMS: &str = "such arms are not in this race";

/// Two arms, by their places; none where one is not in the race.
pub type Arms = [Option<usize>; 2];

/// One number of one thing against that of another, on its way to a verdict.
#[derive(Debug)]
pub struct Contest {
    pub ladder: Ladder,
    pub paired: Paired,
}

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
        self.compare(arms, Claim::about(name, theory)).claim()
    }

    /// The same with the verdict open.
    pub fn compare(&self, arms: Arms, claim: Ladder) -> Contest {
        compare(self.state, claim, self.name, arms, |pair| pair.map(self.of))
    }
}

/// Compares two arms by numbers that depend on both.
pub fn compare<'a>(
    state: &State<'a, Race>,
    claim: Ladder,
    quantity: &str,
    arms: Arms,
    values: impl Fn([ArmTrial<'a>; 2]) -> [f64; 2],
) -> Contest {
    let paired = match arms {
        [Some(one), Some(other)] => Paired::new(pairs(state, [one, other]).map(values)),
        _ => Paired::new(std::iter::empty()),
    };
    let label = |arm: Option<usize>| arm.map_or(String::new(), |arm| state.setup.label(arm));
    let [one, other] = arms.map(label);
    let quantity = format!("{quantity}, {one} over {other}");
    Contest::new(state, claim, &quantity, paired, "")
}

/// Position of a ratio between 1/10 and 10.
fn on_ratios(ratio: f64) -> f64 {
    (libm::log10(ratio.max(1e-9)) + 1.0) / 2.0
}

impl Contest {
    /// What is compared, as text, with an aside after the numbers.
    fn new(
        state: &State<'_, Race>,
        claim: Ladder,
        compared: &str,
        paired: Paired,
        aside: &str,
    ) -> Self {
        let count = paired.ratios.len();
        let reason = match state.place.ended {
            0 => "the first trial is not over",
            _ => NO_ARMS,
        };
        let ladder = match paired.is_empty() {
            true => claim.shows("There is nothing to compare yet."),
            false => claim
                .shows_spans(shows(compared, &paired, aside))
                .evidence(evidence(&paired)),
        };
        let ladder = ladder
            .wait(paired.is_empty(), reason)
            // Fewer cannot be told from chance, whatever they show.
            .wait(
                libm::exp2(-(count as f64)) > LEVEL,
                "too few seeds: repeat with 8",
            );
        Self { ladder, paired }
    }

    /// Holds where the one is lower by more than chance, does not where it is
    /// higher or enough trials tell no difference.
    pub fn claim(self) -> Claim {
        let Self { ladder, paired } = self;
        ladder
            .holds(paired.is_lower(), "lower by more than chance")
            .fails_if(paired.is_higher(), "higher by more than chance")
            .fails_if(paired.ratios.len() >= ENOUGH, "no clear difference")
            .otherwise(Verdict::NotYet, "undecided so far")
    }
}

fn shows(compared: &str, paired: &Paired, aside: &str) -> Vec<Span> {
    let (count, spread) = (paired.ratios.len(), paired.spread());
    let chance = paired.chance_of_wins().min(paired.chance_of_losses());
    let over = match count {
        1 => "in one trial".to_owned(),
        _ => format!(
            "[{}, {}], lower in {} of {count} trials (by chance: {})",
            text::fixed(spread.low, 2),
            text::fixed(spread.high, 2),
            paired.wins,
            text::percent(chance.min(1.0))
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
    let spread = paired.spread();
    let at = on_ratios(spread.median);
    let scale = Evidence::scale("\u{d7} 0.1", "\u{d7} 10")
        .threshold(0.5, "equal")
        .value(at, "median", Shape::Disc, Role::Ink);
    match paired.ratios.len() {
        1 => scale,
        _ => scale
            .value(on_ratios(spread.low), "", Shape::Ring, Role::Ink)
            .value(on_ratios(spread.high), "", Shape::Ring, Role::Ink),
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
    let paired = trials.map(|[gate, free]| [gate.at_own_stop(), free.at_the_best_validation()]);
    let paired = Paired::new(paired);
    let Contest { ladder, paired } = Contest::new(state, claim, &compared, paired, &aside);
    ladder
        .holds(paired.is_lower(), "lower by more than chance")
        .fails_if(paired.is_higher(), "higher by more than chance")
        .holds(
            paired.spread().median <= ABOUT_EQUAL,
            "no clear difference, within a tenth",
        )
        .otherwise(Verdict::Partly, "no clear difference, the median is higher")
}
