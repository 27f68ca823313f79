//! The channel exhibit's window: whatever changes what the operators mean
//! opens a new one, and what was accumulated before does not enter it.

use ntk_playground::exhibit::{Probe, Session, Verdict};
use std::collections::BTreeMap;

fn opened(knobs: &[(&str, &str)]) -> Session {
    let parameters: Vec<(String, String)> = knobs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let session = Session::open("channel", &parameters).expect("the settings go together");
    assert!(session.notes().is_empty(), "{:?}", session.notes());
    session
}

/// Readings by name, as bits: NaN equals NaN.
fn readings(session: &mut Session) -> BTreeMap<&'static str, u64> {
    let all = session.exhibit().readings();
    all.iter().map(|r| (r.name, r.value.to_bits())).collect()
}

fn reading(session: &mut Session, name: &str) -> f64 {
    let all = session.exhibit().readings();
    let found = all.iter().find(|r| r.name == name);
    found.map_or(f64::NAN, |r| r.value)
}

#[test]
fn a_change_of_scheme_or_start_is_a_window_opened_there() {
    for (knob, value) in [("scheme", "secant"), ("scheme", "left"), ("window", "40")] {
        let mut changed = opened(&[]);
        changed.advance(40, || true);
        changed.set(knob, value).expect("accepted");
        changed.advance(25, || true);
        // The same path with a window that opens at step 40 to begin with.
        let mut fresh = opened(&[("window", "40"), (knob, value)]);
        fresh.advance(65, || true);
        assert_eq!(readings(&mut changed), readings(&mut fresh), "{knob}");
    }
}

#[test]
fn noise_batch_and_gate_begin_with_nothing_learned() {
    for (knob, value) in [
        ("noise", "0.8"),
        ("batch", "8"),
        ("gate", "hard"),
        ("optimiser", "adam"),
        ("optimiser", "momentum"),
        ("optimiser", "decay"),
    ] {
        let mut session = opened(&[]);
        session.advance(40, || true);
        assert!(reading(&mut session, "signal-unlearned") < 0.9);
        session.set(knob, value).expect("accepted");
        assert_eq!(reading(&mut session, "window-start"), 40.0, "{knob}");
        assert_eq!(reading(&mut session, "signal-unlearned"), 1.0, "{knob}");
        assert_eq!(reading(&mut session, "memorised-noise"), 0.0, "{knob}");
        session.advance(20, || true);
        let error = reading(&mut session, "test-identity-error");
        assert!(error < 1e-3, "{knob}: the new window predicts to {error}");
    }
}

#[test]
fn of_several_windows_opened_at_one_step_the_last_counts() {
    let run = |noises: &[&str]| {
        let mut session = opened(&[]);
        session.advance(40, || true);
        for noise in noises {
            session.set("noise", noise).expect("accepted");
        }
        session.advance(20, || true);
        readings(&mut session)
    };
    assert_eq!(run(&["0.8", "0.1", "0.3"]), run(&["0.3"]));
}

#[test]
fn the_cursor_is_at_steps_of_the_window() {
    let mut session = opened(&[("window", "40")]);
    session.advance(60, || true);
    session.probe("unlearned", Probe::At([10.0, 0.1]));
    let chart = session.chart("unlearned").expect("a declared view");
    assert!(chart.reading[0].text.starts_with("step 50:"), "{chart:?}");
}

#[test]
fn another_activation_starts_the_run_anew() {
    let mut session = opened(&[]);
    session.advance(40, || true);
    session.set("activation", "tanh").expect("accepted");
    assert_eq!(session.exhibit().step_count(), 0);
}

#[test]
fn a_window_opens_later_but_not_in_the_past() {
    let mut session = opened(&[("window", "30")]);
    session.advance(20, || true);
    assert!(reading(&mut session, "loss-drop").is_nan(), "not open yet");
    session.advance(20, || true);
    assert!(reading(&mut session, "loss-drop") > 0.0);
    let error = session.set("window", "10").expect_err("in the past");
    assert!(
        error.to_string().contains("window: the run is at step 40"),
        "{error}"
    );
    assert_eq!(reading(&mut session, "window-start"), 30.0, "as it was");
    session.set("window", "60").expect("later");
    assert!(
        reading(&mut session, "loss-drop").is_nan(),
        "closed until then"
    );
}

#[test]
fn an_average_from_before_the_window_is_the_part_without_a_gradient() {
    for optimiser in ["momentum", "adam"] {
        let mut session = opened(&[("optimiser", optimiser), ("step-fraction", "0.02")]);
        session.advance(40, || true);
        assert_eq!(reading(&mut session, "moved-without-gradient"), 0.0);
        session.set("scheme", "secant").expect("accepted");
        session.set("scheme", "path").expect("accepted");
        session.advance(20, || true);
        assert!(reading(&mut session, "moved-without-gradient") > 0.0);
        for name in ["loss-identity-error", "test-identity-error"] {
            let error = reading(&mut session, name);
            assert!(error < 1e-3, "{optimiser}, {name}: {error}");
        }
    }
}

#[test]
fn three_classes_take_at_most_forty_points() {
    let mut session = opened(&[("task", "three-classes"), ("points", "40")]);
    session.advance(2, || true);
    let error = session.set("points", "41").expect_err("too many");
    assert!(error.to_string().contains("at most 40"), "{error}");
}

#[test]
fn a_linear_network_bears_out_every_identity() {
    let mut session = opened(&[("widths", "none")]);
    session.advance(100, || true);
    for name in [
        "loss-identity-error",
        "test-identity-error",
        "propagator-error",
    ] {
        assert!(reading(&mut session, name) < 1e-10, "{name}");
    }
    let ledger = session.exhibit().claims();
    for name in [
        "kernel-inclusion",
        "loss-identity",
        "test-identity",
        "channel-grows",
    ] {
        let claim = ledger.iter().find(|claim| claim.name == name);
        let verdict = claim.map(|c| c.verdict);
        assert_eq!(verdict, Some(Verdict::HoldsByConstruction), "{name}");
    }
}
