//! The same seeds give the same bytes; different purposes draw from
//! independent streams; an error leaves the network as it was.

use crate::naive;
use crate::naive::{ACTIVATIONS, network, normals};
use nalgebra::DMatrix;
use ntk_playground::network::{Activation, Architecture, ArchitectureError, Mlp, Parametrisation};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::task::{Inputs, Regression, Target};
use ntk_playground::training::{BatchSampler, Gate, Quantity, StepReport, Trainer, TrainingError};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};
use std::f64::consts::PI;

fn architecture() -> Architecture {
    Architecture {
        inputs: 1,
        widths: vec![16, 16],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    }
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|v| v.to_bits()).collect()
}

/// Parameters and last report of a run of 60 steps, of which the last gated.
fn run(seed: u32, weight_seed: u32, batch: usize, gate: Gate) -> (Vec<u64>, StepReport) {
    let problem = Regression::new(Target::Sine, Inputs::Random, 12, 0.5, seed);
    let mlp = Mlp::random(
        architecture(),
        1.0,
        &mut stream(weight_seed, Stream::Weights),
    )
    .unwrap();
    let sampler = BatchSampler::new(12, batch, stream(seed, Stream::Batches));
    let mask = stream(seed, Stream::Mask);
    let mut trainer = Trainer::new(mlp, problem.inputs.clone(), true, sampler, mask);
    let objective = SquaredLoss::new(&DMatrix::from_row_slice(1, 12, &problem.labels));
    let mut step = |gate| trainer.step(&objective, 0.05, gate).unwrap();
    for _ in 0..40 {
        step(Gate::Off);
    }
    for _ in 0..19 {
        step(gate);
    }
    let last = step(gate);
    (bits(trainer.mlp().parameters()), last)
}

#[test]
fn the_same_seeds_give_the_same_bytes() {
    for batch in [12, 5] {
        for gate in Gate::ALL {
            let once = run(7, 3, batch, gate);
            assert_eq!(once, run(7, 3, batch, gate));
            assert_ne!(once.0, run(8, 3, batch, gate).0);
            assert_ne!(once.0, run(7, 4, batch, gate).0);
        }
    }
}

#[test]
fn streams_of_one_seed_are_independent() {
    const ALL: [Stream; 5] = [
        Stream::Inputs,
        Stream::Noise,
        Stream::Weights,
        Stream::Batches,
        Stream::Mask,
    ];
    let draws = |seed: u32, purpose: Stream| -> Vec<u64> {
        let mut random = stream(seed, purpose);
        (0..64).map(|_| random.next_u64()).collect()
    };
    // No number occurs twice in 64 bits by chance, in whichever place.
    let mut seen: Vec<u64> = Vec::new();
    for seed in [0, 1, u32::MAX] {
        for purpose in ALL {
            assert_eq!(draws(seed, purpose), draws(seed, purpose));
            seen.extend(draws(seed, purpose));
        }
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 3 * 5 * 64);
}

#[test]
fn noise_and_inputs_are_drawn_from_their_own_streams() {
    let problem = Regression::new(Target::Sine, Inputs::Random, 9, 1.0, 3);
    let mut random = stream(3, Stream::Noise);
    for noise in problem.noise().unwrap() {
        let z: f64 = StandardNormal.sample(&mut random);
        assert!((noise - z).abs() <= 1e-15 * (2.0 + z.abs()));
    }
    let mut random = stream(3, Stream::Inputs);
    let mut x = [(); 9].map(|()| 2.0 * random.random::<f64>() - 1.0);
    x.sort_by(f64::total_cmp);
    assert_eq!(problem.inputs.as_slice(), x);
}

/// A draw of one kind does not move another: the noise pattern and the
/// inputs of a seed stay, whatever else is drawn.
#[test]
fn noise_and_inputs_do_not_touch_each_other() {
    let quiet = Regression::new(Target::Sine, Inputs::Random, 9, 0.0, 3);
    let noisy = Regression::new(Target::Sine, Inputs::Random, 9, 0.7, 3);
    let grid = Regression::new(Target::Sine, Inputs::Grid, 9, 0.7, 3);
    assert_eq!(quiet.inputs, noisy.inputs);
    for (a, b) in noisy.noise().unwrap().iter().zip(grid.noise().unwrap()) {
        assert!((a - b).abs() <= 1e-15);
    }
    assert_ne!(
        Regression::new(Target::Sine, Inputs::Random, 9, 0.7, 4).inputs,
        noisy.inputs
    );
}

