//! Where links of a text lead on the site.

use super::Book;

/// The links of one text.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    book: &'a Book,
    /// The page that the text is on.
    page: &'a str,
    /// What its anchors begin with: in the file of all pages each is there once.
    prefix: &'a str,
}

impl<'a> Links<'a> {
    /// The links of a text on a page.
    pub fn new(book: &'a Book, page: &'a str, prefix: &'a str) -> Links<'a> {
        Links { book, page, prefix }
    }

    /// An anchor of this text.
    pub fn anchor(&self, name: &str) -> String {
        match self.prefix {
            "" => name.to_owned(),
            prefix => format!("{prefix}-{name}"),
        }
    }

    /// The address of a link, if it leads to something that the site has or to
    /// another one.
    pub fn address(&self, to: &str) -> Option<String> {
        if to.starts_with("https://") {
            return Some(to.to_owned());
        }
        if let Some(anchor) = to.strip_prefix('#') {
            let page = self.book.sections.get(anchor);
            return Some(match page {
                Some(page) if page != self.page => format!("{page}#{anchor}"),
                Some(_) => to.to_owned(),
                None => format!("#{}", self.anchor(anchor)),
            });
        }
        let (file, anchor) = to.split_once('#').unwrap_or((to, ""));
        if file.ends_with(".html") {
            return Some(to.to_owned());
        }
        let name = file.rsplit('/').next()?.strip_suffix(".md")?;
        let document = self.book.document(name).ok()?;
        // CONTRIBUTING.md and the like lie elsewhere.
        let is_inside = file.starts_with("../docs/") || !file.contains('/');
        if !is_inside {
            return None;
        }
        Some(match anchor {
            "" => document.page.clone(),
            anchor => format!("{}#{name}-{anchor}", document.page),
        })
    }

    /// The title of the document that a link leads to.
    pub fn title(&self, to: &str) -> Option<String> {
        let file = to.split('#').next()?.rsplit('/').next()?;
        let document = self.book.document(file.strip_suffix(".md")?).ok()?;
        Some(document.title().to_owned())
    }

    /// The address of a run that a text gives as `?exhibit=...`, if it is a whole one.
    pub fn of_run(&self, code: &str) -> Option<String> {
        let query = code.strip_prefix('?')?;
        let in_link = |sign: char| sign.is_ascii_alphanumeric() || "=&._-".contains(sign);
        // A letter stands for the reader's own number.
        let is_whole =
            query.chars().all(in_link) && !query.split('&').any(|one| one.ends_with("=N"));
        let exhibit = query
            .split('&')
            .find_map(|one| one.strip_prefix("exhibit="));
        let page = self.book.exhibits.get(exhibit?)?;
        is_whole.then(|| format!("{page}?{query}"))
    }
}
