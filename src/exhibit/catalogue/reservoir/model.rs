//! Three networks of one seed, one step of each at a time, and medians over seeds.

use super::arm::{Arm, Operated};
use super::knobs::Setup;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::runner::{Broken, Model, Progress, State};
use crate::exhibit::series::Recorded;
use crate::exhibit::{NetworkSnapshot, text};
use crate::statistics::spread;

/// Steps of every network.
pub const LENGTH: u64 = 4_000;

/// The three networks at one step.
#[derive(Debug, Clone)]
pub struct Record {
    pub step: u64,
    pub arms: [Operated; 3],
}

impl Recorded for Record {
    fn step(&self) -> u64 {
        self.step
    }
}

/// The networks of one seed.
#[derive(Debug)]
pub struct Networks {
    arms: [Arm; 3],
}

impl Model for Networks {
    type Setup = Setup;
    type Observation = Record;
    type Record = Record;
    type Outcome = ();
    type Memory = ();

    const LIVE: bool = false;

    fn start(setup: &Setup, trial: usize) -> Result<Self, String> {
        let seed = setup.seed + trial as u32;
        let [a, b, c] = setup.sweep.shapes();
        let arm = |shape| Arm::new(setup, shape, seed);
        Ok(Self {
            arms: [arm(a)?, arm(b)?, arm(c)?],
        })
    }

    fn trials(setup: &Setup) -> usize {
        setup.seeds as usize
    }

    fn limit(_setup: &Setup) -> u64 {
        LENGTH
    }

    fn step(&mut self, setup: &Setup, _step: u64) -> Result<Progress, Broken> {
        for arm in &mut self.arms {
            arm.step(setup.step_fraction)?;
        }
        Ok(Progress::On)
    }

    fn measure(&mut self, _setup: &Setup, step: u64) -> Result<Record, Breakdown> {
        let [a, b, c] = &self.arms;
        let arms = [a.measure()?, b.measure()?, c.measure()?];
        Ok(Record { step, arms })
    }

    /// Before the first step W is 0: it has no directions yet.
    fn record(&mut self, _: &Setup, now: &Record) -> Result<Option<Record>, Breakdown> {
        Ok((now.step > 0).then(|| now.clone()))
    }

    fn outcome(&mut self, _setup: &Setup, _now: &Record) {}

    fn ending(state: &State<'_, Self>, _reason: String) -> String {
        format!(
            "All {} networks have taken their {} steps.",
            3 * state.setup.seeds,
            text::count(LENGTH)
        )
    }

    fn snapshot(&self, setup: &Setup, step: u64) -> Vec<NetworkSnapshot> {
        let named = setup.sweep.shapes().iter().zip(&self.arms);
        named
            .map(|(shape, arm)| arm.snapshot(shape.name, step))
            .collect()
    }
}

impl Networks {
    /// What to do after a breakdown.
    pub fn advice(&self, setup: &Setup) -> String {
        self.arms[0].advice(setup.step_fraction)
    }
}

/// Share of all the steps that are done.
pub fn progress(state: &State<'_, Networks>) -> f64 {
    state.place.step as f64 / (LENGTH * u64::from(state.setup.seeds)) as f64
}

/// Index of the last record of the first seed.
pub fn last(state: &State<'_, Networks>) -> usize {
    state.trials[0].records.len().saturating_sub(1)
}

/// The median over seeds of a number of one network at the k-th recorded step.
pub fn median(
    state: &State<'_, Networks>,
    network: usize,
    k: usize,
    value: impl Fn(&Operated) -> f64,
) -> f64 {
    let records = state.trials.iter().filter_map(|trial| trial.records.get(k));
    let sample = records.map(|record| value(&record.arms[network]));
    spread(sample.filter(|v| v.is_finite())).median
}
