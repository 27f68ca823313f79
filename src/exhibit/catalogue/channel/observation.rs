//! What is measured of one step: the network, and what the operators of its window say.

use super::problem::Problem;
use super::replicas::Moved;
use super::window::Window;
use crate::exhibit::catalogue::direction::{Direction, random_gain};
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
    /// n g: u - y under squared loss, softmax(u) - e_y under cross-entropy.
    pub residual: DVector<f64>,
    /// U_Q, centred.
    pub test_outputs: DVector<f64>,
    /// Mean squared training error; the loss itself under cross-entropy.
    pub train: f64,
    /// See [`Problem::test_error`].
    pub test: Option<f64>,
    /// None where no window is open. Shared with the last recorded observation, as the
    /// operators are large.
    pub diagnostics: Option<Rc<Diagnostics>>,
}

impl Observation {
    /// Measures the present state.
    ///
    /// Cost: a symmetric eigenproblem of the size of range(B); without a window, a forward
    /// pass.
    ///
    /// # Errors
    /// [`SpectrumError`] once the network is no longer finite.
    pub fn measure(
        base: &Problem,
        window: Option<&Window>,
        step: u64,
    ) -> Result<Self, SpectrumError> {
        let trainer = base.trainer();
        let [outputs, test_outputs] = match window {
            Some(window) => [window.operators.outputs(), window.operators.test_outputs()],
            None => [trainer.inputs(), base.test_inputs()].map(|inputs| {
                let mut forward = Forward::new();
                forward.run(trainer.mlp(), inputs);
                DVector::from_column_slice(forward.outputs.as_slice())
            }),
        };
        let (p, n) = (base.outputs(), base.points());
        let outputs = DMatrix::from_column_slice(p, n, outputs.as_slice()) - trainer.origin();
        let all: Vec<usize> = (0..n).collect();
        let mut gradient = outputs.clone();
        base.objective().gradient(&outputs, &all, &mut gradient);
        let residual = DVector::from_column_slice(gradient.as_slice()) * n as f64;
        let test_outputs = test_outputs - base.test_origin();
        let train = match base.line() {
            Some(_) => residual.norm_squared() / n as f64,
            None => base.objective().value(&outputs, &all),
        };
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
    /// Of W on the range of B, with coefficients <psi_j, g(s)>.
    pub spectrum: Spectrum,
    /// psi_j' W' psi_j, where there is W'.
    pub dissipated: Option<Vec<f64>>,
    /// G psi_j as columns.
    pub effects: DMatrix<f64>,
    /// |G psi_j|^2.
    pub reached: Vec<f64>,
    bound: Option<TransferBound>,
    constant: OnceCell<f64>,
    /// U_Q(s) - G g(s) + q, centred.
    pub predicted: DVector<f64>,
    /// |G g(s)|^2.
    caused: f64,
    /// |q|^2 over that and itself: what decay and gradients from before the window moved.
    pub moved_by_offset: f64,
    /// Phi(s) - Phi(T).
    pub drop: f64,
    /// What the operators make of it: by W, and by the sum W' where there is one.
    pub predicted_drop: [f64; 2],
    /// |Phi(s) - Phi(T) - predicted| over the drop, for both.
    pub loss_errors: [f64; 2],
    /// |U_Q(T) - U_Q(s) - predicted| / |U_Q(T) - U_Q(s)|.
    pub test_error: f64,
    /// The same for K(s) held fixed; not a number where it predicts nothing.
    pub frozen_error: f64,
    /// |g(T) - P g(s) - p| / |g(T)|.
    pub propagator_error: f64,
    /// The same over |g(s)|.
    pub propagator_error_at_start: f64,
    propagator: DMatrix<f64>,
    propagator_norm: OnceCell<f64>,
    /// Largest and accumulated |du - Jbar dw| / |du| of the window's steps.
    pub defects: [f64; 2],
    /// Gains of random directions.
    pub random_gain: Spread,
    /// What became of signal and noise, where they can be told apart.
    pub parts: Option<Parts>,
}

/// Signal and noise along the window; of classes, right labels and what wrong ones add.
#[derive(Debug)]
pub struct Parts {
    pub signal: Direction,
    pub noise: Direction,
    /// eps, and (I - P) eps: the noise that is memorised.
    pub all_noise: DVector<f64>,
    pub memorised_noise: DVector<f64>,
}

/// An orthonormal basis of the range of B, np x n(p - 1): for one output the identity, for
/// several the contrasts between the outputs of each example (Helmert's).
fn range_basis(points: usize, outputs: usize) -> DMatrix<f64> {
    if outputs == 1 {
        return DMatrix::identity(points, points);
    }
    let mut basis = DMatrix::zeros(points * outputs, points * (outputs - 1));
    for i in 0..points {
        for k in 1..outputs {
            let scale = 1.0 / ((k * (k + 1)) as f64).sqrt();
            let column = i * (outputs - 1) + k - 1;
            for c in 0..k {
                basis[(i * outputs + c, column)] = scale;
            }
            basis[(i * outputs + k, column)] = -(k as f64) * scale;
        }
    }
    basis
}

/// The eigenbasis of W on the range of B, as directions of the output gradient (np).
fn spectrum_on_range(
    base: &Problem,
    w: &DMatrix<f64>,
    g: &DVector<f64>,
) -> Result<Spectrum, SpectrumError> {
    if base.outputs() == 1 {
        return Spectrum::new(w.clone(), g);
    }
    let basis = range_basis(base.points(), base.outputs());
    let within = Spectrum::new(basis.tr_mul(&(w * &basis)), &basis.tr_mul(g))?;
    Ok(Spectrum {
        vectors: basis * &within.vectors,
        ..within
    })
}

/// A part over a whole; not a number where there is no whole.
fn share(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { f64::NAN } else { part / whole }
}

impl Diagnostics {
    fn measure(
        base: &Problem,
        window: &Window,
        residual: &DVector<f64>,
        test_outputs: &DVector<f64>,
    ) -> Result<Self, SpectrumError> {
        let n = base.points();
        let operators = &window.operators;
        let integrated = &operators.integrated;
        let g = &window.gradient;
        let spectrum = spectrum_on_range(base, integrated.integrated(), g)?;
        let effects = integrated.transfer() * &spectrum.vectors;
        let drop = window.loss - operators.loss(base.trainer(), base.objective());
        let summed = integrated.dissipation();
        let summed_drop = summed.map_or(f64::NAN, |w| g.dot(&(w * g)));
        let predicted_drop = [integrated.predicted_loss_drop(g), summed_drop];
        let moved = test_outputs - &window.test_outputs;
        let caused = (integrated.transfer() * g).norm_squared();
        let predicted = integrated.predicted_test_change(g);
        let error = |by: &DVector<f64>| share((&moved - by).norm(), moved.norm());
        let frozen = window.frozen.as_ref();
        let gradient = residual / n as f64;
        let missed = (integrated.predicted_gradient(g) - &gradient).norm();
        let offset = integrated.offset();
        let by_offset = offset.map_or(0.0, |offset| offset.test.norm_squared());
        let [train, test] = [integrated.train_defects(), integrated.test_defects()];
        Ok(Self {
            predicted: &window.test_outputs + &predicted,
            caused,
            moved_by_offset: share(by_offset, by_offset + caused),
            drop,
            loss_errors: predicted_drop.map(|d| share((d - drop).abs(), drop.abs())),
            predicted_drop,
            test_error: error(&predicted),
            frozen_error: frozen.map_or(f64::NAN, |frozen| {
                error(&(frozen.test_outputs() - &window.test_outputs))
            }),
            propagator_error: share(missed, gradient.norm()),
            propagator_error_at_start: share(missed, g.norm()),
            propagator: integrated.propagator().clone(),
            propagator_norm: OnceCell::new(),
            defects: [
                train.worst_step().max(test.worst_step()),
                train.accumulated().max(test.accumulated()),
            ],
            random_gain: random_gain(integrated, base.outputs()),
            parts: base.parts().map(|[signal, noise]| Parts {
                signal: Direction::among(integrated, &signal, n),
                noise: Direction::among(integrated, &noise, n),
                memorised_noise: integrated.learned(&noise),
                all_noise: noise,
            }),
            dissipated: summed.map(|w| {
                let columns = spectrum.vectors.column_iter();
                columns.map(|v| v.dot(&(w * v))).collect()
            }),
            reached: effects.column_iter().map(|c| c.norm_squared()).collect(),
            spectrum,
            effects,
            bound: operators.bound.clone(),
            constant: OnceCell::new(),
        })
    }

