//! The grokking exhibit replays to the digit however it is sliced and looked
//! at, says something sensible at any settings, and answers for any pair.

use crate::naive::cases;
use ntk_playground::exhibit::{Kind, Probe, Session, Status, find};
use proptest::prelude::*;

fn open(query: &str) -> Session {
    let pairs: Vec<(String, String)> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, _)| *name != "exhibit")
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Session::open("grokking", &pairs).expect("the settings go together")
}

/// Every reading and every number behind the charts, bit by bit.
fn digits(session: &mut Session) -> Vec<u64> {
    let views = session.kind().views;
    let exhibit = session.exhibit();
    let mut all: Vec<u64> = exhibit
        .readings()
        .iter()
        .map(|r| r.value.to_bits())
        .collect();
    for view in views {
        let chart = exhibit.chart(view.name).expect("a declared view");
        for column in chart.columns {
            all.extend(column.values.iter().map(|v| v.to_bits()));
        }
    }
    all
}

fn value(session: &mut Session, name: &str) -> f64 {
    let readings = session.exhibit().readings();
    let found = readings.iter().find(|reading| reading.name == name);
    found.expect("a declared reading").value
}

#[test]
fn a_run_with_changes_replays_from_its_link() {
    let mut session = open("modulus=11&seed=3");
    session.advance(30, || true);
    session.set("decay", "1.5").expect("in range");
    session.advance(40, || true);
    session.set("learning-rate", "0.02").expect("in range");
    session.advance(30, || true);
    let link = session.link();
    let mut again = open(&link);
    let target = again.target();
    again.advance(target, || true);
    assert_eq!(digits(&mut session), digits(&mut again));
    let mut other = open("modulus=11&seed=3");
    other.advance(100, || true);
    assert_ne!(digits(&mut session), digits(&mut other));
}

#[test]
fn the_twin_leaves_the_network_alone() {
    let mut with = open("modulus=11");
    let mut without = open("modulus=11&twin=off");
    for session in [&mut with, &mut without] {
        session.advance(90, || true);
    }
    for name in [
        "train-accuracy",
        "test-accuracy",
        "train-loss",
        "unit-frequency-share",
    ] {
        assert_eq!(
            value(&mut with, name).to_bits(),
            value(&mut without, name).to_bits(),
            "{name}"
        );
    }
    assert!(value(&mut without, "twin-overlap").is_nan());
}

#[test]
fn the_pair_to_predict_changes_nothing_but_what_is_said_of_it() {
    let mut session = open("modulus=11");
    let mut plain = open("modulus=11&a=15&b=3");
    for (a, b) in [("4", "9"), ("30", "0"), ("15", "3")] {
        session.set("a", a).expect("in range");
        session.set("b", b).expect("in range");
        session.advance(20, || true);
    }
    plain.advance(60, || true);
    assert_eq!(digits(&mut session), digits(&mut plain));
    assert!(session.log().is_empty());
    // 15 and 3 modulo 11.
    assert_eq!(value(&mut session, "true-answer"), 7.0);
}

#[test]
fn both_tables_tell_of_the_cell_under_the_pointer() {
    let mut session = open("modulus=11");
    session.advance(60, || true);
    let words = |session: &mut Session| -> String {
        let chart = session.exhibit().chart("table").expect("a declared view");
        chart
            .reading
            .iter()
            .map(|span| span.text.as_str())
            .collect()
    };
    let column = |session: &mut Session, name: &str| -> Vec<f64> {
        let chart = session.exhibit().chart("table").expect("a declared view");
        let found = chart.columns.into_iter().find(|column| column.name == name);
        found.expect("a declared column").values
    };
    let second = 11.0 * 1.14;
    for left in [0.0, second] {
        // Row a = 3, column b = 9.
        assert!(
            session
                .exhibit()
                .probe("table", Probe::At([left + 9.5, 3.5]))
        );
        let answer = column(&mut session, "answer")[3 * 11 + 9];
        let words = words(&mut session);
        assert!(words.starts_with("3 + 9 = 1, "), "{words}");
        assert!(words.ends_with(&format!("answers {answer}")), "{words}");
        session.exhibit().probe("table", Probe::Clear);
    }
    // Between the tables and above them is nothing.
    assert!(!session.exhibit().probe("table", Probe::At([11.5, 3.5])));
    assert!(!session.exhibit().probe("table", Probe::At([3.0, -1.0])));
    // Every pair is in the table, and the shown ones are right by now.
    let (a, b) = (column(&mut session, "a"), column(&mut session, "b"));
    let (shown, answer) = (
        column(&mut session, "shown"),
        column(&mut session, "answer"),
    );
    assert_eq!(shown.iter().sum::<f64>(), 61.0);
    let right = (0..121).filter(|&i| shown[i] == 1.0 && answer[i] == (a[i] + b[i]) % 11.0);
    assert_eq!(
        right.count() as f64,
        61.0 * value(&mut session, "train-accuracy")
    );
}

