//! The run behind the grokking exhibit: two networks in lockstep, and what is
//! remembered of them at scheduled steps.

use super::arm::{Answers, Arm};
use super::knobs::Setup;
use super::survey::{Ground, Portrait, Survey};
use crate::exhibit::breakdown::Breakdown;
use crate::exhibit::{NetworkSnapshot, Schedule, Status, text};
use crate::kernel::LeadingModes;
use crate::task::{ModularAddition, Pair};
use nalgebra::DMatrix;

/// A run that has not generalised by now is ended.
pub const STEP_LIMIT: u64 = 8_000;

/// "Memorised": every training pair.
const MEMORISED: f64 = 1.0;

/// "Grokked": nineteen twentieths of the held-out pairs.
const GROKKED: f64 = 0.95;

/// A run goes on for half as long again after it has grokked.
const AFTERWARDS: f64 = 1.5;

/// Steps at which all pairs are asked.
const ANSWERS: Schedule = Schedule::new(50);

/// Steps at which a survey of the kernel begins, unless one is under way.
const SURVEYS: Schedule = Schedule::new(16);

/// Slices of a survey at each step.
const SLICES: usize = 3;

/// The same at first, when three pictures wait for it: some 25 ms a frame, ten times.
const FIRST_SLICES: usize = 8;

/// Accuracies at one step.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    pub step: u64,
    pub train: f64,
    pub test: f64,
    /// Of the twin: held-out pairs answered with their sum.
    pub twin_test: f64,
}

/// The kernels at one step.
#[derive(Debug, Clone, Copy)]
pub struct Surveyed {
    pub step: u64,
    /// Share of held-out pairs right at that step.
    pub test: f64,
    pub network: Portrait,
    pub twin: Option<Portrait>,
}

/// Answers at the step at which the training pairs were first memorised.
#[derive(Debug)]
pub struct Memorised {
    pub step: u64,
    pub answers: Answers,
}

/// A survey under way: the network's, then the twin's.
#[derive(Debug)]
struct Pending {
    step: u64,
    test: f64,
    survey: Survey,
    /// The twin's, still to come: both are of the same step.
    twin: Option<Survey>,
    network: Option<Portrait>,
}

#[derive(Debug)]
pub struct Run {
    pub setup: Setup,
    pub task: ModularAddition,
    pub ground: Ground,
    /// Column of pair (a, b) among all pairs, at a p + b.
    place: Vec<usize>,
    pub network: Arm,
    pub twin: Option<Arm>,
    /// The labels of the twin, there or not.
    shuffled: Vec<usize>,
    pub step: u64,
    pub status: Status,
    pub records: Vec<Record>,
    pub surveys: Vec<Surveyed>,
    pub memorised: Option<Memorised>,
    pub grokked: Option<u64>,
    /// Whether a knob that acts on the run was turned after step 0.
    pub changed: bool,
    /// Loss of the network before the last step, and before the first.
    pub loss: f64,
    first_loss: f64,
    pending: Option<Pending>,
    start: Option<LeadingModes>,
    /// Why the run is over, once the last survey is complete.
    ending: Option<String>,
    now: Answers,
    twin_now: Option<Answers>,
    now_step: u64,
}

