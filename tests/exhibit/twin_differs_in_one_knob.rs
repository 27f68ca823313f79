//! A second run is, to the digit, the run of a session that had its value of
//! the one knob from step 0: the same steps, the same changes of every other
//! knob. And the first run is what it would have been alone.

use ntk_playground::exhibit::{EXHIBITS, Effect, Reading, Session, Status};
use std::collections::BTreeSet;

/// An exhibit made small, knobs with a second value each, a change of another
/// knob during the run, and the steps before and after it.
struct Case {
    exhibit: &'static str,
    small: &'static str,
    knobs: &'static [(&'static str, &'static str)],
    change: Option<(&'static str, &'static str)>,
    steps: (u64, u64),
}

const CASES: &[Case] = &[
    Case {
        exhibit: "spectrum",
        small: "widths=8&points=8",
        knobs: &[
            ("gate", "hard"),
            ("noise", "0"),
            ("widths", "4-4"),
            ("points", "5"),
            ("seed", "4"),
            ("weight-seed", "2"),
            ("target", "step"),
        ],
        change: Some(("step-fraction", "0.2")),
        steps: (12, 20),
    },
    Case {
        exhibit: "spectrum",
        small: "widths=8&points=8&batch=4",
        knobs: &[("gate", "streaming-hard"), ("batch", "2")],
        change: Some(("noise", "0.1")),
        steps: (12, 12),
    },
    Case {
        exhibit: "channel",
        small: "widths=8&points=8",
        knobs: &[
            ("activation", "tanh"),
            ("noise", "0.1"),
            ("scheme", "secant"),
        ],
        change: Some(("step-fraction", "0.1")),
        steps: (8, 8),
    },
    Case {
        exhibit: "reservoir",
        small: "points=8&seeds=1",
        knobs: &[("noise", "0"), ("sweep", "activation")],
        change: Some(("threshold", "0.1")),
        steps: (6, 6),
    },
    Case {
        exhibit: "benign",
        small: "sweep=off&dimension=10&width=4",
        knobs: &[("flips", "0"), ("width", "8")],
        change: Some(("signal", "4")),
        steps: (5, 10),
    },
    Case {
        exhibit: "descent",
        small: "points=30&seeds=1&steps=100",
        knobs: &[("noise", "0"), ("seed", "3")],
        change: Some(("stop", "50")),
        steps: (2, 2),
    },
    Case {
        exhibit: "matrix",
        small: "init-scale=0.01",
        knobs: &[("depth", "3"), ("observed", "0.6")],
        change: Some(("pace", "5")),
        steps: (20, 20),
    },
    Case {
        exhibit: "bias",
        small: "widths=16&data=line",
        knobs: &[("init-scale", "0.5"), ("noise", "0.2")],
        change: Some(("step-fraction", "0.3")),
        steps: (3, 10),
    },
    Case {
        exhibit: "grokking",
        small: "modulus=11",
        knobs: &[("decay", "0"), ("loss", "cross-entropy"), ("twin", "off")],
        change: Some(("learning-rate", "0.02")),
        steps: (6, 6),
    },
    Case {
        exhibit: "race",
        small: "points=10&widths=8&steps=50",
        knobs: &[("noise", "0"), ("arm2.rule", "soft")],
        change: Some(("look", "1")),
        steps: (5, 5),
    },
    Case {
        exhibit: "race-addition",
        small: "steps=50",
        knobs: &[("arm1.decay", "0")],
        change: Some(("look", "1")),
        steps: (1, 2),
    },
    Case {
        exhibit: "race-pinn",
        small: "steps=50",
        knobs: &[("physics", "0.01")],
        change: Some(("look", "1")),
        steps: (2, 2),
    },
    Case {
        exhibit: "race-preferences",
        small: "steps=50",
        knobs: &[("flips", "0")],
        change: Some(("look", "1")),
        steps: (2, 2),
    },
];

fn open(exhibit: &str, query: &str) -> Session {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let pairs: Vec<_> = pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    let session = Session::open(exhibit, &pairs).expect("the settings go together");
    assert_eq!(session.notes(), &[] as &[String], "{exhibit} {query}");
    session
}

fn bits(readings: &[Reading]) -> Vec<(&'static str, u64)> {
    let bits = |r: &Reading| (r.name, r.value.to_bits());
    readings.iter().map(bits).collect()
}

/// Every column of every view whose name ends, or does not, as a second run's.
fn columns(session: &mut Session, second: bool) -> Vec<(String, Vec<u64>)> {
    const ENDING: &str = " (second run)";
    let mut out = Vec::new();
    for view in session.kind().views {
        for column in session.chart(view.name).into_iter().flat_map(|c| c.columns) {
            if column.name.ends_with(ENDING) == second {
                let name = column.name.trim_end_matches(ENDING);
                let values = column.values.iter().map(|v| v.to_bits());
                out.push((format!("{} {name}", view.name), values.collect()));
            }
        }
    }
    out
}

fn drive(session: &mut Session, case: &Case) {
    let (before, after) = case.steps;
    session.advance(before, || true);
    if let Some((knob, value)) = case.change {
        session.set(knob, value).expect("in range");
    }
    session.advance(after, || true);
}

