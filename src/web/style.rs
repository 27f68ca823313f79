//! How charts look in one place, as JavaScript says it: `{palette, fontFamily,
//! fontSize, lineScale, scale, hideValues}`.
//!
//! Read field by field: a general reader of JavaScript values is large in the
//! first view's engine, and this is all it would read.

use crate::chart::{Color, Palette, Style};
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::JsError;

/// Reads a style.
///
/// # Errors
/// A sentence that names the field that is missing or of another type.
pub fn style(value: &JsValue) -> Result<Style, JsError> {
    let palette = get(value, "palette")?;
    let color = |role| {
        let text = get(&palette, role)?.as_string();
        let text = text.ok_or_else(|| wrong(role))?;
        Color::from_hex(&text).map_err(super::sentence)
    };
    let number = |name| get(value, name)?.as_f64().ok_or_else(|| wrong(name));
    Ok(Style {
        palette: Palette {
            ink: color("ink")?,
            ink2: color("ink2")?,
            ink3: color("ink3")?,
            rule2: color("rule2")?,
            rule: color("rule")?,
            ground: color("ground")?,
            signal: color("signal")?,
            signal_tint: color("signalTint")?,
            noise: color("noise")?,
            noise_tint: color("noiseTint")?,
            test: color("test")?,
            test_tint: color("testTint")?,
        },
        font_family: get(value, "fontFamily")?
            .as_string()
            .ok_or_else(|| wrong("fontFamily"))?,
        font_size: number("fontSize")?,
        line_scale: number("lineScale")?,
        scale: number("scale")?,
        hide_values: get(value, "hideValues")?.is_truthy(),
    })
}

fn get(value: &JsValue, name: &str) -> Result<JsValue, JsError> {
    Reflect::get(value, &name.into()).map_err(|_| wrong(name))
}

fn wrong(name: &str) -> JsError {
    JsError::new(&format!(
        "The style of a picture has no {name} that can be used."
    ))
}
