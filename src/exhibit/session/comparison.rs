//! A comparison run: the same data and the same weights, one
//! knob apart.
//!
//! Both take every step together and every change of another knob at the same
//! step; it keeps its value of the knob in which it differs. So it
//! is, to the digit, the run that a person would have had with that value from
//! step 0. A run that is over stands while the other goes on, and takes no
//! more changes.

use super::script::knob_and_value;
use super::{Session, SessionError, short};
use crate::chart::{Chart, number, overlay};
#[cfg(feature = "all-exhibits")]
use crate::exhibit::NetworkSnapshot;
use crate::exhibit::text::points;
use crate::exhibit::{
    Effect, Exhibit, ExhibitKind, Kind, Knob, Probe, Reading, Settings, Status, Value,
};

/// The engine of the first view has no second runs. There it has no values, so
/// that everything about second runs is left out when it is compiled.
enum Possible {
    #[cfg(feature = "all-exhibits")]
    Yes,
}

#[cfg(feature = "all-exhibits")]
const POSSIBLE: Option<Possible> = Some(Possible::Yes);
#[cfg(not(feature = "all-exhibits"))]
const POSSIBLE: Option<Possible> = None;

/// The second run.
pub struct Comparison {
    knob: &'static Knob,
    value: Value,
    exhibit: Box<dyn Exhibit>,
    /// What it has taken over.
    taken: Settings,
    _possible: Possible,
}

impl Comparison {
    fn start(
        kind: &ExhibitKind,
        settings: &Settings,
        knob: &'static Knob,
        value: Value,
    ) -> Result<Self, SessionError> {
        let whole = "This engine has the first exhibit alone, without second runs.";
        let possible = POSSIBLE.ok_or_else(|| SessionError::Refused(whole.into()))?;
        if knob.effect == Effect::View {
            return Err(SessionError::DrawnOnly { knob: knob.name });
        }
        let mut own = settings.clone();
        own.put(knob.name, value.clone())?;
        let exhibit = (kind.start)(&own).map_err(SessionError::Refused)?;
        Ok(Self {
            knob,
            value,
            exhibit,
            taken: own,
            _possible: possible,
        })
    }

    /// The same from step 0, with other settings of the first run.
    pub(super) fn anew(
        &self,
        kind: &ExhibitKind,
        settings: &Settings,
    ) -> Result<Self, SessionError> {
        Self::start(kind, settings, self.knob, self.value.clone())
    }

    /// What a link asks for; what cannot be had becomes a note.
    pub(super) fn open(
        kind: &ExhibitKind,
        settings: &Settings,
        text: &str,
        notes: &mut Vec<String>,
    ) -> Option<Self> {
        let Some((name, value)) = knob_and_value(settings, text) else {
            notes.push(format!(
                "beside: \u{201c}{}\u{201d} is not a knob and a value joined by a point; there is no second run.",
                short(text)
            ));
            return None;
        };
        let open = || {
            let knob = settings.knob(name)?;
            let parsed = knob.parse(value)?;
            let comparison = Self::start(kind, settings, knob, parsed.value)?;
            Ok::<_, SessionError>((comparison, parsed.note))
        };
        match open() {
            Ok((comparison, note)) => {
                // A link may say so: its run may have been set to this value.
                let same = settings.get(comparison.knob.name) == Ok(&comparison.value);
                let same = same.then(|| {
                    let knob = comparison.knob.name;
                    format!(
                        "beside: {knob} is {} in both runs, so far.",
                        comparison.value
                    )
                });
                notes.extend(note.into_iter().chain(same));
                Some(comparison)
            }
            Err(error) => {
                notes.push(format!("beside: {error} There is no second run."));
                None
            }
        }
    }

