//! Which version is built, from which commit.

use crate::project;
use std::process::Command;

/// The version of the project, as Cargo.toml has it once for all packages.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What stands in a page for the version.
const VERSION_TOKEN: &str = "{{version}}";
/// What stands in a page for the commit.
const COMMIT_TOKEN: &str = "{{commit}}";

/// A page that names its version and its commit.
pub fn fill(page: &str) -> String {
    let page = page.replace(VERSION_TOKEN, VERSION);
    match page.contains(COMMIT_TOKEN) {
        true => page.replace(COMMIT_TOKEN, &commit()),
        false => page,
    }
}

/// The commit of the sources, with a word about changes that are in none; a copy
/// without its history says so.
fn commit() -> String {
    let git = |words: &[&str]| {
        let output = Command::new("git")
            .args(words)
            .current_dir(project::root())
            .output();
        let output = output.ok().filter(|output| output.status.success())?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let Some(commit) = git(&["rev-parse", "--short=12", "HEAD"]) else {
        return "unknown".into();
    };
    match git(&["status", "--porcelain", "--untracked-files=no"]) {
        Some(changes) if changes.is_empty() => commit,
        _ => format!("{commit} with changes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_the_version_it_was_built_as() {
        assert_eq!(fill("v{{version}}."), format!("v{VERSION}."));
        let filled = fill("at {{commit}}");
        assert!(
            filled.len() > "at ".len() && !filled.contains('{'),
            "{filled}"
        );
    }
}
