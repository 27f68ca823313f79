//! Jets, their gradient and the moments of the examples' gradients agree with
//! JAX. oracle/generate_pinn.py says what the numbers are.

use crate::naive::relative_error;
use crate::oracle::{architecture, matrix, numbers};
use ntk_playground::network::Mlp;
use ntk_playground::training::{GradientMoments, JetPass, Pass};
use serde_json::Value;

#[test]
fn in_everything_the_file_holds() {
    let file: Value = serde_json::from_str(include_str!("../oracle/pinn.json")).unwrap();
    let networks = file.as_object().unwrap();
    assert_eq!(networks.len(), 4);
    for (name, peer) in networks {
        let mlp = Mlp::from_parameters(architecture(peer), numbers(&peer["parameters"])).unwrap();
        // Rows of the file are examples; here, columns are.
        let [x, seed, jets] = ["inputs", "seed", "jets"].map(|k| matrix(&peer[k]).transpose());
        let mut pass = JetPass::new();
        pass.forward(&mlp, &x);
        pass.backward(&mlp, &seed);
        let mut moments = GradientMoments::new();
        moments.mean.resize(mlp.parameters().len(), 0.0);
        pass.gradient(&mlp, &mut moments.mean);
        pass.mean_square(&mlp, &mut moments);
        for (what, got, exact) in [
            ("jets", pass.outputs().as_slice(), jets.as_slice().to_vec()),
            ("gradient", &moments.mean, numbers(&peer["mean"])),
            (
                "mean square",
                &moments.mean_square,
                numbers(&peer["mean_square"]),
            ),
        ] {
            let error = relative_error(got, &exact);
            println!("{name}: {what} {error:.1e}");
            assert!(error <= 1e-12, "{name}: {what} is off by {error:e}");
        }
    }
}
