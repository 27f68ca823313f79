//! The browser's side: an exhibit as a JavaScript object.
//!
//! The only place that knows js-sys, web-sys and wasm-bindgen. Everything
//! that can go wrong comes out as an `Error` with a sentence; a panic leaves
//! its message behind for [`last_panic`].

mod canvas;
#[cfg(feature = "all-exhibits")]
mod points;
#[cfg(feature = "all-exhibits")]
mod second;
mod style;
mod types;
mod views;

#[cfg(feature = "all-exhibits")]
use crate::chart::Chart;
use crate::exhibit::{EXHIBITS, Reading, Session, Status, View};
use canvas::CanvasMetrics;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};
use web_sys::{Performance, UrlSearchParams};

thread_local! {
    static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| {
        LAST_PANIC.with_borrow_mut(|last| *last = Some(info.to_string()));
    }));
}

/// What a panic said, after a trap. It is told once: an element that goes on
/// in the same instance may yet stop for another reason.
#[wasm_bindgen(js_name = lastPanic)]
pub fn last_panic() -> Option<String> {
    LAST_PANIC.take()
}

/// A fresh seed.
///
/// # Errors
/// If the browser has no source of randomness.
#[wasm_bindgen(js_name = randomSeed)]
pub fn random_seed() -> Result<u32, JsError> {
    // Five digits are enough to differ and short enough to read out in class.
    getrandom::u32()
        .map(|bits| bits % 100_000)
        .map_err(|_| JsError::new("This browser offers no random numbers; type a seed instead."))
}

/// The exhibits there are, as `{name, title}`.
///
/// # Errors
/// Never in practice: plain data always converts.
#[wasm_bindgen(unchecked_return_type = "View[]")]
pub fn exhibits() -> Result<JsValue, JsError> {
    let list: Vec<View> = EXHIBITS
        .iter()
        .map(|kind| View {
            name: kind.name,
            title: kind.title,
        })
        .collect();
    to_js(&list)
}

fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsError> {
    value
        .serialize(&Serializer::json_compatible())
        .map_err(|error| JsError::new(&error.to_string()))
}

fn numbers(readings: &[Reading]) -> Result<js_sys::Object, JsError> {
    let object = js_sys::Object::new();
    for reading in readings {
        js_sys::Reflect::set(&object, &reading.name.into(), &reading.value.into())
            .map_err(|_| JsError::new("The readings could not be handed over."))?;
    }
    Ok(object)
}

fn sentence(error: impl std::error::Error) -> JsError {
    JsError::new(&error.to_string())
}

#[derive(Serialize)]
struct PlainStatus<'a> {
    state: &'static str,
    message: &'a str,
}

/// One exhibit, for one element.
#[wasm_bindgen]
pub struct Playground {
    session: Session,
    clock: Performance,
    metrics: CanvasMetrics,
    /// The view whose axes stand still while a point is dragged in it.
    #[cfg(feature = "all-exhibits")]
    held: Option<Chart>,
}

#[wasm_bindgen]
impl Playground {
    /// Opens an exhibit with the settings of a query string: knobs by name,
    /// `changes`, `beside` and `step`.
    ///
    /// # Errors
    /// A sentence for an unknown exhibit or settings that do not go together.
    pub fn open(exhibit: &str, query: &str) -> Result<Playground, JsError> {
        let unreadable = || JsError::new("The link could not be read.");
        let parameters = UrlSearchParams::new_with_str(query).map_err(|_| unreadable())?;
        let mut pairs = Vec::new();
        let entries = js_sys::try_iter(&parameters).map_err(|_| unreadable())?;
        for entry in entries.ok_or_else(unreadable)? {
            let pair = js_sys::Array::from(&entry.map_err(|_| unreadable())?);
            let text = |i| pair.get(i).as_string().unwrap_or_default();
            pairs.push((text(0), text(1)));
        }
        let clock = web_sys::window()
            .and_then(|window| window.performance())
            .ok_or_else(|| JsError::new("This browser has no clock to pace the run by."))?;
        Ok(Self {
            session: Session::open(exhibit, &pairs).map_err(sentence)?,
            clock,
            metrics: CanvasMetrics::default(),
            #[cfg(feature = "all-exhibits")]
            held: None,
        })
    }

    /// Sentences about what was clamped or ignored.
    pub fn notes(&self) -> Vec<String> {
        self.session.notes().to_vec()
    }

    /// The declarations of all knobs.
    ///
    /// # Errors
    /// Never in practice: plain data always converts.
    #[wasm_bindgen(unchecked_return_type = "Knob[]")]
    pub fn knobs(&self) -> Result<JsValue, JsError> {
        to_js(self.session.kind().knobs)
    }

    /// The views, as `{name, title}`.
    ///
    /// # Errors
    /// Never in practice: plain data always converts.
    #[wasm_bindgen(unchecked_return_type = "View[]")]
    pub fn views(&self) -> Result<JsValue, JsError> {
        to_js(self.session.kind().views)
    }

