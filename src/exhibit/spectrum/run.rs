//! The run behind the spectrum exhibit: training, and what is remembered of
//! it at scheduled steps.

use super::knobs::Setup;
use super::observation::{Observation, Record, freeze, measure, test_error};
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::regression::RegressionRun;
use crate::exhibit::{Effect, Schedule, Status, text};
use crate::kernel::FrozenKernel;
use crate::network::Mlp;
use crate::training::{Gate, StepReport};
use nalgebra::{DMatrix, DVector};

/// A run ends here: in one dimension the story is told by then.
pub const STEP_LIMIT: u64 = 12_000;

/// Steps that are remembered.
pub const SCHEDULE: Schedule = Schedule::new(50);

/// What the theory foresees at one step if the kernel stands still.
#[derive(Debug, Clone, Copy)]
pub struct Foreseen {
    pub step: u64,
    pub train: f64,
    pub test: Option<f64>,
}

/// What is remembered since the labels or the network were last set.
#[derive(Debug)]
pub struct Window {
    pub start: u64,
    /// Index of its first record.
    pub first_record: usize,
    pub frozen: FrozenKernel,
    kernel: DMatrix<f64>,
    /// The frozen kernel's run up to the step limit.
    pub foreseen: Vec<Foreseen>,
    /// Best test error at a remembered step, and the step.
    pub best_test: Option<(f64, u64)>,
}

/// The rate at which the loss fell over the last step.
#[derive(Debug, Clone, Copy)]
pub struct LossRate {
    /// -g^T K_SS g at the step's start.
    pub predicted: f64,
    /// (Phi after - Phi before) / eta.
    pub measured: f64,
}

/// The last step, as it was taken: the knobs may since have been turned.
#[derive(Debug, Clone, Copy)]
struct LastStep {
    report: StepReport,
    step_size: f64,
    /// Whether it saw all examples.
    full: bool,
    gated: bool,
}

#[derive(Debug)]
pub struct Run {
    pub setup: Setup,
    pub base: RegressionRun,
    pub step: u64,
    pub status: Status,
    pub window: Window,
    pub records: Vec<Record>,
    last: Option<LastStep>,
    /// Sum over all steps of the gate's mean weight.
    opened: f64,
    /// Whether a knob that acts on the run was turned after step 0.
    pub changed: bool,
    now: Observation,
    now_is_current: bool,
    /// The last one that was due. A run that breaks down shows it: what is seen
    /// then must not depend on when somebody looked.
    due: Observation,
}

impl Run {
    pub fn new(setup: Setup) -> Result<Self, String> {
        let mut base = RegressionRun::new(&setup.configuration(), 1)?;
        let (now, kernel) = measure(&mut base, 0, None).map_err(|e| e.to_string())?;
        let frozen = freeze(&base, &now, &kernel).map_err(|e| e.to_string())?;
        let mut run = Self {
            window: Window {
                start: 0,
                first_record: 0,
                frozen,
                kernel,
                foreseen: Vec::new(),
                best_test: now.test.map(|test| (test, 0)),
            },
            setup,
            base,
            step: 0,
            status: Status::Ready,
            records: Vec::new(),
            last: None,
            opened: 0.0,
            changed: false,
            due: now.clone(),
            now,
            now_is_current: true,
        };
        run.foresee();
        run.remember();
        Ok(run)
    }

    /// eta.
    pub fn step_size(&self) -> f64 {
        self.base.step_size(self.setup.step_fraction)
    }

    pub fn mlp(&self) -> &Mlp {
        self.base.trainer.mlp()
    }

    /// Mean weights of the gate at the last step, in all and layer by layer:
    /// the share of open parameters where it opens fully or not at all.
    pub fn open_shares(&self) -> Option<(f64, Vec<f64>)> {
        let last = self.last?;
        if !last.gated {
            return Some((1.0, vec![1.0; self.mlp().layers().len()]));
        }
        let weights = &self.base.trainer.mask().weights;
        let layers = self.mlp().layers().iter().map(|layer| {
            let range = layer.weights().start..layer.biases().end.max(layer.weights().end);
            let size = range.len() as f64;
            weights[range].iter().sum::<f64>() / size
        });
        Some((last.report.openness, layers.collect()))
    }

    /// The gate's mean weight, averaged over all steps.
    pub fn mean_open_share(&self) -> f64 {
        self.opened / self.step as f64
    }

    /// The measurements at the present step, made when first asked for.
    pub fn observe(&mut self) -> &Observation {
        if !self.now_is_current && !matches!(self.status, Status::Failed(_)) {
            match measure(&mut self.base, self.step, Some(&self.window.kernel)) {
                Ok((now, _)) => {
                    self.now = now;
                    self.now_is_current = true;
                }
                Err(error) => self.fail(error.into()),
            }
        }
        &self.now
    }

