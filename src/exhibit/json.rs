//! JSON by hand: what a notebook reads takes four kinds of value, which is
//! little for a library that the page would have to load.

use nalgebra::DMatrix;

/// A number that reads back to the same bits; `null` for one that is not
/// finite, which JSON does not have.
pub fn number(value: f64) -> String {
    let mut out = String::new();
    push_number(&mut out, value);
    out
}

fn push_number(out: &mut String, value: f64) {
    if value.is_finite() {
        out.push_str(&format!("{value:?}"));
    } else {
        out.push_str("null");
    }
}

/// A text with its quotation marks.
pub fn text(value: &str) -> String {
    let mut out = String::from('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A list of values that are JSON already.
pub fn list(values: &[String]) -> String {
    format!("[{}]", values.join(", "))
}

/// A list of numbers.
pub fn numbers(values: impl Iterator<Item = f64>) -> String {
    let mut out = String::from('[');
    for (i, value) in values.enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        push_number(&mut out, value);
    }
    out.push(']');
    out
}

/// The rows of a matrix, one a line.
pub fn rows(matrix: &DMatrix<f64>) -> String {
    let rows: Vec<String> = matrix
        .row_iter()
        .map(|row| numbers(row.iter().copied()))
        .collect();
    format!("[{}]", rows.join(",\n"))
}

/// An object of names and values that are JSON already, one a line.
pub fn object(fields: &[(&str, String)]) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}: {value}", text(name)))
        .collect();
    format!("{{{}}}", fields.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn reads_back_as_it_was(value: f64, words: String) {
            let written = number(value);
            let read: serde_json::Value = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(read.is_null(), !value.is_finite());
            if value.is_finite() {
                prop_assert_eq!(read.as_f64().unwrap().to_bits(), value.to_bits());
            }
            let read: String = serde_json::from_str(&text(&words)).unwrap();
            prop_assert_eq!(read, words);
        }
    }

    #[test]
    fn what_is_not_finite_is_null() {
        let values = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, 1e-300];
        let written = numbers(values.into_iter());
        assert_eq!(written, "[null, null, null, -0.0, 1e-300]");
        assert_eq!(text("a\"\\\n\u{2212}"), "\"a\\\"\\\\\\u000a\u{2212}\"");
    }
}
