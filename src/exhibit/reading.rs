//! Readings: the numbers an exhibit reports. The screen-reader text, the CSV
//! columns, the ledger and the tests all read these.

use crate::chart::or_nan;
use serde::Serialize;

/// A named number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reading {
    /// Name in kebab-case: `train-loss`.
    pub name: &'static str,
    /// Its value; not a number where it has none yet, or none at all, as a
    /// ratio to nothing or a step that is never reached. Never infinite.
    pub value: f64,
    /// Unit, or an empty string.
    pub unit: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

impl Reading {
    /// A number with its name, unit and meaning. What is infinite has no value.
    pub const fn new(
        name: &'static str,
        value: f64,
        unit: &'static str,
        meaning: &'static str,
    ) -> Self {
        Self {
            name,
            value: or_nan(value),
            unit,
            meaning,
        }
    }
}
