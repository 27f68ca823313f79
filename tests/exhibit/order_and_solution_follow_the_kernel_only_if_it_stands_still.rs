//! A wide network learns in the order of its kernel at the start and ends at
//! that kernel's minimum-norm interpolant. One with small initial weights does
//! neither, and generalises better; the integrated kernel still knows the
//! order.

use crate::naive::{Naive, gram};
use nalgebra::DVector;
use ntk_playground::exhibit::{Session, Status, Verdict};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::ReluTeacher;

const SEEDS: [u32; 3] = [1, 2, 3];

/// Nothing that is asked for here changes much later.
const STEPS: u64 = 2_000;

fn opened(knobs: &[(&str, &str)]) -> Session {
    let parameters: Vec<(String, String)> = knobs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let session = Session::open("bias", &parameters).expect("the settings go together");
    assert_eq!(session.notes(), &[] as &[String]);
    session
}

fn trained(seed: u32, knobs: &[(&str, &str)]) -> Session {
    let seed = seed.to_string();
    let seeds = [("seed", seed.as_str()), ("weight-seed", seed.as_str())];
    let all: Vec<(&str, &str)> = seeds.iter().chain(knobs).copied().collect();
    let mut session = opened(&all);
    session.advance(STEPS, || true);
    session
}

fn reading(session: &mut Session, name: &str) -> f64 {
    let readings = session.exhibit().readings();
    let found = readings.iter().find(|reading| reading.name == name);
    found.expect("a declared reading").value
}

fn medians<const N: usize>(knobs: &[(&str, &str)], names: [&str; N]) -> [f64; N] {
    let ends = SEEDS.map(|seed| {
        let mut session = trained(seed, knobs);
        names.map(|name| reading(&mut session, name))
    });
    std::array::from_fn(|i| {
        let mut sample = ends.map(|end| end[i]);
        sample.sort_by(f64::total_cmp);
        sample[SEEDS.len() / 2]
    })
}

#[test]
fn distance_to_the_interpolant_grows_and_error_falls_as_weights_start_smaller() {
    let names = [
        "interpolant-distance",
        "test-error",
        "interpolant-test-error",
        "order-fixed",
        "order-integrated",
    ];
    let [wide, wide_test, wide_star, wide_order, _] = medians(&[("widths", "512")], names);
    let [near, near_test, near_star, ..] = medians(&[], names);
    let [far, far_test, far_star, fixed, integrated] = medians(&[("init-scale", "0.1")], names);
    assert!(wide < 0.05, "wide: {wide}");
    assert!(wide < near && near < far, "{wide} {near} {far}");
    assert!(far > 0.3, "small weights: {far}");
    // The wide one generalises as the interpolant does, the far one better.
    assert!(
        (wide_test / wide_star - 1.0).abs() < 0.1,
        "{wide_test} {wide_star}"
    );
    assert!(near_test < 1.1 * near_star, "{near_test} {near_star}");
    assert!(far_test < 0.2 * far_star, "{far_test} {far_star}");
    assert!(wide_order > 0.9, "{wide_order}");
    assert!(
        integrated > fixed && integrated > 0.75,
        "{integrated} {fixed}"
    );
}

#[test]
fn in_one_dimension_the_integrated_kernel_orders_better_and_half_is_never_learned() {
    let knobs = [("data", "line"), ("noise", "0.3"), ("widths", "64-64")];
    let names = [
        "order-fixed-first",
        "order-integrated-first",
        "crossed-integrated",
    ];
    let [fixed, integrated, crossed] = medians(&knobs, names);
    assert!(integrated > fixed, "{integrated} {fixed}");
    assert!(integrated > 0.6, "{integrated}");
    assert!((8.0..=22.0).contains(&crossed), "{crossed} of 40");
}

#[test]
fn the_interpolant_is_that_of_the_explicit_kernel() {
    let mut session = opened(&[("widths", "32"), ("noise", "0.2"), ("seed", "4")]);
    let problem = ReluTeacher::new(10, 60, 0.2, 4);
    let architecture = Architecture {
        inputs: 10,
        widths: vec![32],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 0.5,
    };
    let mlp = Mlp::random(architecture, 1.0, &mut stream(1, Stream::Weights)).expect("has units");
    let naive = Naive::of(&mlp);
    let train = naive.jacobian(&problem.inputs);
    let test = naive.jacobian(&problem.test_inputs);
    let y = DVector::from_vec(problem.labels.clone());
    let weights = gram(&train, &train).lu().solve(&y).expect("full rank");
    let outputs = gram(&test, &train) * weights;
    let signal = DVector::from_vec(problem.test_signal.clone());
    let error = (&outputs - &signal).norm_squared() / signal.norm_squared();
    let got = reading(&mut session, "interpolant-test-error");
    assert!((got / error - 1.0).abs() < 1e-6, "{got} for {error}");
    // Where the network is at step 1: y moved by (eta/n) K_QS y.
    session.advance(1, || true);
    let eta = reading(&mut session, "step-size");
    let largest = gram(&train, &train).symmetric_eigenvalues().max();
    assert!(
        (eta * largest / 60.0 - 1.0).abs() < 1e-9,
        "half of 2n/lambda_1"
    );
}

