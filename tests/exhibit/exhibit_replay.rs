//! A link replays a run to the digit: settings, changes at their steps, and
//! the step reached decide every number, however the steps are sliced.

use crate::naive::cases;
use crate::small::{open as open_small, open_link, play};
use ntk_playground::exhibit::{EXHIBITS, Reading, Session, Status};
use ntk_playground::training::Gate;
use proptest::prelude::*;

fn pairs(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .filter(|(name, _)| name != "exhibit")
        .collect()
}

fn open(query: &str) -> Session {
    Session::open("spectrum", &pairs(query)).expect("the settings go together")
}

/// Every reading and every remembered number, bit by bit.
fn digits(session: &mut Session) -> Vec<u64> {
    let views = session.kind().views;
    let exhibit = session.exhibit();
    let readings = exhibit.readings().into_iter().map(|r| r.value.to_bits());
    let mut all: Vec<u64> = readings.collect();
    for view in views {
        let chart = exhibit.chart(view.name).expect("a declared view");
        for column in chart.columns {
            all.extend(column.values.iter().map(|v| v.to_bits()));
        }
    }
    all
}

fn replayed(link: &str) -> Session {
    let mut session = open(link);
    assert_eq!(session.notes(), &[] as &[String]);
    let target = session.target();
    session.advance(target, || true);
    session
}

#[test]
fn every_exhibit_replays_a_change_from_its_link_however_it_is_sliced() {
    for kind in EXHIBITS {
        let mut session = open_small(kind, &[]);
        play(&mut session);
        let link = session.link();
        let mut whole = open_link(&link);
        whole.advance(whole.target(), || true);
        let mut sliced = open_link(&link);
        for _ in 0..sliced.target() {
            sliced.advance(1, || true);
            sliced.exhibit().readings();
        }
        for again in [&mut whole, &mut sliced] {
            assert_eq!(again.link(), link);
            assert!(digits(again) == digits(&mut session), "{link}");
        }
    }
}

#[test]
fn a_run_with_changes_replays_from_its_link() {
    let mut session = open("widths=16-16&points=12&seed=3");
    session.advance(40, || true);
    session.set("noise", "0.3").expect("in range");
    session.set("gate", "hard").expect("in range");
    session.advance(25, || true);
    session.set("batch", "4").expect("in range");
    session.set("step-fraction", "0.2").expect("in range");
    session.advance(60, || true);
    session.set("gate", "random").expect("in range");
    session.advance(30, || true);
    let link = session.link();
    let mut again = replayed(&link);
    assert_eq!(digits(&mut session), digits(&mut again));
    assert_eq!(again.link(), link);
}

#[test]
fn every_gate_replays_and_is_a_run_of_its_own() {
    let mut seen: Vec<Vec<u64>> = Vec::new();
    for gate in Gate::ALL {
        let mut session = open("widths=16-16&points=12&batch=4");
        session.advance(20, || true);
        session.set("gate", gate.name()).expect("a choice");
        session.advance(30, || true);
        let mut again = replayed(&session.link());
        assert_eq!(digits(&mut session), digits(&mut again), "{gate:?}");
        let finite = |r: &Reading| r.value.is_finite() || r.unknown_if.is_some();
        assert!(session.exhibit().readings().iter().all(finite), "{gate:?}");
        seen.push(digits(&mut session));
        // Turned on and off again, the averages of a streaming gate are new.
        session.set("gate", "off").expect("a choice");
        session.advance(5, || true);
        session.set("gate", gate.name()).expect("a choice");
        session.advance(5, || true);
        let mut again = replayed(&session.link());
        assert_eq!(digits(&mut session), digits(&mut again), "{gate:?}");
    }
    for (i, one) in seen.iter().enumerate() {
        assert!(seen[..i].iter().all(|other| other != one), "{i}");
    }
}

#[test]
fn without_the_change_the_run_is_another_one() {
    let mut changed = open("widths=16&points=8");
    let mut plain = open("widths=16&points=8");
    changed.advance(20, || true);
    changed.set("noise", "0.2").expect("in range");
    changed.advance(20, || true);
    plain.advance(40, || true);
    assert_ne!(digits(&mut changed), digits(&mut plain));
}

