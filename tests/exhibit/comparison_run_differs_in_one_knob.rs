//! A second run is, to the digit, the run of a session that had its value of
//! the one knob from step 0: the same steps, the same changes of every other
//! knob. And the first run is what it would have been alone.

use crate::small::{bits, open as open_small, open_link, play};
use ntk_playground::exhibit::{EXHIBITS, Effect, ExhibitKind, Session, Setting, Status, find};
use std::collections::BTreeSet;

fn open(query: &str) -> Session {
    open_link(&format!("exhibit=spectrum&{query}"))
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

/// Compares the second run of a session that opens with `settings` with a
/// session of its own.
fn check(kind: &ExhibitKind, settings: &[Setting], variant: Setting) {
    let what = format!("{} {settings:?} {variant:?}", kind.name);
    let mut alone = open_small(kind, settings);
    play(&mut alone);
    let mut session = open_small(kind, settings);
    // From any step: both begin anew.
    session.advance(2, || true);
    let note = session.compare(variant.0, variant.1);
    assert_eq!((note, session.step_count()), (Ok(None), 0), "{what}");
    play(&mut session);
    let mut other = open_small(kind, &[settings, &[variant]].concat());
    play(&mut other);
    assert_eq!(
        bits(
            &session
                .comparison_readings()
                .expect("there is a second run")
        ),
        bits(&other.exhibit().readings()),
        "{what}"
    );
    assert_eq!(
        columns(&mut session, true),
        columns(&mut other, false),
        "{what}"
    );
    let readings = bits(&alone.exhibit().readings());
    assert_eq!(bits(&session.exhibit().readings()), readings, "{what}");
    assert_eq!(
        columns(&mut session, false),
        columns(&mut alone, false),
        "{what}"
    );
    // The two are different runs, or the comparison would say nothing.
    assert_ne!(bits(&other.exhibit().readings()), readings, "{what}");
}

#[test]
fn the_second_run_is_the_run_with_that_value() {
    for kind in EXHIBITS {
        for variant in kind.fixture.variants {
            check(kind, &[], *variant);
        }
    }
    // Both draw the same examples for as long as they draw as many.
    let kind = find("spectrum").expect("declared");
    for variant in [("gate", "streaming-hard"), ("batch", "2"), ("noise", "0.1")] {
        check(kind, &[("batch", "4")], variant);
    }
}

#[test]
fn its_own_knob_turns_in_the_first_run_alone() {
    let small = "widths=8&points=8";
    let mut session = open(small);
    session.compare("noise", "0.1").expect("another value");
    session.advance(20, || true);
    session.set("noise", "0.3").expect("in range");
    session.advance(20, || true);
    let mut other = open(&format!("{small}&noise=0.1"));
    other.advance(40, || true);
    assert_eq!(
        session
            .comparison_readings()
            .map(|readings| bits(&readings)),
        Some(bits(&other.exhibit().readings()))
    );
    let mut alone = open(small);
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
    let mut session = open("widths=8&points=8");
    session.compare("gate", "hard").expect("another value");
    session.advance(30, || true);
    let before = bits(&session.exhibit().readings());
    let revision = session.revision("fit");
    session.clear_comparison();
    assert!(session.comparison().is_none() && session.comparison_readings().is_none());
    assert_eq!(bits(&session.exhibit().readings()), before);
    assert_ne!(session.revision("fit"), revision);
    assert!(!session.link().contains("beside"));
}

#[test]
fn a_run_that_is_over_stands_while_the_other_goes_on() {
    // One point is fitted to rounding within a few steps, at this step size
    // sooner than at that.
    let mut session = open("widths=8&points=1&step-fraction=0.5");
    session
        .compare("step-fraction", "0.01")
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
    let mut again = open_link(&session.link());
    again.advance(again.target(), || true);
    assert_eq!(again.exhibit().step_count(), end);
    assert_eq!(again.step_count(), session.step_count());
    // The next change begins both anew.
    session.set("noise", "0.1").expect("in range");
    assert_eq!((session.step_count(), session.status()), (0, Status::Ready));
}

#[test]
fn revisions_change_with_every_step_of_either_run() {
    let mut session = open("widths=8&points=8");
    let mut seen = BTreeSet::new();
    assert!(seen.insert(session.revision("fit")));
    for value in ["hard", "soft", "hard"] {
        session.compare("gate", value).expect("another value");
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
            let mut session = open_small(kind, &[]);
            let refused = session.compare(knob.name, knob.default);
            let message = refused.expect_err("drawn only").to_string();
            assert!(message.contains("only what is drawn"), "{message}");
            assert!(session.comparison().is_none());
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
    session.clear_comparison();
    for (view, both) in views.iter().zip(both) {
        assert_ne!(session.revision(view.name), both, "{}", view.name);
    }
}
