//! A browser window, as a test uses it.

use crate::driver::Driver;
use crate::element::{ELEMENT, Element};
use crate::engine;
use crate::exhibit::Exhibit;
use crate::idle;
use crate::options::Options;
use crate::origin::RECORDER;
use crate::soak::Counts;
use crate::wire::Wire;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::time::{Duration, Instant};
use xtask::browsers::Engine;

/// A window that shows one page at a time.
pub struct Browser {
    driver: Driver,
    options: Options,
    /// Errors of pages that have been left.
    errors: RefCell<Vec<String>>,
}

impl Browser {
    /// Opens a window.
    ///
    /// # Errors
    /// When the browser does not start.
    pub fn start(options: &Options) -> Result<Browser> {
        let idle = idle::take(options);
        Ok(Browser {
            driver: idle.map_or_else(|| Driver::start(options), Ok)?,
            options: *options,
            errors: RefCell::default(),
        })
    }

    /// Closes the window, all being well with it; the next may be one of the same
    /// browser.
    pub fn leave(self) {
        idle::keep(self.driver, self.options);
    }

    /// What kind of browser this is.
    pub fn engine(&self) -> Engine {
        self.options.engine
    }

    /// Makes the page so many times slower than this machine; 1 as fast again.
    ///
    /// # Errors
    /// Where the browser cannot: only Chromium can.
    pub fn slow_down(&self, times: u32) -> Result<()> {
        engine::slow_down(self.wire(), self.options.engine, times)
    }

    /// Keeps what goes wrong on pages of any server from now on; those of an
    /// [`Origin`](crate::Origin) do it by themselves.
    ///
    /// # Errors
    /// Where the browser cannot: only Chromium can.
    pub fn record(&self) -> Result<()> {
        engine::before(self.wire(), self.options.engine, RECORDER)
    }

