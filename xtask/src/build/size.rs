//! What the first visit to the page loads, in bytes.

use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A table of the files of the first view: raw, and as brotli sends them.
pub fn report(dist: &Path) -> Result<String> {
    let mut table = format!("{:<28} {:>10} {:>10}\n", "first view", "raw", "brotli");
    let (mut raw, mut packed) = (0, 0);
    for path in first_view(dist)? {
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let small = brotli(&content).with_context(|| format!("cannot compress {name}"))?;
        raw += content.len();
        packed += small;
        writeln!(table, "{name:<28} {:>10} {small:>10}", content.len())?;
    }
    writeln!(table, "{:<28} {raw:>10} {packed:>10}", "total")?;
    Ok(table)
}

/// The page, every file that it asks for, and what those import.
fn first_view(dist: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut seen = BTreeSet::new();
    let mut next = vec![dist.join("index.html")];
    while let Some(path) = next.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let text = String::from_utf8_lossy(&content);
        let folder = path.parent().unwrap_or(dist);
        let asks = match path.extension().and_then(OsStr::to_str) {
            Some("html") => "=\"./",
            Some("js") => "from\"./",
            _ => continue,
        };
        let names = text.split(asks).skip(1);
        next.extend(names.filter_map(|rest| Some(folder.join(rest.split('"').next()?))));
    }
    Ok(seen)
}

fn brotli(content: &[u8]) -> Result<usize> {
    // Quality 11 with a window of 4 MiB: what static hosts store.
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    writer.write_all(content)?;
    Ok(writer.into_inner().len())
}
