//! Every link in a text, and every "try" button of a chapter, opens without a
//! note and names a step that its run reaches.

use ntk_playground::exhibit::Session;
use std::collections::{BTreeMap, BTreeSet};
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

fn texts() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("README.md"), root.join("index.html")];
    files.extend(["docs", "chapters"].into_iter().flat_map(markdown));
    files
}

/// The Markdown files of a folder.
fn markdown(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("a file").path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect()
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

/// What a link asks for.
struct Link {
    exhibit: String,
    parameters: Vec<(String, String)>,
    step: u64,
}

impl Link {
    /// Reads a query.
    ///
    /// # Errors
    /// What is wrong with it.
    fn read(query: &str) -> Result<Self, String> {
        let (mut parameters, mut exhibit, mut step) = (Vec::new(), None, 0);
        for (name, value) in pairs(query) {
            match name.as_str() {
                "exhibit" => exhibit = Some(value),
                page if OF_THE_PAGE.contains(&page) => {}
                "step" => match value.parse() {
                    Ok(number) => step = number,
                    Err(_) => return Err("step is not a whole number".into()),
                },
                _ => parameters.push((name, value)),
            }
        }
        Ok(Self {
            exhibit: exhibit.ok_or("no exhibit is named")?,
            parameters,
            step,
        })
    }

    /// Opens it.
    ///
    /// # Errors
    /// Why that is not possible, or not as it is written.
    fn open(&self) -> Result<Session, String> {
        let opened = Session::open(&self.exhibit, &self.parameters);
        let session = opened.map_err(|error| error.to_string())?;
        match session.notes() {
            [] => Ok(session),
            [note, ..] => Err(note.clone()),
        }
    }

    /// Opens it and takes its steps.
    ///
    /// # Errors
    /// The same, or why there are not as many steps.
    fn play(&self) -> Result<(), String> {
        let mut session = self.open()?;
        let reached = session.advance(self.step, || true);
        match reached == self.step {
            true => Ok(()),
            false => Err(format!(
                "step {} is not reached: {:?} at step {reached}",
                self.step,
                session.status()
            )),
        }
    }
}

/// What is wrong with a query.
fn trouble(query: &str) -> Option<String> {
    Link::read(query).and_then(|link| link.play()).err()
}

#[test]
fn links_open_without_a_note_and_reach_their_steps() {
    // Of links to one run, the one with the most steps says it for all.
    let mut runs: BTreeMap<_, Link> = BTreeMap::new();
    let mut count = 0;
    for file in texts() {
        let seen: BTreeSet<String> = links(&read(&file)).into_iter().collect();
        for query in seen {
            count += 1;
            let read = Link::read(&query);
            let link = read.unwrap_or_else(|e| panic!("{}: ?{query}: {e}", file.display()));
            let run = (link.exhibit.clone(), link.parameters.clone());
            let known = runs.get(&run).map_or(0, |link| link.step);
            if !runs.contains_key(&run) || known < link.step {
                runs.insert(run, link);
            }
        }
    }
    assert!(count >= 40, "only {count} links found");
    std::thread::scope(|scope| {
        for (run, link) in runs {
            let play = move || link.play().unwrap_or_else(|e| panic!("{run:?}: {e}"));
            scope.spawn(play);
        }
    });
}

/// The knobs of each button of a chapter, with its exhibit: the one before it, or the
/// one that the head of the chapter names.
fn tries(chapter: &str) -> Vec<String> {
    let mut exhibit = "";
    let mut queries = Vec::new();
    let mut is_try = false;
    for line in chapter.lines() {
        let named = line.strip_prefix("```exhibit ");
        if let Some(name) = named.or_else(|| line.strip_prefix("exhibit: ")) {
            exhibit = name;
        } else if line.starts_with("```") {
            is_try = line == "```try";
        } else if is_try {
            let (_, knobs) = line.split_once(": ").expect("`words: knob=value`");
            queries.push(format!("exhibit={exhibit}&{knobs}"));
        }
    }
    queries
}

#[test]
fn try_buttons_set_what_can_be_set() {
    let mut count = 0;
    for file in markdown("chapters") {
        for query in tries(&read(&file)) {
            count += 1;
            assert_eq!(trouble(&query), None, "{}: {query}", file.display());
        }
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
        ("exhibit=spectrum&step-fraction=4&step=900", "diverged"),
    ] {
        let said = trouble(query).unwrap_or_default();
        assert!(said.contains(named), "{query}: {said}");
    }
    assert_eq!(
        trouble("theme=projector&exhibit=spectrum&beside=gate.hard"),
        None
    );
}
