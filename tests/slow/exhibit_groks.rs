//! The story of the grokking exhibit at its defaults, in three seeds: memorised
//! at once, generalised much later; what of the kernel follows the held-out
//! accuracy and what does not.

use ntk_playground::exhibit::{Claim, Session, Status, Verdict};

const SEEDS: [u32; 3] = [1, 2, 3];

fn opened(parameters: &[(&str, &str)]) -> Session {
    let owned: Vec<(String, String)> = parameters
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Session::open("grokking", &owned).expect("the settings go together")
}

fn reading(session: &mut Session, name: &str) -> f64 {
    let readings = session.exhibit().readings();
    let found = readings.iter().find(|reading| reading.name == name);
    found.expect("a declared reading").value
}

fn verdict(ledger: &[Claim], name: &str) -> Verdict {
    let found = ledger.iter().find(|claim| claim.name == name);
    found.expect("a declared claim").verdict
}

fn median(mut sample: Vec<f64>) -> f64 {
    sample.sort_by(f64::total_cmp);
    sample[sample.len() / 2]
}

#[test]
fn memorising_comes_first_and_the_kernel_follows_what_comes_later() {
    const MEMORISED: &str = "held-out-alignment";
    let runs: Vec<_> = std::thread::scope(|scope| {
        let run = |seed: u32| {
            move || {
                let seed = seed.to_string();
                let mut session = opened(&[("seed", &seed), ("weight-seed", &seed)]);
                session.advance(20, || true);
                let start = reading(&mut session, "label-energy");
                session.advance(250, || true);
                let then = (
                    reading(&mut session, "label-energy"),
                    reading(&mut session, MEMORISED),
                );
                let early_overlap = reading(&mut session, "overlap");
                assert_eq!(reading(&mut session, "train-accuracy"), 1.0);
                assert!(reading(&mut session, "test-accuracy") < 0.15);
                session.advance(u64::MAX, || true);
                assert!(matches!(session.exhibit().status(), Status::Finished(_)));
                let ledger = session.exhibit().claims();
                let names = [
                    "grokking-delay",
                    "label-energy",
                    "label-energy-shuffled",
                    "twin-label-energy",
                    MEMORISED,
                    "twin-held-out-alignment",
                    "overlap",
                    "twin-overlap",
                    "kernel-regression-accuracy",
                    "twin-test-accuracy",
                    "unit-frequency-share",
                ];
                let end = names.map(|name| reading(&mut session, name));
                (start, then, early_overlap, end, ledger)
            }
        };
        let threads: Vec<_> = SEEDS
            .map(|seed| scope.spawn(run(seed)))
            .into_iter()
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .collect()
    });
    for (_, _, _, end, ledger) in &runs {
        assert!(
            end[0] >= 8.0,
            "grokked {} times as late as memorised",
            end[0]
        );
        assert!(
            end[9] < 0.15,
            "the twin knows {} of the held-out sums",
            end[9]
        );
        assert_eq!(verdict(ledger, "memorises-first"), Verdict::Holds);
        assert_eq!(verdict(ledger, "kernel-tracks-test"), Verdict::Holds);
        // Shuffled labels enter the channel as well, without a rule.
        assert_eq!(
            verdict(ledger, "label-mode-enters-channel"),
            Verdict::Partly
        );
        // Away from the start it turns early; most of the way to its last state falls into
        // the delay.
        assert_eq!(verdict(ledger, "rotation-is-the-delay"), Verdict::Holds);
        assert_eq!(verdict(ledger, "gradient-flow-alone"), Verdict::NotYet);
    }
    let start = median(runs.iter().map(|run| run.0).collect());
    let (energy_then, aligned_then) = (
        median(runs.iter().map(|run| run.1.0).collect()),
        median(runs.iter().map(|run| run.1.1).collect()),
    );
    let early_overlap = median(runs.iter().map(|run| run.2).collect());
    let end = |i: usize| median(runs.iter().map(|run| run.3[i]).collect());
    // Label energy: below its baseline, half way, then nearly all.
    assert!(start < end(2) && end(2) < energy_then && energy_then < 0.5 && end(1) > 0.9);
    assert!(
        end(3) > 0.6 && end(3) < 0.8,
        "the twin's labels: {}",
        end(3)
    );
    // Held-out alignment: only with the rule.
    assert!(end(4) > 2.5 * aligned_then && end(5) < 1.3 * aligned_then);
    // Rotation: early, and as far without a rule.
    assert!(1.0 - early_overlap > 0.75 * (1.0 - end(6)));
    assert!((end(6) - end(7)).abs() < 0.1);
    assert!(end(8) > 0.97 && end(10) > 0.7);
}

#[test]
fn without_decay_it_does_not_generalise_and_the_ledger_waits_for_that_run() {
    // Sums modulo 13 of four fifths of the pairs: quick, and enough to generalise.
    let small = [("modulus", "13"), ("train-share", "0.8"), ("twin", "off")];
    let mut session = opened(&small);
    session.advance(u64::MAX, || true);
    assert!(reading(&mut session, "grokked-step").is_finite());
    let alone = |session: &mut Session| verdict(&session.exhibit().claims(), "gradient-flow-alone");
    let told = |session: &mut Session| -> String {
        let claims = session.exhibit().claims().into_iter();
        let mut claims = claims.filter(|claim| claim.name == "gradient-flow-alone");
        let shows = claims.next().expect("a claim").shows.into_iter();
        shows.map(|span| span.text).collect()
    };
    assert_eq!(alone(&mut session), Verdict::NotYet);
    let one = told(&mut session);
    assert!(one.ends_with(" right at the end)."), "{one}");
    session.set("decay", "0").expect("in range");
    session.advance(u64::MAX, || true);
    assert!(reading(&mut session, "grokked-step").is_nan());
    assert_eq!(reading(&mut session, "train-accuracy"), 1.0);
    assert_eq!(alone(&mut session), Verdict::Undecided);
    let both = told(&mut session);
    assert!(both.starts_with(&format!("{one} Without decay ")), "{both}");
    assert!(both.ends_with(" right at the end)."), "{both}");
    // On another split it is another comparison.
    session.set("seed", "9").expect("in range");
    assert_eq!(alone(&mut session), Verdict::NotYet);
}
