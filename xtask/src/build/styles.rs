//! Style sheets, as they are and as JavaScript modules.
//!
//! The custom element adopts its style sheet as an object, which needs no
//! inline style and no second request: `NAME.css.js` exports the text of
//! `NAME.css`. A line `/* @include tokens.css */` takes in another sheet; in a
//! sheet for an element, what that says about the page is said about the element. An
//! element has its theme as a state, where the browser knows states, and not as an
//! attribute.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// Writes `target` and, beside it, the module `target.js`.
pub fn write(source: &Path, target: &Path) -> Result<()> {
    let text = shorten(&expand(source)?);
    fs::write(target, &text).with_context(|| format!("cannot write {}", target.display()))?;
    let mut module = target.as_os_str().to_owned();
    module.push(".js");
    fs::write(&module, as_module(&text)?)
        .with_context(|| format!("cannot write {}", module.display()))
}

fn expand(source: &Path) -> Result<String> {
    let text =
        fs::read_to_string(source).with_context(|| format!("cannot read {}", source.display()))?;
    let is_of_element = text.contains(":host");
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        match included(line) {
            None => out.push_str(line),
            Some(name) if name.contains(['/', '\\']) => bail!(
                "{}: \u{201c}{name}\u{201d} is not the name of a file beside it",
                source.display()
            ),
            Some(name) => {
                let other = source.with_file_name(name);
                let sheet = fs::read_to_string(&other).with_context(|| {
                    format!("{} includes {name}, which cannot be read", source.display())
                })?;
                match is_of_element {
                    true => out.push_str(&for_host(&sheet)),
                    false => out.push_str(&sheet),
                }
            }
        }
        out.push('\n');
    }
    Ok(with_states(&out))
}

/// Lets a theme of the element also be a state. `:is()` skips what a browser does not know.
fn with_states(sheet: &str) -> String {
    ["light", "dark", "projector"]
        .iter()
        .fold(sheet.to_owned(), |sheet, theme| {
            let attribute = format!("[data-theme=\"{theme}\"]");
            sheet.replace(
                &format!(":host({attribute})"),
                &format!(":host(:is({attribute}, :state({theme})))"),
            )
        })
}

/// The name in a line `/* @include NAME */`.
fn included(line: &str) -> Option<&str> {
    let inside = line.trim().strip_prefix("/*")?.strip_suffix("*/")?;
    inside.trim().strip_prefix("@include ").map(str::trim)
}

/// Rewrites selectors of the page's root as selectors of the element.
fn for_host(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet.replace(":root[data-theme", "[data-theme");
    while let Some(start) = rest.find("[data-theme") {
        let Some(length) = rest[start..].find(']') else {
            break;
        };
        let end = start + length + 1;
        let attribute = &rest[start..end];
        out.push_str(&rest[..start]);
        match out.ends_with(":host(") {
            true => out.push_str(attribute),
            false => out.push_str(&format!(":host({attribute})")),
        }
        rest = rest[end..].to_string();
    }
    out.push_str(&rest);
    out.replace(":root", ":host")
}

/// The text without comments and without spaces that mean nothing. Strings stay as
/// they are, also where they look like a comment.
fn shorten(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quote = None;
    let mut is_spaced = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            is_spaced = true;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if quote.is_none() && c.is_whitespace() {
            is_spaced = true;
            continue;
        }
        // A space before a colon stands between two selectors.
        let parted = out.is_empty() || out.ends_with(['{', '}', ';', ',', ':']);
        if is_spaced && !parted && !['{', '}', ';', ','].contains(&c) {
            out.push(' ');
        }
        is_spaced = false;
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            _ => {}
        }
        if quote.is_none() && c == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push(c);
    }
    out.push('\n');
    out
}

fn as_module(text: &str) -> Result<String> {
    Ok(format!(
        "export default {};\n",
        serde_json::to_string(text)?
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_of_the_page_become_selectors_of_the_element() {
        assert_eq!(for_host(":root { --ink: #000; }"), ":host { --ink: #000; }");
        assert_eq!(
            for_host("[data-theme=\"dark\"] {}"),
            ":host([data-theme=\"dark\"]) {}"
        );
        assert_eq!(
            for_host(":root[data-theme=\"dark\"], :root {}"),
            ":host([data-theme=\"dark\"]), :host {}"
        );
        assert_eq!(
            for_host(":host([data-theme=\"dark\"]) {}"),
            ":host([data-theme=\"dark\"]) {}"
        );
        assert_eq!(
            for_host(":root:not([data-theme=\"light\"]) {}"),
            ":host:not(:host([data-theme=\"light\"])) {}"
        );
    }

    #[test]
    fn a_theme_of_the_element_may_be_a_state() {
        assert_eq!(
            with_states(":host([data-theme=\"dark\"]) .frame {}"),
            ":host(:is([data-theme=\"dark\"], :state(dark))) .frame {}"
        );
        // The page itself has none.
        let page = "[data-theme=\"dark\"] body {}";
        assert_eq!(with_states(page), page);
    }

    #[test]
    fn an_include_is_a_comment_alone_on_its_line() {
        assert_eq!(included("/* @include tokens.css */"), Some("tokens.css"));
        assert_eq!(included("  /*@include tokens.css*/"), Some("tokens.css"));
        assert_eq!(included("a { } /* @include tokens.css */"), None);
        assert_eq!(included("/* tokens */"), None);
    }

    #[test]
    fn comments_and_idle_spaces_go_and_strings_stay() {
        let text = "/* a\n b */\n.a { /* why */ color: red; }\n\n  .b .c::after,\n.d :not(.e) { content: \"/* no */  ; \"; margin: 0 1px }\n";
        let short =
            ".a{color:red}.b .c::after,.d :not(.e){content:\"/* no */  ; \";margin:0 1px}\n";
        assert_eq!(shorten(text), short);
    }

    #[test]
    fn a_module_holds_any_text() -> Result<()> {
        let module = as_module("a::before { content: \"\\201c\"; }\n")?;
        assert_eq!(
            module,
            "export default \"a::before { content: \\\"\\\\201c\\\"; }\\n\";\n"
        );
        Ok(())
    }
}
