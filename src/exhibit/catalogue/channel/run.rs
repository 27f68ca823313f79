//! The run behind the channel exhibit: training, the window of its operators,
//! and what is remembered at scheduled steps.

use super::knobs::Setup;
use super::observation::{Observation, Record, observe};
use super::window::Window;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::regression::RegressionRun;
use crate::exhibit::{Effect, Schedule, Status, text};
use crate::training::{StepReport, TrainingError};
use nalgebra::DVector;

/// A run ends here: the reservoir has stopped emptying at a visible rate.
pub const STEP_LIMIT: u64 = 4_000;

/// Steps that are remembered.
pub const SCHEDULE: Schedule = Schedule::new(20);

/// Every second point of the test grid: 101 of them.
const STRIDE: usize = 2;

#[derive(Debug)]
pub struct Run {
    pub setup: Setup,
    pub base: RegressionRun,
    pub step: u64,
    pub status: Status,
    /// None before its first step, and where the operators do not apply.
    pub window: Option<Window>,
    pub records: Vec<Record>,
    now: Observation,
    now_is_current: bool,
    /// The last one that was due. A run that breaks down shows it: what is seen
    /// then must not depend on when somebody looked.
    due: Observation,
}

impl Run {
    pub fn new(setup: Setup) -> Result<Self, String> {
        let mut base = RegressionRun::new(&setup.beginning, STRIDE)?;
        base.trainer
            .set_optimiser(setup.optimiser)
            .map_err(|e| e.to_string())?;
        let now = Observation::of_network(&base, 0);
        let mut run = Self {
            setup,
            base,
            step: 0,
            status: Status::Ready,
            window: None,
            records: Vec::new(),
            due: now.clone(),
            now,
            now_is_current: false,
        };
        run.open_window_if_due();
        Ok(run)
    }

    pub fn step_size(&self) -> f64 {
        self.base.step_size(self.setup.step_fraction)
    }

    /// What the operators say now, computed when first asked for.
    pub fn observe(&mut self) -> &Observation {
        if !self.now_is_current && !matches!(self.status, Status::Failed(_)) {
            match observe(&self.base, self.window.as_ref(), &self.setup, self.step) {
                Ok(now) => {
                    self.now = now;
                    self.now_is_current = true;
                }
                Err(error) => self.fail(error.into()),
            }
        }
        &self.now
    }

    /// One step.
    pub fn advance(&mut self) {
        if self.status != Status::Ready {
            return;
        }
        match self.take_step() {
            Ok(report) => {
                self.step += 1;
                self.now_is_current = false;
                if let Some(cause) = self.base.breakdown(&report) {
                    self.fail(cause);
                    return;
                }
                let over = self.base.is_over(&report, self.setup.gate);
                let over = over.or_else(|| {
                    (self.step >= STEP_LIMIT)
                        .then(|| format!("The run ends at {} steps.", text::count(STEP_LIMIT)))
                });
                if SCHEDULE.is_due(self.step) || over.is_some() {
                    self.remember();
                }
                self.open_window_if_due();
                // A failure to observe the last step is the more telling reason.
                if let (Some(reason), Status::Ready) = (over, &self.status) {
                    self.status = Status::Finished(reason);
                }
            }
            Err(error) => self.fail(error.into()),
        }
    }

    fn take_step(&mut self) -> Result<StepReport, TrainingError> {
        let (base, setup) = (&mut self.base, &self.setup);
        let eta = match setup.undescribed {
            Some("Adam") => setup.learning_rate,
            _ => base.step_size(setup.step_fraction),
        };
        match &mut self.window {
            Some(window) => window.step(base, eta, setup.gate),
            None => base.trainer.step(&base.objective, eta, setup.gate),
        }
    }

    fn open_window_if_due(&mut self) {
        let due = self.step == self.setup.window && self.setup.undescribed.is_none();
        if self.window.is_none() && due {
            self.open_window();
        }
    }

    /// The operators start at the present state.
    fn open_window(&mut self) {
        self.now_is_current = false;
        self.records.clear();
        match Window::open(&self.base, &self.setup, self.step) {
            Ok(window) => self.window = Some(window),
            Err(error) => self.fail(error.into()),
        }
        self.remember();
    }

    fn remember(&mut self) {
        if self.window.is_none() {
            return;
        }
        let now = self.observe().clone();
        self.due = now.clone();
        if let (Some(window), Some(seen)) = (&mut self.window, &now.seen) {
            if let Err(error) = window.observe_kernel(&now.residual) {
                self.fail(error.into());
                return;
            }
            window.compare_with_last(self.step, seen);
            self.records
                .push(Record::new(self.step, &now, seen, window));
        }
    }

    /// Whether a change to these settings is possible at the present step.
    pub fn check(&self, setup: &Setup) -> Result<(), String> {
        if setup.window != self.setup.window && setup.window < self.step {
            return Err(format!(
                "window: the run is at step {}; a window that begins at step {} needs a new run. Go back to step 0 first.",
                text::count(self.step),
                text::count(setup.window)
            ));
        }
        Ok(())
    }

    /// New labels, batch, gate, scheme or step size from the next step on.
    pub fn change(&mut self, setup: Setup, effect: Effect) -> Result<(), String> {
        self.check(&setup)?;
        let beginning = &setup.beginning;
        // First what can be refused.
        if beginning.noise != self.setup.beginning.noise {
            self.base.set_noise(beginning.noise)?;
        }
        self.base.trainer.set_batch_size(beginning.batch);
        let later = setup.window > self.step;
        self.setup = setup;
        self.now_is_current = false;
        if effect == Effect::Window && self.setup.undescribed.is_none() {
            if later {
                self.window = None;
                self.records.clear();
            } else {
                self.open_window();
            }
        }
        Ok(())
    }

    fn fail(&mut self, cause: Breakdown) {
        let fraction = self.setup.step_fraction;
        let reason = self.base.diverged(self.step, fraction, cause);
        self.status = Status::Failed(reason);
        self.now = self.due.clone();
    }

    /// Steps of the records and the residuals at them.
    pub fn path(&self) -> (Vec<u64>, Vec<DVector<f64>>) {
        let records = &self.records;
        (
            records.iter().map(|r| r.step).collect(),
            records.iter().map(|r| r.residual.clone()).collect(),
        )
    }

    /// Step at which the window began.
    pub fn window_start(&self) -> u64 {
        self.window.as_ref().map_or(self.setup.window, |w| w.start)
    }
}
