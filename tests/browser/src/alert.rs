//! What an element says where it cannot go on, and what it offers.

use crate::browser::Browser;
use anyhow::Result;
use serde_json::json;

impl Browser {
    /// Waits for the alert in an element, which need not be ready: its words,
    /// and those of its buttons.
    ///
    /// # Errors
    /// When there is none after 15 seconds.
    pub fn alert(&self, selector: &str) -> Result<(String, Vec<String>)> {
        let found = self.wait(
            &format!("an alert in {selector}"),
            15.0,
            "const alert = document.querySelector(arguments[0])?.shadowRoot?.querySelector('[role=alert]:not([hidden])');
             return alert && [alert.querySelector('p').textContent, [...alert.querySelectorAll('button')].map((one) => one.textContent)];",
            &[json!(selector)],
        )?;
        Ok(serde_json::from_value(found)?)
    }

    /// Presses the first button of the alert.
    ///
    /// # Errors
    /// When there is none.
    pub fn press_alert(&self, selector: &str) -> Result<()> {
        let button = self.element(
            "return document.querySelector(arguments[0]).shadowRoot.querySelector('[role=alert] button')",
            &[json!(selector)],
        )?;
        self.click(&button)
    }

    /// Presses it, and waits until the engine is there again.
    ///
    /// # Errors
    /// When it is not after ten seconds.
    pub fn restart(&self, selector: &str) -> Result<()> {
        self.press_alert(selector)?;
        self.wait(
            "the engine is there again",
            10.0,
            "const element = document.querySelector(arguments[0]);
             try { return element.stepCount >= 0 && element.shadowRoot.querySelector('[role=alert]').hidden; }
             catch { return false; }",
            &[json!(selector)],
        )?;
        Ok(())
    }
}
