//! Modules without files: each a `data:` address under its name.
//!
//! Relative to a `data:` address there are no others, so every
//! `import … from "./NAME"` becomes `import … from "NAME"`, and an import map
//! says what that is. Modules may import each other in circles.

use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;
use std::ops::Range;

/// Modules by name.
#[derive(Debug, Default)]
pub struct Modules {
    texts: BTreeMap<String, String>,
    /// What is imported, and by whom.
    imports: BTreeMap<String, String>,
}

impl Modules {
    /// Adds a module that imports nothing, as it is.
    ///
    /// # Errors
    /// When it imports something.
    pub fn keep(&mut self, name: &str, text: &str) -> Result<()> {
        if let Some(line) = text.lines().find(|line| specifier(line).is_some()) {
            bail!("{name} is to stand alone, but imports: {line}");
        }
        self.texts.insert(name.into(), text.into());
        Ok(())
    }

    /// Adds a module, with its imports renamed.
    ///
    /// # Errors
    /// When it asks for files by itself, or imports something that is not
    /// beside it.
    pub fn add(&mut self, name: &str, text: &str) -> Result<()> {
        let mut out = String::with_capacity(text.len());
        for line in text.lines() {
            let code = without_comments(line);
            for asking in ["import(", "import.meta"] {
                ensure!(
                    !code.contains(asking),
                    "{name}: \u{201c}{asking}\u{201d} works in no single file, only www/assets.js asks for files: {line}"
                );
            }
            match specifier(line) {
                None => out.push_str(line),
                Some(place) => {
                    let wanted = &line[place.clone()];
                    let Some(other) = wanted.strip_prefix("./") else {
                        bail!("{name} imports \u{201c}{wanted}\u{201d}, which is not beside it");
                    };
                    self.imports.insert(other.into(), name.into());
                    out.push_str(&line[..place.start]);
                    out.push_str(other);
                    out.push_str(&line[place.end..]);
                }
            }
            out.push('\n');
        }
        self.texts.insert(name.into(), out);
        Ok(())
    }

    /// An import map with all modules, except style sheets that none imports.
    ///
    /// # Errors
    /// When a module is imported that is not here.
    pub fn import_map(&self) -> Result<String> {
        for (name, by) in &self.imports {
            ensure!(
                self.texts.contains_key(name),
                "{by} imports \u{201c}./{name}\u{201d}, which is no module of the site"
            );
        }
        let unused = |name: &String| name.ends_with(".css.js") && !self.imports.contains_key(name);
        let addresses: BTreeMap<&String, String> = self
            .texts
            .iter()
            .filter(|(name, _)| !unused(name))
            .map(|(name, text)| (name, address(name, text)))
            .collect();
        let map = serde_json::to_string_pretty(&serde_json::json!({ "imports": addresses }))?;
        Ok(format!("<script type=\"importmap\">\n{map}\n</script>\n"))
    }

    /// A script that starts a module.
    ///
    /// # Errors
    /// When it is not here.
    pub fn start(&self, name: &str) -> Result<String> {
        self.texts
            .get(name)
            .with_context(|| format!("the page starts {name}, which is no module of the site"))?;
        Ok(format!(
            "<script type=\"module\">import \"{name}\";</script>\n"
        ))
    }
}

/// A module as an address that can stand in a JSON string in HTML. The last
/// line gives it a name in the browser's tools.
fn address(name: &str, text: &str) -> String {
    let mut out = "data:text/javascript,".to_string();
    for sign in format!("{text}//# sourceURL={name}\n").chars() {
        match sign {
            // What an address gives a meaning or drops, and what could end the
            // script that it stands in.
            '%' | '#' | '<' | '\u{0}'..='\u{1f}' => out.push_str(&format!("%{:02X}", sign as u32)),
            _ => out.push(sign),
        }
    }
    out
}

