//! A run as text: the query string that replays it.
//!
//! Browsers, chat programs and servers cut or refuse long addresses. So a link has
//! limits for own points and for changes; what it leaves out [`Session::link_note`]
//! says, and what it holds is the run to the digit all the same.

use super::{Session, script};
use crate::exhibit::{Value, text};

/// Most characters of own points that a link carries.
pub const LINK_LIMIT: usize = 4_000;
/// Most characters of changes. Servers refuse an address of 8 192.
pub const CHANGES_LIMIT: usize = 3_500;

/// What of the log fits into a link.
struct Carried {
    /// The text of the changes.
    text: String,
    /// How many they are.
    count: usize,
}

impl Session {
    /// The query string that reproduces this run up to this step. It leaves out own
    /// points that are too long for a link. Of a log that is too long it carries the
    /// beginning, and reproduces the run up to the first change that it leaves out.
    pub fn link(&self) -> String {
        self.query(LINK_LIMIT, CHANGES_LIMIT)
    }

    /// The same without a limit: for another engine, not for an address.
    pub fn record(&self) -> String {
        self.query(usize::MAX, usize::MAX)
    }

    fn query(&self, most_points: usize, most_changes: usize) -> String {
        let mut parts: Vec<String> = vec![format!("exhibit={}", self.kind.name)];
        for (knob, value) in self.start.iter() {
            let text = value.to_string();
            let too_long = matches!(value, Value::Points(_)) && text.len() > most_points;
            if *value != knob.default_value() && !too_long {
                parts.push(format!("{}={text}", knob.name));
            }
        }
        let carried = self.carried(most_changes);
        if carried.count > 0 {
            parts.push(format!("changes={}", carried.text));
        }
        if let Some(comparison) = &self.comparison {
            parts.push(format!(
                "beside={}.{}",
                comparison.knob().name,
                comparison.value()
            ));
        }
        let step = self.linked_step(&carried);
        if step > 0 {
            parts.push(format!("step={step}"));
        }
        parts.join("&")
    }

    /// The step up to which a link with these changes is this run: a change acts from
    /// the step after its own.
    fn linked_step(&self, carried: &Carried) -> u64 {
        let left_out = self.log.get(carried.count);
        left_out.map_or_else(|| self.step_count(), |change| change.step)
    }

    fn carried(&self, most: usize) -> Carried {
        let mut text = String::new();
        let mut count = 0;
        for entry in script::write(&self.log) {
            if text.len() + entry.len() + 1 > most {
                break;
            }
            if count > 0 {
                text.push('_');
            }
            text.push_str(&entry);
            count += 1;
        }
        Carried { text, count }
    }

    /// A sentence about what the link leaves out, if anything.
    pub fn link_note(&self) -> Option<String> {
        let points = self.start.iter().find_map(|(_, value)| {
            let Value::Points(points) = value else {
                return None;
            };
            let length = value.to_string().len();
            (length > LINK_LIMIT).then(|| {
                format!(
                    "These {} take {} characters; a link carries at most {} and leaves them out. \
                     Save the data as a file instead.",
                    text::points(points.len()),
                    text::count(length as u64),
                    text::count(LINK_LIMIT as u64)
                )
            })
        });
        let carried = self.carried(CHANGES_LIMIT);
        let changes = (carried.count < self.log.len()).then(|| {
            format!(
                "This run has {} changes; a link carries the first {} of them and leads to step {}, not {}.",
                text::count(self.log.len() as u64),
                text::count(carried.count as u64),
                text::count(self.linked_step(&carried)),
                text::count(self.step_count())
            )
        });
        match (points, changes) {
            (Some(points), Some(changes)) => Some(format!("{points} {changes}")),
            (points, changes) => points.or(changes),
        }
    }
}
