//! A run as a person has it: an exhibit, its settings, and the log of
//! changes from which it can be replayed.
//!
//! A link is the settings at step 0, the changes (step, knob, value) and the
//! step reached; opening it replays the run to the digit.

use super::{Edit, Effect, Exhibit, ExhibitKind, Kind, Knob, KnobError};
use super::{Settings, Status, Value, find, points, words};
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
}

/// Most changes that a link may carry.
const MOST_CHANGES: usize = 2_000;

/// Most characters of own points that a link carries: browsers and chat
/// programs cut longer ones.
pub const LINK_LIMIT: usize = 4_000;

/// An exhibit with its settings and its log.
pub struct Session {
    kind: &'static ExhibitKind,
    exhibit: Box<dyn Exhibit>,
    /// At step 0.
    start: Settings,
    /// Now.
    settings: Settings,
    log: Vec<Change>,
    /// Changes still to be replayed, by ascending step.
    script: VecDeque<Change>,
    /// The step that a link asks to be replayed to.
    target: u64,
    notes: Vec<String>,
}

impl Session {
    /// Opens an exhibit with settings from a link, an element's attributes or
    /// a command line: names of knobs with their values, `changes` and `step`.
    ///
    /// What does not fit is clamped or left at its default, with a note.
    ///
    /// # Errors
    /// [`SessionError`] for an unknown exhibit, or settings that do not go
    /// together.
    pub fn open(exhibit: &str, parameters: &[(String, String)]) -> Result<Self, SessionError> {
        let kind = find(exhibit).ok_or_else(|| SessionError::UnknownExhibit {
            name: exhibit.chars().take(40).collect(),
            known: join(super::EXHIBITS.iter().map(|kind| kind.name)),
        })?;
        let mut settings = Settings::defaults(kind.knobs);
        let mut notes = Vec::new();
        let mut script = Vec::new();
        let mut target = 0;
        for (name, text) in parameters {
            match name.as_str() {
                "changes" => script = read_changes(&settings, text, &mut notes),
                "step" => match text.parse() {
                    Ok(step) => target = step,
                    Err(_) => notes.push(format!(
                        "step: \u{201c}{}\u{201d} is not a whole number; the run starts at step 0.",
                        short(text)
                    )),
                },
                _ => match settings.knob(name).and_then(|knob| knob.parse(text)) {
                    Ok(parsed) => {
                        settings.put(name, parsed.value)?;
                        notes.extend(parsed.note);
                    }
                    Err(error @ KnobError::Unknown { .. }) => notes.push(error.to_string()),
                    Err(error) => notes.push(format!("{error} The default is used.")),
                },
            }
        }
        Ok(Self {
            kind,
            exhibit: (kind.start)(&settings).map_err(SessionError::Refused)?,
            start: settings.clone(),
            settings,
            log: Vec::new(),
            script: script.into(),
            target,
            notes,
        })
    }

