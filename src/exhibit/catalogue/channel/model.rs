//! Training, and the window of its operators.

use super::knobs::{STEP_LIMIT, Setup};
use super::observation::{Observation, Record};
use super::problem::Problem;
use super::window::Window;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::runner::{Broken, Model, Place, Progress, Records};
use crate::exhibit::{Effect, NetworkSnapshot, text};
use crate::kernel::SpectrumError;

/// A network in training, with its operators.
#[derive(Debug)]
pub struct Channel {
    pub base: Problem,
    /// None before its first step.
    pub window: Option<Window>,
}

impl Channel {
    /// eta.
    pub fn step_size(&self, setup: &Setup) -> f64 {
        match setup.method.is_adaptive() {
            true => setup.learning_rate,
            false => self.base.step_size(setup.step_fraction),
        }
    }

    /// Step at which the window began, or will.
    pub fn window_start(&self, setup: &Setup) -> u64 {
        self.window.as_ref().map_or(setup.window, |w| w.start)
    }

    /// Opens the window if it begins at this step; says whether it does.
    fn open_if_due(&mut self, setup: &Setup, step: u64) -> Result<bool, SpectrumError> {
        let due = self.window.is_none() && step == setup.window;
        if due {
            self.window = Some(Window::open(None, &self.base, setup, step)?);
        }
        Ok(due)
    }
}

impl Model for Channel {
    type Setup = Setup;
    type Observation = Observation;
    type Record = Record;
    type Outcome = ();
    type Memory = ();

    fn start(setup: &Setup, _trial: usize) -> Result<Self, String> {
        let mut base = Problem::new(setup)?;
        let set = base.training().0.set_optimiser(setup.optimiser);
        set.map_err(|e| e.to_string())?;
        let mut channel = Self { base, window: None };
        let opened = channel.open_if_due(setup, 0);
        opened.map_err(|e| e.to_string())?;
        Ok(channel)
    }

    fn limit(_setup: &Setup) -> u64 {
        STEP_LIMIT
    }

    fn step(&mut self, setup: &Setup, step: u64) -> Result<Progress, Broken> {
        let eta = self.step_size(setup);
        let base = &mut self.base;
        let report = match &mut self.window {
            Some(window) => window.step(base, eta, setup)?,
            None => {
                let (trainer, objective) = base.training();
                trainer.step(objective, eta, setup.gate)?
            }
        };
        if let Some(cause) = base.breakdown(&report) {
            return Err(Broken::after(cause));
        }
        let over = base.is_over(&report, setup.gate);
        let opened = self.open_if_due(setup, step + 1);
        let opened = opened.map_err(|error| Broken::after(error.into()))?;
        Ok(match over {
            Some(reason) => Progress::Over(reason),
            None if opened => Progress::Window,
            None => Progress::On,
        })
    }

    fn measure(&mut self, _setup: &Setup, step: u64) -> Result<Observation, Breakdown> {
        let measured = Observation::measure(&self.base, self.window.as_ref(), step);
        Ok(measured?)
    }

    fn record(&mut self, _: &Setup, now: &Observation) -> Result<Option<Record>, Breakdown> {
        let (Some(window), Some(diagnostics)) = (&mut self.window, &now.diagnostics) else {
            return Ok(None);
        };
        let (largest, overlaps) = window.kernel(now.step, &now.residual)?;
        window.record(now.step, &now.residual, &diagnostics.spectrum);
        let parts = diagnostics.parts.as_ref();
        Ok(Some(Record {
            trial_step: now.step,
            since: now.step - window.start,
            train: now.train,
            unlearned: parts.map_or([f64::NAN; 2], |p| [p.signal.unlearned, p.noise.unlearned]),
            largest,
            overlaps,
            moved: (window.replicas.as_ref()).map(|replicas| replicas.moved(self.base.trainer())),
        }))
    }

    fn outcome(&mut self, _setup: &Setup, _now: &Observation) {}

    fn check(&self, old: &Setup, new: &Setup, place: Place) -> Result<(), String> {
        if new.window != old.window && new.window < place.trial_step {
            return Err(format!(
                "window: the run is at step {}; a window that begins at step {} needs a new run. Go back to step 0 first.",
                text::count(place.trial_step),
                text::count(new.window)
            ));
        }
        Ok(())
    }

    /// New labels, batch, gate, scheme, optimiser or step size from the next step on.
    fn change(&mut self, new: &Setup, effect: Effect, place: Place) -> Result<Records, Broken> {
        if effect != Effect::Window {
            return Ok(Records::Continue);
        }
        self.base.set_noise(new);
        let trainer = self.base.training().0;
        trainer.set_batch_size(new.configuration.batch);
        let set = trainer.set_optimiser(new.optimiser);
        set.expect("its knobs keep within the ranges");
        let (before, step) = (self.window.take(), place.trial_step);
        if new.window > step {
            return Ok(Records::Forget);
        }
        self.window = Some(Window::open(before, &self.base, new, step)?);
        Ok(Records::Anew)
    }

    fn snapshot(&self, _setup: &Setup, step: u64) -> Vec<NetworkSnapshot> {
        vec![self.base.snapshot("network", step)]
    }
}
