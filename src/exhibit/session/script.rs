//! The changes that a link carries, read for a replay.

use super::{Change, short};
use crate::exhibit::{Effect, Settings};

/// Most changes that a link may carry.
const MOST_CHANGES: usize = 2_000;

/// Parts `knob.value`. A scoped knob has points in its own name, so the longest
/// name that fits is taken.
pub(super) fn knob_and_value<'a>(settings: &Settings, text: &'a str) -> Option<(&'a str, &'a str)> {
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
pub(super) fn read_changes(
    settings: &Settings,
    text: &str,
    notes: &mut Vec<String>,
) -> Vec<Change> {
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