#[test]
fn a_teacher_is_what_it_says() {
    let clean = ReluTeacher::new(4, 30, 0.0, 9);
    let noisy = ReluTeacher::new(4, 30, 0.5, 9);
    assert_eq!(clean.inputs, noisy.inputs);
    assert_eq!(clean.test_signal, noisy.test_signal);
    for (i, x) in clean.inputs.column_iter().enumerate() {
        let value = x[0].max(0.0) - x[1].max(0.0);
        assert_eq!(clean.labels[i], value);
    }
    let noise = noisy.labels.iter().zip(&clean.labels).map(|(a, b)| a - b);
    let energy = noise.map(|e| e * e).sum::<f64>() / 30.0;
    assert!((0.1..0.5).contains(&energy), "{energy} for 0.25");
}

#[test]
fn claims_wait_for_what_they_need() {
    let verdicts = |session: &mut Session| -> Vec<Verdict> {
        let claims = session.exhibit().claims();
        claims.iter().map(|claim| claim.verdict).collect()
    };
    let mut session = opened(&[("init-scale", "0.1")]);
    session.advance(100, || true);
    assert_eq!(verdicts(&mut session), [Verdict::NotYet; 4]);
    session.advance(STEPS, || true);
    let claims = session.exhibit().claims();
    let names: Vec<&str> = claims.iter().map(|claim| claim.name).collect();
    let wanted = [
        "integrated-order",
        "snapshot-orders-less",
        "not-the-fixed-minimum-norm",
        "generalises-so",
    ];
    assert_eq!(names, wanted);
    assert_eq!(
        verdicts(&mut session)[2..],
        [Verdict::Holds, Verdict::NotClaimed]
    );
    // Twelve parameters a unit, so five units cannot have rank 60.
    let mut session = opened(&[("widths", "4")]);
    session.advance(500, || true);
    assert_eq!(verdicts(&mut session)[2..], [Verdict::NotYet; 2]);
}

#[test]
fn a_link_replays_the_run_however_it_is_sliced() {
    let digits = |session: &mut Session| -> Vec<u64> {
        let readings = session.exhibit().readings();
        let mut all: Vec<u64> = readings.iter().map(|r| r.value.to_bits()).collect();
        for view in session.kind().views {
            let chart = session.exhibit().chart(view.name).expect("declared");
            let columns = chart.columns.iter().flat_map(|c| &c.values);
            all.extend(columns.map(|v| v.to_bits()));
        }
        all
    };
    for steps in [90, 230] {
        let mut whole = opened(&[("widths", "16")]);
        whole.advance(steps, || true);
        let mut sliced = opened(&[("widths", "16")]);
        while sliced.exhibit().step_count() < steps {
            let to_go = steps - sliced.exhibit().step_count();
            let done = sliced.advance(to_go.min(9), || true);
            assert!(done > 0, "{:?}", sliced.status());
            sliced.exhibit().chart("integrated-order");
            sliced.set("pace", "5").expect("a declared choice");
        }
        assert_eq!(digits(&mut whole), digits(&mut sliced), "{steps}");
    }
}

#[test]
fn every_extreme_runs_or_says_why() {
    for data in ["teacher", "line"] {
        for (widths, init) in [
            ("none", "1"),
            ("1", "0.1"),
            ("2-2", "1"),
            ("100-100", "0.3"),
        ] {
            for step in ["0.05", "1"] {
                let mut session = opened(&[
                    ("data", data),
                    ("widths", widths),
                    ("init-scale", init),
                    ("step-fraction", step),
                    ("noise", "1"),
                ]);
                session.advance(60, || true);
                if let Status::Failed(sentence) = session.exhibit().status() {
                    assert!(sentence.contains("step-fraction"), "{sentence}");
                }
                for view in session.kind().views {
                    let chart = session.exhibit().chart(view.name).expect("declared");
                    assert!(!chart.description.contains("NaN"), "{}", chart.description);
                }
                assert_eq!(session.exhibit().claims().len(), 4);
            }
        }
    }
    let large = [("widths".to_owned(), "512-512".to_owned())];
    let refused = Session::open("bias", &large).map(|_| ());
    let sentence = refused.expect_err("too large").to_string();
    assert!(
        sentence.contains("widths") && sentence.ends_with('.'),
        "{sentence}"
    );
}
