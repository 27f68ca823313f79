//! One module as a function of those that it imports.
//!
//! `import { h as make } from "./dom.js"` becomes `const { h: make } = dom_js`, and
//! what it exports is what the function returns. Our modules only need a few of
//! the forms that the language has; every other one is refused by its line.

use anyhow::{Context, Result, bail, ensure};
use std::fmt::Write as _;

/// What an export is called by `import a from`.
const DEFAULT: &str = "default";
/// What such an export is called inside.
const BY_DEFAULT: &str = "by_default";

/// A module, taken apart.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Module {
    /// What it imports, in order.
    imports: Vec<Import>,
    /// The modules that it loads when they are needed, by their file names.
    pub on_demand: Vec<String>,
    /// What it exports, and how that is called inside.
    exports: Vec<(String, String)>,
    /// Its lines, without imports and without the word `export`.
    body: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Import {
    file: String,
    names: Names,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Names {
    None,
    /// `* as NAME`
    All(String),
    /// `{ a, b as c }`, as pairs.
    Some(Vec<(String, String)>),
}

/// Name of a module's object of exports.
pub fn object(file: &str) -> String {
    file.replace(|sign: char| !sign.is_ascii_alphanumeric(), "_")
}

impl Module {
    /// Takes a module apart whose lines are not indented.
    ///
    /// # Errors
    /// Names the statement that has no place in a bundle.
    pub fn read(text: &str) -> Result<Module> {
        let mut module = Module::default();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let imports = line.starts_with("import ");
            if !imports && !line.starts_with("export ") {
                module.line(line);
                continue;
            }
            let mut statement = line.to_owned();
            // A list of names may go over lines.
            while (imports || line.starts_with("export {")) && !statement.ends_with(';') {
                statement.push(' ');
                statement.push_str(lines.next().context("a list of names has no end")?);
            }
            let read = if imports {
                module.import(&statement)
            } else {
                module.export(&statement)
            };
            read.with_context(|| format!("this has no place in a bundle: {statement}"))?;
        }
        Ok(module)
    }

    /// The names that it exports.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.exports.iter().map(|(name, _)| name.as_str())
    }

    /// The modules that it imports, by their file names.
    pub fn imported(&self) -> impl Iterator<Item = &str> {
        self.imports.iter().map(|import| import.file.as_str())
    }

    /// The module as a statement, `const FILE_js = (() => { ... })();`, which comes
    /// after those that it imports. A `lazy` one is made when it is first asked for,
    /// which is a call: `FILE_js()`.
    pub fn statement(&self, file: &str, lazy: &impl Fn(&str) -> bool) -> String {
        let (object, inside) = (object(file), self.inside(lazy));
        if lazy(file) {
            format!("const {object} = once(() => {{\n{inside}}});\n")
        } else {
            format!("const {object} = (() => {{\n{inside}}})();\n")
        }
    }

    /// The module as one that makes an instance of it at every call, which the
    /// bindings of WebAssembly are not: they hold one in the scope of the module.
    ///
    /// # Errors
    /// When it imports something.
    pub fn factory(&self) -> Result<String> {
        ensure!(self.imports.is_empty(), "it imports other modules");
        let inside = self.inside(&|_: &str| false);
        Ok(format!("export const instance = () => {{\n{inside}}};\n"))
    }

    fn inside(&self, lazy: &impl Fn(&str) -> bool) -> String {
        let mut out = String::new();
        for Import { file, names } in &self.imports {
            let mut object = object(file);
            if lazy(file) {
                object.push_str("()");
            }
            // Writing to a string cannot fail.
            let _ = match names {
                Names::None => writeln!(out, "{object};"),
                Names::All(name) => writeln!(out, "const {name} = {object};"),
                Names::Some(pairs) => writeln!(out, "const {} = {object};", braced(pairs)),
            };
        }
        out.push_str(&self.body);
        let _ = writeln!(out, "return {};", braced(&self.exports));
        out
    }

    fn line(&mut self, line: &str) {
        let code = without_comments(line);
        let mut rest = code.as_str();
        while let Some((_, after)) = rest.split_once("import(\"./") {
            rest = after;
            let file = after.split('"').next().unwrap_or_default();
            self.on_demand.push(file.to_owned());
        }
        self.body.push_str(line);
        self.body.push('\n');
    }

    fn import(&mut self, statement: &str) -> Result<()> {
        let statement = statement
            .strip_prefix("import ")
            .and_then(|rest| rest.strip_suffix(';'))
            .context("it does not end with a semicolon")?;
        let (names, file) = statement.rsplit_once(" from ").unwrap_or(("", statement));
        let file = file
            .trim_matches(['"', '\''])
            .strip_prefix("./")
            .context("only what lies beside it can be imported")?;
        ensure!(!file.contains(['/', '"', '\'']), "this is no file name");
        let names = if names.is_empty() {
            Names::None
        } else if let Some(name) = names.strip_prefix("* as ") {
            ensure!(is_name(name), "this is no name: {name}");
            Names::All(name.to_owned())
        } else if let Some(pairs) = list(names) {
            Names::Some(pairs?)
        } else {
            ensure!(is_name(names), "this is no name: {names}");
            Names::Some(vec![(DEFAULT.into(), names.into())])
        };
        let file = file.to_owned();
        self.imports.push(Import { file, names });
        Ok(())
    }

    fn export(&mut self, statement: &str) -> Result<()> {
        let rest = statement.strip_prefix("export ").unwrap_or_default();
        if let Some(pairs) = rest.strip_suffix(';').and_then(list) {
            // `{ inside as outside }`, the other way round than in an import.
            let pairs = pairs?.into_iter().map(|(local, name)| (name, local));
            self.exports.extend(pairs);
            return Ok(());
        }
        if let Some(value) = rest.strip_prefix("default ") {
            self.exports.push((DEFAULT.into(), BY_DEFAULT.into()));
            self.line(&format!("const {BY_DEFAULT} = {value}"));
            return Ok(());
        }
        let declared = ["const ", "class ", "function ", "async function "]
            .iter()
            .find_map(|word| rest.strip_prefix(word));
        // What is assigned anew later would have to be looked up each time.
        let Some(declared) = declared else {
            bail!("it declares no constant, no class and no function");
        };
        let end = declared
            .find(|sign: char| !is_part_of_name(sign))
            .unwrap_or(declared.len());
        let name = &declared[..end];
        ensure!(is_name(name), "it has no name");
        self.exports.push((name.into(), name.into()));
        self.line(rest);
        Ok(())
    }
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

