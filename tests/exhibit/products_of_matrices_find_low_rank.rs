//! Matrix completion: one matrix ends at the solution of least Frobenius
//! norm, which says nothing about a held-out entry; a product of two, started
//! small, ends near the true matrix, one singular value after the other.

use nalgebra::DMatrix;
use ntk_playground::exhibit::{Session, Status, Verdict};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::MatrixCompletion;
use ntk_playground::training::{BatchSampler, Gate, Trainer};
use rand_distr::{Distribution, StandardNormal};

const SEEDS: [u32; 5] = [1, 2, 3, 4, 5];

fn opened(knobs: &[(&str, &str)]) -> Session {
    let parameters: Vec<(String, String)> = knobs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let session = Session::open("matrix", &parameters).expect("the settings go together");
    assert_eq!(session.notes(), &[] as &[String]);
    session
}

fn ended(seed: u32, depth: &str, init: &str) -> Session {
    let seed = seed.to_string();
    let mut session = opened(&[
        ("seed", &seed),
        ("weight-seed", &seed),
        ("depth", depth),
        ("init-scale", init),
    ]);
    session.advance(u64::MAX, || true);
    session
}

fn reading(session: &mut Session, name: &str) -> f64 {
    let readings = session.exhibit().readings();
    let found = readings.iter().find(|reading| reading.name == name);
    found.expect("a declared reading").value
}

fn column(session: &mut Session, view: &str, name: &str) -> Vec<f64> {
    let chart = session.exhibit().chart(view).expect("a declared view");
    let column = chart.columns.into_iter().find(|c| c.name == name);
    column.expect("a declared column").values
}

fn median(mut sample: Vec<f64>) -> f64 {
    sample.sort_by(f64::total_cmp);
    sample[sample.len() / 2]
}

fn verdict(session: &mut Session, name: &str) -> Verdict {
    let claims = session.exhibit().claims();
    let found = claims.into_iter().find(|claim| claim.name == name);
    found.expect("a declared claim").verdict
}

/// Medians over the seeds of held-out error and effective rank at the end.
fn medians(depth: &str, init: &str) -> (f64, f64) {
    let ends = SEEDS.map(|seed| {
        let mut session = ended(seed, depth, init);
        let error = reading(&mut session, "unseen-error");
        (error, reading(&mut session, "effective-rank"))
    });
    let error = median(ends.iter().map(|end| end.0).collect());
    (error, median(ends.iter().map(|end| end.1).collect()))
}

#[test]
fn two_factors_started_small_are_three_times_better_than_one_and_of_low_rank() {
    let (one, one_rank) = medians("1", "0.0001");
    let (two, two_rank) = medians("2", "0.0001");
    assert!(two <= one / 3.0, "{two} against {one}");
    assert!(two_rank <= 3.0, "{two_rank}");
    assert!(one_rank >= 3.0 * two_rank, "{one_rank} against {two_rank}");
    // It is the small start that does it.
    let (large, large_rank) = medians("2", "1");
    assert!(
        large > one / 3.0 && large_rank > 3.0,
        "{large} {large_rank}"
    );
}

#[test]
fn one_matrix_ends_at_the_solution_of_least_frobenius_norm() {
    let mut session = ended(7, "1", "0.0001");
    let [seen, product, truth] =
        ["observed", "product", "true"].map(|name| column(&mut session, "matrix", name));
    for ((seen, x), m) in seen.iter().zip(&product).zip(&truth) {
        // Held-out entries stay where they were drawn.
        let wanted = if *seen == 1.0 { *m } else { 0.0 };
        assert!((x - wanted).abs() < 2e-4, "{x} for {wanted}");
    }
    assert!((reading(&mut session, "unseen-error") - 1.0).abs() < 1e-3);
    assert!((reading(&mut session, "frobenius-norm-ratio") - 1.0).abs() < 1e-3);
    let ranks = ["effective-rank", "least-norm-effective-rank"].map(|n| reading(&mut session, n));
    assert!((ranks[0] - ranks[1]).abs() < 0.01, "{ranks:?}");
    assert_eq!(verdict(&mut session, "small-norm"), Verdict::Holds);
    assert_eq!(
        verdict(&mut session, "reaches-the-unseen"),
        Verdict::DoesNotHold
    );
    assert!(matches!(session.exhibit().status(), Status::Finished(_)));
}

#[test]
fn singular_values_grow_one_after_the_other() {
    let half_way = |session: &mut Session, i: usize| {
        let steps = column(session, "singular-values", "step");
        let name = format!("singular-value-{i}");
        let values = column(session, "singular-values", &name);
        let last = values[values.len() - 1];
        steps[values
            .iter()
            .position(|v| *v >= last / 2.0)
            .expect("reached")]
    };
    let mut session = ended(3, "3", "0.01");
    let (first, second) = (half_way(&mut session, 1), half_way(&mut session, 2));
    assert!(second > 2.0 * first, "{first}, then {second}");
    assert!(reading(&mut session, "lowest-effective-rank") < 1.3);
    assert_eq!(verdict(&mut session, "one-by-one"), Verdict::Holds);
    assert_eq!(verdict(&mut session, "low-rank"), Verdict::Holds);
    // With one matrix they all grow at once.
    let mut session = ended(3, "1", "0.0001");
    let (first, second) = (half_way(&mut session, 1), half_way(&mut session, 2));
    assert!(second <= 2.0 * first, "{first}, then {second}");
    assert_eq!(verdict(&mut session, "one-by-one"), Verdict::DoesNotHold);
}

