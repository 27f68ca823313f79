//! The WebDriver protocol: JSON over HTTP.

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use std::time::Duration;
use ureq::Agent;
use ureq::http::Method;

/// A connection to a driver, or to one session of it.
#[derive(Debug, Clone)]
pub struct Wire {
    agent: Agent,
    base: String,
}

impl Wire {
    /// The driver at an address.
    pub fn new(base: String) -> Wire {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            // Longer than the 30 s that a script may take.
            .timeout_global(Some(Duration::from_secs(45)))
            .build()
            .into();
        Wire { agent, base }
    }

    /// The same driver, further down its tree.
    pub fn below(&self, path: &str) -> Wire {
        Wire {
            agent: self.agent.clone(),
            base: format!("{}/{path}", self.base),
        }
    }

    /// Asks for something.
    pub fn get(&self, path: &str) -> Result<Value> {
        self.send(&Method::GET, path, None)
    }

    /// Commands something.
    pub fn post(&self, path: &str, body: &Value) -> Result<Value> {
        self.send(&Method::POST, path, Some(body))
    }

    /// Removes something.
    pub fn delete(&self, path: &str) -> Result<Value> {
        self.send(&Method::DELETE, path, None)
    }

    fn send(&self, method: &Method, path: &str, body: Option<&Value>) -> Result<Value> {
        let address = format!("{}/{path}", self.base);
        let response = match (method, body) {
            (&Method::POST, body) => self
                .agent
                .post(address)
                .header("Content-Type", "application/json; charset=utf-8")
                .send(body.unwrap_or(&json!({})).to_string()),
            (&Method::DELETE, _) => self.agent.delete(address).call(),
            _ => self.agent.get(address).call(),
        };
        let mut response = response.with_context(|| format!("no answer to {method} {path}"))?;
        let text = response
            .body_mut()
            .with_config()
            // Screenshots of long pages are large.
            .limit(200_000_000)
            .read_to_string()?;
        let mut answer: Value = serde_json::from_str(&text)
            .map_err(|error| anyhow!("{method} {path} answered {text:.200}: {error}"))?;
        let value = answer["value"].take();
        // By the status: what a script returns may well have an "error".
        if !response.status().is_success() {
            let kind = value["error"].as_str().unwrap_or("unknown error");
            // The first line says it; the driver's stack trace does not help.
            let message = value["message"].as_str().unwrap_or_default();
            let line = message.lines().next().unwrap_or_default();
            bail!("{kind}: {line}");
        }
        Ok(value)
    }
}
