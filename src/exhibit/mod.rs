//! What is shown: one exhibit per question, each a state machine that turns
//! knobs into charts and readings.
//!
//! Data flows one way: knobs -> [`Exhibit`] -> [`crate::chart::Chart`]s and
//! [`Reading`]s. An exhibit never draws and never reads a clock; a
//! [`Session`] owns it, its settings and the log of changes, and is all that
//! a page, a command line or a test needs.

#![cfg_attr(
    not(feature = "all-exhibits"),
    expect(
        dead_code,
        reason = "used by the exhibits behind the feature all-exhibits"
    )
)]

mod breakdown;
#[cfg(feature = "all-exhibits")]
mod catalogue;
mod claim;
mod cursor;
#[cfg(all(feature = "all-exhibits", not(target_arch = "wasm32")))]
mod export;
#[cfg(not(target_arch = "wasm32"))]
mod fixture;
#[cfg(feature = "all-exhibits")]
mod json;
mod key;
mod knob;
mod modes;
mod plane;
mod points;
mod reading;
mod regression;
mod runner;
mod schedule;
mod series;
mod session;
mod settings;
mod shared_knobs;
mod similar;
#[cfg(feature = "all-exhibits")]
mod snapshot;
mod spectrum;
mod text;
mod trial_pairs;

pub use claim::{Claim, Evidence, EvidenceMark, Verdict};
#[cfg(all(feature = "all-exhibits", not(target_arch = "wasm32")))]
pub use export::{Export, ExportError};
#[cfg(not(target_arch = "wasm32"))]
pub use fixture::{Fixture, Round, Setting, Study};
pub use knob::{Choice, Effect, Kind, Knob, KnobError, Parsed, Value};
pub use points::Edit;
pub use reading::Reading;
pub use schedule::Schedule;
pub use session::{CHANGES_LIMIT, Change, Comparison, LINK_LIMIT, Session, SessionError};
pub use settings::Settings;
#[cfg(feature = "all-exhibits")]
pub use snapshot::{Labels, MOST_EXAMPLES, NetworkSnapshot};
pub use trial_pairs::{PairedRule, TrialPairs};

use crate::chart::Chart;
use serde::Serialize;

/// TypeScript declarations of the serialised types here; they use those of
/// [`crate::chart`].
pub const TYPESCRIPT: &str = include_str!("types.d.ts");

/// One kind of exhibit: its declarations and how to start it.
#[derive(Debug)]
pub struct ExhibitKind {
    /// Name in the `exhibit` attribute.
    pub name: &'static str,
    /// What it is called in a list.
    pub title: &'static str,
    /// Its knobs.
    pub knobs: &'static [Knob],
    /// Its views.
    pub views: &'static [View],
    /// Builds it at step 0, or says in a sentence why these settings do not
    /// go together.
    pub start: fn(&Settings) -> Result<Box<dyn Exhibit>, String>,
    /// How tests and tools run it.
    #[cfg(not(target_arch = "wasm32"))]
    pub fixture: Fixture,
}

#[cfg(feature = "all-exhibits")]
use catalogue::CATALOGUE;
#[cfg(not(feature = "all-exhibits"))]
static CATALOGUE: [&ExhibitKind; 0] = [];

/// All exhibits; without the feature `all-exhibits`, the first alone.
pub static EXHIBITS: &[&ExhibitKind] = &{
    let mut all = [&spectrum::SPECTRUM; 1 + CATALOGUE.len()];
    let mut i = 0;
    while i < CATALOGUE.len() {
        all[i + 1] = CATALOGUE[i];
        i += 1;
    }
    all
};

/// A view of an exhibit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct View {
    /// Name in the `views` attribute.
    pub name: &'static str,
    /// What it is called in a list.
    pub title: &'static str,
}

/// Whether a run can go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", content = "message", rename_all = "kebab-case")]
pub enum Status {
    /// It can.
    Ready,
    /// It is over; the sentence says why.
    Finished(String),
    /// It broke down; the sentence says why and what to change.
    Failed(String),
}

/// How far a run has come. Captions count steps like this, per trial; links count all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RunProgress {
    /// Steps taken in the present trial.
    pub step: u64,
    /// The last step of a trial, where it is known in advance.
    pub limit: Option<u64>,
    /// The present trial, counted from 1.
    pub trial: usize,
    /// How many trials there are.
    pub trials: usize,
}

/// A move of the cursor in a chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Probe {
    /// At a point, in data coordinates.
    At([f64; 2]),
    /// So many places further than now.
    Move(i32),
    /// Nowhere.
    Clear,
}

