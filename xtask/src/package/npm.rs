//! The package for npm: the modules, the engines beside them, the element as one
//! classic script, types, and the manifest of custom elements.

use super::documented::{Documented, Entry};
use crate::build::single::{self, BUNDLE};
use crate::build::{VERSION, scripts, site};
use crate::project;
use crate::release::notices;
use crate::test::types;
use anyhow::Result;
use serde_json::{Value, json};
use std::path::Path;

/// Where it lies that nobody knows beforehand.
const ELSEWHERE: &str = include_str!("../build/addresses/elsewhere.js");
/// What a server imports, which has no elements.
const SERVER: &str = "server.js";
/// The folder of types.
const TYPES: &str = "types";

/// Writes the package of a folder of modules.
pub fn write(modules: &Path, to: &Path) -> Result<()> {
    let mut files = site::read(modules)?;
    files.insert(site::ADDRESSES.into(), scripts::shorten(ELSEWHERE)?.into());
    for (name, content) in site::scripts(&site::graph(&files)?, &[])? {
        project::save(to, &name, content)?;
    }
    for (name, content) in &files {
        let wanted = [".wasm", ".json"].iter().any(|end| name.ends_with(end));
        if wanted || name == site::ALONE {
            project::save(to, name, content)?;
        }
    }
    let bundle = single::script(modules, &site::PUBLIC, &[], ELSEWHERE)?;
    project::save(to, BUNDLE, bundle)?;
    project::save(to, SERVER, include_str!("server.js"))?;

    let documented = Documented::read()?;
    types::declare(modules, &to.join(TYPES))?;
    project::save(&to.join(TYPES), "index.d.ts", index(&documented)?)?;
    project::save(&to.join(TYPES), "react.d.ts", include_str!("react.d.ts"))?;
    project::save(to, "react.js", "export {};\n")?;
    project::save(to, "custom-elements.json", pretty(&manifest(&documented)?)?)?;
    project::save(to, "package.json", pretty(&package()?)?)?;
    project::save(to, "README.md", include_str!("npm.md"))?;
    notices::write(to)
}

fn pretty(value: &Value) -> Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

fn package() -> Result<Value> {
    let entry = |file: &str, types: &str| json!({"types": format!("./{TYPES}/{types}"), "node": format!("./{SERVER}"), "default": file});
    Ok(json!({
        "name": "ntk-playground",
        "version": VERSION,
        "description": "A network learns in the page while its neural tangent kernel is on the screen: a custom element",
        "keywords": ["neural-tangent-kernel", "generalization", "web-component", "webassembly", "visualization"],
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "exports": {
            ".": entry("./ntk-playground.js", "index.d.ts"),
            "./ledger": entry("./ledger.js", "ledger.d.ts"),
            "./claims": entry("./claims.js", "claims.d.ts"),
            "./react": {"types": format!("./{TYPES}/react.d.ts"), "default": "./react.js"},
            "./embed-host": "./embed-host.js",
            "./bundle": format!("./{BUNDLE}"),
            "./*.wasm": "./*.wasm",
            "./custom-elements.json": "./custom-elements.json",
            "./package.json": "./package.json",
        },
        "types": format!("./{TYPES}/index.d.ts"),
        "main": "./ntk-playground.js",
        "unpkg": format!("./{BUNDLE}"),
        "jsdelivr": format!("./{BUNDLE}"),
        "customElements": "custom-elements.json",
        // These define elements, or listen.
        "sideEffects": ["./ntk-playground.js", "./ledger.js", "./claims.js", "./embed-host.js", format!("./{BUNDLE}")],
    }))
}

/// The types of the package: the class, the names of its elements and events.
fn index(documented: &Documented) -> Result<String> {
    let attributes: String = documented
        .table("attribute")?
        .iter()
        .map(|one| {
            format!(
                "  /** {} */\n  {}?: {};\n",
                comment(&one.says),
                quoted(&one.name),
                kind(one)
            )
        })
        .collect();
    Ok(include_str!("index.d.ts").replace("  /* ATTRIBUTES */\n", &attributes))
}

