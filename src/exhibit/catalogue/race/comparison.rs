//! Two arms over heats: paired, as both ran from the same data and weights.
//!
//! ```text
//! ratio_s = value of one / value of the other      in heat s
//! p = P(at least so many of the n heats are won by a coin)   sign test
//! ```
//!
//! The range of eight paired ratios holds their median with 99 % confidence,
//! whatever their distribution: both ends would have to lie on one side of it,
//! which happens with probability 2 / 2^8.

use super::course::{Discipline, Outcome};
use super::heat::{Record, Trace};
use super::run::Run;
use crate::exhibit::catalogue::spread::{Spread, spread};

/// A number of one arm in one heat.
pub type Value<'a> = dyn Fn(&Trace, usize) -> f64 + 'a;

/// Chance below which a result is not put down to chance.
pub const LEVEL: f64 = 0.05;

/// One arm against another.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// Value of the one over that of the other, heat by heat.
    pub ratios: Vec<f64>,
    /// Heats in which the one is lower.
    pub wins: usize,
    /// Heats in which it is higher.
    pub losses: usize,
}

impl Paired {
    /// Compares two arms; heats in which either has no value are left out.
    pub fn new(traces: &[Trace], [one, other]: [usize; 2], value: &Value<'_>) -> Self {
        Self::of(traces, |trace| [value(trace, one), value(trace, other)])
    }

    /// Compares two numbers of a heat.
    pub fn of(traces: &[Trace], pair: impl Fn(&Trace) -> [f64; 2]) -> Self {
        let pairs: Vec<[f64; 2]> = traces
            .iter()
            .map(pair)
            .filter(|pair| pair.iter().all(|v| !v.is_nan()))
            .collect();
        Self {
            // Two that never arrive are as good as each other.
            ratios: pairs
                .iter()
                .map(|[a, b]| if a == b { 1.0 } else { a / b })
                .collect(),
            wins: pairs.iter().filter(|[a, b]| a < b).count(),
            losses: pairs.iter().filter(|[a, b]| a > b).count(),
        }
    }

    /// Median and range of the ratios.
    pub fn spread(&self) -> Spread {
        spread(self.ratios.iter().copied())
    }

    /// Probability that a coin wins at least as often; ties are left out.
    pub fn chance_of_wins(&self) -> f64 {
        sign_test(self.wins, self.wins + self.losses)
    }

    /// Probability that a coin loses at least as often.
    pub fn chance_of_losses(&self) -> f64 {
        sign_test(self.losses, self.wins + self.losses)
    }

    /// Whether the one is lower by more than chance.
    pub fn is_lower(&self) -> bool {
        self.chance_of_wins() <= LEVEL
    }

    /// Whether it is higher by more than chance.
    pub fn is_higher(&self) -> bool {
        self.chance_of_losses() <= LEVEL
    }
}

/// P(a coin shows heads at least `wins` times in `count` throws).
fn sign_test(wins: usize, count: usize) -> f64 {
    let mut ways = 1.0;
    let mut sum = 0.0;
    for heads in 0..=count {
        if heads >= wins {
            sum += ways;
        }
        ways *= (count - heads) as f64 / (heads + 1) as f64;
    }
    sum / libm::exp2(count as f64)
}

fn score(discipline: &Discipline, record: &Record, arm: usize) -> f64 {
    record.arms[arm].measures[discipline.score]
}

/// The score as an outcome: lower is better.
fn lower(discipline: &Discipline, score: f64) -> f64 {
    match discipline.outcome {
        Outcome::Lacks => 1.0 - score,
        _ => score,
    }
}

/// What decides the race.
pub fn outcome(discipline: &Discipline, trace: &Trace, arm: usize) -> f64 {
    if let Outcome::Reaches(level) = discipline.outcome {
        let mut records = trace.records.iter();
        let reached = records.find(|record| score(discipline, record, arm) >= level);
        return reached.map_or(f64::INFINITY, |record| record.step as f64);
    }
    at_the_end(discipline, trace, arm)
}