#[test]
fn a_diverging_step_size_ends_in_a_sentence() {
    let mut session = open("modulus=11&optimiser=gd&learning-rate=1&init=1&twin=off");
    session.advance(3_000, || true);
    let Status::Failed(sentence) = session.exhibit().status().clone() else {
        panic!("a step of 1 from weights of 1 diverges");
    };
    assert!(
        sentence.contains("diverged at step") && sentence.contains("learning-rate"),
        "{sentence}"
    );
    digits(&mut session);
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn slicing_and_looking_never_show_in_the_numbers(
        slices in prop::collection::vec(1u64..30, 1..6),
        loss in prop::sample::select(vec!["squared", "cross-entropy"]),
        activation in prop::sample::select(vec!["square", "relu"]),
    ) {
        let query = format!("modulus=11&loss={loss}&activation={activation}");
        let total: u64 = slices.iter().sum();
        let mut whole = open(&query);
        whole.advance(total, || true);
        let mut sliced = open(&query);
        for slice in slices {
            for _ in 0..slice {
                sliced.advance(slice, || false);
                sliced.exhibit().chart("table");
                sliced.exhibit().claims();
            }
        }
        prop_assert_eq!(digits(&mut whole), digits(&mut sliced));
    }

    #[test]
    fn any_settings_run_and_are_described(
        values in prop::collection::vec(0.0f64..1.0, 13), steps in 0u64..40, by in -9i32..9,
    ) {
        let kind = find("grokking").expect("declared");
        let query: Vec<String> = kind
            .knobs
            .iter()
            .zip(&values)
            .map(|(knob, share)| {
                let text = match knob.kind {
                    Kind::Number { min, max, .. } => (min + share * (max - min)).to_string(),
                    Kind::Integer { min, max, .. } => {
                        (min + (share * f64::from(max.min(40) - min)) as u32).to_string()
                    }
                    Kind::Choice { options } => {
                        options[(share * options.len() as f64) as usize].value.to_owned()
                    }
                    Kind::List { .. } | Kind::Points { .. } => unreachable!("neither here"),
                };
                format!("{}={text}", knob.name)
            })
            .collect();
        let mut session = open(&query.join("&"));
        prop_assert_eq!(session.notes(), &[] as &[String]);
        session.advance(steps, || true);
        for view in kind.views {
            for probe in [Probe::Move(by), Probe::At([3.2, 0.4]), Probe::Move(by), Probe::Clear] {
                session.exhibit().probe(view.name, probe);
                let chart = session.exhibit().chart(view.name).expect("a declared view");
                prop_assert!(!chart.description.is_empty());
                let words: String = chart.reading.iter().map(|span| span.text.as_str()).collect();
                prop_assert!(!words.contains("NaN") && !words.contains("inf"), "{words}");
            }
        }
        for claim in session.exhibit().claims() {
            let words: String = claim.shows.iter().map(|span| span.text.as_str()).collect();
            prop_assert!(!words.contains("NaN") && !claim.reason.is_empty(), "{words}");
        }
        prop_assert!(!session.exhibit().description().contains("NaN"));
    }
}
