//! What the page has, compared with what there is.

use crate::browser::Browser;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use xtask::project;

impl Browser {
    /// Ids of the exhibits of the page that is shown, in their order: every one
    /// that there is (`claims.json` lists them all, as a native test knows) stands
    /// on it.
    ///
    /// # Errors
    /// When one is missing or has no id.
    pub fn page_exhibits(&self) -> Result<Vec<String>> {
        let found = self.run(
            "return [...document.querySelectorAll('ntk-playground[data-page]')]
               .map((one) => [one.id, one.getAttribute('exhibit') ?? 'spectrum'])",
            &[],
        )?;
        let found: Vec<(String, String)> = serde_json::from_value(found)?;
        let file = project::root().join("www/claims.json");
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let listed: Value = serde_json::from_str(&text)?;
        let listed = listed["exhibits"]
            .as_array()
            .context("a list of exhibits")?;
        let listed: BTreeSet<&str> = listed
            .iter()
            .filter_map(|one| one["name"].as_str())
            .collect();
        let shown: BTreeSet<&str> = found.iter().map(|(_, name)| name.as_str()).collect();
        ensure!(shown == listed, "{shown:?} are not {listed:?}");
        ensure!(!shown.is_empty(), "there are exhibits");
        let without = found.iter().find(|(id, _)| id.is_empty());
        ensure!(without.is_none(), "an id of {}", json!(without));
        Ok(found.into_iter().map(|(id, _)| id).collect())
    }

    /// Ids of all elements of the page that is shown, the cards in its texts among
    /// them, which get one: at least of every exhibit that there is.
    ///
    /// # Errors
    /// Those of [`Browser::page_exhibits`].
    pub fn page_elements(&self) -> Result<Vec<String>> {
        self.page_exhibits()?;
        let ids = self.run(
            "await customElements.whenDefined('ntk-playground');
             return [...document.querySelectorAll('ntk-playground')].map((one, i) => (one.id ||= `card-${i}`));",
            &[],
        )?;
        Ok(serde_json::from_value(ids)?)
    }
}
