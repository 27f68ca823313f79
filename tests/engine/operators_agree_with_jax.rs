//! The operators of 200 steps agree with sums of JAX's explicit Jacobians: P, W'
//! and G under the left and the secant scheme, and P, W, G and their offsets
//! along the path, for every kind of step.
//!
//! oracle/generate.py and oracle/generate_operators.py say what the numbers are
//! and how to make them anew.

use crate::naive::relative_error;
use crate::oracle::{architecture, everything, matrix, numbers, operators};
use crate::windows::Window;
use ntk_playground::kernel::{Quadrature, Scheme};
use ntk_playground::network::Mlp;
use ntk_playground::objective::{CrossEntropy, Objective, SquaredLoss};
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Decay, Gate, Optimiser};
use serde_json::Value;

const TOLERANCE: f64 = 1e-8;
/// Along the path.
const PATH_TOLERANCE: f64 = 1e-9;
/// Training points and examples of a batch along the path.
const EXAMPLES: usize = 6;
const BATCH: usize = 4;

#[test]
fn after_two_hundred_steps() {
    let file = everything();
    let peer = &file["windows"];
    let [x, q, y] = ["inputs", "test_inputs", "targets"].map(|k| matrix(&peer[k]).transpose());
    let (n, eta) = (x.ncols(), peer["eta"].as_f64().unwrap());
    let steps = peer["steps"].as_u64().unwrap() as usize;
    assert_eq!(steps, 200);
    let objective = SquaredLoss::new(&y);
    for (scheme, name) in [(Scheme::Left, "left"), (Scheme::Secant, "secant")] {
        let mlp = Mlp::from_parameters(architecture(peer), numbers(&peer["parameters"])).unwrap();
        let mut window = Window::open(mlp, &x, &q, n, scheme, &objective);
        window.run(steps, &objective, eta, Gate::Off);
        let got = &window.operators.integrated;
        let exact = &peer["schemes"][name];
        for (what, got) in [
            ("propagator", got.propagator()),
            ("dissipation", got.dissipation().expect("gradient descent")),
            ("transfer", got.transfer()),
        ] {
            let error = relative_error(got.as_slice(), matrix(&exact[what]).as_slice());
            println!("{name} {what}: {error:.1e}");
            assert!(error <= TOLERANCE, "{name}: {what} is off by {error:e}");
        }
    }
}

fn optimiser(run: &Value) -> Optimiser {
    let number = |name: &str| run[name].as_f64();
    let rule = match (number("momentum"), number("beta1")) {
        (Some(beta), _) => Optimiser::momentum(beta),
        (_, Some(beta1)) => {
            Optimiser::adam(beta1, number("beta2").unwrap(), number("epsilon").unwrap())
        }
        _ => Optimiser::GRADIENT_DESCENT,
    };
    rule.with_decay(match (number("l2"), number("decay")) {
        (Some(0.0), Some(0.0)) => Decay::Off,
        (Some(rate), Some(0.0)) => Decay::L2 { rate },
        (Some(0.0), Some(rate)) => Decay::Decoupled {
            rate,
            masked: run["masked"] == true,
        },
        both => panic!("two decays {both:?}"),
    })
}

fn objective(run: &Value) -> Box<dyn Objective> {
    if run["targets"].is_array() {
        return Box::new(SquaredLoss::new(&matrix(&run["targets"]).transpose()));
    }
    let labels = numbers(&run["labels"]).into_iter().map(|y| y as usize);
    Box::new(CrossEntropy::new(3, labels.collect()).unwrap())
}

fn near(name: &str, what: &str, got: &[f64], run: &Value) {
    let exact = matrix(&run[what]);
    let error = relative_error(got, exact.as_slice());
    println!("{name} {what}: {error:.1e}");
    assert!(
        error <= PATH_TOLERANCE,
        "{name}: {what} is off by {error:e}"
    );
}

#[test]
fn along_the_path() {
    let file = operators();
    let nodes = file["nodes"].as_u64().unwrap() as usize;
    let runs = file["runs"].as_object().unwrap();
    assert_eq!(runs.len(), 16);
    for (name, run) in runs {
        let [x, q] = ["inputs", "test_inputs"].map(|k| matrix(&run[k]).transpose());
        let objective = objective(run);
        let batch = if run["batch"] == true {
            BATCH
        } else {
            EXAMPLES
        };
        let gate = match run["gate"].as_str() {
            Some("hard") => Gate::Hard,
            _ => Gate::Off,
        };
        let mlp = Mlp::from_parameters(architecture(run), numbers(&run["parameters"])).unwrap();
        let scheme = Scheme::Path(Quadrature::fixed(nodes));
        let mut window = Window::open(mlp, &x, &q, batch, scheme, &*objective);
        window.trainer.set_optimiser(optimiser(run)).unwrap();
        let steps = file["steps"].as_u64().unwrap() as usize;
        window.run(steps, &*objective, run["eta"].as_f64().unwrap(), gate);
        near(name, "trained", window.trainer.mlp().parameters(), run);
        let got = &window.operators.integrated;
        near(name, "propagator", got.propagator().as_slice(), run);
        near(name, "integrated", got.integrated().as_slice(), run);
        near(name, "transfer", got.transfer().as_slice(), run);
        match (got.dissipation(), got.offset()) {
            (Some(dissipation), None) => near(name, "dissipation", dissipation.as_slice(), run),
            (None, Some(offset)) => {
                near(name, "gradient_offset", offset.gradient.as_slice(), run);
                near(name, "test_offset", offset.test.as_slice(), run);
                near(name, "train_offset", offset.train.as_slice(), run);
                near(name, "mixed_offset", offset.mixed.as_slice(), run);
                near(name, "constant_offset", &[offset.constant], run);
            }
            _ => panic!("{name}: W' without an offset, or an offset without W'"),
        }
    }
}

#[test]
fn the_oracle_has_the_batches_of_the_sampler() {
    let mut sampler = BatchSampler::new(EXAMPLES, BATCH, stream(3, Stream::Batches));
    let drawn: Vec<Vec<usize>> = (0..200).map(|_| sampler.draw().to_vec()).collect();
    let drawn = format!("{}\n", serde_json::json!(drawn));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/batches.json");
    if std::env::var_os("UPDATE_BATCHES").is_some() {
        std::fs::write(path, &drawn).unwrap();
    }
    let given = std::fs::read_to_string(path).unwrap();
    assert!(
        given == drawn,
        "oracle/generate_operators.py says how to update"
    );
}