/// What an attribute takes in a framework.
fn kind(attribute: &Entry) -> &'static str {
    match attribute.name.as_str() {
        "views" | "controls" => "string | string[]",
        "autoplay" | "hide-values" | "performance" => "boolean | \"\" | \"true\" | \"false\"",
        _ => "string",
    }
}

fn quoted(name: &str) -> String {
    if name.contains('-') {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    }
}

fn comment(text: &str) -> String {
    text.replace("*/", "* /")
}

/// The manifest of custom elements (schema 1.0.0 of the custom elements manifest).
fn manifest(documented: &Documented) -> Result<Value> {
    let named = |entries: Vec<Entry>, more: Value| -> Vec<Value> {
        let one = |entry: Entry| {
            let mut value = json!({"name": entry.name, "description": entry.says});
            if let (Some(value), Some(more)) = (value.as_object_mut(), more.as_object()) {
                value.extend(more.clone());
            }
            value
        };
        entries.into_iter().map(one).collect()
    };
    let mut members = named(documented.table("method")?, json!({"kind": "method"}));
    members.extend(named(
        documented.table("property")?,
        json!({"kind": "field", "readonly": true}),
    ));
    let custom_event = json!({"type": {"text": "CustomEvent"}});
    let element = json!({
        "kind": "class",
        "customElement": true,
        "name": "NtkPlayground",
        "tagName": "ntk-playground",
        "description": "One exhibit: a network that trains, and what its tangent kernel says about it.",
        "superclass": {"name": "HTMLElement"},
        "attributes": named(documented.table("attribute")?, json!({})),
        "members": members,
        "events": named(documented.table("event")?, custom_event),
        "cssProperties": named(documented.table("custom property")?, json!({})),
        "cssParts": named(documented.table("part")?, json!({})),
    });
    let ledger = json!({
        "kind": "class",
        "customElement": true,
        "name": "NtkLedger",
        "tagName": "ntk-ledger",
        "description": "The ledger of one exhibit: what the theory says, what the run shows, and the verdict.",
        "superclass": {"name": "HTMLElement"},
        "attributes": [{"name": "for", "description": "the id of the exhibit"}],
    });
    let module = |file: &str, class: Value| {
        let (name, tag) = (class["name"].clone(), class["tagName"].clone());
        let declaration = json!({"name": name, "module": file});
        json!({
            "kind": "javascript-module",
            "path": file,
            "declarations": [class],
            "exports": [
                {"kind": "js", "name": name, "declaration": declaration},
                {"kind": "custom-element-definition", "name": tag, "declaration": declaration},
            ],
        })
    };
    Ok(json!({
        "schemaVersion": "1.0.0",
        "modules": [module("ntk-playground.js", element), module("ledger.js", ledger)],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_lists_what_the_document_does() -> Result<()> {
        let documented = Documented::read()?;
        let manifest = manifest(&documented)?;
        let element = &manifest["modules"][0]["declarations"][0];
        for (list, tables) in [
            ("attributes", &["attribute"][..]),
            ("members", &["method", "property"]),
            ("events", &["event"]),
            ("cssProperties", &["custom property"]),
            ("cssParts", &["part"]),
        ] {
            let mut wanted = Vec::new();
            for table in tables {
                wanted.extend(documented.table(table)?.into_iter().map(|entry| entry.name));
            }
            let listed = element[list].as_array().into_iter().flatten();
            let listed: Vec<&str> = listed.filter_map(|one| one["name"].as_str()).collect();
            assert_eq!(listed, wanted, "{list}");
        }
        Ok(())
    }

    #[test]
    fn types_name_every_attribute() -> Result<()> {
        let documented = Documented::read()?;
        let types = index(&documented)?;
        for attribute in documented.table("attribute")? {
            let name = format!("{}?:", quoted(&attribute.name));
            assert!(types.contains(&name), "{name}");
        }
        Ok(())
    }
}
