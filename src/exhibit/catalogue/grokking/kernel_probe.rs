//! A probe of the trace kernel of one network at one step, in slices.
//!
//! ```text
//! label energy      |V^T H Y|^2 / |H Y|^2        V the top 2p eigenvectors of T_SS
//! overlap           |V^T V_0|^2 / 2p             V_0 those at step 0
//! alignment         A_c(T_SS, Y), A_c(T_QQ, Y_Q) centred
//! regression        argmax of T_QS (T_SS + s I)^-1 H Y
//! ```
//!
//! with H taking the mean over pairs off. At p = 23 that is some 10^8 operations, too many for
//! one frame: the probe keeps the network as it was and takes a few million
//! at each step of the run, so that its numbers depend on steps alone.

use super::network::{Network, predictions, share_equal};
use super::pairs::Pairs;
use crate::kernel::{LeadingModes, Tridiagonal, centred_alignment, shallow_trace_kernel};
use crate::network::{Forward, Mlp};
use crate::task::ModularAddition;
use nalgebra::DMatrix;

/// Operations of blocked products in a slice: 2 to 3 ms in a browser.
const PRODUCTS: usize = 8_000_000;

/// Operations of plain loops in a slice, which run at about a third of the speed.
const LOOPS: usize = 3_000_000;

/// Ridge of the kernel regression, as a share of the mean eigenvalue: far
/// below the smallest eigenvalue, and enough to solve a kernel that lacks rank.
const RIDGE: f64 = 1e-8;

/// What a probe finds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KernelNumbers {
    /// Energy of the labels in the leading modes.
    pub energy: f64,
    /// Energy of the other network's labels in the same modes: the baseline.
    pub other_energy: f64,
    /// Overlap of the leading modes with those at step 0.
    pub overlap: f64,
    /// Alignment of the kernel with the labels, training pairs.
    pub train_alignment: f64,
    /// Alignment with the sums, held-out pairs.
    pub test_alignment: f64,
    /// Share of held-out pairs that kernel regression gets right.
    pub regression: f64,
}

#[derive(Debug)]
enum Stage {
    /// The next column of the kernel, over all pairs.
    Kernel(usize),
    TrainAlignment,
    TestAlignment,
    Reduce(Tridiagonal),
    Modes(Tridiagonal),
    Regression(Tridiagonal),
    Done,
}

/// A probe under way.
#[derive(Debug)]
pub struct KernelProbe {
    mlp: Mlp,
    /// Passes over all and over the held-out pairs.
    all: Forward,
    test: Forward,
    targets: DMatrix<f64>,
    other_targets: DMatrix<f64>,
    train_kernel: DMatrix<f64>,
    cross_kernel: DMatrix<f64>,
    test_kernel: DMatrix<f64>,
    /// (T_SS + s I)^-1 Y, n x classes so far.
    solved: Vec<f64>,
    modes: LeadingModes,
    numbers: KernelNumbers,
    stage: Stage,
}

/// One-hot columns with the mean over examples taken off.
fn centred_targets(task: &ModularAddition, labels: &[usize]) -> DMatrix<f64> {
    let mut targets = task.targets(labels);
    for mut row in targets.row_iter_mut() {
        let mean = row.mean();
        row.add_scalar_mut(-mean);
    }
    targets
}

impl KernelProbe {
    /// Begins a probe of a network as it is now; `other` are the labels that
    /// the other network learns.
    pub fn begin(pairs: &Pairs, network: &Network, other: &[usize]) -> Self {
        let (n, m) = (pairs.training, pairs.test_sums.len());
        let p = pairs.task.modulus;
        let mlp = network.mlp().clone();
        let (mut all, mut test) = (Forward::new(), Forward::new());
        all.run(&mlp, &pairs.inputs);
        test.run(&mlp, &pairs.inputs.columns(n, m).into_owned());
        Self {
            mlp,
            all,
            test,
            targets: centred_targets(&pairs.task, &network.labels),
            other_targets: centred_targets(&pairs.task, other),
            train_kernel: DMatrix::zeros(n, n),
            cross_kernel: DMatrix::zeros(m, n),
            test_kernel: DMatrix::zeros(m, m),
            solved: Vec::with_capacity(n * p),
            modes: LeadingModes::default(),
            numbers: KernelNumbers {
                energy: f64::NAN,
                other_energy: f64::NAN,
                overlap: f64::NAN,
                train_alignment: f64::NAN,
                test_alignment: f64::NAN,
                regression: f64::NAN,
            },
            stage: Stage::Kernel(0),
        }
    }