    /// Gives the viewport another size, in CSS pixels, up to that of a window
    /// of usual size.
    ///
    /// # Errors
    /// When the window does not take it.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        let options = Options {
            width,
            height,
            ..Options::of(self.options.engine)
        };
        engine::shape(self.wire(), &options)
    }

    /// Goes back to the page before, and waits until that is there.
    ///
    /// # Errors
    /// When the driver refuses.
    pub fn back(&self) -> Result<()> {
        self.collect_errors();
        self.wire().post("back", &json!({}))?;
        Ok(())
    }

    /// What the page has, after its garbage was collected; nothing where the
    /// browser does not tell: only Chromium does.
    ///
    /// # Errors
    /// When the driver refuses.
    pub fn counts(&self) -> Result<Option<Counts>> {
        engine::counts(self.wire(), self.options.engine)
    }

    /// Shows an address and waits until the page has loaded.
    ///
    /// # Errors
    /// When the page cannot be loaded.
    pub fn open(&self, address: &str) -> Result<()> {
        self.collect_errors();
        self.wire()
            .post("url", &json!({ "url": address }))
            .with_context(|| format!("cannot open {address}"))?;
        Ok(())
    }

    /// Runs a script: the body of an async function whose `arguments` are
    /// given. Answers what it returns.
    ///
    /// # Errors
    /// When the script throws, with its message.
    pub fn run(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        let body = format!("return (async function () {{ {script} }}).apply(null, arguments);");
        self.wire()
            .post("execute/sync", &json!({"script": body, "args": arguments}))
    }

    /// Waits until a script answers something other than false or nothing.
    ///
    /// # Errors
    /// When that has not happened after the time.
    pub fn wait(
        &self,
        what: &str,
        seconds: f64,
        script: &str,
        arguments: &[Value],
    ) -> Result<Value> {
        let started = Instant::now();
        loop {
            let value = self.run(script, arguments)?;
            if !value.is_null() && value != false {
                return Ok(value);
            }
            if started.elapsed().as_secs_f64() > seconds {
                bail!("waited {seconds} s in vain: {what}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The element that a script returns.
    ///
    /// # Errors
    /// When it returns none.
    pub fn element(&self, script: &str, arguments: &[Value]) -> Result<Element> {
        let value = self.run(script, arguments)?;
        Element::from_value(value).with_context(|| format!("there is no such element: {script}"))
    }

    /// The first exhibit that a selector finds, ready to run.
    ///
    /// # Errors
    /// When there is none, or it is not ready after 10 seconds.
    pub fn exhibit(&self, selector: &str) -> Result<Exhibit<'_>> {
        Exhibit::open(self, selector)
    }

    /// Clicks the middle of an element, scrolling it into view.
    ///
    /// # Errors
    /// When something covers it.
    pub fn click(&self, element: &Element) -> Result<()> {
        let outcome = self.on(element, "click", &json!({}));
        // WebKit's driver thinks that a text field in a shadow tree is covered
        // by its own inside. The page knows better, and the mouse still works.
        match outcome {
            Err(error) if self.options.engine == Engine::Webkit && self.is_on_top(element)? => {
                let intercepted = error.to_string().contains("click intercepted");
                if intercepted {
                    self.point(element)
                } else {
                    Err(error)
                }
            }
            other => other,
        }
    }

    fn is_on_top(&self, element: &Element) -> Result<bool> {
        let found = self.run(
            "const [element] = arguments;
             const { x, y, width, height } = element.getBoundingClientRect();
             return element.getRootNode().elementFromPoint(x + width / 2, y + height / 2) === element;",
            &[element.value()],
        )?;
        Ok(found == true)
    }

    /// Moves the mouse to the middle of an element and presses it.
    fn point(&self, element: &Element) -> Result<()> {
        self.actions(&json!({
            "type": "pointer",
            "id": "mouse",
            "actions": [
                {"type": "pointerMove", "origin": element.0, "x": 0, "y": 0, "duration": 0},
                {"type": "pointerDown", "button": 0},
                {"type": "pointerUp", "button": 0},
            ],
        }))
    }

    /// Focuses an element and types keys.
    ///
    /// # Errors
    /// When it cannot be typed into.
    pub fn keys(&self, element: &Element, keys: &str) -> Result<()> {
        self.on(element, "value", &json!({ "text": keys }))
    }

    /// Types keys to whatever has the focus.
    ///
    /// # Errors
    /// When the driver refuses.
    pub fn press(&self, keys: &str) -> Result<()> {
        let actions: Vec<Value> = keys
            .chars()
            .flat_map(|key| {
                ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key.to_string()}))
            })
            .collect();
        self.actions(&json!({"type": "key", "id": "keyboard", "actions": actions}))
    }

    /// Types a key while another is held down.
    ///
    /// # Errors
    /// When the driver refuses.
    pub fn press_with(&self, held: char, key: char) -> Result<()> {
        let action = |kind: &str, key: char| json!({"type": kind, "value": key.to_string()});
        self.actions(&json!({
            "type": "key",
            "id": "keyboard",
            "actions": [
                action("keyDown", held),
                action("keyDown", key),
                action("keyUp", key),
                action("keyUp", held),
            ],
        }))
    }

    /// A picture of an element, as base64 of a PNG.
    ///
    /// # Errors
    /// When the driver refuses.
    pub fn picture(&self, element: &Element) -> Result<String> {
        let id = element.0[ELEMENT].as_str().unwrap_or_default();
        let picture = self.wire().get(&format!("element/{id}/screenshot"))?;
        picture.as_str().map(str::to_string).context("no picture")
    }

    /// Moves the mouse over an element, by CSS pixels from its middle.
    ///
    /// # Errors
    /// When that point is outside the viewport.
    pub fn hover(&self, element: &Element, dx: i32, dy: i32) -> Result<()> {
        self.run(
            "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})",
            &[element.value()],
        )?;
        self.actions(&json!({
            "type": "pointer",
            "id": "mouse",
            "actions": [{
                "type": "pointerMove", "origin": element.0, "x": dx, "y": dy, "duration": 50,
            }],
        }))
    }

    /// Turns the wheel over an element, by CSS pixels.
    ///
    /// # Errors
    /// When the driver has no wheel.
    pub fn wheel(&self, element: &Element, dy: i32) -> Result<()> {
        self.actions(&json!({
            "type": "wheel",
            "id": "wheel",
            "actions": [{
                "type": "scroll", "origin": element.0, "x": 0, "y": 0,
                "deltaX": 0, "deltaY": dy, "duration": 0,
            }],
        }))
    }

    /// Presses the mouse at the first of some points of the viewport, moves it
    /// along the others in steps of so many milliseconds, and releases it at the
    /// last.
    ///
    /// # Errors
    /// When a point is outside the viewport.
    pub fn drag(&self, points: &[(f64, f64)], pause: u32) -> Result<()> {
        let mut actions = Vec::new();
        for (at, (x, y)) in points.iter().enumerate() {
            actions.push(json!({
                "type": "pointerMove", "origin": "viewport",
                "x": x.round(), "y": y.round(), "duration": pause,
            }));
            if at == 0 {
                actions.push(json!({"type": "pointerDown", "button": 0}));
            }
        }
        actions.push(json!({"type": "pointerUp", "button": 0}));
        self.actions(&json!({"type": "pointer", "id": "mouse", "actions": actions}))
    }

    /// Does something inside a frame of the page.
    ///
    /// # Errors
    /// When there is no such frame, or those of what is done.
    pub fn inside_frame<T>(&self, frame: &Element, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.wire().post("frame", &json!({ "id": frame.0 }))?;
        let outcome = work();
        // Errors of the frame count as those of the page.
        self.collect_errors();
        self.wire().post("frame/parent", &json!({}))?;
        outcome
    }

    /// A picture of the viewport, as base64 of a PNG.
    ///
    /// # Errors
    /// When the driver refuses.
    pub fn screenshot(&self) -> Result<String> {
        let picture = self.wire().get("screenshot")?;
        picture.as_str().map(str::to_string).context("no picture")
    }

    /// What a printer gets of the page, as base64 of a PDF.
    ///
    /// # Errors
    /// When the driver refuses.
    pub fn print(&self) -> Result<String> {
        let paper = self.wire().post("print", &json!({"background": true}))?;
        paper.as_str().map(str::to_string).context("no paper")
    }

    /// What the page has written to its console.
    pub fn console(&self) -> String {
        match self.run("return (window.__console ?? []).join('\\n')", &[]) {
            Ok(lines) => lines.as_str().unwrap_or_default().to_string(),
            Err(error) => format!("the console cannot be read: {error:#}"),
        }
    }

    /// Errors of this page and of those shown before it.
    pub fn errors(&self) -> Vec<String> {
        self.collect_errors();
        self.errors.borrow().clone()
    }

    /// Takes note of errors that the test has caused on purpose.
    pub fn forget_errors(&self) {
        self.collect_errors();
        self.errors.borrow_mut().clear();
    }

    fn collect_errors(&self) {
        // A page without a recorder, or none at all, has none to give.
        let found = self.run("return (window.__errors ?? []).splice(0)", &[]);
        let found = found.ok().and_then(|value| value.as_array().cloned());
        let words = found.into_iter().flatten();
        self.errors
            .borrow_mut()
            .extend(words.map(|error| error.as_str().unwrap_or_default().to_string()));
    }

    fn on(&self, element: &Element, what: &str, body: &Value) -> Result<()> {
        let id = element.0[ELEMENT].as_str().unwrap_or_default();
        self.wire().post(&format!("element/{id}/{what}"), body)?;
        Ok(())
    }

    fn actions(&self, source: &Value) -> Result<()> {
        self.wire()
            .post("actions", &json!({ "actions": [source] }))?;
        Ok(())
    }

    fn wire(&self) -> &Wire {
        self.driver.session()
    }
}
