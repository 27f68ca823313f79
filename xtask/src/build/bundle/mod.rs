//! Modules in few files: what is loaded together is one file.
//!
//! An entry is a module that is asked for by itself, from a page or when it is
//! needed. Two modules lie in one file when the same entries reach them through
//! imports. The element's entry is there before all others but the ledger's, so
//! whatever it reaches is there already and is not counted for those.

mod module;

pub use module::Module;

use anyhow::{Context, Result, bail, ensure};
use module::object;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Modules by the names of their files.
#[derive(Debug, Default)]
pub struct Modules {
    modules: BTreeMap<String, Module>,
}

/// Files by name.
pub type Files = BTreeMap<String, String>;

impl Modules {
    /// Adds a module.
    ///
    /// # Errors
    /// Names the statement that has no place in a bundle.
    pub fn add(&mut self, file: &str, text: &str) -> Result<()> {
        let module = Module::read(text).with_context(|| file.to_owned())?;
        self.modules.insert(file.to_owned(), module);
        Ok(())
    }

    /// Everything that a module reaches through imports, itself at the end: each
    /// after all that it imports.
    ///
    /// # Errors
    /// When one is imported that is not here, or modules import each other in a
    /// circle.
    pub fn reached(&self, entry: &str) -> Result<Vec<&str>> {
        let mut order = Vec::new();
        self.visit(entry, &mut Vec::new(), &mut order)?;
        Ok(order)
    }

