//! One seed: all widths side by side, one step of each at a time, and the
//! random features beside them.

use super::arm::{Arm, ArmRecord};
use super::features::{self, FeatureRecord};
use super::knobs::Setup;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::{NetworkSnapshot, Schedule};
use crate::task::{SingleIndex, Sizes};
use crate::training::LearningRate;

/// Widths w of the hidden layer.
pub const WIDTHS: [usize; 14] = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 20, 30, 50, 150];

/// Dimension d of an input.
const DIMENSION: usize = 10;

/// Test points m: the sampling error of a test error is then well below
/// its spread over seeds.
const TEST_POINTS: usize = 300;

/// Step size of Adam at the first step.
const LEARNING_RATE: f64 = 0.02;

/// Steps of a sweep that are remembered.
pub const SCHEDULE: Schedule = Schedule::new(50);

/// The true function, of the first coordinate.
fn target(x: f64) -> f64 {
    libm::sin(1.5 * x)
}

/// Number of parameters P of each width: weights, biases, output weights and
/// the output bias.
pub fn parameters() -> [usize; WIDTHS.len()] {
    WIDTHS.map(|width| (DIMENSION + 2) * width + 1)
}

/// All widths at one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Step of the sweep.
    pub step: u64,
    /// One entry per width.
    pub arms: Vec<ArmRecord>,
}

/// What is remembered of a sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Its seed.
    pub seed: u32,
    /// By ascending step, the first at step 0.
    pub records: Vec<Record>,
    /// lambda_min / lambda_1 of K(0) for each width; not a number until it
    /// has been computed.
    pub smallest: Vec<f64>,
    /// One entry per number of features, once it has been computed.
    pub features: Vec<Option<FeatureRecord>>,
    /// |eps|^2 / n.
    pub noise_energy: f64,
    /// Test error of predicting 0 everywhere.
    pub null_error: f64,
}

impl Trace {
    /// The last record at or before a step.
    pub fn at(&self, step: u64) -> &Record {
        let after = self.records.partition_point(|record| record.step <= step);
        &self.records[after.max(1) - 1]
    }
}

/// A sweep in training.
#[derive(Debug)]
pub struct Sweep {
    data: SingleIndex,
    arms: Vec<Arm>,
    rate: LearningRate,
    sizes: Vec<usize>,
    /// Steps taken.
    pub step: u64,
    /// What is remembered.
    pub trace: Trace,
}

/// Index of the size that comes at a turn, counted from 0, if sizes (which
/// ascend) are taken from n outwards.
fn nth_from_threshold(turn: usize, sizes: &[usize], points: usize) -> Option<usize> {
    let threshold = sizes.partition_point(|size| *size < points);
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|i| i.abs_diff(threshold));
    order.get(turn).copied()
}

impl Sweep {
    /// A sweep at step 0.
    ///
    /// # Errors
    /// A sentence if it cannot be set up.
    pub fn new(setup: &Setup, seed: u32) -> Result<Self, String> {
        let shape = Sizes {
            dimension: DIMENSION,
            points: setup.points,
            test_points: TEST_POINTS,
        };
        let data = SingleIndex::new(shape, target, setup.noise, seed);
        let arms: Vec<Arm> = WIDTHS
            .iter()
            .map(|&width| Arm::new(width, &data, seed))
            .collect::<Result<_, _>>()?;
        let mean = |values: &[f64]| values.iter().map(|v| v * v).sum::<f64>() / values.len() as f64;
        let sizes = features::sizes(setup.points);
        let mut sweep = Self {
            trace: Trace {
                seed,
                records: Vec::new(),
                smallest: vec![f64::NAN; arms.len()],
                features: vec![None; sizes.len()],
                noise_energy: mean(&data.noise()),
                null_error: mean(&data.test_signal),
            },
            rate: LearningRate::Cosine {
                eta: LEARNING_RATE,
                steps: setup.steps,
                floor: 0.0,
            },
            data,
            arms,
            sizes,
            step: 0,
        };
        sweep.prepare()?;
        sweep.remember();
        Ok(sweep)
    }

    /// Every width's networks, laid open.
    pub fn snapshot(&self) -> Vec<NetworkSnapshot> {
        let arms = self.arms.iter().zip(WIDTHS);
        arms.flat_map(|(arm, width)| arm.snapshot(width, self.step, &self.data))
            .collect()
    }

    /// One step of every width.
    ///
    /// # Errors
    /// A sentence that says which width broke down.
    pub fn advance(&mut self) -> Result<(), String> {
        let eta = self.rate.at(self.step);
        for (arm, width) in self.arms.iter_mut().zip(WIDTHS) {
            arm.step(eta).map_err(|error| {
                format!("Width {width}: {}", Breakdown::from(error).at(self.step))
            })?;
        }
        self.step += 1;
        self.prepare()?;
        if SCHEDULE.is_due(self.step) {
            self.remember();
        }
        Ok(())
    }

    /// What does not depend on training, from the threshold outwards. One
    /// piece a step: all of it at once would hold up a frame.
    fn prepare(&mut self) -> Result<(), String> {
        let (points, turn) = (self.data.labels.len(), self.step as usize / 2);
        if self.step.is_multiple_of(2) {
            if let Some(i) = nth_from_threshold(turn, &self.sizes, points) {
                let record = features::measure(self.sizes[i], &self.data, self.trace.seed)?;
                self.trace.features[i] = Some(record);
            }
        } else if let Some(i) = nth_from_threshold(turn, &parameters(), points) {
            self.trace.smallest[i] = self.arms[i].smallest_eigenvalue_share();
        }
        Ok(())
    }

    /// Takes note of the present step.
    pub fn remember(&mut self) {
        if self
            .trace
            .records
            .last()
            .is_some_and(|last| last.step == self.step)
        {
            return;
        }
        let arms = self.arms.iter().map(|arm| arm.measure(&self.data));
        self.trace.records.push(Record {
            step: self.step,
            arms: arms.collect(),
        });
    }
}
