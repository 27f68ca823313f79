//! Two networks in lockstep, and what is recorded of them at scheduled steps.

use super::fourier;
use super::knobs::Setup;
use super::memory::Ended;
use super::network::{Answers, Network};
use super::pairs::Pairs;
use super::probes::Probes;
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::runner::{Broken, Model, Place, Progress, Records, State};
use crate::exhibit::{Effect, NetworkSnapshot, Schedule, text};
use crate::training::{Quantity, TrainingError};
use nalgebra::DMatrix;
use std::iter;
use std::rc::Rc;

/// A run that has not generalised by now is ended.
pub const STEP_LIMIT: u64 = 8_000;

/// "Memorised": every training pair.
const MEMORISED: f64 = 1.0;

/// "Grokked": nineteen twentieths of the held-out pairs.
pub const GROKKED: f64 = 0.95;

/// A run ends at this many times the step at which it has grokked.
const AFTERWARDS: f64 = 1.5;

/// Steps at which a probe of the kernel begins, unless one is under way.
const PROBES: Schedule = Schedule::new(16);

/// Accuracies at one step.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    pub step: u64,
    pub train: f64,
    pub test: f64,
    /// Of the control: held-out pairs answered with their sum.
    pub control_test: f64,
}

/// Both networks at one step.
#[derive(Debug)]
pub struct Observation {
    pub step: u64,
    pub network: Answers,
    pub control: Option<Answers>,
    /// As [`fourier::shares`] of the network.
    pub frequencies: DMatrix<f64>,
}

/// A network, and a control that learns the same pairs with shuffled labels.
#[derive(Debug)]
pub struct Grokking {
    pub pairs: Pairs,
    network: Network,
    control: Option<Network>,
    /// The labels of the control, there or not.
    shuffled: Vec<usize>,
    pub probes: Probes,
    /// The first recorded step with every training pair right.
    pub memorised: Option<Rc<Observation>>,
    /// The first recorded step with enough held-out pairs right.
    pub grokked: Option<u64>,
    /// Loss of the network before the last step, and before the first.
    pub loss: f64,
    first_loss: f64,
    /// The step at which the run was over but for its last probe.
    over: Option<u64>,
}

impl Grokking {
    fn begin_probe(&mut self, step: u64) {
        let control = self.control.as_ref();
        self.probes
            .begin(step, &self.pairs, &self.network, control, &self.shuffled);
    }

    /// The step from which on a probe is wanted before the run ends.
    fn last_wanted(&self) -> u64 {
        match self.grokked {
            Some(step) => ((step as f64 * AFTERWARDS) as u64).min(STEP_LIMIT),
            None => STEP_LIMIT,
        }
    }

    /// How many times as many steps generalising took as memorising.
    pub fn delay(&self) -> Option<f64> {
        let memorised = self.memorised.as_ref()?.step;
        Some(self.grokked? as f64 / memorised.max(1) as f64)
    }

    /// Slices of probes after a step, and whether the run is over with them.
    fn probe(&mut self, step: u64) -> Progress {
        if self.over.is_none() {
            self.over = (step >= self.last_wanted()).then_some(step);
            if self.over.is_some() || PROBES.is_due(step) {
                self.begin_probe(step);
            }
        }
        self.probes.advance(&self.pairs);
        let Some(over) = self.over.filter(|_| !self.probes.pending()) else {
            return Progress::On;
        };
        let last = self.probes.last().map(|last| last.step);
        if last.is_none_or(|last| last < self.last_wanted()) {
            // A probe of an earlier step was in the way of the last one.
            self.begin_probe(step);
            return Progress::On;
        }
        Progress::Over(match self.grokked.filter(|grokked| *grokked <= over) {
            Some(step) => format!(
                "95\u{202f}% of the held-out pairs were right at step {}; the run ends at 1.5 times that step.",
                text::count(step)
            ),
            None => format!(
                "The run ends after {} steps without having generalised.",
                text::count(STEP_LIMIT)
            ),
        })
    }
}