    /// The knob in which it differs.
    pub fn knob(&self) -> &'static Knob {
        self.knob
    }

    /// Its value there.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The running exhibit.
    pub(super) fn exhibit(&self) -> &dyn Exhibit {
        self.exhibit.as_ref()
    }

    /// Its networks.
    #[cfg(feature = "all-exhibits")]
    pub(super) fn snapshot(&mut self) -> Vec<NetworkSnapshot> {
        self.exhibit.snapshot()
    }

    /// Gives its memory back, before it begins as it began.
    pub(super) fn release(&mut self) {
        self.exhibit.release();
    }

    /// Takes one step, unless it is over.
    pub(super) fn advance(&mut self) {
        self.exhibit.advance();
    }

    /// Knob and value as they read within a sentence: "SNR gate hard".
    pub fn text(&self) -> String {
        let label = self.knob.label;
        // Not a name, "Adam's", nor an abbreviation, "SNR".
        let lower = label.chars().nth(1).is_some_and(char::is_lowercase);
        let label = match label.chars().next() {
            Some(first) if lower && !label.contains('\u{2019}') => {
                format!("{}{}", first.to_lowercase(), &label[first.len_utf8()..])
            }
            _ => label.to_owned(),
        };
        let value = match (&self.value, self.knob.kind) {
            (Value::Number(v), _) => number(*v),
            (Value::List(_), _) => self.value.to_string().replace('-', "\u{2013}"),
            (Value::Choice(word), Kind::Choice { options }) => {
                let option = options.iter().find(|option| option.value == *word);
                option.map_or(*word, |option| option.label).to_owned()
            }
            (Value::Points(own), _) if !own.is_empty() => points(own.len()),
            _ => self.value.to_string(),
        };
        format!("{label} {value}")
    }

    fn is_over(&self) -> bool {
        *self.exhibit.status() != Status::Ready
    }
}

/// Below it every whole number is a number of JavaScript.
const EXACT: u64 = 1 << 53;

impl Session {
    /// The second run, if there is one.
    pub fn comparison(&self) -> Option<&Comparison> {
        self.comparison.as_ref()
    }

    /// Puts a second run beside the first that differs in one knob; both
    /// start at step 0 with the present settings. Returns a note if the value
    /// was clamped.
    ///
    /// # Errors
    /// [`SessionError`] for a knob that changes only what is drawn, for the
    /// first run's own value, and for settings that do not go together;
    /// everything is then as it was.
    pub fn compare(&mut self, name: &str, text: &str) -> Result<Option<String>, SessionError> {
        let knob = self.settings.knob(name)?;
        let parsed = knob.parse(text)?;
        // First of all, or a knob that is drawn only would be called the same.
        let comparison = Comparison::start(self.kind, &self.settings, knob, parsed.value)?;
        if *self.settings.get(name)? == comparison.value {
            return Err(SessionError::SameRun {
                knob: knob.name,
                value: comparison.value.to_string(),
            });
        }
        self.begin(self.settings.clone(), Some(comparison))?;
        Ok(parsed.note)
    }

    /// Takes the second run away; the first stays as it is.
    pub fn clear_comparison(&mut self) {
        self.comparison = None;
        self.comparisons += 1;
        // What only the second run has lived to see is no part of this one.
        let end = self.exhibit.step_count();
        if self.is_over() {
            self.log.retain(|change| change.step < end);
        }
    }

    /// Hands a change on, to both runs or to neither. A run that is over takes
    /// only what is drawn, and nothing with it that it was not there for; the
    /// second run does not mind its own knob.
    pub(super) fn change(
        &mut self,
        knob: &Knob,
        effect: Effect,
        value: &Value,
    ) -> Result<(), SessionError> {
        let after = |exhibit: &dyn Exhibit, taken: &Settings| {
            let takes = effect == Effect::View || *exhibit.status() == Status::Ready;
            let mut own = taken.clone();
            let put = takes.then(|| own.put(knob.name, value.clone()));
            put.map(|put| put.map(|()| own)).transpose()
        };
        let first = after(self.exhibit.as_ref(), &self.taken)?;
        let comparison = self.comparison.as_mut();
        let comparison = match comparison.filter(|comparison| comparison.knob.name != knob.name) {
            Some(comparison) => {
                after(comparison.exhibit(), &comparison.taken)?.map(|own| (comparison, own))
            }
            None => None,
        };
        let refused = SessionError::Refused;
        if let Some((comparison, own)) = &comparison {
            comparison.exhibit.check(own).map_err(refused)?;
        }
        if let Some(own) = first {
            self.exhibit.change(&own, effect).map_err(refused)?;
            self.taken = own;
        }
        if let Some((comparison, own)) = comparison {
            comparison.exhibit.change(&own, effect).map_err(refused)?;
            comparison.taken = own;
        }
        Ok(())
    }

