//! A network on three classes in the plane, ready to train by softmax cross-entropy.

use crate::exhibit::regression::Configuration;
use crate::exhibit::{Labels, NetworkSnapshot};
use crate::kernel::{Modes, train_kernel};
use crate::network::{Architecture, Forward, Mlp, TangentFactors};
use crate::objective::CrossEntropy;
use crate::random::{Stream, stream};
use crate::task::{CLASSES, ThreeClasses};
use crate::training::{BatchSampler, StepReport, Trainer};
use nalgebra::{DMatrix, DVector};

/// Test points a side: coarse, as the operators hold three numbers for each.
pub const TEST_SIDE: usize = 9;

/// Data, objective and trainer of one run.
#[derive(Debug)]
pub struct ClassesRun {
    pub problem: ThreeClasses,
    pub objective: CrossEntropy,
    pub trainer: Trainer,
    /// The initial network at the test inputs, which is subtracted from all later outputs.
    pub test_origin: DVector<f64>,
    /// The initial network itself, for other inputs.
    initial: Mlp,
    /// lambda_1(K(0)).
    pub first_largest: f64,
}

fn outputs_of(mlp: &Mlp, inputs: &DMatrix<f64>) -> DMatrix<f64> {
    let mut forward = Forward::new();
    forward.run(mlp, inputs);
    forward.outputs
}

/// The class of the largest of each three outputs.
pub fn predicted(outputs: &[f64]) -> impl Iterator<Item = usize> + '_ {
    outputs.chunks_exact(CLASSES).map(|u| {
        let better = |best: usize, c: usize| if u[c] > u[best] { c } else { best };
        (1..CLASSES).fold(0, better)
    })
}

impl ClassesRun {
    /// Draws data and network, centred.
    ///
    /// # Errors
    /// A sentence if the network cannot be built.
    pub fn new(configuration: &Configuration, wrong: f64) -> Result<Self, String> {
        let n = configuration.points;
        let problem = ThreeClasses::new(n, wrong, TEST_SIDE, configuration.seed);
        let architecture = Architecture {
            inputs: 2,
            widths: configuration.widths.clone(),
            outputs: CLASSES,
            activation: configuration.activation,
            parametrisation: configuration.parametrisation,
            bias: 1.0,
        };
        let mut weights = stream(configuration.weight_seed, Stream::Weights);
        let mlp = Mlp::random(architecture, 1.0, &mut weights).map_err(|e| e.to_string())?;
        let batches = stream(configuration.seed, Stream::Batches);
        let sampler = BatchSampler::new(n, configuration.batch, batches);
        let kernel = train_kernel(&TangentFactors::new(&mlp, &problem.inputs));
        let modes = Modes::without_vectors(kernel, &DVector::zeros(n * CLASSES));
        let objective = CrossEntropy::new(CLASSES, problem.labels.clone());
        let origin = outputs_of(&mlp, &problem.test_inputs);
        let mask = stream(configuration.seed, Stream::Mask);
        Ok(Self {
            first_largest: modes.map_err(|e| e.to_string())?.largest(),
            objective: objective.map_err(|e| e.to_string())?,
            trainer: Trainer::new(mlp.clone(), problem.inputs.clone(), true, sampler, mask),
            test_origin: DVector::from_column_slice(origin.as_slice()),
            initial: mlp,
            problem,
        })
    }

    /// Another share of wrong labels.
    pub fn set_wrong(&mut self, share: f64) {
        self.problem.spoil(share);
        let set = self.objective.set_labels(&self.problem.labels);
        set.expect("as many labels as before");
    }

    /// e_class - 1/3 and e_label - e_class of every training point, 3n: without a first
    /// guess the residual is minus their sum.
    pub fn parts(&self) -> [DVector<f64>; 2] {
        let n = self.problem.classes.len();
        let mut right = DVector::from_element(n * CLASSES, -1.0 / CLASSES as f64);
        let mut wrong = DVector::zeros(n * CLASSES);
        let pairs = self.problem.classes.iter().zip(&self.problem.labels);
        for (i, (class, label)) in pairs.enumerate() {
            right[i * CLASSES + class] += 1.0;
            wrong[i * CLASSES + label] += 1.0;
            wrong[i * CLASSES + class] -= 1.0;
        }
        [right, wrong]
    }

    /// Share of test points that the network puts into a wrong class.
    pub fn test_error(&self, outputs: &DVector<f64>) -> f64 {
        let pairs = predicted(outputs.as_slice()).zip(&self.problem.test_classes);
        let wrong = pairs.filter(|(guess, class)| guess != *class).count();
        wrong as f64 / self.problem.test_classes.len() as f64
    }

    /// The network's class at any inputs.
    pub fn classes_at(&self, inputs: &DMatrix<f64>) -> Vec<usize> {
        let [now, first] = [self.trainer.mlp(), &self.initial].map(|mlp| outputs_of(mlp, inputs));
        predicted((now - first).as_slice()).collect()
    }

    /// Why nothing will change after a step, if so.
    pub fn is_over(&self, report: &StepReport) -> Option<String> {
        let still = self.trainer.sampler().is_full() && report.largest_change == 0.0;
        still.then(|| "No weight moves any more.".into())
    }

    /// The network, for export.
    pub fn snapshot(&self, name: &str, step: u64) -> NetworkSnapshot {
        let n = self.problem.labels.len();
        let one_hot = |c: usize, i: usize| f64::from(u8::from(self.problem.labels[i] == c));
        let labels = Labels {
            values: DMatrix::from_fn(CLASSES, n, one_hot),
            meaning: "1 for the label of the point, which can be wrong",
        };
        NetworkSnapshot::new(name, step, &self.trainer, labels)
    }
}
