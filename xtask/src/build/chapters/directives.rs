//! What a fenced block with the name of a directive stands for.
//!
//! | fence | stands for |
//! |---|---|
//! | `exhibit NAME` | the exhibit; lines `attribute=value` for one inside a quotation |
//! | `try` | a button per line `words: knob=value&knob=value`, for the exhibit before it |
//! | `claims` | the claims of the exhibit before it |
//! | `all-claims` | the claims of all exhibits |
//! | `marks` | the key of marks and hues |
//! | `document NAME` | the text of `docs/NAME.md` |

use super::markdown::{Renderer, escaped};
use anyhow::{Context, Result, bail, ensure};
use std::fmt::Write as _;

/// The marks and hues of the charts.
const MARKS: &str = include_str!("../../../../chapters/marks.html");

/// Whether the words after a fence name a directive.
pub fn is_directive(info: &str) -> bool {
    let name = info.split(' ').next().unwrap_or_default();
    [
        "exhibit",
        "try",
        "claims",
        "all-claims",
        "marks",
        "document",
    ]
    .contains(&name)
}

impl Renderer<'_> {
    /// What a fenced block stands for, as a part of the page or inside something.
    pub(super) fn directive(&mut self, info: &str, text: &str, is_part: bool) -> Result<String> {
        let (name, of) = info.split_once(' ').unwrap_or((info, ""));
        match name {
            "exhibit" if is_part => {
                ensure!(
                    !self.out.exhibits.iter().any(|one| one == of),
                    "{of} is here already"
                );
                self.exhibit = Some(of.to_owned());
                self.out.exhibits.push(of.to_owned());
                Ok(format!(
                    "<ntk-playground id=\"{of}\" data-page exhibit=\"{of}\" autoplay>{}</ntk-playground>\n",
                    super::FALLBACK
                ))
            }
            "exhibit" => {
                let mut tag = format!("<ntk-playground exhibit=\"{of}\"");
                for line in text.lines() {
                    let (name, value) = line.split_once('=').context(line.to_owned())?;
                    let _ = write!(tag, " {name}=\"{}\"", escaped(value));
                }
                Ok(tag + " autoplay></ntk-playground>\n")
            }
            "try" => self.tries(text),
            "claims" => {
                let exhibit = self.exhibit.as_deref().context("claims of no exhibit")?;
                // The first has the name that links have always used.
                let id = match self.given.as_deref() == Some(exhibit) {
                    true => "ledger".to_owned(),
                    false => format!("{exhibit}-ledger"),
                };
                self.out.sections.push(id.clone());
                Ok(format!(
                    "<ntk-ledger data-module=\"ledger\" id=\"{id}\" for=\"{exhibit}\"></ntk-ledger>\n"
                ))
            }
            "all-claims" => Ok(format!(
                "<ntk-claims data-module=\"claims\" data-pages=\"{}\"></ntk-claims>\n",
                escaped(&serde_json::to_string(&self.book.exhibits)?)
            )),
            "marks" => Ok(MARKS.to_owned()),
            "document" => {
                let text = self.book.document(of)?.text.clone();
                Ok(format!(
                    "<div class=\"document\">\n{}</div>\n",
                    self.prose(&text)?
                ))
            }
            _ => bail!("there is no directive {name}"),
        }
    }

    /// A button for each line, and one that takes everything back.
    fn tries(&self, text: &str) -> Result<String> {
        let exhibit = self
            .exhibit
            .as_deref()
            .context("`try` without an exhibit")?;
        let mut html =
            "<div class=\"try\" role=\"group\" aria-label=\"Try\">\n<b>Try</b>\n".to_owned();
        for line in text.lines() {
            let (words, knobs) = line
                .split_once(": ")
                .with_context(|| format!("this is no `words: knob=value`: {line}"))?;
            let _ = writeln!(
                html,
                "<button type=\"button\" data-for=\"{exhibit}\" data-set=\"{}\">{}</button>",
                escaped(knobs),
                escaped(words)
            );
        }
        let _ = write!(
            html,
            "<button type=\"button\" data-for=\"{exhibit}\" data-reset>Reset</button>\n\
             <p class=\"said\" role=\"status\"></p>\n</div>\n"
        );
        Ok(html)
    }
}
