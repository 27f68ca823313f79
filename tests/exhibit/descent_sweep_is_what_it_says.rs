//! The descent exhibit against runs made by hand: the run without noise is a run
//! on labels without noise, gain and memorised noise are what two separate
//! trainings give, a stopping step shows what stood there, and a link replays.

use nalgebra::{DMatrix, DVector};
use ntk_playground::chart::Mark;
use ntk_playground::exhibit::{Probe, Session, Verdict};
use ntk_playground::kernel::{Spectrum, train_kernel};
use ntk_playground::network::{
    Activation, Architecture, Forward, Mlp, Parametrisation, TangentFactors,
};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{SingleIndex, Sizes};
use ntk_playground::training::{BatchSampler, Gate, LearningRate, Optimiser, Trainer};

const VIEWS: [&str; 6] = [
    "error",
    "stopping",
    "gain",
    "map",
    "eigenvalue",
    "memorised",
];

fn opened(query: &str) -> Session {
    let pairs: Vec<(String, String)> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, _)| *name != "exhibit")
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let session = Session::open("descent", &pairs).expect("the settings go together");
    assert_eq!(session.notes(), &[] as &[String]);
    session
}

fn column(session: &mut Session, view: &str, name: &str) -> Vec<f64> {
    let chart = session.exhibit().chart(view).expect("a declared view");
    let found = chart.columns.into_iter().find(|column| column.name == name);
    found.expect("a declared column").values
}

/// Every reading and every number behind a view, bit by bit.
fn digits(session: &mut Session) -> Vec<u64> {
    let readings = session.exhibit().readings();
    let mut all: Vec<u64> = readings.iter().map(|r| r.value.to_bits()).collect();
    for view in VIEWS {
        let chart = session.exhibit().chart(view).expect("a declared view");
        for column in chart.columns {
            all.extend(column.values.iter().map(|v| v.to_bits()));
        }
    }
    all
}

/// The network of the exhibit at step 0.
fn network(width: usize, seed: u32) -> Mlp {
    let architecture = Architecture {
        inputs: 10,
        widths: vec![width],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 0.5,
    };
    Mlp::random(architecture, 1.0, &mut stream(seed, Stream::Weights)).expect("a network")
}

/// Outputs on train and test points after training on `labels`.
fn by_hand(data: &SingleIndex, labels: &[f64], width: usize, steps: u64) -> [Vec<f64>; 2] {
    let n = labels.len();
    let mlp = network(width, 4);
    let outputs = |mlp: &Mlp, inputs: &DMatrix<f64>| {
        let mut forward = Forward::new();
        forward.run(mlp, inputs);
        forward.outputs.as_slice().to_vec()
    };
    let origins = [
        outputs(&mlp, &data.inputs),
        outputs(&mlp, &data.test_inputs),
    ];
    let sampler = BatchSampler::new(n, n, stream(4, Stream::Batches));
    let mask = stream(4, Stream::Mask);
    let mut trainer = Trainer::new(mlp, data.inputs.clone(), true, sampler, mask);
    let adam = Optimiser::adam(0.9, 0.999, 1e-8);
    trainer.set_optimiser(adam).expect("its usual numbers");
    let objective = SquaredLoss::new(&DMatrix::from_row_slice(1, n, labels));
    let rate = LearningRate::Cosine {
        eta: 0.02,
        steps,
        floor: 0.0,
    };
    for step in 0..steps {
        trainer
            .step(&objective, rate.at(step), Gate::Off)
            .expect("finite");
    }
    let now = [
        outputs(trainer.mlp(), &data.inputs),
        outputs(trainer.mlp(), &data.test_inputs),
    ];
    [0, 1].map(|k| now[k].iter().zip(&origins[k]).map(|(u, o)| u - o).collect())
}

fn mean_square(a: &[f64], b: &[f64]) -> f64 {
    let squares = a.iter().zip(b).map(|(a, b)| (a - b).powi(2));
    squares.sum::<f64>() / a.len() as f64
}

