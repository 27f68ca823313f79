//! What a race is run on: how its problems are drawn, and what is measured.

use super::problem::Problem;
use crate::chart::{Axis, number};
use crate::exhibit::{Settings, text};

/// A vertical axis, given the smallest and the largest value.
type MeasureAxis = fn(f64, f64) -> Axis;

/// A number measured of every arm.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// Its name in CSV: kebab-case.
    pub name: &'static str,
    /// Title of its view: strong and plain text.
    pub title: &'static str,
    /// Its value for a person.
    pub format: fn(f64) -> String,
    pub axis: MeasureAxis,
}

impl Measure {
    /// A positive error, on a logarithmic axis of [`ERRORS`] and further decades.
    pub const fn error(name: &'static str, title: &'static str) -> Self {
        Self {
            name,
            title,
            format: text::error,
            axis: error_axis,
        }
    }

    /// A share, in per cent.
    pub const fn share(name: &'static str, title: &'static str, axis: MeasureAxis) -> Self {
        Self {
            name,
            title,
            format: text::percent,
            axis,
        }
    }

    /// A number with two decimals.
    pub const fn number(name: &'static str, title: &'static str, axis: MeasureAxis) -> Self {
        Self {
            name,
            title,
            format: |value| text::fixed(value, 2),
            axis,
        }
    }
}

/// A share as a tick of an axis.
pub fn percent(share: f64) -> String {
    format!("{}\u{202f}%", number(100.0 * share))
}

/// Errors that a picture of them shows from its first step on.
const ERRORS: [f64; 2] = [0.03, 1.0];

/// From [`ERRORS`] to whole decades further.
fn error_axis(lowest: f64, highest: f64) -> Axis {
    let [mut low, mut high] = ERRORS;
    while low > lowest.max(1e-6) {
        low /= 10.0;
    }
    while high < highest.min(1e6) {
        high *= 10.0;
    }
    Axis::log_plain(low, high)
}

/// The first of these declared ends of an axis that holds a value; the last if none does.
pub fn step_up(value: f64, declared: &[f64]) -> f64 {
    let next = declared.iter().find(|end| value <= **end);
    *next.or(declared.last()).unwrap_or(&value)
}

/// What decides a race. All of them are better when lower.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// The score at the end.
    End,
    /// What the score, a share, lacks to 1 at the end.
    Lacks,
    /// The first step at which the score, a share, reaches a level.
    Reaches(f64),
}

/// What a race is run on.
#[derive(Debug)]
pub struct TaskSpecification {
    /// What is measured.
    pub measures: &'static [Measure],
    /// Which measure is the score.
    pub score: usize,
    /// Which measure a validation set would give, lower being better.
    pub validation: Option<usize>,
    /// The step at which stopping the ungated arm is best in the median over seeds that are not
    /// judged (`study controls`), at the defaults; nothing where stopping is not what matters.
    pub stop: Option<u64>,
    /// What decides.
    pub outcome: Outcome,
    /// The same as text: "test error at the end".
    pub outcome_text: &'static str,
    /// Most steps a frame should take.
    pub most_steps_a_frame: u64,
    /// Draws the problem of a seed, or says in a sentence why there is none.
    pub draw: fn(&Settings, u32) -> Result<Problem, String>,
    /// Settings that matter, in a few words.
    pub caption: fn(&Settings) -> String,
}
