//! A hundred steps of every optimiser, with and without decay, schedule and
//! gate, agree with a reference written out in NumPy on JAX's gradients (and,
//! without a gate, with optax; oracle/generate.py checks that when it runs).

use crate::naive::relative_error;
use crate::oracle;
use ntk_playground::network::{Forward, Mlp};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Decay, Gate, LearningRate, Optimiser, Trainer};
use serde_json::Value;

fn optimiser(run: &Value) -> Optimiser {
    let number = |name: &str| run[name].as_f64();
    let rule = match (number("beta1"), number("beta2"), number("epsilon")) {
        (Some(beta1), Some(beta2), Some(epsilon)) => Optimiser::adam(beta1, beta2, epsilon),
        _ => Optimiser::GRADIENT_DESCENT,
    };
    rule.with_decay(match (number("l2"), number("decay")) {
        (Some(rate), None) => Decay::L2 { rate },
        (None, Some(rate)) => Decay::Decoupled {
            rate,
            masked: run["masked"].as_bool() == Some(true),
        },
        (None, None) => Decay::Off,
        both => panic!("two decays {both:?}"),
    })
}

fn schedule(run: &Value) -> LearningRate {
    let eta = run["eta"].as_f64().unwrap();
    let cosine = &run["cosine"];
    match (cosine["steps"].as_u64(), cosine["floor"].as_f64()) {
        (Some(steps), Some(floor)) => LearningRate::Cosine { eta, steps, floor },
        _ => LearningRate::Constant { eta },
    }
}

#[test]
fn after_a_hundred_steps() {
    let file = oracle::everything();
    let peer = &file["optimisers"];
    let x = oracle::matrix(&peer["inputs"]).transpose();
    let objective = SquaredLoss::new(&oracle::matrix(&peer["targets"]).transpose());
    let n = x.ncols();
    let runs = peer["runs"].as_object().unwrap();
    assert_eq!(runs.len(), 13);
    let mut ends: Vec<Vec<f64>> = Vec::new();
    for (name, run) in runs {
        let shape = oracle::architecture(peer);
        let mlp = Mlp::from_parameters(shape, oracle::numbers(&peer["parameters"])).unwrap();
        let sampler = BatchSampler::new(n, n, stream(1, Stream::Batches));
        let mut trainer = Trainer::new(mlp, x.clone(), true, sampler, stream(1, Stream::Mask));
        trainer.set_optimiser(optimiser(run)).unwrap();
        let gate = run["gate"].as_str().unwrap_or("off");
        let gate = Gate::ALL.into_iter().find(|g| g.name() == gate).unwrap();
        for step in 0..peer["steps"].as_u64().unwrap() {
            let eta = schedule(run).at(step);
            trainer.step(&objective, eta, gate).unwrap();
        }
        let mut forward = Forward::new();
        forward.run(trainer.mlp(), &x);
        let trained = &forward.outputs - trainer.origin();
        let exact = oracle::matrix(&run["trained"]).transpose();
        let of_outputs = relative_error(trained.as_slice(), exact.as_slice());
        let w = trainer.mlp().parameters();
        let of_parameters = relative_error(w, &oracle::numbers(&run["parameters"]));
        println!("{name}: parameters {of_parameters:.1e}, outputs {of_outputs:.1e}");
        assert!(of_parameters.max(of_outputs) <= 1e-9, "{name}");
        // No two of them are the same rule.
        assert!(
            ends.iter().all(|other| relative_error(w, other) > 1e-3),
            "{name}"
        );
        ends.push(w.to_vec());
    }
}
