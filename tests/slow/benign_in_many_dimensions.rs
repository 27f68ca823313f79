//! The benign exhibit: every label is fitted, wrong ones included, and what that
//! costs falls with the dimension, as does the gain of the noise. Medians of
//! three seeds.

use ntk_playground::exhibit::{Session, Status, Verdict};

const SEEDS: [u32; 3] = [1, 2, 3];

fn opened(seed: u32, knobs: &[(&str, &str)]) -> Session {
    let seed = seed.to_string();
    let own = [
        ("seed", seed.as_str()),
        ("weight-seed", seed.as_str()),
        ("sweep", "off"),
    ];
    let parameters: Vec<(String, String)> = own
        .iter()
        .chain(knobs)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Session::open("benign", &parameters).expect("the settings go together")
}

fn reading(session: &mut Session, name: &str) -> f64 {
    let all = session.exhibit().readings();
    all.iter().find(|r| r.name == name).expect("declared").value
}

/// Medians over the seeds of some readings at the end.
fn medians<const N: usize>(knobs: &[(&str, &str)], names: [&str; N]) -> [f64; N] {
    let ends = SEEDS.map(|seed| {
        let mut session = opened(seed, knobs);
        session.advance(u64::MAX, || true);
        names.map(|name| reading(&mut session, name))
    });
    std::array::from_fn(|i| {
        let mut sample = ends.map(|end| end[i]);
        sample.sort_by(f64::total_cmp);
        sample[1]
    })
}

#[test]
fn the_cost_of_wrong_labels_falls_from_ten_to_six_hundred_and_forty_dimensions() {
    let names = [
        "test-error",
        "clean-test-error",
        "noise-gain",
        "flipped-fitted",
    ];
    let few = medians(&[("dimension", "10")], names);
    let some = medians(&[("dimension", "160")], names);
    let many = medians(&[("dimension", "640")], names);
    assert!(
        few[0] > some[0] && some[0] >= many[0],
        "{few:?} {some:?} {many:?}"
    );
    assert!(few[0] >= 0.1 && many[0] <= 0.04, "{few:?} {many:?}");
    // So does the noise's gain, and the twin without wrong labels never errs.
    assert!(
        few[2] > 2.0 * some[2] && some[2] > many[2],
        "{few:?} {some:?} {many:?}"
    );
    assert!(few[1] < 0.01 && many[1] < 0.01);
    // The wrong labels are fitted in both.
    assert_eq!((some[3], many[3]), (1.0, 1.0));
}

#[test]
fn fitted_noise_has_left_the_reservoir() {
    let mut session = opened(2, &[("dimension", "160")]);
    session.advance(3_000, || true);
    assert!(reading(&mut session, "noise-in-reservoir") < 0.01);
    assert!(reading(&mut session, "test-identity-error") < 0.05);
    // With and without operators the gain is the same there, to a third.
    let ratio = reading(&mut session, "operator-noise-gain") / reading(&mut session, "noise-gain");
    assert!((0.7..1.4).contains(&ratio), "{ratio}");
    let ledger = session.exhibit().claims();
    let verdict = |name: &str| ledger.iter().find(|c| c.name == name).map(|c| c.verdict);
    assert_eq!(verdict("fits-noise"), Some(Verdict::Holds));
    assert_eq!(verdict("in-the-reservoir"), Some(Verdict::DoesNotHold));
    assert_eq!(verdict("by-dimension"), Some(Verdict::NotYet));
}

#[test]
fn without_flips_nothing_is_judged() {
    let mut session = opened(1, &[("dimension", "160"), ("flips", "0")]);
    session.advance(3_000, || true);
    assert_eq!(reading(&mut session, "test-error"), 0.0);
    assert!(reading(&mut session, "operator-noise-gain").is_nan());
    let ledger = session.exhibit().claims();
    assert!(ledger.iter().all(|claim| claim.verdict == Verdict::NotYet));
}

#[test]
fn a_sweep_runs_through_the_row_and_replays() {
    let knobs = [("dimension", "640"), ("sweep", "on")];
    let digits = |session: &mut Session| -> Vec<u64> {
        let all = session.exhibit().readings();
        all.iter().map(|r| r.value.to_bits()).collect()
    };
    let mut whole = opened(2, &knobs);
    whole.advance(700, || true);
    assert!(reading(&mut whole, "trainings-ended") >= 1.0);
    let mut sliced = opened(2, &knobs);
    for _ in 0..20 {
        sliced.advance(35, || true);
        sliced.exhibit().chart("gain");
    }
    assert_eq!(digits(&mut whole), digits(&mut sliced));
}

#[test]
fn a_sweep_says_how_many_networks_have_fitted_every_label() {
    let knobs = [("width", "8"), ("flips", "0"), ("sweep", "on")];
    let mut session = opened(5, &knobs);
    session.advance(u64::MAX, || true);
    let chart = session.chart("gain").expect("a view of the exhibit");
    let column = |name: &str| {
        let found = chart.columns.iter().find(|column| column.name == name);
        found.expect("a column of the view").values.clone()
    };
    assert_eq!(column("dimension"), [1_600.0, 640.0, 160.0, 40.0, 10.0]);
    let steps = column("steps");
    assert_eq!(steps.iter().sum::<f64>(), session.step_count() as f64);
    let fitted = steps.iter().filter(|steps| **steps < 12_000.0).count();
    assert!((1..5).contains(&fitted), "{steps:?}");
    let sentence = format!(
        "{fitted} of 5 networks have fitted every label, the others have had their \
         12\u{202f}000 steps."
    );
    assert_eq!(session.status(), Status::Finished(sentence));
}
