//! The changes that a link carries: written from the log, and read for a replay.
//!
//! A change is `step.knob.value`. One of the same knob as before is `.later.value`, so
//! many steps later: a slider that is dragged while a run plays makes hundreds.

use super::{Change, lenient, short};
use crate::exhibit::{Effect, Settings};

/// Most changes that are read: an hour of dragging. A link of ours carries fewer.
const MOST_CHANGES: usize = 20_000;

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

/// The changes of a log as text, one by one.
pub(super) fn write(log: &[Change]) -> impl Iterator<Item = String> {
    let mut before: Option<&Change> = None;
    log.iter().map(move |change| {
        let Change { step, knob, value } = change;
        match before.replace(change) {
            Some(last) if last.knob == *knob => format!(".{}.{value}", step - last.step),
            _ => format!("{step}.{knob}.{value}"),
        }
    })
}

/// Takes the step, the knob and the value of an entry, after the step and the knob of
/// the one before it.
fn fields<'a>(
    settings: &Settings,
    entry: &'a str,
    before: Option<(u64, &'a str)>,
) -> Option<(u64, &'a str, &'a str)> {
    if let Some(rest) = entry.strip_prefix('.') {
        let (last, name) = before?;
        let (later, value) = rest.split_once('.')?;
        return Some((last.checked_add(later.parse().ok()?)?, name, value));
    }
    let (step, rest) = entry.split_once('.')?;
    let (name, value) = knob_and_value(settings, rest)?;
    Some((step.parse().ok()?, name, value))
}

/// Reads `step.knob.value_step.knob.value...`; what cannot be read, or could
/// not have been logged, becomes a note.
pub(super) fn read_changes(
    settings: &Settings,
    text: &str,
    notes: &mut Vec<String>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut before = None;
    for entry in text.split('_').filter(|entry| !entry.is_empty()) {
        if changes.len() == MOST_CHANGES {
            notes.push(format!(
                "changes: only the first {MOST_CHANGES} are replayed."
            ));
            break;
        }
        let Some((step, name, value)) = fields(settings, entry, before) else {
            notes.push(format!(
                "changes: \u{201c}{}\u{201d} is not a step, a knob and a value joined by points; it is left out.",
                short(entry)
            ));
            continue;
        };
        before = Some((step, name));
        match settings
            .knob(name)
            .and_then(|k| Ok((k, lenient::parse(k, value)?)))
        {
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
