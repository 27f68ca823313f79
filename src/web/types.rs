//! TypeScript declarations of the data that crosses to JavaScript. Each module
//! declares its own; here they become part of the engine's `.d.ts`, and of nothing
//! that a browser loads.

use crate::{chart, exhibit};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const CHART: &str = chart::TYPESCRIPT;

#[wasm_bindgen(typescript_custom_section)]
const EXHIBIT: &str = exhibit::TYPESCRIPT;

#[wasm_bindgen(typescript_custom_section)]
const WEB: &str = include_str!("types.d.ts");
