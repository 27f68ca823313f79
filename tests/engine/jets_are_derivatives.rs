//! Jets are what they say: u, u' and u'' against the equations written out,
//! against finite differences in the input, and their gradient against
//! differences in the parameters.

use crate::naive::jets::all_jets;
use crate::naive::{ACTIVATIONS, Naive, PARAMETRISATIONS, cases, network, normals, relative_error};
use nalgebra::DMatrix;
use ntk_playground::network::{Activation, Architecture, Forward, JetForward, Mlp};
use ntk_playground::training::{JetPass, Pass};
use proptest::prelude::*;

fn jets(mlp: &Mlp, x: &DMatrix<f64>) -> DMatrix<f64> {
    let mut forward = JetForward::new();
    forward.run(mlp, x);
    forward.outputs
}

/// Every kind of network, one for each depth.
fn shapes() -> impl Iterator<Item = Architecture> {
    let kinds = ACTIVATIONS
        .into_iter()
        .flat_map(|a| PARAMETRISATIONS.map(|p| (a, p)));
    kinds.flat_map(|(activation, parametrisation)| {
        [0.0, 1.0, 0.3].into_iter().flat_map(move |bias| {
            (0..=3).map(move |depth| Architecture {
                inputs: 1 + depth % 2,
                widths: [6, 7, 5][..depth].to_vec(),
                outputs: 1 + depth % 3,
                activation,
                parametrisation,
                bias,
            })
        })
    })
}

#[test]
fn of_the_equations_written_out() {
    let mut worst = 0.0_f64;
    for (seed, shape) in shapes().enumerate() {
        let mlp = network(shape.clone(), seed as u64);
        let x = normals(shape.inputs, 9, 77);
        let (got, exact) = (jets(&mlp, &x), all_jets(&shape, mlp.parameters(), &x));
        for row in 0..3 * shape.outputs {
            let row_of = |m: &DMatrix<f64>| -> Vec<f64> { m.row(row).iter().copied().collect() };
            let off = relative_error(&row_of(&got), &row_of(&exact));
            assert!(off <= 1e-12, "{shape:?}, row {row}: {off:e}");
            worst = worst.max(off);
        }
    }
    println!("worst relative error {worst:.1e}");
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn for_random_shapes(
        widths in prop::collection::vec(1_usize..12, 0..=3), inputs in 1_usize..4,
        outputs in 1_usize..4, n in 1_usize..9, kind in 0_usize..5, seed in 0_u64..1000,
    ) {
        let shape = Architecture {
            inputs,
            widths,
            outputs,
            activation: ACTIVATIONS[kind],
            parametrisation: PARAMETRISATIONS[seed as usize % 2],
            bias: [0.0, 1.0, 0.3][seed as usize % 3],
        };
        let mlp = network(shape.clone(), seed);
        let x = normals(inputs, n, seed + 1);
        let exact = all_jets(&shape, mlp.parameters(), &x);
        let off = relative_error(jets(&mlp, &x).as_slice(), exact.as_slice());
        prop_assert!(off <= 1e-12, "{off:e}");
    }
}

/// A network whose units all keep to one side of their kink has nothing else.
#[test]
fn of_finite_differences_in_the_input() {
    let h = 1e-4;
    for (seed, shape) in shapes().enumerate() {
        let mlp = network(shape.clone(), seed as u64);
        let x = normals(shape.inputs, 5, 78);
        let moved = |by: f64| {
            let mut x = x.clone();
            x.row_mut(0).add_scalar_mut(by);
            x
        };
        let at = |by: f64| Naive::of(&mlp).all_outputs(&moved(by));
        let (before, here, after) = (at(-h), at(0.0), at(h));
        let slope = (&after - &before) / (2.0 * h);
        let bend = (&after - 2.0 * &here + &before) / (h * h);
        let got = jets(&mlp, &x);
        let p = shape.outputs;
        let pattern = |by: f64, i: usize| Naive::of(&mlp).pattern(moved(by).column(i).as_slice());
        for i in 0..5 {
            if shape.activation == Activation::Relu && pattern(-h, i) != pattern(h, i) {
                continue;
            }
            for c in 0..p {
                let size = 1.0 + here[(c, i)].abs() + slope[(c, i)].abs() + bend[(c, i)].abs();
                // Truncation: fourth derivatives times h^2.
                let off = |row: usize, exact: &DMatrix<f64>| (got[(row, i)] - exact[(c, i)]).abs();
                assert!(off(c, &here) <= 1e-12 * size, "{shape:?}");
                assert!(off(p + c, &slope) <= 1e-6 * size, "{shape:?}");
                assert!(off(2 * p + c, &bend) <= 1e-5 * size, "{shape:?}");
            }
        }
    }
}