    /// What the exhibit declares.
    pub fn kind(&self) -> &'static ExhibitKind {
        self.kind
    }

    /// The running exhibit.
    pub fn exhibit(&mut self) -> &mut dyn Exhibit {
        self.exhibit.as_mut()
    }

    /// Sentences about what was clamped or ignored at opening.
    pub fn notes(&self) -> &[String] {
        &self.notes
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
            self.apply(knob.name, effect, parsed.value)?;
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
        match self.exhibit.idle(knob.name) {
            Some(_) => Effect::View,
            None => knob.effect,
        }
    }

    fn apply(
        &mut self,
        knob: &'static str,
        effect: Effect,
        value: Value,
    ) -> Result<(), SessionError> {
        let mut settings = self.settings.clone();
        settings.put(knob, value.clone())?;
        let step = self.exhibit.step_count();
        let over = *self.exhibit.status() != Status::Ready;
        if effect == Effect::View {
            self.exhibit
                .change(&settings, effect)
                .map_err(SessionError::Refused)?;
            self.start.put(knob, value)?;
            self.settings = settings;
        } else if effect == Effect::Restart || step == 0 || over {
            self.start_anew(settings)?;
        } else {
            self.exhibit
                .change(&settings, effect)
                .map_err(SessionError::Refused)?;
            self.settings = settings;
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
        self.start_anew(self.settings.clone())
    }

    fn start_anew(&mut self, settings: Settings) -> Result<(), SessionError> {
        self.exhibit
            .restart(&settings)
            .map_err(SessionError::Refused)?;
        self.start = settings.clone();
        self.settings = settings;
        self.log.clear();
        self.script.clear();
        self.target = 0;
        Ok(())
    }

    /// Takes up to `steps` steps while `go_on` says so; returns how many were
    /// taken. Changes of a replayed link are applied at their steps.
    pub fn advance(&mut self, steps: u64, mut go_on: impl FnMut() -> bool) -> u64 {
        let first = self.exhibit.step_count();
        for _ in 0..steps {
            // A run that is over takes no change of a script: that would start
            // it anew, which only a person may do.
            if *self.exhibit.status() != Status::Ready {
                break;
            }
            let step = self.exhibit.step_count();
            while let Some(change) = self.script.pop_front_if(|change| change.step <= step) {
                let effect = self
                    .settings
                    .knob(change.knob)
                    .map(|knob| self.effect(knob));
                let applied = effect
                    .map_err(SessionError::from)
                    .and_then(|effect| self.replay(change, effect));
                if let Err(error) = applied {
                    self.notes.push(error.to_string());
                }
            }
            if *self.exhibit.status() != Status::Ready {
                break;
            }
            self.exhibit.advance();
            if !go_on() {
                break;
            }
        }
        self.exhibit.step_count() - first
    }

    /// Applies a change of the script, which is kept: only a person's own
    /// change starts a run anew.
    fn replay(&mut self, change: Change, effect: Effect) -> Result<(), SessionError> {
        let (script, target) = (std::mem::take(&mut self.script), self.target);
        let applied = self.apply(change.knob, effect, change.value);
        self.script = script;
        self.target = target;
        applied
    }

    /// The query string that reproduces this run up to this step; without the
    /// own points if they are too long for a link, as
    /// [`Session::link_note`] then says.
    pub fn link(&self) -> String {
        let mut parts: Vec<String> = vec![format!("exhibit={}", self.kind.name)];
        for (knob, value) in self.start.iter() {
            let text = value.to_string();
            let too_long = matches!(value, Value::Points(_)) && text.len() > LINK_LIMIT;
            if *value != knob.default_value() && !too_long {
                parts.push(format!("{}={text}", knob.name));
            }
        }
        if !self.log.is_empty() {
            let changes = self
                .log
                .iter()
                .map(|change| format!("{}.{}.{}", change.step, change.knob, change.value));
            parts.push(format!("changes={}", changes.collect::<Vec<_>>().join("_")));
        }
        if self.exhibit.step_count() > 0 {
            parts.push(format!("step={}", self.exhibit.step_count()));
        }
        parts.join("&")
    }

    /// A sentence about what the link leaves out, if anything.
    pub fn link_note(&self) -> Option<String> {
        self.start.iter().find_map(|(_, value)| {
            let Value::Points(points) = value else {
                return None;
            };
            let length = value.to_string().len();
            (length > LINK_LIMIT).then(|| {
                format!(
                    "These {} take {} characters; a link carries at most {} and leaves them out. \
                     Save the data as a file instead.",
                    words::points(points.len()),
                    words::count(length as u64),
                    words::count(LINK_LIMIT as u64)
                )
            })
        })
    }

    /// The training points that a person can edit in a view: own ones in the
    /// order given, else the drawn ones. None where a view draws none.
    pub fn points(&self, view: &str) -> Option<Vec<[f64; 2]>> {
        let drawn = self.exhibit.points(view)?;
        Some(match self.own_points()? {
            (_, own) if !own.is_empty() => own.to_vec(),
            _ => drawn,
        })
    }

    /// The knob that takes own points, and what it holds.
    fn own_points(&self) -> Option<(&'static str, &[[f64; 2]])> {
        self.settings.iter().find_map(|(knob, value)| match value {
            Value::Points(own) => Some((knob.name, &own[..])),
            _ => None,
        })
    }

    /// Index in [`Session::points`] of the point nearest to `at`, if one lies
    /// within an ellipse of half-axes `reach`, all in data coordinates.
    pub fn point_near(&self, view: &str, at: [f64; 2], reach: [f64; 2]) -> Option<usize> {
        points::nearest(&self.points(view)?, at, reach)
    }

    /// Changes one training point, and starts the run anew. Drawn points
    /// become own ones with it: from then on the function behind them counts
    /// as unknown. The new place is rounded to about a thousandth of what the
    /// axes show. Returns the index of the point.
    ///
    /// # Errors
    /// [`SessionError`] if the view draws no points, there is no such point,
    /// there would be none or too many, or it would lie too far out;
    /// everything is then as it was.
    pub fn edit_point(&mut self, view: &str, edit: Edit) -> Result<usize, SessionError> {
        let refused = |words: &str| SessionError::Refused(words.to_owned());
        let view = self.view(view)?;
        let nothing = || {
            refused(&format!(
                "{}: there are no points to edit in this view.",
                view.name
            ))
        };
        let mut points = self.points(view.name).ok_or_else(nothing)?;
        let (name, own) = self.own_points().ok_or_else(nothing)?;
        if own.is_empty() {
            let drawn = points.clone();
            for point in &mut points {
                *point = points::rounded(*point, &drawn);
            }
        }
        let most = match self.settings.knob(name)?.kind {
            Kind::Points { most, .. } => most,
            _ => 0,
        };
        let index = match edit {
            Edit::Add(_) => points.len(),
            Edit::Move(index, _) | Edit::Remove(index) => index,
        };
        match edit {
            Edit::Add(_) if points.len() >= most => {
                return Err(refused(&format!(
                    "There are {} already; no more can be used.",
                    words::points(points.len())
                )));
            }
            Edit::Add(at) => points.push(points::rounded(at, &points)),
            Edit::Move(..) | Edit::Remove(_) if index >= points.len() => {
                return Err(refused(&format!(
                    "There is no point {}; there are {}.",
                    index + 1,
                    points.len()
                )));
            }
            Edit::Move(_, at) => points[index] = points::rounded(at, &points),
            Edit::Remove(_) if points.len() == 1 => {
                return Err(refused(
                    "The last point cannot be removed: there would be nothing to learn.",
                ));
            }
            Edit::Remove(_) => {
                points.remove(index);
            }
        }
        self.set(name, &points::text(&points))?;
        Ok(index)
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
                name: name.chars().take(40).collect(),
                known: join(self.kind.views.iter().map(|view| view.name)),
            })
    }

    /// All charts' numbers and all readings as CSV, with the link in the
    /// header. Blocks are parted by empty lines.
    pub fn csv(&mut self) -> String {
        let mut out = format!("# ntk-playground {}\n", env!("CARGO_PKG_VERSION"));
        out.push_str(&format!("# {}\n", self.link()));
        if let Some(note) = self.link_note() {
            out.push_str(&format!("# {note}\n"));
        }
        for (knob, value) in self.settings.iter() {
            out.push_str(&format!("# {} = {value}\n", knob.name));
        }
        out.push_str("\nreading,value,unit\n");
        for reading in self.exhibit.readings() {
            out.push_str(&format!(
                "{},{},{}\n",
                reading.name, reading.value, reading.unit
            ));
        }
        for view in self.kind.views {
            let Some(chart) = self.exhibit.chart(view.name) else {
                continue;
            };
            let names = chart.columns.iter().map(|column| column.name.as_str());
            out.push_str(&format!(
                "\n# view {}\n{}\n",
                view.name,
                join_with(names, ",")
            ));
            let rows = chart.columns.iter().map(|c| c.values.len()).max();
            for row in 0..rows.unwrap_or(0) {
                let cells: Vec<String> = chart
                    .columns
                    .iter()
                    .map(|c| c.values.get(row).map_or(String::new(), f64::to_string))
                    .collect();
                out.push_str(&cells.join(","));
                out.push('\n');
            }
        }
        out
    }
}

fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    join_with(names, ", ")
}

fn join_with<'a>(names: impl Iterator<Item = &'a str>, separator: &str) -> String {
    names.collect::<Vec<_>>().join(separator)
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Parts `knob.value`. A scoped knob has points in its own name, so the longest
/// name that fits is taken.
fn knob_and_value<'a>(settings: &Settings, text: &'a str) -> Option<(&'a str, &'a str)> {
    let names = settings.knobs().iter().map(|knob| knob.name);
    let fits = |name: &&str| {
        let rest = text.strip_prefix(name);
        rest.is_some_and(|rest| rest.starts_with('.'))
    };
    match names.filter(fits).map(str::len).max() {
        Some(length) => Some((&text[..length], &text[length + 1..])),
        None => text.split_once('.'),
    }
}

/// Reads `step.knob.value_step.knob.value...`; what cannot be read, or could
/// not have been logged, becomes a note.
fn read_changes(settings: &Settings, text: &str, notes: &mut Vec<String>) -> Vec<Change> {
    let mut changes = Vec::new();
    for entry in text.split('_').filter(|entry| !entry.is_empty()) {
        if changes.len() == MOST_CHANGES {
            notes.push(format!(
                "changes: only the first {MOST_CHANGES} are replayed."
            ));
            break;
        }
        let fields = entry.split_once('.').and_then(|(step, rest)| {
            let (name, value) = knob_and_value(settings, rest)?;
            Some((step.parse().ok()?, name, value))
        });
        let Some((step, name, value)) = fields else {
            notes.push(format!(
                "changes: \u{201c}{}\u{201d} is not a step, a knob and a value joined by points; it is left out.",
                short(entry)
            ));
            continue;
        };
        match settings.knob(name).and_then(|k| Ok((k, k.parse(value)?))) {
            Ok((knob, _)) if !matches!(knob.effect, Effect::Live | Effect::Window) => {
                notes.push(format!(
                    "changes: {} cannot change during a run; it is left out.",
                    knob.name
                ));
            }
            Ok((knob, parsed)) => {
                notes.extend(parsed.note);
                // In the order of their steps; at one step, as given.
                let at = changes.partition_point(|earlier: &Change| earlier.step <= step);
                let value = parsed.value;
                changes.insert(
                    at,
                    Change {
                        step,
                        knob: knob.name,
                        value,
                    },
                );
            }
            Err(error) => notes.push(format!("changes: {error} It is left out.")),
        }
    }
    changes
}