#[test]
fn batches_are_drawn_without_replacement() {
    let mut sampler = BatchSampler::new(10, 4, stream(1, Stream::Batches));
    assert_eq!((sampler.size(), sampler.is_full()), (4, false));
    let mut drawn = [0_u32; 10];
    let mut distinct = std::collections::HashSet::new();
    for _ in 0..5000 {
        let mut batch = sampler.draw().to_vec();
        batch.sort_unstable();
        assert!(batch.windows(2).all(|pair| pair[0] < pair[1]), "{batch:?}");
        for &i in &batch {
            drawn[i] += 1;
        }
        distinct.insert(batch);
    }
    // All 210 subsets occur: one is missed with probability 210 (1 - 1/210)^5000 < 1e-8.
    assert_eq!(distinct.len(), 210);
    // Each example in 0.4 of 5000 batches, standard deviation 35.
    assert!(drawn.iter().all(|d| d.abs_diff(2000) < 5 * 35), "{drawn:?}");
}

#[test]
fn a_full_batch_is_all_examples_in_order() {
    for size in [10, 11, usize::MAX] {
        let mut sampler = BatchSampler::new(10, size, stream(1, Stream::Batches));
        assert!(sampler.is_full());
        assert_eq!(sampler.draw(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
    // No batch is empty.
    let mut sampler = BatchSampler::new(10, 0, stream(1, Stream::Batches));
    assert_eq!(sampler.draw().len(), 1);
    sampler.resize(3);
    assert_eq!(sampler.draw().len(), 3);
    sampler.resize(10);
    assert_eq!(sampler.draw(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

/// A minibatch step is a full-batch step on the examples that were drawn.
#[test]
fn a_minibatch_step_sees_its_batch_and_nothing_else() {
    let (x, y) = (normals(1, 10, 1), normals(1, 10, 2));
    let sampler = || BatchSampler::new(10, 4, stream(1, Stream::Batches));
    let batch = sampler().draw().to_vec();
    for centred in [false, true] {
        let mlp = network(architecture(), 5);
        let mask = || stream(1, Stream::Mask);
        let mut mini = Trainer::new(mlp.clone(), x.clone(), centred, sampler(), mask());
        let all = BatchSampler::new(4, 4, stream(1, Stream::Batches));
        let mut full = Trainer::new(mlp, x.select_columns(&batch), centred, all, mask());
        let of_mini = mini.step(&SquaredLoss::new(&y), 0.1, Gate::Off).unwrap();
        let chosen = SquaredLoss::new(&y.select_columns(&batch));
        let of_full = full.step(&chosen, 0.1, Gate::Off).unwrap();
        // The same sums, perhaps in another order: sizes differ.
        assert!((of_mini.value / of_full.value - 1.0).abs() <= 1e-13);
        let (mini, full) = (mini.mlp().parameters(), full.mlp().parameters());
        assert!(naive::relative_error(mini, full) <= 1e-13);
    }
}

#[test]
fn an_error_leaves_the_parameters_unchanged() {
    let x = normals(1, 6, 1);
    for bad in [f64::NAN, f64::INFINITY, 1e200] {
        for gate in Gate::ALL {
            let mut y = normals(1, 6, 2);
            y[3] = bad;
            let mlp = network(architecture(), 5);
            let before = bits(mlp.parameters());
            let sampler = BatchSampler::new(6, 6, stream(1, Stream::Batches));
            let mask = stream(1, Stream::Mask);
            let mut trainer = Trainer::new(mlp, x.clone(), true, sampler, mask);
            let refusal = trainer.step(&SquaredLoss::new(&y), 0.1, gate).unwrap_err();
            assert_eq!(refusal, TrainingError::NotFinite(Quantity::Loss));
            assert!(refusal.to_string().ends_with('.'));
            assert_eq!(bits(trainer.mlp().parameters()), before);
            // And it can go on once the data are sound again.
            let sound = SquaredLoss::new(&normals(1, 6, 2));
            assert!(trainer.step(&sound, 0.1, gate).is_ok());
        }
    }
}

#[test]
fn a_diverging_run_ends_with_an_error_and_finite_parameters() {
    for activation in ACTIVATIONS {
        let shape = Architecture {
            activation,
            ..architecture()
        };
        let mlp = network(shape, 5);
        let sampler = BatchSampler::new(6, 6, stream(1, Stream::Batches));
        let mask = stream(1, Stream::Mask);
        let mut trainer = Trainer::new(mlp, normals(1, 6, 1), true, sampler, mask);
        let objective = SquaredLoss::new(&normals(1, 6, 2));
        let refusal = (0..10_000).find_map(|_| trainer.step(&objective, 1e3, Gate::Off).err());
        assert!(matches!(refusal, Some(TrainingError::NotFinite(_))));
        assert!(trainer.mlp().parameters().iter().all(|w| w.is_finite()));
    }
}

#[test]
fn noise_rescales_one_pattern() {
    let mut problem = Regression::new(Target::TwoFrequency, Inputs::Grid, 50, 1.0, 3);
    let pattern = problem.noise().unwrap();
    for level in [0.0, 0.25, 2.0] {
        problem.set_noise(level);
        let anew = Regression::new(Target::TwoFrequency, Inputs::Grid, 50, level, 3);
        assert_eq!(problem, anew);
        let signal = problem.signal().unwrap();
        for ((noise, z), f) in problem.noise().unwrap().iter().zip(&pattern).zip(signal) {
            assert!((noise - level * z).abs() <= 1e-15 * (1.0 + f.abs() + level * z.abs()) * 4.0);
        }
    }
    // Standard normal: of 50 draws the mean square is off by 0.2 (one
    // standard deviation) from 1.
    let power = pattern.iter().map(|z| z * z).sum::<f64>() / 50.0;
    assert!((power - 1.0).abs() < 1.0, "{power}");
}

#[test]
fn labels_are_the_target_at_the_inputs_without_noise() {
    let exact = |target, x: f64| match target {
        Target::Sine => (PI * x).sin(),
        Target::TwoFrequency => (PI * x).sin() + 0.5 * (3.0 * PI * x).sin(),
        Target::Step if x == 0.0 => 0.0,
        Target::Step => x / x.abs(),
        // Phase 2 pi times the integral from -1 to x of a frequency that
        // grows evenly from 1/2 to 2 over a length of 2.
        Target::Chirp => (2.0 * PI * ((x + 1.0) / 2.0 + 0.375 * (x + 1.0) * (x + 1.0))).sin(),
    };
    for target in [
        Target::Sine,
        Target::TwoFrequency,
        Target::Step,
        Target::Chirp,
    ] {
        for inputs in [Inputs::Grid, Inputs::Random] {
            let problem = Regression::new(target, inputs, 21, 0.0, 3);
            assert_eq!(problem.labels, problem.signal().unwrap());
            let train = problem.inputs.iter().zip(problem.signal().unwrap());
            let test = problem
                .test_inputs
                .iter()
                .zip(problem.test_signal().unwrap());
            for (&x, &value) in train.chain(test) {
                // The chirp's phase reaches 5 pi: 9e-16 of rounding each.
                assert!((value - exact(target, x)).abs() <= 6e-15);
            }
        }
    }
}

#[test]
fn inputs_stand_where_they_should() {
    for points in [2, 3, 20, 201] {
        let grid = Regression::new(Target::Sine, Inputs::Grid, points, 0.5, 3).inputs;
        let x = grid.as_slice();
        assert_eq!((x.len(), x[0], x[points - 1]), (points, -1.0, 1.0));
        let gap = 2.0 / (points - 1) as f64;
        assert!(x.windows(2).all(|p| (p[1] - p[0] - gap).abs() <= 1e-15));

        let drawn = Regression::new(Target::Sine, Inputs::Random, points, 0.5, 3).inputs;
        let x = drawn.as_slice();
        assert_eq!(x.len(), points);
        assert!(x.windows(2).all(|p| p[0] < p[1]));
        assert!(x.iter().all(|x| (-1.0..=1.0).contains(x)));
    }
    let test = Regression::new(Target::Sine, Inputs::Random, 5, 0.5, 3).test_inputs;
    assert_eq!((test[0], test[100], test[200]), (-1.0, 0.0, 1.0));
    // 2000 uniform draws fill [-1, 1]: variance 1/3, of which 0.0067 is one
    // standard deviation of the estimate.
    let many = Regression::new(Target::Sine, Inputs::Random, 2000, 0.5, 3).inputs;
    assert!((many.norm_squared() / 2000.0 - 1.0 / 3.0).abs() < 5.0 * 0.0067);
}

#[test]
fn a_single_point_is_a_problem_too() {
    let grid = Regression::new(Target::Sine, Inputs::Grid, 1, 0.5, 3);
    assert_eq!(grid.inputs.as_slice(), [0.0]);
    let drawn = Regression::new(Target::Sine, Inputs::Random, 1, 0.5, 3);
    assert_eq!((drawn.labels.len(), drawn.noise().unwrap().len()), (1, 1));
    let y = DMatrix::from_row_slice(1, 1, &drawn.labels);
    let sampler = BatchSampler::new(1, 1, stream(1, Stream::Batches));
    let mlp = network(architecture(), 5);
    let mut trainer = Trainer::new(mlp, drawn.inputs, true, sampler, stream(1, Stream::Mask));
    let first = trainer
        .step(&SquaredLoss::new(&y), 0.01, Gate::Off)
        .unwrap();
    let second = trainer
        .step(&SquaredLoss::new(&y), 0.01, Gate::Off)
        .unwrap();
    assert!(second.value < first.value);
}

#[test]
fn centring_makes_the_initial_outputs_the_origin() {
    let x = normals(1, 6, 1);
    let y = normals(1, 6, 2);
    let step = |centred: bool, y: &DMatrix<f64>| {
        let sampler = BatchSampler::new(6, 6, stream(1, Stream::Batches));
        let mlp = network(architecture(), 5);
        let mask = stream(1, Stream::Mask);
        let mut trainer = Trainer::new(mlp, x.clone(), centred, sampler, mask);
        let origin = trainer.origin().clone();
        let report = trainer.step(&SquaredLoss::new(y), 0.1, Gate::Off).unwrap();
        (origin, report)
    };
    let (nothing, _) = step(false, &y);
    assert_eq!(nothing, DMatrix::zeros(1, 6));
    let (origin, centred) = step(true, &y);
    assert!((centred.value - y.norm_squared() / 12.0).abs() <= 1e-15 * centred.value);
    // The same as moving the targets instead: only the origin differs.
    let (_, moved) = step(false, &(&y + &origin));
    assert!((moved.value - centred.value).abs() <= 1e-14 * centred.value);
    assert!((moved.squared_gradient / centred.squared_gradient - 1.0).abs() <= 1e-13);
}

#[test]
fn a_network_that_cannot_be_is_refused() {
    let with = |inputs: usize, widths: &[usize], outputs: usize| Architecture {
        inputs,
        widths: widths.to_vec(),
        outputs,
        ..architecture()
    };
    for shape in [with(0, &[4], 1), with(1, &[4, 0], 1), with(1, &[], 0)] {
        let refusal = Mlp::random(shape.clone(), 1.0, &mut stream(1, Stream::Weights));
        assert_eq!(refusal, Err(ArchitectureError::EmptyLayer));
        let refusal = Mlp::from_parameters(shape, vec![]);
        assert_eq!(refusal, Err(ArchitectureError::EmptyLayer));
    }
    assert_eq!(
        Mlp::from_parameters(with(2, &[3], 1), vec![0.0; 12]),
        Err(ArchitectureError::ParameterCount {
            expected: 13,
            given: 12
        })
    );
}
