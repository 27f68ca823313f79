//! The lines at the head of a chapter: what the menu, the contents and its own first
//! lines say about it.

use anyhow::{Context, Result, bail, ensure};

/// The fence around these lines.
const FENCE: &str = "---\n";

/// What is known of a chapter besides its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Front {
    /// Its number, such as `7a`.
    pub number: String,
    /// Its name, in the menu.
    pub name: String,
    /// The id of its first section.
    pub section: String,
    /// The question that it answers.
    pub question: String,
    /// One sentence about it.
    pub sentence: String,
    /// Exhibit, view and step of its picture, with more knobs if need be.
    pub picture: String,
    /// The exhibit of its first section where it stands in the template.
    pub exhibit: Option<String>,
}

impl Front {
    /// Parts a file into these lines and the text.
    ///
    /// # Errors
    /// Names the line that is missing or unknown.
    pub fn split(file: &str) -> Result<(Front, &str)> {
        let rest = file
            .strip_prefix(FENCE)
            .context("the first line is no ---")?;
        let (lines, text) = rest.split_once(FENCE).context("no --- ends the head")?;
        let mut front = Front::default();
        for line in lines.lines() {
            let (name, value) = line
                .split_once(": ")
                .with_context(|| format!("this is no `name: value`: {line}"))?;
            let value = value.trim().to_owned();
            match name {
                "number" => front.number = value,
                "name" => front.name = value,
                "section" => front.section = value,
                "question" => front.question = value,
                "sentence" => front.sentence = value,
                "picture" => front.picture = value,
                "exhibit" => front.exhibit = Some(value),
                _ => bail!("a chapter has no `{name}`"),
            }
        }
        for (name, value) in [
            ("number", &front.number),
            ("name", &front.name),
            ("section", &front.section),
            ("question", &front.question),
            ("sentence", &front.sentence),
            ("picture", &front.picture),
        ] {
            ensure!(!value.is_empty(), "there is no `{name}`");
        }
        Ok((front, text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "---\nnumber: 7a\nname: A\nsection: a\nquestion: Why: this?\nsentence: So.\npicture: race score 9\n---\n\nText\n---\n";

    #[test]
    fn the_head_is_parted_from_the_text() -> Result<()> {
        let (front, text) = Front::split(FILE)?;
        assert_eq!(
            (&front.number[..], &front.question[..]),
            ("7a", "Why: this?")
        );
        assert_eq!(text, "\nText\n---\n");
        Ok(())
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        for (from, to, named) in [
            ("question: Why: this?\n", "", "`question`"),
            ("name: A\n", "nmae: A\n", "`nmae`"),
            ("name: A\n", "name A\n", "name A"),
        ] {
            let error = Front::split(&FILE.replace(from, to)).expect_err(named);
            assert!(error.to_string().contains(named), "{error}");
        }
    }
}
