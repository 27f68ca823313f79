//! Softmax cross-entropy: value, gradient and Hessian against the formulas
//! and against differences, for outputs of any size; range(B); bad labels.

use crate::naive;
use crate::naive::{Naive, PARAMETRISATIONS, cases, network, normals, relative_error};
use nalgebra::{DMatrix, SymmetricEigen};
use ntk_playground::network::{Activation, Architecture, Backward, Forward};
use ntk_playground::objective::{CrossEntropy, LabelError, Objective};
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, GradientMoments, Trainer};
use proptest::prelude::*;

/// p = softmax(u), by its definition; fine for outputs of order one.
fn softmax(u: &[f64]) -> Vec<f64> {
    let e: Vec<f64> = u.iter().map(|u| u.exp()).collect();
    let sum: f64 = e.iter().sum();
    e.iter().map(|e| e / sum).collect()
}

fn column(u: &DMatrix<f64>, j: usize) -> Vec<f64> {
    u.column(j).iter().copied().collect()
}

fn naive_value(u: &DMatrix<f64>, labels: &[usize]) -> f64 {
    let each = labels
        .iter()
        .enumerate()
        .map(|(j, &y)| -softmax(&column(u, j))[y].ln());
    each.sum::<f64>() / labels.len() as f64
}

fn naive_gradient(u: &DMatrix<f64>, labels: &[usize]) -> DMatrix<f64> {
    DMatrix::from_fn(u.nrows(), u.ncols(), |c, j| {
        let hit = f64::from(u8::from(labels[j] == c));
        (softmax(&column(u, j))[c] - hit) / labels.len() as f64
    })
}

/// B, one block per example.
fn naive_hessian(u: &DMatrix<f64>, j: usize) -> DMatrix<f64> {
    let p = softmax(&column(u, j));
    DMatrix::from_fn(p.len(), p.len(), |c, d| {
        (f64::from(u8::from(c == d)) * p[c] - p[c] * p[d]) / u.ncols() as f64
    })
}

fn labels(n: usize, classes: usize, seed: u64) -> Vec<usize> {
    (0..n)
        .map(|i| (i * 7 + seed as usize + i * i) % classes)
        .collect()
}

/// Gradient and B v; the buffers hold NaN before, which has to be overwritten.
fn derivatives(
    objective: &CrossEntropy,
    u: &DMatrix<f64>,
    batch: &[usize],
    v: &DMatrix<f64>,
) -> (DMatrix<f64>, DMatrix<f64>) {
    let mut g = DMatrix::from_element(u.nrows(), u.ncols(), f64::NAN);
    let mut product = g.clone();
    objective.gradient(u, batch, &mut g);
    objective.hessian(u, batch, v, &mut product);
    (g, product)
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn for_random_outputs(
        classes in 2_usize..7, n in 1_usize..8, size in 0.0_f64..5.0, seed in 0_u64..1000,
    ) {
        let all = labels(12, classes, seed);
        let objective = CrossEntropy::new(classes, all.clone()).unwrap();
        prop_assert_eq!((objective.examples(), objective.outputs()), (12, classes));
        let batch: Vec<usize> = (0..n).map(|i| (5 * i + 3) % 12).collect();
        let labels: Vec<usize> = batch.iter().map(|&i| all[i]).collect();
        let (u, v) = (normals(classes, n, seed) * size, normals(classes, n, seed + 1));

        let exact = naive_value(&u, &labels);
        prop_assert!((objective.value(&u, &batch) - exact).abs() <= 1e-12 * (1.0 + exact));
        let (g, product) = derivatives(&objective, &u, &batch, &v);
        let off = (&g - naive_gradient(&u, &labels)).amax();
        prop_assert!(off <= 1e-12, "gradient {off:e}");
        for j in 0..n {
            let off = (product.column(j) - naive_hessian(&u, j) * v.column(j)).amax();
            prop_assert!(off <= 1e-12 * v.amax(), "hessian {off:e}");
        }

        // Against differences: rounding 1e-11, truncation h^2 = 1e-10.
        let h = 1e-5;
        for k in 0..u.len() {
            let (mut up, mut down) = (u.clone(), u.clone());
            up[k] += h;
            down[k] -= h;
            let slope = (objective.value(&up, &batch) - objective.value(&down, &batch)) / (2.0 * h);
            prop_assert!((slope - g[k]).abs() <= 1e-9 * (1.0 + exact));
        }
        let (up, _) = derivatives(&objective, &(&u + &v * h), &batch, &v);
        let (down, _) = derivatives(&objective, &(&u - &v * h), &batch, &v);
        let off = ((up - down) / (2.0 * h) - product).amax();
        prop_assert!(off <= 1e-9 * v.amax().powi(3).max(1.0), "hessian {off:e}");
    }

    /// P is the orthogonal projector on range(B): it is the identity on B v,
    /// kills constants, and is what the eigenvectors of B span.
    #[test]
    fn range_of_b(classes in 2_usize..7, n in 1_usize..5, seed in 0_u64..1000) {
        let objective = CrossEntropy::new(classes, labels(n, classes, seed)).unwrap();
        let batch: Vec<usize> = (0..n).collect();
        let (u, v) = (normals(classes, n, seed), normals(classes, n, seed + 1));
        let (g, product) = derivatives(&objective, &u, &batch, &v);
        let project = |v: &DMatrix<f64>| {
            let mut v = v.clone();
            objective.project(&mut v);
            v
        };
        // B v and g lie in it already.
        prop_assert!((project(&product) - &product).amax() <= 1e-15);
        prop_assert!((project(&g) - &g).amax() <= 1e-15);
        // B does not see what it takes off.
        let (_, of_projected) = derivatives(&objective, &u, &batch, &project(&v));
        prop_assert!((of_projected - &product).amax() <= 1e-15 * (1.0 + v.amax()));
        let constants = DMatrix::from_fn(classes, n, |_, j| j as f64 + 1.5);
        prop_assert!(project(&constants).amax() <= 1e-15);
        let (_, nothing) = derivatives(&objective, &u, &batch, &constants);
        prop_assert!(nothing.amax() <= 1e-15);
        // sum over eigenvectors of B above rounding of <v_i, v> v_i.
        for j in 0..n {
            let eigen = SymmetricEigen::new(naive_hessian(&u, j));
            let largest = eigen.eigenvalues.amax();
            let mut inside = v.column(j) * 0.0;
            let mut rank = 0;
            for (value, vector) in eigen.eigenvalues.iter().zip(eigen.eigenvectors.column_iter()) {
                if *value > 1e-13 * largest {
                    inside += vector * vector.dot(&v.column(j));
                    rank += 1;
                }
            }
            prop_assert_eq!(rank, classes - 1);
            prop_assert!((project(&v).column(j) - inside).amax() <= 1e-10);
        }
    }
}

