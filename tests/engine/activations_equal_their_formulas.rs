//! phi and phi' at any z: moderate, tiny, huge, and not a number.

use crate::naive::{ACTIVATIONS, cases};
use nalgebra::DMatrix;
use ntk_playground::network::{Activation, Architecture, Forward, Mlp, Parametrisation};
use proptest::prelude::*;

/// (phi(z), phi'(z)) as the forward pass of a network with one unit has them.
fn unit(activation: Activation, z: f64) -> (f64, f64) {
    let shape = Architecture {
        inputs: 1,
        widths: vec![1],
        outputs: 1,
        activation,
        parametrisation: Parametrisation::Standard,
        bias: 0.0,
    };
    let mlp = Mlp::from_parameters(shape, vec![1.0, 1.0]).unwrap();
    let mut forward = Forward::new();
    forward.run(&mlp, &DMatrix::from_element(1, 1, z));
    (forward.activations[1][0], forward.slopes[0][0])
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn softplus(z in -30.0_f64..30.0) {
        let (value, slope) = unit(Activation::Softplus, z);
        // log(1 + e^z) loses digits for z << 0; e^z - e^2z/2 + e^3z/3 does not.
        let e = z.exp();
        let exact = if z < -12.0 { e - e * e / 2.0 + e * e * e / 3.0 } else { (1.0 + e).ln() };
        prop_assert!((value - exact).abs() <= 1e-15 * (1.0 + z.abs()).max(exact));
        prop_assert!(z >= -12.0 || (value / exact - 1.0).abs() <= 1e-14);
        prop_assert!((slope / (e / (1.0 + e)) - 1.0).abs() <= 1e-14);
        // The slope is the derivative.
        let h = 1e-5;
        let difference = (unit(Activation::Softplus, z + h).0 - unit(Activation::Softplus, z - h).0) / (2.0 * h);
        prop_assert!((difference - slope).abs() <= 1e-9);
    }

    #[test]
    fn square_and_identity(z in -1e3_f64..1e3) {
        prop_assert_eq!(unit(Activation::Square, z), (z * z, 2.0 * z));
        prop_assert_eq!(unit(Activation::Identity, z), (z, 1.0));
    }
}

#[test]
fn softplus_at_any_size() {
    assert_eq!(unit(Activation::Softplus, 0.0), (f64::ln(2.0), 0.5));
    for z in [40.0, 1e3, 1e300] {
        assert_eq!(unit(Activation::Softplus, z), (z, 1.0));
    }
    for z in [-40.0_f64, -300.0, -700.0] {
        let (value, slope) = unit(Activation::Softplus, z);
        assert!((value / z.exp() - 1.0).abs() <= 1e-14);
        assert!((slope / z.exp() - 1.0).abs() <= 1e-14);
    }
    assert_eq!(unit(Activation::Softplus, -1e3), (0.0, 0.0));
    assert_eq!(unit(Activation::Softplus, f64::NEG_INFINITY), (0.0, 0.0));
    assert_eq!(
        unit(Activation::Softplus, f64::INFINITY),
        (f64::INFINITY, 1.0)
    );
}

/// A diverged run has to be noticed.
#[test]
fn what_is_not_a_number_stays_so() {
    for activation in ACTIVATIONS {
        assert!(unit(activation, f64::NAN).0.is_nan(), "{activation:?}");
    }
}
