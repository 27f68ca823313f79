//! The streaming gate's m and s are weighted means over the steps so far, its
//! weights follow them, and a batch of one is enough.

use crate::naive;
use crate::naive::{ACTIVATIONS, Naive, PARAMETRISATIONS, network, normals};
use nalgebra::DMatrix;
use ntk_playground::network::Architecture;
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, Mask, StreamingMoments, Trainer};

const STREAMING: [Gate; 3] = [Gate::StreamingHard, Gate::StreamingSoft, Gate::StreamingSnr];

/// Mean of the values with weight memory^age, the last having age 0.
fn faded(values: &[f64], memory: f64) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (age, value) in values.iter().rev().enumerate() {
        sum += memory.powi(age as i32) * value;
        weight += memory.powi(age as i32);
    }
    sum / weight
}

/// (m_k, s_k) after a history of gradients, from the definition.
fn definition(history: &[Vec<f64>]) -> Vec<(f64, f64)> {
    let estimate = |k: usize| {
        let g: Vec<f64> = history.iter().map(|g| g[k]).collect();
        let off: Vec<f64> = (0..g.len())
            .map(|t| (g[t] - faded(&g[..=t], 0.9)).powi(2))
            .collect();
        (faded(&g, 0.9), faded(&off, 0.99))
    };
    (0..history[0].len()).map(estimate).collect()
}

/// The weights by their definition; hard is `None` where rounding may decide.
fn weights(gate: Gate, estimates: &[(f64, f64)]) -> Vec<Option<f64>> {
    let weight = |&(m, s): &(f64, f64)| {
        let signal = m * m;
        if signal == 0.0 {
            return Some(0.0);
        }
        match gate {
            Gate::StreamingSoft => Some((1.0 - s / signal).max(0.0)),
            Gate::StreamingSnr => Some(signal / (signal + s)),
            _ => ((signal - s).abs() > 1e-11 * s).then(|| f64::from(u8::from(signal > s))),
        }
    };
    estimates.iter().map(weight).collect()
}

fn assert_weights(mask: &Mask, exact: &[Option<f64>]) -> f64 {
    let mut worst = 0.0_f64;
    for (got, exact) in mask.weights.iter().zip(exact) {
        worst = worst.max(exact.map_or(0.0, |exact| (got - exact).abs()));
    }
    let mean = mask.weights.iter().sum::<f64>() / mask.weights.len() as f64;
    assert!((mask.active_fraction - mean).abs() <= 1e-15);
    assert_eq!(mask.open, mask.weights.iter().filter(|w| **w > 0.0).count());
    worst
}

#[test]
fn for_given_gradients() {
    let mut worst = 0.0_f64;
    let mut moments = StreamingMoments::new();
    assert_eq!(moments.estimates().count(), 0);
    let mut history: Vec<Vec<f64>> = Vec::new();
    for step in 0..150 {
        // Parameter k has mean 10^(k/2 - 5) beside a spread of one; the last has none.
        let noise = normals(21, 1, step);
        history.push(
            (0..21)
                .map(|k| match k {
                    20 => 0.0,
                    _ => 10_f64.powf(f64::from(k) / 2.0 - 5.0) + noise[k as usize],
                })
                .collect(),
        );
        moments.update(&history[history.len() - 1]);
        let exact = definition(&history);
        let got: Vec<(f64, f64)> = moments.estimates().collect();
        let (m, s): (Vec<f64>, Vec<f64>) = got.iter().copied().unzip();
        let (exact_m, exact_s): (Vec<f64>, Vec<f64>) = exact.iter().copied().unzip();
        for k in 0..21 {
            let off = (m[k] - exact_m[k]).abs() / (1.0 + exact_m[k].abs());
            // s is a square of differences: what m loses, relative to the gradient's size.
            let size = 1.0 + exact_m[k].abs();
            let off_s = (s[k] - exact_s[k]).abs() / (size * (exact_s[k].sqrt() + 1e-12 * size));
            worst = worst.max(off).max(off_s);
            assert!(
                off <= 1e-12 && off_s <= 1e-12,
                "step {step}, {k}: {off:e} {off_s:e}"
            );
        }
        for gate in STREAMING {
            let mut mask = Mask::default();
            mask.decide_streaming(gate, &moments);
            let off = assert_weights(&mask, &weights(gate, &exact));
            assert!(off <= 1e-12, "{gate:?}: {off:e}");
            worst = worst.max(off);
        }
    }
    println!("worst error {worst:.1e}");
}

