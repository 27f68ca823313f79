//! Operators that are carried along a run from its first step on, and how well
//! they describe it:
//!
//! ```text
//! |g(T) - P g(s)| / |g(T) - g(s)|     and     |U_Q(T) - U_Q(s) + G g(s)| / |U_Q(T) - U_Q(s)|
//! ```
//!
//! Both are 0 for the exact mean Jacobian of every step: what they are is what
//! the quadrature has left, accumulated over the run.

use crate::exhibit::text;
use crate::kernel::{IntegratedKernel, Quadrature, Scheme};
use crate::objective::Objective;
use crate::training::{Gate, Operators, Pass, StepReport, Trainer, TrainingError};
use nalgebra::{DMatrix, DVector};

/// Operators that are off by more describe another run: no claim is judged by them.
const EXACT: f64 = 0.03;

/// Cheaper than [`Scheme::PATH`], and errors far below [`EXACT`] still
/// (`study reservoir`, `study benign`, `study descent`).
const SCHEME: Scheme = Scheme::Path(Quadrature {
    nodes: 2,
    tolerance: 3e-4,
    cuts: 6,
});

/// P, W and G of a run since step s, and what was true there.
#[derive(Debug)]
pub(super) struct Carried {
    pub operators: Operators,
    /// g(s), length np.
    pub gradient: DVector<f64>,
    /// U_Q(s), length mp.
    test_outputs: DVector<f64>,
}

impl Carried {
    /// An empty window at the trainer's present state, for test inputs of one
    /// column per example.
    pub fn new<P: Pass>(
        trainer: &Trainer<P>,
        objective: &dyn Objective,
        test_inputs: &DMatrix<f64>,
    ) -> Self {
        let operators = Operators::new(trainer, test_inputs, SCHEME, false);
        Self {
            gradient: operators.output_gradient(trainer, objective),
            test_outputs: operators.test_outputs(),
            operators,
        }
    }

    /// P, W and G.
    pub fn integrated(&self) -> &IntegratedKernel {
        &self.operators.integrated
    }

    /// A step without a gate.
    ///
    /// # Errors
    /// [`TrainingError`]; nothing has moved then.
    pub fn step(
        &mut self,
        trainer: &mut Trainer,
        objective: &dyn Objective,
        eta: f64,
    ) -> Result<StepReport, TrainingError> {
        self.operators.step(trainer, objective, eta, Gate::Off)
    }

    /// The larger of the two errors; not a number before a step.
    /// Cost: one product each with P and G.
    pub fn error<P: Pass>(&self, trainer: &Trainer<P>, objective: &dyn Objective) -> f64 {
        let (window, start) = (&self.operators.integrated, &self.gradient);
        let gradient = self.operators.output_gradient(trainer, objective);
        let moved = self.operators.test_outputs() - &self.test_outputs;
        let at_train = (&gradient - window.predicted_gradient(start)).norm();
        let at_test = (&moved - window.predicted_test_change(start)).norm();
        let errors = [at_train / (gradient - start).norm(), at_test / moved.norm()];
        match errors.iter().any(|error| error.is_nan()) {
            true => f64::NAN,
            false => errors[0].max(errors[1]),
        }
    }
}

/// Why operators that are off by so much judge nothing, if so.
pub(super) fn inexact(error: f64) -> Option<String> {
    let inexact = error.is_nan() || error > EXACT;
    inexact.then(|| format!("not judged: operators off by {}", text::percent(error)))
}
