//! One heat: all arms from the same data, weights and batches, one step of
//! each at a time, so that none is ever ahead of another.

use super::course::{Course, Discipline, Outcome, Train};
use super::knobs::{ArmSetup, Setup};
use super::rule::Rule;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::{NetworkSnapshot, Schedule, Settings};
use crate::training::{Decay, Gate, Mask, StepReport};

/// Steps of a heat that are remembered.
pub const SCHEDULE: Schedule = Schedule::new(50);

/// Averages over steps forget at this rate: some twenty steps are in them.
const FORGETTING: f64 = 0.05;

/// An arm at a remembered step.
#[derive(Debug, Clone, PartialEq)]
pub struct ArmRecord {
    /// The discipline's measures.
    pub measures: Vec<f64>,
    /// Mean weight of its mask, averaged over some twenty steps; the share
    /// that the hard gate would open now, where it has no mask.
    pub open: f64,
    /// The same for each layer, at this step alone.
    pub layers: Vec<f64>,
}

/// All arms at a remembered step.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Steps taken.
    pub step: u64,
    /// One entry per arm.
    pub arms: Vec<ArmRecord>,
}

/// What is remembered of a heat.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Its seed.
    pub seed: u32,
    /// By ascending step, the first at step 0.
    pub records: Vec<Record>,
}

/// An arm in training.
#[derive(Debug)]
pub struct Contestant {
    setup: ArmSetup,
    /// The network.
    pub trainer: Box<dyn Train>,
    /// Weight of each parameter in the mask, averaged over some twenty
    /// steps; empty before the first and where there is no mask.
    pub recent: Vec<f64>,
    open: f64,
    report: Option<StepReport>,
    first_loss: Option<f64>,
}

/// Per layer, the mean weight of its parameters.
fn by_layer(trainer: &dyn Train, mask: &Mask) -> Vec<f64> {
    let share = |range: std::ops::Range<usize>| {
        let weights = &mask.weights[range];
        weights.iter().sum::<f64>() / weights.len().max(1) as f64
    };
    let layers = trainer.mlp().layers().iter();
    layers
        .map(|layer| share(layer.weights().start..layer.biases().end.max(layer.weights().end)))
        .collect()
}

impl Contestant {
    fn step(&mut self, course: &dyn Course, copied: Option<StepReport>) -> Result<(), Breakdown> {
        let eta = self.setup.rate * course.rate();
        let (trainer, objective) = (&mut self.trainer, course.objective());
        let openness = copied.map_or(1.0, |report| report.active_fraction);
        let report = match self.setup.rule {
            Rule::Free => trainer.step(objective, eta, Gate::Off),
            Rule::Gate(gate) => trainer.step(objective, eta, gate),
            Rule::RandomOwn => trainer.step(objective, eta, Gate::Random),
            Rule::Slower => trainer.step(objective, openness * eta, Gate::Off),
            Rule::Random => {
                let parameters = trainer.mlp().parameters().len() as f64;
                trainer.step_opening(objective, eta, (openness * parameters).round() as usize)
            }
        };
        let report = report?;
        let first = *self.first_loss.get_or_insert(report.value);
        if let Some(cause) = Breakdown::of_loss(report.value, first) {
            return Err(cause);
        }
        if self.has_mask() {
            let weights = &self.trainer.mask().weights;
            if self.recent.is_empty() {
                self.recent.clone_from(weights);
                self.open = report.active_fraction;
            }
            for (recent, weight) in self.recent.iter_mut().zip(weights) {
                *recent += FORGETTING * (weight - *recent);
            }
            self.open += FORGETTING * (report.active_fraction - self.open);
        }
        self.report = Some(report);
        Ok(())
    }

    fn has_mask(&self) -> bool {
        !matches!(self.setup.rule, Rule::Free | Rule::Slower)
    }

