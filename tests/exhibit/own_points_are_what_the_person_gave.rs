//! A run on a person's own points is a run on exactly these: kernel and loss are those
//! of a direct computation, and what does not fit is refused by its number.

use crate::naive::cases;
use crate::own_points::{column, fit, open, own, reading, text};
use crate::small::{open as open_small, points_knob};
use nalgebra::{DMatrix, DVector};
use ntk_playground::chart::{Palette, Scale, Style, svg};
use ntk_playground::exhibit::{EXHIBITS, Status, Value};
use ntk_playground::kernel::{Spectrum, train_kernel};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation, TangentFactors};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{LARGEST, MOST_POINTS, Regression};
use ntk_playground::training::{BatchSampler, Gate, Trainer};
use proptest::prelude::*;

/// Points of every kind that could go wrong.
fn edges() -> Vec<(&'static str, Vec<[f64; 2]>)> {
    let many = |x: f64, y: f64| {
        let step = |i: usize| (i as f64 - 63.5) / 63.5;
        let point = |i: usize| [x * step(i), y * libm::sin(7.0 * step(i))];
        (0..MOST_POINTS).map(point).collect::<Vec<_>>()
    };
    vec![
        ("one point", vec![[0.3, -0.7]]),
        ("one point at the origin", vec![[0.0, 0.0]]),
        ("two labels of one x", vec![[0.2, 1.0], [0.2, -0.5]]),
        ("labels of 0", vec![[-0.5, 0.0], [0.1, 0.0], [0.9, 0.0]]),
        (
            "collinear",
            vec![[-1.0, -1.0], [0.0, 0.0], [0.5, 0.5], [1.0, 1.0]],
        ),
        (
            "duplicates",
            vec![[0.4, 0.3], [0.4, 0.3], [-0.4, 0.1], [0.4, 0.3]],
        ),
        ("as many as there may be", many(1.0, 1.0)),
        ("close together", many(1e-6, 1.0)),
        (
            "far out",
            vec![[-LARGEST, 1.0], [0.0, 0.0], [LARGEST, -1.0]],
        ),
        (
            "as large as may be",
            vec![[-LARGEST, LARGEST], [LARGEST, -LARGEST]],
        ),
        (
            "large labels",
            vec![[-1.0, LARGEST], [0.0, -LARGEST], [1.0, 500.0]],
        ),
        (
            "small labels",
            vec![[-1.0, 1e-9], [0.0, -2e-9], [1.0, 3e-9]],
        ),
        (
            "to one side",
            vec![[20.0, 5.0], [20.5, 5.5], [21.0, 5.2], [22.0, 4.0]],
        ),
    ]
}

#[test]
fn kernel_and_loss_are_those_of_the_points() {
    let points = [
        [0.7, -0.4],
        [-1.5, 0.9],
        [0.1, 0.25],
        [0.1, -0.3],
        [-0.6, 1.1],
    ];
    let (x, y): (Vec<f64>, Vec<f64>) = points.iter().map(|[x, y]| (*x, *y)).unzip();
    let problem = Regression::from_points(&x, &y).expect("sound points");
    let architecture = Architecture {
        inputs: 1,
        widths: vec![16, 16],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    };
    let mlp = Mlp::random(architecture, 1.0, &mut stream(1, Stream::Weights)).expect("builds");
    let n = points.len();
    let sampler = BatchSampler::new(n, n, stream(12, Stream::Batches));
    let mask = stream(12, Stream::Mask);
    let mut trainer = Trainer::new(mlp, problem.inputs.clone(), true, sampler, mask);
    let objective = SquaredLoss::new(&DMatrix::from_row_slice(1, n, &problem.labels));
    let state = |trainer: &Trainer| {
        let factors = TangentFactors::new(trainer.mlp(), &problem.inputs);
        let residual = DVector::from_fn(n, |i, _| {
            factors.outputs[i] - trainer.origin()[i] - problem.labels[i]
        });
        let spectrum = Spectrum::new(train_kernel(&factors), &residual).expect("finite");
        (spectrum, residual.norm_squared() / n as f64)
    };
    let eta = 0.5 * 2.0 * n as f64 / state(&trainer).0.largest();
    let mut session = own(&points);
    for _ in 0..4 {
        let (spectrum, loss) = state(&trainer);
        let near = |a: f64, b: f64| assert!((a - b).abs() <= 1e-10 * b.abs(), "{a} {b}");
        near(reading(&mut session, "train-loss"), loss);
        near(
            reading(&mut session, "largest-eigenvalue"),
            spectrum.largest(),
        );
        near(reading(&mut session, "step-size"), eta);
        for _ in 0..25 {
            trainer.step(&objective, eta, Gate::Off).expect("finite");
        }
        session.advance(25, || true);
    }
    let chart = fit(&mut session);
    assert_eq!(column(&chart, "train-x"), problem.inputs.as_slice());
    assert_eq!(column(&chart, "train-label"), problem.labels);
}

