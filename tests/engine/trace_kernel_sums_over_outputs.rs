//! T_ij = sum_c K_(ic)(jc): the trace kernel is the trace of each p x p block
//! of the full kernel, within one set of inputs and across two.

use crate::naive::{
    ACTIVATIONS, Naive, PARAMETRISATIONS, cases, gram, network, normals, relative_error,
};
use nalgebra::DMatrix;
use ntk_playground::kernel::{
    cross_kernel, cross_trace_kernel, shallow_trace_kernel, trace_kernel, train_kernel,
};
use ntk_playground::network::{Architecture, Forward, TangentFactors};
use proptest::prelude::*;

fn block_trace(kernel: &DMatrix<f64>, p: usize) -> DMatrix<f64> {
    DMatrix::from_fn(kernel.nrows() / p, kernel.ncols() / p, |i, j| {
        (0..p).map(|c| kernel[(i * p + c, j * p + c)]).sum()
    })
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn for_random_shapes(
        widths in prop::collection::vec(1_usize..13, 0..=3), inputs in 1_usize..4,
        p in 1_usize..8, n in 1_usize..9, m in 1_usize..7, kind in 0_usize..5, seed in 0_u64..1000,
    ) {
        let shape = Architecture {
            inputs,
            widths,
            outputs: p,
            activation: ACTIVATIONS[kind],
            parametrisation: PARAMETRISATIONS[seed as usize % 2],
            bias: [0.0, 1.0, 0.3][seed as usize % 3],
        };
        let mlp = network(shape, seed);
        let (x, q) = (normals(inputs, n, seed + 1), normals(inputs, m, seed + 2));
        let (train, test) = (TangentFactors::new(&mlp, &x), TangentFactors::new(&mlp, &q));
        let j = Naive::of(&mlp).jacobian(&x);
        let j_q = Naive::of(&mlp).jacobian(&q);
        for (got, full, explicit) in [
            (trace_kernel(&train), train_kernel(&train), gram(&j, &j)),
            (cross_trace_kernel(&test, &train), cross_kernel(&test, &train), gram(&j_q, &j)),
        ] {
            for kernel in [&full, &explicit] {
                let exact = block_trace(kernel, p);
                prop_assert_eq!(got.shape(), exact.shape());
                let off = relative_error(got.as_slice(), exact.as_slice());
                prop_assert!(off <= 1e-12, "{off:e}");
            }
            if p == 1 {
                prop_assert!(relative_error(got.as_slice(), full.as_slice()) <= 1e-15);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn one_hidden_layer_needs_no_backward_pass(
        width in 1_usize..13, inputs in 1_usize..20, p in 1_usize..8, n in 1_usize..9,
        m in 1_usize..7, kind in 0_usize..5, seed in 0_u64..1000, one_hot: bool,
    ) {
        let shape = Architecture {
            inputs,
            widths: vec![width],
            outputs: p,
            activation: ACTIVATIONS[kind],
            parametrisation: PARAMETRISATIONS[seed as usize % 2],
            bias: [0.0, 1.0, 0.3][seed as usize % 3],
        };
        let mlp = network(shape.clone(), seed);
        let (mut x, mut q) = (normals(inputs, n, seed + 1), normals(inputs, m, seed + 2));
        if one_hot {
            // Ones have a path of their own.
            for x in [&mut x, &mut q] {
                x.fill(0.0);
                (0..x.ncols()).for_each(|i| x[((seed as usize + 5 * i) % inputs, i)] = 1.0);
            }
        }
        let (mut train, mut test) = (Forward::new(), Forward::new());
        train.run(&mlp, &x);
        test.run(&mlp, &q);
        let got = shallow_trace_kernel(&mlp, &test, &train).expect("one hidden layer");
        let exact = cross_trace_kernel(&TangentFactors::new(&mlp, &q), &TangentFactors::new(&mlp, &x));
        prop_assert!(relative_error(got.as_slice(), exact.as_slice()) <= 1e-12);
        for widths in [vec![], vec![width, 2]] {
            let mlp = network(Architecture { widths, ..shape.clone() }, seed);
            train.run(&mlp, &x);
            prop_assert!(shallow_trace_kernel(&mlp, &train, &train).is_none());
        }
    }
}
