//! Views: as plain data, on a canvas, as SVG, and under the cursor.

use super::{Playground, canvas, sentence, style, to_js};
use crate::chart::{Chart, Layout, Span, svg};
use crate::exhibit::Probe;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};
use web_sys::CanvasRenderingContext2d;

/// What the title row shows beside a drawn view.
#[derive(Serialize)]
struct Drawn<'a> {
    title: &'a [Span],
    reading: &'a [Span],
    description: &'a str,
}

#[wasm_bindgen]
impl Playground {
    /// A view as plain data.
    ///
    /// # Errors
    /// A sentence for an unknown view.
    #[wasm_bindgen(unchecked_return_type = "Chart")]
    pub fn chart(&mut self, view: &str) -> Result<JsValue, JsError> {
        to_js(&self.view(view)?)
    }

    /// A number that changes whenever the view does.
    pub fn revision(&self, view: &str) -> f64 {
        self.session.revision(view) as f64
    }

    /// Draws a view on a canvas of `width` x `height` CSS pixels and returns
    /// `{title, reading, description}`.
    ///
    /// # Errors
    /// A sentence for an unknown view, or if the canvas refuses to draw.
    #[wasm_bindgen(unchecked_return_type = "Drawn")]
    pub fn draw(
        &mut self,
        view: &str,
        context: &CanvasRenderingContext2d,
        width: f64,
        height: f64,
        #[wasm_bindgen(unchecked_param_type = "Style")] style: JsValue,
    ) -> Result<JsValue, JsError> {
        let style = style::style(&style)?;
        let chart = self.view(view)?;
        canvas::draw(&chart, context, (width, height), &style, &mut self.metrics)
            .map_err(|error| JsError::new(&error))?;
        to_js(&Drawn {
            title: &chart.title,
            reading: &chart.reading,
            description: &chart.description,
        })
    }

    /// A view as an SVG document.
    ///
    /// # Errors
    /// A sentence for an unknown view.
    pub fn svg(
        &mut self,
        view: &str,
        width: f64,
        height: f64,
        #[wasm_bindgen(unchecked_param_type = "Style")] style: JsValue,
    ) -> Result<String, JsError> {
        let style = style::style(&style)?;
        svg(&self.view(view)?, (width, height), &style).map_err(sentence)
    }

    /// Moves the cursor of a view to a point, in CSS pixels of its canvas; reports
    /// whether anything changed.
    ///
    /// # Errors
    /// A sentence for an unknown view.
    pub fn probe(
        &mut self,
        view: &str,
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        #[wasm_bindgen(unchecked_param_type = "Style")] style: JsValue,
    ) -> Result<bool, JsError> {
        let style = style::style(&style)?;
        let chart = self.view(view)?;
        let layout = Layout::new(width, height, style.font_size);
        let probe = match layout.to_data(&chart, [x, y]) {
            Some(at) => Probe::At(at),
            None => Probe::Clear,
        };
        Ok(self.session.probe(view, probe))
    }

    /// Moves the cursor of a view by so many values; reports whether anything changed.
    #[wasm_bindgen(js_name = probeStep)]
    pub fn probe_step(&mut self, view: &str, delta: i32) -> bool {
        self.session.probe(view, Probe::Move(delta))
    }

    /// Clears the cursor; reports whether anything changed.
    #[wasm_bindgen(js_name = probeClear)]
    pub fn probe_clear(&mut self) -> bool {
        self.session.probe("", Probe::Clear)
    }
}

impl Playground {
    pub(super) fn view(&mut self, name: &str) -> Result<Chart, JsError> {
        let known = self.session.view(name).map_err(sentence)?.name;
        self.session
            .chart(known)
            .ok_or_else(|| JsError::new("This view has nothing to show."))
    }
}
