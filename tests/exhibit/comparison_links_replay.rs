//! A link with a second run replays both to the digit; what it asks for and
//! cannot have becomes a note; a change that either run refuses changes neither.

use ntk_playground::exhibit::{Session, SessionError};

fn open(exhibit: &str, query: &str) -> Session {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let pairs: Vec<_> = pairs
        .map(|(n, v)| (n.to_owned(), v.to_owned()))
        .filter(|(name, _)| name != "exhibit")
        .collect();
    Session::open(exhibit, &pairs).expect("the settings go together")
}

/// Every number of both runs: the CSV holds them all.
fn digits(session: &mut Session) -> String {
    session.csv()
}

#[test]
fn a_link_replays_both_runs() {
    let mut session = open("spectrum", "widths=8-8&points=10");
    session.compare("gate", "hard").expect("another value");
    session.advance(20, || true);
    session.set("noise", "0.2").expect("in range");
    session.advance(15, || true);
    session.set("gate", "soft").expect("in range");
    session.set("step-fraction", "0.2").expect("in range");
    session.advance(25, || true);
    let link = session.link();
    assert!(link.contains("&beside=gate.hard&step=60"), "{link}");
    let mut again = open("spectrum", &link);
    assert_eq!(again.notes(), &[] as &[String]);
    again.advance(again.target(), || true);
    assert_eq!(again.link(), link);
    assert_eq!(digits(&mut again), digits(&mut session));
    let mut alone = open("spectrum", &link.replace("&beside=gate.hard", ""));
    alone.advance(60, || true);
    assert_ne!(digits(&mut alone), digits(&mut session));
}

#[test]
fn scoped_names_and_values_with_points_are_read() {
    for (exhibit, beside, value) in [
        ("race", "arm2.rule.soft", "soft"),
        ("race", "arm2.rate.0.5", "0.5"),
        ("spectrum", "noise.0.25", "0.25"),
        ("spectrum", "widths.8-4", "8-4"),
        // A knob of this name and a second run do not get into each other's way.
        ("grokking", "twin.off", "off"),
    ] {
        let session = open(exhibit, &format!("beside={beside}"));
        assert_eq!(session.notes(), &[] as &[String]);
        let comparison = session.comparison().expect("there is a second run");
        assert_eq!(comparison.value().to_string(), value);
        assert!(session.link().ends_with(&format!("beside={beside}")));
    }
}

#[test]
fn what_cannot_be_had_becomes_a_note() {
    for (beside, part) in [
        ("", "not a knob and a value"),
        ("gate", "not a knob and a value"),
        ("gates.hard", "no knob"),
        ("gate.loud", "one of off, hard"),
        ("gate.", "one of off, hard"),
        ("noise.much", "a number from 0 to 1"),
        ("pace.5", "only what is drawn"),
        ("threshold.0.1", "only what is drawn"),
    ] {
        let session = open("spectrum", &format!("beside={beside}"));
        assert!(session.comparison().is_none(), "{beside}");
        let [note] = session.notes() else {
            panic!("{beside}: {:?}", session.notes());
        };
        assert!(
            note.starts_with("beside: ") && note.contains(part),
            "{note}"
        );
        assert!(note.ends_with("here is no second run."), "{note}");
        assert!(!session.link().contains("beside"));
    }
    // Settings that do not go together in the second run alone.
    let session = open("spectrum", "gate=hard&beside=batch.1");
    assert!(session.comparison().is_none());
    assert!(session.notes()[0].contains("There is no second run."));
    // A clamped value is had, with a note.
    let session = open("spectrum", "beside=noise.7");
    assert_eq!(session.link(), "exhibit=spectrum&beside=noise.1");
    assert!(session.notes()[0].contains("1 is used"));
    // So is the first run's own: it may have been set to it.
    let mut session = open("spectrum", "beside=noise.0.2&widths=4");
    session.set("noise", "0.2").expect("in range");
    let again = open("spectrum", &session.link());
    assert_eq!(again.link(), session.link());
    assert!(again.notes()[0].contains("in both runs"));
}

