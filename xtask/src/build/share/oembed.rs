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

/// Height of the frame: that of two views without controls, where it is highest.
pub const HEIGHT: u32 = 249;

/// An exhibit, as the command line lists it.
#[derive(Debug, Deserialize)]
pub struct Exhibit {
    name: String,
    title: String,
    views: Vec<View>,
}

#[derive(Debug, Deserialize)]
struct View {
    name: String,
}

impl Exhibit {
    /// All of them.
    ///
    /// # Errors
    /// When they cannot be listed.
    pub fn all() -> Result<Vec<Exhibit>> {
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

    /// The address of its frame in a site: its first two views, which fit a column.
    pub fn frame(&self) -> String {
        let views = self.views.iter().take(2).map(|view| view.name.as_str());
        let views = views.collect::<Vec<_>>().join("+");
        format!("{FRAME}?exhibit={}&views={views}&controls=none", self.name)
    }

    fn description(&self, base: &Base) -> Value {
        let Exhibit { name, title, .. } = self;
        let [thumbnail_width, thumbnail_height] = CARD_SIZE;
        let address = base.file(&self.frame()).replace('&', "&amp;");
        let frame = format!(
            "<iframe src=\"{address}\" title=\"ntk-playground: {name}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
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
            "height": HEIGHT,
            "thumbnail_url": base.file(CARD),
            "thumbnail_width": thumbnail_width,
            "thumbnail_height": thumbnail_height,
        })
    }
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
    for exhibit in Exhibit::all()? {
        let text = serde_json::to_string_pretty(&exhibit.description(base))? + "\n";
        project::save(to, &format!("{}.json", exhibit.name), text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_holds_a_frame_with_whole_addresses() -> Result<()> {
        let listed = json!({"name": "x", "title": "X", "views": [{"name": "a"}, {"name": "b"}, {"name": "c"}]});
        let exhibit: Exhibit = serde_json::from_value(listed)?;
        let described = exhibit.description(&Base::read("https://example.org/y")?);
        let html = described["html"].as_str().unwrap_or_default();
        let address =
            "src=\"https://example.org/y/embed.html?exhibit=x&amp;views=a+b&amp;controls=none\"";
        assert!(html.contains(address), "{html}");
        for field in ["version", "type", "html", "width", "height"] {
            assert!(
                !described[field].is_null(),
                "{field}, which oEmbed requires"
            );
        }
        Ok(())
    }
}
