//! One mechanism, w <- w - eta (mask o d + decay): which part the gate holds
//! back, what a schedule gives, what is refused.

use crate::naive;
use crate::naive::{ACTIVATIONS, Naive, PARAMETRISATIONS, network, normals, relative_error};
use nalgebra::DMatrix;
use ntk_playground::network::Architecture;
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{
    BatchSampler, Decay, Gate, LearningRate, Optimiser, OptimiserError, Trainer,
};
use std::f64::consts::PI;

const ADAM: Optimiser = Optimiser::adam(0.9, 0.99, 1e-8);
const MOMENTUM: Optimiser = Optimiser::momentum(0.9);
const ETA: f64 = 0.01;

fn trainer(
    batch: usize,
    optimiser: Optimiser,
) -> (Trainer, SquaredLoss, DMatrix<f64>, DMatrix<f64>) {
    let shape = Architecture {
        inputs: 2,
        widths: vec![7, 6],
        outputs: 2,
        activation: ACTIVATIONS[0],
        parametrisation: PARAMETRISATIONS[0],
        bias: 1.0,
    };
    let (x, y) = (normals(2, 9, 8), normals(2, 9, 9));
    let sampler = BatchSampler::new(9, batch, stream(1, Stream::Batches));
    let mask = stream(1, Stream::Mask);
    let mut trainer = Trainer::new(network(shape, 7), x.clone(), false, sampler, mask);
    trainer.set_optimiser(optimiser).unwrap();
    assert_eq!(trainer.optimiser(), optimiser);
    (trainer, SquaredLoss::new(&y), x, y)
}

fn with(decay: Decay) -> [Optimiser; 3] {
    [Optimiser::GRADIENT_DESCENT, MOMENTUM, ADAM].map(|rule| rule.with_decay(decay))
}

const DECAYS: [Decay; 4] = [
    Decay::Off,
    Decay::L2 { rate: 0.3 },
    Decay::Decoupled {
        rate: 0.3,
        masked: false,
    },
    Decay::Decoupled {
        rate: 0.3,
        masked: true,
    },
];

/// Minibatches, every gate, every decay: each step is the written-out one,
/// given the mask; momentum's and Adam's averages are those of the unmasked gradient.
#[test]
fn for_every_gate_and_decay() {
    let mut worst = 0.0_f64;
    for gate in Gate::ALL {
        for optimiser in DECAYS.into_iter().flat_map(with) {
            let (mut trainer, objective, x, y) = trainer(5, optimiser);
            let mut sampler = BatchSampler::new(9, 5, stream(1, Stream::Batches));
            let count = trainer.mlp().parameters().len();
            let (mut m, mut v) = (vec![0.0; count], vec![0.0; count]);
            for t in 1..=20 {
                let drawn = sampler.draw().to_vec();
                let each = Naive::of(trainer.mlp())
                    .example_gradients(&x.select_columns(&drawn), &y.select_columns(&drawn));
                let before = trainer.mlp().parameters().to_vec();
                let mut largest = 0.0_f64;
                let report = trainer.step(&objective, ETA, gate).unwrap();
                let mut expected = before.clone();
                for (k, g) in naive::mean(&each).into_iter().enumerate() {
                    let w = before[k];
                    let open = if gate == Gate::Off {
                        1.0
                    } else {
                        trainer.mask().weights[k]
                    };
                    let g = match optimiser.decay {
                        Decay::L2 { rate } => g + rate * w,
                        _ => g,
                    };
                    let d = if optimiser.rule == ADAM.rule {
                        m[k] = 0.9 * m[k] + 0.1 * g;
                        v[k] = 0.99 * v[k] + 0.01 * g * g;
                        let size = (v[k] / (1.0 - 0.99_f64.powi(t))).sqrt();
                        m[k] / (1.0 - 0.9_f64.powi(t)) / (size + 1e-8)
                    } else if optimiser.rule == MOMENTUM.rule {
                        m[k] = 0.9 * m[k] + g;
                        m[k]
                    } else {
                        g
                    };
                    let decay = match optimiser.decay {
                        Decay::Decoupled { rate, masked: true } => open * rate * w,
                        Decay::Decoupled { rate, .. } => rate * w,
                        _ => 0.0,
                    };
                    let change = ETA * (open * d + decay);
                    largest = largest.max(change.abs());
                    expected[k] = w - change;
                }
                let off = relative_error(trainer.mlp().parameters(), &expected);
                assert!(off <= 1e-12, "{gate:?} {optimiser:?} step {t}: {off:e}");
                assert!((report.largest_change - largest).abs() <= 1e-12 * largest);
                worst = worst.max(off);
            }
        }
    }
    println!("worst relative error {worst:.1e}");
}

/// The gate judges the gradient of the loss: decay does not move its mask.
#[test]
fn the_mask_does_not_see_the_decay() {
    for gate in Gate::ALL {
        let mut masks = Vec::new();
        for optimiser in DECAYS.into_iter().flat_map(with) {
            let (mut trainer, objective, ..) = trainer(5, optimiser);
            trainer.step(&objective, ETA, gate).unwrap();
            masks.push(trainer.mask().clone());
        }
        assert!(masks.windows(2).all(|pair| pair[0] == pair[1]), "{gate:?}");
    }
}

