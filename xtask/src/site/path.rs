//! From the path of an address to a file inside a folder, and never outside.

use percent_encoding::percent_decode_str;
use std::path::{Path, PathBuf};

/// The file that a path (without its first `/`) means; a path that ends with
/// `/` means its `index.html`.
pub fn file(root: &Path, path: &str) -> Option<PathBuf> {
    let mut path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    let mut file = root.to_path_buf();
    for part in path.split('/') {
        // Besides the folder above: drive letters and the other separator,
        // which mean something on Windows.
        let plain =
            !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']);
        file.push(plain.then_some(part)?);
    }
    // A link inside the folder may still lead out of it.
    let real = file.canonicalize().ok()?;
    real.starts_with(root.canonicalize().ok()?).then_some(real)
}
