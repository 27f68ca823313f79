//! Readings: the numbers an exhibit reports. The screen-reader text, the CSV
//! columns, the claims and the tests all read these.

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
    /// When it may have no value although the run stands. Every other reading
    /// is a number at every step of every such run. For tests: not compiled
    /// into a page.
    #[cfg(not(target_arch = "wasm32"))]
    #[serde(skip)]
    pub unknown_if: Option<&'static str>,
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
            #[cfg(not(target_arch = "wasm32"))]
            unknown_if: None,
        }
    }

    /// The same, declared to have no value if this is so.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) const fn unknown_if(mut self, reason: &'static str) -> Self {
        self.unknown_if = Some(reason);
        self
    }

    /// A page needs no reason.
    #[cfg(target_arch = "wasm32")]
    #[inline(always)]
    pub(super) const fn unknown_if(self, _: &'static str) -> Self {
        self
    }
}