    /// Whether no run can go on.
    pub(super) fn is_over(&self) -> bool {
        *self.exhibit.status() != Status::Ready
            && self.comparison.as_ref().is_none_or(Comparison::is_over)
    }

    /// Whether a run can go on: with two, as long as one can.
    pub fn status(&self) -> Status {
        let own = self.exhibit.status();
        let Some(comparison) = &self.comparison else {
            return own.clone();
        };
        let (reason, beside) = match (own, comparison.exhibit.status()) {
            (Status::Finished(a) | Status::Failed(a), Status::Finished(b) | Status::Failed(b)) => {
                (a, b)
            }
            _ => return Status::Ready,
        };
        let message = match reason == beside {
            true => format!("Both runs: {reason}"),
            false => format!("{reason} The second run: {beside}"),
        };
        match (own, comparison.exhibit.status()) {
            (Status::Finished(_), Status::Finished(_)) => Status::Finished(message),
            _ => Status::Failed(message),
        }
    }

    /// Steps taken by the run that has gone further.
    pub fn step_count(&self) -> u64 {
        let comparison = self
            .comparison
            .as_ref()
            .map_or(0, |comparison| comparison.exhibit.step_count());
        self.exhibit.step_count().max(comparison)
    }

    /// How many steps one frame should take now.
    pub fn pace(&self) -> u64 {
        match &self.comparison {
            Some(comparison) if *self.exhibit.status() != Status::Ready => {
                comparison.exhibit.pace()
            }
            _ => self.exhibit.pace(),
        }
    }

    /// Computes what the views of both runs share, before any is drawn.
    pub fn observe(&mut self) {
        self.exhibit.observe();
        if let Some(comparison) = &mut self.comparison {
            comparison.exhibit.observe();
        }
    }

    /// A view of the present state, both runs in one picture; nothing for a
    /// name that is not in the kind's list.
    pub fn chart(&mut self, view: &str) -> Option<Chart> {
        let chart = self.exhibit.chart(view)?;
        let Some(comparison) = &mut self.comparison else {
            return Some(chart);
        };
        let words = comparison.text();
        Some(match comparison.exhibit.chart(view) {
            Some(other) => overlay(chart, other, &words),
            None => chart,
        })
    }

    /// A number that changes whenever the view does, below 2^53.
    pub fn revision(&self, view: &str) -> u64 {
        // What is looked at counts in the upper bits, of which the lowest change.
        let own = self.exhibit.revision(view) & (EXACT - 1);
        let Some(comparison) = &self.comparison else {
            return own;
        };
        // Sums of the three may agree by accident; their mixture does not. Nor
        // does that of three zeros with the first run's own.
        let numbers = [own, comparison.exhibit.revision(view), self.comparisons];
        let mix = |a: u64, b: &u64| (a ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        numbers.iter().fold(1, mix) >> 11
    }

    /// Looks into a view of both runs; says whether anything changed.
    pub fn probe(&mut self, view: &str, probe: Probe) -> bool {
        let own = self.exhibit.probe(view, probe);
        let comparison = self.comparison.as_mut();
        comparison.is_some_and(|comparison| comparison.exhibit.probe(view, probe)) || own
    }

    /// The second run's readings.
    pub fn comparison_readings(&mut self) -> Option<Vec<Reading>> {
        self.comparison
            .as_mut()
            .map(|comparison| comparison.exhibit.readings())
    }

    /// The present state in words.
    pub fn description(&mut self) -> String {
        let mut text = self.exhibit.description();
        if let Some(comparison) = &mut self.comparison {
            let (words, description) = (comparison.text(), comparison.exhibit.description());
            text.push_str(&format!(" The second run, with {words}: {description}"));
        }
        text
    }
}