impl Model for Grokking {
    type Setup = Setup;
    type Observation = Rc<Observation>;
    type Record = Record;
    type Outcome = ();
    type Memory = Vec<Ended>;

    fn start(setup: &Setup, _trial: usize) -> Result<Self, String> {
        let pairs = Pairs::new(setup);
        let task = &pairs.task;
        let shuffled = task.shuffled_sums(setup.seed);
        let control = || Network::new(setup, task, shuffled.clone());
        let mut model = Self {
            network: Network::new(setup, task, task.sums(&task.train))?,
            control: setup.control.then(control).transpose()?,
            pairs,
            shuffled,
            probes: Probes::default(),
            memorised: None,
            grokked: None,
            loss: f64::NAN,
            first_loss: f64::NAN,
            over: None,
        };
        model.begin_probe(0);
        Ok(model)
    }

    /// None: the end waits for the last probe.
    fn limit(_setup: &Setup) -> u64 {
        u64::MAX
    }

    fn step(&mut self, setup: &Setup, step: u64) -> Result<Progress, Broken> {
        let eta = setup.learning_rate;
        let stepped = self.network.step(eta);
        let control = self.control.as_mut().map(|control| control.step(eta));
        let loss = stepped?.value;
        control.transpose()?;
        self.loss = loss;
        if step == 0 {
            self.first_loss = self.loss;
        }
        if let Some(cause) = Breakdown::of_loss(self.loss, self.first_loss) {
            return Err(Broken::after(cause));
        }
        Ok(self.probe(step + 1))
    }

    fn measure(&mut self, setup: &Setup, step: u64) -> Result<Rc<Observation>, Breakdown> {
        let network = self.network.answers(&self.pairs);
        if !network.outputs.iter().all(|output| output.is_finite()) {
            return Err(TrainingError::NotFinite(Quantity::Output).into());
        }
        let control = self.control.as_ref();
        Ok(Rc::new(Observation {
            step,
            network,
            control: control.map(|control| control.answers(&self.pairs)),
            frequencies: fourier::shares(self.network.mlp(), setup.modulus),
        }))
    }

    /// Also finds the first steps that had memorised and generalised.
    fn record(&mut self, _: &Setup, now: &Rc<Observation>) -> Result<Option<Record>, Breakdown> {
        let control = now.control.as_ref();
        let record = Record {
            step: now.step,
            train: now.network.train,
            test: now.network.test,
            control_test: control.map_or(f64::NAN, |control| control.test),
        };
        if self.memorised.is_none() && record.train >= MEMORISED {
            self.memorised = Some(Rc::clone(now));
        }
        if self.grokked.is_none() && record.test >= GROKKED {
            self.grokked = Some(now.step);
        }
        Ok(Some(record))
    }

    fn outcome(&mut self, _setup: &Setup, _now: &Rc<Observation>) {}

    fn check(&self, _old: &Setup, new: &Setup, _place: Place) -> Result<(), String> {
        new.optimiser().validate().map_err(|e| e.to_string())
    }

    /// New decay or step size from the next step on.
    fn change(&mut self, new: &Setup, _: Effect, _: Place) -> Result<Records, Broken> {
        for network in iter::once(&mut self.network).chain(&mut self.control) {
            network.set_optimiser(new).expect("checked before");
        }
        Ok(Records::Continue)
    }

    fn remember(memory: &mut Vec<Ended>, state: &State<'_, Self>) {
        super::memory::remember(memory, state);
    }

    fn revision(&self) -> u64 {
        self.probes.complete.len() as u64
    }

    /// The network and its control.
    fn snapshot(&self, _setup: &Setup, step: u64) -> Vec<NetworkSnapshot> {
        let of = |network: &Network, name, meaning| {
            network.snapshot(name, step, &self.pairs.task, meaning)
        };
        let network = of(&self.network, "network", "the sums, one-hot");
        let control = self.control.as_ref();
        let control =
            control.map(|control| of(control, "twin", "the sums in another order, one-hot"));
        iter::once(network).chain(control).collect()
    }
}
