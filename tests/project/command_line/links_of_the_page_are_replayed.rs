//! What *Copy link* writes is replayed: whole addresses and bare queries,
//! percent-encoded, with a section behind, with or without the exhibit named.

use super::{folder, path, printed, run, text, value};

const QUERY: &str = "exhibit=spectrum&data=-0.5%3A0.25%7E0.1%3A-1&widths=8&changes=10.step-fraction.0.25&beside=activation.tanh&step=20&theme=dark&lang=en";

/// The link in the CSV of a run.
fn replayed(arguments: &[&str], csv: &str) -> String {
    let out = run(&[arguments, &["--csv", csv]].concat());
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert_eq!(text(&out.stderr), "", "nothing is left out");
    let table = std::fs::read_to_string(csv).expect("the CSV is there");
    let line = table
        .lines()
        .find_map(|line| line.strip_prefix("# exhibit="));
    line.expect("the link").to_owned()
}

#[test]
fn every_form_of_a_link_is_the_same_run() {
    let csv = path(&folder("link"), "run.csv");
    let run = "spectrum&widths=8&data=-0.5:0.25~0.1:-1&changes=10.step-fraction.0.25&beside=activation.tanh&step=20";
    for link in [
        QUERY.to_owned(),
        format!("?{QUERY}"),
        format!("https://example.org/x/?{QUERY}"),
        format!("https://example.org/x/index.html?{QUERY}#spectrum"),
        format!("https://example.org/x/?{QUERY}#spectrum").replace('&', "&amp;"),
        format!("http://127.0.0.1:8000/?{QUERY}#a?b=c"),
        format!("{}#spectrum", QUERY.replace("%3A", ":").replace("%7E", "~")),
    ] {
        assert_eq!(replayed(&["run", "--link", &link], &csv), run, "{link}");
        let named = ["run", "spectrum", "--link", &link];
        assert_eq!(replayed(&named, &csv), run, "{link}");
    }
}

#[test]
fn a_link_need_not_name_the_exhibit_that_the_command_names() {
    let out = printed(&[
        "run",
        "spectrum",
        "--link",
        "widths=8&changes=10.noise.0.2&step=25",
    ]);
    assert_eq!(value(&out, "step"), Some("25"));
    assert_ne!(value(&out, "window-start"), Some("0"));
}

#[test]
fn a_flag_overrides_the_link_wherever_it_stands() {
    let csv = path(&folder("override"), "run.csv");
    let link = "exhibit=spectrum&widths=8&noise=0.2&step=5";
    for arguments in [
        ["run", "spectrum", "--noise", "0.3", "--link", link],
        ["run", "spectrum", "--link", link, "--noise", "0.3"],
    ] {
        assert_eq!(
            replayed(&arguments, &csv),
            "spectrum&noise=0.3&widths=8&step=5"
        );
    }
    // Also back to the default.
    let arguments = ["run", "spectrum", "--link", link, "--noise", "0.5"];
    assert_eq!(replayed(&arguments, &csv), "spectrum&widths=8&step=5");
}

#[test]
fn a_link_of_another_exhibit_or_of_none_is_refused() {
    for (arguments, sentence) in [
        (
            ["run", "race", "--link", QUERY].to_vec(),
            "of the exhibit \u{201c}spectrum\u{201d}, not of race",
        ),
        (["run", "--link", "noise=0.3"].to_vec(), "names no exhibit"),
        (
            ["run", "--link", "exhibit=spectre"].to_vec(),
            "no exhibit \u{201c}spectre\u{201d}",
        ),
    ] {
        let out = run(&arguments);
        let message = text(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{message}");
        assert!(message.contains(sentence), "{message}");
    }
}

#[test]
fn what_does_not_fit_in_a_link_is_clamped_with_a_note_as_on_the_page() {
    let out = run(&[
        "run",
        "--link",
        "exhibit=spectrum&widths=8&noise=7&nois=1&utm=x&step=2",
    ]);
    assert_eq!(out.status.code(), Some(0));
    let notes = text(&out.stderr);
    for note in [
        "noise: 7 is not",
        "1 is used.",
        "nois:",
        "closest name is noise",
        "utm: there is no knob",
    ] {
        assert!(notes.contains(note), "{note}: {notes}");
    }
}
