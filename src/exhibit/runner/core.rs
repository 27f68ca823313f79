//! The part of a run that does not depend on its model, compiled once.

use crate::exhibit::Status;

/// Steps, status and window of a run.
#[derive(Debug)]
pub(super) struct Core {
    /// Steps taken, over all trials.
    pub step: u64,
    /// Steps of the trial under way.
    pub trial_step: u64,
    pub status: Status,
    /// Why the last trial that is over has ended.
    pub reason: String,
    /// Step of the trial at which its window began, or its records were last cleared.
    pub window_start: u64,
    /// Index of the window's first record.
    pub first_record: usize,
    /// Whether a knob that acts on the run was turned after step 0.
    pub changed: bool,
}

impl Default for Core {
    fn default() -> Self {
        Self {
            step: 0,
            trial_step: 0,
            status: Status::Ready,
            reason: String::new(),
            window_start: 0,
            first_record: 0,
            changed: false,
        }
    }
}

impl Core {
    /// Counts a step, if one was taken.
    pub fn count(&mut self, taken: bool) {
        self.step += u64::from(taken);
        self.trial_step += u64::from(taken);
    }

    /// Step 0 of the next trial.
    pub fn begin_trial(&mut self) {
        self.trial_step = 0;
        self.window_start = 0;
        self.first_record = 0;
    }
}
