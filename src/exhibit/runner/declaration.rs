//! What an exhibit declares beside its model: views, readings, claims, schedule and texts.

use super::{Model, State};
use crate::chart::Chart;
use crate::exhibit::cursor::Cursor;
use crate::exhibit::{Claim, KnobState, Probe, Reading, Schedule, Settings, View};

/// Where the run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exhibit) struct Place {
    /// Steps taken, over all trials.
    pub step: u64,
    /// The trial under way or just over, counted from 0.
    pub trial: usize,
    /// Steps of that trial.
    pub trial_step: u64,
    /// Trials that are over.
    pub ended: usize,
    /// Records of all trials.
    pub records: usize,
}

/// What a view changes with, besides knobs and the cursor.
#[derive(Debug, Clone, Copy)]
pub(in crate::exhibit) enum Moves {
    /// Every step.
    Step,
    /// Every record.
    Record,
    /// What [`Model::revision`] counts.
    Model,
    /// What the function returns.
    With(fn(Place) -> u64),
}

/// Where a move of the cursor leads, from the cursor's place among the same kind.
pub(in crate::exhibit) type Lead<M> = fn(&State<'_, M>, Probe, Option<f64>) -> Option<f64>;

/// A view: how it is drawn, and what the cursor means in it.
pub(in crate::exhibit) struct Viewed<M: Model> {
    pub view: View,
    pub chart: fn(&State<'_, M>) -> Chart,
    /// What the cursor's places are, and where a probe leads among them.
    pub cursor: Option<(&'static str, Lead<M>)>,
    pub moves: Moves,
    /// Whether the exhibit's description has this view's.
    pub described: bool,
}

impl<M: Model> Viewed<M> {
    /// A view that changes at every step, without a cursor.
    pub const fn new(
        name: &'static str,
        title: &'static str,
        chart: fn(&State<'_, M>) -> Chart,
    ) -> Self {
        Self {
            view: View { name, title },
            chart,
            cursor: None,
            moves: Moves::Step,
            described: true,
        }
    }

    /// With a cursor among places of a kind.
    pub const fn cursor(mut self, of: &'static str, lead: Lead<M>) -> Self {
        self.cursor = Some((of, lead));
        self
    }

    /// Changing with something else than steps.
    pub const fn moves(mut self, moves: Moves) -> Self {
        self.moves = moves;
        self
    }

    /// Left out of the exhibit's description.
    pub const fn undescribed(mut self) -> Self {
        self.described = false;
        self
    }

    /// Where a move of the cursor leads the cursor.
    pub(super) fn lead(&self, state: &State<'_, M>, probe: Probe) -> Option<Cursor> {
        let Some((of, lead)) = self.cursor else {
            return match probe {
                Probe::Clear => None,
                _ => state.cursor,
            };
        };
        let from = state.cursor.filter(|cursor| cursor.of == of);
        let at = match probe {
            Probe::Clear => None,
            _ => lead(state, probe, from.map(|cursor| cursor.at)),
        };
        at.map(|at| Cursor { of, at })
    }
}

/// Names and titles of views, for the list of exhibits.
pub(in crate::exhibit) const fn views<M: Model, const N: usize>(of: &[Viewed<M>; N]) -> [View; N] {
    let mut views = [View {
        name: "",
        title: "",
    }; N];
    let mut i = 0;
    while i < N {
        views[i] = of[i].view;
        i += 1;
    }
    views
}

/// Everything about an exhibit that is not its model.
pub(in crate::exhibit) struct Declaration<M: Model> {
    /// Reads the settings, or says in a sentence why they do not go together.
    pub setup: fn(&Settings) -> Result<M::Setup, String>,
    pub views: &'static [Viewed<M>],
    pub readings: fn(&State<'_, M>) -> Vec<Reading>,
    /// In the order of the essay.
    pub claims: fn(&State<'_, M>) -> Vec<Claim>,
    /// Steps of a trial that are recorded.
    pub schedule: Schedule,
    /// Steps a frame.
    pub pace: fn(&M::Setup, Place) -> u64,
    /// The settings that matter for the claims, in a few words.
    pub caption: fn(&State<'_, M>) -> String,
    /// What to do after a breakdown: "Choose a smaller ...".
    pub advice: fn(&M, &M::Setup) -> String,
    /// What a control shows beside its value.
    pub gauge: fn(&State<'_, M>, &str) -> KnobState,
    /// Why a knob does not act now, if so.
    pub idle: fn(&M::Setup, &str) -> Option<String>,
    /// The training points that can be edited in a view.
    pub points: fn(&M, &str) -> Option<Vec<[f64; 2]>>,
}