    /// How far the operators are from what happened: the larger error of test points and of
    /// the output gradient, over what they were at the start.
    pub fn operator_error(&self) -> f64 {
        self.test_error.max(self.propagator_error_at_start)
    }

    /// The largest singular value of P. Cost: an eigenproblem of size np, once.
    pub fn propagator_norm(&self) -> f64 {
        let p = &self.propagator;
        let compute = || p.tr_mul(p).symmetric_eigenvalues().max().max(0.0).sqrt();
        *self.propagator_norm.get_or_init(compute)
    }

    /// How many eigenvalues of W are below zero by more than rounding.
    pub fn negative_count(&self) -> usize {
        let floor = self.spectrum.floor();
        let values = self.spectrum.values.iter();
        values.filter(|v| **v < -floor).count()
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

    /// Share of a vector (n) that lies in the reservoir of W.
    pub fn in_reservoir(&self, channel: usize, v: &DVector<f64>) -> f64 {
        let reservoir = self.spectrum.vectors.columns_range(channel..);
        reservoir.tr_mul(v).norm_squared() / v.norm_squared()
    }

    /// How many directions W has, counted by weight.
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

    /// C psi_j' W' psi_j / |G psi_j|^2 of every direction above the floor that reaches
    /// a test point: how loose the bound is there.
    pub fn looseness(&self) -> Spread {
        let (floor, constant) = (self.spectrum.floor(), self.constant());
        let dissipated = self.dissipated.as_deref().unwrap_or_default();
        let directions = dissipated.iter().zip(&self.reached);
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
    /// What runs with other batches have moved.
    pub moved: Option<Moved>,
}

impl Recorded for Record {
    fn step(&self) -> u64 {
        self.since
    }
}
