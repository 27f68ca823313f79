//! The model of a race: all arms of a trial from the same data, weights and batches, one
//! step of each at a time, so that none is ever ahead of another.

use super::arm::{Arm, ArmRecord};
use super::problem::{Along, Graph, Problem};
use super::setup::Setup;
use super::task::Outcome;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::runner::{Broken, Model, Place, Progress, State, Trial};
use crate::exhibit::{NetworkSnapshot, text};
use crate::network::Mlp;

/// All arms at a recorded step.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Steps taken.
    pub step: u64,
    /// One entry per arm.
    pub arms: Vec<ArmRecord>,
}

/// Seed of a trial, counted from 0: each takes the next.
pub fn seed_of(setup: &Setup, trial: usize) -> u32 {
    setup.seed.wrapping_add(trial as u32)
}

/// One trial of a race.
#[derive(Debug)]
pub struct Race {
    pub seed: u32,
    problem: Problem,
    pub arms: Vec<Arm>,
}

impl Race {
    /// The arms as functions of x.
    pub fn graph(&self, of: Along) -> Graph {
        let networks: Vec<&Mlp> = self.arms.iter().map(Arm::mlp).collect();
        self.problem.test.graph(of, &networks)
    }
}

impl Model for Race {
    type Setup = Setup;
    type Observation = Record;
    type Record = Record;
    type Outcome = ();
    type Memory = ();

    // Measuring five networks takes longer than a step of them.
    const LIVE: bool = false;

    fn start(setup: &Setup, trial: usize) -> Result<Self, String> {
        let seed = seed_of(setup, trial);
        let problem = (setup.task.draw)(&setup.settings, seed)?;
        let arms = setup.arms.iter();
        let arms = arms.map(|arm| Arm::new(arm, &problem, seed));
        Ok(Self {
            seed,
            arms: arms.collect::<Result<_, _>>()?,
            problem,
        })
    }

    fn trials(setup: &Setup) -> usize {
        setup.seeds
    }

    fn limit(setup: &Setup) -> u64 {
        setup.steps
    }

    /// One step of every arm, those that copy after those they copy.
    fn step(&mut self, _: &Setup, _: u64) -> Result<Progress, Broken> {
        for i in 0..self.arms.len() {
            let copies = self.arms[i].setup.copies;
            let copied = copies.and_then(|j| self.arms[j].report);
            let arm = &mut self.arms[i];
            let step = arm.step(&self.problem, copied);
            step.map_err(|cause| Broken::from(cause).at(format!("Arm {}: ", arm.setup.number)))?;
        }
        Ok(Progress::On)
    }

    fn measure(&mut self, _: &Setup, step: u64) -> Result<Record, Breakdown> {
        let arms = self.arms.iter();
        let arms = arms.map(|arm| arm.record(&self.problem));
        Ok(Record {
            step,
            arms: arms.collect::<Result<_, _>>()?,
        })
    }

    fn record(&mut self, _: &Setup, now: &Record) -> Result<Option<Record>, Breakdown> {
        Ok(Some(now.clone()))
    }

    /// A race to a level is over once every arm has been there: an arm may fall back.
    fn over(setup: &Setup, records: &[Record]) -> Option<String> {
        let Outcome::Reaches(level) = setup.task.outcome else {
            return None;
        };
        let score = |record: &Record, arm: usize| record.arms[arm].measures[setup.task.score];
        let reached = |arm| records.iter().any(|record| score(record, arm) >= level);
        let all = (0..setup.arms.len()).all(reached);
        all.then(|| "Every arm has reached the level.".into())
    }

    fn outcome(&mut self, _: &Setup, _: &Record) {}

    /// A race of fewer trials than have begun would end before it comes here.
    fn check(&self, _: &Setup, new: &Setup, place: Place) -> Result<(), String> {
        let under_way = place.trial_step > 0 && place.trial == place.ended;
        let begun = place.ended + usize::from(under_way);
        if new.seeds < begun {
            return Err(format!(
                "seeds: {begun} trials have begun; a race of fewer needs a new run. Go back to step 0 first."
            ));
        }
        Ok(())
    }

    fn ending(state: &State<'_, Self>, _: String) -> String {
        let steps = text::count(state.place.trial_step);
        match state.setup.seeds {
            1 => {
                format!("Finished at step {steps}. One seed is not evidence: repeat with 8 seeds.")
            }
            count => format!("All {count} trials are finished."),
        }
    }

    fn snapshot(&self, setup: &Setup, step: u64) -> Vec<NetworkSnapshot> {
        let arms = self.arms.iter().enumerate();
        let labels = &self.problem.labels;
        arms.map(|(i, arm)| arm.snapshot(setup.label(i), step, labels.clone()))
            .collect()
    }
}

/// What curves are made of: the trials that are over, and before the first is, the one
/// under way.
pub fn shown<'a>(state: &State<'a, Race>) -> &'a [Trial<Race>] {
    &state.trials[..state.place.ended.max(1)]
}

/// The same as text.
pub fn shown_text(state: &State<'_, Race>) -> String {
    match state.place.ended {
        0 => format!("seed {}", state.model.seed),
        1 => format!("seed {}", state.setup.seed),
        count => format!("median of {count} seeds"),
    }
}
