//! JavaScript as it is shipped. Whoever reads the code reads `www/`.
//!
//! A module loses comments that fill whole lines, types, and indentation. Lines stay
//! what they are, so that bundling needs no parser, as long as no string spans lines:
//! a file in which one does is refused. What a browser loads from a site is then
//! written as short as it can be, names included, by the minifier of oxc.

use anyhow::{Result, bail};
use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_mangler::MangleOptions;
use oxc_minifier::{CompressOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

/// A module written as short as it can be.
///
/// # Errors
/// When it is no JavaScript.
pub fn minify(module: &str) -> Result<String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, module, SourceType::mjs()).parse();
    if let Some(error) = parsed.errors.first() {
        bail!("this is no JavaScript: {error}");
    }
    let mut program = parsed.program;
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        compress: Some(CompressOptions::smallest()),
    };
    let names = Minifier::new(options).minify(&allocator, &mut program);
    let written = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(names.scoping)
        .with_private_member_mappings(names.class_private_mappings)
        .build(&program);
    Ok(written.code)
}

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
    fn what_is_exported_and_loaded_keeps_its_name() -> Result<()> {
        let module = "import { outside } from \"./b.js\";\nconst inside = () => { const deep = outside(); return deep + deep; };\nconst { named: exported_named } = { named: inside };\nexport { exported_named as named };\nexport const load = () => import(\"./c.js\");\nexport const file = new URL(\"./d.wasm\", import.meta.url);\n";
        let short = minify(module)?;
        assert!(short.len() < module.len(), "{short}");
        for kept in [
            "\"./b.js\"",
            " as named",
            "import(`./c.js`)",
            "import.meta.url",
        ] {
            let other = kept.replace('`', "\"");
            assert!(
                short.contains(kept) || short.contains(&other),
                "{kept}: {short}"
            );
        }
        assert!(!short.contains("deep"), "{short}");
        assert!(minify("const = 1;").is_err());
        Ok(())
    }

    #[test]
    fn a_string_over_lines_is_refused() {
        let error = shorten("const a = 1;\nconst t = `\n// not a comment\n`;").unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
    }
}
