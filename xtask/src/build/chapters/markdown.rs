//! Markdown becomes HTML: TeX as MathML, links as addresses of the site, terms as
//! buttons that open their meaning, and fenced blocks with the name of a directive as
//! what they stand for (`directives.rs`).

use super::Book;
use super::directives::is_directive;
use super::links::Links;
use anyhow::{Context, Result, ensure};
use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag,
    TagEnd, html,
};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What the quotation of another page looks like.
const CARD: &str = "<div class=\"post\">";

/// The HTML of a text, and what it needs.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The text.
    pub html: String,
    /// Its exhibits, in order.
    pub exhibits: Vec<String>,
    /// The ids of its sections.
    pub sections: Vec<String>,
    /// The terms that are marked in it.
    pub terms: BTreeSet<String>,
    /// The title of the first order, where it has one.
    pub title: String,
}

/// Renders one text.
pub struct Renderer<'a> {
    pub(super) book: &'a Book,
    links: Links<'a>,
    /// The exhibit that `try` and `claims` belong to.
    pub(super) exhibit: Option<String>,
    /// The exhibit that already stands on the page.
    pub(super) given: Option<String>,
    pub(super) out: Rendered,
}

/// The dialect of all our texts.
pub fn events(text: &str, has_math: bool) -> Vec<Event<'_>> {
    let mut options = Options::ENABLE_TABLES | Options::ENABLE_GFM;
    if has_math {
        options |= Options::ENABLE_MATH
            | Options::ENABLE_WIKILINKS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_DEFINITION_LIST;
    }
    Parser::new_ext(text, options).collect()
}

impl<'a> Renderer<'a> {
    /// A renderer of a text on a page.
    pub fn new(book: &'a Book, links: Links<'a>) -> Renderer<'a> {
        Renderer {
            book,
            links,
            exhibit: None,
            given: None,
            out: Rendered::default(),
        }
    }

    /// A chapter in sections, whose first has a head of its own: notes beside the
    /// text, exhibits and claims across the page.
    ///
    /// # Errors
    /// Names the directive, the link, the term or the formula that is wrong.
    pub fn chapter(
        mut self,
        text: &str,
        section: &str,
        head: &str,
        exhibit: Option<&str>,
    ) -> Result<Rendered> {
        self.exhibit = exhibit.map(str::to_owned);
        self.given = self.exhibit.clone();
        self.out.sections.push(section.to_owned());
        self.out.exhibits.extend(self.exhibit.clone());
        let events = events(text, true);
        let (mut prose, mut notes) = (String::new(), String::new());
        let mut html = format!("<section id=\"{section}\">\n{head}");
        for block in blocks(&events) {
            match &block[0] {
                Event::Start(Tag::Heading {
                    level: HeadingLevel::H2,
                    id,
                    ..
                }) => {
                    flush(&mut html, &mut prose, &mut notes);
                    let id = id.as_deref().context("a section without {#id}")?;
                    self.out.sections.push(id.to_owned());
                    let title = self.html(&block[1..block.len() - 1])?;
                    let _ = write!(
                        html,
                        "</section>\n<section id=\"{id}\">\n<h2>{title}</h2>\n"
                    );
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_directive(info) => {
                    flush(&mut html, &mut prose, &mut notes);
                    html.push_str(&self.directive(info, &code(block), true)?);
                }
                Event::Start(Tag::BlockQuote(Some(BlockQuoteKind::Note))) => {
                    notes.push_str(&self.html(&block[1..block.len() - 1])?);
                }
                Event::Start(Tag::BlockQuote(Some(BlockQuoteKind::Tip))) => {
                    notes.push_str(&self.html(block)?);
                }
                _ => prose.push_str(&self.html(block)?),
            }
        }
        flush(&mut html, &mut prose, &mut notes);
        html.push_str("</section>\n");
        self.out.html = html;
        Ok(self.out)
    }

    /// A document: no formulas or directives, ids of headings after their words.
    ///
    /// # Errors
    /// As [`Renderer::chapter`].
    pub fn document(mut self, text: &str) -> Result<Rendered> {
        self.out.html = self.prose(text)?;
        Ok(self.out)
    }

    /// The body of a document; its title of the first order is kept apart.
    pub(super) fn prose(&mut self, text: &str) -> Result<String> {
        let events = events(text, false);
        let mut html = String::new();
        for block in blocks(&events) {
            let Event::Start(Tag::Heading { level, .. }) = &block[0] else {
                html.push_str(&self.html(block)?);
                continue;
            };
            let inner = self.html(&block[1..block.len() - 1])?;
            if *level == HeadingLevel::H1 {
                self.out.title = inner;
                continue;
            }
            let id = self.links.anchor(&slug(&words(block)));
            let _ = writeln!(html, "<{level} id=\"{id}\">{inner}</{level}>");
        }
        Ok(html)
    }

    /// The HTML of some events.
    fn html(&mut self, events: &[Event<'_>]) -> Result<String> {
        let mut mapped: Vec<Event<'_>> = Vec::with_capacity(events.len());
        let raw = |text: String| Event::InlineHtml(CowStr::from(text));
        let mut ends: Vec<&'static str> = Vec::new();
        let mut at = 0;
        while at < events.len() {
            let event = &events[at];
            at += 1;
            match event {
                Event::InlineMath(tex) => {
                    mapped.push(raw(self.book.formulas.convert(tex, false)?))
                }
                // A formula alone in its paragraph needs none.
                Event::Start(Tag::Paragraph)
                    if matches!(events[at..], [Event::DisplayMath(_), Event::End(_), ..]) =>
                {
                    if let Event::DisplayMath(tex) = &events[at] {
                        let formula = self.book.formulas.convert(tex, true)?;
                        mapped.push(raw(formula + "\n"));
                    }
                    at += 2;
                }
                Event::DisplayMath(tex) => {
                    mapped.push(raw(self.book.formulas.convert(tex, true)?))
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_directive(info) => {
                    let length = events[at..]
                        .iter()
                        .position(|event| matches!(event, Event::End(TagEnd::CodeBlock)))
                        .context("a block that does not end")?;
                    let text = code(&events[at..at + length]);
                    mapped.push(raw(self.directive(info, &text, false)?));
                    at += length + 1;
                }
                Event::Start(Tag::BlockQuote(Some(BlockQuoteKind::Tip))) => {
                    mapped.push(raw(CARD.to_owned()));
                }
                Event::End(TagEnd::BlockQuote(Some(BlockQuoteKind::Tip))) => {
                    mapped.push(raw("</div>\n".to_owned()));
                }
                // What is wider than the page scrolls by itself.
                Event::Start(Tag::Table(_)) => {
                    mapped.push(raw("<div class=\"wide\" tabindex=\"0\">".to_owned()));
                    mapped.push(event.clone());
                }
                Event::End(TagEnd::Table) => {
                    mapped.push(event.clone());
                    mapped.push(raw("</div>\n".to_owned()));
                }
                Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }) => {
                    let (start, end) = self.link(*link_type, dest_url)?;
                    mapped.push(raw(start));
                    ends.push(end);
                    // A document that is named by its file has a title on the site.
                    if let Some(Event::Text(words)) = events.get(at)
                        && words.ends_with(".md")
                        && let Some(title) = self.links.title(dest_url)
                    {
                        mapped.push(Event::Text(title.into()));
                        at += 1;
                    }
                }
                Event::End(TagEnd::Link) => {
                    mapped.push(raw(ends.pop().unwrap_or_default().to_owned()));
                }
                Event::Code(code) => match self.links.of_run(code) {
                    Some(address) if ends.is_empty() => {
                        let address = escaped(&address);
                        mapped.push(raw(format!("<a href=\"{address}\">")));
                        mapped.push(event.clone());
                        mapped.push(raw("</a>".to_owned()));
                    }
                    _ => mapped.push(event.clone()),
                },
                _ => mapped.push(event.clone()),
            }
        }
        let mut out = String::new();
        html::push_html(&mut out, mapped.into_iter());
        Ok(out)
    }

    /// What begins and what ends a link.
    fn link(&mut self, kind: LinkType, to: &str) -> Result<(String, &'static str)> {
        if matches!(kind, LinkType::WikiLink { .. }) {
            let term = self.book.glossary.term(to)?;
            self.out.terms.insert(term.name.clone());
            return Ok((term.opens(), "</button>"));
        }
        if let Some(hue) = to.strip_prefix("hue:") {
            ensure!(
                ["signal", "noise", "test"].contains(&hue),
                "there is no hue {hue}"
            );
            return Ok((format!("<span class=\"{hue}\">"), "</span>"));
        }
        Ok(match self.links.address(to) {
            Some(address) => (format!("<a href=\"{}\">", escaped(&address)), "</a>"),
            None => (String::new(), ""),
        })
    }
}

