//! The ways between pages: menu, contents, neighbours, footer.

use super::front::Front;
use super::{Book, Chapter, FIRST, escaped, pictures, source};
use std::fmt::Write as _;

/// The id of the list of chapters on the first page.
pub const CONTENTS: &str = "contents";
/// The page of all terms.
pub const GLOSSARY: &str = "glossary.html";
/// The page that lists the documents.
pub const DOCUMENTS: &str = "docs.html";

/// The first lines of a chapter.
pub fn head(front: &Front, heading: &str) -> String {
    let Front {
        number,
        name,
        question,
        sentence,
        ..
    } = front;
    let question = escaped(question);
    match heading {
        // The masthead has number and name.
        "h1" => format!(
            "<h1>{question}</h1>\n<p class=\"lede\">{}</p>\n",
            escaped(sentence)
        ),
        _ => format!(
            "<p class=\"place\">{number} · {}</p>\n<{heading}>{question}</{heading}>\n",
            escaped(name)
        ),
    }
}

/// The masthead: home, contents, neighbours, the menu of all chapters, themes.
pub fn masthead(book: &Book, page: &str) -> String {
    let at = book
        .chapters
        .iter()
        .position(|chapter| chapter.page == page);
    let here = at.map(|at| &book.chapters[at]);
    let mut items = String::new();
    for chapter in &book.chapters {
        let current = match chapter.page == page {
            true => " aria-current=\"page\"",
            false => "",
        };
        let _ = writeln!(
            items,
            "<li><a href=\"{}\"{current}><span>{}</span> {}</a></li>",
            chapter.page,
            chapter.front.number,
            escaped(&chapter.front.name)
        );
    }
    let label = here.map_or("Chapters".to_owned(), |chapter| {
        let Front { number, name, .. } = &chapter.front;
        format!("<span>{number}</span> {}", escaped(name))
    });
    let contents = match page == FIRST {
        true => format!("#{CONTENTS}"),
        false => format!("{FIRST}#{CONTENTS}"),
    };
    let step = |to: Option<&Chapter>, rel: &str, word: &str, sign: &str| match to {
        Some(to) => format!(
            "<a class=\"step\" rel=\"{rel}\" href=\"{}\" aria-label=\"{word}: {}\">{sign}</a>\n",
            to.page,
            escaped(&to.front.name)
        ),
        None => format!("<span class=\"step\" aria-hidden=\"true\">{sign}</span>\n"),
    };
    let (previous, next) = neighbours(book, page);
    format!(
        "<header class=\"masthead\">\n<a class=\"brand\" href=\"{FIRST}\">ntk-playground</a>\n\
         <nav class=\"way\" aria-label=\"Chapters\">\n<a class=\"to-contents\" href=\"{contents}\">Contents</a>\n{}\
         <details class=\"menu\">\n<summary>{label}</summary>\n<ol>\n{items}</ol>\n</details>\n{}</nav>\n\
         <div class=\"themes\" role=\"group\" aria-label=\"Theme\">\n\
         <button type=\"button\" value=\"light\">Light</button>\n\
         <button type=\"button\" value=\"dark\">Dark</button>\n\
         <button type=\"button\" value=\"projector\">Projector</button>\n</div>\n</header>\n",
        step(previous, "prev", "Previous", "‹"),
        step(next, "next", "Next", "›"),
    )
}

/// The chapters before and after a page.
fn neighbours<'a>(book: &'a Book, page: &str) -> (Option<&'a Chapter>, Option<&'a Chapter>) {
    let at = book
        .chapters
        .iter()
        .position(|chapter| chapter.page == page);
    let near = |at: Option<usize>| at.and_then(|at| book.chapters.get(at));
    (
        near(at.and_then(|at| at.checked_sub(1))),
        near(at.map(|at| at + 1)),
    )
}

/// The end of a chapter: where one goes from here.
pub fn pager(book: &Book, page: &str) -> String {
    let (previous, next) = neighbours(book, page);
    let link = |to: Option<&Chapter>, rel: &str, word: &str| match to {
        Some(Chapter { front, page, .. }) => format!(
            "<a rel=\"{rel}\" href=\"{page}\"><span>{word}: {} · {}</span>{}</a>\n",
            front.number,
            escaped(&front.name),
            escaped(&front.question)
        ),
        None => "<span></span>\n".to_owned(),
    };
    format!(
        "<nav class=\"pager\" aria-label=\"Neighbours\">\n{}<a class=\"to-contents\" href=\"{FIRST}#{CONTENTS}\">Contents</a>\n{}</nav>\n",
        link(previous, "prev", "Previous"),
        link(next, "next", "Next")
    )
}

/// The list of all chapters.
pub fn contents(book: &Book) -> String {
    let mut html = format!("<section id=\"{CONTENTS}\">\n<h2>Contents</h2>\n<ol>\n");
    for chapter in &book.chapters {
        let front = &chapter.front;
        let page = match chapter.page == FIRST {
            true => format!("#{}", front.section),
            false => chapter.page.clone(),
        };
        let _ = write!(
            html,
            "<li><a href=\"{page}\">{}<span class=\"place\">{} · {}</span>\n<span class=\"question\">{}</span></a>\n<p>{}</p></li>\n",
            pictures::tags(chapter.stem()),
            front.number,
            escaped(&front.name),
            escaped(&front.question),
            escaped(&front.sentence)
        );
    }
    html + "</ol>\n</section>\n"
}

/// Titles of the documents, with links.
pub fn documents(book: &Book) -> String {
    let mut html = "<ul>\n".to_owned();
    for document in &book.documents {
        let _ = writeln!(
            html,
            "<li><a href=\"{}\">{}</a></li>",
            document.page,
            escaped(document.title())
        );
    }
    html + "</ul>\n"
}

/// Links to the documents, on every page.
pub fn footer(book: &Book) -> String {
    let link = |page: &str, words: &str| format!("<a href=\"{page}\">{words}</a>\n");
    let page = |name: &str| {
        let document = book.document(name);
        document.map_or(String::new(), |document| document.page.clone())
    };
    // An `about.html` has its place after the documents.
    format!(
        "<nav aria-label=\"Documents\">\n{}{}{}{}{}</nav>\n",
        link(&page("teaching"), "Teacher’s guide"),
        link(&page("model"), "Definitions"),
        link(GLOSSARY, "Glossary"),
        link(DOCUMENTS, "Documents"),
        source::link(&book.commit)
    )
}
