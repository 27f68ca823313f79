//! Of a person's own data signal and noise are not known apart: no
//! number, picture or sentence pretends to.

use ntk_playground::chart::{Chart, Mark, Role, Span};
use ntk_playground::exhibit::{Claim, Session, Verdict};

const DATA: &str = "-0.8:0.3~-0.2:-0.9~0.1:0.5~0.4:0.45~0.9:-0.6~-0.5:0.1~0.7:0.2~0.2:0.8~-1:0";

fn open(exhibit: &str, parameters: &[(&str, &str)]) -> Session {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let parameters: Vec<_> = parameters.iter().map(own).collect();
    let session = Session::open(exhibit, &parameters).expect("the settings go together");
    assert_eq!(session.notes(), &[] as &[String]);
    session
}

fn text(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Everything that a chart says.
fn words(chart: &Chart) -> String {
    let labels = chart.labels.iter().map(|label| label.text.clone());
    let columns = chart.columns.iter().map(|column| column.name.clone());
    let mut all: Vec<String> = labels.chain(columns).collect();
    all.push(text(&chart.title));
    all.push(text(&chart.reading));
    all.push(chart.description.clone());
    all.join("\n")
}

fn assert_silent(what: &str, words: &str) {
    let words = words.to_lowercase();
    for forbidden in [
        "true function",
        "test error",
        "test ",
        "signal",
        "noise",
        "noisy",
        "nan",
    ] {
        assert!(
            !words.contains(forbidden),
            "{what} says {forbidden}: {words}"
        );
    }
}

/// Rows that need f*, and what they must say.
fn assert_undecided(claims: &[Claim], names: &[&str]) {
    for name in names {
        let claim = claims.iter().find(|claim| claim.name == *name);
        let claim = claim.expect("a declared claim");
        assert_eq!(claim.verdict, Verdict::NotYet, "{name}");
        assert!(claim.reason.starts_with("your data: "), "{}", claim.reason);
        assert_eq!(claim.evidence, None);
    }
}

#[test]
fn the_spectrum_speaks_of_labels_alone() {
    let mut session = open("spectrum", &[("data", DATA), ("widths", "16-16")]);
    for steps in [0, 40, 12_000] {
        session.advance(steps, || true);
        let views = session.kind().views;
        let exhibit = session.exhibit();
        for reading in exhibit.readings() {
            assert_silent(reading.name, &reading.name.replace('-', " "));
            assert_silent(reading.name, reading.meaning);
            let known = reading.value.is_finite() || reading.unknown_if.is_some();
            assert!(known, "{reading:?}");
        }
        for view in views.iter().map(|view| view.name) {
            let chart = exhibit.chart(view).expect("a declared view");
            assert_silent(view, &words(&chart));
            let marks = chart.marks.iter();
            for mark in marks.filter(|_| view == "fit" || view == "loss") {
                let role = match mark {
                    Mark::Line { role, .. } | Mark::Points { role, .. } => *role,
                    Mark::Rule { role, .. } | Mark::Drop { role, .. } => *role,
                    other => panic!("{view} draws {other:?}"),
                };
                assert!(matches!(role, Role::Ink | Role::Ink2), "{view}: {mark:?}");
            }
        }
        assert_silent("the caption", &exhibit.caption());
        assert_silent("the description", &exhibit.description());
        assert!(exhibit.caption().starts_with("your data, 9 points, "));
        let claims = exhibit.claims();
        assert_undecided(&claims, &["noise-is-cancelled", "no-validation-set"]);
        for claim in &claims {
            if !claim.reason.starts_with("your data") {
                assert_silent(claim.name, &text(&claim.shows));
            }
        }
    }
    // The claims that need no f* are judged, but for one that needs smaller steps by now.
    let decided = |claim: &&Claim| claim.verdict != Verdict::NotYet;
    assert_eq!(session.exhibit().claims().iter().filter(decided).count(), 2);
}

#[test]
fn drawn_data_say_all_of_it() {
    let mut session = open("spectrum", &[("widths", "16-16")]);
    session.advance(40, || true);
    let names: Vec<&str> = session
        .exhibit()
        .readings()
        .iter()
        .map(|r| r.name)
        .collect();
    for name in [
        "test-loss",
        "best-test-loss",
        "best-test-step",
        "noise-energy",
        "noise-correlation",
        "frozen-test-loss",
    ] {
        assert!(names.contains(&name), "{name}");
    }
    let fit = session.exhibit().chart("fit").expect("a declared view");
    assert!(words(&fit).contains("train-signal") && words(&fit).contains("test error"));
}

#[test]
fn the_channel_tells_no_parts_apart() {
    let mut session = open("channel", &[("data", DATA), ("widths", "16-16")]);
    session.advance(120, || true);
    let exhibit = session.exhibit();
    for reading in exhibit.readings() {
        let part = ["noise", "signal", "test-loss"]
            .iter()
            .any(|word| reading.name.contains(word));
        assert!(!part, "{reading:?}");
    }
    for view in ["prediction", "unlearned"] {
        let chart = exhibit.chart(view).expect("a declared view");
        assert!(chart.columns.iter().all(|column| column.name != "signal"));
        assert!(
            !chart.description.contains("true function"),
            "{}",
            chart.description
        );
        assert!(
            chart
                .columns
                .iter()
                .flat_map(|c| &c.values)
                .all(|v| v.is_finite())
        );
    }
    assert!(!exhibit.description().contains("NaN"));
    assert!(exhibit.caption().starts_with("your data, 9 points, "));
    assert_undecided(&exhibit.claims(), &["memorised-noise"]);
    let one = [("data".to_owned(), "0:1".to_owned())];
    let refused = Session::open("channel", &one)
        .map(|_| ())
        .expect_err("one point");
    assert!(
        refused.to_string().contains("at least two points"),
        "{refused}"
    );
}

#[test]
fn knobs_about_drawn_data_say_that_they_are_idle() {
    let mut session = open("spectrum", &[("data", DATA), ("widths", "8")]);
    for (knob, idle) in [
        ("noise", true),
        ("target", true),
        ("points", true),
        ("inputs", true),
        ("seed", false),
        ("data", false),
        ("batch", false),
        ("widths", false),
    ] {
        let state = session.exhibit().knob_state(knob);
        assert_eq!(state.idle.is_some(), idle, "{knob}");
        assert!(
            state
                .idle
                .is_none_or(|words| words.starts_with("Your data: "))
        );
    }
    let state = session.exhibit().knob_state("data");
    assert_eq!(state.text.as_deref(), Some("9 points"));
    session.set("data", "none").expect("drawn data");
    assert_eq!(session.exhibit().knob_state("noise").idle, None);
    assert_eq!(
        session.exhibit().knob_state("data").text.as_deref(),
        Some("drawn")
    );
}

#[test]
fn an_idle_knob_waits_without_disturbing_the_run() {
    let settings = [("data", DATA), ("widths", "8")];
    let (mut session, mut untouched) = (open("spectrum", &settings), open("spectrum", &settings));
    untouched.advance(30, || true);
    session.advance(10, || true);
    for (knob, value) in [("noise", "0.9"), ("target", "step"), ("points", "33")] {
        session.set(knob, value).expect("in range");
    }
    session.advance(20, || true);
    let digits = |session: &mut Session| -> Vec<u64> {
        let readings = session.exhibit().readings();
        readings.iter().map(|r| r.value.to_bits()).collect()
    };
    assert_eq!(digits(&mut session), digits(&mut untouched));
    assert_eq!(session.log(), []);
    // As soon as data are drawn, they act.
    session.set("data", "none").expect("drawn data");
    let chart = session.exhibit().chart("fit").expect("a declared view");
    assert!(
        chart
            .columns
            .iter()
            .any(|c| c.name == "train-x" && c.values.len() == 33)
    );
    assert!(session.exhibit().caption().contains("noise 0.9"));
}
