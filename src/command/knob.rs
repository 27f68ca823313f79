//! Knobs as flags. A link is clamped to what is possible; a flag is refused.

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command};
use ntk_playground::exhibit::{Kind, Knob, KnobError, Value};
use ntk_playground::task::read_points;
use std::ffi::OsStr;

/// The flag of a knob, its help, range and default from the declaration.
pub fn argument(knob: &'static Knob) -> Arg {
    let (value_name, file) = match knob.kind {
        Kind::Number { .. } => ("NUMBER", ""),
        Kind::Integer { .. } => ("INTEGER", ""),
        Kind::Choice { .. } => ("WORD", ""),
        Kind::List { .. } => ("LIST", ""),
        Kind::Points { .. } => ("POINTS", ", or @FILE for a CSV file of x and y"),
    };
    Arg::new(knob.name)
        .long(knob.name)
        .value_name(value_name)
        .help(format!(
            "{} [{}{file}] [default: {}]",
            knob.help,
            knob.expected(),
            knob.default
        ))
        .help_heading("Knobs")
        .hide_possible_values(true)
        .allow_hyphen_values(true)
        .value_parser(Parser(knob))
}

#[derive(Clone)]
struct Parser(&'static Knob);

impl TypedValueParser for Parser {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        _: Option<&Arg>,
        text: &OsStr,
    ) -> Result<String, clap::Error> {
        read(self.0, &text.to_string_lossy()).map_err(|sentence| {
            clap::Error::raw(ErrorKind::ValueValidation, sentence).with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let Kind::Choice { options } = self.0.kind else {
            return None;
        };
        let words = options.iter().map(|option| option.value);
        Some(Box::new(words.map(PossibleValue::new)))
    }
}

/// The text of a value inside the knob's range. Points may stand in a file,
/// which only a flag can name: a link opens no file.
///
/// # Errors
/// A sentence about what is wrong and what is allowed.
pub fn read(knob: &Knob, text: &str) -> Result<String, String> {
    if let (Kind::Points { .. }, Some(file)) = (knob.kind, text.strip_prefix('@')) {
        let sentence = |error: String| format!("{}: {file}: {error}", knob.name);
        let text = std::fs::read_to_string(file).map_err(|e| sentence(format!("{e}.")))?;
        let points = read_points(&text).map_err(|e| sentence(e.to_string()))?;
        return Ok(Value::Points(points).to_string());
    }
    let parsed = knob.parse(text).map_err(|error| error.to_string())?;
    match parsed.note {
        None => Ok(parsed.value.to_string()),
        Some(_) => Err(KnobError::Malformed {
            knob: knob.name,
            text: text.to_owned(),
            expected: knob.expected(),
        }
        .to_string()),
    }
}
