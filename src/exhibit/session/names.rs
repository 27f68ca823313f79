//! Names and texts in sentences; names in a link or an attribute that are no knob.

use crate::exhibit::ExhibitKind;
use crate::exhibit::similar::similar;

/// Parameters beside the knobs, and attributes of the element.
const OTHER_NAMES: [&str; 12] = [
    "changes",
    "beside",
    "step",
    "exhibit",
    "views",
    "controls",
    "autoplay",
    "theme",
    "lang",
    "run",
    "hide-values",
    "performance",
];
/// Attributes that HTML knows, and that resemble a knob of some exhibit.
const HTML_NAMES: [&str; 2] = ["width", "height"];

/// Whether a name says something else than what is run: how it is shown, or where.
pub(super) fn is_about_showing(name: &str) -> bool {
    OTHER_NAMES.contains(&name)
}

/// A note about a name that is no knob but resembles one. Anything else belongs to
/// whoever put it there: a framework, a newsletter, a search engine.
pub(super) fn misspelt(kind: &ExhibitKind, name: &str) -> Option<String> {
    if HTML_NAMES.contains(&name) {
        return None;
    }
    let knobs = kind.knobs.iter().map(|knob| knob.name);
    let meant = similar(name, knobs.chain(OTHER_NAMES))?;
    Some(format!(
        "{}: there is no such knob here; the closest name is {meant}.",
        short(name)
    ))
}

/// Names as a list in a sentence.
pub(super) fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// As much of a text as a sentence can hold.
pub(super) fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
