//! Help, ranges and defaults are those that the knobs declare, for every
//! command and every exhibit.

use super::{printed, run, text};
use ntk_playground::exhibit::{EXHIBITS, Kind};

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_narrow(help: &str) -> bool {
    help.lines().all(|line| line.chars().count() <= 100)
}

#[test]
fn list_and_help_of_an_exhibit_name_every_knob() {
    let list = printed(&["list"]);
    assert!(is_narrow(&list), "{list}");
    let list = on_one_line(&list);
    for kind in EXHIBITS {
        let help = printed(&["run", kind.name, "--help"]);
        assert_eq!(help, printed(&["run", kind.name, "-h"]));
        assert_eq!(help, printed(&["help", "run", kind.name]));
        assert!(is_narrow(&help), "{help}");
        let help = on_one_line(&help);
        assert!(list.contains(&format!("{}: {}", kind.name, kind.title)));
        for knob in kind.knobs {
            let (value, file) = match knob.kind {
                Kind::Number { .. } => ("NUMBER", ""),
                Kind::Integer { .. } => ("INTEGER", ""),
                Kind::Choice { .. } => ("WORD", ""),
                Kind::List { .. } => ("LIST", ""),
                Kind::Points { .. } => ("POINTS", ", or @FILE for a CSV file of x and y"),
            };
            let (name, range, default) = (knob.name, knob.expected(), knob.default);
            let meaning = knob.help;
            let entry = on_one_line(&format!(
                "--{name} <{value}> {meaning} [{range}{file}] [default: {default}]"
            ));
            assert!(list.contains(&entry) && help.contains(&entry), "{entry}");
        }
    }
}

#[test]
fn every_command_has_help() {
    let help = printed(&["--help"]);
    for command in ["list", "run", "study", "completions"] {
        assert!(help.contains(&format!("\n  {command} ")), "{help}");
        let own = printed(&[command, "--help"]);
        assert!(own.contains("Usage: ntk-playground ") && is_narrow(&own));
    }
    for status in ["0  The command finished", "3  Training diverged"] {
        assert!(help.contains(status), "{help}");
        assert!(printed(&["run", "race", "--help"]).contains(status));
    }
    for option in [
        "--until", "--link", "--claims", "--csv", "--json", "--svg", "--sheet",
    ] {
        assert!(printed(&["run", "--help"]).contains(option), "{option}");
    }
    for option in ["--seeds", "--first-seed", "--threads", "--format"] {
        assert!(
            printed(&["study", "gate", "-h"]).contains(option),
            "{option}"
        );
    }
    // Nothing was asked for: the help is an answer to a mistake.
    let nothing = run(&[]);
    assert_eq!(nothing.status.code(), Some(2));
    assert_eq!(text(&nothing.stderr), help);
}

#[test]
fn the_version_is_that_of_the_package() {
    let version = format!("ntk-playground {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(printed(&["--version"]), version);
}

#[test]
fn completions_know_exhibits_knobs_and_words() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]);
        for word in ["race-pinn", "step-fraction", "streaming-snr", "until"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}
