//! A session as CSV.

use super::Session;
use crate::exhibit::Reading;

/// A number; an empty cell where it is not known.
fn cell(value: f64) -> String {
    if value.is_nan() {
        String::new()
    } else {
        value.to_string()
    }
}

impl Session {
    /// All charts' numbers and all readings as CSV, with the link in the
    /// header; those of a second run in columns of their own. Blocks are
    /// parted by empty lines; what is not known is a cell with nothing in it.
    pub fn csv(&mut self) -> String {
        let mut out = format!("# ntk-playground {}\n", env!("CARGO_PKG_VERSION"));
        out.push_str(&format!("# {}\n", self.link()));
        if let Some(note) = self.link_note() {
            out.push_str(&format!("# {note}\n"));
        }
        for (knob, value) in self.settings.iter() {
            out.push_str(&format!("# {} = {value}\n", knob.name));
        }
        if let Some(comparison) = &self.comparison {
            let (knob, value) = (comparison.knob().name, comparison.value());
            out.push_str(&format!("# second run: {knob} = {value}\n"));
        }
        let readings = self.exhibit.readings();
        match self.comparison_readings() {
            None => {
                out.push_str("\nreading,value,unit\n");
                for Reading {
                    name, value, unit, ..
                } in readings
                {
                    out.push_str(&format!("{name},{},{unit}\n", cell(value)));
                }
            }
            Some(comparison) => {
                out.push_str("\nreading,value,second run,unit\n");
                for Reading {
                    name, value, unit, ..
                } in &readings
                {
                    let other = comparison.iter().find(|other| other.name == *name);
                    let other = other.map_or(String::new(), |other| cell(other.value));
                    out.push_str(&format!("{name},{},{other},{unit}\n", cell(*value)));
                }
                let known = |name| readings.iter().any(|reading| reading.name == name);
                for other in comparison.iter().filter(|other| !known(other.name)) {
                    let (name, value, unit) = (other.name, cell(other.value), other.unit);
                    out.push_str(&format!("{name},,{value},{unit}\n"));
                }
            }
        }
        for view in self.kind.views {
            let Some(chart) = self.chart(view.name) else {
                continue;
            };
            let names: Vec<&str> = chart.columns.iter().map(|c| c.name.as_str()).collect();
            out.push_str(&format!("\n# view {}\n{}\n", view.name, names.join(",")));
            let rows = chart.columns.iter().map(|c| c.values.len()).max();
            for row in 0..rows.unwrap_or(0) {
                let cells: Vec<String> = chart
                    .columns
                    .iter()
                    .map(|c| {
                        c.values
                            .get(row)
                            .map_or(String::new(), |value| cell(*value))
                    })
                    .collect();
                out.push_str(&cells.join(","));
                out.push('\n');
            }
        }
        out
    }
}