    /// Share of the held-out pairs that the network has right.
    pub fn test_accuracy(&self, pairs: &Pairs) -> f64 {
        let predictions = predictions(&self.all.outputs);
        share_equal(&predictions[pairs.training..], &pairs.test_sums)
    }

    /// One slice; `start` are the modes at step 0, if this is not step 0 itself. Gives the
    /// numbers once they are complete; those of a network that is no longer finite have no
    /// value.
    pub fn advance(
        &mut self,
        pairs: &Pairs,
        start: Option<&LeadingModes>,
    ) -> Option<KernelNumbers> {
        let stage = std::mem::replace(&mut self.stage, Stage::Done);
        self.stage = match stage {
            Stage::Kernel(column) => self.columns(pairs, column),
            Stage::TrainAlignment => {
                let aligned = centred_alignment(&self.train_kernel, &self.targets);
                self.numbers.train_alignment = aligned.unwrap_or(f64::NAN);
                Stage::TestAlignment
            }
            Stage::TestAlignment => {
                let aligned = centred_alignment(&self.test_kernel, &pairs.test_targets);
                self.numbers.test_alignment = aligned.unwrap_or(f64::NAN);
                let kernel = std::mem::take(&mut self.train_kernel);
                Tridiagonal::begin(kernel).map_or(Stage::Done, Stage::Reduce)
            }
            Stage::Reduce(mut form) => {
                if form.advance(LOOPS) {
                    Stage::Modes(form)
                } else {
                    Stage::Reduce(form)
                }
            }
            Stage::Modes(form) => self.modes(pairs, start, form),
            Stage::Regression(form) => self.regression(pairs, form),
            Stage::Done => Stage::Done,
        };
        matches!(self.stage, Stage::Done).then_some(self.numbers)
    }

    /// The leading modes, once the probe is complete.
    pub fn into_modes(self) -> LeadingModes {
        self.modes
    }

    /// Some columns of the kernel: all rows for a training pair, the held-out
    /// ones for a held-out pair.
    fn columns(&mut self, pairs: &Pairs, first: usize) -> Stage {
        let (n, all) = (pairs.training, pairs.inputs.ncols());
        let (inputs, units) = (pairs.inputs.nrows(), self.all.slopes[0].nrows());
        let per_column = 2 * all * (inputs + units);
        let end = if first < n { n } else { all };
        let count = (PRODUCTS / per_column).max(1).min(end - first);
        let mut forward = Forward::new();
        forward.run(&self.mlp, &pairs.inputs.columns(first, count).into_owned());
        let rows = if first < n { &self.all } else { &self.test };
        let Some(block) = shallow_trace_kernel(&self.mlp, rows, &forward) else {
            return Stage::Done;
        };
        if first < n {
            let (train, test) = (block.rows(0, n), block.rows(n, all - n));
            self.train_kernel
                .columns_mut(first, count)
                .copy_from(&train);
            self.cross_kernel.columns_mut(first, count).copy_from(&test);
        } else {
            let mut to = self.test_kernel.columns_mut(first - n, count);
            to.copy_from(&block);
        }
        if first + count < all {
            Stage::Kernel(first + count)
        } else {
            Stage::TrainAlignment
        }
    }

    fn modes(&mut self, pairs: &Pairs, start: Option<&LeadingModes>, form: Tridiagonal) -> Stage {
        let n = form.len();
        // Bisection, the way back, and room for what grows with the rank.
        let per_mode = 500 * n + 4 * n * n;
        let wanted = pairs.modes().min(n);
        for _ in 0..(LOOPS / per_mode).max(1) {
            if self.modes.len() < wanted {
                self.modes.push(&form);
            }
        }
        if self.modes.len() < wanted {
            return Stage::Modes(form);
        }
        let energy = |targets| self.modes.target_energy(targets).unwrap_or(f64::NAN);
        self.numbers.energy = energy(&self.targets);
        self.numbers.other_energy = energy(&self.other_targets);
        self.numbers.overlap = start
            .map_or(Some(1.0), |s| self.modes.overlap(s))
            .unwrap_or(f64::NAN);
        Stage::Regression(form)
    }