/// The score at the end, lower being better.
pub fn at_the_end(discipline: &Discipline, trace: &Trace, arm: usize) -> f64 {
    let last = trace.records.last();
    last.map_or(f64::NAN, |record| {
        lower(discipline, score(discipline, record, arm))
    })
}

/// A measure at the end.
pub fn last(trace: &Trace, arm: usize, measure: usize) -> f64 {
    let record = trace.records.last();
    record.map_or(f64::NAN, |record| record.arms[arm].measures[measure])
}

/// The best score on the way, lower being better.
pub fn best(discipline: &Discipline, trace: &Trace, arm: usize) -> f64 {
    let scores = trace.records.iter();
    scores
        .map(|record| lower(discipline, score(discipline, record, arm)))
        .fold(f64::NAN, f64::min)
}

/// The score at the step with the best error on a validation set.
pub fn at_the_best_validation(discipline: &Discipline, trace: &Trace, arm: usize) -> f64 {
    let Some(validation) = discipline.validation else {
        return f64::NAN;
    };
    let of = |record: &Record| record.arms[arm].measures[validation];
    let records = trace.records.iter();
    let best = records.min_by(|a, b| of(a).total_cmp(&of(b)));
    best.map_or(f64::NAN, |record| {
        lower(discipline, score(discipline, record, arm))
    })
}

/// The first remembered step at which an arm's mask is open less than a
/// share; none if that never happens.
pub fn own_stop(trace: &Trace, arm: usize, below: f64) -> Option<&Record> {
    let mut records = trace.records.iter();
    records.find(|record| record.arms[arm].open < below)
}

/// The score where an arm would stop by itself, else at the end.
pub fn at_own_stop(run: &Run, trace: &Trace, arm: usize) -> f64 {
    match own_stop(trace, arm, run.setup.stop_below) {
        Some(record) => lower(run.discipline, score(run.discipline, record, arm)),
        None => at_the_end(run.discipline, trace, arm),
    }
}

/// A measure over steps: the median over heats at every remembered step, with
/// the step of each. A heat that is over stays where it ended.
pub fn over_steps(traces: &[Trace], value: impl Fn(&Record) -> f64) -> Vec<(u64, f64)> {
    let longest = traces.iter().max_by_key(|trace| trace.records.len());
    let records = longest.map_or(&[][..], |trace| &trace.records[..]);
    let at = |trace: &Trace, i: usize| {
        let last = trace.records.len().saturating_sub(1);
        trace.records.get(i.min(last)).map_or(f64::NAN, &value)
    };
    let middle = |i: usize| spread(traces.iter().map(|trace| at(trace, i))).median;
    // Step 0 would stand with step 1.
    let first = usize::from(records.len() > 1);
    (first..records.len())
        .map(|i| (records[i].step, middle(i)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coin_wins_as_often_as_a_coin_does() {
        assert_eq!(sign_test(8, 8), 1.0 / 256.0);
        assert_eq!(sign_test(7, 8), 9.0 / 256.0);
        assert_eq!(sign_test(0, 8), 1.0);
        assert_eq!(sign_test(0, 0), 1.0);
        assert_eq!(sign_test(5, 5), 1.0 / 32.0);
    }

    #[test]
    fn whoever_never_arrives_loses() {
        let ends = [
            [10.0, f64::INFINITY],
            [f64::INFINITY; 2],
            [20.0, 10.0],
            [f64::NAN, 1.0],
        ];
        let traces: Vec<Trace> = (0..ends.len() as u32)
            .map(|seed| Trace {
                seed,
                records: Vec::new(),
            })
            .collect();
        let paired = Paired::of(&traces, |trace| ends[trace.seed as usize]);
        assert_eq!((paired.wins, paired.losses), (1, 1));
        assert_eq!(paired.ratios, [0.0, 1.0, 2.0]);
    }
}
