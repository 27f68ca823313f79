//! d Phi / dt = -g^T K g under gradient flow, and what a step reports as its
//! squared gradient is that rate.

use crate::naive::{ACTIVATIONS, Naive, PARAMETRISATIONS, gram, network, normals};
use nalgebra::{DMatrix, DVector};
use ntk_playground::kernel::train_kernel;
use ntk_playground::network::{Activation, Architecture, TangentFactors};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, StepReport, Trainer};

struct Setting {
    architecture: Architecture,
    x: DMatrix<f64>,
    y: DMatrix<f64>,
}

impl Setting {
    fn each(activations: &[Activation]) -> Vec<Self> {
        let mut settings = Vec::new();
        for &activation in activations {
            for parametrisation in PARAMETRISATIONS {
                for bias in [0.0, 0.3] {
                    for outputs in [1, 3] {
                        settings.push(Self {
                            architecture: Architecture {
                                inputs: 2,
                                widths: vec![10, 8],
                                outputs,
                                activation,
                                parametrisation,
                                bias,
                            },
                            x: normals(2, 7, 2),
                            y: normals(outputs, 7, 3),
                        });
                    }
                }
            }
        }
        settings
    }

    fn trainer(&self) -> Trainer {
        let n = self.x.ncols();
        let sampler = BatchSampler::new(n, n, stream(1, Stream::Batches));
        let mlp = network(self.architecture.clone(), 1);
        Trainer::new(mlp, self.x.clone(), false, sampler, stream(1, Stream::Mask))
    }

    /// The reports of a step of size `eta` and of the one after it.
    fn two_steps(&self, eta: f64) -> [StepReport; 2] {
        let (mut trainer, objective) = (self.trainer(), SquaredLoss::new(&self.y));
        [(); 2].map(|()| trainer.step(&objective, eta, Gate::Off).unwrap())
    }

    /// g^T K g, from the engine's kernel and from the oracle's Jacobian.
    fn rates(&self) -> [f64; 2] {
        let mlp = network(self.architecture.clone(), 1);
        let factors = TangentFactors::new(&mlp, &self.x);
        let n = self.x.ncols() as f64;
        let g = (factors.outputs.as_ref() - &self.y) / n;
        let g = DVector::from_column_slice(g.as_slice());
        let j = Naive::of(&mlp).jacobian(&self.x);
        [train_kernel(&factors), gram(&j, &j)].map(|kernel| g.dot(&(kernel * &g)))
    }
}

#[test]
fn a_step_reports_the_rate() {
    let mut worst = 0.0_f64;
    for setting in Setting::each(&ACTIVATIONS) {
        let [report, _] = setting.two_steps(0.01);
        for rate in setting.rates() {
            let off = (report.squared_gradient - rate).abs() / rate;
            assert!(off <= 1e-12, "{:?}: {off:e}", setting.architecture);
            worst = worst.max(off);
        }
        let loss = Naive::of(setting.trainer().mlp()).loss(&setting.x, &setting.y);
        assert!((report.value - loss).abs() <= 1e-12 * loss);
    }
    println!("worst relative error {worst:.1e}");
}

/// (Phi(t+1) - Phi(t)) / eta approaches -g^T K g, to first order: half the
/// step leaves half the difference. tanh, since ReLU's path has kinks.
#[test]
fn small_steps_lower_the_loss_at_the_rate() {
    for setting in Setting::each(&[Activation::Tanh]) {
        let [_, rate] = setting.rates();
        let miss = |eta: f64| {
            let [before, after] = setting.two_steps(eta);
            assert!(after.value < before.value);
            (after.value - before.value) / eta + rate
        };
        // Steps that move the loss by a share of itself which second-order
        // terms (their ratio's distance from 2) hardly notice.
        let eta = 1e-4 / rate;
        let ratio = miss(eta) / miss(eta / 2.0);
        println!(
            "relative miss {:.1e}, halved step: / {ratio:.4}",
            miss(eta) / rate
        );
        assert!(miss(eta).abs() <= 0.01 * rate, "{:?}", setting.architecture);
        assert!(
            (ratio - 2.0).abs() <= 0.02,
            "{:?}: {ratio}",
            setting.architecture
        );
    }
}