/// What the gate closes stands still, but for decay that is not masked.
#[test]
fn a_closed_parameter_decays_only_where_decay_is_not_masked() {
    for (masked, factor) in [(true, 1.0), (false, 1.0 - ETA * 0.3)] {
        for optimiser in with(Decay::Decoupled { rate: 0.3, masked }) {
            let (mut trainer, objective, ..) = trainer(9, optimiser);
            let before = trainer.mlp().parameters().to_vec();
            let report = trainer.step(&objective, ETA, Gate::Hard).unwrap();
            assert!(0 < report.open && report.open < before.len());
            for (k, weight) in trainer.mask().weights.iter().enumerate() {
                let (w, now) = (before[k], trainer.mlp().parameters()[k]);
                if *weight == 0.0 {
                    assert!((now - factor * w).abs() <= 1e-15 * w.abs());
                } else {
                    assert_ne!(now, w);
                }
            }
        }
    }
}

/// With constant gradients Adam's first step is eta in every coordinate that
/// has one, however small.
#[test]
fn adam_starts_with_steps_of_eta() {
    let (mut trainer, objective, ..) = trainer(9, Optimiser::adam(0.9, 0.999, 1e-300));
    let before = trainer.mlp().parameters().to_vec();
    trainer.step(&objective, ETA, Gate::Off).unwrap();
    for (w, before) in trainer.mlp().parameters().iter().zip(&before) {
        let step = (w - before).abs();
        assert!(step == 0.0 || (step - ETA).abs() <= 1e-12);
    }
}

/// A change of decay keeps Adam's moments; gradient descent forgets them.
#[test]
fn adam_keeps_its_moments_while_it_is_adam() {
    let decayed = ADAM.with_decay(Decay::Decoupled {
        rate: 0.0,
        masked: false,
    });
    let run = |between: &[Optimiser]| {
        let (mut trainer, objective, ..) = trainer(5, ADAM);
        for _ in 0..5 {
            trainer.step(&objective, ETA, Gate::Off).unwrap();
        }
        for optimiser in between {
            trainer.set_optimiser(*optimiser).unwrap();
        }
        trainer.step(&objective, ETA, Gate::Off).unwrap();
        trainer.mlp().parameters().to_vec()
    };
    let plain = run(&[]);
    assert!(relative_error(&run(&[decayed]), &plain) <= 1e-15);
    assert!(relative_error(&run(&[Optimiser::default(), ADAM]), &plain) > 1e-6);
}

#[test]
fn a_cosine_falls_to_its_floor_and_stays() {
    let (eta, steps, floor) = (0.3, 40, 0.1);
    let rate = LearningRate::Cosine { eta, steps, floor };
    assert_eq!(rate.at(0), eta);
    assert!((rate.at(20) - eta * 0.55).abs() <= 1e-15);
    for step in 0..40 {
        let share = 0.5 * (1.0 + (PI * step as f64 / 40.0).cos());
        assert!((rate.at(step) - eta * (0.1 + 0.9 * share)).abs() <= 1e-15);
        assert!(rate.at(step + 1) < rate.at(step));
    }
    for step in [40, 41, u64::MAX] {
        assert!((rate.at(step) - eta * floor).abs() <= 1e-16);
    }
    let at_once = LearningRate::Cosine {
        eta,
        steps: 0,
        floor,
    };
    assert_eq!(at_once.at(0), eta * floor);
    assert_eq!(LearningRate::Constant { eta }.at(7), eta);
}

#[test]
fn numbers_out_of_range_are_refused_with_a_sentence() {
    let (mut trainer, ..) = trainer(9, ADAM);
    let memory = |name, given| OptimiserError::MomentDecay { name, given };
    for (optimiser, expected) in [
        (Optimiser::adam(1.0, 0.9, 1e-8), memory("Adam's beta1", 1.0)),
        (
            Optimiser::adam(0.9, -0.1, 1e-8),
            memory("Adam's beta2", -0.1),
        ),
        (Optimiser::adam(0.9, 0.9, 0.0), OptimiserError::Epsilon(0.0)),
        (
            Optimiser::adam(0.9, 0.9, f64::INFINITY),
            OptimiserError::Epsilon(f64::INFINITY),
        ),
        (
            Optimiser::momentum(1.0),
            OptimiserError::MomentDecay {
                name: "Momentum's beta",
                given: 1.0,
            },
        ),
        (
            ADAM.with_decay(Decay::L2 { rate: -1.0 }),
            OptimiserError::Decay(-1.0),
        ),
        (
            ADAM.with_decay(Decay::Decoupled {
                rate: f64::INFINITY,
                masked: true,
            }),
            OptimiserError::Decay(f64::INFINITY),
        ),
    ] {
        let refusal = trainer.set_optimiser(optimiser).unwrap_err();
        assert_eq!(refusal, expected);
        assert!(refusal.to_string().ends_with('.'));
        assert_eq!(trainer.optimiser(), ADAM);
    }
    for bad in [
        Optimiser::adam(f64::NAN, 0.9, 1e-8),
        ADAM.with_decay(Decay::L2 { rate: f64::NAN }),
    ] {
        assert!(trainer.set_optimiser(bad).is_err());
    }
}
