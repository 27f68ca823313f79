//! A run as a person has it: an exhibit, its settings, and the log of
//! changes from which it can be replayed.
//!
//! A link is the settings at step 0, the changes (step, knob, value), the
//! knob in which a second run differs, and the step reached; opening it
//! replays the run to the digit.

mod comparison;
mod csv;
mod lenient;
mod link;
mod names;
#[cfg(feature = "all-exhibits")]
mod networks;
mod points;
mod script;

pub use comparison::Comparison;
pub use link::{CHANGES_LIMIT, LINK_LIMIT};

use super::{Effect, Exhibit, ExhibitKind, Knob, KnobError, Settings, Value, find};
use names::{is_about_showing, join, misspelt, short};
use script::read_changes;
use std::collections::VecDeque;
use thiserror::Error;

/// A knob turned while the run was at a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Steps taken before it; it acts from the next one.
    pub step: u64,
    /// Name of the knob.
    pub knob: &'static str,
    /// Its new value.
    pub value: Value,
}

/// Why something cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SessionError {
    /// There is no such exhibit.
    #[error("There is no exhibit \u{201c}{name}\u{201d}; there are: {known}.")]
    UnknownExhibit {
        /// The name as given.
        name: String,
        /// Names that exist, joined by commas.
        known: String,
    },
    /// The exhibit has no such view.
    #[error("There is no view \u{201c}{name}\u{201d} here; the views are {known}.")]
    UnknownView {
        /// The name as given.
        name: String,
        /// Names that exist, joined by commas.
        known: String,
    },
    /// A knob or its value does not exist.
    #[error(transparent)]
    Knob(#[from] KnobError),
    /// The settings do not go together.
    #[error("{0}")]
    Refused(String),
    /// A second run would be the same run.
    #[error("{knob}: a second run differs in it only if its value is another than {value}.")]
    SameRun {
        /// Name of the knob.
        knob: &'static str,
        /// Its value in both runs.
        value: String,
    },
    /// A second run would differ in nothing that is computed.
    #[error("{knob}: it changes only what is drawn, so a second run would be the same.")]
    DrawnOnly {
        /// Name of the knob.
        knob: &'static str,
    },
}

/// An exhibit with its settings and its log.
pub struct Session {
    kind: &'static ExhibitKind,
    exhibit: Box<dyn Exhibit>,
    /// At step 0.
    start: Settings,
    /// Now.
    settings: Settings,
    /// What the first run has taken over: all of the present ones until it is over.
    taken: Settings,
    log: Vec<Change>,
    /// Changes still to be replayed, by ascending step.
    script: VecDeque<Change>,
    /// The step that a link asks to be replayed to.
    target: u64,
    notes: Vec<String>,
    unknown: Vec<String>,
    comparison: Option<Comparison>,
    /// How many second runs there have been.
    comparisons: u64,
}

impl Session {
    /// Opens an exhibit with settings from a link, an element's attributes or
    /// a command line: names of knobs with their values, `changes`, `beside`
    /// (knob and value of a second run) and `step`.
    ///
    /// What does not fit is clamped or left at its default, with a note; a name that
    /// resembles no knob is left to whoever put it there.
    ///
    /// # Errors
    /// [`SessionError`] for an unknown exhibit, or settings that do not go
    /// together.
    pub fn open(exhibit: &str, parameters: &[(String, String)]) -> Result<Self, SessionError> {
        let kind = find(exhibit).ok_or_else(|| SessionError::UnknownExhibit {
            name: short(exhibit),
            known: join(super::EXHIBITS.iter().map(|kind| kind.name)),
        })?;
        let mut settings = Settings::defaults(kind.knobs);
        let mut notes = Vec::new();
        let mut script = Vec::new();
        let mut target = 0;
        let mut beside = None;
        let mut unknown = Vec::new();
        for (given, text) in parameters {
            let name = &lenient::name(given);
            match name.as_str() {
                "changes" => script = read_changes(&settings, text, &mut notes),
                "beside" => beside = Some(text),
                "step" => match lenient::value(text).parse() {
                    Ok(step) => target = step,
                    Err(_) => notes.push(format!(
                        "step: \u{201c}{}\u{201d} is not a whole number; the run starts at step 0.",
                        short(text)
                    )),
                },
                _ => match settings
                    .knob(name)
                    .and_then(|knob| lenient::parse(knob, text))
                {
                    Ok(parsed) => {
                        settings.put(name, parsed.value)?;
                        notes.extend(parsed.note);
                    }
                    Err(KnobError::Unknown { .. }) if is_about_showing(name) => {}
                    Err(KnobError::Unknown { .. }) => {
                        notes.extend(misspelt(kind, given));
                        unknown.push(given.clone());
                    }
                    Err(error) => notes.push(format!("{error} The default is used.")),
                },
            }
        }
        let exhibit = (kind.start)(&settings).map_err(SessionError::Refused)?;
        let comparison =
            beside.and_then(|text| Comparison::open(kind, &settings, text, &mut notes));
        Ok(Self {
            kind,
            exhibit,
            start: settings.clone(),
            taken: settings.clone(),
            settings,
            log: Vec::new(),
            script: script.into(),
            target,
            notes,
            unknown,
            comparison,
            comparisons: 0,
        })
    }

