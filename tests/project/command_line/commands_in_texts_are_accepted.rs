//! Every command that a text shows is one that the command line accepts.

use super::{run, text};
use std::path::Path;

/// Words of a line of a shell, of which only quotation marks mean anything.
fn words(line: &str) -> Vec<&str> {
    let parts = line.split('"').enumerate();
    let words = parts.map(|(i, part)| match i % 2 {
        0 => part.split_whitespace().collect(),
        _ => vec![part],
    });
    words.collect::<Vec<_>>().concat()
}

/// The arguments of every command in the documents.
fn commands(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = text.lines();
    let shown = lines.flat_map(|line| line.split("cargo run --release -- ").skip(1));
    let shown = shown.map(|rest| rest.split('`').next().unwrap_or_default());
    // For a name in capitals the reader puts another.
    let whole = |line: &&str| !line.contains("EXHIBIT") && !line.contains("NAME");
    shown.filter(whole).map(words)
}

#[test]
fn each_has_options_and_values_that_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = std::fs::read_dir(root.join("docs")).expect("docs/");
    let mut files: Vec<_> = docs.map(|file| file.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "md"));
    files.push(root.join("README.md"));
    let mut count = 0;
    for file in files {
        let words = std::fs::read_to_string(&file).expect("a text");
        for mut arguments in commands(&words) {
            // What stands before it is read and checked, and then not done.
            arguments.push("--help");
            let out = run(&arguments);
            let message = text(&out.stderr);
            assert_eq!(out.status.code(), Some(0), "{arguments:?}: {message}");
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
    for wrong in [&["--steps", "3"][..], &["--noise", "7"]] {
        let arguments = [&["run", "spectrum"], wrong, &["--help"]].concat();
        assert_eq!(run(&arguments).status.code(), Some(2), "{arguments:?}");
    }
}
