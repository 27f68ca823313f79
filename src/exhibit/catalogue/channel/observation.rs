//! What the operators of a window say at one step.

use super::knobs::Setup;
use super::window::Window;
use crate::exhibit::catalogue::direction::Direction;
use crate::exhibit::regression::RegressionRun;
use crate::kernel::{Spectrum, SpectrumError, effective_rank};
use nalgebra::{DMatrix, DVector};
use std::rc::Rc;

/// The network at one step, and what its window says of it.
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
    /// None where no window is open. Shared: every view takes an observation
    /// with it, and the operators are large.
    pub seen: Option<Rc<Seen>>,
}

/// What the operators say.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Of W', with coefficients <psi_j, g(s)>.
    pub spectrum: Spectrum,
    /// W by its closed form, where it has one.
    pub closed_form: Option<DMatrix<f64>>,
    /// Its eigenvalues, descending.
    pub closed_values: Vec<f64>,
    /// G psi_j as columns.
    pub effects: DMatrix<f64>,
    /// C.
    pub constant: f64,
    /// U_Q(s) - G g(s), centred.
    pub foreseen: DVector<f64>,
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
    /// Share of |G g|^2 that the reservoir's part of g causes.
    pub from_reservoir: f64,
}

/// What became of the two parts of the labels.
#[derive(Debug, Clone)]
pub struct Parts {
    pub signal: Direction,
    pub noise: Direction,
    /// Share of the memorised noise that lies in the reservoir of W'.
    pub memorised_below: f64,
    /// Share of all of the noise that lies there.
    pub noise_below: f64,
}

impl Observation {
    /// The network alone.
    pub fn of_network(base: &RegressionRun, step: u64) -> Self {
        let trainer = &base.trainer;
        let outputs = |inputs: &DMatrix<f64>| {
            let mut forward = crate::network::Forward::new();
            forward.run(trainer.mlp(), inputs);
            DVector::from_column_slice(forward.outputs.as_slice())
        };
        let labels = DVector::from_column_slice(&base.problem.labels);
        let origin = DVector::from_column_slice(trainer.origin().as_slice());
        let residual = outputs(trainer.inputs()) - origin - labels;
        let test_outputs = outputs(&base.test_inputs) - &base.test_origin;
        Self {
            step,
            train: residual.norm_squared() / residual.len() as f64,
            test: base.test_error(&test_outputs),
            residual,
            test_outputs,
            seen: None,
        }
    }
}

/// Everything at the present step.
///
/// Cost: two symmetric eigenproblems of size n and one of size m.
///
/// # Errors
/// [`SpectrumError`] once the network is no longer finite.
pub fn observe(
    base: &RegressionRun,
    window: Option<&Window>,
    setup: &Setup,
    step: u64,
) -> Result<Observation, SpectrumError> {
    let mut now = Observation::of_network(base, step);
    if !(now.train.is_finite() && now.test_outputs.iter().all(|u| u.is_finite())) {
        return Err(SpectrumError::NotFinite);
    }
    if let Some(window) = window {
        now.seen = Some(Rc::new(see(base, window, setup, &now)?));
    }
    Ok(now)
}

