//! A workflow runs no action that can change under its name, and gets no right that it
//! does not name. actionlint checks the rest: `cargo xtask test --only workflows`.

use std::collections::BTreeMap;
use std::path::Path;

/// Every workflow, by its name.
fn workflows() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows");
    let entries = std::fs::read_dir(folder).expect("workflows");
    let read = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry.expect("a file");
        let text = std::fs::read_to_string(entry.path()).expect("a workflow");
        (entry.file_name().to_string_lossy().into_owned(), text)
    };
    entries.map(read).collect()
}

/// What is wrong with how a line names an action, if it names one.
fn trouble(line: &str) -> Option<String> {
    let (_, action) = line.split_once("uses: ")?;
    let Some((reference, version)) = action.split_once(" # v") else {
        return Some(format!("{action}: its version is in no comment"));
    };
    let commit = reference.split_once('@').map_or("", |(_, commit)| commit);
    let is_commit = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
    let is_version = version.split('.').count() == 3;
    (!is_commit || !is_version).then(|| format!("{action}: no commit with its version"))
}

#[test]
fn actions_are_pinned_by_commit_and_one_version_is_used() {
    let mut pinned: BTreeMap<String, String> = BTreeMap::new();
    for (name, text) in workflows() {
        for line in text.lines() {
            assert_eq!(trouble(line), None, "{name}");
            if let Some((action, commit)) = line
                .split_once("uses: ")
                .and_then(|(_, one)| one.split_once('@'))
            {
                let known = pinned
                    .entry(action.to_owned())
                    .or_insert_with(|| commit.to_owned());
                assert_eq!(known, commit, "{name}: {action} in two versions");
            }
        }
    }
    assert!(pinned.len() >= 5, "{pinned:?}");
}

#[test]
fn rights_are_named() {
    for (name, text) in workflows() {
        let rights = "\npermissions:\n  contents: read\n";
        assert!(text.contains(rights), "{name} may do more than read");
        let checkouts = text.matches("uses: actions/checkout@").count();
        let without = text.matches("persist-credentials: false").count();
        assert_eq!(checkouts, without, "{name}: a checkout keeps its token");
    }
}

#[test]
fn a_tag_is_noticed() {
    for line in [
        "- uses: actions/checkout@v7",
        "- uses: a/b@0123 # v1.0.0",
        "  uses: a/b@main # v1",
    ] {
        assert!(trouble(line).is_some(), "{line}");
    }
}
