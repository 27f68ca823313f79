//! What the network is trained on: noisy regression on a line, or three classes in the plane.

use super::classes::ClassesRun;
use super::knobs::{Setup, Task};
use crate::exhibit::NetworkSnapshot;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::regression::{RegressionRun, batch_factor};
use crate::objective::{Objective, SquaredLoss};
use crate::random::Random;
use crate::training::{Gate, StepReport, Trainer};
use nalgebra::{DMatrix, DVector};
use rand::seq::SliceRandom;

/// Of the test grid on the line, every second point: 101 of them.
const STRIDE: usize = 2;

/// Data, objective and trainer of a run.
#[derive(Debug)]
pub enum Problem {
    Line(Box<RegressionRun>),
    Plane(Box<ClassesRun>),
}

impl Problem {
    /// # Errors
    /// A sentence if data and network do not go together.
    pub fn new(setup: &Setup) -> Result<Self, String> {
        let configuration = &setup.configuration;
        Ok(match setup.task {
            Task::Regression => Self::Line(Box::new(RegressionRun::new(configuration, STRIDE)?)),
            Task::ThreeClasses => {
                Self::Plane(Box::new(ClassesRun::new(configuration, setup.wrong)?))
            }
        })
    }

    /// The regression, if it is one.
    pub fn line(&self) -> Option<&RegressionRun> {
        match self {
            Self::Line(run) => Some(run),
            Self::Plane(_) => None,
        }
    }

    /// The three classes, if it is those.
    pub fn plane(&self) -> Option<&ClassesRun> {
        match self {
            Self::Line(_) => None,
            Self::Plane(run) => Some(run),
        }
    }

    pub fn trainer(&self) -> &Trainer {
        match self {
            Self::Line(run) => &run.trainer,
            Self::Plane(run) => &run.trainer,
        }
    }

    pub fn objective(&self) -> &dyn Objective {
        match self {
            Self::Line(run) => &run.objective,
            Self::Plane(run) => &run.objective,
        }
    }

    pub fn training(&mut self) -> (&mut Trainer, &dyn Objective) {
        match self {
            Self::Line(run) => (&mut run.trainer, &run.objective),
            Self::Plane(run) => (&mut run.trainer, &run.objective),
        }
    }

    /// New labels: the same noise pattern, or the same order of wrong labels.
    pub fn set_noise(&mut self, setup: &Setup) {
        match self {
            Self::Line(run) => run.set_noise(setup.configuration.noise),
            Self::Plane(run) => run.set_wrong(setup.wrong),
        }
    }

    /// One column per test point.
    pub fn test_inputs(&self) -> &DMatrix<f64> {
        match self {
            Self::Line(run) => &run.test_inputs,
            Self::Plane(run) => &run.problem.test_inputs,
        }
    }

    /// The initial network at the test inputs, mp.
    pub fn test_origin(&self) -> &DVector<f64> {
        match self {
            Self::Line(run) => &run.test_origin,
            Self::Plane(run) => &run.test_origin,
        }
    }

    /// n.
    pub fn points(&self) -> usize {
        self.trainer().inputs().ncols()
    }

    /// p.
    pub fn outputs(&self) -> usize {
        self.objective().outputs()
    }

    /// The dimension of the range of B: n(p - 1) for a softmax, which does not
    /// see what is added to all outputs of an example.
    pub fn directions(&self) -> usize {
        match self {
            Self::Line(run) => run.points(),
            Self::Plane(_) => self.points() * (self.outputs() - 1),
        }
    }

    /// lambda_1(K(0)).
    pub fn first_largest(&self) -> f64 {
        match self {
            Self::Line(run) => run.first_largest,
            Self::Plane(run) => run.first_largest,
        }
    }

    /// The largest eigenvalue of n B: 1 for squared loss, at most 1/2 for a softmax.
    pub fn curvature(&self) -> f64 {
        match self {
            Self::Line(_) => 1.0,
            Self::Plane(_) => 0.5,
        }
    }

    /// min(1, 2b/n + 1/4) for a minibatch, 1 for a full one.
    pub fn batch_factor(&self) -> f64 {
        batch_factor(self.trainer().sampler(), self.points())
    }

    /// eta for a step fraction c: c times 2n/lambda_1(K(0)).
    pub fn step_size(&self, fraction: f64) -> f64 {
        let unit = 2.0 * self.points() as f64 / self.first_largest();
        fraction * unit * self.batch_factor()
    }

    /// Whether the points are a person's own.
    pub fn is_own(&self) -> bool {
        self.line().is_some_and(RegressionRun::is_own)
    }

    /// What right labels ask of the outputs, and what noise or wrong labels add to that, as
    /// directions of the residual (np), where they are known.
    pub fn parts(&self) -> Option<[DVector<f64>; 2]> {
        match self {
            Self::Line(run) => Some([run.signal()?, run.noise()?]),
            Self::Plane(run) => Some(run.parts()),
        }
    }

    /// The objective with its labels in another order: of the same noise, without a signal.
    pub fn shuffled(&self, random: &mut Random) -> Box<dyn Objective> {
        match self {
            Self::Line(run) => {
                let mut labels = run.problem.labels.clone();
                labels.shuffle(random);
                Box::new(SquaredLoss::new(&DMatrix::from_row_slice(
                    1,
                    labels.len(),
                    &labels,
                )))
            }
            Self::Plane(run) => {
                let mut objective = run.objective.clone();
                let mut labels = objective.labels().to_vec();
                labels.shuffle(random);
                objective.set_labels(&labels).expect("the same labels");
                Box::new(objective)
            }
        }
    }

    /// On the line the mean squared distance to f*, in the plane the share of test points
    /// in a wrong class; nothing where the truth is not known.
    pub fn test_error(&self, outputs: &DVector<f64>) -> Option<f64> {
        match self {
            Self::Line(run) => run.test_error(outputs),
            Self::Plane(run) => Some(run.test_error(outputs)),
        }
    }

    pub fn breakdown(&self, report: &StepReport) -> Option<Breakdown> {
        match self {
            Self::Line(run) => run.breakdown(report),
            Self::Plane(_) => Breakdown::of_loss(report.value, 1.0),
        }
    }

    /// Why nothing will change after a step, if so.
    pub fn is_over(&self, report: &StepReport, gate: Gate) -> Option<String> {
        match self {
            Self::Line(run) => run.is_over(report, gate),
            Self::Plane(run) => run.is_over(report),
        }
    }

    pub fn snapshot(&self, name: &str, step: u64) -> NetworkSnapshot {
        match self {
            Self::Line(run) => run.snapshot(name, step),
            Self::Plane(run) => run.snapshot(name, step),
        }
    }

    /// What to change after a breakdown at a step fraction.
    pub fn advice(&self, fraction: f64) -> String {
        match self {
            Self::Line(run) => run.advice(fraction),
            Self::Plane(_) => format!("Choose a smaller step-fraction than {fraction}."),
        }
    }
}
