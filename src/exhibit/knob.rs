//! Knobs: one declaration is the slider, the URL parameter, the HTML
//! attribute, the command-line flag, the row in the documentation and the
//! validator.

use super::points;
use crate::task::decimal;
use serde::Serialize;
use std::fmt;
use thiserror::Error;

/// Something a person can set.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Knob {
    /// Name in links, attributes and flags: kebab-case.
    pub name: &'static str,
    /// Label beside the control.
    pub label: &'static str,
    /// What it can be.
    pub kind: Kind,
    /// Its default, as text.
    pub default: &'static str,
    /// Unit, or an empty string.
    pub unit: &'static str,
    /// One sentence of help.
    pub help: &'static str,
    /// When a change takes effect.
    pub effect: Effect,
}

/// What kind of value a knob takes, and from which range.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Kind {
    /// A real number.
    Number {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Whether the slider is logarithmic.
        log: bool,
        /// Digits after the point that the slider sets and the page shows.
        decimals: usize,
        /// Numbers below the slider.
        ticks: &'static [f64],
    },
    /// A whole number.
    Integer {
        /// Smallest value.
        min: u32,
        /// Largest value.
        max: u32,
        /// Numbers below the slider; empty for a plain field, as for seeds.
        ticks: &'static [f64],
    },
    /// One of several words.
    Choice {
        /// The words and their labels.
        options: &'static [Choice],
    },
    /// Whole numbers joined by hyphens, as in `64-64`; `none` for no number.
    List {
        /// Smallest entry.
        min: u32,
        /// Largest entry.
        max: u32,
        /// Most entries.
        length: usize,
        /// Lists offered as buttons.
        presets: &'static [&'static str],
    },
    /// A person's own points, as in `-0.5:0.25~0.1:-1`; `none` for the data
    /// that the exhibit draws.
    Points {
        /// Most points.
        most: usize,
        /// Largest x or y, of either sign.
        largest: f64,
    },
}

/// One option of a [`Kind::Choice`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The word in links.
    pub value: &'static str,
    /// What the page says.
    pub label: &'static str,
}

impl Choice {
    /// A word and its label.
    pub const fn new(value: &'static str, label: &'static str) -> Self {
        Self { value, label }
    }
}

/// When a change of a knob takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// At once, on what is shown only: the run is the same.
    View,
    /// From the next step on.
    Live,
    /// From the next step on, and what is recorded of the run (best
    /// test error, prediction, operators) starts anew.
    Window,
    /// The run starts again from step 0.
    Restart,
}

/// The value of a knob.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Of a [`Kind::Number`].
    Number(f64),
    /// Of a [`Kind::Integer`].
    Integer(u32),
    /// Of a [`Kind::Choice`].
    Choice(&'static str),
    /// Of a [`Kind::List`].
    List(Vec<u32>),
    /// Of a [`Kind::Points`], in the order given.
    Points(Vec<[f64; 2]>),
}

impl fmt::Display for Value {
    /// The text that [`Knob::parse`] reads back to the same value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Number(v) => write!(f, "{v}"),
            Value::Integer(v) => write!(f, "{v}"),
            Value::Choice(v) => f.write_str(v),
            Value::List(v) if v.is_empty() => f.write_str("none"),
            Value::List(v) => {
                let words: Vec<String> = v.iter().map(u32::to_string).collect();
                f.write_str(&words.join("-"))
            }
            Value::Points(v) => f.write_str(&points::text(v)),
        }
    }
}

/// Why a text is not a value of a knob.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KnobError {
    /// No knob has this name.
    #[error("There is no knob \u{201c}{name}\u{201d} here; the knobs are {known}.")]
    Unknown {
        /// The name as given.
        name: String,
        /// Names that exist, joined by commas.
        known: String,
    },
    /// The text does not parse, or cannot be clamped in a sensible way.
    #[error("{knob}: \u{201c}{text}\u{201d} is not {expected}.")]
    Malformed {
        /// Name of the knob.
        knob: &'static str,
        /// The text as given, cut to a readable length.
        text: String,
        /// What is allowed.
        expected: String,
    },
    /// One of several points does not fit.
    #[error(
        "{knob}: point {number}, \u{201c}{text}\u{201d}, is not x:y with both numbers from -{largest} to {largest}."
    )]
    Point {
        /// Name of the knob.
        knob: &'static str,
        /// Which one, counted from 1.
        number: usize,
        /// Its text, cut to a readable length.
        text: String,
        /// Largest x or y, as text.
        largest: String,
    },
}

