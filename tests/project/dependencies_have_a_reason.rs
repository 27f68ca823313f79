//! Every crate that a package of the workspace asks for stands in the table of
//! docs/implementation.md, with the packages that ask, and with how many
//! crates it brings, itself among them, as Cargo.lock has them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// What stands between the next two quotation marks.
fn quoted(text: &str) -> &str {
    text.split('"').nth(1).unwrap_or_default()
}

/// The folders of all packages.
fn packages() -> Vec<PathBuf> {
    let manifest = read(&root().join("Cargo.toml"));
    let members = manifest
        .lines()
        .find_map(|line| line.strip_prefix("members = "))
        .expect("the members of the workspace");
    let members: Vec<PathBuf> = members
        .split(',')
        .map(|member| root().join(quoted(member)))
        .collect();
    assert!(members.len() > 4);
    [vec![root()], members].concat()
}

/// By crate, the packages that ask for it. What lies in a folder of this
/// repository is none.
fn asked() -> BTreeMap<String, BTreeSet<String>> {
    let mut asked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for folder in packages() {
        let manifest = read(&folder.join("Cargo.toml"));
        let name = manifest
            .split("[package]")
            .nth(1)
            .and_then(|text| text.lines().find_map(|line| line.strip_prefix("name = ")))
            .map(quoted)
            .expect("the name of a package");
        let mut inside = false;
        for line in manifest.lines() {
            if line.starts_with('[') {
                inside = line.ends_with("dependencies]");
            } else if inside
                && !line.contains("path = ")
                && let Some((wanted, _)) = line.split_once(" = ")
                && !wanted.starts_with('#')
            {
                let packages = asked.entry(wanted.to_owned()).or_default();
                packages.insert(name.to_owned());
            }
        }
    }
    asked
}

/// A crate of the lock file: its name, or name and version where there are
/// several, as other crates name it.
type Lock = BTreeMap<String, Vec<String>>;

fn lock() -> Lock {
    let text = read(&root().join("Cargo.lock"));
    let mut lock = Lock::new();
    for block in text.split("[[package]]").skip(1) {
        let field = |name: &str| {
            let line = block.lines().find_map(|line| line.strip_prefix(name));
            quoted(line.unwrap_or_default()).to_owned()
        };
        let (_, list) = block.split_once("dependencies = [").unwrap_or_default();
        let needs: Vec<String> = list.lines().map(|line| quoted(line).to_owned()).collect();
        let needs: Vec<String> = needs.into_iter().filter(|name| !name.is_empty()).collect();
        let name = field("name = ");
        lock.insert(format!("{name} {}", field("version = ")), needs.clone());
        lock.insert(name, needs);
    }
    lock
}

/// How many crates come with one, itself among them.
fn brings(lock: &Lock, name: &str) -> usize {
    let mut seen = BTreeSet::new();
    let mut left = vec![name];
    while let Some(name) = left.pop() {
        if seen.insert(name) {
            let needs = lock.get(name).unwrap_or_else(|| panic!("no crate {name}"));
            left.extend(needs.iter().map(String::as_str));
        }
    }
    seen.len()
}

/// The rows of the table: crate, packages, crates it brings, reason, keeper.
fn table() -> Vec<[String; 5]> {
    let text = read(&root().join("docs/implementation.md"));
    let (_, section) = text.split_once("\n## Dependencies\n").expect("the section");
    let rows = section
        .lines()
        .take_while(|line| !line.starts_with("## "))
        .filter(|line| line.starts_with("| ") && !line.starts_with("| crate "));
    rows.map(|row| {
        let cells: Vec<String> = row
            .trim_matches('|')
            .split(" | ")
            .map(|cell| cell.trim().to_owned())
            .collect();
        cells.try_into().expect("five cells")
    })
    .collect()
}

#[test]
fn the_table_lists_what_the_packages_ask_for() {
    let listed: BTreeMap<String, BTreeSet<String>> = table()
        .into_iter()
        .map(|[name, packages, ..]| (name, packages.split(", ").map(str::to_owned).collect()))
        .collect();
    assert_eq!(listed, asked());
}

#[test]
fn the_table_says_why_what_it_costs_and_who_keeps_it() {
    let lock = lock();
    for [name, _, count, reason, keeper] in table() {
        assert_eq!(count, brings(&lock, &name).to_string(), "{name} brings");
        assert!(
            reason.len() > 10 && keeper.len() > 3,
            "{name}: {reason} {keeper}"
        );
    }
}
