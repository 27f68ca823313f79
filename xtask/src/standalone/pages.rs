//! The pages of the site as parts of one document, of which a script shows one.

use super::page::SITE_ONLY;
use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// The page that is shown first.
const FIRST: &str = "index";
/// Pages that are no part of the document: the one that others frame, and the one about
/// the site, to which the document has no link.
const LEFT_OUT: [&str; 2] = ["embed", "about"];
/// How the line of a term's meaning begins. Many pages have the same.
const MEANING: &str = "<div class=\"meaning\"";

/// Pages by name, without their ending.
pub struct Pages {
    pages: BTreeMap<String, String>,
    pictures: BTreeMap<String, String>,
}

impl Pages {
    /// Reads the pages of a folder, and their pictures.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn read(folder: &Path) -> Result<Pages> {
        let names = |folder: &Path, ending: &str| -> Result<BTreeMap<String, String>> {
            let entries = std::fs::read_dir(folder)
                .with_context(|| format!("cannot read {}", folder.display()))?;
            let mut files = BTreeMap::new();
            for entry in entries {
                let path = entry?.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                if let Some(name) = name.strip_suffix(ending) {
                    let text = std::fs::read_to_string(&path)
                        .with_context(|| format!("cannot read {}", path.display()))?;
                    files.insert(name.to_owned(), text);
                }
            }
            Ok(files)
        };
        let mut pages = names(folder, ".html")?;
        for name in LEFT_OUT {
            pages.remove(name);
        }
        let pictures = names(&folder.join("pictures"), ".svg")?;
        Ok(Pages { pages, pictures })
    }

    /// The bodies of all pages, the first in front.
    ///
    /// # Errors
    /// Names the page that is not as the others.
    pub fn bodies(&self) -> Result<String> {
        let mut out = String::new();
        let mut meanings = BTreeSet::new();
        let others = self.pages.iter().filter(|(name, _)| *name != FIRST);
        for (name, page) in self.pages.get_key_value(FIRST).into_iter().chain(others) {
            let part = |from: &str, to: &str| Some(page.split_once(from)?.1.split_once(to)?.0);
            let (title, body) = part("<title>", "</title>")
                .zip(part("<body>\n", "</body>"))
                .with_context(|| format!("{name}.html has no title or no body"))?;
            let hidden = if name == FIRST { "" } else { " hidden" };
            let _ = writeln!(
                out,
                "<div class=\"page\" id=\"page-{name}\" data-title=\"{title}\"{hidden}>"
            );
            for line in body.lines() {
                if line.starts_with(MEANING) {
                    meanings.insert(line);
                    continue;
                }
                // A page that only the site has: here a link would lead nowhere.
                if line.contains(SITE_ONLY) {
                    out.push_str(line.trim().strip_suffix("</p>").map_or("", |_| "</p>\n"));
                    continue;
                }
                // The archive of the source lies beside the site alone.
                if let Some(words) = archive(line) {
                    let _ = writeln!(out, "<span>{words}</span>");
                    continue;
                }
                let line = line
                    .replace("id=\"content\"", &format!("id=\"content-{name}\""))
                    .replace("href=\"#content\"", &format!("href=\"#content-{name}\""));
                out.push_str(&self.inside(&line));
                out.push('\n');
            }
            out.push_str("</div>\n");
        }
        for meaning in meanings {
            out.push_str(meaning);
            out.push('\n');
        }
        Ok(out)
    }

    /// A line with pictures in it, and with links that stay in the document.
    fn inside(&self, line: &str) -> String {
        let mut out = String::with_capacity(line.len());
        let mut rest = line;
        while let Some((before, attribute, value, after)) = address(rest) {
            out.push_str(before);
            out.push_str(&match attribute {
                "data-src" => format!("data-src=\"{}\"", self.picture(value)),
                _ => format!("href=\"{}\"", self.link(value)),
            });
            rest = after;
        }
        out.push_str(rest);
        out
    }

    fn picture(&self, address: &str) -> String {
        let name = address
            .strip_prefix("pictures/")
            .and_then(|name| name.strip_suffix(".svg"));
        match name.and_then(|name| self.pictures.get(name)) {
            Some(text) => format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(text)),
            None => address.to_owned(),
        }
    }

    fn link(&self, address: &str) -> String {
        let (path, anchor) = match address.split_once('#') {
            Some((path, anchor)) => (path, format!("#{anchor}")),
            None => (address, String::new()),
        };
        let (file, query) = path.split_once('?').unwrap_or((path, ""));
        let Some(name) = file
            .strip_suffix(".html")
            .filter(|name| self.pages.contains_key(*name))
        else {
            return address.to_owned();
        };
        match (query, &anchor[..]) {
            ("", "") => format!("#page-{name}"),
            ("", anchor) => anchor.to_owned(),
            (query, anchor) => format!("?{query}{anchor}"),
        }
    }
}

/// The words of a link to the archive of the source.
fn archive(line: &str) -> Option<&str> {
    let (_, words) = line.split_once(".tar.gz\" download>")?;
    words.strip_suffix("</a>")
}

/// The first address in a line: what is before it, its attribute, itself, what follows.
fn address(line: &str) -> Option<(&str, &str, &str, &str)> {
    let found =
        ["data-src", "href"].map(|name| line.find(&format!(" {name}=\"")).map(|at| (at, name)));
    let (at, name) = found.into_iter().flatten().min()?;
    let from = at + 1 + name.len() + 2;
    let to = from + line[from..].find('"')?;
    Some((&line[..=at], name, &line[from..to], &line[to + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(texts: &[(&str, &str)]) -> Pages {
        let page = |text: &str| format!("<head><title>T</title></head>\n<body>\n{text}\n</body>\n");
        let map = |(name, text): &(&str, &str)| ((*name).to_owned(), page(text));
        Pages {
            pages: texts.iter().map(map).collect(),
            pictures: [("p".to_owned(), "<svg/>".to_owned())].into(),
        }
    }

    #[test]
    fn links_and_pictures_stay_in_the_document() -> Result<()> {
        let link = "<p><a href=\"b.html\">b</a> <a href=\"b.html#x\">x</a> <a href=\"b.html?k=1\">k</a> \
            <a href=\"https://c.d/b.html\">c</a> <a class=\"q\" href=\"index.html\">i</a></p>";
        let other = "<main id=\"content\"><img data-src=\"pictures/p.svg\"></main>\n<div class=\"meaning\" id=\"t\">m</div>";
        let bodies = pages(&[
            ("b", other),
            (
                "index",
                &format!("{link}\n<div class=\"meaning\" id=\"t\">m</div>"),
            ),
        ])
        .bodies()?;
        let expected = "<div class=\"page\" id=\"page-index\" data-title=\"T\">\n\
            <p><a href=\"#page-b\">b</a> <a href=\"#x\">x</a> <a href=\"?k=1\">k</a> \
            <a href=\"https://c.d/b.html\">c</a> <a class=\"q\" href=\"#page-index\">i</a></p>\n</div>\n\
            <div class=\"page\" id=\"page-b\" data-title=\"T\" hidden>\n\
            <main id=\"content-b\"><img data-src=\"data:image/svg+xml;base64,PHN2Zy8+\"></main>\n</div>\n\
            <div class=\"meaning\" id=\"t\">m</div>\n";
        assert_eq!(bodies, expected);
        Ok(())
    }
}
