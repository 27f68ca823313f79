//! Every link in a text, and every "try" button of the page, opens without a
//! note and names a step that its run can reach.

use ntk_playground::exhibit::{Session, Status};
use std::path::{Path, PathBuf};

/// Parameters of the page, not of an exhibit.
const OF_THE_PAGE: [&str; 8] = [
    "theme",
    "lang",
    "hide-values",
    "views",
    "controls",
    "autoplay",
    "transparent",
    "ground",
];

/// Where runs end at the latest, for exhibits that links with a step name.
const LIMITS: [(&str, u64); 3] = [("spectrum", 12_000), ("channel", 4_000), ("benign", 12_000)];

fn texts() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("README.md"), root.join("index.html")];
    for entry in std::fs::read_dir(root.join("docs")).expect("docs/") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    files
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).expect("a text")
}

/// What follows a question mark up to the first sign that no link has, from the exhibit on.
fn links(text: &str) -> Vec<String> {
    let in_link = |c: char| c.is_ascii_alphanumeric() || "=&._-".contains(c);
    text.replace("&amp;", "&")
        .split('?')
        .skip(1)
        .map(|rest| rest.split(|c| !in_link(c)).next().unwrap_or_default())
        .filter(|query| query.split('&').any(|pair| pair.starts_with("exhibit=")))
        .map(|query| query.trim_end_matches('.').to_owned())
        .collect()
}

fn pairs(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            // A letter stands for the reader's own number.
            let value = if value == "N" { "7" } else { value };
            (name.to_owned(), value.to_owned())
        })
        .collect()
}

/// Opens a query, and says what is wrong with it.
fn trouble(query: &str) -> Option<String> {
    let (mut parameters, mut exhibit, mut step) = (Vec::new(), None, 0);
    for (name, value) in pairs(query) {
        match name.as_str() {
            "exhibit" => exhibit = Some(value),
            page if OF_THE_PAGE.contains(&page) => {}
            "step" => match value.parse() {
                Ok(number) => step = number,
                Err(_) => return Some("step is not a whole number".into()),
            },
            _ => parameters.push((name, value)),
        }
    }
    let exhibit = exhibit?;
    let limit = LIMITS.iter().find(|(name, _)| *name == exhibit);
    match limit {
        Some((_, limit)) if step > *limit => return Some(format!("step {step} is past {limit}")),
        None if step > 0 => return Some(format!("no limit is listed for {exhibit}")),
        _ => {}
    }
    match Session::open(&exhibit, &parameters) {
        Ok(session) => session.notes().first().cloned(),
        Err(error) => Some(error.to_string()),
    }
}

#[test]
fn links_open_without_a_note() {
    let mut count = 0;
    for file in texts() {
        let mut seen = links(&read(&file));
        seen.sort_unstable();
        seen.dedup();
        for query in seen {
            count += 1;
            let wrong = trouble(&query);
            assert_eq!(wrong, None, "{}: ?{query}", file.display());
        }
    }
    assert!(count >= 40, "only {count} links found");
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let rest = tag.split_once(&format!(" {name}=\""))?.1;
    rest.split('"').next()
}

#[test]
fn try_buttons_set_what_can_be_set() {
    let page = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("index.html"));
    let tags = |name: &'static str| {
        let tags = page.split('<').filter(move |tag| tag.starts_with(name));
        tags.map(|tag| tag.split('>').next().unwrap_or_default())
    };
    let exhibits: Vec<(&str, &str)> = tags("ntk-playground")
        .filter_map(|tag| Some((attribute(tag, "id")?, attribute(tag, "exhibit")?)))
        .collect();
    let mut count = 0;
    for button in tags("button") {
        let Some(set) = attribute(button, "data-set") else {
            continue;
        };
        count += 1;
        let id = attribute(button, "data-for").expect("a button says for which exhibit");
        let exhibit = exhibits.iter().find(|(known, _)| *known == id);
        let (_, exhibit) = exhibit.unwrap_or_else(|| panic!("no exhibit has the id {id}"));
        let query = format!("exhibit={exhibit}&{}", set.replace("&amp;", "&"));
        assert_eq!(trouble(&query), None, "{button}");
    }
    assert!(count >= 30, "only {count} buttons found");
}

#[test]
fn wrong_links_are_noticed() {
    assert_eq!(links("a ?b, `?exhibit=x&amp;y=1.`"), ["exhibit=x&y=1"]);
    for (query, named) in [
        ("exhibit=spectre", "spectre"),
        ("exhibit=spectrum&nois=1", "nois"),
        ("exhibit=spectrum&noise=2", "noise"),
        ("exhibit=spectrum&step=12001", "12001"),
        ("exhibit=spectrum&beside=gate.hrad", "hrad"),
        ("exhibit=spectrum&gate=hard&batch=1", "at least two"),
        ("exhibit=race&step=3", "race"),
    ] {
        let said = trouble(query).unwrap_or_default();
        assert!(said.contains(named), "{query}: {said}");
    }
    assert_eq!(
        trouble("theme=projector&exhibit=spectrum&beside=gate.hard"),
        None
    );
}

#[test]
fn the_limits_are_those_of_the_runs() {
    // Cheap networks, to the end.
    for (exhibit, limit) in &LIMITS[..2] {
        let settings = [("widths", "none"), ("points", "8")];
        let parameters = settings.map(|(knob, value)| (knob.to_owned(), value.to_owned()));
        let mut session = Session::open(exhibit, &parameters).expect("in range");
        assert_eq!(session.advance(u64::MAX, || true), *limit);
        assert!(matches!(session.exhibit().status(), Status::Finished(_)));
    }
}