#[test]
fn noise_and_gate_change_both_errors() {
    let errors = |query: &str| {
        let mut session = open(query);
        session.advance(100, || true);
        ["train-loss", "test-loss"].map(|name| value(&mut session, name))
    };
    let plain = errors("noise=0.5");
    for query in ["noise=0", "noise=0.9", "gate=hard", "gate=random"] {
        let other = errors(query);
        assert!(plain[0] != other[0] && plain[1] != other[1], "{query}");
    }
    assert_eq!(errors("noise=0.5"), plain);
}

#[test]
fn however_steps_are_bundled_the_digits_are_the_same() {
    let mut whole = open("");
    whole.advance(500, || true);
    let mut bundled = open("");
    for count in [1, 99, 137, 3, 260] {
        assert_eq!(bundled.advance(count, || true), count);
    }
    assert_eq!(digits(&mut bundled), digits(&mut whole));
}

#[test]
fn a_change_of_what_is_shown_leaves_the_run_alone() {
    let mut session = open("widths=16&points=8");
    let mut plain = open("widths=16&points=8&threshold=0.1&pace=5");
    session.advance(30, || true);
    session.set("threshold", "0.1").expect("in range");
    session.set("pace", "5").expect("in range");
    session.advance(30, || true);
    plain.advance(60, || true);
    assert_eq!(digits(&mut session), digits(&mut plain));
    assert!(session.log().is_empty());
}

#[test]
fn noise_rescales_the_labels_and_keeps_the_network() {
    let mut session = open("widths=16&points=8&noise=0.4");
    session.advance(50, || true);
    let column = |session: &mut Session, name: &str| {
        let chart = session.exhibit().chart("fit").expect("a declared view");
        let column = chart.columns.into_iter().find(|c| c.name == name);
        column.expect("a declared column").values
    };
    let (network, labels) = (
        column(&mut session, "network"),
        column(&mut session, "train-label"),
    );
    let signal = column(&mut session, "train-signal");
    session.set("noise", "0.8").expect("in range");
    assert_eq!(column(&mut session, "network"), network);
    for ((new, old), f) in column(&mut session, "train-label")
        .iter()
        .zip(&labels)
        .zip(&signal)
    {
        assert!(((new - f) - 2.0 * (old - f)).abs() <= 1e-14);
    }
}

#[test]
fn reset_starts_the_same_run_again() {
    let mut session = open("widths=16&points=8");
    session.advance(30, || true);
    let first = digits(&mut session);
    session.reset().expect("the settings still go together");
    assert_eq!(session.exhibit().step_count(), 0);
    session.advance(30, || true);
    assert_eq!(digits(&mut session), first);
}

#[test]
fn a_change_after_the_end_starts_a_new_run() {
    let mut session = open("widths=8&points=6");
    session.advance(20_000, || true);
    assert!(matches!(session.exhibit().status(), Status::Finished(_)));
    session.set("noise", "0.1").expect("in range");
    assert_eq!(session.exhibit().step_count(), 0);
    assert_eq!(session.exhibit().status(), &Status::Ready);
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn slicing_never_shows_in_the_numbers(
        slices in prop::collection::vec(1u64..40, 1..8),
        points in 1u32..10,
        batch in prop::sample::select(vec!["all", "4", "2", "1"]),
        activation in prop::sample::select(vec!["relu", "tanh"]),
        changes in prop::collection::vec((0u64..60, 0u32..100), 0..4),
    ) {
        let mut script: Vec<String> = changes
            .iter()
            .map(|(step, noise)| format!("{step}.noise.{}", f64::from(*noise) / 100.0))
            .collect();
        script.sort();
        let query = format!(
            "widths=8-8&points={points}&batch={batch}&activation={activation}&changes={}",
            script.join("_")
        );
        let total: u64 = slices.iter().sum();
        let mut whole = open(&query);
        whole.advance(total, || true);
        let mut sliced = open(&query);
        for slice in slices {
            // Looking in between must not matter either.
            sliced.exhibit().readings();
            for _ in 0..slice {
                sliced.advance(slice, || false);
                sliced.exhibit().chart("loss");
            }
        }
        prop_assert_eq!(digits(&mut whole), digits(&mut sliced));
    }
}