#[test]
fn refusals_leave_everything_as_it_was() {
    let mut session = open("spectrum", "widths=8&points=8&batch=4");
    session.advance(10, || true);
    let before = digits(&mut session);
    let refused = [
        ("gate", "off"),
        ("gate", "loud"),
        ("loudness", "1"),
        ("pace", "5"),
    ];
    for (knob, value) in refused {
        assert!(session.compare(knob, value).is_err(), "{knob} {value}");
        assert_eq!(digits(&mut session), before, "{knob} {value}");
    }
    let same = session.compare("batch", "4").expect_err("its own value");
    assert!(matches!(same, SessionError::SameRun { knob: "batch", .. }));
    assert!(same.to_string().contains("batch"), "{same}");
}

#[test]
fn a_change_that_either_run_refuses_changes_neither() {
    // A gate needs a batch of two: the second run refuses, then the first.
    for (batch, beside) in [("4", "1"), ("1", "4")] {
        let query = format!("widths=8&points=8&batch={batch}&beside=batch.{beside}");
        let mut session = open("spectrum", &query);
        let mut untouched = open("spectrum", &query);
        session.advance(10, || true);
        untouched.advance(10, || true);
        let refused = session.set("gate", "hard").expect_err("a batch of one");
        assert!(matches!(refused, SessionError::Refused(_)));
        assert_eq!(digits(&mut session), digits(&mut untouched));
        session.advance(10, || true);
        untouched.advance(10, || true);
        assert_eq!(digits(&mut session), digits(&mut untouched));
        // At step 0 both would start anew with it.
        session.reset().expect("the settings still go together");
        assert!(session.set("gate", "hard").is_err());
        assert_eq!(session.step_count(), 0);
        session.advance(20, || true);
        assert_eq!(digits(&mut session), digits(&mut untouched));
    }
    // A window cannot begin in the past of both.
    let mut session = open("channel", "widths=8&points=8&beside=noise.0");
    session.advance(10, || true);
    let before = digits(&mut session);
    assert!(session.set("window", "5").is_err());
    assert_eq!(digits(&mut session), before);
}

/// What is drawn only changes in a run that is over, too; what the other run has
/// been set to meanwhile does not come with it.
#[test]
fn a_run_that_is_over_takes_no_more_than_what_is_drawn() {
    for (own, second) in [("4", "0.1"), ("0.1", "4")] {
        let query = format!("widths=8-8&points=10&step-fraction={own}");
        let mut session = open("spectrum", &query);
        session.compare("step-fraction", second).expect("another");
        // The run with the large steps diverges, the other one goes on.
        session.advance(200, || true);
        let lost = |session: &mut Session| {
            let first = session.exhibit().readings();
            let second = session.comparison_readings().expect("there is one");
            let readings = if own == "4" { first } else { second };
            let size = readings.iter().find(|reading| reading.name == "step-size");
            size.expect("it is told").value
        };
        let before = lost(&mut session);
        session.set("batch", "1").expect("in range");
        assert_eq!(lost(&mut session), before);
        session.set("threshold", "0.5").expect("in range");
        assert_eq!(lost(&mut session), before);
        session.advance(20, || true);
        let mut again = open("spectrum", &session.link());
        again.advance(again.target(), || true);
        assert_eq!(digits(&mut again), digits(&mut session));
        // With the second run goes what only that has lived to see.
        session.clear_comparison();
        session.set("threshold", "0.2").expect("in range");
        let mut again = open("spectrum", &session.link());
        // The step at which a run breaks down is no part of a link.
        again.advance(again.target() + u64::from(own == "4"), || true);
        assert_eq!(again.status(), session.status());
        let mut now = || format!("{:?}", session.exhibit().readings());
        assert_eq!(format!("{:?}", again.exhibit().readings()), now());
    }
}

#[test]
fn the_csv_has_the_second_run_in_columns_of_its_own() {
    let mut session = open("spectrum", "widths=8&points=8&beside=gate.hard");
    session.advance(5, || true);
    let csv = session.csv();
    assert!(csv.contains("\n# second run: gate = hard\n"));
    assert!(csv.contains("\nreading,value,second run,unit\n"));
    let second = session
        .comparison_readings()
        .expect("there is a second run");
    let own = session.exhibit().readings();
    for reading in &own {
        let name = reading.name;
        let other = second.iter().find(|other| other.name == name);
        let other = other.expect("the same readings").value;
        let line = format!("\n{name},{},{other},{}\n", reading.value, reading.unit);
        assert!(csv.contains(&line), "{line}");
    }
    assert!(csv.contains("network (second run)"));
    session.clear_comparison();
    assert!(session.csv().contains("\nreading,value,unit\n"));
}