/// Where a line of a module names another one.
fn specifier(line: &str) -> Option<Range<usize>> {
    let declares = ["import ", "export ", "} from "];
    if !declares.iter().any(|word| line.starts_with(word)) {
        return None;
    }
    ['"', '\''].into_iter().find_map(|quote| {
        let before = format!("from {quote}");
        let start = match line.rfind(&before) {
            Some(at) => at + before.len(),
            None => line.strip_prefix(&format!("import {quote}")).map(|_| 8)?,
        };
        let length = line[start..].find(quote)?;
        line[start + length + 1..]
            .trim_end_matches(';')
            .is_empty()
            .then_some(start..start + length)
    })
}

/// A line without the comments that begin and end on it.
fn without_comments(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((code, after)) = rest.split_once("/*") {
        out.push_str(code);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn added(text: &str) -> Result<Modules> {
        let mut modules = Modules::default();
        modules.add("a.js", text)?;
        Ok(modules)
    }

    fn message<T>(outcome: Result<T>) -> String {
        outcome.map_or_else(|error| error.to_string(), |_| String::new())
    }

    #[test]
    fn imports_lose_their_dot_and_nothing_else_changes() -> Result<()> {
        let text = "import css from \"./a.css.js\";\nimport \"./b.js\";\nimport {\nf,\n} from './c.js';\nexport { g } from \"./d.js\";\nconst h = \"import x from './e.js'\";\n";
        let expected = "import css from \"a.css.js\";\nimport \"b.js\";\nimport {\nf,\n} from 'c.js';\nexport { g } from \"d.js\";\nconst h = \"import x from './e.js'\";\n";
        let modules = added(text)?;
        assert_eq!(modules.texts["a.js"], expected);
        let imports: BTreeSet<&str> = modules.imports.keys().map(String::as_str).collect();
        assert_eq!(imports, ["a.css.js", "b.js", "c.js", "d.js"].into());
        Ok(())
    }

    #[test]
    fn an_import_that_has_no_place_is_named_with_its_file() {
        for wanted in ["../b.js", "b.js", "https://example.org/b.js"] {
            let message = message(added(&format!("import b from \"{wanted}\";\n")));
            assert!(
                message.contains("a.js") && message.contains(wanted),
                "{message}"
            );
        }
        let missing = added("import b from \"./b.js\";\n").and_then(|all| all.import_map());
        let message = message(missing);
        assert!(
            message.contains("a.js") && message.contains("./b.js"),
            "{message}"
        );
    }

    #[test]
    fn a_module_that_asks_for_files_is_refused() {
        for line in [
            "const b = await import(`./${name}.js`);",
            "fetch(new URL(\"./b.json\", import.meta.url));",
            "/** a type */ const b = import(\"./b.js\");",
        ] {
            let message = message(added(line));
            assert!(
                message.contains("a.js") && message.contains(line),
                "{message}"
            );
        }
        let types = "const b = (/** @type {import(\"./b.js\").B} */ b) => b;";
        assert_eq!(message(added(types)), "");
    }

    #[test]
    fn modules_may_import_each_other_and_unused_sheets_stay_out() -> Result<()> {
        let mut modules = added("import \"./b.js\";\nimport css from \"./a.css.js\";\n")?;
        modules.add("b.js", "import \"./a.js\";\n")?;
        modules.add("a.css.js", "export default \"\";\n")?;
        modules.add("b.css.js", "export default \"\";\n")?;
        let map = modules.import_map()?;
        assert!(
            map.contains("\"a.css.js\"") && !map.contains("\"b.css.js\""),
            "{map}"
        );
        assert!(modules.start("b.js").is_ok());
        assert!(message(modules.start("c.js")).contains("c.js"));
        Ok(())
    }

    #[test]
    fn an_address_holds_any_text_and_ends_no_script() {
        let address = address("a.js", "const a = \"</script>#\u{2026}\" % 2;\n");
        assert_eq!(
            address,
            "data:text/javascript,const a = \"%3C/script>%23\u{2026}\" %25 2;%0A//%23 sourceURL=a.js%0A"
        );
    }
}