    fn regression(&mut self, pairs: &Pairs, form: Tridiagonal) -> Stage {
        let (n, p) = (form.len(), self.targets.nrows());
        let shift = RIDGE * form.trace() / n as f64;
        for _ in 0..(LOOPS / (4 * n * n)).max(1) {
            let class = self.solved.len() / n;
            if class < p {
                let mut x: Vec<f64> = self.targets.row(class).iter().copied().collect();
                form.to_inner(&mut x);
                form.solve_inner(shift, &mut x);
                form.to_outer(&mut x);
                self.solved.extend(x);
            }
        }
        if self.solved.len() < n * p {
            return Stage::Regression(form);
        }
        let solved = DMatrix::from_vec(n, p, std::mem::take(&mut self.solved));
        let predicted = (&self.cross_kernel * solved).transpose();
        self.numbers.regression = share_equal(&predictions(&predicted), &pairs.test_sums);
        Stage::Done
    }
}

#[cfg(test)]
mod tests {
    use super::super::knobs::{KNOBS, Setup};
    use super::*;
    use crate::exhibit::Settings;
    use crate::kernel::{Spectrum, cross_trace_kernel, trace_kernel};
    use crate::network::TangentFactors;
    use nalgebra::DVector;

    /// The same numbers from whole kernels and a whole eigenbasis.
    #[test]
    fn equals_the_numbers_of_the_whole_kernel() {
        let setup = Setup {
            modulus: 11,
            train_share: 0.6,
            seed: 5,
            ..Setup::read(&Settings::defaults(KNOBS)).expect("settings that fit")
        };
        let pairs = Pairs::new(&setup);
        let task = &pairs.task;
        let (labels, other) = (task.sums(&task.train), task.shuffled_sums(5));
        let mut network = Network::new(&setup, task, labels.clone()).expect("a network");
        let probe = |network: &Network, start: Option<&LeadingModes>| {
            let mut probe = KernelProbe::begin(&pairs, network, &other);
            loop {
                if let Some(numbers) = probe.advance(&pairs, start) {
                    return (numbers, probe.into_modes());
                }
            }
        };
        let whole = |network: &Network| {
            let train = TangentFactors::new(network.mlp(), &task.inputs(&task.train));
            let test = TangentFactors::new(network.mlp(), &task.inputs(&task.test));
            let kernel = trace_kernel(&train);
            let residual = DVector::zeros(kernel.nrows());
            let spectrum = Spectrum::new(kernel.clone(), &residual).expect("finite");
            (
                kernel,
                cross_trace_kernel(&test, &train),
                trace_kernel(&test),
                spectrum,
            )
        };
        let (at_start, start) = probe(&network, None);
        assert_eq!(at_start.overlap, 1.0);
        let first = whole(&network).3;
        for _ in 0..150 {
            network.step(0.01).expect("finite");
        }
        let (got, _) = probe(&network, Some(&start));
        let (kernel, cross, test, spectrum) = whole(&network);
        let k = pairs.modes();
        let centred = |labels: &[usize]| centred_targets(task, labels);
        let energy = |labels| spectrum.target_energy(&centred(labels), k).expect("fits");
        let mut ridged = kernel.clone();
        for i in 0..kernel.nrows() {
            ridged[(i, i)] += RIDGE * kernel.trace() / kernel.nrows() as f64;
        }
        let ridged = ridged.cholesky().expect("positive definite");
        let answers = cross * ridged.solve(&centred(&labels).transpose());
        let rows = answers.row_iter().zip(&pairs.test_sums);
        let right = rows.filter(|(row, sum)| row.transpose().imax() == **sum);
        let aligned = |kernel, targets| centred_alignment(kernel, targets).expect("fits");
        let wanted = KernelNumbers {
            energy: energy(&labels),
            other_energy: energy(&other),
            overlap: spectrum.overlap(&first, k).expect("same size"),
            train_alignment: aligned(&kernel, &task.targets(&labels)),
            test_alignment: aligned(&test, &pairs.test_targets),
            regression: right.count() as f64 / pairs.test_sums.len() as f64,
        };
        for off in [
            got.energy - wanted.energy,
            got.other_energy - wanted.other_energy,
            got.overlap - wanted.overlap,
            got.train_alignment - wanted.train_alignment,
            got.test_alignment - wanted.test_alignment,
            got.regression - wanted.regression,
        ] {
            assert!(off.abs() < 1e-6, "{got:?} against {wanted:?}");
        }
    }
}