    fn visit<'a>(
        &'a self,
        file: &str,
        path: &mut Vec<&'a str>,
        order: &mut Vec<&'a str>,
    ) -> Result<()> {
        let Some((file, module)) = self.modules.get_key_value(file) else {
            let by = path.last().copied().unwrap_or("nothing");
            bail!("{by} imports ./{file}, which is no module of the site");
        };
        if order.contains(&file.as_str()) {
            return Ok(());
        }
        ensure!(
            !path.contains(&file.as_str()),
            "{} import each other in a circle",
            path.join(", ")
        );
        path.push(file);
        for other in module.imported() {
            self.visit(other, path, order)?;
        }
        path.pop();
        order.push(file);
        Ok(())
    }

    /// All that the entries reach, in as few files as the rule above allows. The
    /// first of those that stand `alone` is there before those that come `later`.
    /// A file has the name of its last module.
    ///
    /// # Errors
    /// As [`Modules::reached`].
    pub fn files(&self, alone: &[&str], later: &[&str]) -> Result<Files> {
        let mut entries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut order: Vec<&str> = Vec::new();
        let first: BTreeSet<&str> = self.reached(alone[0])?.into_iter().collect();
        for entry in alone.iter().chain(later) {
            let alone = alone.contains(entry);
            for file in self.reached(entry)? {
                if !order.contains(&file) {
                    order.push(file);
                }
                if alone || !first.contains(file) {
                    entries.entry(file).or_default().insert(entry);
                }
            }
        }
        let mut groups: BTreeMap<&BTreeSet<&str>, Vec<&str>> = BTreeMap::new();
        for file in order {
            groups.entry(&entries[file]).or_default().push(file);
        }
        let name_of: BTreeMap<&str, &str> = groups
            .values()
            .flat_map(|files| files.iter().map(|file| (*file, files[files.len() - 1])))
            .collect();
        let asked: BTreeSet<&str> = alone.iter().chain(later).copied().collect();
        groups
            .values()
            .map(|files| {
                let name = files[files.len() - 1];
                ensure!(
                    files
                        .iter()
                        .all(|file| *file == name || !asked.contains(file)),
                    "{name} would hide an entry"
                );
                Ok((name.to_owned(), self.file(files, &name_of, &asked)))
            })
            .collect()
    }

    /// One file of some modules, in order.
    fn file(
        &self,
        files: &[&str],
        name_of: &BTreeMap<&str, &str>,
        asked: &BTreeSet<&str>,
    ) -> String {
        let name = files[files.len() - 1];
        let mut wanted: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for other in files.iter().flat_map(|file| self.modules[*file].imported()) {
            let place = name_of[other];
            if place != name {
                wanted.entry(place).or_default().insert(object(other));
            }
        }
        let mut out = String::new();
        // Writing to a string cannot fail.
        for (place, objects) in wanted {
            let objects: Vec<String> = objects.into_iter().collect();
            let _ = writeln!(
                out,
                "import {{ {} }} from \"./{place}\";",
                objects.join(", ")
            );
        }
        for file in files {
            out.push_str(&self.modules[*file].statement(file, &|_: &str| false));
        }
        let outside: Vec<String> = files
            .iter()
            .filter(|file| self.is_wanted_elsewhere(file, name, name_of))
            .map(|file| object(file))
            .collect();
        if !outside.is_empty() {
            let _ = writeln!(out, "export {{ {} }};", outside.join(", "));
        }
        if asked.contains(name) {
            out.push_str(&self.exports(name));
        }
        out
    }

    /// The names that an entry exports.
    pub fn names(&self, entry: &str) -> impl Iterator<Item = &str> {
        self.modules.get(entry).into_iter().flat_map(Module::names)
    }

    /// The modules that are loaded when they are needed.
    pub fn on_demand(&self) -> BTreeSet<&str> {
        let modules = self.modules.values();
        modules
            .flat_map(|module| module.on_demand.iter().map(String::as_str))
            .collect()
    }

    /// All that some entries reach as one script, which is no module. What is loaded
    /// on demand is in it and runs when it is first asked for, by the object of
    /// functions `onDemand`: the name without its ending, and what it exports.
    ///
    /// # Errors
    /// As [`Modules::reached`].
    pub fn script(&self, entries: &[&str], on_demand: &[&str]) -> Result<String> {
        let reached = |entries: &[&str]| -> Result<Vec<&str>> {
            let mut all: Vec<&str> = Vec::new();
            for entry in entries {
                let more = self.reached(entry)?;
                all.extend(
                    more.into_iter()
                        .filter(|file| !all.contains(file))
                        .collect::<Vec<_>>(),
                );
            }
            Ok(all)
        };
        let at_once = reached(entries)?;
        let mut later = reached(on_demand)?;
        later.retain(|file| !at_once.contains(file));
        let lazy = |file: &str| later.contains(&file);
        let mut out = "(() => {\n\"use strict\";\nconst once = (make) => {\nlet made;\nreturn () => (made ??= make());\n};\n".to_owned();
        for file in &later {
            out.push_str(&self.modules[*file].statement(file, &lazy));
        }
        out.push_str("const onDemand = {\n");
        for file in on_demand {
            let call = if lazy(file) { "()" } else { "" };
            let name = file.trim_end_matches(".js");
            // Writing to a string cannot fail.
            let _ = writeln!(out, "\"{name}\": () => {}{call},", object(file));
        }
        out.push_str("};\n");
        for file in &at_once {
            out.push_str(&self.modules[*file].statement(file, &lazy));
        }
        out.push_str("})();\n");
        Ok(out)
    }

    /// What an entry exports, from its object. Names in an `export { }` stay what they
    /// are when the rest is shortened.
    fn exports(&self, file: &str) -> String {
        let names: Vec<&str> = self.modules[file].names().collect();
        let inside = |name: &&str| format!("{name}: exported_{name}");
        let outside = |name: &&str| format!("exported_{name} as {name}");
        let list = |one: &dyn Fn(&&str) -> String| {
            let all: Vec<String> = names.iter().map(one).collect();
            all.join(", ")
        };
        if names.is_empty() {
            return String::new();
        }
        format!(
            "const {{ {} }} = {};\nexport {{ {} }};\n",
            list(&inside),
            object(file),
            list(&outside)
        )
    }

    fn is_wanted_elsewhere(&self, file: &str, name: &str, name_of: &BTreeMap<&str, &str>) -> bool {
        self.modules.iter().any(|(other, module)| {
            name_of
                .get(other.as_str())
                .is_some_and(|place| *place != name)
                && module.imported().any(|import| import == file)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules(texts: &[(&str, &str)]) -> Result<Modules> {
        let mut modules = Modules::default();
        for (file, text) in texts {
            modules.add(file, text)?;
        }
        Ok(modules)
    }

    fn message<T>(outcome: Result<T>) -> String {
        outcome.map_or_else(|error| format!("{error:#}"), |_| String::new())
    }

    #[test]
    fn what_is_loaded_together_is_one_file() -> Result<()> {
        let modules = modules(&[
            ("base.js", "export const base = 1;\n"),
            (
                "inner.js",
                "import { base } from \"./base.js\";\nexport const inner = base;\n",
            ),
            (
                "element.js",
                "import { inner } from \"./inner.js\";\nexport const E = inner;\n",
            ),
            (
                "ledger.js",
                "import { base } from \"./base.js\";\nexport const L = base;\n",
            ),
            (
                "window.js",
                "import { inner } from \"./inner.js\";\nexport const W = inner;\n",
            ),
            (
                "a.js",
                "import { W } from \"./window.js\";\nexport const a = W;\n",
            ),
            (
                "b.js",
                "import { W } from \"./window.js\";\nexport default W;\n",
            ),
            ("never.js", "export const never = 1;\n"),
        ])?;
        let files = modules.files(&["element.js", "ledger.js"], &["a.js", "b.js"])?;
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "a.js",
                "b.js",
                "base.js",
                "element.js",
                "ledger.js",
                "window.js"
            ]
        );
        assert_eq!(
            files["element.js"],
            "import { base_js } from \"./base.js\";\n\
             const inner_js = (() => {\nconst { base } = base_js;\nconst inner = base;\nreturn { inner };\n})();\n\
             const element_js = (() => {\nconst { inner } = inner_js;\nconst E = inner;\nreturn { E };\n})();\n\
             export { inner_js };\nconst { E: exported_E } = element_js;\nexport { exported_E as E };\n"
        );
        assert!(files["window.js"].starts_with("import { inner_js } from \"./element.js\";\n"));
        assert!(files["b.js"].ends_with("export { exported_default as default };\n"));
        Ok(())
    }

    #[test]
    fn a_circle_and_a_missing_module_are_named() -> Result<()> {
        let circle = modules(&[
            ("a.js", "import \"./b.js\";\n"),
            ("b.js", "import \"./a.js\";\n"),
        ])?;
        let text = message(circle.files(&["a.js"], &[]));
        assert!(text.contains("a.js, b.js import each other"), "{text}");
        let missing = modules(&[("a.js", "import \"./b.js\";\n")])?;
        let text = message(missing.files(&["a.js"], &[]));
        assert!(text.contains("a.js imports ./b.js"), "{text}");
        Ok(())
    }
}
