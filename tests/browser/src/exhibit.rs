//! One `<ntk-playground>` element, through its public interface.

use crate::browser::Browser;
use crate::element::Element;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Readings by name. Numbers are kept as the text that JavaScript gives them,
/// which tells every two doubles apart and knows NaN.
pub type Readings = BTreeMap<String, String>;

/// An element that is ready.
pub struct Exhibit<'a> {
    browser: &'a Browser,
    element: Element,
}

impl<'a> Exhibit<'a> {
    /// Finds an element, which a script may have to make first, and waits until
    /// it is ready.
    pub(crate) fn open(browser: &'a Browser, selector: &str) -> Result<Exhibit<'a>> {
        let element = browser
            .element(
                "for (let look = 0; look < 200 && !document.querySelector(arguments[0]); look += 1) {
                   await new Promise((done) => setTimeout(done, 50));
                 }
                 return document.querySelector(arguments[0]);",
                &[json!(selector)],
            )
            .with_context(|| format!("no element {selector}"))?;
        let exhibit = Exhibit { browser, element };
        let ready = exhibit.call(
            "element.scrollIntoView({block: 'center', behavior: 'instant'});
             const late = new Promise((done) => setTimeout(done, 10000, 'late'));
             const ready = customElements.whenDefined('ntk-playground').then(() => element.ready);
             return await Promise.race([ready.then(() => 'ready', (error) => error.message), late]);",
            &[],
        )?;
        ensure!(ready == "ready", "{selector} is not ready: {ready}");
        Ok(exhibit)
    }

    /// Runs a script in which `element` is this one, `root` its shadow root,
    /// and `values` what is passed.
    ///
    /// # Errors
    /// When the script throws, with its message.
    pub fn call(&self, script: &str, values: &[Value]) -> Result<Value> {
        let script = format!(
            "const [element, ...values] = arguments; const root = element.shadowRoot; {script}"
        );
        self.browser.run(&script, &self.arguments(values))
    }

    /// Waits until a script, as for [`Exhibit::call`], answers something.
    ///
    /// # Errors
    /// When it has not after the time.
    pub fn wait(&self, what: &str, seconds: f64, script: &str) -> Result<Value> {
        let script =
            format!("const [element] = arguments; const root = element.shadowRoot; {script}");
        self.browser
            .wait(what, seconds, &script, &self.arguments(&[]))
    }

    /// An element inside the shadow root, by selector.
    ///
    /// # Errors
    /// When there is none.
    pub fn inside(&self, selector: &str) -> Result<Element> {
        self.browser
            .element(
                "return arguments[0].shadowRoot.querySelector(arguments[1])",
                &self.arguments(&[json!(selector)]),
            )
            .with_context(|| format!("nothing inside is {selector}"))
    }

    /// The element that a script, as for [`Exhibit::call`], returns, if any.
    ///
    /// # Errors
    /// When the script throws.
    pub fn find(&self, script: &str, values: &[Value]) -> Result<Option<Element>> {
        Ok(Element::from_value(self.call(script, values)?))
    }

    /// Presses one of the buttons under More, by its words.
    ///
    /// # Errors
    /// When there is none.
    pub fn action(&self, words: &str) -> Result<()> {
        self.call(
            "[...root.querySelectorAll('.actions button')].find((one) => one.textContent === values[0]).click()",
            &[json!(words)],
        )?;
        Ok(())
    }

    /// The element itself.
    pub fn element(&self) -> &Element {
        &self.element
    }

    /// The theme that it shows, as its style sheet sees it.
    ///
    /// # Errors
    /// When the browser knows no states.
    pub fn theme(&self) -> Result<String> {
        let value = self.call(
            "return ['light', 'dark', 'projector'].filter((theme) => element.matches(`:state(${theme})`)).join()",
            &[],
        )?;
        Ok(value.as_str().unwrap_or_default().to_string())
    }