#[test]
fn the_second_run_is_the_run_with_that_value() {
    for case in CASES {
        let mut alone = open(case.exhibit, case.small);
        drive(&mut alone, case);
        let (readings, charts) = (alone.exhibit().readings(), columns(&mut alone, false));
        for (knob, value) in case.knobs {
            let what = format!("{} {knob} {value}", case.exhibit);
            let mut session = open(case.exhibit, case.small);
            // From any step: both begin anew.
            session.advance(2, || true);
            let note = session.set_twin(knob, value).expect("another value");
            assert_eq!((note, session.step_count()), (None, 0), "{what}");
            drive(&mut session, case);
            let small = case.small.split('&');
            let own = small.filter(|pair| !pair.starts_with(&format!("{knob}=")));
            let own: Vec<&str> = own.collect();
            let mut other = open(case.exhibit, &format!("{}&{knob}={value}", own.join("&")));
            drive(&mut other, case);
            assert_eq!(
                bits(&session.twin_readings().expect("there is a second run")),
                bits(&other.exhibit().readings()),
                "{what}"
            );
            assert_eq!(
                columns(&mut session, true),
                columns(&mut other, false),
                "{what}"
            );
            assert_eq!(
                bits(&session.exhibit().readings()),
                bits(&readings),
                "{what}"
            );
            assert_eq!(columns(&mut session, false), charts, "{what}");
            // The two are different runs, or the comparison would say nothing.
            assert_ne!(bits(&other.exhibit().readings()), bits(&readings), "{what}");
        }
    }
}

#[test]
fn every_exhibit_is_tried() {
    let tried: BTreeSet<&str> = CASES.iter().map(|case| case.exhibit).collect();
    let all: BTreeSet<&str> = EXHIBITS.iter().map(|kind| kind.name).collect();
    assert_eq!(tried, all);
}

#[test]
fn its_own_knob_turns_in_the_first_run_alone() {
    let small = "widths=8&points=8";
    let mut session = open("spectrum", small);
    session.set_twin("noise", "0.1").expect("another value");
    session.advance(20, || true);
    session.set("noise", "0.3").expect("in range");
    session.advance(20, || true);
    let mut other = open("spectrum", &format!("{small}&noise=0.1"));
    other.advance(40, || true);
    assert_eq!(
        session.twin_readings().map(|readings| bits(&readings)),
        Some(bits(&other.exhibit().readings()))
    );
    let mut alone = open("spectrum", small);
    alone.advance(20, || true);
    alone.set("noise", "0.3").expect("in range");
    alone.advance(20, || true);
    assert_eq!(
        bits(&session.exhibit().readings()),
        bits(&alone.exhibit().readings())
    );
}

#[test]
fn the_first_run_stays_when_the_second_is_taken_away() {
    let mut session = open("spectrum", "widths=8&points=8");
    session.set_twin("gate", "hard").expect("another value");
    session.advance(30, || true);
    let before = bits(&session.exhibit().readings());
    let revision = session.revision("fit");
    session.clear_twin();
    assert!(session.twin().is_none() && session.twin_readings().is_none());
    assert_eq!(bits(&session.exhibit().readings()), before);
    assert_ne!(session.revision("fit"), revision);
    assert!(!session.link().contains("beside"));
}

#[test]
fn a_run_that_is_over_stands_while_the_other_goes_on() {
    // One point is fitted to rounding within a few steps, at this step size
    // sooner than at that.
    let mut session = open("spectrum", "widths=8&points=1&step-fraction=0.5");
    session
        .set_twin("step-fraction", "0.01")
        .expect("another value");
    let mut end = 0;
    while session.status() == Status::Ready {
        session.advance(1, || true);
        if *session.exhibit().status() == Status::Ready {
            end = session.exhibit().step_count() + 1;
        }
        assert!(session.step_count() < 12_000);
    }
    assert_eq!(session.exhibit().step_count(), end);
    assert!(session.step_count() > end, "the second went on");
    let Status::Finished(message) = session.status() else {
        panic!("{:?}", session.status());
    };
    assert!(
        message.contains("Both runs") || message.contains("The second run"),
        "{message}"
    );
    // Opened from its link, both end where they ended.
    let mut again = open("spectrum", session.link().split_once('&').expect("knobs").1);
    again.advance(again.target(), || true);
    assert_eq!(again.exhibit().step_count(), end);
    assert_eq!(again.step_count(), session.step_count());
    // The next change begins both anew.
    session.set("noise", "0.1").expect("in range");
    assert_eq!((session.step_count(), session.status()), (0, Status::Ready));
}

#[test]
fn revisions_change_with_every_step_of_either_run() {
    let mut session = open("spectrum", "widths=8&points=8");
    let mut seen = BTreeSet::new();
    assert!(seen.insert(session.revision("fit")));
    for value in ["hard", "soft", "hard"] {
        session.set_twin("gate", value).expect("another value");
        for _ in 0..5 {
            assert!(seen.insert(session.revision("fit")), "{value}");
            session.advance(1, || true);
        }
        session.reset().expect("the settings still go together");
        assert!(seen.insert(session.revision("fit")), "{value}");
    }
    assert!(seen.iter().all(|revision| *revision < 1 << 53));
}

#[test]
fn what_is_only_drawn_cannot_differ() {
    for kind in EXHIBITS {
        let drawn = kind.knobs.iter().filter(|knob| knob.effect == Effect::View);
        for knob in drawn {
            let mut session = open(kind.name, "");
            let refused = session.set_twin(knob.name, knob.default);
            let message = refused.expect_err("drawn only").to_string();
            assert!(message.contains("only what is drawn"), "{message}");
            assert!(session.twin().is_none());
        }
    }
}

#[test]
fn a_view_is_drawn_again_without_the_second_run() {
    let beside = [("optimiser", "adam"), ("beside", "step-fraction.1")];
    let parameters = beside.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut session = Session::open("channel", &parameters).expect("the settings go together");
    let views = session.kind().views;
    let both: Vec<u64> = views.iter().map(|v| session.revision(v.name)).collect();
    session.clear_twin();
    for (view, both) in views.iter().zip(both) {
        assert_ne!(session.revision(view.name), both, "{}", view.name);
    }
}
