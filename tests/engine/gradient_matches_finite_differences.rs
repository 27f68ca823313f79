//! The gradient is the derivative: of the squared loss with respect to every
//! parameter, and of an objective with respect to every output.

use crate::naive::{ACTIVATIONS, Naive, PARAMETRISATIONS, network, normals, relative_error};
use nalgebra::DMatrix;
use ntk_playground::network::{Activation, Architecture, Backward, Forward, Mlp};
use ntk_playground::objective::{FunctionalError, Functionals, Objective, SquaredLoss};
use ntk_playground::training::gradient;

/// Half the distance of a central difference, in parameters of order one.
/// Truncation is of order h^2 = 1e-10, rounding of order eps / h = 1e-11.
const H: f64 = 1e-5;

fn engine_gradient(mlp: &Mlp, x: &DMatrix<f64>, y: &DMatrix<f64>) -> Vec<f64> {
    let mut forward = Forward::new();
    forward.run(mlp, x);
    let mut g = DMatrix::zeros(y.nrows(), y.ncols());
    let all: Vec<usize> = (0..x.ncols()).collect();
    SquaredLoss::new(y).gradient(&forward.outputs, &all, &mut g);
    let mut backward = Backward::new();
    backward.run(mlp, &forward, &g);
    let mut out = vec![f64::NAN; mlp.parameters().len()];
    gradient(mlp, &forward, &backward, &mut out);
    out
}

/// Central differences of the naive loss. `None` if a ReLU opens or closes on
/// the way: across its kink a difference is no derivative.
fn differences(mlp: &Mlp, x: &DMatrix<f64>, y: &DMatrix<f64>) -> Option<Vec<f64>> {
    let shape = mlp.architecture();
    let pattern = |w: &[f64]| -> Vec<Vec<bool>> {
        let net = Naive::new(shape, w);
        x.column_iter().map(|c| net.pattern(c.as_slice())).collect()
    };
    let here = pattern(mlp.parameters());
    let mut w = mlp.parameters().to_vec();
    let mut result = Vec::new();
    for k in 0..w.len() {
        let mut at = |offset: f64| {
            w[k] = mlp.parameters()[k] + offset;
            let kink = shape.activation == Activation::Relu && pattern(&w) != here;
            let loss = (!kink).then(|| Naive::new(shape, &w).loss(x, y));
            w[k] = mlp.parameters()[k];
            loss
        };
        result.push((at(H)? - at(-H)?) / (2.0 * H));
    }
    Some(result)
}

#[test]
fn of_the_loss_with_respect_to_every_parameter() {
    let mut worst = 0.0_f64;
    let (mut compared, mut skipped) = (0, 0);
    for activation in ACTIVATIONS {
        for parametrisation in PARAMETRISATIONS {
            for bias in [0.0, 1.0, 0.3] {
                for outputs in [1, 3] {
                    for depth in 0..=3 {
                        let shape = Architecture {
                            inputs: 2,
                            widths: [6, 7, 5][..depth].to_vec(),
                            outputs,
                            activation,
                            parametrisation,
                            bias,
                        };
                        // The next draw where this one has a unit within h of its kink.
                        let seeds = 10 * compared..;
                        let (mlp, x, y, expected) = seeds
                            .map(|seed| {
                                let mlp = network(shape.clone(), seed);
                                let (x, y) = (normals(2, 6, seed), normals(outputs, 6, seed + 5));
                                (differences(&mlp, &x, &y), mlp, x, y)
                            })
                            .find_map(|(d, mlp, x, y)| {
                                skipped += u32::from(d.is_none());
                                Some((mlp, x, y, d?))
                            })
                            .unwrap();
                        let error = relative_error(&engine_gradient(&mlp, &x, &y), &expected);
                        assert!(error <= 1e-6, "{shape:?}: {error:e}");
                        worst = worst.max(error);
                        compared += 1;
                    }
                }
            }
        }
    }
    assert_eq!(compared, 240);
    assert!(skipped < 48, "{skipped} draws hit a kink");
    println!("worst relative error {worst:.1e}; {skipped} draws skipped at a kink");
}

/// Parameters w, b, v, c of v relu(w x + b) + c; at x = 1 the unit is at its kink.
fn unit_at_its_kink() -> Mlp {
    let shape = Architecture {
        inputs: 1,
        widths: vec![1],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: PARAMETRISATIONS[1],
        bias: 1.0,
    };
    Mlp::from_parameters(shape, vec![1.0, -1.0, 1.0, 0.0]).unwrap()
}

#[test]
fn the_slope_of_relu_at_its_kink_is_zero() {
    let target = DMatrix::from_element(1, 1, -1.0);
    let at = |x: f64| {
        engine_gradient(
            &unit_at_its_kink(),
            &DMatrix::from_element(1, 1, x),
            &target,
        )
    };
    assert_eq!(at(1.0), [0.0, 0.0, 0.0, 1.0]);
    assert_eq!(at(0.5), [0.0, 0.0, 0.0, 1.0]);
    assert_eq!(at(2.0), [4.0, 2.0, 2.0, 2.0]);
}

