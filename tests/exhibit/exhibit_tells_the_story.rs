//! The story of the spectrum exhibit at its defaults, in the median of three
//! seeds: signal first, the residual's energy rises above its baseline, then
//! the noise is memorised and the test error pays for it.

use ntk_playground::exhibit::{Session, Verdict};

/// Claims on the flow that a step near its limit does not judge.
const AT_THE_LIMIT: [&str; 2] = ["settles-in-reservoir", "noise-is-cancelled"];

const SEEDS: [u32; 3] = [1, 2, 3];

fn median(mut sample: Vec<f64>) -> f64 {
    sample.sort_by(f64::total_cmp);
    sample[sample.len() / 2]
}

fn opened(seed: u32, noise: &str) -> Session {
    let set = |name: &str, value: String| (name.to_owned(), value);
    let parameters = [
        set("seed", seed.to_string()),
        set("weight-seed", seed.to_string()),
        set("noise", noise.to_owned()),
    ];
    Session::open("spectrum", &parameters).expect("the settings go together")
}

fn reading(session: &mut Session, name: &str) -> f64 {
    let readings = session.exhibit().readings();
    let found = readings.iter().find(|reading| reading.name == name);
    found.expect("a declared reading").value
}

#[test]
fn energy_rises_above_its_baseline_and_the_run_overfits() {
    let names = [
        "train-loss",
        "test-loss",
        "reservoir-energy",
        "reservoir-dimension",
    ];
    // [step][reading][seed]
    let mut table = vec![vec![Vec::new(); names.len()]; 3];
    let mut final_over_best = Vec::new();
    for seed in SEEDS {
        let mut session = opened(seed, "0.5");
        for (row, step) in [0, 110, 12_000].into_iter().enumerate() {
            let to_go = step - session.exhibit().step_count();
            session.advance(to_go, || true);
            for (column, name) in names.iter().enumerate() {
                table[row][column].push(reading(&mut session, name));
            }
        }
        let best = reading(&mut session, "best-test-loss");
        final_over_best.push(reading(&mut session, "test-loss") / best);
        let ledger = session.exhibit().claims();
        let (gate, others) = ledger.split_last().expect("five claims");
        // By now the step is near its limit, and what depends on the flow waits for a smaller one.
        for claim in others {
            let waits = claim.verdict == Verdict::NotYet;
            assert_eq!(waits, AT_THE_LIMIT.contains(&claim.name), "{}", claim.name);
            assert!(
                !waits || claim.reason.contains("step-fraction 0.1"),
                "{}",
                claim.reason
            );
        }
        assert_eq!(
            gate.verdict,
            Verdict::NotYet,
            "the gate has no controls yet"
        );
    }
    let m = |row: usize, column: usize| median(table[row][column].clone());
    let [start, early, late] = [0, 1, 2];
    let [train, test, energy, baseline] = [0, 1, 2, 3];
    assert!(m(start, train) > m(early, train) && m(early, train) > m(late, train));
    assert!(
        m(early, test) < 0.3 * m(start, test),
        "the signal is learned first"
    );
    assert!(
        m(start, energy) < m(start, baseline),
        "at first the error is in the channel"
    );
    assert!(
        m(early, energy) > 0.95,
        "then nearly all of it is in the reservoir"
    );
    assert!(m(early, energy) > m(early, baseline) + 0.1);
    assert!(
        m(late, energy) < 0.85,
        "a step near its limit brings it back"
    );
    assert!(m(late, test) > m(early, test), "the noise is paid for");
    assert!(median(final_over_best) > 1.3);
}

#[test]
fn without_noise_nothing_is_paid() {
    let ratios = SEEDS.map(|seed| {
        let mut session = opened(seed, "0");
        session.advance(12_000, || true);
        reading(&mut session, "test-loss") / reading(&mut session, "best-test-loss")
    });
    assert!(median(ratios.to_vec()) < 1.3, "{ratios:?}");
}

#[test]
fn the_loss_falls_at_the_rate_of_the_kernel() {
    // Far below the stability limit, so that a step is close to a flow.
    let mut session = opened(1, "0.5");
    session.set("step-fraction", "0.01").expect("in range");
    session.advance(50, || true);
    let predicted = reading(&mut session, "predicted-loss-rate");
    let measured = reading(&mut session, "measured-loss-rate");
    assert!(predicted < 0.0);
    assert!(
        (measured / predicted - 1.0).abs() < 0.02,
        "{measured} against {predicted}"
    );
}

#[test]
fn the_measured_rate_belongs_to_the_step_that_was_taken() {
    let mut session = opened(1, "0.5");
    session.advance(20, || true);
    let before = reading(&mut session, "measured-loss-rate");
    session.set("step-fraction", "0.1").expect("in range");
    assert_eq!(reading(&mut session, "measured-loss-rate"), before);
}
