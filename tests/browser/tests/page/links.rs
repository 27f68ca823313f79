//! Every knob can be set from the link and from an attribute.

use anyhow::{Context, Result};
use browser_tests::{Engine, Exhibit, Origin, check, claims};
use serde_json::{Value, json};

claims! {
    fast_chromium:
        every_knob_is_set_by_the_link_by_an_attribute_and_by_set;
}

const ELEMENT: &str = "<ntk-playground exhibit=spectrum></ntk-playground>";

/// For every knob a value that is not its default, from its declaration.
pub fn other_values(exhibit: &Exhibit<'_>) -> Result<Vec<(String, String)>> {
    let knobs = exhibit.call("return element.knobs", &[])?;
    let knobs = knobs.as_array().context("knobs are a list")?;
    knobs
        .iter()
        .map(|knob| {
            let name = knob["name"].as_str().context("a knob has a name")?;
            let value = other(knob).with_context(|| format!("{name} has another value: {knob}"))?;
            Ok((name.to_string(), value))
        })
        .collect()
}

fn other(knob: &Value) -> Option<String> {
    let (kind, default) = (&knob["kind"], knob["default"].as_str()?);
    match kind["type"].as_str()? {
        "number" => {
            let (min, max) = (kind["min"].as_f64()?, kind["max"].as_f64()?);
            let decimals = kind["decimals"].as_u64()? as usize;
            let value = if kind["log"] == true {
                (min * max).sqrt()
            } else {
                min + 0.3 * (max - min)
            };
            // As JavaScript and Rust write it: without zeros at the end.
            let rounded: f64 = format!("{value:.decimals$}").parse().ok()?;
            Some(rounded.to_string()).filter(|text| text != default)
        }
        "integer" => {
            let default: u64 = default.parse().ok()?;
            let up = default + 3;
            let fits = up <= kind["max"].as_u64()?;
            Some(if fits { up } else { default.checked_sub(3)? }.to_string())
        }
        "choice" => {
            let options = kind["options"].as_array()?.iter();
            let mut words = options.filter_map(|option| option["value"].as_str());
            words.find(|word| *word != default).map(str::to_string)
        }
        "list" => {
            let mut presets = kind["presets"].as_array()?.iter().filter_map(Value::as_str);
            presets
                .find(|preset| *preset != default)
                .map(str::to_string)
        }
        "points" => Some("-0.5:0.25~0.5:-1".to_string()),
        _ => None,
    }
}

fn every_knob_is_set_by_the_link_by_an_attribute_and_by_set(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.open(browser, ELEMENT)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        let values = other_values(&exhibit)?;
        assert!(values.len() > 5, "{values:?}");
        for (knob, value) in &values {
            exhibit.set(knob, value)?;
            assert_eq!(exhibit.get(knob)?, *value, "set {knob}");
        }

        // On the same page, an element that has them from the beginning.
        browser.run(
            "const other = document.createElement('ntk-playground');
             other.id = 'other';
             for (const [name, value] of arguments[0]) other.setAttribute(name, value);
             document.body.replaceChildren(other);",
            &[json!(values)],
        )?;
        let other = browser.exhibit("#other")?;
        for (knob, value) in &values {
            assert_eq!(other.get(knob)?, *value, "attribute {knob}");
        }
        other.step(3)?;

        let parameters: Vec<String> = values.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let query = parameters.join("&");
        browser.open(&origin.address(&format!("?exhibit=spectrum&{query}")))?;
        let exhibit = browser.exhibit("ntk-playground[exhibit=spectrum]")?;
        for (knob, value) in &values {
            assert_eq!(exhibit.get(knob)?, *value, "link {knob}");
        }
        exhibit.step(3)?;
        Ok(())
    });
}
