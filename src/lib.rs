//! A small network learns noisy data while its neural tangent kernel is measured.
//!
//! This library trains multilayer perceptrons, computes their empirical neural
//! tangent kernel at any step, and turns both into charts and metrics. Compiled
//! to WebAssembly it is the page; natively it is the command line, and a crate
//! for programs of your own.
//!
//! # The equations and where they are computed
//!
//! With parameters w, outputs U(w), labels y, objective Phi(U) = (1/2n) |U - y|^2
//! and Jacobian J = dU/dw, gradient descent of step size eta moves the training
//! outputs through one matrix, K_SS (S the training inputs, Q the test inputs):
//!
//! ```text
//! K_SS = J_S J_S^T,  K_QS = J_Q J_S^T    kernel::train_kernel, kernel::cross_kernel
//! r <- (I - (eta/n) K_SS) r              residual r = U - y: training::Trainer
//! K_SS = sum lambda_i v_i v_i^T,  c_i = <v_i, r>             kernel::Spectrum
//! c_i(t) = (1 - eta lambda_i / n)^t c_i(0)  for a constant K: kernel::FrozenKernel
//! U_Q(T) - U_Q(s) = -G g(s),  g = dPhi/dU   for a changing K: kernel::IntegratedKernel
//! mu_k^2 > sigma_k^2 / (b - 1)           SNR gate of parameter k: training::Gate
//! ```
//!
//! J itself is never formed: layer by layer, a row of it is an outer product of
//! two short vectors, and [`network::TangentFactors`] holds those. So
//! [`kernel::train_kernel`] computes K_SS from two Gram matrices per layer.
//!
//! # Architecture
//!
//! Each layer imports only those above it in this list:
//!
//! - `arithmetic`, a separate crate: matrix products and vector loops
//! - [`network`]: perceptrons, their passes and the factors of J; [`objective`]:
//!   losses on outputs; [`quadrature`]: integrals over \[0, 1\]; [`random`]: seeded streams
//! - [`kernel`]: kernels, spectra, the integrated kernel
//! - [`training`]: batches, the gate, optimisers, steps
//! - [`task`]: data sets and labels
//! - [`exhibit`]: one experiment each, from settings to [`chart::Chart`]s and
//!   metrics, called [`exhibit::Reading`]s; [`chart`]: charts as data and their
//!   renderer
//! - `web` (WebAssembly only) and the command line
//!
//! How to add an exhibit, a view, a metric or a claim stands in
//! docs/implementation.md under *Places to touch*.
//!
//! Matrices of examples have one column per example: inputs are d x n, outputs
//! and labels p x n, and K_SS is np x np with index i p + c for output c of
//! example i.
//!
//! # Train a network and decompose its kernel
//!
//! ```
//! use nalgebra::DMatrix;
//! use ntk_playground::kernel::{Spectrum, train_kernel};
//! use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation, TangentFactors};
//! use ntk_playground::random::{Stream, stream};
//! use ntk_playground::{objective::SquaredLoss, training::{Gate, Trainer}};
//!
//! let x = DMatrix::from_row_slice(1, 5, &[-1.0, -0.5, 0.0, 0.5, 1.0]);
//! let y = x.map(|x: f64| (3.0 * x).sin());
//! let (activation, parametrisation) = (Activation::Relu, Parametrisation::Ntk);
//! let widths = vec![32, 32];
//! let shape = Architecture { inputs: 1, widths, outputs: 1, activation, parametrisation, bias: 1.0 };
//! let mlp = Mlp::random(shape, 1.0, &mut stream(7, Stream::Weights))?;
//! let mut trainer = Trainer::full_batch(mlp, x.clone())?;
//! for _ in 0..500 {
//!     trainer.step(&SquaredLoss::new(&y), 0.1, Gate::Off)?;
//! }
//! let residual = (trainer.mlp().outputs(&x)? - &y).row(0).transpose();
//! let spectrum = Spectrum::new(train_kernel(&TangentFactors::new(trainer.mlp(), &x)), &residual)?;
//! // What is not yet learned lies along the smallest eigenvalues.
//! let energies: Vec<f64> = spectrum.energies().collect();
//! assert!(spectrum.values[0] > spectrum.values[4] && energies[0] < 1e-3 * energies[4]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Train and integrate the kernel
//!
//! P, W and G over 100 steps, and the change of the test outputs that G
//! predicts from the output gradient g at the start:
//!
//! ```
//! # use nalgebra::DMatrix;
//! # use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
//! # use ntk_playground::objective::SquaredLoss;
//! # use ntk_playground::random::{Stream, stream};
//! # use ntk_playground::training::Trainer;
//! # let (activation, parametrisation) = (Activation::Tanh, Parametrisation::Ntk);
//! # let widths = vec![32];
//! # let shape = Architecture { inputs: 1, widths, outputs: 1, activation, parametrisation, bias: 1.0 };
//! # let mlp = Mlp::random(shape, 1.0, &mut stream(7, Stream::Weights))?;
//! let x = DMatrix::from_row_slice(1, 4, &[-1.0, -0.4, 0.2, 0.8]);
//! let y = x.map(|x: f64| (3.0 * x).sin());
//! let test = DMatrix::from_row_slice(1, 2, &[-0.7, 0.5]);
//! let before = mlp.outputs(&test)?;
//! let gradient = (mlp.outputs(&x)? - &y).row(0).transpose() / 4.0;
//!
//! let mut trainer = Trainer::full_batch(mlp, x)?;
//! let operators = trainer.train_and_integrate(
//!     &SquaredLoss::new(&y), 0.1, 100, &test,
//!     |report, so_far| println!("{} {}", report.value, so_far.integrated.integrated().trace()),
//! )?;
//! let change = (trainer.mlp().outputs(&test)? - before).row(0).transpose();
//! let predicted = -operators.integrated.transfer() * gradient;
//! assert!((&change - predicted).norm() < 1e-3 * change.norm());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod chart;
pub mod exhibit;
pub mod kernel;
pub mod network;
pub mod objective;
pub mod quadrature;
pub mod random;
pub mod statistics;
pub mod task;
pub mod training;
#[cfg(target_arch = "wasm32")]
pub mod web;

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