/// The plain pass gives the same u.
#[test]
fn values_are_those_of_the_plain_pass() {
    for (seed, shape) in shapes().enumerate() {
        let mlp = network(shape.clone(), seed as u64);
        let x = normals(shape.inputs, 9, 79);
        let mut forward = Forward::new();
        forward.run(&mlp, &x);
        let got = jets(&mlp, &x).rows(0, shape.outputs).into_owned();
        let off = relative_error(got.as_slice(), forward.outputs.as_slice());
        assert!(off <= 1e-13, "{shape:?}: {off:e}");
    }
}

/// Of sum seed o U, with every entry of U weighted.
#[test]
fn the_gradient_is_the_derivative_in_every_parameter() {
    const H: f64 = 1e-5;
    let (mut worst, mut compared) = (0.0_f64, 0);
    for (seed, shape) in shapes().enumerate() {
        let mlp = network(shape.clone(), seed as u64);
        let x = normals(shape.inputs, 4, 80) * 0.7;
        let g = normals(3 * shape.outputs, 4, 81);
        let pattern = |w: &[f64]| -> Vec<Vec<bool>> {
            let net = Naive::new(&shape, w);
            x.column_iter().map(|c| net.pattern(c.as_slice())).collect()
        };
        let value = |w: &[f64]| all_jets(&shape, w, &x).dot(&g);
        let here = pattern(mlp.parameters());
        let mut w = mlp.parameters().to_vec();
        let mut expected = Vec::new();
        for k in 0..w.len() {
            let mut at = |offset: f64| {
                w[k] = mlp.parameters()[k] + offset;
                let kink = shape.activation == Activation::Relu && pattern(&w) != here;
                let value = (!kink).then(|| value(&w));
                w[k] = mlp.parameters()[k];
                value
            };
            // Fourth order: truncation 1e-16 or so, rounding 1e-10.
            let far = 100.0 * H;
            let four = [at(far), at(-far), at(2.0 * far), at(-2.0 * far)];
            if let [Some(a), Some(b), Some(c), Some(d)] = four {
                expected.push((k, (8.0 * (a - b) - (c - d)) / (12.0 * far)));
            }
        }
        let mut pass = JetPass::new();
        pass.forward(&mlp, &x);
        pass.backward(&mlp, &g);
        let mut got = vec![f64::NAN; w.len()];
        pass.gradient(&mlp, &mut got);
        assert!(got.iter().all(|g| g.is_finite()));
        let (got, exact): (Vec<f64>, Vec<f64>) = expected.iter().map(|&(k, d)| (got[k], d)).unzip();
        compared += exact.len();
        let off = relative_error(&got, &exact);
        assert!(off <= 1e-7, "{shape:?}: {off:e}");
        worst = worst.max(off);
    }
    assert!(compared > 5_000, "{compared}");
    println!("worst relative error {worst:.1e} over {compared} derivatives");
}

/// Buffers of one size, then another, and back: nothing is left over.
#[test]
fn buffers_can_be_used_again() {
    let shape = Architecture {
        inputs: 1,
        widths: vec![8, 6],
        outputs: 1,
        activation: Activation::Tanh,
        parametrisation: PARAMETRISATIONS[1],
        bias: 1.0,
    };
    let mlp = network(shape, 1);
    let mut forward = JetForward::new();
    for n in [7, 3, 7, 1] {
        let x = normals(1, n, n as u64);
        forward.run(&mlp, &x);
        assert_eq!(forward.outputs, jets(&mlp, &x));
    }
}

/// phi' to phi''' at any z; what is not a number stays so.
#[test]
fn derivatives_of_activations_stand_any_size() {
    for activation in ACTIVATIONS {
        let shape = Architecture {
            inputs: 1,
            widths: vec![1],
            outputs: 1,
            activation,
            parametrisation: PARAMETRISATIONS[1],
            bias: 0.0,
        };
        let mlp = Mlp::from_parameters(shape, vec![1.0, 1.0]).unwrap();
        for z in [-1e3, -40.0, 0.0, 40.0, 1e3] {
            assert!(
                jets(&mlp, &DMatrix::from_element(1, 1, z))
                    .iter()
                    .all(|v| v.is_finite())
            );
        }
        assert!(jets(&mlp, &DMatrix::from_element(1, 1, f64::NAN))[0].is_nan());
    }
}
