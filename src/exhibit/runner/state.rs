//! A run as views, readings and claims see it: everything measured, nothing to change.

use super::{Model, Place, Trial};
use crate::exhibit::Status;
use crate::exhibit::cursor::Cursor;

/// The present state of a run.
#[derive(Debug)]
pub(in crate::exhibit) struct State<'a, M: Model> {
    pub setup: &'a M::Setup,
    pub model: &'a M,
    /// The present step, or the last one that could be measured.
    pub now: &'a M::Observation,
    /// One entry per trial so far; the last is under way or just over.
    pub trials: &'a [Trial<M>],
    pub place: Place,
    /// Step of the trial at which the window began, or at which the records were last
    /// cleared. Earlier records may remain: see `first_record`.
    pub window_start: u64,
    /// Index of the window's first record.
    pub first_record: usize,
    /// Whether a knob that acts on the run was turned after step 0.
    pub changed: bool,
    pub status: &'a Status,
    pub cursor: Option<Cursor>,
    /// What earlier runs of the session have left.
    pub memory: &'a M::Memory,
}

impl<'a, M: Model> State<'a, M> {
    /// Records of the trial under way.
    pub fn records(&self) -> &'a [M::Record] {
        &self.trials[self.place.trial].records
    }

    /// Records since the window began.
    pub fn window(&self) -> &'a [M::Record] {
        &self.records()[self.first_record..]
    }

    /// Trials that are over.
    pub fn ended(&self) -> &'a [Trial<M>] {
        &self.trials[..self.place.ended]
    }

    /// The index of the cursor, if it is at one of `of`.
    pub fn index(&self, of: &str) -> Option<usize> {
        Cursor::index(self.cursor, of)
    }
}