/// Outputs of 1e3 and more, where e^u overflows: values that can be computed
/// by hand.
#[test]
fn for_extreme_outputs() {
    let objective = CrossEntropy::new(3, vec![0, 1, 2, 0]).unwrap();
    let ones = DMatrix::from_element(3, 1, 1.0);
    let at = |u: [f64; 3], example: usize| {
        let u = DMatrix::from_column_slice(3, 1, &u);
        let v = DMatrix::from_column_slice(3, 1, &[1.0, -2.0, 3.0]);
        let (g, product) = derivatives(&objective, &u, &[example], &v);
        let (_, of_ones) = derivatives(&objective, &u, &[example], &ones);
        assert!(of_ones.iter().all(|v| *v == 0.0));
        (
            objective.value(&u, &[example]),
            [g[0], g[1], g[2]],
            [product[0], product[1], product[2]],
        )
    };
    // Right and certain: nothing is left, and nothing is NaN.
    for size in [1e3, 1e5, 1e300] {
        assert_eq!(at([size, 0.0, -size], 0), (0.0, [0.0; 3], [0.0; 3]));
        // Wrong and certain: the loss is the gap.
        let (value, g, product) = at([size, 0.0, -size], 1);
        assert_eq!((value, g, product), (size, [1.0, -1.0, 0.0], [0.0; 3]));
    }
    let (value, g, _) = at([1e3, 0.0, -1e3], 2);
    assert_eq!((value, g), (2e3, [1.0, 0.0, -1.0]));
    // Undecided at any height: p = 1/3 each.
    for height in [-1e3, 0.0, 1e3, 1e8] {
        let (value, g, product) = at([height; 3], 1);
        assert!((value - f64::ln(3.0)).abs() <= 1e-15);
        for (got, exact) in g.iter().zip([1.0 / 3.0, -2.0 / 3.0, 1.0 / 3.0]) {
            assert!((got - exact).abs() <= 1e-15);
        }
        // p o (v - 2/3).
        for (got, exact) in product.iter().zip([1.0 / 9.0, -8.0 / 9.0, 7.0 / 9.0]) {
            assert!((got - exact).abs() <= 1e-15);
        }
    }
    // Nearly certain: what is left is far below eps, and still right to all digits.
    let (value, g, product) = at([50.0, 0.0, -1e3], 0);
    let left = (-50.0_f64).exp();
    for (got, exact) in [
        (value, left),
        (g[0], -left),
        (g[1], left),
        // p_0 p_1 (v_0 - v_1) = 3 p_1.
        (product[0], 3.0 * left),
        (product[1], -3.0 * left),
    ] {
        assert!((got / exact - 1.0).abs() <= 1e-14, "{got:e} {exact:e}");
    }
}

