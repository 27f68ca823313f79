//! The gain view of the benign exhibit shows the ends of earlier runs that differ from the
//! present one in their dimension alone, and lists its own alone for the CSV.

use ntk_playground::exhibit::{Session, Status};

const FITTED: &str = "Every label is fitted to a mean squared error of 0.001 at step ";

/// Dimensions whose ends the gain view describes, and those that its columns list.
fn ends(session: &mut Session) -> (Vec<String>, Vec<f64>) {
    let chart = session.chart("gain").expect("a view of the exhibit");
    let described = chart.description.split_once("At the end of training: ");
    let described = described.map_or("", |(_, list)| list).split("; ");
    let described = described.filter_map(|end| end.split_once(',').map(|(d, _)| d.to_owned()));
    (described.collect(), chart.columns[0].values.clone())
}

fn run(session: &mut Session) {
    session.advance(u64::MAX, || true);
    match session.status() {
        Status::Finished(sentence) => assert!(sentence.starts_with(FITTED), "{sentence}"),
        other => panic!("not at its end: {other:?}"),
    }
}

#[test]
fn ends_of_comparable_runs_stay_in_the_picture() {
    let settings = [("dimension", "640"), ("sweep", "off"), ("width", "8")];
    let settings = settings.map(|(knob, value)| (knob.to_owned(), value.to_owned()));
    let mut session = Session::open("benign", &settings).expect("settings that fit");
    assert_eq!(ends(&mut session), (vec![], vec![]));
    run(&mut session);
    assert_eq!(ends(&mut session), (vec!["d = 640".into()], vec![640.0]));

    session.set("dimension", "160").expect("a dimension");
    assert_eq!(ends(&mut session), (vec!["d = 640".into()], vec![]));
    run(&mut session);
    let both = vec!["d = 160".to_owned(), "d = 640".to_owned()];
    assert_eq!(ends(&mut session), (both.clone(), vec![160.0]));

    // Other data belong in another picture.
    session.set("flips", "0.2").expect("a share");
    assert_eq!(ends(&mut session), (vec![], vec![]));
    session.set("flips", "0.15").expect("a share");
    assert_eq!(ends(&mut session), (both.clone(), vec![]));

    // A dimension that is trained again has one end.
    run(&mut session);
    assert_eq!(ends(&mut session), (both, vec![160.0]));
}
