//! Every exhibit as editors of posts ask for it: its frame, by [oEmbed](https://oembed.com/).
//! A static site answers no query, so there is one file for each exhibit.

use super::{Base, CARD, CARD_SIZE, FRAME};
use crate::project;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;

/// The folder of the descriptions in a site.
pub const FOLDER: &str = "oembed";
/// The exhibit of an address that names none.
pub const FIRST: &str = "spectrum";
/// Width of the frame: a column of text.
pub const WIDTH: u32 = 640;

/// An exhibit, as the command line lists it.
#[derive(Debug, Deserialize)]
struct Exhibit {
    name: String,
    title: String,
    views: Vec<View>,
}

#[derive(Debug, Deserialize)]
struct View {
    name: String,
}

/// The description of an exhibit, by its place in a site.
pub fn file(exhibit: &str) -> String {
    format!("{FOLDER}/{exhibit}.json")
}

/// Writes the descriptions of all exhibits into a folder.
///
/// # Errors
/// When the exhibits cannot be listed.
pub fn write(base: &Base, to: &Path) -> Result<()> {
    for exhibit in exhibits()? {
        let text = serde_json::to_string_pretty(&description(base, &exhibit))? + "\n";
        project::save(to, &format!("{}.json", exhibit.name), text)?;
    }
    Ok(())
}

fn exhibits() -> Result<Vec<Exhibit>> {
    let output = project::cargo(["run", "--quiet", "--package", "ntk-playground", "--"])
        .args(["list", "--json"])
        .output()
        .context("cannot start cargo")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("the exhibits cannot be listed: {said}");
    }
    serde_json::from_slice(&output.stdout).context("the list of exhibits")
}

fn description(base: &Base, exhibit: &Exhibit) -> Value {
    let Exhibit { name, title, views } = exhibit;
    let [thumbnail_width, thumbnail_height] = CARD_SIZE;
    // Two views of equal width stand beside each other in a column of text.
    let shown: Vec<&str> = views
        .iter()
        .take(2)
        .map(|view| view.name.as_str())
        .collect();
    let address = base.file(&format!(
        "{FRAME}?exhibit={name}&amp;views={}&amp;controls=none",
        shown.join("+")
    ));
    let height = HEIGHT;
    let frame = format!(
        "<iframe src=\"{address}\" title=\"ntk-playground: {name}\" width=\"{WIDTH}\" height=\"{height}\" \
         frameborder=\"0\" allow=\"fullscreen; clipboard-write\" loading=\"lazy\"></iframe>"
    );
    json!({
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "ntk-playground",
        "provider_url": base.page("index.html"),
        "html": frame,
        "width": WIDTH,
        "height": height,
        "thumbnail_url": base.file(CARD),
        "thumbnail_width": thumbnail_width,
        "thumbnail_height": thumbnail_height,
    })
}

/// Height of the frame with two views and no controls, where it is highest.
pub const HEIGHT: u32 = 420;