#[test]
fn any_points_run_or_say_why() {
    let style = Style::page(Palette::LIGHT);
    for (name, points) in edges() {
        let mut session = own(&points);
        // With a bias every entry of the kernel is at least 1.
        let largest = reading(&mut session, "largest-eigenvalue");
        assert!(largest >= points.len() as f64, "{name}: {largest}");
        // Many points make few steps: this is about sense, not speed.
        let long = if points.len() > 20 { 8 } else { 150 };
        for steps in [0, 1, long] {
            session.advance(steps, || true);
            let fit = fit(&mut session);
            let (x, y) = (fit.x.scale, fit.y.scale);
            for [a, b] in &points {
                assert!(x.min() < *a && *a < x.max(), "{name}: {x:?}");
                assert!(y.min() < *b && *b < y.max(), "{name}: {y:?}");
            }
            assert!(fit.x.ticks.len() > 1 && fit.y.ticks.len() > 1, "{name}");
            for view in ["fit", "loss", "eigenvalues", "residual", "history"] {
                let chart = session.exhibit().chart(view).expect("a declared view");
                svg(&chart, (608.0, 228.0), &style).expect("draws");
                let numbers = chart.columns.iter().flat_map(|column| &column.values);
                assert!(numbers.into_iter().all(|v| v.is_finite()), "{name}: {view}");
                assert!(!chart.description.contains("NaN"), "{}", chart.description);
            }
            session.exhibit().claims();
        }
        if let Status::Failed(words) | Status::Finished(words) = session.exhibit().status() {
            assert!(words.ends_with('.'), "{name}: {words}");
        }
    }
}

#[test]
fn edges_end_where_they_must() {
    let edge = |name: &str| {
        let found = edges().into_iter().find(|(other, _)| *other == name);
        own(&found.expect("a kind of points").1)
    };
    let mut zero = edge("labels of 0");
    zero.advance(100, || true);
    assert!(matches!(zero.exhibit().status(), Status::Finished(words) if words.contains("fitted")));
    assert_eq!(zero.exhibit().step_count(), 1);
    let mut two = edge("two labels of one x");
    // Of two labels at one x the network learns the mean.
    two.advance(2_000, || true);
    let left = reading(&mut two, "train-loss");
    assert!((left - 0.75 * 0.75).abs() < 1e-9, "{left}");
    // Small labels are learned like large ones: rounding is relative.
    let mut small = edge("small labels");
    small.advance(500, || true);
    assert!(small.exhibit().step_count() > 20);
    assert!(reading(&mut small, "train-loss") < 1e-19);
    let mut wild = open("widths=16-16&step-fraction=4&data=-1:900~0:-900~1:900~0.5:3");
    wild.advance(12_000, || true);
    let Status::Failed(words) = wild.exhibit().status().clone() else {
        panic!("four times the stability limit diverges");
    };
    assert!(words.contains("of order one"), "{words}");
}

#[test]
fn a_place_in_the_fit_is_looked_up_where_it_is() {
    use ntk_playground::exhibit::Probe;
    let mut session = own(&[[20.0, 5.0], [22.0, 4.0]]);
    session.exhibit().probe("fit", Probe::At([20.0, 0.0]));
    let words: String = fit(&mut session)
        .reading
        .iter()
        .map(|s| s.text.as_str())
        .collect();
    let x: f64 = words
        .split(['=', '\u{2002}'])
        .nth(1)
        .expect("x")
        .trim()
        .parse()
        .expect("x");
    assert!((x - 20.0).abs() <= 23.0 / 400.0, "{words}");
}

#[test]
fn a_pair_that_does_not_fit_is_named_by_its_number() {
    let mut session = open("widths=8");
    for (text, words) in [
        ("0:1~x:2", "point 2, \u{201c}x:2\u{201d}"),
        ("0:1~1:2~3", "point 3, \u{201c}3\u{201d}"),
        ("inf:1", "point 1, \u{201c}inf:1\u{201d}"),
        ("0:1~0:nan", "point 2"),
        ("0:1~~1:1", "point 2"),
        ("0:1~0:1000.1", "from -1000 to 1000"),
        ("1:2:3", "point 1"),
    ] {
        let refused = session.set("data", text).expect_err(text).to_string();
        assert!(
            refused.contains(words) && refused.starts_with("data: "),
            "{refused}"
        );
    }
    let too_many = vec!["0:0"; MOST_POINTS + 1].join("~");
    let refused = session
        .set("data", &too_many)
        .expect_err("129 points")
        .to_string();
    assert!(
        refused.contains("129 points") && refused.contains("up to 128"),
        "{refused}"
    );
    session
        .set("data", " .5:+1e-2 ~ 5.:-0 ")
        .expect("what Rust accepts");
    assert_eq!(session.points("fit"), Some(vec![[0.5, 0.01], [5.0, 0.0]]));
    assert!(
        session.link().ends_with("data=0.5:0.01~5:0"),
        "{}",
        session.link()
    );
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn their_text_is_safe_and_reads_back(
        points in prop::collection::vec([-LARGEST..LARGEST, -1e-12f64..1e-12], 1..20)
    ) {
        let text = text(&points);
        prop_assert!(text.bytes().all(|b| b.is_ascii_digit() || b".-e:~".contains(&b)), "{}", text);
        let mut session = open("widths=1");
        session.set("data", &text).expect("in range");
        prop_assert_eq!(session.settings().get("data"), Ok(&Value::Points(points)));
    }
}

#[test]
fn labels_of_no_size_have_axes_all_the_same() {
    let takers = EXHIBITS
        .iter()
        .filter_map(|kind| Some((kind, points_knob(kind)?)));
    let labels = ["0:0~0.5:0", "0:1e-200~0.5:-1e-200"];
    for ((kind, knob), data) in takers.flat_map(|taker| labels.map(|data| (taker, data))) {
        let mut session = open_small(kind, &[(knob, data)]);
        for _ in 0..2 {
            for view in session.kind().views {
                let chart = session.chart(view.name).expect("a declared view");
                for scale in [chart.x.scale, chart.y.scale] {
                    let ordered = match scale {
                        Scale::Linear { min, max } => min != max,
                        Scale::Log { min, max } => 0.0 < min && min < max,
                    };
                    assert!(ordered, "{}: {scale:?}", view.name);
                }
            }
            session.advance(1, || true);
        }
    }
}
