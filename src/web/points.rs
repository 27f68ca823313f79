//! Training points that a person edits: as lines of text, and by pointing.

use super::{Playground, sentence, style, to_js};
use crate::chart::Layout;
use crate::exhibit::{Edit, Value};
use crate::task::{read_points, write_points};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// What a place outside the plot is answered with.
const NOWHERE: i32 = -1;

#[wasm_bindgen]
impl Playground {
    /// The training points that can be edited in a view, as pairs, or `null`.
    ///
    /// # Errors
    /// Never in practice: plain data always converts.
    #[wasm_bindgen(unchecked_return_type = "[number, number][] | null")]
    pub fn points(&self, view: &str) -> Result<JsValue, JsError> {
        to_js(&self.session.points(view))
    }

    /// The same as text, `x, y` a line.
    #[wasm_bindgen(js_name = pointsText)]
    pub fn points_text(&self, view: &str) -> String {
        write_points(&self.session.points(view).unwrap_or_default())
    }

    /// Lines of `x, y` as the value of a knob that takes points.
    ///
    /// # Errors
    /// A sentence that names the lines that are wrong, and why.
    #[wasm_bindgen(js_name = readPoints)]
    pub fn read_points(&self, text: &str) -> Result<String, JsError> {
        let points = read_points(text).map_err(sentence)?;
        Ok(Value::Points(points).to_string())
    }

    /// Index of the point within `reach` CSS pixels of a place on a view's
    /// canvas; -1 if there is none.
    ///
    /// # Errors
    /// A sentence for an unknown view.
    #[wasm_bindgen(js_name = pointNear)]
    #[expect(clippy::too_many_arguments, reason = "a place on a canvas is five")]
    pub fn point_near(
        &mut self,
        view: &str,
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        #[wasm_bindgen(unchecked_param_type = "Style")] style: JsValue,
        reach: f64,
    ) -> Result<i32, JsError> {
        let style = style::style(&style)?;
        let chart = self.view(view)?;
        let layout = Layout::new(width, height, style.font_size);
        // One pixel in data units, which the linear axes of such a view share.
        let ends = layout.to_data(&chart, [layout.left, layout.bottom]);
        let (Some(at), Some(low)) = (layout.to_data(&chart, [x, y]), ends) else {
            return Ok(NOWHERE);
        };
        let Some(high) = layout.to_data(&chart, [layout.right, layout.top]) else {
            return Ok(NOWHERE);
        };
        let across = reach * (high[0] - low[0]).abs() / layout.plot_width();
        let up = reach * (high[1] - low[1]).abs() / layout.plot_height();
        let found = self.session.point_near(chart.view, at, [across, up]);
        Ok(found.map_or(NOWHERE, |index| index as i32))
    }

    /// Keeps a view's axes as they are for [`Playground::move_point`], until
    /// [`Playground::release_axes`]: they follow the labels, and a point that is
    /// dragged along with its own axis would run away.
    ///
    /// # Errors
    /// A sentence for an unknown view.
    #[wasm_bindgen(js_name = holdAxes)]
    pub fn hold_axes(&mut self, view: &str) -> Result<(), JsError> {
        self.held = Some(self.view(view)?);
        Ok(())
    }

    /// Lets the axes follow the labels again.
    #[wasm_bindgen(js_name = releaseAxes)]
    pub fn release_axes(&mut self) {
        self.held = None;
    }

    /// A new point where a pointer is; its index, or -1 outside the plot.
    ///
    /// # Errors
    /// A sentence if there can be no more, or none here.
    #[wasm_bindgen(js_name = addPoint)]
    pub fn add_point(
        &mut self,
        view: &str,
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        #[wasm_bindgen(unchecked_param_type = "Style")] style: JsValue,
    ) -> Result<i32, JsError> {
        self.edit(view, Edit::Add, [x, y], (width, height), style)
    }

    /// Moves a point to where a pointer is; outside the plot it stays. Its
    /// index.
    ///
    /// # Errors
    /// A sentence if there is no such point.
    #[wasm_bindgen(js_name = movePoint)]
    #[expect(clippy::too_many_arguments, reason = "a place on a canvas is five")]
    pub fn move_point(
        &mut self,
        view: &str,
        index: usize,
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        #[wasm_bindgen(unchecked_param_type = "Style")] style: JsValue,
    ) -> Result<i32, JsError> {
        let edit = |at| Edit::Move(index, at);
        self.edit(view, edit, [x, y], (width, height), style)
    }

    /// Takes a point away.
    ///
    /// # Errors
    /// A sentence if there is no such point, or it is the last.
    #[wasm_bindgen(js_name = removePoint)]
    pub fn remove_point(&mut self, view: &str, index: usize) -> Result<i32, JsError> {
        let edited = self.session.edit_point(view, Edit::Remove(index));
        Ok(edited.map_err(sentence)? as i32)
    }

    fn edit(
        &mut self,
        view: &str,
        edit: impl Fn([f64; 2]) -> Edit,
        at: [f64; 2],
        (width, height): (f64, f64),
        style: JsValue,
    ) -> Result<i32, JsError> {
        let style = style::style(&style)?;
        let layout = Layout::new(width, height, style.font_size);
        let place = match &self.held {
            Some(held) if held.view == view => layout.to_data(held, at),
            _ => layout.to_data(&self.view(view)?, at),
        };
        let Some(at) = place else {
            return Ok(NOWHERE);
        };
        let edited = self.session.edit_point(view, edit(at));
        Ok(edited.map_err(sentence)? as i32)
    }
}