fn see(
    base: &RegressionRun,
    window: &Window,
    setup: &Setup,
    now: &Observation,
) -> Result<Seen, SpectrumError> {
    let n = base.points();
    let operators = &window.operators;
    let integrated = &operators.integrated;
    let g = &window.gradient;
    let spectrum = Spectrum::new(integrated.dissipation().clone(), g)?;
    let channel = spectrum.channel_dimension(setup.threshold);
    let full = base.trainer.sampler().is_full();
    let closed_form = full.then(|| integrated.closed_form(n));
    let mut closed_values: Vec<f64> = match &closed_form {
        Some(w) => w.symmetric_eigenvalues().iter().copied().collect(),
        None => Vec::new(),
    };
    closed_values.sort_by(|a, b| b.total_cmp(a));
    let effects = integrated.transfer() * &spectrum.vectors;
    let drop = window.loss - operators.loss(&base.trainer, &base.objective);
    let form = |w: &DMatrix<f64>| g.dot(&(w * g));
    let summed = form(integrated.dissipation());
    let dissipated = [closed_form.as_ref().map_or(summed, form), summed];
    let moved = &now.test_outputs - &window.test_outputs;
    let caused = integrated.transfer() * g;
    let error = |by: &DVector<f64>| share((&moved - by).norm(), moved.norm());
    let gradient = &now.residual / n as f64;
    let reservoir =
        effects.columns(channel, n - channel) * spectrum.coefficients.rows(channel, n - channel);
    let bound = operators.bound.as_ref();
    // Share of a direction in the reservoir.
    let below = |v: &DVector<f64>| {
        let inside = spectrum.vectors.columns(channel, n - channel);
        inside.tr_mul(v).norm_squared() / v.norm_squared()
    };
    Ok(Seen {
        constant: bound.map_or(f64::NAN, |bound| bound.constant()),
        foreseen: &window.test_outputs - &caused,
        drop,
        loss_errors: dissipated.map(|d| share((d - drop).abs(), drop.abs())),
        dissipated,
        test_error: error(&-&caused),
        frozen_error: error(&(window.frozen.test_outputs() - &window.test_outputs)),
        propagator_error: share(
            (integrated.propagator() * g - &gradient).norm(),
            gradient.norm(),
        ),
        parts: (base.signal().zip(base.noise())).map(|(signal, noise)| Parts {
            signal: Direction::of(integrated, &signal),
            noise: Direction::of(integrated, &noise),
            memorised_below: below(&integrated.learned(&noise)),
            noise_below: below(&noise),
        }),
        from_reservoir: share(reservoir.norm_squared(), caused.norm_squared()),
        spectrum,
        closed_form,
        closed_values,
        effects,
    })
}

/// A part over a whole; not a number where there is no whole.
fn share(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { f64::NAN } else { part / whole }
}

impl Seen {
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
        (1..self.spectrum.len())
            .map(|j| (self.gap_after(j), j))
            .filter(|(gap, _)| gap.is_finite())
            .fold(
                (f64::NAN, 0),
                |best, next| {
                    if best.0 >= next.0 { best } else { next }
                },
            )
    }

    /// C lambda_j / |G psi_j|^2 of every direction above the floor that reaches
    /// a test point: how loose the bound is there.
    pub fn looseness(&self) -> Vec<f64> {
        let floor = self.spectrum.floor();
        let values = self.spectrum.values.iter().enumerate();
        values
            .filter(|(_, value)| **value > floor && **value > 0.0)
            .map(|(j, value)| self.constant * value / self.effects.column(j).norm_squared())
            .filter(|loose| !loose.is_infinite())
            .collect()
    }
}

/// Eigenspaces whose rotation is followed: of the top 1, 4 and 8 directions.
pub const FOLLOWED: [usize; 3] = [1, 4, 8];

/// What is kept of an observation.
#[derive(Debug, Clone)]
pub struct Record {
    pub step: u64,
    pub residual: DVector<f64>,
    pub train: f64,
    /// |P v|^2 / |v|^2 of signal and noise, where they are known.
    pub unlearned: Option<[f64; 2]>,
    /// Overlap of the top k eigenspaces of K_t and K_s, for k in [`FOLLOWED`].
    pub overlaps: [f64; 3],
}

impl Record {
    pub fn new(step: u64, now: &Observation, seen: &Seen, window: &Window) -> Self {
        let start = window.frozen.spectrum();
        Self {
            step,
            residual: now.residual.clone(),
            train: now.train,
            unlearned: (seen.parts.as_ref()).map(|p| [p.signal.unlearned, p.noise.unlearned]),
            overlaps: FOLLOWED.map(|k| window.kernel.overlap(start, k).unwrap_or(f64::NAN)),
        }
    }
}
