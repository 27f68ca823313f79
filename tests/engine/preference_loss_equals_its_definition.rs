//! The loss on preferences: value, gradient and Hessian against softmax probabilities with nothing cancelled
//! and against differences, for outputs of any size; flips; convexity; bad comparisons.

use crate::naive::{cases, normals};
use nalgebra::DMatrix;
use ntk_playground::objective::{Comparison, Objective, PreferenceError, PreferenceLoss};
use proptest::prelude::*;

/// log pi of every action, by its definition; fine for logits of order one.
fn log_softmax(u: &DMatrix<f64>, j: usize) -> Vec<f64> {
    let sum: f64 = u.column(j).iter().map(|u| u.exp()).sum();
    u.column(j).iter().map(|u| (u.exp() / sum).ln()).collect()
}

/// -log sigma of beta times the difference of the two log ratios, mean over the batch.
fn naive_value(u: &DMatrix<f64>, reference: &DMatrix<f64>, pairs: &[[usize; 2]], beta: f64) -> f64 {
    let each = pairs.iter().enumerate().map(|(j, &[w, l])| {
        let (pi, at_reference) = (log_softmax(u, j), log_softmax(reference, j));
        let x = beta * ((pi[w] - at_reference[w]) - (pi[l] - at_reference[l]));
        -(1.0 / (1.0 + (-x).exp())).ln()
    });
    each.sum::<f64>() / pairs.len() as f64
}

fn pair(i: usize, actions: usize, seed: u64) -> [usize; 2] {
    let one = (i * 7 + seed as usize) % actions;
    [
        one,
        (one + 1 + (i * i + seed as usize) % (actions - 1)) % actions,
    ]
}

fn comparison(reference: &DMatrix<f64>, example: usize, [winner, loser]: [usize; 2]) -> Comparison {
    Comparison {
        winner,
        loser,
        reference: reference[(winner, example)] - reference[(loser, example)],
    }
}

/// Gradient and B v; the buffers hold NaN before, which has to be overwritten.
fn derivatives(
    objective: &PreferenceLoss,
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
        actions in 2_usize..7, n in 1_usize..8, beta in 0.05_f64..3.0, size in 0.0_f64..3.0, seed in 0_u64..1000,
    ) {
        let reference = normals(actions, 12, seed + 2);
        let given: Vec<[usize; 2]> = (0..12).map(|i| pair(i, actions, seed)).collect();
        let comparisons = (0..12).map(|i| comparison(&reference, i, given[i])).collect();
        let mut objective = PreferenceLoss::new(actions, beta, comparisons).unwrap();
        prop_assert_eq!((objective.examples(), objective.outputs()), (12, actions));
        // Twice, as the second flips some back.
        for offset in [0, 1] {
            let flipped: Vec<bool> = (0..12).map(|i| (i + offset + seed as usize).is_multiple_of(3)).collect();
            objective.set_flipped(&flipped).unwrap();
            prop_assert_eq!(objective.flipped(), &flipped[..]);
            let batch: Vec<usize> = (0..n).map(|i| (5 * i + 3) % 12).collect();
            let of_batch = reference.select_columns(&batch);
            let pairs: Vec<[usize; 2]> = batch.iter().map(|&i| {
                let [a, b] = given[i];
                if flipped[i] { [b, a] } else { [a, b] }
            }).collect();
            let (u, v) = (normals(actions, n, seed) * size, normals(actions, n, seed + 1));

            let exact = naive_value(&u, &of_batch, &pairs, beta);
            prop_assert!((objective.value(&u, &batch) - exact).abs() <= 1e-12 * (1.0 + exact));
            let (g, product) = derivatives(&objective, &u, &batch, &v);
            let h = 1e-5;
            for k in 0..u.len() {
                let moved = |by: f64| {
                    let mut u = u.clone();
                    u[k] += by;
                    naive_value(&u, &of_batch, &pairs, beta)
                };
                let slope = (moved(h) - moved(-h)) / (2.0 * h);
                prop_assert!((slope - g[k]).abs() <= 3e-9 * (1.0 + exact), "{slope} {}", g[k]);
            }
            let (up, _) = derivatives(&objective, &(&u + &v * h), &batch, &v);
            let (down, _) = derivatives(&objective, &(&u - &v * h), &batch, &v);
            let off = ((up - down) / (2.0 * h) - &product).amax();
            prop_assert!(off <= 3e-9 * v.amax().powi(3).max(1.0) * beta.powi(4).max(1.0), "hessian {off:e}");

            // One functional per example: both live on e_w - e_l, and <v, B v> is never below 0.
            for (j, [w, l]) in pairs.into_iter().enumerate() {
                for out in [&g, &product] {
                    prop_assert_eq!(out[(w, j)], -out[(l, j)]);
                    let others = (0..actions).filter(|a| ![w, l].contains(a));
                    prop_assert!(others.into_iter().all(|a| out[(a, j)] == 0.0));
                }
                prop_assert!(g[(w, j)] < 0.0);
                prop_assert!(product.column(j).dot(&v.column(j)) >= 0.0);
            }
        }
    }

    /// Phi at the middle of any two outputs is at most the mean of both.
    #[test]
    fn convex(actions in 2_usize..6, size in 0.0_f64..50.0, seed in 0_u64..1000) {
        let reference = normals(actions, 4, seed + 2);
        let comparisons = (0..4).map(|i| comparison(&reference, i, pair(i, actions, seed))).collect();
        let objective = PreferenceLoss::new(actions, 0.5, comparisons).unwrap();
        let all = [0, 1, 2, 3];
        let (a, b) = (normals(actions, 4, seed) * size, normals(actions, 4, seed + 1) * size);
        let [at_a, at_b, middle] =
            [a.clone(), b.clone(), (a + b) / 2.0].map(|u| objective.value(&u, &all));
        prop_assert!(middle <= (at_a + at_b) / 2.0 + 1e-14 * (at_a + at_b));
    }
}