#[test]
fn the_numbers_are_those_of_two_trainings_by_hand() {
    let mut session = opened("points=30&steps=120&seeds=1&seed=4");
    session.advance(u64::MAX, || true);
    let sizes = Sizes {
        dimension: 10,
        points: 30,
        test_points: 300,
    };
    let data = SingleIndex::new(sizes, |x| libm::sin(1.5 * x), 0.5, 4);
    for (i, width) in [(0, 1), (4, 5), (11, 30)] {
        let [noisy_train, noisy_test] = by_hand(&data, &data.labels, width, 120);
        let [clean_train, clean_test] = by_hand(&data, &data.signal, width, 120);
        let memorised = mean_square(&noisy_train, &clean_train);
        let energy = data.noise().iter().map(|e| e * e).sum::<f64>() / 30.0;
        for (view, name, wanted) in [
            ("error", "test", mean_square(&noisy_test, &data.test_signal)),
            (
                "error",
                "test-without-noise",
                mean_square(&clean_test, &data.test_signal),
            ),
            (
                "gain",
                "gain",
                mean_square(&noisy_test, &clean_test) / memorised,
            ),
            ("memorised", "memorised", memorised / energy),
        ] {
            let shown = column(&mut session, view, name)[i];
            assert!(
                (shown / wanted - 1.0).abs() < 1e-12,
                "width {width}, {name}: {shown} against {wanted}"
            );
        }
    }
}

#[test]
fn operators_describe_every_width_that_carries_them() {
    let mut session = opened("points=30&steps=120&seeds=1&seed=4");
    session.advance(u64::MAX, || true);
    let sizes = column(&mut session, "gain", "parameters");
    let errors = column(&mut session, "gain", "operator-error");
    let gains = column(&mut session, "gain", "gain-by-operators");
    for ((size, error), gain) in sizes.iter().zip(&errors).zip(&gains) {
        match *size <= 12.0 * 30.0 + 1.0 {
            true => assert!(*error < 0.01 && *gain > 0.0, "{size}: {error}, {gain}"),
            false => assert!(error.is_nan() && gain.is_nan(), "{size}"),
        }
    }
    // Labels without noise leave nothing to compare.
    let mut clean = opened("points=30&steps=100&seeds=1&noise=0");
    clean.advance(u64::MAX, || true);
    let gains = column(&mut clean, "gain", "gain-by-operators");
    assert!(gains.iter().all(|gain| gain.is_nan()));
    let claims = clean.exhibit().claims();
    let claim = claims.iter().find(|claim| claim.name == "operators-agree");
    assert_eq!(claim.map(|c| c.verdict), Some(Verdict::NotYet));
}

#[test]
fn the_run_without_noise_is_a_run_on_labels_without_noise() {
    let mut noisy = opened("points=30&steps=100&seeds=1");
    let mut clean = opened("points=30&steps=100&seeds=1&noise=0");
    noisy.advance(u64::MAX, || true);
    clean.advance(u64::MAX, || true);
    assert_eq!(
        column(&mut noisy, "error", "test-without-noise"),
        column(&mut clean, "error", "test")
    );
}

#[test]
fn a_stopping_step_shows_what_stood_there() {
    let mut whole = opened("points=30&steps=120&seeds=1");
    let mut part = opened("points=30&steps=120&seeds=1");
    whole.advance(u64::MAX, || true);
    part.advance(40, || true);
    whole.set("stop", "40").expect("in range");
    for (view, name) in [
        ("error", "test"),
        ("gain", "gain"),
        ("memorised", "memorised"),
    ] {
        assert_eq!(
            column(&mut whole, view, name),
            column(&mut part, view, name)
        );
    }
    assert!(whole.log().is_empty(), "a change of what is shown only");
}

