//! The version stands once in Cargo.toml; what cannot take it from there says the same.

use std::path::Path;

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn read(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The rest of the one line that begins so.
fn after<'a>(text: &'a str, start: &str) -> &'a str {
    let mut found = text.lines().filter_map(|line| line.strip_prefix(start));
    let rest = found.next().unwrap_or_else(|| panic!("no line {start}"));
    assert_eq!(found.next(), None, "two lines {start}");
    rest
}

#[test]
fn packages_take_the_version_of_the_workspace_or_have_none() {
    let root = read("Cargo.toml");
    let workspace = root.split("[workspace.package]\n").nth(1).expect("package");
    let workspace = workspace.split("\n[").next().unwrap_or_default();
    assert_eq!(after(workspace, "version = "), format!("\"{VERSION}\""));
    let members = after(&root, "members = [").trim_end_matches(']');
    for member in members.split(", ").map(|member| member.trim_matches('"')) {
        let manifest = read(&format!("{member}/Cargo.toml"));
        assert!(!manifest.contains("\nversion = "), "{member}");
        let is_ours_alone = manifest.contains("\npublish = false\n");
        let has_it = manifest.contains("\nversion.workspace = true\n");
        assert!(is_ours_alone || has_it, "{member} is published without");
    }
    // A registry takes no dependency without one.
    let arithmetic = format!("package = \"ntk-arithmetic\", version = \"{VERSION}\"");
    assert!(root.contains(&arithmetic), "{arithmetic}");
}

#[test]
fn citation_and_changelog_are_of_this_version() {
    let citation = read("CITATION.cff");
    assert_eq!(after(&citation, "version: "), VERSION);
    let changelog = read("CHANGELOG.md");
    let released = changelog
        .lines()
        .find_map(|line| line.strip_prefix("## ")?.split_once(" - "));
    let date = after(&citation, "date-released: ");
    assert_eq!(released, Some((VERSION, date)), "the newest entry");
    let year = format!("year    = {{{}}}\n", &date[..4]);
    assert!(read("about.html").contains(&year), "{year}");
}

#[test]
fn what_is_built_has_no_version_of_its_own() {
    for (file, token) in [
        (
            "xtask/src/package/python/pyproject.toml",
            "version = \"VERSION\"",
        ),
        (
            "xtask/src/package/python/__init__.py",
            "__version__ = \"VERSION\"",
        ),
        ("index.html", "{{version}}"),
        ("about.html", "{{version}}"),
    ] {
        assert!(read(file).contains(token), "{file}: {token}");
    }
}
