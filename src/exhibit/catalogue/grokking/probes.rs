//! Kernel probes of a run: those that are complete, and the one under way.

use super::kernel_probe::{KernelNumbers, KernelProbe};
use super::network::Network;
use super::pairs::Pairs;
use crate::kernel::{LeadingModes, eigenspace_overlap};
use nalgebra::DMatrix;

/// Slices of a probe at each step.
const SLICES: usize = 3;

/// The same for the first probes, when three pictures wait for a curve: some 25 ms a frame.
const FIRST_SLICES: usize = 8;

/// So many probes make a curve.
const FIRST: usize = 4;

/// The kernels at one step.
#[derive(Debug, Clone, Copy)]
pub struct Probed {
    pub step: u64,
    /// Share of held-out pairs right at that step.
    pub test: f64,
    pub network: KernelNumbers,
    pub control: Option<KernelNumbers>,
}

/// A probe under way: the network's, then the control's.
#[derive(Debug)]
struct Pending {
    step: u64,
    test: f64,
    probe: KernelProbe,
    /// The control's, still to come: both are of the same step.
    control: Option<KernelProbe>,
    network: Option<KernelNumbers>,
}

/// All probes of a run.
#[derive(Debug, Default)]
pub struct Probes {
    /// By ascending step, the first at step 0.
    pub complete: Vec<Probed>,
    pending: Option<Pending>,
    /// The network's leading modes at step 0.
    start: Option<LeadingModes>,
    /// The network's leading eigenvectors at every complete probe, n x k: the last is not
    /// known before the end.
    spaces: Vec<DMatrix<f64>>,
}

impl Probes {
    /// Whether a probe is under way.
    pub fn pending(&self) -> bool {
        self.pending.is_some()
    }

    /// Begins a probe of a network and its control, unless one is under way. `shuffled` are
    /// the labels of the control, there or not.
    pub fn begin(
        &mut self,
        step: u64,
        pairs: &Pairs,
        network: &Network,
        control: Option<&Network>,
        shuffled: &[usize],
    ) {
        if self.pending() {
            return;
        }
        let probe = KernelProbe::begin(pairs, network, shuffled);
        self.pending = Some(Pending {
            step,
            test: probe.test_accuracy(pairs),
            probe,
            control: control.map(|control| KernelProbe::begin(pairs, control, &network.labels)),
            network: None,
        });
    }

    /// The slices of one step.
    pub fn advance(&mut self, pairs: &Pairs) {
        let slices = match self.complete.len() < FIRST {
            true => FIRST_SLICES,
            false => SLICES,
        };
        for _ in 0..slices {
            self.take_slice(pairs);
        }
    }

    fn take_slice(&mut self, pairs: &Pairs) {
        let Some(mut pending) = self.pending.take() else {
            return;
        };
        let Some(numbers) = pending.probe.advance(pairs, self.start.as_ref()) else {
            self.pending = Some(pending);
            return;
        };
        match (pending.network, pending.control.take()) {
            (None, Some(control)) => {
                pending.network = Some(numbers);
                let done = std::mem::replace(&mut pending.probe, control);
                self.keep(done);
                self.pending = Some(pending);
            }
            (network, _) => {
                self.complete.push(Probed {
                    step: pending.step,
                    test: pending.test,
                    network: network.unwrap_or(numbers),
                    control: network.map(|_| numbers),
                });
                if network.is_none() {
                    self.keep(pending.probe);
                }
            }
        }
    }

    fn keep(&mut self, probe: KernelProbe) {
        let modes = probe.into_modes();
        self.spaces.push(modes.vectors.clone());
        self.start.get_or_insert(modes);
    }

    /// Overlap of the leading eigenspace at the probe at a step, or the last one before it,
    /// with that of the last probe. Cost: 2 n k^2.
    pub fn overlap_with_last(&self, step: u64) -> Option<f64> {
        let place = (self.complete.iter()).rposition(|probe| probe.step <= step)?;
        let last = self.complete.len() - 1;
        eigenspace_overlap(self.spaces.get(place)?, self.spaces.get(last)?)
    }

    /// The last probe.
    pub fn last(&self) -> Option<&Probed> {
        self.complete.last()
    }

    /// The probe at a step, or the last one before it.
    pub fn by(&self, step: u64) -> Option<&Probed> {
        self.complete.iter().rev().find(|probe| probe.step <= step)
    }
}
