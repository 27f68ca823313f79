//! What one arm has come to in one trial.

use super::model::{Race, Record, shown};
use super::task::{Outcome, TaskSpecification};
use crate::exhibit::runner::{State, Trial};
use crate::statistics::Paired;
use crate::statistics::spread;

/// One arm in one trial.
#[derive(Debug, Clone, Copy)]
pub struct ArmTrial<'a> {
    task: &'static TaskSpecification,
    records: &'a [Record],
    arm: usize,
    stop_below: f64,
}

impl<'a> ArmTrial<'a> {
    pub fn new(state: &State<'a, Race>, trial: &'a Trial<Race>, arm: usize) -> Self {
        Self {
            task: state.setup.task,
            records: &trial.records,
            arm,
            stop_below: state.setup.stop_below,
        }
    }

    /// A measure at every recorded step.
    pub fn measured(self, measure: usize) -> impl DoubleEndedIterator<Item = f64> + 'a {
        let Self { records, arm, .. } = self;
        records
            .iter()
            .map(move |record| record.arms[arm].measures[measure])
    }

    fn score(self, record: &Record) -> f64 {
        record.arms[self.arm].measures[self.task.score]
    }

    /// The score as an outcome: lower is better.
    fn lower(self, record: &Record) -> f64 {
        match self.task.outcome {
            Outcome::Lacks => 1.0 - self.score(record),
            _ => self.score(record),
        }
    }

    /// What decides the race.
    pub fn outcome(self) -> f64 {
        if let Outcome::Reaches(level) = self.task.outcome {
            let mut records = self.records.iter();
            let reached = records.find(|record| self.score(record) >= level);
            return reached.map_or(f64::INFINITY, |record| record.step as f64);
        }
        self.at_the_end()
    }

    /// The score at the end, lower being better.
    pub fn at_the_end(self) -> f64 {
        let last = self.records.last();
        last.map_or(f64::NAN, |record| self.lower(record))
    }

    /// A measure at the end.
    pub fn last(self, measure: usize) -> f64 {
        self.measured(measure).next_back().unwrap_or(f64::NAN)
    }

    /// The active fraction at the end.
    pub fn active(self) -> f64 {
        let last = self.records.last();
        last.map_or(f64::NAN, |record| record.arms[self.arm].active)
    }

    /// The best score on the way, lower being better.
    pub fn best(self) -> f64 {
        let scores = self.records.iter().map(|record| self.lower(record));
        scores.fold(f64::NAN, f64::min)
    }

    /// The score at the last recorded step up to the task's stopping step, lower being better.
    pub fn at_fixed_stop(self) -> f64 {
        let stop = self.task.stop.unwrap_or(u64::MAX);
        let upto = self.records.iter().take_while(|record| record.step <= stop);
        upto.last().map_or(f64::NAN, |record| self.lower(record))
    }

    /// The score at the step with the best error on a validation set.
    pub fn at_the_best_validation(self) -> f64 {
        let Some(validation) = self.task.validation else {
            return f64::NAN;
        };
        let of = |record: &Record| record.arms[self.arm].measures[validation];
        let best = self.records.iter().min_by(|a, b| of(a).total_cmp(&of(b)));
        best.map_or(f64::NAN, |record| self.lower(record))
    }

    fn stop(self) -> Option<&'a Record> {
        let mut records = self.records.iter();
        records.find(|record| record.arms[self.arm].active < self.stop_below)
    }

    /// The first recorded step at which the arm's active fraction is below that at which it
    /// would stop, and its score there; none if that never happens.
    pub fn own_stop(self) -> Option<(u64, f64)> {
        self.stop().map(|record| (record.step, self.score(record)))
    }

    /// The score where the arm would stop by itself, else at the end, lower being better.
    pub fn at_own_stop(self) -> f64 {
        let stop = self.stop();
        stop.map_or_else(|| self.at_the_end(), |record| self.lower(record))
    }
}

/// Median over the trials shown of a number of an arm; not a number for no arm.
pub fn median<'a>(
    state: &State<'a, Race>,
    arm: Option<usize>,
    value: impl Fn(ArmTrial<'a>) -> f64,
) -> f64 {
    let Some(arm) = arm else {
        return f64::NAN;
    };
    let trials = shown(state).iter();
    spread(trials.map(|trial| value(ArmTrial::new(state, trial, arm)))).median
}

/// Two arms, in every trial that is over.
pub fn pairs<'a>(
    state: &State<'a, Race>,
    arms: [usize; 2],
) -> impl Iterator<Item = [ArmTrial<'a>; 2]> + Clone {
    let ended = state.ended().iter();
    ended.map(move |trial| arms.map(|arm| ArmTrial::new(state, trial, arm)))
}

/// Outcomes of an arm over those of the first.
pub fn over_first(state: &State<'_, Race>, arm: usize) -> Paired {
    Paired::new(pairs(state, [arm, 0]).map(|pair| pair.map(ArmTrial::outcome)))
}
