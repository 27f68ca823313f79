//! The page without a network: a service worker that keeps a copy of its files, and the
//! manifest with which it is installed.
//!
//! Only our own pages register the worker, after they have loaded. It leaves the page for
//! frames alone, and what other sites load from here.

use super::share::{self, FRAME};
use super::site::{self, Contents};
use crate::project;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::fs;
use std::path::Path;

/// The worker, as it lies in the root of a site.
pub const WORKER: &str = "service-worker.js";
/// The manifest, which tells `page.js` that there is a worker.
const MANIFEST: &str = "site.webmanifest";
/// Icons by their width, in `www/`: `cargo xtask card` makes them.
pub const ICONS: [(&str, u32); 2] = [("icon-192.png", 192), ("icon-512.png", 512)];

/// Folders that no page shows.
const LEFT_OUT: [&str; 2] = [share::oembed::FOLDER, "standalone"];

const SOURCE: &str = include_str!("worker.js");

/// Adds worker and manifest to a written site.
///
/// # Errors
/// When a file cannot be read or written.
pub fn write(modules: &Path, to: &Path) -> Result<()> {
    let mut kept = Contents::new();
    for (name, content) in site::read(to)? {
        if !name.ends_with(".html") || name == FRAME {
            continue;
        }
        let page = with_manifest(std::str::from_utf8(&content)?).context(name.clone())?;
        project::save(to, &name, &page)?;
        // The first page has the address of the folder.
        let name = if name == "index.html" {
            String::new()
        } else {
            name
        };
        kept.insert(name, page.into_bytes());
    }
    for folder in folders(to)? {
        for (name, content) in site::read(&to.join(&folder))? {
            kept.insert(format!("{folder}/{name}"), content);
        }
    }
    for (name, _) in ICONS {
        let icon = modules.join(name);
        let icon = fs::read(&icon).with_context(|| format!("cannot read {}", icon.display()))?;
        project::save(to, name, icon)?;
    }
    project::save(to, MANIFEST, manifest()?)?;
    project::save(to, WORKER, worker(&kept)?)
}

/// The folders of a site whose files its pages show: of the version, and of pictures.
fn folders(site: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(site)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() && !LEFT_OUT.contains(&name.as_str()) {
            names.push(name);
        }
    }
    ensure!(!names.is_empty(), "the site has no folder of files");
    Ok(names)
}

/// The worker of these files.
fn worker(files: &Contents) -> Result<String> {
    let names: Vec<&String> = files.keys().collect();
    let digest = format!("{:016x}", site::digest(files));
    let text = super::scripts::shorten(SOURCE)?
        .replace("DIGEST", &digest)
        .replace("FILES", &serde_json::to_string(&names)?);
    Ok(text)
}

fn with_manifest(page: &str) -> Result<String> {
    ensure!(
        page.contains("manifest-src 'self'"),
        "the page's policy lacks manifest-src 'self'"
    );
    let tags = [
        format!("<link rel=\"manifest\" href=\"{MANIFEST}\">"),
        format!("<link rel=\"apple-touch-icon\" href=\"{}\">", ICONS[0].0),
    ];
    share::with_tags(page, &tags)
}

/// What a system asks of a page that it installs.
fn manifest() -> Result<String> {
    let png = |(name, size): (&str, u32)| json!({"src": name, "sizes": format!("{size}x{size}"), "type": "image/png"});
    let manifest = json!({
        "name": "ntk-playground",
        "short_name": "ntk-playground",
        "description": "A small network trains in the page while its tangent kernel is on the screen.",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fcfcfd",
        "theme_color": "#fcfcfd",
        "icons": ICONS.map(png),
    });
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_byte_of_any_file_is_another_worker() -> Result<()> {
        let files =
            |content: &str| Contents::from([("a.html".into(), content.as_bytes().to_vec())]);
        let one = worker(&files("1"))?;
        assert!(one.contains("[\"a.html\"]"), "{one}");
        assert!(!one.contains("DIGEST"), "{one}");
        assert_eq!(one, worker(&files("1"))?);
        assert_ne!(one, worker(&files("2"))?);
        Ok(())
    }
}
