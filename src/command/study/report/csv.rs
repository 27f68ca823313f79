//! CSV, one line per table, row, column and seed: the form that data frames
//! group and pivot.
//!
//! A count is 1 where it is so and 0 elsewhere, a number has no seed, and a
//! seed without a value has an empty one. Notes are left out: they are in
//! the other formats.

use super::{Content, Report};
use crate::command::number;

pub fn print(report: &Report) -> String {
    let mut out = String::from("study,table,row,column,seed,value\n");
    for table in report.tables {
        for (name, cells) in &table.rows {
            for (column, cell) in table.columns.iter().skip(1).zip(cells) {
                let place = [report.study, table.name, &name.text(), column].map(quoted);
                let place = place.join(",");
                for (seed, value) in values(report, &cell.content) {
                    out.push_str(&format!("{place},{seed},{value}\n"));
                }
            }
        }
    }
    out
}

/// Seed and value of every line of a cell.
fn values(report: &Report, content: &Content) -> Vec<(String, String)> {
    let by_seed = |values: Vec<String>| {
        let seeds = report.seeds.numbers().map(|seed| seed.to_string());
        seeds.zip(values).collect()
    };
    match content {
        Content::Mean(sample) | Content::Median(sample) => {
            by_seed(sample.iter().copied().map(number).collect())
        }
        Content::Count(sample) => by_seed(
            sample
                .iter()
                .map(|&hit| u8::from(hit).to_string())
                .collect(),
        ),
        Content::Number(value) => vec![(String::new(), number(*value))],
        Content::Text(text) => vec![(String::new(), quoted(text))],
    }
}

/// A field, in quotes where it has to be (RFC 4180).
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::seeds::Seeds;
    use super::super::{Cell, Table};
    use super::*;

    #[test]
    fn one_line_per_table_row_column_and_seed() -> Result<(), String> {
        let table = Table::new("ends", "How it ends")
            .columns(["", "error, end", "wins", "width", "word"])
            .row(
                "b = \"4\"",
                [
                    Cell::median([0.5, f64::NAN], 2),
                    Cell::count([true, false]),
                    Cell::number(3.0, 0),
                    "one, two".into(),
                ],
            );
        let report = Report {
            study: "demo",
            seeds: &Seeds::new(7, 2, None)?,
            tables: &[table],
        };
        let place = "demo,ends,\"b = \"\"4\"\"\"";
        let expected = [
            "study,table,row,column,seed,value".to_owned(),
            format!("{place},\"error, end\",7,0.5"),
            format!("{place},\"error, end\",8,"),
            format!("{place},wins,7,1"),
            format!("{place},wins,8,0"),
            format!("{place},width,,3"),
            format!("{place},word,,\"one, two\""),
        ];
        assert_eq!(print(&report).lines().collect::<Vec<_>>(), expected);
        Ok(())
    }
}
