//! JSON: the tables with their samples and the summaries that text shows.
//!
//! JSON knows no infinity and no "not a number": both become null.

use super::{Cell, Content, Report, Table};
use ntk_playground::statistics::{count, deviation, mean, median, range};
use serde_json::{Value, json};

pub fn print(report: &Report) -> String {
    let tables: Vec<Value> = report.tables.iter().map(table).collect();
    let all = json!({
        "study": report.study,
        "version": env!("CARGO_PKG_VERSION"),
        "seeds": report.seeds.numbers().collect::<Vec<u32>>(),
        "tables": tables,
    });
    format!("{all:#}\n")
}

fn table(table: &Table) -> Value {
    let rows: Vec<Value> = table
        .rows
        .iter()
        .map(|(name, cells)| {
            let name = match &name.content {
                Content::Number(value) => json!(value),
                _ => json!(name.text()),
            };
            json!({ "name": name, "cells": cells.iter().map(cell).collect::<Vec<Value>>() })
        })
        .collect();
    json!({
        "name": table.name,
        "title": table.title,
        // The first column of the text holds the names of the rows.
        "names": table.columns.first(),
        "columns": table.columns.iter().skip(1).collect::<Vec<_>>(),
        "rows": rows,
        "notes": table.notes,
    })
}

fn cell(cell: &Cell) -> Value {
    match &cell.content {
        Content::Mean(sample) => json!({
            "samples": sample,
            "count": count(sample),
            "mean": mean(sample),
            "deviation": deviation(sample),
        }),
        Content::Median(sample) => {
            let (min, max) = range(sample);
            json!({
                "samples": sample,
                "count": count(sample),
                "median": median(sample),
                "min": min,
                "max": max,
            })
        }
        Content::Count(sample) => json!({
            "samples": sample,
            "hits": sample.iter().filter(|hit| **hit).count(),
        }),
        Content::Number(value) => json!(value),
        Content::Text(text) => json!(text),
    }
}
