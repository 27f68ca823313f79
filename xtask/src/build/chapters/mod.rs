//! The chapters, `chapters/*.md`, and the documents, `docs/*.md`, as pages.
//!
//! `index.html` is the template of all of them: its first screen and the first
//! chapter are the first page, and on every other page the chapter stands in place of
//! the first screen. What a page says in more than one place (the menu, the contents,
//! the neighbours, where old links lead) comes from the heads of the chapters.

mod directives;
mod front;
mod glossary;
mod links;
mod markdown;
mod navigation;
mod page;
pub(crate) mod pictures;
mod source;
#[cfg(test)]
mod tests;
mod verdicts;

use super::tex::Formulas;
use super::version;
use anyhow::{Context, Result, ensure};
use front::Front;
use glossary::Glossary;
use links::Links;
use markdown::{Rendered, Renderer, escaped};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The first page.
pub const FIRST: &str = "index.html";
/// What stands in the place of an exhibit that does not start.
pub(crate) const FALLBACK: &str = "<p class=\"fallback late\">This exhibit has not started. Reload the page; it needs Chrome or Edge 96, Firefox 101, Safari 16.4, or a later one.</p>";

/// All texts of the site.
pub struct Book {
    chapters: Vec<Chapter>,
    documents: Vec<Document>,
    glossary: Glossary,
    formulas: Formulas,
    /// The page of every exhibit.
    exhibits: BTreeMap<String, String>,
    /// The page of every section.
    sections: BTreeMap<String, String>,
    /// The commit of this build.
    commit: String,
}

/// A chapter.
struct Chapter {
    front: Front,
    text: String,
    /// The name of its page.
    page: String,
}

/// A document.
struct Document {
    name: String,
    text: String,
    page: String,
}

/// Writes all pages, their pictures and the source.
///
/// # Errors
/// Names the file, and what is wrong in it.
pub fn write(root: &Path, to: &Path) -> Result<()> {
    let book = Book::read(root)?;
    let template = version::fill(&read(&root.join(FIRST))?);
    let template = page::Template::new(&template, &book)?;
    let rendered = book.chapters()?;
    for (chapter, rendered) in book.chapters.iter().zip(&rendered) {
        let page = template.chapter(chapter, rendered)?;
        fs::write(to.join(&chapter.page), page)?;
    }
    for document in book.shown_documents() {
        let links = Links::new(&book, &document.page, &document.name);
        let rendered = Renderer::new(&book, links)
            .document(&document.text)
            .with_context(|| format!("docs/{}.md", document.name))?;
        let page = template.document(&document.page, &rendered)?;
        fs::write(to.join(&document.page), page)?;
    }
    for (name, title, html) in [
        (navigation::GLOSSARY, "Glossary", book.glossary.list()),
        (
            navigation::DOCUMENTS,
            "Documents",
            navigation::documents(&book),
        ),
    ] {
        let rendered = Rendered {
            html,
            title: title.to_owned(),
            ..Rendered::default()
        };
        fs::write(to.join(name), template.document(name, &rendered)?)?;
    }
    let fronts: Vec<(&str, &str)> = book
        .chapters
        .iter()
        .map(|chapter| (chapter.stem(), &chapter.front.picture[..]))
        .collect();
    pictures::write(root, &fronts, &to.join(pictures::FOLDER))?;
    source::write(root, &book.commit, to)
}

impl Book {
    /// Reads chapters, documents and glossary.
    fn read(root: &Path) -> Result<Book> {
        let mut chapters = Vec::new();
        for name in names(&root.join("chapters"))? {
            // The others have no number.
            let Some((_, stem)) = name.split_once('-') else {
                continue;
            };
            let file = read(&root.join("chapters").join(format!("{name}.md")))?;
            let (front, text) =
                Front::split(&file).with_context(|| format!("chapters/{name}.md"))?;
            let page = match chapters.is_empty() {
                true => FIRST.to_owned(),
                false => format!("{stem}.html"),
            };
            let text = text.to_owned();
            chapters.push(Chapter { front, text, page });
        }
        ensure!(chapters.len() > 1, "chapters/ has no chapters");
        let mut documents = Vec::new();
        for name in names(&root.join("docs"))? {
            let text = read(&root.join("docs").join(format!("{name}.md")))?;
            let directive = format!("```document {name}\n");
            let inside = chapters
                .iter()
                .find(|chapter| chapter.text.contains(&directive));
            let page = inside.map_or(format!("doc-{name}.html"), |chapter| chapter.page.clone());
            documents.push(Document { name, text, page });
        }
        let formulas = Formulas::new()?;
        let glossary = Glossary::read(&read(&root.join("chapters/glossary.md"))?, &formulas)
            .context("chapters/glossary.md")?;
        let mut book = Book {
            chapters,
            documents,
            glossary,
            formulas,
            exhibits: BTreeMap::new(),
            sections: BTreeMap::new(),
            commit: source::commit(root)?,
        };
        // Links need to know where everything is: a first pass finds that.
        let rendered = book.chapters()?;
        for (chapter, rendered) in book.chapters.iter().zip(rendered) {
            for exhibit in rendered.exhibits {
                book.sections.insert(exhibit.clone(), chapter.page.clone());
                book.exhibits.insert(exhibit, chapter.page.clone());
            }
            for section in rendered.sections {
                book.sections.insert(section, chapter.page.clone());
            }
        }
        book.sections
            .insert(navigation::CONTENTS.into(), FIRST.into());
        Ok(book)
    }

    fn chapters(&self) -> Result<Vec<Rendered>> {
        let render = |chapter: &Chapter| {
            let links = Links::new(self, &chapter.page, chapter.stem());
            let front = &chapter.front;
            let is_first = chapter.page == FIRST;
            let head = navigation::head(front, if is_first { "h2" } else { "h1" });
            Renderer::new(self, links)
                .chapter(
                    &chapter.text,
                    &front.section,
                    &head,
                    front.exhibit.as_deref(),
                )
                .with_context(|| format!("the chapter {}", front.name))
        };
        self.chapters.iter().map(render).collect()
    }

    fn document(&self, name: &str) -> Result<&Document> {
        self.documents
            .iter()
            .find(|document| document.name == name)
            .with_context(|| format!("there is no docs/{name}.md"))
    }

    /// The documents with a page of their own.
    fn shown_documents(&self) -> impl Iterator<Item = &Document> {
        let is_own = |document: &&Document| document.page.starts_with("doc-");
        self.documents.iter().filter(is_own)
    }
}

impl Chapter {
    /// The name of its page without the ending; of the first one, that of its section.
    fn stem(&self) -> &str {
        match self.page == FIRST {
            true => &self.front.section,
            false => self.page.trim_end_matches(".html"),
        }
    }
}

impl Document {
    /// The title of the first order.
    fn title(&self) -> &str {
        let title = self.text.lines().find_map(|line| line.strip_prefix("# "));
        title.unwrap_or(&self.name)
    }
}

/// The Markdown files of a folder, without their ending, in order.
fn names(folder: &Path) -> Result<Vec<String>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".md").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
