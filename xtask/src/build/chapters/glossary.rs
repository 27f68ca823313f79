//! The glossary, `chapters/glossary.md`: a list of terms and what they mean. A text
//! marks a term as `[[term]]` or `[[term|other words]]`.

use super::markdown::{escaped, events};
use crate::build::tex::Formulas;
use anyhow::{Context, Result, bail};
use pulldown_cmark::{Event, Tag, TagEnd, html};
use std::fmt::Write as _;

/// All terms, in the order of the file.
#[derive(Debug, Default)]
pub struct Glossary {
    terms: Vec<Term>,
}

/// A term.
#[derive(Debug)]
pub struct Term {
    /// The term.
    pub name: String,
    /// Its hue, if it has one.
    hue: Option<String>,
    /// What it means, as HTML.
    meaning: String,
}

impl Glossary {
    /// Reads the file.
    ///
    /// # Errors
    /// Names the formula that is wrong, or says that it is no list of terms.
    pub fn read(text: &str, formulas: &Formulas) -> Result<Glossary> {
        let mut glossary = Glossary::default();
        let (mut name, mut hue, mut inner) = (String::new(), None, Vec::new());
        for event in events(text, true) {
            match event {
                Event::Start(Tag::DefinitionListTitle) => {
                    (name, hue) = (String::new(), None);
                    inner.clear();
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    hue = dest_url.strip_prefix("hue:").map(str::to_owned);
                }
                Event::End(TagEnd::Link) => {}
                Event::End(TagEnd::DefinitionListTitle) => {
                    for event in inner.drain(..) {
                        if let Event::Text(text) = event {
                            name.push_str(&text);
                        }
                    }
                }
                Event::End(TagEnd::DefinitionListDefinition) => {
                    let mut meaning = String::new();
                    html::push_html(&mut meaning, inner.drain(..));
                    glossary.terms.push(Term {
                        name: name.clone(),
                        hue: hue.take(),
                        // One line, which is how the file of all pages finds it again.
                        meaning: meaning.trim().replace('\n', " "),
                    });
                }
                Event::Start(Tag::DefinitionList | Tag::DefinitionListDefinition)
                | Event::End(TagEnd::DefinitionList) => {}
                Event::InlineMath(tex) => {
                    inner.push(Event::InlineHtml(formulas.convert(&tex, false)?.into()));
                }
                other => inner.push(other),
            }
        }
        match glossary.terms.is_empty() {
            true => bail!("there is no term"),
            false => Ok(glossary),
        }
    }

    /// A term by its name.
    ///
    /// # Errors
    /// When there is none.
    pub fn term(&self, name: &str) -> Result<&Term> {
        self.terms
            .iter()
            .find(|term| term.name == name)
            .with_context(|| format!("chapters/glossary.md has no term {name}"))
    }

    /// Terms as windows that open in place, those whose name or id is used.
    pub fn windows(&self, is_used: impl Fn(&str, &str) -> bool) -> String {
        let mut html = String::new();
        for term in self
            .terms
            .iter()
            .filter(|term| is_used(&term.name, &term.id()))
        {
            let _ = writeln!(
                html,
                "<div class=\"meaning\" id=\"{}\" popover><b>{}</b> {}</div>",
                term.id(),
                escaped(&term.name),
                term.meaning
            );
        }
        html
    }

    /// All terms as a list.
    pub fn list(&self) -> String {
        let mut html = "<dl class=\"glossary\">\n".to_owned();
        for term in &self.terms {
            let _ = writeln!(
                html,
                "<dt>{}</dt>\n<dd>{}</dd>",
                escaped(&term.name),
                term.meaning
            );
        }
        html + "</dl>\n"
    }
}

impl Term {
    fn id(&self) -> String {
        format!("term-{}", self.name.replace(' ', "-"))
    }

    /// The start of the button that opens what it means.
    pub fn opens(&self) -> String {
        let hue = self
            .hue
            .as_deref()
            .map_or(String::new(), |hue| format!(" {hue}"));
        format!(
            "<button type=\"button\" class=\"term{hue}\" popovertarget=\"{}\">",
            self.id()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_terms_is_read() -> Result<()> {
        let text = "[gain](hue:noise)\n: Energy of $r$.\n\neNTK\n: A kernel.\n";
        let glossary = Glossary::read(text, &Formulas::new()?)?;
        let gain = glossary.term("gain")?;
        assert!(
            gain.meaning.contains("<math><mi>r</mi></math>"),
            "{}",
            gain.meaning
        );
        assert!(
            gain.opens()
                .contains("class=\"term noise\" popovertarget=\"term-gain\"")
        );
        assert_eq!(
            glossary
                .windows(|name, _| name == "eNTK")
                .matches("popover")
                .count(),
            1
        );
        assert!(glossary.term("loss").is_err());
        assert!(Glossary::read("No list.", &Formulas::new()?).is_err());
        Ok(())
    }
}