fn one(beta: f64, reference: f64) -> PreferenceLoss {
    let comparison = Comparison {
        winner: 2,
        loser: 0,
        reference,
    };
    PreferenceLoss::new(3, beta, vec![comparison]).unwrap()
}

/// Logits where exp overflows: values that can be computed by hand.
#[test]
fn for_extreme_outputs() {
    let v = DMatrix::from_column_slice(3, 1, &[1.0, -2.0, 3.0]);
    let at = |u: [f64; 3]| {
        let u = DMatrix::from_column_slice(3, 1, &u);
        let objective = one(0.5, 0.0);
        let (g, product) = derivatives(&objective, &u, &[0], &v);
        let value = objective.value(&u, &[0]);
        (
            value,
            [g[0], g[1], g[2]],
            [product[0], product[1], product[2]],
        )
    };
    for size in [1e4, 1e8, 1e300] {
        // Right and certain: nothing is left. The third action does not matter.
        assert_eq!(at([0.0, -size, size]), (0.0, [0.0; 3], [0.0; 3]));
        // Wrong and certain: the loss is beta times the gap.
        let wrong = (0.5 * size, [0.5, 0.0, -0.5], [0.0; 3]);
        assert_eq!(at([size, 3.0, 0.0]), wrong);
    }
    // Nearly certain: what is left is right to all digits. x = 50.
    let (value, g, product) = at([-50.0, 7.0, 50.0]);
    let left = (-50.0_f64).exp();
    for (got, exact) in [
        (value, left),
        (g[2], -0.5 * left),
        (g[0], 0.5 * left),
        // beta^2 (v_w - v_l).
        (product[2], 0.5 * left),
        (product[0], -0.5 * left),
    ] {
        assert!((got / exact - 1.0).abs() <= 1e-14, "{got:e} {exact:e}");
    }
}

#[test]
fn what_is_not_a_number_is_noticed() {
    for place in [0, 2] {
        let mut u = DMatrix::zeros(3, 1);
        u[place] = f64::NAN;
        assert!(one(0.2, 0.0).value(&u, &[0]).is_nan());
        let (g, _) = derivatives(&one(0.2, 0.0), &u, &[0], &u);
        assert!(g[0].is_nan() && g[2].is_nan());
    }
}

#[test]
fn at_the_reference_the_loss_is_log_two_whichever_way() {
    let u = DMatrix::from_column_slice(3, 1, &[0.3, 0.1, 1.7]);
    let mut objective = one(0.2, 1.7 - 0.3);
    for flipped in [false, true] {
        objective.set_flipped(&[flipped]).unwrap();
        assert_eq!(objective.value(&u, &[0]), 2.0_f64.ln());
        let winner = if flipped { 0 } else { 2 };
        let (g, _) = derivatives(&objective, &u, &[0], &u);
        assert_eq!((g[winner], g[2 - winner], g[1]), (-0.1, 0.1, 0.0));
    }
}

#[test]
fn a_larger_beta_is_another_loss() {
    let u = DMatrix::from_column_slice(3, 1, &[0.0, 0.0, 1.0]);
    let mut objective = one(0.2, 0.0);
    objective.set_beta(2.0).unwrap();
    assert_eq!(objective, one(2.0, 0.0));
    let exact = (1.0 + (-2.0_f64).exp()).ln();
    assert!((objective.value(&u, &[0]) - exact).abs() <= 1e-15);
}

#[test]
fn comparisons_that_are_none_are_refused_with_a_sentence() {
    let of = |winner, loser, reference| Comparison {
        winner,
        loser,
        reference,
    };
    let good = of(0, 2, 0.5);
    let refused = |beta, comparisons| PreferenceLoss::new(3, beta, comparisons).unwrap_err();
    let no_action = |action| PreferenceError::NoSuchAction {
        example: 1,
        action,
        actions: 3,
    };
    let refusals = [
        (refused(0.2, vec![]), PreferenceError::None),
        (refused(0.2, vec![good, of(3, 0, 0.0)]), no_action(3)),
        (refused(0.2, vec![good, of(0, 4, 0.0)]), no_action(4)),
        (
            refused(0.2, vec![of(1, 1, 0.0)]),
            PreferenceError::SameAction {
                example: 0,
                action: 1,
            },
        ),
        (refused(0.0, vec![good]), PreferenceError::Beta(0.0)),
        (refused(-1.0, vec![good]), PreferenceError::Beta(-1.0)),
        (
            refused(f64::INFINITY, vec![good]),
            PreferenceError::Beta(f64::INFINITY),
        ),
    ];
    for (got, expected) in refusals {
        assert_eq!(got, expected);
        assert!(got.to_string().ends_with('.'));
    }
    let infinite = refused(0.2, vec![good, of(0, 1, f64::NAN)]);
    assert!(matches!(
        infinite,
        PreferenceError::Reference { example: 1, .. }
    ));
    assert!(matches!(
        refused(f64::NAN, vec![good]),
        PreferenceError::Beta(_)
    ));

    let mut objective = PreferenceLoss::new(3, 0.2, vec![good, good]).unwrap();
    let before = objective.clone();
    let count = PreferenceError::Count {
        examples: 2,
        given: 1,
    };
    assert_eq!(objective.set_flipped(&[true]), Err(count));
    assert!(objective.set_beta(0.0).is_err());
    assert_eq!(objective, before);
}
