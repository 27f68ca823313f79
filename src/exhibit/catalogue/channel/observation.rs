//! What is measured of one step: the network, and what the operators of its window say.

use super::window::Window;
use crate::exhibit::catalogue::direction::Direction;
use crate::exhibit::regression::RegressionRun;
use crate::exhibit::series::Recorded;
use crate::kernel::{Spectrum, SpectrumError, TransferBound, effective_rank};
use crate::network::Forward;
use crate::statistics::{Spread, spread};
use nalgebra::{DMatrix, DVector};
use std::cell::OnceCell;
use std::rc::Rc;

/// The network at one step, and the diagnostics of its window.
#[derive(Debug, Clone)]
pub struct Observation {
    pub step: u64,
    /// r = u - y.
    pub residual: DVector<f64>,
    /// U_Q, centred.
    pub test_outputs: DVector<f64>,
    /// Mean squared training error.
    pub train: f64,
    /// Mean squared distance to f* over the test points, where f* is known.
    pub test: Option<f64>,
    /// None where no window is open. Shared with the last recorded observation, as the
    /// operators are large.
    pub diagnostics: Option<Rc<Diagnostics>>,
}

impl Observation {
    /// Measures the present state.
    ///
    /// Cost: a symmetric eigenproblem of size n; without a window, a forward pass.
    ///
    /// # Errors
    /// [`SpectrumError`] once the network is no longer finite.
    pub fn measure(
        base: &RegressionRun,
        window: Option<&Window>,
        step: u64,
    ) -> Result<Self, SpectrumError> {
        let trainer = &base.trainer;
        let [outputs, test_outputs] = match window {
            Some(window) => [window.operators.outputs(), window.operators.test_outputs()],
            None => [trainer.inputs(), &base.test_inputs].map(|inputs| {
                let mut forward = Forward::new();
                forward.run(trainer.mlp(), inputs);
                DVector::from_column_slice(forward.outputs.as_slice())
            }),
        };
        let labels = DVector::from_column_slice(&base.problem.labels);
        let origin = DVector::from_column_slice(trainer.origin().as_slice());
        let residual = outputs - origin - labels;
        let test_outputs = test_outputs - &base.test_origin;
        let train = residual.norm_squared() / residual.len() as f64;
        if !(train.is_finite() && test_outputs.iter().all(|u| u.is_finite())) {
            return Err(SpectrumError::NotFinite);
        }
        let diagnostics = match window {
            Some(window) => {
                let diagnostics = Diagnostics::measure(base, window, &residual, &test_outputs)?;
                Some(Rc::new(diagnostics))
            }
            None => None,
        };
        Ok(Self {
            step,
            train,
            test: base.test_error(&test_outputs),
            residual,
            test_outputs,
            diagnostics,
        })
    }
}

/// What the operators say of one step.
#[derive(Debug)]
pub struct Diagnostics {
    /// Of W', with coefficients <psi_j, g(s)>.
    pub spectrum: Spectrum,
    /// W by its closed form, where it has one.
    pub closed_form: Option<DMatrix<f64>>,
    closed_values: OnceCell<Vec<f64>>,
    /// G psi_j as columns.
    pub effects: DMatrix<f64>,
    /// |G psi_j|^2.
    pub reached: Vec<f64>,
    bound: Option<TransferBound>,
    constant: OnceCell<f64>,
    /// U_Q(s) - G g(s), centred.
    pub predicted: DVector<f64>,
    /// |G g(s)|^2.
    caused: f64,
    /// Phi(s) - Phi(T).
    pub drop: f64,
    /// g' W g and g' W' g.
    pub dissipated: [f64; 2],
    /// |Phi(s) - Phi(T) - g' W g| over the drop, for W (W' where it has no
    /// closed form) and W'.
    pub loss_errors: [f64; 2],
    /// |U_Q(T) - U_Q(s) + G g| / |U_Q(T) - U_Q(s)|.
    pub test_error: f64,
    /// The same for K(s) held fixed.
    pub frozen_error: f64,
    /// |g(T) - P g(s)| / |g(T)|.
    pub propagator_error: f64,
    /// What became of signal and noise, where they can be told apart.
    pub parts: Option<Parts>,
}

/// Signal and noise along the window.
#[derive(Debug)]
pub struct Parts {
    pub signal: Direction,
    pub noise: Direction,
    /// eps, and (I - P) eps: the noise that is memorised.
    pub all_noise: DVector<f64>,
    pub memorised_noise: DVector<f64>,
}

/// A part over a whole; not a number where there is no whole.
fn share(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { f64::NAN } else { part / whole }
}

