//! One seed: all widths side by side, one step of each at a time, and the
//! random features for comparison.

use super::arm::{Arm, ArmRecord};
use super::features::{self, FeatureRecord};
use super::knobs::Setup;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::runner::{Broken, Model, Progress, State};
use crate::exhibit::{NetworkSnapshot, text};
use crate::kernel::SpectrumError;
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

/// What of a sweep does not depend on training.
#[derive(Debug, Clone, PartialEq)]
pub struct Untrained {
    pub seed: u32,
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

/// A sweep in training.
#[derive(Debug)]
pub struct Sweep {
    data: SingleIndex,
    arms: Vec<Arm>,
    rate: LearningRate,
    /// Numbers of features.
    sizes: Vec<usize>,
    pub untrained: Untrained,
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
    /// What does not depend on training, from the threshold outwards. One
    /// piece a step: all of it at once would hold up a frame.
    fn prepare(&mut self, step: u64) -> Result<(), SpectrumError> {
        let (points, turn) = (self.data.labels.len(), step as usize / 2);
        let untrained = &mut self.untrained;
        if step.is_multiple_of(2) {
            if let Some(i) = nth_from_threshold(turn, &self.sizes, points) {
                let record = features::measure(self.sizes[i], &self.data, untrained.seed)?;
                untrained.features[i] = Some(record);
            }
        } else if let Some(i) = nth_from_threshold(turn, &parameters(), points) {
            untrained.smallest[i] = self.arms[i].smallest_eigenvalue_share();
        }
        Ok(())
    }
}

impl Model for Sweep {
    type Setup = Setup;
    type Observation = Record;
    type Record = Record;
    type Outcome = Untrained;
    type Memory = ();

    const LIVE: bool = false;

    /// A sweep: each takes the seed after the one before.
    fn start(setup: &Setup, trial: usize) -> Result<Self, String> {
        let seed = setup.seed.wrapping_add(trial as u32);
        let shape = Sizes {
            dimension: DIMENSION,
            points: setup.points,
            test_points: TEST_POINTS,
        };
        let data = SingleIndex::new(shape, target, setup.noise, seed);
        let arms = WIDTHS.iter().map(|&width| Arm::new(width, &data, seed));
        let arms: Vec<Arm> = arms.collect::<Result<_, _>>()?;
        let mean = |values: &[f64]| values.iter().map(|v| v * v).sum::<f64>() / values.len() as f64;
        let sizes = features::sizes(setup.points);
        let mut sweep = Self {
            untrained: Untrained {
                seed,
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
        };
        sweep.prepare(0).map_err(|error| error.to_string())?;
        Ok(sweep)
    }

    fn trials(setup: &Setup) -> usize {
        setup.seeds
    }

    fn limit(setup: &Setup) -> u64 {
        setup.steps
    }

    fn step(&mut self, _setup: &Setup, step: u64) -> Result<Progress, Broken> {
        let eta = self.rate.at(step);
        for (arm, width) in self.arms.iter_mut().zip(WIDTHS) {
            let stepped = arm.step(eta);
            stepped.map_err(|error| Broken::from(error).at(format!("Width {width}: ")))?;
        }
        let prepared = self.prepare(step + 1);
        prepared.map_err(|error| Broken::after(error.into()))?;
        Ok(Progress::On)
    }

    fn measure(&mut self, _setup: &Setup, step: u64) -> Result<Record, Breakdown> {
        let arms = self.arms.iter().map(|arm| arm.measure(&self.data));
        Ok(Record {
            step,
            arms: arms.collect(),
        })
    }

    fn record(&mut self, _setup: &Setup, now: &Record) -> Result<Option<Record>, Breakdown> {
        Ok(Some(now.clone()))
    }

    /// A sweep that is over keeps no network: the curves are made of its records.
    fn outcome(&mut self, _setup: &Setup, _now: &Record) -> Untrained {
        self.untrained.clone()
    }

    fn ending(state: &State<'_, Self>, _reason: String) -> String {
        let steps = text::count(state.setup.steps);
        match state.place.ended {
            1 => format!("The sweep ends at {steps} steps."),
            count => format!("All {count} sweeps have been trained for {steps} steps."),
        }
    }

    /// Every width's networks.
    fn snapshot(&self, _setup: &Setup, step: u64) -> Vec<NetworkSnapshot> {
        let arms = self.arms.iter().zip(WIDTHS);
        arms.flat_map(|(arm, width)| arm.snapshot(width, step, &self.data))
            .collect()
    }
}
