//! A network in training on noisy 1D data, beside the run that its kernel predicts.

use super::comparison::{Ended, remember};
use super::knobs::Setup;
use super::lost::Lost;
use super::observation::{Observation, Record};
use super::window::Window;
use crate::exhibit::Effect;
#[cfg(feature = "all-exhibits")]
use crate::exhibit::NetworkSnapshot;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::regression::RegressionRun;
use crate::exhibit::runner::{Broken, Model, Place, Progress, Records, State};
use crate::training::{Gate, StepReport};

/// Steps of a run at half the stability limit: in one dimension little happens after it.
const STEPS: f64 = 12_000.0;
/// The fraction of the limit at which a run takes so many.
const FRACTION: f64 = 0.5;
/// A run with smaller steps goes on to the same time, at most with so many times the steps.
const MOST: f64 = 5.0;

/// How many times the steps of a run at half the limit one with this step fraction takes.
pub fn longer(step_fraction: f64) -> f64 {
    (FRACTION / step_fraction).clamp(1.0, MOST)
}

/// The step at which a run ends: the time that half the limit takes to 12 000 steps.
pub fn step_limit(step_fraction: f64) -> u64 {
    (STEPS * longer(step_fraction)) as u64
}

/// The last step, as it was taken: the knobs may since have been turned.
#[derive(Debug, Clone, Copy)]
struct LastStep {
    report: StepReport,
    step_size: f64,
    /// Whether it used all examples.
    full: bool,
    gated: bool,
    /// |grad|^2 at its start, each parameter's part weighed by the gate.
    moved: f64,
}

/// A network in training.
#[derive(Debug)]
pub struct Network {
    pub base: RegressionRun,
    pub window: Window,
    /// What was measured as the window was opened, until it is asked for.
    measured: Option<Observation>,
    last: Option<LastStep>,
    /// Sum over all steps of the gate's mean weight.
    opened: f64,
    /// Sum of the step sizes since the window was opened.
    pub time: f64,
    /// At the last recorded step at which there were directions on both sides of the split.
    pub lost: Option<Lost>,
}

impl Network {
    /// eta.
    pub fn step_size(&self, setup: &Setup) -> f64 {
        self.base.step_size(setup.step_fraction)
    }

    /// Mean weights of the gate at the last step, in all and layer by layer: the active
    /// fraction where it opens fully or not at all.
    pub fn active_fractions(&self) -> Option<(f64, Vec<f64>)> {
        let last = self.last?;
        let layers = self.base.trainer.mlp().layers();
        if !last.gated {
            return Some((1.0, vec![1.0; layers.len()]));
        }
        let weights = &self.base.trainer.mask().weights;
        let layers = layers.iter().map(|layer| {
            let range = layer.weights().start..layer.biases().end.max(layer.weights().end);
            let size = range.len() as f64;
            weights[range].iter().sum::<f64>() / size
        });
        Some((last.report.active_fraction, layers.collect()))
    }

    /// The gate's mean weight, averaged over all steps.
    pub fn mean_active_fraction(&self, steps: u64) -> f64 {
        self.opened / steps as f64
    }
}

/// The rate at which the loss fell over the last step, as -g^T J M J^T g at the step's start
/// predicts it, with M the gate's mask, and as it was measured, (Phi after - Phi before) / eta;
/// only of a step on all examples, since a minibatch's own loss is not Phi.
pub fn loss_rate(state: &State<'_, Network>) -> Option<[f64; 2]> {
    let last = state.model.last?;
    if !last.full || state.place.step == state.window_start {
        return None;
    }
    let after = state.now.record.train / 2.0;
    Some([-last.moved, (after - last.report.value) / last.step_size])
}

impl Model for Network {
    type Setup = Setup;
    type Observation = Observation;
    type Record = Record;
    type Outcome = ();
    type Memory = Vec<Ended>;

    fn start(setup: &Setup, _trial: usize) -> Result<Self, String> {
        let mut base = RegressionRun::new(&setup.configuration, 1)?;
        let step_size = base.step_size(setup.step_fraction);
        let (window, now) = Window::open(&mut base, 0, step_size).map_err(|e| e.to_string())?;
        Ok(Self {
            base,
            window,
            measured: Some(now),
            last: None,
            opened: 0.0,
            time: 0.0,
            lost: None,
        })
    }

    fn limit(setup: &Setup) -> u64 {
        step_limit(setup.step_fraction)
    }

    fn step(&mut self, setup: &Setup, _step: u64) -> Result<Progress, Broken> {
        let (step_size, base) = (self.step_size(setup), &mut self.base);
        let report = base.trainer.step(&base.objective, step_size, setup.gate)?;
        self.window.frozen.step(step_size);
        self.time += step_size;
        self.opened += report.active_fraction;
        let gated = setup.gate != Gate::Off;
        let moved = match gated {
            true => {
                let means = base.trainer.moments().mean.iter();
                let weights = means.zip(&base.trainer.mask().weights);
                weights.map(|(mean, weight)| weight * mean * mean).sum()
            }
            false => report.squared_gradient,
        };
        self.last = Some(LastStep {
            moved,
            report,
            step_size,
            full: base.trainer.sampler().is_full(),
            gated,
        });
        if let Some(cause) = base.breakdown(&report) {
            return Err(Broken::after(cause));
        }
        let over = base.is_over(&report, setup.gate);
        Ok(over.map_or(Progress::On, Progress::Over))
    }

    fn measure(&mut self, _setup: &Setup, step: u64) -> Result<Observation, Breakdown> {
        match self.measured.take() {
            Some(now) => Ok(now),
            None => Ok(self.window.measure(&mut self.base, step)?),
        }
    }

    fn record(&mut self, _: &Setup, now: &Observation) -> Result<Option<Record>, Breakdown> {
        let start = self.window.frozen.spectrum();
        let lost = Lost::new(start, &now.residual, self.time, now.record.step);
        self.lost = lost.or(self.lost);
        Ok(Some(now.record.clone()))
    }

    fn outcome(&mut self, _setup: &Setup, _now: &Observation) {}

    fn change(&mut self, new: &Setup, effect: Effect, place: Place) -> Result<Records, Broken> {
        if effect == Effect::View {
            return Ok(Records::Continue);
        }
        let base = &mut self.base;
        base.trainer.set_batch_size(new.configuration.batch);
        let step_size = base.step_size(new.step_fraction);
        if effect != Effect::Window {
            self.window.forecast(place.trial_step, step_size);
            return Ok(Records::Continue);
        }
        base.set_noise(new.configuration.noise);
        let (window, now) = Window::open(base, place.trial_step, step_size)?;
        self.window = window;
        (self.time, self.lost) = (0.0, None);
        self.measured = Some(now);
        Ok(Records::Window)
    }

    fn remember(memory: &mut Vec<Ended>, state: &State<'_, Self>) {
        remember(memory, state);
    }

    #[cfg(feature = "all-exhibits")]
    fn snapshot(&self, _setup: &Setup, step: u64) -> Vec<NetworkSnapshot> {
        vec![self.base.snapshot("network", step)]
    }
}
