//! The HTML pages of the root, with their formulas as MathML, version and commit.

use super::{tex, version};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Writes every page of a folder.
pub fn write(from: &Path, to: &Path) -> Result<()> {
    let formulas = tex::Formulas::new()?;
    let entries = fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        let name = path.file_name().unwrap_or_default();
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let page = formulas
            .replace(&text)
            .with_context(|| name.to_string_lossy().into_owned())?;
        fs::write(to.join(name), version::fill(&page))?;
    }
    Ok(())
}