impl Diagnostics {
    fn measure(
        base: &RegressionRun,
        window: &Window,
        residual: &DVector<f64>,
        test_outputs: &DVector<f64>,
    ) -> Result<Self, SpectrumError> {
        let n = base.points();
        let operators = &window.operators;
        let integrated = &operators.integrated;
        let g = &window.gradient;
        let spectrum = Spectrum::new(integrated.dissipation().clone(), g)?;
        let full = base.trainer.sampler().is_full();
        let closed_form = full.then(|| integrated.closed_form(n));
        let effects = integrated.transfer() * &spectrum.vectors;
        let drop = window.loss - operators.loss(&base.trainer, &base.objective);
        let form = |w: &DMatrix<f64>| g.dot(&(w * g));
        let summed = form(integrated.dissipation());
        let dissipated = [closed_form.as_ref().map_or(summed, form), summed];
        let moved = test_outputs - &window.test_outputs;
        let caused = integrated.transfer() * g;
        let error = |by: &DVector<f64>| share((&moved - by).norm(), moved.norm());
        let gradient = residual / n as f64;
        let missed = integrated.propagator() * g - &gradient;
        Ok(Self {
            predicted: &window.test_outputs - &caused,
            caused: caused.norm_squared(),
            drop,
            loss_errors: dissipated.map(|d| share((d - drop).abs(), drop.abs())),
            dissipated,
            test_error: error(&-caused),
            frozen_error: error(&(window.frozen.test_outputs() - &window.test_outputs)),
            propagator_error: share(missed.norm(), gradient.norm()),
            parts: (base.signal().zip(base.noise())).map(|(signal, noise)| Parts {
                signal: Direction::of(integrated, &signal),
                noise: Direction::of(integrated, &noise),
                memorised_noise: integrated.learned(&noise),
                all_noise: noise,
            }),
            reached: effects.column_iter().map(|c| c.norm_squared()).collect(),
            spectrum,
            closed_form,
            closed_values: OnceCell::new(),
            effects,
            bound: operators.bound.clone(),
            constant: OnceCell::new(),
        })
    }

    /// Eigenvalues of the closed form, descending; empty where there is none.
    /// Cost: an eigenproblem of size n, once.
    pub fn closed_values(&self) -> &[f64] {
        self.closed_values.get_or_init(|| {
            let values = self
                .closed_form
                .as_ref()
                .map(DMatrix::symmetric_eigenvalues);
            let mut values = values.map_or(Vec::new(), |v| v.as_slice().to_vec());
            values.sort_by(|a, b| b.total_cmp(a));
            values
        })
    }

    /// How many of them are below zero by more than rounding.
    pub fn negative_count(&self) -> usize {
        let floor = self.spectrum.floor();
        self.closed_values().iter().filter(|v| **v < -floor).count()
    }

    /// C. Cost: an eigenproblem of size m, once.
    pub fn constant(&self) -> f64 {
        let bound = self.bound.as_ref();
        let compute = || bound.map_or(f64::NAN, TransferBound::constant);
        *self.constant.get_or_init(compute)
    }

    /// Share of |G g|^2 that the reservoir's part of g causes.
    pub fn caused_by_reservoir(&self, channel: usize) -> f64 {
        let gradient = self.spectrum.coefficients.rows_range(channel..);
        let reservoir = self.effects.columns_range(channel..) * gradient;
        share(reservoir.norm_squared(), self.caused)
    }

    /// Share of a vector (n) that lies in the reservoir of W'.
    pub fn in_reservoir(&self, channel: usize, v: &DVector<f64>) -> f64 {
        let reservoir = self.spectrum.vectors.columns_range(channel..);
        reservoir.tr_mul(v).norm_squared() / v.norm_squared()
    }

    /// How many directions W' has, counted by weight.
    pub fn effective_rank(&self) -> f64 {
        let values: Vec<f64> = self.spectrum.values.iter().map(|v| v.max(0.0)).collect();
        effective_rank(&values)
    }

    /// log10(lambda_j / lambda_{j+1}) after direction j, counted from 1; not a
    /// number where one of them is below the floor.
    pub fn gap_after(&self, j: usize) -> f64 {
        let (values, floor) = (&self.spectrum.values, self.spectrum.floor());
        if j == 0 || j >= values.len() || values[j] <= floor {
            return f64::NAN;
        }
        libm::log10(values[j - 1] / values[j])
    }

    /// The widest gap, and the direction that it follows.
    pub fn widest_gap(&self) -> (f64, usize) {
        let gaps = (1..self.spectrum.len()).map(|j| (self.gap_after(j), j));
        let wider = |best: (f64, usize), next: (f64, usize)| match best.0 >= next.0 {
            true => best,
            false => next,
        };
        gaps.filter(|(gap, _)| gap.is_finite())
            .fold((f64::NAN, 0), wider)
    }

    /// C lambda_j / |G psi_j|^2 of every direction above the floor that reaches
    /// a test point: how loose the bound is there.
    pub fn looseness(&self) -> Spread {
        let (floor, constant) = (self.spectrum.floor(), self.constant());
        let directions = self.spectrum.values.iter().zip(&self.reached);
        let looseness = directions
            .filter(|(value, _)| **value > floor && **value > 0.0)
            .map(|(value, reached)| constant * value / reached)
            .filter(|loose| !loose.is_infinite());
        spread(looseness)
    }
}

/// What is kept of an observation.
#[derive(Debug)]
pub struct Record {
    /// Steps of the run.
    pub trial_step: u64,
    /// Steps since the window began.
    pub since: u64,
    pub train: f64,
    /// |P v|^2 / |v|^2 of signal and noise; not numbers where they are not known.
    pub unlearned: [f64; 2],
    /// lambda_1(K_t).
    pub largest: f64,
    /// Overlap of the top k eigenspaces of K_t and K_s, for k in [`super::window::FOLLOWED`].
    pub overlaps: [f64; 3],
}

impl Recorded for Record {
    fn step(&self) -> u64 {
        self.since
    }
}
