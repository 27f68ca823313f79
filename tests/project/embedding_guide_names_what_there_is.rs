//! `docs/embedding.md` names every exhibit, and no attribute that a knob has
//! taken; its examples show views and turn knobs that there are.

use ntk_playground::exhibit::{EXHIBITS, ExhibitKind};

const GUIDE: &str = include_str!("../../docs/embedding.md");

/// What is written between grave accents in a line.
fn quoted(line: &str) -> Vec<&str> {
    line.split('`').skip(1).step_by(2).collect()
}

/// Rows of the table of attributes.
fn attributes() -> Vec<&'static str> {
    let rows = GUIDE
        .lines()
        .skip_while(|line| !line.starts_with("| attribute |"))
        .skip(2);
    let rows: Vec<&str> = rows.take_while(|line| line.starts_with('|')).collect();
    assert!(rows.len() > 3, "the guide has a table of attributes");
    rows
}

#[test]
fn it_lists_every_exhibit_and_no_other() {
    let row = attributes()
        .into_iter()
        .find(|row| row.starts_with("| `exhibit`"))
        .expect("a row on exhibits");
    let mut listed = quoted(row)[1..].to_vec();
    let mut names: Vec<&str> = EXHIBITS.iter().map(|kind| kind.name).collect();
    listed.sort_unstable();
    names.sort_unstable();
    assert_eq!(listed, names);
}

#[test]
fn no_attribute_has_the_name_of_a_knob() {
    for row in attributes() {
        let name = quoted(row)[0];
        for kind in EXHIBITS {
            let taken = kind.knobs.iter().any(|knob| knob.name == name);
            assert!(!taken, "{name} of {}", kind.name);
        }
    }
}

/// Whether an exhibit has a view or a knob of every name in a list.
fn known(kind: &ExhibitKind, attribute: &str, list: &str) -> bool {
    list.split([' ', '+']).all(|name| match attribute {
        "views" => kind.views.iter().any(|view| view.name == name),
        _ => kind.knobs.iter().any(|knob| knob.name == name),
    })
}

#[test]
fn its_examples_name_views_and_knobs_that_there_are() {
    let spectrum = &EXHIBITS[0];
    let mut count = 0;
    for attribute in ["views", "controls"] {
        for part in GUIDE.split(&format!("{attribute}=")).skip(1) {
            let part = part.trim_start_matches('"');
            let list = part.split(['"', '&', '`']).next().unwrap_or_default();
            assert!(known(spectrum, attribute, list), "{attribute}: {list}");
            count += 1;
        }
    }
    assert!(count >= 4, "{count} examples");
    // What the guide says of knobs as attributes.
    let text = GUIDE
        .split("Every knob of the exhibit is an attribute")
        .nth(1)
        .and_then(|rest| rest.split("`knobs` lists").next())
        .expect("a paragraph on knobs");
    for example in quoted(text) {
        let (name, value) = example.split_once('=').expect("name and value");
        let value = value.trim_matches('"');
        let fits = EXHIBITS.iter().flat_map(|kind| kind.knobs).any(|knob| {
            knob.name == name && knob.parse(value).is_ok_and(|parsed| parsed.note.is_none())
        });
        assert!(fits, "{example}");
    }
}