    /// The rate of loss decrease over the last step; full batches only, since
    /// a minibatch's own loss is not Phi.
    pub fn loss_rate(&mut self) -> Option<LossRate> {
        let last = self.last?;
        if !last.full || self.step == self.window.start {
            return None;
        }
        let after = self.observe().train / 2.0;
        Some(LossRate {
            predicted: -last.report.squared_gradient,
            measured: (after - last.report.value) / last.step_size,
        })
    }

    /// One step.
    pub fn advance(&mut self) {
        if self.status != Status::Ready {
            return;
        }
        let eta = self.step_size();
        let base = &mut self.base;
        match base.trainer.step(&base.objective, eta, self.setup.gate) {
            Ok(report) => {
                self.step += 1;
                self.window.frozen.step(eta);
                self.now_is_current = false;
                self.last = Some(LastStep {
                    report,
                    step_size: eta,
                    full: self.base.trainer.sampler().is_full(),
                    gated: self.setup.gate != Gate::Off,
                });
                self.opened += report.openness;
                if let Some(cause) = self.base.breakdown(&report) {
                    self.fail(cause);
                    return;
                }
                if SCHEDULE.is_due(self.step) {
                    self.remember();
                }
                self.stop_if_over(report);
            }
            Err(error) => self.fail(error.into()),
        }
    }

    fn stop_if_over(&mut self, report: StepReport) {
        let over = self.base.is_over(&report, self.setup.gate);
        let reason = over.or_else(|| {
            (self.step >= STEP_LIMIT)
                .then(|| format!("The run ends at {} steps.", text::count(STEP_LIMIT)))
        });
        if let Some(reason) = reason {
            if !SCHEDULE.is_due(self.step) {
                self.remember();
            }
            // A failure to observe the last step is the more telling reason.
            if self.status == Status::Ready {
                self.status = Status::Finished(reason);
            }
        }
    }

    fn fail(&mut self, cause: Breakdown) {
        let fraction = self.setup.step_fraction;
        let reason = self.base.diverged(self.step, fraction, cause);
        self.status = Status::Failed(reason);
        self.now = self.due.clone();
    }

    fn remember(&mut self) {
        let now = self.observe();
        let record = Record {
            step: now.step,
            train: now.train,
            test: now.test,
            values: now.spectrum.values.as_slice().to_vec(),
            energies: now.spectrum.energies().collect(),
        };
        if matches!(self.status, Status::Failed(_)) {
            return;
        }
        if let (Some(test), Some((best, _))) = (record.test, self.window.best_test)
            && test < best
        {
            self.window.best_test = Some((test, record.step));
        }
        self.records.push(record);
        self.due = self.now.clone();
    }

    /// New labels, batch, gate or step size from the next step on.
    pub fn change(&mut self, setup: Setup, effect: Effect) -> Result<(), String> {
        // First what can be refused.
        if effect == Effect::Window {
            self.base.set_noise(setup.noise)?;
        }
        self.base.trainer.set_batch_size(setup.batch);
        self.setup = setup;
        self.changed |= effect != Effect::View;
        if effect == Effect::Window {
            let measured = measure(&mut self.base, self.step, None)
                .and_then(|(now, kernel)| Ok((freeze(&self.base, &now, &kernel)?, now, kernel)));
            match measured {
                Ok((frozen, now, kernel)) => {
                    // Only the last of several settings at one step has been run:
                    // a replayed link knows no other.
                    if self.window.start == self.step {
                        self.records.truncate(self.window.first_record);
                    }
                    self.window = Window {
                        start: self.step,
                        first_record: self.records.len(),
                        frozen,
                        kernel,
                        foreseen: Vec::new(),
                        best_test: now.test.map(|test| (test, now.step)),
                    };
                    self.now = now;
                    self.now_is_current = true;
                    self.remember();
                }
                Err(error) => self.fail(error.into()),
            }
        }
        if effect != Effect::View {
            self.foresee();
        }
        Ok(())
    }

    /// The frozen kernel's run from here to the limit, at about forty steps
    /// per decade.
    fn foresee(&mut self) {
        let eta = self.step_size();
        let here = self.step;
        self.window.foreseen.retain(|f| f.step < here);
        let mut step = here;
        while step <= STEP_LIMIT {
            let frozen = self.window.frozen.ahead(step - here, eta);
            self.window.foreseen.push(Foreseen {
                step,
                train: frozen.train_error(),
                test: test_error(&frozen.test_outputs(), &self.base.problem),
            });
            let since = step - self.window.start;
            step += (since / 18).max(1);
        }
    }

    /// U_Q as the frozen kernel foresees it for the present step.
    pub fn foreseen_now(&self) -> (DVector<f64>, f64, Option<f64>) {
        let frozen = &self.window.frozen;
        let outputs = frozen.test_outputs();
        let test = test_error(&outputs, &self.base.problem);
        (outputs, frozen.train_error(), test)
    }
}
