//! The metrics printed are those of the session, to the digit.

use super::{printed, value};
use ntk_playground::exhibit::Session;

fn session(beside: Option<&str>) -> Session {
    let mut parameters = vec![("widths", "8-8"), ("noise", "0.3")];
    parameters.extend(beside.map(|run| ("beside", run)));
    let parameters: Vec<_> = (parameters.into_iter())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut session = Session::open("spectrum", &parameters).expect("in range");
    session.advance(40, || true);
    session
}

const SMALL: [&str; 8] = [
    "run", "spectrum", "--widths", "8-8", "--noise", "0.3", "--until", "40",
];

#[test]
fn of_one_run() {
    let out = printed(&SMALL);
    for metric in session(None).exhibit().readings() {
        let expected = metric.value.to_string();
        assert_eq!(
            value(&out, metric.name),
            Some(&expected[..]),
            "{}",
            metric.name
        );
    }
}

#[test]
fn of_two_runs_side_by_side() {
    let out = printed(&[&SMALL[..], &["--beside", "noise.0.1"]].concat());
    let mut session = session(Some("noise.0.1"));
    let second = session.comparison_readings().expect("a comparison run");
    let first = session.exhibit().readings();
    assert_ne!(first[2].value, second[2].value, "another run");
    for (one, two) in first.iter().zip(&second) {
        let line = out
            .lines()
            .find(|line| line.split_whitespace().next() == Some(one.name));
        let words: Vec<&str> = line.expect("a line").split_whitespace().collect();
        assert_eq!(words[1..3], [one.value.to_string(), two.value.to_string()]);
    }
}