#[test]
fn a_step_on_the_network_is_a_step_on_the_factors() {
    let (n, depth, eta) = (6, 3, 0.01);
    let problem = MatrixCompletion::new(n, 2, 20, 5);
    let mut random = stream(1, Stream::Weights);
    let mut factors: Vec<DMatrix<f64>> = (0..depth)
        .map(|_| DMatrix::from_fn(n, n, |_, _| StandardNormal.sample(&mut random)))
        .collect();
    let parameters = factors.iter().flat_map(|w| w.iter().copied()).collect();
    let architecture = Architecture {
        inputs: n,
        widths: vec![n; depth - 1],
        outputs: n,
        activation: Activation::Identity,
        parametrisation: Parametrisation::Standard,
        bias: 0.0,
    };
    let mlp = Mlp::from_parameters(architecture, parameters).expect("they fill it");
    let sampler = BatchSampler::new(n, n, stream(1, Stream::Batches));
    let mask = stream(1, Stream::Mask);
    let mut trainer = Trainer::new(mlp, DMatrix::identity(n, n), false, sampler, mask);
    let objective = problem.objective().expect("its own entries exist");
    for _ in 0..5 {
        // dPhi/dW_l = (W_L ... W_{l+1})^T R (W_{l-1} ... W_1)^T, with R the
        // residual where an entry is seen.
        let product = |range: std::ops::Range<usize>| {
            range.fold(DMatrix::identity(n, n), |x, l| &factors[l] * x)
        };
        let mut residual = product(0..depth) - &problem.truth;
        for (r, seen) in residual.iter_mut().zip(&problem.observed) {
            *r = if *seen { *r } else { 0.0 };
        }
        let gradients: Vec<DMatrix<f64>> = (0..depth)
            .map(|l| product(l + 1..depth).transpose() * &residual * product(0..l).transpose())
            .collect();
        let report = trainer.step(&objective, eta, Gate::Off).expect("finite");
        assert!((report.value - 0.5 * residual.norm_squared()).abs() < 1e-10);
        for (w, gradient) in factors.iter_mut().zip(&gradients) {
            *w -= gradient * eta;
        }
        let flat = factors.iter().flat_map(|w| w.iter());
        for (got, wanted) in trainer.mlp().parameters().iter().zip(flat) {
            assert!((got - wanted).abs() < 1e-11, "{got} {wanted}");
        }
    }
}

#[test]
fn a_problem_is_what_it_says() {
    let few = MatrixCompletion::new(20, 2, 100, 4);
    let many = MatrixCompletion::new(20, 2, 200, 4);
    assert_eq!(few.truth, many.truth);
    assert_eq!((few.observed_count(), many.observed_count()), (100, 200));
    assert!(
        few.observed
            .iter()
            .zip(&many.observed)
            .all(|(f, m)| !f || *m)
    );
    let values = few.truth.singular_values();
    assert!(values[1] > 1.0 && values[2] < 1e-12, "rank 2");
    for seen in [true, false] {
        let zero = DMatrix::zeros(20, 20);
        assert_eq!(few.relative_error(&zero, seen), 1.0);
        assert_eq!(few.relative_error(&few.truth, seen), 0.0);
    }
    let least = few.least_frobenius();
    assert_eq!(few.relative_error(&least, true), 0.0);
    assert_eq!(few.relative_error(&least, false), 1.0);
    assert!(
        MatrixCompletion::new(3, 1, 99, 1)
            .observed
            .iter()
            .all(|seen| *seen)
    );
}

#[test]
fn a_link_replays_the_run_however_it_is_sliced() {
    let digits = |session: &mut Session| -> Vec<u64> {
        let mut all = column(session, "matrix", "product");
        all.extend(column(session, "errors", "held-out"));
        all.extend(session.exhibit().readings().iter().map(|r| r.value));
        all.iter().map(|v| v.to_bits()).collect()
    };
    let knobs = [("depth", "3"), ("init-scale", "0.1"), ("rank", "3")];
    let mut whole = opened(&knobs);
    whole.advance(333, || true);
    let mut sliced = opened(&knobs);
    while sliced.exhibit().step_count() < 333 {
        let to_go = 333 - sliced.exhibit().step_count();
        let done = sliced.advance(to_go.min(7), || true);
        assert!(done > 0, "{:?}", sliced.status());
        sliced.exhibit().chart("singular-values");
        sliced.set("pace", "5").expect("a declared choice");
    }
    assert_eq!(digits(&mut whole), digits(&mut sliced));
    assert!(whole.link().contains("depth=3"));
}

#[test]
fn every_extreme_runs_or_says_why() {
    for depth in ["1", "2", "3", "4"] {
        for init in ["0.0001", "1"] {
            for (rank, observed) in [("1", "0.1"), ("5", "0.9")] {
                let mut session = opened(&[
                    ("depth", depth),
                    ("init-scale", init),
                    ("rank", rank),
                    ("observed", observed),
                ]);
                session.advance(400, || true);
                if let Status::Failed(sentence) = session.exhibit().status() {
                    panic!("depth {depth}, init {init}, rank {rank}: {sentence}");
                }
                for view in session.kind().views {
                    let chart = session.exhibit().chart(view.name).expect("declared");
                    assert!(!chart.description.contains("NaN"));
                }
                assert_eq!(session.exhibit().claims().len(), 4);
            }
        }
    }
}