    /// Steps done.
    ///
    /// # Errors
    /// When the element has no such number.
    pub fn step_count(&self) -> Result<u64> {
        self.call("return element.stepCount", &[])?
            .as_u64()
            .context("stepCount is not a whole number")
    }

    /// The readings.
    ///
    /// # Errors
    /// When the element has none.
    pub fn readings(&self) -> Result<Readings> {
        let value = self.call(
            "return Object.fromEntries(
               Object.entries(element.readings).map(([name, number]) => [name, String(number)]))",
            &[],
        )?;
        Ok(serde_json::from_value(value)?)
    }

    /// One reading as a number.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn reading(&self, name: &str) -> Result<f64> {
        let readings = self.readings()?;
        let text = readings
            .get(name)
            .with_context(|| format!("no reading {name} among {:?}", readings.keys()))?;
        Ok(text.parse()?)
    }

    /// Value of a knob.
    ///
    /// # Errors
    /// When there is no such knob.
    pub fn get(&self, knob: &str) -> Result<String> {
        let value = self.call("return String(element.get(values[0]))", &[json!(knob)])?;
        Ok(value.as_str().unwrap_or_default().to_string())
    }

    /// Sets a knob.
    ///
    /// # Errors
    /// When the element refuses, with its sentence.
    pub fn set(&self, knob: &str, text: &str) -> Result<()> {
        self.call(
            "element.set(values[0], values[1])",
            &[json!(knob), json!(text)],
        )?;
        Ok(())
    }

    /// Pauses.
    ///
    /// # Errors
    /// When the element refuses.
    pub fn pause(&self) -> Result<()> {
        self.call("element.pause()", &[])?;
        Ok(())
    }

    /// Runs on.
    ///
    /// # Errors
    /// When the element refuses.
    pub fn play(&self) -> Result<()> {
        self.call("element.play()", &[])?;
        Ok(())
    }

    /// Does a number of steps and waits until they are done.
    ///
    /// # Errors
    /// When they are not done after 60 seconds.
    pub fn step(&self, count: u64) -> Result<()> {
        let goal = self.step_count()? + count;
        self.call("await element.step(values[0])", &[json!(count)])?;
        self.wait(
            &format!("step {goal}"),
            60.0,
            &format!("return element.stepCount >= {goal}"),
        )?;
        Ok(())
    }

    /// Pauses and goes back to step 0.
    ///
    /// # Errors
    /// When the element refuses.
    pub fn restart(&self) -> Result<()> {
        self.call("element.pause(); element.reset()", &[])?;
        ensure!(
            self.step_count()? == 0,
            "reset() leaves the run at another step"
        );
        Ok(())
    }

    /// The query string that reproduces the run.
    ///
    /// # Errors
    /// When the element refuses.
    pub fn link(&self) -> Result<String> {
        let value = self.call("return element.link()", &[])?;
        let link = value.as_str().context("link() is not text")?;
        // As a whole address or as a query: the query is what counts.
        let query = link.split_once('?').map_or(link, |(_, query)| query);
        Ok(query.split('#').next().unwrap_or_default().to_string())
    }

    /// The words a person can see in the shadow root.
    ///
    /// # Errors
    /// When it has none.
    pub fn words(&self) -> Result<String> {
        let value = self.call(
            "const visible = (node) => {
               if (node.nodeType === Node.TEXT_NODE) return node.data;
               if (node.nodeType !== Node.ELEMENT_NODE || !node.checkVisibility()) return '';
               if (['STYLE', 'SCRIPT'].includes(node.tagName)) return '';
               return [...node.childNodes].map(visible).join(' ');
             };
             return [...root.childNodes].map(visible).join(' ').replace(/\\s+/g, ' ');",
            &[],
        )?;
        Ok(value.as_str().unwrap_or_default().to_string())
    }

    fn arguments(&self, values: &[Value]) -> Vec<Value> {
        let mut all = vec![self.element.value()];
        all.extend_from_slice(values);
        all
    }
}
