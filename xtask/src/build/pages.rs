//! The HTML pages of the root that are no template.

use super::chapters;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Copies every page of a folder but the template.
pub fn write(from: &Path, to: &Path) -> Result<()> {
    let entries = fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        if path.extension().is_some_and(|ending| ending == "html") && name != chapters::FIRST {
            fs::copy(&path, to.join(name))
                .with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}