impl Run {
    pub fn new(setup: Setup) -> Result<Self, String> {
        let task = ModularAddition::new(setup.modulus, setup.train_share, setup.seed);
        let mut pairs = task.train.clone();
        pairs.extend(&task.test);
        let mut place = vec![0; pairs.len()];
        for (i, [a, b]) in pairs.iter().enumerate() {
            place[a * setup.modulus + b] = i;
        }
        let test_sums = task.sums(&task.test);
        let ground = Ground {
            inputs: task.inputs(&pairs),
            shown: task.train.len(),
            test_targets: task.targets(&test_sums),
            test_sums,
            modes: setup.modes(),
        };
        let network = Arm::new(&setup, &task, task.sums(&task.train))?;
        let shuffled = task.shuffled_sums(setup.seed);
        let twin = match setup.twin {
            true => Some(Arm::new(&setup, &task, shuffled.clone())?),
            false => None,
        };
        let ask = |arm: &Arm| arm.answers(&ground.inputs, &ground.test_sums);
        let mut run = Self {
            now: ask(&network),
            twin_now: twin.as_ref().map(ask),
            setup,
            task,
            ground,
            place,
            network,
            twin,
            shuffled,
            step: 0,
            status: Status::Ready,
            records: Vec::new(),
            surveys: Vec::new(),
            memorised: None,
            grokked: None,
            changed: false,
            loss: f64::NAN,
            first_loss: f64::NAN,
            pending: None,
            start: None,
            ending: None,
            now_step: 0,
        };
        run.remember();
        run.begin_survey();
        Ok(run)
    }

    /// The network and its twin, laid open.
    pub fn snapshot(&self) -> Vec<NetworkSnapshot> {
        let lay_open =
            |arm: &Arm, name, meaning| arm.snapshot(name, self.step, &self.task, meaning);
        let network = lay_open(&self.network, "network", "the sums, one-hot");
        let twin = self.twin.as_ref();
        let twin = twin.map(|twin| lay_open(twin, "twin", "the sums in another order, one-hot"));
        std::iter::once(network).chain(twin).collect()
    }

    /// Column of a pair among all pairs.
    pub fn place(&self, [a, b]: Pair) -> usize {
        self.place[a * self.setup.modulus + b]
    }

    /// Whether a pair is shown in training.
    pub fn is_shown(&self, pair: Pair) -> bool {
        self.place(pair) < self.ground.shown
    }

    /// Answers at the present step, asked for when first wanted.
    pub fn answers(&mut self) -> &Answers {
        self.ask();
        &self.now
    }

    /// The twin's.
    pub fn twin_answers(&mut self) -> Option<&Answers> {
        self.ask();
        self.twin_now.as_ref()
    }

    fn ask(&mut self) {
        if self.now_step != self.step && !matches!(self.status, Status::Failed(_)) {
            let (inputs, sums) = (&self.ground.inputs, &self.ground.test_sums);
            self.now = self.network.answers(inputs, sums);
            let twin = self.twin.as_ref();
            self.twin_now = twin.map(|twin| twin.answers(inputs, sums));
            self.now_step = self.step;
        }
    }

    /// One step of both networks, and some slices of a survey.
    pub fn advance(&mut self) {
        if self.status != Status::Ready {
            return;
        }
        let eta = self.setup.learning_rate;
        let stepped = self.network.step(eta);
        let twin = self.twin.as_mut().map(|twin| twin.step(eta)).transpose();
        let report = match stepped.and_then(|report| twin.map(|_| report)) {
            Ok(report) => report,
            Err(error) => return self.fail(error.into()),
        };
        if self.step == 0 {
            self.first_loss = report.value;
        }
        self.loss = report.value;
        self.step += 1;
        if let Some(cause) = Breakdown::of_loss(report.value, self.first_loss) {
            return self.fail(cause);
        }
        if ANSWERS.is_due(self.step) {
            self.remember();
        }
        if self.ending.is_none() {
            self.ending = self.end();
            if self.ending.is_some() || SURVEYS.is_due(self.step) {
                self.begin_survey();
            }
        }
        let slices = match self.surveys.is_empty() {
            true => FIRST_SLICES,
            false => SLICES,
        };
        for _ in 0..slices {
            self.take_slice();
        }
        if self.pending.is_none() && self.ending.is_some() && self.status == Status::Ready {
            // A survey of an earlier step may have been in the way of the last one.
            if self
                .surveys
                .last()
                .is_none_or(|last| last.step < self.last_wanted())
            {
                self.begin_survey();
            } else {
                self.remember();
                self.status = Status::Finished(self.ending.take().unwrap_or_default());
            }
        }
    }

