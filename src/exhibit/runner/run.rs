//! One run: its setup, its model, its trials, and the last observation.

use super::core::Core;
use super::{Broken, Model, Place, Progress};
use crate::exhibit::Schedule;
use crate::exhibit::breakdown::Breakdown;

/// What is recorded of a trial.
#[derive(Debug)]
pub(in crate::exhibit) struct Trial<M: Model> {
    pub records: Vec<M::Record>,
    /// Once it is over.
    pub outcome: Option<M::Outcome>,
}

/// A run of an exhibit.
pub(super) struct Run<M: Model> {
    pub setup: M::Setup,
    pub model: M,
    pub core: Core,
    pub trials: Vec<Trial<M>>,
    /// The last observation, of the present step unless `stale`.
    pub now: M::Observation,
    pub stale: bool,
    /// The last recorded observation.
    pub recorded: M::Observation,
}

impl<M: Model> Run<M> {
    pub fn new(setup: M::Setup) -> Result<Self, String> {
        let mut model = M::start(&setup, 0)?;
        let now = model
            .measure(&setup, 0)
            .map_err(|cause| cause.to_string())?;
        let mut run = Self {
            setup,
            model,
            core: Core::default(),
            trials: vec![Trial::new()],
            recorded: now.clone(),
            now,
            stale: false,
        };
        run.record().map_err(|cause| cause.to_string())?;
        Ok(run)
    }

    pub fn place(&self) -> Place {
        let over = |trial: &&Trial<M>| trial.outcome.is_some();
        Place {
            step: self.core.step,
            trial: self.trials.len() - 1,
            trial_step: self.core.trial_step,
            ended: self.trials.iter().filter(over).count(),
            records: self.trials.iter().map(|trial| trial.records.len()).sum(),
        }
    }

    /// Brings the observation up to the present step, where that can be measured.
    pub fn observe(&mut self) {
        if !self.stale {
            return;
        }
        self.stale = false;
        if M::LIVE {
            match self.model.measure(&self.setup, self.core.trial_step) {
                Ok(now) => self.now = now,
                Err(_) => self.now = self.recorded.clone(),
            }
        }
    }

    /// Records the present step, measured first.
    pub fn record(&mut self) -> Result<(), Breakdown> {
        if self.stale {
            self.now = self.model.measure(&self.setup, self.core.trial_step)?;
            self.stale = false;
        }
        if let Some(record) = self.model.record(&self.setup, &self.now)? {
            let trial = self.place().trial;
            self.trials[trial].records.push(record);
        }
        self.recorded = self.now.clone();
        Ok(())
    }

    /// Makes room for a window that begins here.
    pub fn begin_window(&mut self, keep: bool) {
        let at = self.place().trial;
        let records = &mut self.trials[at].records;
        if !keep {
            records.clear();
        } else if self.core.window_start == self.core.trial_step {
            // A replayed link knows only the last of several settings at one step.
            records.truncate(self.core.first_record);
        }
        self.core.first_record = records.len();
        self.core.window_start = self.core.trial_step;
    }

    pub fn next_trial(&mut self) -> Result<(), String> {
        self.model = M::start(&self.setup, self.trials.len())?;
        self.trials.push(Trial::new());
        self.core.begin_trial();
        self.stale = true;
        self.record().map_err(|cause| cause.to_string())
    }

    /// One step; the reason of the trial's end, if this was its last.
    pub fn step(&mut self, schedule: Schedule) -> Result<Option<String>, Broken> {
        let progress = match self.model.step(&self.setup, self.core.trial_step) {
            Ok(progress) => progress,
            Err(broken) => {
                self.stale = true;
                self.core.count(broken.taken);
                return Err(broken);
            }
        };
        self.core.count(true);
        self.stale = true;
        let limit = self.core.trial_step >= M::limit(&self.setup);
        let window = progress == Progress::Window;
        let mut over = match progress {
            Progress::Over(reason) => Some(reason),
            _ => limit.then(|| M::at_limit(&self.setup)),
        };
        if window {
            self.begin_window(false);
        }
        if window || schedule.is_due(self.core.trial_step) || over.is_some() {
            self.record()?;
            let records = &self.trials[self.place().trial].records;
            over = over.or_else(|| M::over(&self.setup, records));
        }
        Ok(over)
    }
}

impl<M: Model> Trial<M> {
    fn new() -> Self {
        Self {
            records: Vec::new(),
            outcome: None,
        }
    }
}
