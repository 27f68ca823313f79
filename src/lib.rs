//! What a network learns, and what it only memorises: an instrument.
//!
//! This library trains a small network, recomputes its empirical neural
//! tangent kernel as often as you like, and turns what it finds into charts
//! and readings. Compiled to WebAssembly it is the page; natively it is the
//! command line and everything that the tests check.
//!
//! # The mathematics in five lines
//!
//! With outputs U(w), objective Phi(U) = (1/2n) |U - y|^2 and Jacobian
//! J = dU/dw, gradient descent moves the training outputs through one matrix:
//!
//! ```text
//! K_SS = J_S J_S^T              the empirical tangent kernel     kernel::train_kernel
//! r <- (I - (eta/n) K_SS) r     the residual r = U - y           training::Trainer
//! K_SS = sum lambda_i v_i v_i^T, c_i = <v_i, r>                  kernel::Spectrum
//! c_i(t) = (1 - eta lambda_i / n)^t c_i(0) if K stood still      kernel::FrozenKernel
//! mu_k^2 > sigma_k^2 / (b - 1)  the SNR gate on parameter k      training::Gate
//! ```
//!
//! J itself is never formed: a row of it is, layer by layer, an outer product
//! of two short vectors, and [`network::TangentFactors`] keeps just those.
//!
//! # The house
//!
//! From the ground up, each floor knowing only those below:
//!
//! - `arithmetic`, a crate beside this one: the inner loops
//! - [`network`], [`objective`]: what is trained, what is minimised
//! - [`kernel`], [`training`]: what is observed, what moves
//! - [`task`]: what is learned
//! - [`exhibit`]: what is shown: knobs in, [`chart::Chart`]s and readings out
//! - [`chart`], beside it: charts as plain data and the one renderer
//! - `web` (WebAssembly only) and the command line on top
//!
//! # Train a network and look at its kernel
//!
//! ```
//! use nalgebra::{DMatrix, DVector};
//! use ntk_playground::kernel::{Spectrum, train_kernel};
//! use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation, TangentFactors};
//! use ntk_playground::objective::SquaredLoss;
//! use ntk_playground::random::{Stream, stream};
//! use ntk_playground::training::{BatchSampler, Gate, Trainer};
//!
//! let x: DMatrix<f64> = DMatrix::from_row_slice(1, 5, &[-1.0, -0.5, 0.0, 0.5, 1.0]);
//! let y = x.map(|x| (3.0 * x).sin());
//! let architecture = Architecture {
//!     inputs: 1,
//!     widths: vec![32, 32],
//!     outputs: 1,
//!     activation: Activation::Relu,
//!     parametrisation: Parametrisation::Ntk,
//!     bias: 1.0,
//! };
//! let mlp = Mlp::random(architecture, 1.0, &mut stream(7, Stream::Weights))?;
//! let sampler = BatchSampler::new(5, 5, stream(7, Stream::Batches));
//! let mut trainer = Trainer::new(mlp, x, true, sampler, stream(7, Stream::Mask));
//! let objective = SquaredLoss::new(&y);
//!
//! let first = trainer.step(&objective, 0.1, Gate::Off)?;
//! for _ in 0..500 {
//!     trainer.step(&objective, 0.1, Gate::Off)?;
//! }
//! let last = trainer.step(&objective, 0.1, Gate::Off)?;
//! assert!(last.value < 0.2 * first.value);
//!
//! let factors = TangentFactors::new(trainer.mlp(), trainer.inputs());
//! let residual = DVector::from_fn(5, |i, _| factors.outputs[i] - trainer.origin()[i] - y[i]);
//! let spectrum = Spectrum::new(train_kernel(&factors), &residual)?;
//! for (value, energy) in spectrum.values.iter().zip(spectrum.energies()) {
//!     println!("eigenvalue {value:8.4}   residual energy {energy:.2e}");
//! }
//! assert!(spectrum.values[0] > spectrum.values[4]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod chart;
pub mod exhibit;
pub mod kernel;
pub mod network;
pub mod objective;
pub mod random;
pub mod task;
pub mod training;
#[cfg(target_arch = "wasm32")]
pub mod web;