#[test]
fn a_constant_added_to_an_example_changes_nothing() {
    let objective = CrossEntropy::new(4, labels(5, 4, 1)).unwrap();
    let all = [0, 1, 2, 3, 4];
    // Halves, which 2^20 added leaves exact.
    let u = normals(4, 5, 3).map(|u| (u * 2.0).round() / 2.0);
    let lifted = u.map(|u| u + 1_048_576.0);
    let v = normals(4, 5, 4);
    assert_eq!(objective.value(&u, &all), objective.value(&lifted, &all));
    assert_eq!(
        derivatives(&objective, &u, &all, &v),
        derivatives(&objective, &lifted, &all, &v)
    );
}

#[test]
fn what_is_not_a_number_is_noticed() {
    let objective = CrossEntropy::new(3, vec![0]).unwrap();
    for bad in [f64::NAN, f64::INFINITY] {
        for place in 0..3 {
            let mut u = DMatrix::zeros(3, 1);
            u[place] = bad;
            assert!(!objective.value(&u, &[0]).is_finite());
        }
    }
}

/// Mean and mean square of the per-example gradients, and a step's gradient.
#[test]
fn moments_and_steps_of_a_network() {
    let shape = Architecture {
        inputs: 2,
        widths: vec![9, 7],
        outputs: 3,
        activation: Activation::Softplus,
        parametrisation: PARAMETRISATIONS[0],
        bias: 1.0,
    };
    let mlp = network(shape, 3);
    let (x, y) = (normals(2, 8, 4), labels(8, 3, 2));
    let objective = CrossEntropy::new(3, y.clone()).unwrap();
    let batch = [6, 1, 3, 0, 7];
    let chosen: Vec<usize> = batch.iter().map(|&i| y[i]).collect();
    let mut forward = Forward::new();
    forward.run(&mlp, &x.select_columns(&batch));
    let (g, _) = derivatives(
        &objective,
        &forward.outputs,
        &batch,
        &forward.outputs.clone(),
    );
    let mut backward = Backward::new();
    backward.run(&mlp, &forward, &g);
    let mut moments = GradientMoments::new();
    moments.compute(&mlp, &forward, &backward);

    let net = Naive::of(&mlp);
    let chosen_x = x.select_columns(&batch);
    let each = net.pulled_back(
        &chosen_x,
        &(naive_gradient(&net.all_outputs(&chosen_x), &chosen) * 5.0),
    );
    let squares: Vec<Vec<f64>> = each
        .iter()
        .map(|row| row.iter().map(|x| x * x).collect())
        .collect();
    let worst = relative_error(&moments.mean, &naive::mean(&each))
        .max(relative_error(&moments.mean_square, &naive::mean(&squares)));
    println!("worst relative error {worst:.1e}");
    assert!(worst <= 1e-12);

    let sampler = BatchSampler::new(8, 8, stream(1, Stream::Batches));
    let mut trainer = Trainer::new(mlp, x, false, sampler, stream(1, Stream::Mask));
    let first = trainer.step(&objective, 0.05, Gate::Off).unwrap().value;
    for _ in 0..300 {
        trainer.step(&objective, 0.05, Gate::Off).unwrap();
    }
    assert!(trainer.step(&objective, 0.05, Gate::Off).unwrap().value < 0.5 * first);
}

#[test]
fn labels_that_are_none_are_refused_with_a_sentence() {
    let refusals = [
        CrossEntropy::new(1, vec![0]).unwrap_err(),
        CrossEntropy::new(3, vec![]).unwrap_err(),
        CrossEntropy::new(3, vec![0, 2, 3]).unwrap_err(),
    ];
    let missing = LabelError::NoSuchClass {
        example: 2,
        label: 3,
        classes: 3,
    };
    assert_eq!(
        refusals,
        [
            LabelError::TooFewClasses(1),
            LabelError::NoExamples,
            missing.clone()
        ]
    );
    assert!(refusals.iter().all(|r| r.to_string().ends_with('.')));
    assert!(missing.to_string().contains("from 0 to 2"));

    let mut objective = CrossEntropy::new(3, vec![0, 2, 1]).unwrap();
    let refusal = objective.set_labels(&[0, 1]).unwrap_err();
    assert_eq!(
        refusal,
        LabelError::Count {
            examples: 3,
            given: 2
        }
    );
    assert_eq!(objective.set_labels(&[0, 1, 3]), Err(missing));
    assert_eq!(objective.labels(), [0, 2, 1]);
    objective.set_labels(&[1, 1, 0]).unwrap();
    assert_eq!(objective.labels(), [1, 1, 0]);
}