/// `{ a, b as c }` as pairs; nothing if it is no list.
fn list(text: &str) -> Option<Result<Vec<(String, String)>>> {
    let inside = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    let names = inside
        .split(',')
        .map(str::trim)
        .filter(|one| !one.is_empty());
    Some(
        names
            .map(|one| {
                let (first, second) = one.split_once(" as ").unwrap_or((one, one));
                for name in [first, second] {
                    ensure!(is_name(name), "this is no name: {name}");
                }
                Ok((first.to_owned(), second.to_owned()))
            })
            .collect(),
    )
}

/// A pattern or an object: `{ a, b: c }`.
fn braced(pairs: &[(String, String)]) -> String {
    let entries: Vec<String> = pairs
        .iter()
        .map(|(name, local)| {
            if name == local {
                name.clone()
            } else {
                format!("{name}: {local}")
            }
        })
        .collect();
    format!("{{ {} }}", entries.join(", "))
}

fn is_part_of_name(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_' || sign == '$'
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(is_part_of_name)
        && !text.starts_with(|sign: char| sign.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        Module::read(text).map_or_else(|error| format!("{error:#}"), |_| String::new())
    }

    #[test]
    fn a_module_is_a_function_of_what_it_imports() -> Result<()> {
        let text = "import css from \"./a.css.js\";\nimport { h, sheet as s } from \"./dom.js\";\nimport * as all from \"./b-c.js\";\nimport \"./d.js\";\nexport const ONE = 1;\nexport class Two {}\nexport async function three(x) {\nreturn x;\n}\nlet four = 4;\nexport { four as five };\n";
        let module = Module::read(text)?;
        let imported: Vec<&str> = module.imported().collect();
        assert_eq!(imported, ["a.css.js", "dom.js", "b-c.js", "d.js"]);
        let names: Vec<&str> = module.names().collect();
        assert_eq!(names, ["ONE", "Two", "three", "five"]);
        let expected = "const e_js = (() => {\nconst { default: css } = a_css_js;\nconst { h, sheet: s } = dom_js();\nconst all = b_c_js;\nd_js;\nconst ONE = 1;\nclass Two {}\nasync function three(x) {\nreturn x;\n}\nlet four = 4;\nreturn { ONE, Two, three, five: four };\n})();\n";
        let lazy = |file: &str| file == "dom.js";
        assert_eq!(module.statement("e.js", &lazy), expected);
        let statement = module.statement("dom.js", &lazy);
        assert!(
            statement.starts_with("const dom_js = once(() => {\n"),
            "{statement}"
        );
        Ok(())
    }

    #[test]
    fn a_default_is_an_export_by_that_name() -> Result<()> {
        let sheet = Module::read("export default \"a { b: c }\";\n")?;
        let expected = "const a_css_js = (() => {\nconst by_default = \"a { b: c }\";\nreturn { default: by_default };\n})();\n";
        assert_eq!(sheet.statement("a.css.js", &|_: &str| false), expected);
        let bindings = Module::read("let wasm;\nexport { init as default };\n")?;
        let expected =
            "export const instance = () => {\nlet wasm;\nreturn { default: init };\n};\n";
        assert_eq!(bindings.factory()?, expected);
        Ok(())
    }

    #[test]
    fn what_is_loaded_on_demand_is_known_and_types_are_not_loaded() -> Result<()> {
        let module = Module::read(
            "const a = () => import(\"./b.js\");\n/** @type {import(\"./c.js\").C} */ let c;\nexport const d = () => import(\"./d.js\");\n",
        )?;
        assert_eq!(module.on_demand, ["b.js", "d.js"]);
        Ok(())
    }

    #[test]
    fn names_may_stand_on_lines_of_their_own() -> Result<()> {
        let module = Module::read("import {\na,\nb as c,\n} from \"./d.js\";\n")?;
        let statement = module.statement("e.js", &|_: &str| false);
        assert!(
            statement.contains("const { a, b: c } = d_js;"),
            "{statement}"
        );
        Ok(())
    }

    #[test]
    fn what_has_no_place_is_refused_by_its_line() {
        for line in [
            "import a from \"../a.js\";",
            "import a from \"https://example.org/a.js\";",
            "import a, { b } from \"./a.js\";",
            "export let a = 1;",
            "export * from \"./a.js\";",
            "export const { a } = b;",
        ] {
            assert!(message(line).contains(line), "{line}: {}", message(line));
        }
    }
}