    /// A knob's value, as text that [`Playground::set`] reads back.
    ///
    /// # Errors
    /// A sentence for an unknown knob.
    pub fn get(&self, knob: &str) -> Result<String, JsError> {
        let value = self.session.settings().get(knob).map_err(sentence)?;
        Ok(value.to_string())
    }

    /// Sets a knob; a note comes back if the value was clamped.
    ///
    /// # Errors
    /// A sentence if the value is refused; everything is then as it was.
    pub fn set(&mut self, knob: &str, text: &str) -> Result<Option<String>, JsError> {
        self.session.set(knob, text).map_err(sentence)
    }

    /// Live decoration of a knob's control: `{text, limit}`.
    ///
    /// # Errors
    /// Never in practice: plain data always converts.
    #[wasm_bindgen(js_name = knobState, unchecked_return_type = "KnobState")]
    pub fn knob_state(&mut self, knob: &str) -> Result<JsValue, JsError> {
        to_js(&self.session.exhibit().knob_state(knob))
    }

    /// Back to step 0 with the present settings.
    ///
    /// # Errors
    /// A sentence if they do not go together.
    pub fn reset(&mut self) -> Result<(), JsError> {
        self.session.reset().map_err(sentence)
    }

    /// Takes up to `steps` steps, at least one, within about `milliseconds`.
    pub fn advance(&mut self, steps: f64, milliseconds: f64) -> f64 {
        let end = self.clock.now() + milliseconds;
        let clock = &self.clock;
        self.session.advance(steps as u64, || clock.now() < end) as f64
    }

    /// How many steps the next frame should take.
    #[wasm_bindgen(js_name = paceSteps)]
    pub fn pace_steps(&self) -> f64 {
        self.session.pace() as f64
    }

    /// Computes kernel and eigenbasis of the present step, which views otherwise
    /// do when they first ask: for whoever times the two apart.
    pub fn observe(&mut self) {
        self.session.observe();
    }

    /// Steps taken, by the run that has gone further.
    #[wasm_bindgen(getter, js_name = stepCount)]
    pub fn step_count(&self) -> f64 {
        self.session.step_count() as f64
    }

    /// How far the run has come, as captions count: steps of the present trial.
    ///
    /// # Errors
    /// Never in practice: plain data always converts.
    #[wasm_bindgen(unchecked_return_type = "RunProgress")]
    pub fn progress(&mut self) -> Result<JsValue, JsError> {
        to_js(&self.session.exhibit().progress())
    }

    /// The step that the link asked to be replayed to; 0 for none.
    #[wasm_bindgen(getter)]
    pub fn target(&self) -> f64 {
        self.session.target() as f64
    }

    /// `{state: "ready" | "finished" | "failed", message}`.
    ///
    /// # Errors
    /// Never in practice: plain data always converts.
    #[wasm_bindgen(unchecked_return_type = "Status")]
    pub fn status(&self) -> Result<JsValue, JsError> {
        let status = self.session.status();
        let (state, message) = match &status {
            Status::Ready => ("ready", ""),
            Status::Finished(reason) => ("finished", reason.as_str()),
            Status::Failed(reason) => ("failed", reason.as_str()),
        };
        to_js(&PlainStatus { state, message })
    }

    /// All readings: name -> number.
    ///
    /// # Errors
    /// Never in practice: plain data always converts.
    #[wasm_bindgen(unchecked_return_type = "{ [name: string]: number }")]
    pub fn readings(&mut self) -> Result<js_sys::Object, JsError> {
        numbers(&self.session.exhibit().readings())
    }

    /// All readings with units and meanings.
    ///
    /// # Errors
    /// Never in practice: plain data always converts.
    #[wasm_bindgen(js_name = readingList, unchecked_return_type = "Reading[]")]
    pub fn reading_list(&mut self) -> Result<JsValue, JsError> {
        to_js(&self.session.exhibit().readings())
    }

    /// Readings and charts as CSV, the settings in the header.
    pub fn csv(&mut self) -> String {
        self.session.csv()
    }

    /// The claims, judged on the present state.
    ///
    /// # Errors
    /// Never in practice: plain data always converts.
    #[wasm_bindgen(unchecked_return_type = "Claim[]")]
    pub fn ledger(&mut self) -> Result<JsValue, JsError> {
        to_js(&self.session.exhibit().claims())
    }

    /// The settings that matter for the claims, in a few words.
    pub fn caption(&mut self) -> String {
        self.session.exhibit().caption()
    }

    /// The present state in words.
    pub fn description(&mut self) -> String {
        self.session.description()
    }

    /// Query string that reproduces this run up to this step.
    pub fn link(&self) -> String {
        self.session.link()
    }

    /// The same, however long it is: for another engine.
    pub fn record(&self) -> String {
        self.session.record()
    }

    /// A sentence about what the link leaves out, if anything.
    #[wasm_bindgen(js_name = linkNote)]
    pub fn link_note(&self) -> Option<String> {
        self.session.link_note()
    }
}