    /// What the exhibit declares.
    pub fn kind(&self) -> &'static ExhibitKind {
        self.kind
    }

    /// The running exhibit, without the second run.
    pub fn exhibit(&mut self) -> &mut dyn Exhibit {
        self.exhibit.as_mut()
    }

    /// Sentences about what was clamped or ignored at opening.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Names at opening that are no knob and nothing else of ours, those with a note
    /// among them.
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// The present settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The changes made so far.
    pub fn log(&self) -> &[Change] {
        &self.log
    }

    /// The step that a link asks to be replayed to.
    pub fn target(&self) -> u64 {
        self.target
    }

    /// Sets a knob from text. Returns a note if the value was clamped.
    ///
    /// A change that would act on a run that is over starts it anew.
    ///
    /// # Errors
    /// [`SessionError`]; everything is then as it was.
    pub fn set(&mut self, name: &str, text: &str) -> Result<Option<String>, SessionError> {
        let knob = self.settings.knob(name)?;
        let parsed = knob.parse(text)?;
        if self.settings.get(name)? != &parsed.value {
            let effect = self.effect(knob);
            self.apply(knob, effect, parsed.value)?;
            if effect != Effect::View {
                // From here on it is another run than the link's.
                self.script.clear();
                self.target = 0;
            }
        }
        Ok(parsed.note)
    }

    /// What a change of a knob does now: one that does not act disturbs
    /// nothing.
    fn effect(&self, knob: &Knob) -> Effect {
        let rests = |exhibit: &dyn Exhibit| exhibit.idle(knob.name).is_some();
        let comparison = self.comparison.as_ref();
        if rests(self.exhibit.as_ref())
            && comparison.is_none_or(|comparison| rests(comparison.exhibit()))
        {
            Effect::View
        } else {
            knob.effect
        }
    }

    fn apply(
        &mut self,
        knob: &'static Knob,
        effect: Effect,
        value: Value,
    ) -> Result<(), SessionError> {
        let mut settings = self.settings.clone();
        settings.put(knob.name, value.clone())?;
        let step = self.step_count();
        if effect == Effect::View {
            self.change(knob, effect, &value)?;
            self.start.put(knob.name, value)?;
            self.settings = settings;
        } else if effect == Effect::Restart || step == 0 || self.is_over() {
            self.start_anew(settings)?;
        } else {
            self.change(knob, effect, &value)?;
            self.settings = settings;
            let knob = knob.name;
            // A slider being dragged is one change. Otherwise the order stays:
            // each change was possible only after those before it.
            match self.log.last_mut() {
                Some(last) if last.step == step && last.knob == knob => last.value = value,
                _ => self.log.push(Change { step, knob, value }),
            }
        }
        Ok(())
    }

    /// Back to step 0 with the present settings.
    ///
    /// # Errors
    /// [`SessionError::Refused`]; the run is then as it was.
    pub fn reset(&mut self) -> Result<(), SessionError> {
        // What a run began with is not refused, so the old one need not stay.
        if self.settings == self.start {
            self.exhibit.release();
            if let Some(comparison) = &mut self.comparison {
                comparison.release();
            }
        }
        self.start_anew(self.settings.clone())
    }

    /// Both runs from step 0, or neither.
    fn start_anew(&mut self, settings: Settings) -> Result<(), SessionError> {
        let comparison = match &self.comparison {
            Some(comparison) => Some(comparison.anew(self.kind, &settings)?),
            None => None,
        };
        self.begin(settings, comparison)
    }

    fn begin(
        &mut self,
        settings: Settings,
        comparison: Option<Comparison>,
    ) -> Result<(), SessionError> {
        self.exhibit
            .restart(&settings)
            .map_err(SessionError::Refused)?;
        self.comparison = comparison;
        self.comparisons += 1;
        self.start = settings.clone();
        self.taken = settings.clone();
        self.settings = settings;
        self.log.clear();
        self.script.clear();
        self.target = 0;
        Ok(())
    }

    /// Takes up to `steps` steps while `go_on` says so; returns how many were
    /// taken. Changes of a replayed link are applied at their steps.
    pub fn advance(&mut self, steps: u64, mut go_on: impl FnMut() -> bool) -> u64 {
        let first = self.step_count();
        for _ in 0..steps {
            self.replay_due();
            if self.is_over() {
                break;
            }
            self.exhibit.advance();
            if let Some(comparison) = &mut self.comparison {
                comparison.advance();
            }
            // What was turned at the step that a link shows is a part of it.
            if self.step_count() == self.target {
                self.replay_due();
            }
            if !go_on() {
                break;
            }
        }
        self.step_count() - first
    }

    /// Applies the changes of the script that are due. A run that is over takes
    /// none: that would start it anew, which only a person may do.
    fn replay_due(&mut self) {
        let step = self.step_count();
        while !self.is_over()
            && let Some(change) = self.script.pop_front_if(|change| change.step <= step)
        {
            let knob = self.settings.knob(change.knob);
            let applied = knob
                .map_err(SessionError::from)
                .and_then(|knob| self.replay(knob, change.value));
            if let Err(error) = applied {
                self.notes.push(error.to_string());
            }
        }
    }

    /// Applies a change of the script, which is kept: only a person's own
    /// change starts a run anew.
    fn replay(&mut self, knob: &'static Knob, value: Value) -> Result<(), SessionError> {
        let (script, target) = (std::mem::take(&mut self.script), self.target);
        let applied = self.apply(knob, self.effect(knob), value);
        self.script = script;
        self.target = target;
        applied
    }

    /// Checks that the exhibit has a view.
    ///
    /// # Errors
    /// [`SessionError::UnknownView`] lists those that exist.
    pub fn view(&self, name: &str) -> Result<&'static super::View, SessionError> {
        self.kind
            .views
            .iter()
            .find(|view| view.name == name)
            .ok_or_else(|| SessionError::UnknownView {
                name: short(name),
                known: join(self.kind.views.iter().map(|view| view.name)),
            })
    }
}