#[test]
fn a_change_scripted_for_after_the_end_does_not_start_the_run_anew() {
    // One point is fitted to rounding within a few steps.
    let mut session = open("widths=8&points=1&changes=5000.noise.0.1");
    session.advance(20_000, || true);
    let end = session.exhibit().step_count();
    assert!(matches!(session.exhibit().status(), Status::Finished(_)) && end < 5_000);
    assert_eq!(session.advance(20_000, || true), 0);
    assert_eq!(session.exhibit().step_count(), end);
    // The limit itself ends a run, and a change may be written for that step.
    let mut session = open("widths=4&points=4&changes=12000.noise.0.1");
    session.advance(20_000, || true);
    assert_eq!(session.advance(1, || true), 0);
    assert_eq!(session.exhibit().step_count(), 12_000);
}

fn value(session: &mut Session, name: &str) -> f64 {
    let readings = session.exhibit().readings();
    let found = readings.iter().find(|reading| reading.name == name);
    found.expect("a declared reading").value
}

#[test]
fn readings_tell_of_the_step_that_was_taken_whatever_the_knobs_say_now() {
    let mut session = open("widths=32-32&points=12");
    session.advance(10, || true);
    session.set("gate", "hard").expect("in range");
    assert_eq!(value(&mut session, "gate-open"), 1.0);
    assert!(session.csv().contains("gate-open"));
    session.advance(1, || true);
    let open = value(&mut session, "gate-open");
    assert!(open < 1.0);
    session.set("gate", "off").expect("in range");
    assert_eq!(value(&mut session, "gate-open"), open);
    session.set("batch", "4").expect("in range");
    session.advance(5, || true);
    assert!(value(&mut session, "predicted-loss-rate").is_nan());
    // In a file, what is not known is a cell with nothing in it.
    let file = session.csv();
    assert!(file.contains("\npredicted-loss-rate,,") && !file.contains("NaN"));
    session.set("batch", "all").expect("in range");
    assert!(value(&mut session, "predicted-loss-rate").is_nan());
}

#[test]
fn changes_at_one_step_replay_in_their_order() {
    let mut session = open("widths=8&points=12&batch=1");
    session.advance(10, || true);
    // The gate is possible only once the batch is larger than one.
    for (knob, to) in [("batch", "4"), ("gate", "hard"), ("batch", "8")] {
        session.set(knob, to).expect("possible in this order");
    }
    session.advance(20, || true);
    let mut again = replayed(&session.link());
    assert_eq!(digits(&mut session), digits(&mut again));
}

#[test]
fn a_dragged_slider_replays_as_its_last_value() {
    let mut session = open("widths=8&points=8");
    session.advance(100, || true);
    for noise in 0..50 {
        session
            .set("noise", &(f64::from(noise) / 50.0).to_string())
            .expect("in range");
    }
    session.advance(20, || true);
    assert_eq!(session.log().len(), 1);
    let mut again = replayed(&session.link());
    assert_eq!(digits(&mut session), digits(&mut again));
}

#[test]
fn a_knob_turned_during_a_replay_ends_the_replay() {
    let mut session = open("widths=8&points=8&changes=50.noise.0.1&step=90");
    session.advance(20, || true);
    session.set("step-fraction", "0.2").expect("in range");
    assert_eq!(session.target(), 0);
    session.advance(60, || true);
    assert_eq!(session.log().len(), 1, "the scripted change is gone");
}

#[test]
fn what_was_turned_at_the_step_that_a_link_shows_is_shown() {
    for (knob, to) in [("noise", "0.9"), ("batch", "4"), ("gate", "hard")] {
        let mut session = open("widths=8&points=8");
        session.advance(30, || true);
        session.set(knob, to).expect("in range");
        for slice in [1, 7, 30] {
            let mut again = open(&session.link());
            while again.step_count() < again.target() {
                let to_go = again.target() - again.step_count();
                let done = again.advance(slice.min(to_go), || true);
                assert!(done > 0, "{:?}", again.status());
            }
            assert_eq!(again.link(), session.link());
            assert_eq!(digits(&mut again), digits(&mut session), "{knob}");
            assert_eq!(again.settings(), session.settings());
        }
    }
}