    /// The step from which on a survey is wanted before the run ends.
    fn last_wanted(&self) -> u64 {
        match self.grokked {
            Some(step) => ((step as f64 * AFTERWARDS) as u64).min(STEP_LIMIT),
            None => STEP_LIMIT,
        }
    }

    /// Why the run is over, if it is.
    fn end(&self) -> Option<String> {
        if self.step < self.last_wanted() {
            return None;
        }
        Some(match self.grokked {
            Some(step) => format!(
                "Held-out pairs came right at step {}; the run ends half as long again after that.",
                text::count(step)
            ),
            None => format!(
                "The run ends after {} steps without having generalised.",
                text::count(STEP_LIMIT)
            ),
        })
    }

    fn fail(&mut self, cause: Breakdown) {
        // What is seen from now on must not depend on when somebody looked.
        self.ask();
        self.status = Status::Failed(format!(
            "{} Choose a smaller learning-rate than {}.",
            cause.at(self.step),
            self.setup.learning_rate
        ));
    }

    fn remember(&mut self) {
        self.ask();
        if self
            .records
            .last()
            .is_some_and(|last| last.step == self.step)
        {
            return;
        }
        let twin = self.twin_now.as_ref();
        let record = Record {
            step: self.step,
            train: self.now.train,
            test: self.now.test,
            twin_test: twin.map_or(f64::NAN, |twin| twin.test),
        };
        if self.memorised.is_none() && record.train >= MEMORISED {
            self.memorised = Some(Memorised {
                step: self.step,
                answers: self.now.clone(),
            });
        }
        if self.grokked.is_none() && record.test >= GROKKED {
            self.grokked = Some(self.step);
        }
        self.records.push(record);
    }

    fn begin_survey(&mut self) {
        if self.pending.is_none() {
            self.pending = Some(Pending {
                step: self.step,
                test: self.answers().test,
                survey: Survey::begin(&self.ground, &self.network, &self.shuffled),
                twin: self
                    .twin
                    .as_ref()
                    .map(|twin| Survey::begin(&self.ground, twin, &self.network.labels)),
                network: None,
            });
        }
    }

    fn take_slice(&mut self) {
        let Some(mut pending) = self.pending.take() else {
            return;
        };
        let portrait = pending.survey.advance(&self.ground, self.start.as_ref());
        let Some(portrait) = portrait else {
            self.pending = Some(pending);
            return;
        };
        match (pending.network, pending.twin.take()) {
            (None, Some(twin)) => {
                pending.network = Some(portrait);
                let done = std::mem::replace(&mut pending.survey, twin);
                self.start.get_or_insert_with(|| done.into_modes());
                self.pending = Some(pending);
            }
            (network, _) => {
                self.surveys.push(Surveyed {
                    step: pending.step,
                    test: pending.test,
                    network: network.unwrap_or(portrait),
                    twin: network.map(|_| portrait),
                });
                self.start
                    .get_or_insert_with(|| pending.survey.into_modes());
            }
        }
    }

    /// New decay or step size from the next step on.
    pub fn change(&mut self, setup: Setup, acts: bool) -> Result<(), String> {
        self.network.set_optimiser(&setup)?;
        if let Some(twin) = &mut self.twin {
            twin.set_optimiser(&setup)?;
        }
        self.changed |= acts;
        self.setup = setup;
        Ok(())
    }

    /// The survey at a step, or the last one before it.
    pub fn surveyed_by(&self, step: u64) -> Option<&Surveyed> {
        self.surveys.iter().rev().find(|survey| survey.step <= step)
    }

    /// Share of the power of each unit's incoming weights at each frequency
    /// 1..=p/2, over both terms and without the mean: one row per frequency,
    /// one column per unit.
    pub fn fourier(&self) -> DMatrix<f64> {
        super::fourier::shares(self.network.mlp(), self.setup.modulus)
    }
}
