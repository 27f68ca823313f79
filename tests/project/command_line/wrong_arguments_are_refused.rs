//! What is malformed, out of range or unknown is refused with exit status 2
//! and a sentence: what was wrong, where, and what is allowed. Nothing runs.

use super::{run, text};
use ntk_playground::exhibit::{EXHIBITS, Kind};

fn refused(arguments: &[&str], sentences: &[&str]) {
    let out = run(arguments);
    let message = text(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{arguments:?}: {message}");
    assert_eq!(text(&out.stdout), "", "{arguments:?}");
    for sentence in sentences {
        assert!(message.contains(sentence), "{arguments:?}: {message}");
    }
}

#[test]
fn a_knob_says_what_it_takes() {
    for (knob, value, sentence) in [
        (
            "noise",
            "banana",
            "noise: \u{201c}banana\u{201d} is not a number from 0 to 1.",
        ),
        (
            "noise",
            "1.01",
            "noise: \u{201c}1.01\u{201d} is not a number from 0 to 1.",
        ),
        (
            "noise",
            "-0.1",
            "noise: \u{201c}-0.1\u{201d} is not a number from 0 to 1.",
        ),
        (
            "noise",
            "nan",
            "noise: \u{201c}nan\u{201d} is not a number from 0 to 1.",
        ),
        (
            "noise",
            "",
            "noise: \u{201c}\u{201d} is not a number from 0 to 1.",
        ),
        (
            "points",
            "500",
            "points: \u{201c}500\u{201d} is not a whole number from 1 to 128.",
        ),
        (
            "points",
            "2.5",
            "points: \u{201c}2.5\u{201d} is not a whole number from 1 to 128.",
        ),
        (
            "gate",
            "hrad",
            "gate: \u{201c}hrad\u{201d} is not one of off, hard, ",
        ),
        (
            "widths",
            "8-0",
            "widths: \u{201c}8-0\u{201d} is not a list of up to 4 ",
        ),
        (
            "data",
            "1:nan~2:3",
            "data: point 1, \u{201c}1:nan\u{201d}, is not x:y with both numbers from -1000 to 1000.",
        ),
        (
            "data",
            "-5:1~1:2000",
            "data: point 2, \u{201c}1:2000\u{201d}, is not x:y",
        ),
        (
            "beside",
            "gate.hrad",
            "gate: \u{201c}hrad\u{201d} is not one of off, hard, ",
        ),
        (
            "beside",
            "noise.7",
            "noise: \u{201c}7\u{201d} is not a number from 0 to 1.",
        ),
        (
            "beside",
            "nois.0",
            "beside: There is no knob \u{201c}nois\u{201d} here; the knobs are noise, ",
        ),
        (
            "beside",
            "threshold.0.1",
            "threshold: it changes only what is drawn",
        ),
    ] {
        refused(
            &["run", "spectrum", &format!("--{knob}"), value],
            &[sentence],
        );
    }
}

#[test]
fn no_exhibit_takes_a_value_out_of_range() {
    for kind in EXHIBITS {
        for knob in kind.knobs {
            let beyond = match knob.kind {
                Kind::Number { max, .. } => (2.0 * max.abs() + 1.0).to_string(),
                Kind::Integer { max, .. } => (u64::from(max) + 1).to_string(),
                _ => "beyond".to_owned(),
            };
            let sentence = format!("{}: ", knob.name);
            refused(
                &["run", kind.name, &format!("--{}={beyond}", knob.name)],
                &[&sentence, &beyond, " is not "],
            );
        }
    }
}

#[test]
fn settings_that_do_not_go_together_are_refused() {
    refused(
        &["run", "spectrum", "--gate", "hard", "--batch", "1"],
        &["at least two"],
    );
}

#[test]
fn a_misspelt_name_is_answered_with_the_closest() {
    for (arguments, wrong, meant) in [
        (&["run", "spectre"][..], "'spectre'", "'spectrum'"),
        (
            &["run", "spectrum", "--nois", "0.2"],
            "'--nois'",
            "'--noise'",
        ),
        (
            &["run", "race", "--arm2.rul", "snr"],
            "'--arm2.rul'",
            "'--arm2.rule'",
        ),
        (&["run", "spectrum", "--clams"], "'--clams'", "'--claims'"),
        (&["study", "spectre"], "'spectre'", "'spectrum'"),
        (&["study", "gate", "--sedes", "2"], "'--sedes'", "'--seeds'"),
        (&["lisst"], "'lisst'", "'list'"),
    ] {
        refused(arguments, &[wrong, "similar", meant]);
    }
}

#[test]
fn an_option_says_what_it_takes() {
    for (arguments, sentence) in [
        (&["dance"][..], "'dance'"),
        (&["run"], "Usage: ntk-playground run"),
        (&["run", "--csv", "x"], "--link <LINK>"),
        (
            &["run", "spectrum", "--until", "ten"],
            "'ten' for '--until <STEP>': It is not a whole number.",
        ),
        (&["run", "spectrum", "--until"], "--until <STEP>"),
        (
            &["run", "spectrum", "--theme", "blue"],
            "light, dark, projector",
        ),
        (
            &["run", "spectrum", "--noise", "0", "--noise", "1"],
            "multiple times",
        ),
        (&["list", "spectrum"], "'spectrum'"),
        (&["study"], "preferences"),
        (&["study", "spectrum", "gate"], "'gate'"),
        (
            &["study", "spectrum", "--seeds", "0"],
            "seeds: at least one is needed.",
        ),
        (
            &["study", "spectrum", "--seeds", "few"],
            "'few' for '--seeds <N>': It is not a whole number.",
        ),
        (
            &["study", "spectrum", "--threads", "0"],
            "threads: at least one is needed.",
        ),
        (
            &["study", "spectrum", "--first-seed", "4294967295"],
            "beyond 4294967295",
        ),
        (&["study", "spectrum", "--format", "xml"], "text, csv, json"),
        (
            &["completions", "tcl"],
            "bash, elvish, fish, powershell, zsh",
        ),
    ] {
        refused(arguments, &[sentence]);
    }
}
