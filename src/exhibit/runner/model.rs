//! What an exhibit is: a model that takes steps, what is measured of it, and what is kept.

use super::{Place, State};
#[cfg(feature = "all-exhibits")]
use crate::exhibit::NetworkSnapshot;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::{Effect, text};
use std::fmt;

/// What came of a step.
#[derive(Debug, PartialEq)]
pub(in crate::exhibit) enum Progress {
    /// The trial goes on.
    On,
    /// A window begins with this step: what was recorded before is forgotten.
    Window,
    /// The trial is over; the sentence says why.
    Over(String),
}

/// What a change means for what is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exhibit) enum Records {
    /// They go on.
    Continue,
    /// A window begins here. The records before it stay; of several windows begun at one
    /// step, the last counts.
    Window,
    /// A window begins here, and the records before it are forgotten.
    Anew,
    /// They are cleared, and nothing is recorded here: the window begins later, with
    /// [`Progress::Window`].
    Forget,
}

/// A step that could not be taken, or that led nowhere.
#[derive(Debug)]
pub(in crate::exhibit) struct Broken {
    pub cause: Breakdown,
    /// Whether the weights have moved before it was found.
    pub taken: bool,
    /// Where it broke, in front of the sentence: "Arm 2: ".
    pub place: String,
}

impl<E: Into<Breakdown>> From<E> for Broken {
    fn from(cause: E) -> Self {
        Self {
            cause: cause.into(),
            taken: false,
            place: String::new(),
        }
    }
}

impl Broken {
    /// Found after the step.
    pub fn after(cause: Breakdown) -> Self {
        Self {
            taken: true,
            ..cause.into()
        }
    }

    /// With the place in which it happened.
    pub fn at(self, place: String) -> Self {
        Self { place, ..self }
    }
}

/// A model in training, one step at a time.
///
/// A run is one trial after the other: one per seed, or per dimension. Everything here is a
/// function of the setup, the changes and the steps at which they were made.
pub(in crate::exhibit) trait Model: fmt::Debug + Sized + 'static {
    /// The knobs' values in the types of the engine.
    type Setup: fmt::Debug + Clone;
    /// Everything measured at one step.
    type Observation: fmt::Debug + Clone;
    /// What is kept of an observation.
    type Record: fmt::Debug;
    /// What is kept of a trial that is over.
    type Outcome: fmt::Debug;
    /// What is kept of earlier runs of the session.
    type Memory: fmt::Debug + Default;

    /// Whether every step can be observed; else only recorded ones are.
    const LIVE: bool = true;

    /// A trial at step 0; trials are counted from 0.
    ///
    /// # Errors
    /// A sentence if it cannot be set up.
    fn start(setup: &Self::Setup, trial: usize) -> Result<Self, String>;

    /// Number of trials.
    fn trials(_setup: &Self::Setup) -> usize {
        1
    }

    /// Steps after which a trial ends at the latest.
    fn limit(setup: &Self::Setup) -> u64;

    /// Takes the step after `step` of this trial.
    ///
    /// # Errors
    /// [`Broken`] if training diverged.
    fn step(&mut self, setup: &Self::Setup, step: u64) -> Result<Progress, Broken>;

    /// Measures the present state, `step` of this trial.
    ///
    /// # Errors
    /// [`Breakdown`] once the network is no longer finite.
    fn measure(&mut self, setup: &Self::Setup, step: u64) -> Result<Self::Observation, Breakdown>;

    /// What is kept of an observation of a step that is due; nothing before a window.
    ///
    /// # Errors
    /// [`Breakdown`] if what is kept cannot be computed.
    fn record(
        &mut self,
        setup: &Self::Setup,
        now: &Self::Observation,
    ) -> Result<Option<Self::Record>, Breakdown>;

    /// Why the trial ends with what has just been recorded, if so.
    fn over(_setup: &Self::Setup, _records: &[Self::Record]) -> Option<String> {
        None
    }

    /// What is kept of the trial once it is over.
    fn outcome(&mut self, setup: &Self::Setup, now: &Self::Observation) -> Self::Outcome;

    /// Whether a change to `setup` is possible now. Must answer for every refusal.
    ///
    /// # Errors
    /// The sentence with which it is refused.
    fn check(&self, _old: &Self::Setup, _new: &Self::Setup, _place: Place) -> Result<(), String> {
        Ok(())
    }

    /// Takes over a setup that [`Model::check`] has allowed.
    ///
    /// # Errors
    /// [`Broken`] if what begins here cannot be computed.
    fn change(
        &mut self,
        _new: &Self::Setup,
        _effect: Effect,
        _place: Place,
    ) -> Result<Records, Broken> {
        Ok(Records::Continue)
    }

    /// Why the run is over, once its last trial is: its own reason, for one trial.
    fn ending(_state: &State<'_, Self>, reason: String) -> String {
        reason
    }

    /// The reason of a trial that has reached its limit.
    fn at_limit(setup: &Self::Setup) -> String {
        format!("The run ends at {} steps.", text::count(Self::limit(setup)))
    }

    /// Counts what the model completes by itself between records, for views that move with
    /// it alone.
    fn revision(&self) -> u64 {
        0
    }

    /// Takes note of a trial that has just ended, for later runs.
    fn remember(_memory: &mut Self::Memory, _state: &State<'_, Self>) {}

    /// The networks that it trains now, for export.
    #[cfg(feature = "all-exhibits")]
    fn snapshot(&self, setup: &Self::Setup, step: u64) -> Vec<NetworkSnapshot>;
}