#[test]
fn medians_are_those_of_the_single_sweeps() {
    let mut three = opened("points=30&steps=100&seeds=3&seed=7");
    three.advance(u64::MAX, || true);
    let single: Vec<Vec<f64>> = (7..10)
        .map(|seed| {
            let mut one = opened(&format!("points=30&steps=100&seeds=1&seed={seed}"));
            one.advance(u64::MAX, || true);
            column(&mut one, "error", "test")
        })
        .collect();
    let shown = ["test-low", "test", "test-high"].map(|name| column(&mut three, "error", name));
    for i in 0..shown[0].len() {
        let mut sample: Vec<f64> = single.iter().map(|run| run[i]).collect();
        sample.sort_by(f64::total_cmp);
        assert_eq!(sample, shown.each_ref().map(|curve| curve[i]));
    }
}

#[test]
fn a_link_replays_across_sweeps_and_slicing_never_shows() {
    let mut session = opened("points=30&steps=100&seeds=2&stop=60");
    for _ in 0..50 {
        session.advance(3, || true);
        session.exhibit().readings();
        session.exhibit().chart("stopping");
    }
    let mut again = opened(&session.link().replace("&step=150", ""));
    again.advance(150, || true);
    assert_eq!(digits(&mut session), digits(&mut again));
    session.reset().expect("the settings still go together");
    session.advance(150, || true);
    assert_eq!(digits(&mut session), digits(&mut again));
}

#[test]
fn every_view_can_be_looked_into_at_every_time() {
    for query in [
        "points=30&steps=100&seeds=2&noise=0",
        "points=100&steps=100&seeds=1&noise=1",
    ] {
        let mut session = opened(query);
        for steps in [0, 1, 40, 59, 30, 1_000] {
            session.advance(steps, || true);
            for view in VIEWS {
                for probe in [
                    Probe::Move(1),
                    Probe::Move(100),
                    Probe::Move(-1_000),
                    Probe::At([1e9, 1e9]),
                    Probe::At([-5.0, -5.0]),
                    Probe::At([60.0, 4.0]),
                ] {
                    session.exhibit().probe(view, probe);
                    let chart = session.exhibit().chart(view).expect("a declared view");
                    assert_eq!(chart.view, view);
                    let words: String = chart.reading.iter().map(|s| s.text.as_str()).collect();
                    assert!(!words.is_empty(), "{view}");
                    assert!(!words.contains("NaN") && !words.contains("inf"), "{words}");
                }
                session.exhibit().probe(view, Probe::Clear);
            }
            let words = session.exhibit().description();
            assert!(!words.contains("NaN") && !words.contains("inf"), "{words}");
        }
    }
}

#[test]
fn every_relu_unit_has_one_idle_direction() {
    // Twice what enters a unit and half of what leaves it is the same function:
    // of 12 w + 1 parameters 11 w + 1 can tell. So the threshold for n = 60 is
    // between widths 5 and 6, a little above P = n.
    let sizes = Sizes {
        dimension: 10,
        points: 60,
        test_points: 1,
    };
    let data = SingleIndex::new(sizes, |x| x, 0.0, 1);
    for width in 1..=6 {
        let factors = TangentFactors::new(&network(width, 1), &data.inputs);
        let spectrum = Spectrum::new(train_kernel(&factors), &DVector::zeros(60)).expect("finite");
        assert_eq!(spectrum.rank(), (11 * width + 1).min(60), "width {width}");
    }
}

#[test]
fn every_cell_of_the_map_has_a_width() {
    let mut session = opened("seeds=1&steps=100&points=30");
    for step in [0, 1, 11, 50, 99, 100] {
        session.advance(step - session.step_count(), || true);
        let chart = session.chart("map").expect("a declared view");
        let edges = chart.marks.iter().find_map(|mark| match mark {
            Mark::Heat { x, .. } => Some(x),
            _ => None,
        });
        let edges = edges.expect("a map");
        assert!(edges.windows(2).all(|pair| pair[0] < pair[1]), "{edges:?}");
        assert!(edges.last() <= Some(&chart.x.scale.max()));
    }
}
