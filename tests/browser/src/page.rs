//! The pages of the built site, compared with what there is.

use crate::browser::Browser;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeSet;
use xtask::project;

/// A chapter as it was built.
#[derive(Debug, Clone)]
pub struct Page {
    /// The name of its file.
    pub file: String,
    /// Ids of its exhibits, which are their names, in order.
    pub exhibits: Vec<String>,
}

/// All chapters in the order of the menu. Every exhibit that there is (`claims.json`
/// lists them all, as a native test knows) stands on one of them.
///
/// # Errors
/// When one is missing, or there is no built site.
pub fn chapters() -> Result<Vec<Page>> {
    let dist = project::dist();
    let read = |file: &str| {
        std::fs::read_to_string(dist.join(file))
            .with_context(|| format!("there is no dist/{file}: run `cargo xtask build` first"))
    };
    let first = read("index.html")?;
    let menu = first
        .split_once("<details class=\"menu\">")
        .and_then(|(_, rest)| rest.split_once("</details>"));
    let (menu, _) = menu.context("there is no menu")?;
    let mut pages = Vec::new();
    for item in menu.split("<a href=\"").skip(1) {
        let (file, _) = item.split_once('"').context("an address")?;
        let text = read(file)?;
        let exhibits = text
            .split("<ntk-playground id=\"")
            .skip(1)
            .filter_map(|tag| Some(tag.split_once("\" data-page exhibit=\"")?.0.to_owned()));
        pages.push(Page {
            file: file.to_owned(),
            exhibits: exhibits.collect(),
        });
    }
    let listed: Value = serde_json::from_str(&std::fs::read_to_string(
        project::root().join("www/claims.json"),
    )?)?;
    let listed = listed["exhibits"]
        .as_array()
        .context("a list of exhibits")?;
    let listed: BTreeSet<&str> = listed
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    let shown = pages.iter().flat_map(|page| &page.exhibits);
    let count = shown.clone().count();
    let shown: BTreeSet<&str> = shown.map(String::as_str).collect();
    ensure!(shown == listed, "{shown:?} are not {listed:?}");
    ensure!(shown.len() == count, "an exhibit stands twice");
    Ok(pages)
}

/// Every page of the site that is no frame for others: chapters, documents, glossary.
///
/// # Errors
/// When there is no built site.
pub fn all_pages() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(project::dist()).context("there is no built site")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".html") && name != "embed.html" {
            names.push(name);
        }
    }
    names.sort();
    ensure!(names.len() > chapters()?.len(), "{names:?}");
    Ok(names)
}

impl Browser {
    /// Ids of all elements of the page that is shown, the cards in its texts among
    /// them, which get one.
    ///
    /// # Errors
    /// When the page cannot be asked.
    pub fn page_elements(&self) -> Result<Vec<String>> {
        let ids = self.run(
            // A page without an exhibit loads no engine.
            "if (!document.querySelector('ntk-playground')) return [];
             await customElements.whenDefined('ntk-playground');
             return [...document.querySelectorAll('ntk-playground')].map((one, i) => (one.id ||= `card-${i}`));",
            &[],
        )?;
        Ok(serde_json::from_value(ids)?)
    }
}
