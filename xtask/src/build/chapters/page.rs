//! The template of all pages, `index.html`, filled for one of them.

use super::markdown::{Rendered, escaped};
use super::{Book, Chapter, FIRST, navigation};
use crate::build::{ALL_EXHIBITS, FIRST_EXHIBIT};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;

/// What is around the first screen in the template.
const SCREEN: [&str; 2] = [
    "<!-- first screen -->\n",
    "<!-- end of the first screen -->\n",
];

/// The exhibit that the small engine has.
const SMALL: &str = "spectrum";

/// The template with what all pages share.
pub struct Template<'a> {
    book: &'a Book,
    before: String,
    screen: String,
    after: String,
}

/// What differs from page to page.
struct Filling<'a> {
    page: &'a str,
    title: String,
    description: &'a str,
    main: String,
    rendered: &'a Rendered,
}

impl<'a> Template<'a> {
    /// Reads the template.
    ///
    /// # Errors
    /// When it does not mark its first screen.
    pub fn new(text: &str, book: &'a Book) -> Result<Template<'a>> {
        // A table that a script looks up before anything is shown.
        let sections = book
            .sections
            .iter()
            .map(|(id, page)| (format!("#{id}"), page));
        let exhibits = book
            .exhibits
            .iter()
            .map(|(name, page)| (name.clone(), page));
        let pages: BTreeMap<String, &String> = sections.chain(exhibits).collect();
        let text = text
            .replace("{{pages}}", &escaped(&serde_json::to_string(&pages)?))
            .replace("{{documents}}\n", &navigation::footer(book));
        let parts = text.split_once(SCREEN[0]).and_then(|(before, rest)| {
            let (screen, after) = rest.split_once(SCREEN[1])?;
            Some((before.to_owned(), screen.to_owned(), after.to_owned()))
        });
        let (before, screen, after) = parts.context("index.html does not mark its first screen")?;
        Ok(Template {
            book,
            before,
            screen,
            after,
        })
    }

    /// The page of a chapter.
    ///
    /// # Errors
    /// When a place of the template stays empty.
    pub fn chapter(&self, chapter: &Chapter, rendered: &Rendered) -> Result<String> {
        let front = &chapter.front;
        let is_first = chapter.page == FIRST;
        let mut main = rendered.html.clone();
        main.push_str(&match is_first {
            true => navigation::contents(self.book),
            false => navigation::pager(self.book, &chapter.page),
        });
        self.fill(&Filling {
            page: &chapter.page,
            title: match is_first {
                true => "What a network learns, and what it only memorises".to_owned(),
                false => format!("{} · {}", escaped(&front.name), escaped(&front.question)),
            },
            description: &front.sentence,
            main,
            rendered,
        })
    }

    /// The page of a document.
    ///
    /// # Errors
    /// As [`Template::chapter`].
    pub fn document(&self, page: &str, rendered: &Rendered) -> Result<String> {
        let Rendered { title, html, .. } = rendered;
        self.fill(&Filling {
            page,
            title: format!("{title} · ntk-playground"),
            description: title,
            main: format!(
                "<section>\n<h1>{title}</h1>\n<div class=\"document\">\n{html}</div>\n</section>\n{}",
                navigation::pager(self.book, page)
            ),
            rendered,
        })
    }

    fn fill(&self, filling: &Filling<'_>) -> Result<String> {
        let Filling {
            page,
            title,
            description,
            main,
            rendered,
        } = filling;
        let is_first = *page == FIRST;
        let skip = match is_first {
            true => format!(
                "<a class=\"skip\" href=\"#{}\">Skip the exhibit</a>",
                rendered.sections[0]
            ),
            false => "<a class=\"skip\" href=\"#content\">Skip to the text</a>".to_owned(),
        };
        let screen = if is_first { &self.screen[..] } else { "" };
        let text = [&self.before, screen, "{{main}}", &self.after].concat();
        let filled = text
            .replace("{{here}}", page)
            .replace("{{title}}", title)
            .replace("{{description}}", &escaped(description))
            .replace(
                "  {{engine}}\n",
                &engine(&[screen, main].concat(), &rendered.exhibits),
            )
            .replace("{{skip}}", &skip)
            .replace("{{masthead}}\n", &navigation::masthead(self.book, page))
            .replace(
                "{{terms}}\n",
                &self
                    .book
                    .glossary
                    .windows(|name, id| rendered.terms.contains(name) || screen.contains(id)),
            );
        // Last, since a text may have such signs of its own.
        let (before, after) = filled
            .split_once("{{main}}")
            .context("no place for the text")?;
        for part in [before, after] {
            ensure!(
                !part.contains("{{"),
                "{page}: a place of the template is empty"
            );
        }
        Ok([before, main, after].concat())
    }
}

/// What a page with exhibits asks for at once.
fn engine(main: &str, exhibits: &[String]) -> String {
    if !main.contains("<ntk-") {
        return String::new();
    }
    let mut lines = String::new();
    if main.contains("<ntk-playground") {
        let is_small = exhibits.iter().all(|exhibit| exhibit == SMALL);
        let engine = if is_small {
            FIRST_EXHIBIT
        } else {
            ALL_EXHIBITS
        };
        lines = format!(
            "  <link rel=\"preload\" href=\"./{engine}_bg.wasm\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n  \
             <link rel=\"modulepreload\" href=\"./{engine}_instance.js\">\n"
        );
    }
    lines
        + "  <link rel=\"modulepreload\" href=\"./ntk-playground.js\">\n  \
           <link rel=\"modulepreload\" href=\"./theme-watch.js\">\n  \
           <script type=\"module\" src=\"./ntk-playground.js\"></script>\n"
}
