//! Names and values as mailers, chats and page generators bend them: an ampersand as
//! `&amp;`, the punctuation of the sentence around a link, another decimal mark,
//! changed case.

use crate::exhibit::{Knob, KnobError, Parsed};
use crate::task::in_number;

/// What may stand around a link in a sentence.
const AROUND: &str =
    " .,;:!?\u{2026}()[]{}<>\"'`*_\u{201c}\u{201d}\u{201e}\u{2018}\u{2019}\u{ab}\u{bb}";
/// Marks between whole and broken part that are no point.
const MARKS: [char; 4] = [',', '\u{66b}', '\u{b7}', '\u{201a}'];

/// A name without the rest of `&amp;`, in lower case as all our names are.
pub(super) fn name(text: &str) -> String {
    text.trim_start_matches("amp;").to_ascii_lowercase()
}

/// Reads a value of a knob; one that is mangled, with a note of how it is read.
pub(super) fn parse(knob: &Knob, text: &str) -> Result<Parsed, KnobError> {
    let error = match knob.parse(text) {
        Err(error) => error,
        parsed => return parsed,
    };
    let straight = value(text);
    match knob.parse(&straight) {
        Ok(mut parsed) if straight != text => {
            let mut note = format!(
                "{}: \u{201c}{}\u{201d} is read as {straight}.",
                knob.name,
                super::short(text)
            );
            if let Some(more) = &parsed.note {
                note.push(' ');
                note.push_str(more);
            }
            parsed.note = Some(note);
            Ok(parsed)
        }
        _ => Err(error),
    }
}

/// A value as it was before it was mangled.
pub(super) fn value(text: &str) -> String {
    let bare = text.trim_matches(|sign| AROUND.contains(sign));
    let plain: String = bare
        .chars()
        .map(|sign| in_number(sign).to_ascii_lowercase())
        .collect();
    with_point(&plain).unwrap_or(plain)
}

/// A number with a point in place of another mark; not where the mark may part
/// thousands.
fn with_point(text: &str) -> Option<String> {
    let (whole, broken) = text.split_once(MARKS)?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_digit());
    let size = whole.trim_start_matches('-');
    let thousands = broken.len() == 3 && !size.starts_with('0');
    (digits(size) && digits(broken) && !thousands).then(|| format!("{whole}.{broken}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_straightened() {
        for (mangled, straight) in [
            ("0.25).", "0.25"),
            ("\u{201c}hard\u{201d},", "hard"),
            ("HARD", "hard"),
            ("0,25", "0.25"),
            ("\u{2212}0\u{66b}5", "-0.5"),
            ("0,250", "0.250"),
            ("\u{ff11}2", "12"),
            ("*300*", "300"),
            // One thousand, or one and a quarter.
            ("1,250", "1,250"),
            ("1,2,3", "1,2,3"),
            ("a,b", "a,b"),
            ("", ""),
        ] {
            assert_eq!(value(mangled), straight, "{mangled}");
        }
        assert_eq!(name("amp;Noise"), "noise");
    }
}
