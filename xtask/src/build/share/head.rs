//! Tags in the head of a page: [Open Graph](https://ogp.me/), the card, the canonical
//! address, and where the description of its exhibit is.

use super::{Base, CARD, CARD_SIZE, FRAME, oembed};
use anyhow::{Context, Result};

/// What is known of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About<'a> {
    /// Name of its file.
    pub name: &'a str,
    /// Its title, as markup.
    pub title: &'a str,
    /// Its description, as markup.
    pub description: &'a str,
    /// The exhibit that it shows first.
    pub exhibit: Option<&'a str>,
}

impl<'a> About<'a> {
    /// Reads a page.
    ///
    /// # Errors
    /// When it lacks title or description.
    pub fn read(name: &'a str, page: &'a str) -> Result<About<'a>> {
        let between = |start: &str, end: &str| Some(page.split_once(start)?.1.split_once(end)?.0);
        let exhibit = between("<ntk-playground", ">").and_then(|tag| {
            let (_, rest) = tag.split_once(" exhibit=\"")?;
            Some(rest.split_once('"')?.0)
        });
        let description = between("<meta name=\"description\" content=\"", "\"");
        Ok(About {
            name,
            title: between("<title>", "</title>").context("the page has no title")?,
            description: description.context("the page has no description")?,
            exhibit: exhibit.or((name == FRAME).then_some(oembed::FIRST)),
        })
    }
}

/// The tags of a page that it does not have itself.
pub fn tags(about: &About, page: &str, base: Option<&Base>) -> Vec<String> {
    let mut tags = Vec::new();
    let mut meta = |kind: &str, name: &str, content: &str| {
        let start = format!("<meta {kind}=\"{name}\" content=\"");
        if !page.contains(&start) {
            tags.push(format!("{start}{content}\">"));
        }
    };
    meta("property", "og:type", "website");
    meta("property", "og:site_name", "ntk-playground");
    meta("property", "og:title", about.title);
    meta("property", "og:description", about.description);
    let Some(base) = base else {
        return tags;
    };
    let [width, height] = CARD_SIZE.map(|size| size.to_string());
    meta("property", "og:url", &base.page(about.name));
    meta("property", "og:image", &base.file(CARD));
    meta("property", "og:image:width", &width);
    meta("property", "og:image:height", &height);
    meta("property", "og:image:alt", CARD_ALT);
    meta("name", "twitter:card", "summary_large_image");
    if about.name != FRAME {
        tags.push(format!(
            "<link rel=\"canonical\" href=\"{}\">",
            base.page(about.name)
        ));
    }
    if let Some(exhibit) = about.exhibit {
        tags.push(format!(
            "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"{}\" title=\"ntk-playground: {exhibit}\">",
            base.file(&oembed::file(exhibit))
        ));
    }
    tags
}

/// What the card shows, for those who do not see it.
const CARD_ALT: &str = "A network fits noisy data; the gap to the true function is its test error";

/// A page with more tags at the end of its head.
///
/// # Errors
/// When it has no head.
pub fn with(page: &str, tags: &[String]) -> Result<String> {
    let (head, body) = page.split_once("</head>").context("the page has no head")?;
    let tags: String = tags.iter().map(|tag| format!("  {tag}\n")).collect();
    Ok(format!("{head}{tags}</head>{body}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><title>A &amp; b</title><meta name=\"description\" content=\"C\">\n</head>\
        <ntk-playground id=\"x\" data-page exhibit=\"channel\"></ntk-playground>";

    #[test]
    fn a_page_says_what_it_is_about() -> Result<()> {
        let about = About::read("x.html", PAGE)?;
        let expected = About {
            name: "x.html",
            title: "A &amp; b",
            description: "C",
            exhibit: Some("channel"),
        };
        assert_eq!(about, expected);
        let bare = About::read("x.html", "<title>A</title>");
        assert!(bare.is_err_and(|error| error.to_string().contains("description")));
        Ok(())
    }

    #[test]
    fn addresses_are_written_only_where_they_are_known() -> Result<()> {
        let about = About::read("x.html", PAGE)?;
        let without = tags(&about, PAGE, None).join("");
        assert!(
            without.contains("og:title") && !without.contains("http"),
            "{without}"
        );
        let base = Base::read("https://example.org/y/")?;
        let page = with(PAGE, &tags(&about, PAGE, Some(&base)))?;
        for part in [
            "<link rel=\"canonical\" href=\"https://example.org/y/x.html\">\n",
            "content=\"https://example.org/y/card.png\">\n",
            "href=\"https://example.org/y/oembed/channel.json\"",
            "</head><ntk-playground",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        Ok(())
    }

    #[test]
    fn what_a_page_says_itself_is_not_said_again() -> Result<()> {
        let page = PAGE.replace(
            "</head>",
            "<meta property=\"og:title\" content=\"D\"></head>",
        );
        let about = About::read("x.html", &page)?;
        assert!(!tags(&about, &page, None).join("").contains("og:title"));
        Ok(())
    }
}