    fn record(&mut self, course: &dyn Course) -> ArmRecord {
        let measures = course.measure(self.trainer.mlp());
        let layers = self.trainer.mlp().layers().len();
        let unknown = (f64::NAN, vec![f64::NAN; layers]);
        let (open, layers) = if self.report.is_none() {
            unknown
        } else if self.has_mask() {
            let trainer = self.trainer.as_ref();
            (self.open, by_layer(trainer, trainer.mask()))
        } else {
            match self.trainer.consider().cloned() {
                Ok(mask) => (mask.active_fraction, by_layer(self.trainer.as_ref(), &mask)),
                Err(_) => unknown,
            }
        };
        ArmRecord {
            measures,
            open,
            layers,
        }
    }
}

/// A heat under way, or over.
#[derive(Debug)]
pub struct Heat {
    /// The data.
    pub course: Box<dyn Course>,
    /// The arms.
    pub contestants: Vec<Contestant>,
    /// Steps taken.
    pub step: u64,
    /// What is remembered.
    pub trace: Trace,
}

impl Heat {
    /// A heat at step 0.
    ///
    /// # Errors
    /// A sentence if it cannot be set up.
    pub fn new(
        discipline: &Discipline,
        settings: &Settings,
        setup: &Setup,
        seed: u32,
    ) -> Result<Self, String> {
        let course = (discipline.course)(settings, seed)?;
        let contestants: Vec<Contestant> = setup
            .arms
            .iter()
            .map(|arm| {
                let mut trainer = course.trainer()?;
                let optimiser = course.optimiser().with_decay(match arm.decay {
                    0.0 => Decay::Off,
                    rate => Decay::Decoupled {
                        rate,
                        masked: course.masks_decay(),
                    },
                });
                let set = trainer.set_optimiser(optimiser);
                set.map_err(|error| error.to_string())?;
                Ok(Contestant {
                    setup: *arm,
                    trainer,
                    recent: Vec::new(),
                    open: f64::NAN,
                    report: None,
                    first_loss: None,
                })
            })
            .collect::<Result<_, String>>()?;
        let mut heat = Self {
            course,
            contestants,
            step: 0,
            trace: Trace {
                seed,
                records: Vec::new(),
            },
        };
        heat.remember();
        Ok(heat)
    }

    /// One step of every arm, those that copy after those they copy.
    ///
    /// # Errors
    /// A sentence that names the arm that broke down.
    pub fn advance(&mut self) -> Result<(), String> {
        for i in 0..self.contestants.len() {
            let copies = self.contestants[i].setup.copies;
            let copied = copies.and_then(|j| self.contestants[j].report);
            let arm = &mut self.contestants[i];
            arm.step(self.course.as_ref(), copied).map_err(|cause| {
                let (number, cause) = (arm.setup.number, cause.at(self.step));
                format!("Arm {number}: {cause} Choose a smaller step.")
            })?;
        }
        self.step += 1;
        if SCHEDULE.is_due(self.step) {
            self.remember();
        }
        Ok(())
    }

    /// An arm's network, laid open.
    pub fn snapshot(&self, arm: usize, name: String) -> NetworkSnapshot {
        let labels = self.course.labels();
        self.contestants[arm]
            .trainer
            .snapshot(name, self.step, labels)
    }

    /// Whether it has taken its steps, or every arm has arrived where the race
    /// goes.
    pub fn is_over(&self, discipline: &Discipline, steps: u64) -> bool {
        let score = |record: &Record, arm: usize| record.arms[arm].measures[discipline.score];
        let goal = match discipline.outcome {
            // Once there is enough: an arm may fall back.
            Outcome::Reaches(level) => (0..self.contestants.len()).all(|arm| {
                let mut records = self.trace.records.iter();
                records.any(|record| score(record, arm) >= level)
            }),
            _ => false,
        };
        self.step >= steps || goal
    }

    /// Takes note of the present step.
    pub fn remember(&mut self) {
        let last = self.trace.records.last();
        if last.is_some_and(|record| record.step == self.step) {
            return;
        }
        let course = self.course.as_ref();
        let arms = self.contestants.iter_mut();
        let arms = arms.map(|contestant| contestant.record(course)).collect();
        self.trace.records.push(Record {
            step: self.step,
            arms,
        });
    }
}