/// A parsed value, with a sentence if the text had to be changed to fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The value, inside the knob's range.
    pub value: Value,
    /// What was changed and why, if anything was.
    pub note: Option<String>,
}

impl Knob {
    /// Reads a value. A number outside the range is clamped with a note;
    /// anything else that does not fit is refused.
    ///
    /// # Errors
    /// [`KnobError::Malformed`] names the knob, the text and what is allowed.
    pub fn parse(&self, text: &str) -> Result<Parsed, KnobError> {
        let text = text.trim();
        match self.kind {
            Kind::Number { min, max, .. } => {
                let v = decimal(text).ok_or_else(|| self.malformed(text))?;
                if v.is_nan() {
                    return Err(self.malformed(text));
                }
                Ok(self.clamped(text, Value::Number(v.clamp(min, max)), v < min || v > max))
            }
            Kind::Integer { min, max, .. } => {
                let v = decimal(text).ok_or_else(|| self.malformed(text))?;
                if v.is_nan() || (v.is_finite() && v.fract() != 0.0) {
                    return Err(self.malformed(text));
                }
                let (low, high) = (f64::from(min), f64::from(max));
                let inside = v.clamp(low, high) as u32;
                Ok(self.clamped(text, Value::Integer(inside), v < low || v > high))
            }
            Kind::Choice { options } => options
                .iter()
                .find(|option| option.value == text)
                .map(|option| Parsed {
                    value: Value::Choice(option.value),
                    note: None,
                })
                .ok_or_else(|| self.malformed(text)),
            Kind::List {
                min, max, length, ..
            } => {
                if text == "none" {
                    return Ok(Parsed {
                        value: Value::List(Vec::new()),
                        note: None,
                    });
                }
                let entries: Result<Vec<u32>, _> =
                    text.split(['-', ',']).map(|e| e.trim().parse()).collect();
                match entries {
                    Ok(list)
                        if list.len() <= length && list.iter().all(|e| (min..=max).contains(e)) =>
                    {
                        Ok(Parsed {
                            value: Value::List(list),
                            note: None,
                        })
                    }
                    _ => Err(self.malformed(text)),
                }
            }
            Kind::Points { most, largest } => {
                let count = text.split('~').count();
                if count > most {
                    return Err(self.malformed(&format!("{count} points")));
                }
                match points::read(text, largest) {
                    Ok(points) => Ok(Parsed {
                        value: Value::Points(points),
                        note: None,
                    }),
                    Err((i, pair)) => Err(KnobError::Point {
                        knob: self.name,
                        number: i + 1,
                        text: cut(pair),
                        largest: largest.to_string(),
                    }),
                }
            }
        }
    }

    /// The default value.
    ///
    /// # Panics
    /// If the declaration's default is not a value of its own kind, which a
    /// test rules out for every knob of every exhibit.
    pub fn default_value(&self) -> Value {
        match self.parse(self.default) {
            Ok(parsed) => parsed.value,
            Err(error) => panic!("declaration of knob {}: {error}", self.name),
        }
    }

    /// What is allowed, as the end of the sentence "it is not ...".
    pub fn expected(&self) -> String {
        match self.kind {
            Kind::Number { min, max, .. } => format!("a number from {min} to {max}"),
            Kind::Integer { min, max, .. } => format!("a whole number from {min} to {max}"),
            Kind::Choice { options } => {
                let words: Vec<&str> = options.iter().map(|option| option.value).collect();
                format!("one of {}", words.join(", "))
            }
            Kind::List {
                min, max, length, ..
            } => format!(
                "a list of up to {length} whole numbers from {min} to {max} joined by hyphens, or none"
            ),
            Kind::Points { most, largest } => format!(
                "up to {most} points x:y joined by tildes, with numbers from -{largest} to {largest}, or none"
            ),
        }
    }

    fn malformed(&self, text: &str) -> KnobError {
        KnobError::Malformed {
            knob: self.name,
            text: cut(text),
            expected: self.expected(),
        }
    }

    fn clamped(&self, text: &str, value: Value, outside: bool) -> Parsed {
        let note = outside.then(|| {
            let shown: String = text.chars().take(40).collect();
            format!(
                "{}: {shown} is not {}; {value} is used.",
                self.name,
                self.expected()
            )
        });
        Parsed { value, note }
    }
}

/// A text cut to a readable length.
fn cut(text: &str) -> String {
    let mut shown: String = text.chars().take(40).collect();
    if shown.len() < text.len() {
        shown.push('\u{2026}');
    }
    shown
}