/// The oracle's own guard: a step of h opens the unit.
#[test]
fn differences_across_a_kink_are_not_taken() {
    let one = DMatrix::from_element(1, 1, 1.0);
    assert_eq!(differences(&unit_at_its_kink(), &one, &one), None);
    assert!(differences(&unit_at_its_kink(), &(2.0 * &one), &one).is_some());
}

/// Four examples of three outputs: two entries of the first, none of the
/// second (masked), two differences and a weighted sum of the others.
fn masked_objective() -> SquaredLoss {
    let functionals = Functionals::from_rows(
        3,
        &[
            vec![vec![(0, 1.0)], vec![(2, 1.0)]],
            vec![],
            vec![vec![(0, 1.0), (1, -1.0)], vec![(2, 1.0), (0, -1.0)]],
            vec![vec![(0, 0.5), (1, 2.0), (2, -0.3)]],
        ],
    )
    .unwrap();
    SquaredLoss::on(
        functionals,
        vec![0.3, -1.0, 0.7, 0.1, 2.0],
        vec![1.0, 0.5, 2.0, 0.0, 1.5],
    )
    .unwrap()
}

/// Compares gradient and Hessian with differences. Phi is quadratic, so that
/// any distance is exact but for rounding.
fn assert_derivatives(objective: &dyn Objective, batch: &[usize]) -> f64 {
    let (p, b) = (objective.outputs(), batch.len());
    let u = normals(p, b, 21);
    let h = 0.5;
    let gradient_at = |u: &DMatrix<f64>| {
        // Whatever the buffer holds has to be overwritten.
        let mut g = DMatrix::from_element(p, b, f64::NAN);
        objective.gradient(u, batch, &mut g);
        g
    };
    let expected: Vec<f64> = (0..p * b)
        .map(|k| {
            let (mut up, mut down) = (u.clone(), u.clone());
            up[k] += h;
            down[k] -= h;
            (objective.value(&up, batch) - objective.value(&down, batch)) / (2.0 * h)
        })
        .collect();
    let of_gradient = relative_error(gradient_at(&u).as_slice(), &expected);
    assert!(of_gradient <= 1e-12, "gradient: {of_gradient:e}");

    let direction = normals(p, b, 22);
    let expected = (gradient_at(&(&u + &direction)) - gradient_at(&(&u - &direction))) / 2.0;
    let mut product = DMatrix::from_element(p, b, f64::NAN);
    objective.hessian(&u, batch, &direction, &mut product);
    let of_hessian = relative_error(product.as_slice(), expected.as_slice());
    assert!(of_hessian <= 1e-12, "hessian: {of_hessian:e}");
    of_gradient.max(of_hessian)
}

#[test]
fn of_an_objective_with_respect_to_every_output() {
    let regression = SquaredLoss::new(&normals(3, 4, 23));
    let mut worst = 0.0_f64;
    for objective in [&regression as &dyn Objective, &masked_objective()] {
        for batch in [&[0, 1, 2, 3][..], &[2, 0], &[3, 1, 2], &[3]] {
            worst = worst.max(assert_derivatives(objective, batch));
        }
    }
    println!("worst relative error {worst:.1e}");
}

#[test]
fn the_value_is_half_the_weighted_mean_square() {
    let u = DMatrix::from_column_slice(3, 2, &[1.0, 2.0, 3.0, 0.5, -0.5, 4.0]);
    // Example 2 first: u_0 - u_1 = -1 against 0.7, weight 2; the other row has weight 0.
    // Example 0: u_0 = 0.5 against 0.3, weight 1; u_2 = 4 against -1, weight 0.5.
    let expected = (2.0 * 1.7 * 1.7 + 0.2 * 0.2 + 0.5 * 25.0) / 4.0;
    let value = masked_objective().value(&u, &[2, 0]);
    assert!((value - expected).abs() <= 1e-14 * expected);

    // A masked example still counts in b; alone, it has no loss.
    let alone = masked_objective().value(&u.columns(0, 1).into_owned(), &[1]);
    assert_eq!(alone, 0.0);

    // (1/2n) |u - y|^2 without functionals.
    let y = normals(3, 2, 24);
    let value = SquaredLoss::new(&y).value(&u, &[0, 1]);
    assert!((value - (&u - &y).norm_squared() / 4.0).abs() <= 1e-14 * value);
}

#[test]
fn what_does_not_fit_is_refused() {
    let rows = [vec![vec![(0, 1.0)]], vec![vec![(2, 1.0)]]];
    assert_eq!(
        Functionals::from_rows(2, &rows),
        Err(FunctionalError::NoSuchOutput {
            example: 1,
            output: 2,
            outputs: 2
        })
    );
    let identity = Functionals::identity(2, 2);
    let refused = Err(FunctionalError::Count {
        functionals: 4,
        given: 3,
    });
    assert_eq!(
        SquaredLoss::on(identity.clone(), vec![0.0; 3], vec![1.0; 4]).map(|_| ()),
        refused
    );
    assert_eq!(
        SquaredLoss::on(identity, vec![0.0; 4], vec![1.0; 3]).map(|_| ()),
        refused
    );
    let mut loss = SquaredLoss::new(&DMatrix::zeros(2, 2));
    assert_eq!(loss.set_targets(&[1.0; 3]), refused);
    assert_eq!(loss.targets(), [0.0; 4]);
}
