//! The story of the descent exhibit at its defaults, in the median of three
//! seeds: the test error peaks where parameters are about as many as points and
//! falls on both sides, the noise gain with it; the noise, once memorised,
//! stays memorised; stopped early, there is no peak.

use ntk_playground::exhibit::{Claim, Session, Status, Verdict};

fn opened(parameters: &[(&str, &str)]) -> Session {
    let owned: Vec<(String, String)> = parameters
        .iter()
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect();
    let session = Session::open("descent", &owned).expect("the settings go together");
    assert_eq!(session.notes(), &[] as &[String]);
    session
}

fn reading(session: &mut Session, name: &str) -> f64 {
    let readings = session.exhibit().readings();
    let found = readings.iter().find(|reading| reading.name == name);
    found.expect("a declared reading").value
}

fn column(session: &mut Session, view: &str, name: &str) -> Vec<f64> {
    let chart = session.exhibit().chart(view).expect("a declared view");
    let found = chart.columns.into_iter().find(|column| column.name == name);
    found.expect("a declared column").values
}

fn claim(session: &mut Session, name: &str) -> Claim {
    let claims = session.exhibit().claims();
    let found = claims.into_iter().find(|claim| claim.name == name);
    found.expect("a declared claim")
}

#[test]
fn the_peak_stands_at_the_threshold_and_melts_when_stopped() {
    let mut session = opened(&[("seeds", "3")]);
    session.advance(u64::MAX, || true);
    assert!(matches!(session.exhibit().status(), Status::Finished(_)));
    assert_eq!(session.exhibit().step_count(), 4_500);

    // Test error: both descents.
    let ratio = reading(&mut session, "peak-ratio");
    assert!((0.8..=1.6).contains(&ratio), "{ratio}");
    let peak = reading(&mut session, "peak-test-loss");
    let widest = reading(&mut session, "widest-test-loss");
    let small = reading(&mut session, "best-small-test-loss");
    assert!(peak > 2.0 * widest, "{peak} {widest}");
    assert!(peak > 2.0 * small, "{peak} {small}");
    assert!(
        small < widest,
        "the second descent does not win at this noise"
    );
    assert!(widest > reading(&mut session, "null-test-loss"));

    // The control without noise has a lower peak.
    assert!(reading(&mut session, "clean-peak-test-loss") < 0.7 * peak);

    // What peaks is the gain.
    let gain_ratio = reading(&mut session, "gain-peak-ratio");
    assert!((0.8..=1.6).contains(&gain_ratio), "{gain_ratio}");
    assert!(reading(&mut session, "gain-peak") > 3.0 * reading(&mut session, "gain-widest"));

    // Memorised noise rises to all of it and stays: no migration back.
    let memorised = column(&mut session, "memorised", "memorised");
    let sizes = column(&mut session, "memorised", "parameters");
    assert!(memorised[0] < 0.6);
    for (size, share) in sizes.iter().zip(&memorised) {
        if *size > 1.6 * 60.0 {
            assert!((share - 1.0).abs() < 0.05, "{size}: {share}");
        }
    }

    // Random features peak at N = n, higher.
    assert_eq!(reading(&mut session, "features-peak-ratio"), 1.0);
    assert!(reading(&mut session, "features-peak-test-loss") > peak);
    let lowest = reading(&mut session, "smallest-eigenvalue-ratio");
    assert!((0.8..=1.6).contains(&lowest), "{lowest}");

    // The ledger says so.
    for (name, verdict) in [
        ("two-descents", Verdict::Holds),
        ("eigenvalues-collapse", Verdict::Holds),
        ("noise-migrates", Verdict::DoesNotHold),
        ("gain-falls", Verdict::Partly),
        ("early-stopping", Verdict::Undecided),
        ("second-descent-generalises", Verdict::Partly),
    ] {
        assert_eq!(claim(&mut session, name).verdict, verdict, "{name}");
    }

    // Stopped early, all widths are level.
    let stop = reading(&mut session, "best-common-stop");
    session.set("stop", &stop.to_string()).expect("in range");
    assert_eq!(reading(&mut session, "shown-step"), stop);
    let stopped = column(&mut session, "error", "test");
    let highest = stopped.iter().copied().fold(0.0, f64::max);
    let lowest = stopped.iter().copied().fold(f64::INFINITY, f64::min);
    assert!(highest < 1.5 * lowest, "{stopped:?}");
    assert!(highest < 0.4 * peak);
    assert_eq!(
        session.exhibit().step_count(),
        4_500,
        "nothing was trained anew"
    );
}

#[test]
fn nothing_is_judged_before_a_sweep_is_done() {
    let mut session = opened(&[("steps", "100"), ("seeds", "1")]);
    session.advance(99, || true);
    for claim in session.exhibit().claims() {
        assert_eq!(claim.verdict, Verdict::NotYet, "{}", claim.name);
    }
    session.advance(1, || true);
    assert_ne!(claim(&mut session, "two-descents").verdict, Verdict::NotYet);
}

#[test]
fn without_noise_there_is_no_noise_to_follow() {
    let mut session = opened(&[("noise", "0"), ("steps", "100"), ("seeds", "1")]);
    session.advance(u64::MAX, || true);
    for name in ["noise-migrates", "gain-falls"] {
        assert_eq!(claim(&mut session, name).verdict, Verdict::NotYet);
    }
    assert_eq!(
        column(&mut session, "error", "test"),
        column(&mut session, "error", "test-without-noise")
    );
    for chart in ["error", "gain", "memorised"] {
        let words = session.exhibit().chart(chart).expect("a view").description;
        assert!(!words.contains("NaN") && !words.contains("inf"), "{words}");
    }
}
