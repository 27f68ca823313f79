//! Weights at the size of Glorot and Bengio: s W has variance
//! 2 / (fan-in + fan-out), biases are 0, in both parametrisations.

use crate::naive::PARAMETRISATIONS;
use ntk_playground::network::{Activation, Architecture, Mlp};
use ntk_playground::random::{Stream, stream};

#[test]
fn in_every_layer_and_both_parametrisations() {
    let networks = PARAMETRISATIONS.map(|parametrisation| {
        let shape = Architecture {
            inputs: 40,
            widths: vec![100, 20],
            outputs: 30,
            activation: Activation::Tanh,
            parametrisation,
            bias: 0.5,
        };
        Mlp::glorot(shape, &mut stream(1, Stream::Weights)).unwrap()
    });
    for l in 0..3 {
        let products = networks.each_ref().map(|mlp| {
            let layer = mlp.layers()[l];
            assert!(layer.has_bias());
            assert!(mlp.parameters()[layer.biases()].iter().all(|b| *b == 0.0));
            let weights = &mlp.parameters()[layer.weights()];
            let products: Vec<f64> = weights.iter().map(|w| layer.scale * w).collect();
            let squares: f64 = products.iter().map(|w| w * w).sum();
            let variance = squares / products.len() as f64;
            let wanted = 2.0 / (layer.inputs + layer.outputs) as f64;
            // At least 600 weights: five standard deviations of the estimate.
            assert!(
                (variance / wanted - 1.0).abs() <= 0.3,
                "layer {l}: {variance}"
            );
            products
        });
        for (a, b) in products[0].iter().zip(&products[1]) {
            assert!((a - b).abs() <= 1e-15);
        }
    }
}
