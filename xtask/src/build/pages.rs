//! The HTML pages of the root that are no template, with version and commit.

use super::{chapters, version};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Copies every page of a folder but the template.
pub fn write(from: &Path, to: &Path) -> Result<()> {
    let entries = fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?;
    for entry in entries {
        let path = entry?.path();
        let page = path.extension().is_some_and(|ending| ending == "html");
        if !page || path.file_name().is_some_and(|name| name == chapters::FIRST) {
            continue;
        }
        let name = path.file_name().unwrap_or_default();
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        fs::write(to.join(name), version::fill(&text))?;
    }
    Ok(())
}
