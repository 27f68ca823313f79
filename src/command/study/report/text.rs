//! Aligned columns: text to the left, numbers to the right.

use super::{Cell, Content, Report, Table};

pub fn print(report: &Report) -> String {
    let tables = report.tables.iter();
    let tables: Vec<String> = tables
        .map(|table| {
            let mut out = format!("{}, {}\n", table.title, report.seeds);
            out.push_str(&aligned(table));
            for note in &table.notes {
                out.push_str(&format!("{note}\n"));
            }
            out
        })
        .collect();
    tables.join("\n")
}

fn aligned(table: &Table) -> String {
    let mut lines: Vec<Vec<String>> = vec![table.columns.clone()];
    for (name, cells) in &table.rows {
        let cells = cells.iter().map(Cell::text);
        lines.push(std::iter::once(name.text()).chain(cells).collect());
    }
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..table.columns.len()).map(width).collect();
    let names_are_text = (table.rows.iter()).any(|(name, _)| is_text(name));
    let mut out = String::new();
    for line in &lines {
        let mut text = String::new();
        for (column, (cell, &width)) in line.iter().zip(&widths).enumerate() {
            if column > 0 {
                text.push_str("  ");
            }
            match column == 0 && names_are_text {
                true => text.push_str(&format!("{cell:width$}")),
                false => text.push_str(&format!("{cell:>width$}")),
            }
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
    out
}

fn is_text(cell: &Cell) -> bool {
    matches!(cell.content, Content::Text(_))
}
