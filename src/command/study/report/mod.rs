//! What a study returns: tables as plain data, one printer per format.
//!
//! ```text
//! Table::new("end", "test error at the end")
//!     .columns(["batch", "test error", "beats no gate"])
//!     .row("all", [Cell::median(errors, 2), Cell::count(wins)])
//!     .note("smaller is better")
//! ```
//!
//! A cell keeps the value of every seed, in the order of the seeds: text
//! shows its median or mean, CSV and JSON hold all of them.

mod cell;
mod csv;
mod json;
mod text;

pub use cell::Cell;

use super::seeds::Seeds;
use cell::Content;
use clap::ValueEnum;
use clap::builder::PossibleValue;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned columns for a person.
    Text,
    /// One line per table, row, column and seed.
    Csv,
    /// One object with all tables; samples and their summaries.
    Json,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Text, Self::Csv, Self::Json]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Text => "text",
            Self::Csv => "csv",
            Self::Json => "json",
        }))
    }
}

/// One table of a study.
#[derive(Debug, Clone)]
pub struct Table {
    name: &'static str,
    title: String,
    columns: Vec<String>,
    rows: Vec<(Cell, Vec<Cell>)>,
    notes: Vec<String>,
}

impl Table {
    /// An empty table: its name in CSV and JSON, in kebab-case and its own
    /// within the study, and its title.
    pub fn new(name: &'static str, title: impl Into<String>) -> Self {
        Self {
            name,
            title: title.into(),
            columns: Vec::new(),
            rows: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Names of the columns; the first stands above the names of the rows and
    /// may be empty.
    pub fn columns<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.columns = names.into_iter().map(Into::into).collect();
        self
    }

    /// A row: its name, a text or a number, and a cell for every column after
    /// the first.
    pub fn row(mut self, name: impl Into<Cell>, cells: impl IntoIterator<Item = Cell>) -> Self {
        self.push(name, cells);
        self
    }

    /// [`Table::row`] for a loop.
    pub fn push(&mut self, name: impl Into<Cell>, cells: impl IntoIterator<Item = Cell>) {
        let cells: Vec<Cell> = cells.into_iter().collect();
        debug_assert_eq!(cells.len() + 1, self.columns.len(), "{}", self.name);
        self.rows.push((name.into(), cells));
    }

    /// A sentence below the table.
    pub fn note(mut self, sentence: impl Into<String>) -> Self {
        self.notes.push(sentence.into());
        self
    }
}

/// All that a study found.
pub struct Report<'a> {
    /// Name of the study.
    pub study: &'a str,
    /// The seeds it went over.
    pub seeds: &'a Seeds,
    /// Its tables.
    pub tables: &'a [Table],
}

impl Report<'_> {
    /// The report as a text for standard output.
    pub fn print(&self, format: Format) -> String {
        match format {
            Format::Text => text::print(self),
            Format::Csv => csv::print(self),
            Format::Json => json::print(self),
        }
    }
}
