//! A second run beside the first, and the networks of both as JSON.

use super::{Playground, numbers, sentence, to_js};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// The second run, as its control shows it.
#[derive(Serialize)]
struct Compared {
    knob: &'static str,
    value: String,
    label: String,
}

#[wasm_bindgen]
impl Playground {
    /// Puts a second run beside the first, with another value of one knob;
    /// both start at step 0. A note comes back if the value was clamped.
    ///
    /// # Errors
    /// A sentence if there can be no such run; everything is then as it was.
    pub fn twin(&mut self, knob: &str, text: &str) -> Result<Option<String>, JsError> {
        self.session.compare(knob, text).map_err(sentence)
    }

    /// Takes the second run away; the first stays as it is.
    #[wasm_bindgen(js_name = clearTwin)]
    pub fn clear_comparison(&mut self) {
        self.session.clear_comparison();
    }

    /// The second run as `{knob, value, label}`, or `null`. The value is text
    /// that [`Playground::twin`] reads back; the label is knob and value in
    /// words.
    ///
    /// # Errors
    /// Never in practice: plain data always converts.
    #[wasm_bindgen(unchecked_return_type = "Twinned | null")]
    pub fn twinned(&self) -> Result<JsValue, JsError> {
        to_js(&self.session.comparison().map(|comparison| Compared {
            knob: comparison.knob().name,
            value: comparison.value().to_string(),
            label: comparison.text(),
        }))
    }

    /// All readings of the second run: name -> number; nothing without one.
    ///
    /// # Errors
    /// Never in practice: plain data always converts.
    #[wasm_bindgen(js_name = twinReadings, unchecked_return_type = "{ [name: string]: number } | undefined")]
    pub fn comparison_readings(&mut self) -> Result<Option<js_sys::Object>, JsError> {
        let readings = self.session.comparison_readings();
        readings.map(|readings| numbers(&readings)).transpose()
    }

    /// Weights, data and kernels of the networks trained now as JSON, with the
    /// settings and the link.
    pub fn json(&mut self) -> String {
        self.session.json()
    }
}