/// What a control shows beside its value.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct KnobState {
    /// Text in place of the plain value.
    pub text: Option<String>,
    /// Value from which the control's track is marked as beyond a limit.
    pub limit: Option<f64>,
    /// A sentence why the knob does not act now, if so.
    pub idle: Option<String>,
}

impl KnobState {
    /// A text in place of the plain value.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self {
            text: Some(text.into()),
            ..Self::default()
        }
    }
}

/// A running exhibit.
///
/// What a run computes depends on its settings, on the changes and on the steps
/// at which they were made, never on frames or time. Charts also depend on the
/// cursor; some claims compare with earlier runs of the session.
pub trait Exhibit {
    /// Starts again at step 0 with new settings.
    ///
    /// # Errors
    /// A sentence if the settings do not go together; the run is then as it was.
    fn restart(&mut self, settings: &Settings) -> Result<(), String>;

    /// Drops the run before a restart with its initial settings; call nothing but
    /// [`Exhibit::restart`] afterwards. The memory of WebAssembly never shrinks:
    /// two runs at once would enlarge it for good.
    fn release(&mut self);

    /// Whether [`Exhibit::change`] would take these settings now: two runs
    /// change together or not at all. Must answer for every refusal that
    /// `change` knows.
    ///
    /// # Errors
    /// The sentence with which they would be refused.
    fn check(&self, settings: &Settings) -> Result<(), String>;

    /// Takes over a change of settings whose effect is at most
    /// [`Effect::Window`].
    ///
    /// # Errors
    /// A sentence if the settings do not go together; the run is then as it was.
    fn change(&mut self, settings: &Settings, effect: Effect) -> Result<(), String>;

    /// Takes one step, unless the run is over.
    fn advance(&mut self);

    /// Steps taken.
    fn step_count(&self) -> u64;

    /// How far it has come.
    fn progress(&self) -> RunProgress;

    /// Whether it can go on.
    fn status(&self) -> &Status;

    /// How many steps one frame (a sixtieth of a second) should take now.
    fn pace(&self) -> u64;

    /// Computes kernel and eigenbasis of the present step now, where views would
    /// compute them when they first ask; nothing where they come with the step.
    fn observe(&mut self) {}

    /// All numbers of the present state.
    fn readings(&mut self) -> Vec<Reading>;

    /// A view of the present state; nothing for a name that is not in its
    /// kind's list.
    fn chart(&mut self, view: &str) -> Option<Chart>;

    /// A number that changes whenever the view does, to spare drawing it.
    fn revision(&self, view: &str) -> u64;

    /// Moves the cursor in a view; returns whether it changed.
    fn probe(&mut self, view: &str, probe: Probe) -> bool;

    /// The claims, judged on the present state.
    fn claims(&mut self) -> Vec<Claim>;

    /// Live decoration of a control.
    fn knob_state(&mut self, knob: &str) -> KnobState;

    /// A sentence why a knob does not act now, if so. Its value is kept for
    /// later; setting it does not disturb the run.
    fn idle(&self, _knob: &str) -> Option<String> {
        None
    }

    /// The training points (x, y) as a view draws them, to be edited there;
    /// none where a view draws none, or the exhibit takes no own points.
    fn points(&self, _view: &str) -> Option<Vec<[f64; 2]>> {
        None
    }

    /// The settings that matter for the claims, in a few words.
    fn caption(&mut self) -> String;

    /// The present state in words.
    fn description(&mut self) -> String;

    /// The networks that it trains now, for export; none where it keeps none.
    #[cfg(feature = "all-exhibits")]
    fn snapshot(&self) -> Vec<NetworkSnapshot> {
        Vec::new()
    }
}

/// Finds an exhibit by name.
pub fn find(name: &str) -> Option<&'static ExhibitKind> {
    EXHIBITS.iter().copied().find(|kind| kind.name == name)
}

/// So many places further than `at`, from 0 to `end`.
fn moved(at: usize, by: i32, end: usize) -> usize {
    (at as i64 + i64::from(by)).clamp(0, end as i64) as usize
}

/// An exhibit in words: its caption, some of its views, and why it is over.
fn describe<'a>(exhibit: &mut dyn Exhibit, views: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = format!("{}.", exhibit.caption());
    for view in views {
        if let Some(chart) = exhibit.chart(view) {
            text.push(' ');
            text.push_str(&chart.description);
        }
    }
    if let Status::Finished(reason) | Status::Failed(reason) = exhibit.status() {
        text.push(' ');
        text.push_str(reason);
    }
    text
}