/// Pure noise: m averages over 19 steps, so m^2 > s is hardly ever seen, where
/// the batch rule passes a third.
#[test]
fn pure_noise_hardly_passes() {
    let mut moments = StreamingMoments::new();
    for step in 0..400 {
        moments.update(normals(20_000, 1, step).as_slice());
    }
    let mut mask = Mask::default();
    mask.decide_streaming(Gate::StreamingHard, &moments);
    println!("{} of 20 000 open", mask.open);
    // m / sqrt(s) is near normal with standard deviation 1 / sqrt(0.85 * 19):
    // past 4.0 of them, 6e-5, one or two of 20 000.
    assert!(mask.open <= 20);
    // And the mean of the noise's variance in s: (1 - 0.1)^2 (1 + 1/19) = 0.853.
    let mean = moments.estimates().map(|(_, s)| s).sum::<f64>() / 20_000.0;
    assert!((mean - 0.8526).abs() < 0.01, "{mean}");
}

fn trainer(batch: usize) -> (Trainer, DMatrix<f64>, DMatrix<f64>) {
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
    let trainer = Trainer::new(network(shape, 7), x.clone(), false, sampler, mask);
    (trainer, x, y)
}

/// The gradient of the next step, example by example.
fn next_gradient(
    trainer: &Trainer,
    sampler: &mut BatchSampler,
    x: &DMatrix<f64>,
    y: &DMatrix<f64>,
) -> Vec<f64> {
    let drawn = sampler.draw().to_vec();
    let (x, y) = (x.select_columns(&drawn), y.select_columns(&drawn));
    naive::mean(&Naive::of(trainer.mlp()).example_gradients(&x, &y))
}

#[test]
fn along_a_run_with_any_batch_one_included() {
    let mut worst = 0.0_f64;
    for batch in [1, 4, 9] {
        for gate in STREAMING {
            let (mut trainer, x, y) = trainer(batch);
            let mut sampler = BatchSampler::new(9, batch, stream(1, Stream::Batches));
            let objective = SquaredLoss::new(&y);
            let mut history = Vec::new();
            for step in 0..60 {
                let before = trainer.mlp().parameters().to_vec();
                let g = next_gradient(&trainer, &mut sampler, &x, &y);
                history.push(g.clone());
                let report = trainer.step(&objective, 0.02, gate).unwrap();
                let mask = trainer.mask();
                // Over full batches s is tiny: differences of nearly equal
                // gradients. Weights are then 1 to rounding.
                let off = assert_weights(mask, &weights(gate, &definition(&history)));
                assert!(off <= 1e-11, "b = {batch}, {gate:?}, step {step}: {off:e}");
                worst = worst.max(off);
                assert_eq!(
                    (report.open, report.active_fraction),
                    (mask.open, mask.active_fraction)
                );
                for (k, m) in mask.weights.iter().enumerate() {
                    let moved = trainer.mlp().parameters()[k] - before[k];
                    assert!((moved + 0.02 * m * g[k]).abs() <= 1e-14 * (1.0 + g[k].abs()));
                }
                if step == 0 {
                    // Nothing to compare with yet: whatever has a gradient is open.
                    let alive = g.iter().filter(|g| **g != 0.0).count();
                    assert_eq!(report.open, alive);
                }
            }
        }
    }
    println!("worst error {worst:.1e}");
}

/// What was seen before is forgotten while another gate is at work.
#[test]
fn switched_on_it_starts_anew() {
    let (mut trainer, x, y) = trainer(4);
    let mut sampler = BatchSampler::new(9, 4, stream(1, Stream::Batches));
    let objective = SquaredLoss::new(&y);
    for gate in [Gate::StreamingSoft, Gate::Off, Gate::StreamingSoft] {
        let mut history = Vec::new();
        for _ in 0..5 {
            history.push(next_gradient(&trainer, &mut sampler, &x, &y));
            trainer.step(&objective, 0.02, gate).unwrap();
            if gate.is_streaming() {
                let exact = weights(gate, &definition(&history));
                assert!(assert_weights(trainer.mask(), &exact) <= 1e-11);
            }
        }
    }
}
