//! What search engines, social networks and editors ask of the site: tags in the head of
//! every page, a card, a site map, and for every exhibit a description in
//! [oEmbed](https://oembed.com/).
//!
//! Most of it wants whole addresses. Where the site will lie is known to whoever builds
//! it for a server: [`BASE_URL`] says it. Without it only what needs no address is
//! written.

mod base;
mod head;
pub mod oembed;

pub use base::{BASE_URL, Base};
pub(super) use head::with as with_tags;

use super::site;
use crate::project;
use anyhow::{Context, Result};
use head::About;
use std::path::Path;

/// The picture of a link to any page, in `www/`: `cargo xtask card` makes it.
pub const CARD: &str = "card.png";
/// Width and height of it, as social networks ask for.
pub const CARD_SIZE: [u32; 2] = [1200, 630];
/// The page for frames, which is no page of its own to search engines.
pub(super) const FRAME: &str = "embed.html";

/// Adds to a written site what is for sharing it.
///
/// # Errors
/// When a page has no title or no description, or the address is none.
pub(super) fn write(modules: &Path, to: &Path) -> Result<()> {
    let base = Base::configured()?;
    let files = site::read(to)?;
    let pages = files.iter().filter(|(name, _)| name.ends_with(".html"));
    let mut listed = Vec::new();
    for (name, content) in pages {
        let page = std::str::from_utf8(content)?;
        let about = About::read(name, page).with_context(|| name.clone())?;
        let tags = head::tags(&about, page, base.as_ref());
        project::save(to, name, head::with(page, &tags)?)?;
        listed.push(name.as_str());
    }
    let Some(base) = base else {
        return Ok(());
    };
    let card = modules.join(CARD);
    let card = std::fs::read(&card).with_context(|| format!("cannot read {}", card.display()))?;
    project::save(to, CARD, card)?;
    project::save(to, "sitemap.xml", sitemap(&base, &listed))?;
    oembed::write(&base, &to.join(oembed::FOLDER))
}

/// The pages for search engines (<https://www.sitemaps.org/protocol.html>).
fn sitemap(base: &Base, pages: &[&str]) -> String {
    let entries: String = pages
        .iter()
        .filter(|name| **name != FRAME)
        .map(|name| format!("  <url><loc>{}</loc></url>\n", base.page(name)))
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{entries}</urlset>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_lists_pages_by_their_whole_address() -> Result<()> {
        let base = Base::read("https://example.org/ntk/")?;
        let map = sitemap(&base, &["index.html", "about.html", FRAME]);
        for address in [
            "https://example.org/ntk/",
            "https://example.org/ntk/about.html",
        ] {
            assert!(map.contains(&format!("<loc>{address}</loc>")), "{map}");
        }
        assert!(!map.contains(FRAME), "{map}");
        Ok(())
    }

    #[test]
    fn the_card_has_the_size_that_is_asked_for() -> Result<()> {
        let card = std::fs::read(project::root().join("www").join(CARD))?;
        assert_eq!(&card[1..4], b"PNG");
        // The first chunk of a PNG begins with width and height.
        let number =
            |at: usize| u32::from_be_bytes(card[at..at + 4].try_into().unwrap_or_default());
        assert_eq!([number(16), number(20)], CARD_SIZE);
        assert!(card.len() < 300_000, "networks skip what is large");
        Ok(())
    }
}
