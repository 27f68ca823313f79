//! The networks of a session as JSON, to be checked elsewhere.

use super::Session;
use crate::exhibit::{NetworkSnapshot, Value, json};

impl Session {
    /// The networks that are trained now as JSON, weights, data and kernels
    /// ([`NetworkSnapshot::json`] says what and in which shapes), with the
    /// present settings and the link of the run; those of a second run under
    /// `second-run`.
    pub fn json(&mut self) -> String {
        let networks = self.exhibit.snapshot();
        let settings: Vec<(&str, String)> = self
            .settings
            .iter()
            .map(|(knob, value)| (knob.name, written(value)))
            .collect();
        let mut fields = vec![
            ("ntk-playground", json::text(env!("CARGO_PKG_VERSION"))),
            ("exhibit", json::text(self.kind.name)),
            ("link", json::text(&self.link())),
            ("step", self.exhibit.step_count().to_string()),
            ("settings", json::object(&settings)),
            ("networks", list(&networks)),
        ];
        if let Some(comparison) = &mut self.comparison {
            let (name, value) = (comparison.knob().name, written(comparison.value()));
            let own = [(name, value), ("networks", list(&comparison.snapshot()))];
            fields.push(("second-run", json::object(&own)));
        }
        let mut out = json::object(&fields);
        out.push('\n');
        out
    }
}

fn list(networks: &[NetworkSnapshot]) -> String {
    let networks: Vec<String> = networks.iter().map(NetworkSnapshot::json).collect();
    json::list(&networks)
}

fn written(value: &Value) -> String {
    match value {
        Value::Number(number) => json::number(*number),
        Value::Integer(number) => number.to_string(),
        Value::Choice(word) => json::text(word),
        Value::List(entries) => {
            let entries: Vec<String> = entries.iter().map(u32::to_string).collect();
            json::list(&entries)
        }
        Value::Points(points) => {
            let pair = |&[x, y]: &[f64; 2]| json::list(&[json::number(x), json::number(y)]);
            let points: Vec<String> = points.iter().map(pair).collect();
            json::list(&points)
        }
    }
}
