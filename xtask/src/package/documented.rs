//! What the element has, as its document says: the tables of docs/embedding.md, which
//! the tests hold against the element itself.

use crate::project;
use anyhow::{Context, Result, ensure};
use std::fs;

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name in the first column, without parentheses.
    pub name: String,
    /// What the second column says, as Markdown.
    pub says: String,
}

/// The tables of the document, by the word over their first column.
pub struct Documented {
    text: String,
}

impl Documented {
    /// Reads the document.
    pub fn read() -> Result<Documented> {
        let file = project::root().join("docs/embedding.md");
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(Documented { text })
    }

    /// The rows of a table.
    ///
    /// # Errors
    /// When there is no such table, or it has no rows.
    pub fn table(&self, title: &str) -> Result<Vec<Entry>> {
        let head = format!("| {title} |");
        let lines = self
            .text
            .lines()
            .skip_while(|line| !line.starts_with(&head));
        let rows = lines.skip(2).take_while(|line| line.starts_with("| "));
        let entries: Vec<Entry> = rows.filter_map(entry).collect();
        ensure!(
            !entries.is_empty(),
            "docs/embedding.md has no table of each {title}"
        );
        Ok(entries)
    }
}

fn entry(row: &str) -> Option<Entry> {
    let (_, rest) = row.split_once("| `")?;
    let (name, rest) = rest.split_once('`')?;
    let (_, says) = rest.split_once("| ")?;
    Some(Entry {
        name: name.split('(').next()?.to_owned(),
        says: says.trim_end_matches('|').trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_name_and_what_it_is() {
        let row = "| `step(count = 1)` | does that many steps, `now` |";
        let wanted = Entry {
            name: "step".into(),
            says: "does that many steps, `now`".into(),
        };
        assert_eq!(entry(row), Some(wanted));
        assert_eq!(entry("|---|---|"), None);
    }

    #[test]
    fn the_document_has_the_tables_that_the_package_needs() -> Result<()> {
        let documented = Documented::read()?;
        for title in [
            "attribute",
            "method",
            "property",
            "event",
            "custom property",
            "part",
        ] {
            assert!(documented.table(title)?.len() > 3, "{title}");
        }
        assert!(documented.table("none").is_err());
        Ok(())
    }
}
