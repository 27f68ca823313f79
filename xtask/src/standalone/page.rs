//! The HTML of the page, with what it asks for in it.

use super::pages::Pages;
use super::read;
use anyhow::{Context, Result, bail, ensure};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use std::path::Path;

/// The name of the page.
const PAGE: &str = "index.html";

/// How the policy of the served page begins. In a single file everything is
/// inline, so another one stands in its place.
const SERVED: &str = "<meta http-equiv=\"Content-Security-Policy\"";

/// How a line is marked that only the site has.
pub(super) const SITE_ONLY: &str = "<a data-served ";

/// What the file may do: run what is in it, and ask for nothing else.
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; \
     style-src 'unsafe-inline'; img-src data:; connect-src data:; base-uri 'none'; form-action 'none'";

/// A page whose modules still have to be put in.
#[derive(Debug)]
pub struct Page {
    html: String,
    /// The modules that it starts, in order.
    pub modules: Vec<String>,
    /// The scripts that are no modules; they are in it already.
    pub classic: Vec<String>,
}

impl Page {
    /// Reads the page of a folder: styles, icon and classic scripts are put in,
    /// modules noted, and what only says what will be needed is left out.
    ///
    /// # Errors
    /// Names the tag that asks for something else.
    pub fn read(folder: &Path) -> Result<Page> {
        let first = read(folder, PAGE)?;
        let (head, _) = first
            .split_once("<body>\n")
            .with_context(|| format!("{PAGE} has no body"))?;
        let mut page = Page::of(head, |name| read(folder, name))?;
        page.push("<body>");
        page.html.push_str(&Pages::read(folder)?.bodies()?);
        page.html.push_str("</body>\n</html>\n");
        Ok(page)
    }

    fn of(html: &str, read: impl Fn(&str) -> Result<String>) -> Result<Page> {
        let mut page = Page {
            html: String::with_capacity(2 * html.len()),
            modules: Vec::new(),
            classic: Vec::new(),
        };
        for line in html.lines() {
            let tag = line.trim();
            if tag.starts_with(SERVED) {
                page.push(&format!("  {SERVED} content=\"{POLICY}\">"));
                continue;
            }
            // A link to a page that only the site has: here it would lead nowhere.
            if tag.contains(SITE_ONLY) {
                let end = tag.strip_suffix("</p>").map_or("", |_| "</p>");
                page.push(end);
                continue;
            }
            // It leads to pages that are all here.
            if tag.contains("src=\"./forward.js\"") {
                continue;
            }
            if !asks(tag) {
                page.push(line);
                continue;
            }
            let name = attribute(tag, "src").or_else(|| attribute(tag, "href"));
            let name = name.and_then(|address| address.strip_prefix("./"));
            let (Some(name), true) = (name, alone(tag)) else {
                bail!("{PAGE}: this cannot go into a single file: {tag}");
            };
            match (attribute(tag, "rel"), attribute(tag, "type")) {
                (Some("preload" | "modulepreload"), _) => {}
                (Some("stylesheet"), _) => {
                    let text = read(name)?;
                    ensure!(
                        !text.contains("url(") && !text.contains("@import"),
                        "{name} asks for another file"
                    );
                    page.push(&element("style", name, &text)?);
                }
                (Some("icon"), Some(kind)) => {
                    let picture = BASE64_STANDARD.encode(read(name)?);
                    page.push(&format!(
                        "  <link rel=\"icon\" href=\"data:{kind};base64,{picture}\" type=\"{kind}\">"
                    ));
                }
                (None, Some("module")) => page.modules.push(name.into()),
                (None, None) if tag.starts_with("<script") => {
                    page.push(&element("script", name, &read(name)?)?);
                    page.classic.push(name.into());
                }
                _ => bail!("{PAGE}: this cannot go into a single file: {tag}"),
            }
        }
        Ok(page)
    }

    fn push(&mut self, line: &str) {
        self.html.push_str(line);
        self.html.push('\n');
    }

    /// The whole page, with more elements at the end of its body: what is
    /// large comes after what is read.
    ///
    /// # Errors
    /// When the page has no end.
    pub fn with(&self, blocks: &str) -> Result<String> {
        let (start, end) = self
            .html
            .rsplit_once("</body>")
            .with_context(|| format!("{PAGE} has no </body>"))?;
        Ok(format!("{start}{blocks}</body>{end}"))
    }
}

/// Whether a line of HTML asks for a file.
fn asks(tag: &str) -> bool {
    tag.contains("<link") || tag.contains("<script") || tag.contains("=\"./")
}

/// Whether a line is a single tag, or a script with nothing in it.
fn alone(tag: &str) -> bool {
    let tag = tag.strip_suffix("></script>").or(tag.strip_suffix('>'));
    tag.is_some_and(|inner| inner.starts_with('<') && !inner[1..].contains(['<', '>']))
}

/// The value of an attribute in double quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0)
}

/// A text in an element that ends where it should.
pub fn element(tag: &str, name: &str, text: &str) -> Result<String> {
    ensure!(
        !text.contains("</") && !text.contains("<!--"),
        "{name} has markup in it, which would end the <{tag}>"
    );
    Ok(format!("<{tag}>\n{text}</{tag}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> Result<Page> {
        Page::of(html, |name| Ok(format!("text of {name}\n")))
    }

    #[test]
    fn what_a_page_asks_for_is_in_it() -> Result<()> {
        let html = "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"all\">\n<script src=\"./theme.js\"></script>\n\
            <link rel=\"stylesheet\" href=\"./page.css\">\n\
            <link rel=\"modulepreload\" href=\"./a.js\">\n\
            <script type=\"module\" src=\"./a.js\"></script>\n\
            <script type=\"module\" src=\"./b.js\"></script>\n\
            </head>\n<body>\n<a href=\"#b\">B</a>\n</body>\n";
        let page = page(html)?;
        assert_eq!(page.modules, ["a.js", "b.js"]);
        assert_eq!(page.classic, ["theme.js"]);
        let expected = format!(
            "<head>\n  {SERVED} content=\"{POLICY}\">\n<script>\ntext of theme.js\n</script>\n\
             <style>\ntext of page.css\n</style>\n\
             </head>\n<body>\n<a href=\"#b\">B</a>\nBLOCKS</body>\n"
        );
        assert_eq!(page.with("BLOCKS")?, expected);
        Ok(())
    }

    #[test]
    fn links_to_other_pages_of_the_site_are_left_out() -> Result<()> {
        let html = "<body>\n<p>Text.\n<a data-served href=\"about.html\">About</a></p>\n</body>\n";
        assert_eq!(page(html)?.with("")?, "<body>\n<p>Text.\n</p>\n</body>\n");
        Ok(())
    }

    #[test]
    fn what_has_no_place_is_named() {
        for line in [
            "<img src=\"./picture.png\">",
            "<a href=\"./other.html\">elsewhere</a>",
            "<script src=\"https://example.org/a.js\"></script>",
            "<script>inline()</script>",
            "<link rel=\"manifest\" href=\"./manifest.json\">",
        ] {
            let error = page(line).map_or_else(|error| error.to_string(), |_| String::new());
            assert!(error.contains(line), "{line}: {error}");
        }
        let markup = Page::of("<script src=\"./a.js\"></script>", |_| {
            Ok("\"</script>\"".into())
        });
        assert!(markup.is_err_and(|error| error.to_string().contains("a.js")));
    }
}
