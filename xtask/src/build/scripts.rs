//! JavaScript as it is shipped: without comments that fill whole lines, without
//! types, and without indentation.
//!
//! Whoever reads the code reads `www/`; a browser reads neither. Lines stay
//! what they are, so no parser is needed, as long as no string spans lines: a
//! file in which one does is refused.

use anyhow::{Result, bail};

/// The text without comment lines, empty lines and indentation.
///
/// # Errors
/// Names the line on which a template string does not end.
pub fn shorten(text: &str) -> Result<String> {
    let mut out = String::with_capacity(text.len());
    let mut in_comment = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if in_comment {
            in_comment = !line.ends_with("*/");
        } else if line.starts_with("/*") {
            // What follows a comment on its line would be lost with it.
            match line.find("*/") {
                None => in_comment = true,
                Some(end) if end + 2 == line.len() => {}
                Some(end) => {
                    out.push_str(line[end + 2..].trim_start());
                    out.push('\n');
                }
            }
        } else if !line.is_empty() && !line.starts_with("//") {
            if line.matches('`').count() % 2 == 1 {
                bail!("line {}: a template string spans lines", number + 1);
            }
            out.push_str(without_types(line).trim_end());
            out.push('\n');
        }
    }
    Ok(out)
}

/// A line without the types in it, which stand in comments `/** ... */`. A comment
/// that may be part of a string stays.
fn without_types(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("/** ") {
        let end = after.find("*/");
        let is_code = |quote: char| before.matches(quote).count() % 2 == 0;
        let (Some(end), true) = (end, ['"', '\'', '`'].into_iter().all(is_code)) else {
            break;
        };
        out.push_str(before);
        rest = after[end + 2..].trim_start();
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_code_stays() {
        let text = "// A module.\n\n/**\n * @param {string} a\n */\nfunction f(a) {\n  // why\n  return `//${a}`; // stays\n}\n/** @type {number} */ let x = 1;\nconst y = (/** @type {A} */ a, /** @type {B} */ b) => [a, \"/** b */\", '/** c */'];\n";
        let short = "function f(a) {\nreturn `//${a}`; // stays\n}\nlet x = 1;\nconst y = (a, b) => [a, \"/** b */\", '/** c */'];\n";
        assert_eq!(shorten(text).expect("no string spans lines"), short);
    }

    #[test]
    fn a_string_over_lines_is_refused() {
        let error = shorten("const a = 1;\nconst t = `\n// not a comment\n`;").unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
    }
}