/// Text and notes that belong beside each other.
fn flush(html: &mut String, prose: &mut String, notes: &mut String) {
    if prose.is_empty() && notes.is_empty() {
        return;
    }
    let _ = write!(html, "<div class=\"columns\">\n<div>\n{prose}</div>\n");
    if !notes.is_empty() {
        let _ = write!(html, "<div class=\"note\">\n{notes}</div>\n");
    }
    html.push_str("</div>\n");
    prose.clear();
    notes.clear();
}

/// The blocks of the outermost level.
fn blocks<'a, 'b>(events: &'a [Event<'b>]) -> Vec<&'a [Event<'b>]> {
    let (mut blocks, mut from, mut depth) = (Vec::new(), 0, 0);
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            blocks.push(&events[from..=at]);
            from = at + 1;
        }
    }
    blocks
}

/// The text of a code block.
fn code(events: &[Event<'_>]) -> String {
    let text = |event: &Event<'_>| match event {
        Event::Text(text) => Some(text.to_string()),
        _ => None,
    };
    events.iter().filter_map(text).collect()
}

/// The words of a heading.
fn words(events: &[Event<'_>]) -> String {
    let text = |event: &Event<'_>| match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_string()),
        _ => None,
    };
    events.iter().filter_map(text).collect()
}

/// The anchor of a heading, as code hosts make it of its words.
fn slug(words: &str) -> String {
    words
        .to_lowercase()
        .chars()
        .filter_map(|sign| match sign {
            ' ' => Some('-'),
            sign if sign.is_alphanumeric() || sign == '-' || sign == '_' => Some(sign),
            _ => None,
        })
        .collect()
}

/// A text as HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
