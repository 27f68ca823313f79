//! Reservoir: how soft is it? How the gap of the integrated kernel's spectrum,
//! the size of the reservoir, and what leaks from it go with width, depth and
//! training length.
//!
//! W' = sum eta P^T K P has a null space only in the idealisation. In a real
//! run its eigenvalues fall off without end, the reservoir is what lies below
//! a threshold, and the change at the test points has a part that comes from
//! there, G Pi g(s) with Pi the projection on the reservoir: the leak.

mod arm;
mod claims;
mod knobs;
mod views;

use crate::chart::Chart;
use crate::exhibit::{
    Claim, Effect, Exhibit, ExhibitKind, KnobState, NetworkSnapshot, Probe, Reading, Schedule,
    Settings, Status, View,
};
use crate::exhibit::{modes, text};
use arm::{Arm, Snapshot};
use knobs::Setup;

/// Steps of every network.
const LENGTH: u64 = 4_000;

/// Steps that are remembered.
const SCHEDULE: Schedule = Schedule::new(12);

/// Declaration of the exhibit.
pub static RESERVOIR: ExhibitKind = ExhibitKind {
    name: "reservoir",
    title: "How soft the reservoir is",
    knobs: knobs::KNOBS,
    views: &[
        View {
            name: "dimension",
            title: "Reservoir",
        },
        View {
            name: "gap",
            title: "Gap",
        },
        View {
            name: "leak",
            title: "Leak",
        },
        View {
            name: "noise",
            title: "Noise",
        },
    ],
    start: |settings| Ok(Box::new(ReservoirExhibit::new(Setup::read(settings))?)),
    #[cfg(not(target_arch = "wasm32"))]
    fixture: crate::exhibit::Fixture {
        small: "points=8&seeds=1",
        steps: 6,
        variants: &[("noise", "0"), ("sweep", "activation")],
        change: ("threshold", "0.1"),
        shown_at: 100,
        diverges: &[],
        study: crate::exhibit::Study::DEFAULT,
    },
};

/// Every network of one seed.
#[derive(Debug)]
struct Trial {
    arms: Vec<Arm>,
}

#[derive(Debug)]
struct ReservoirExhibit {
    setup: Setup,
    /// One per seed so far; the last is running.
    trials: Vec<Trial>,
    /// Steps of the running trial.
    since: u64,
    step: u64,
    status: Status,
    /// A remembered step that a person looks at, by its place.
    probe: Option<usize>,
    seen: u64,
}

impl ReservoirExhibit {
    fn new(setup: Setup) -> Result<Self, String> {
        let mut exhibit = Self {
            setup,
            trials: Vec::new(),
            since: 0,
            step: 0,
            status: Status::Ready,
            probe: None,
            seen: 0,
        };
        exhibit.begin_trial()?;
        Ok(exhibit)
    }

    fn begin_trial(&mut self) -> Result<(), String> {
        let seed = self.setup.seed + self.trials.len() as u32;
        let shapes = self.setup.shapes.iter();
        let arms = shapes.map(|shape| Arm::new(&self.setup, shape, seed));
        self.trials.push(Trial {
            arms: arms.collect::<Result<_, _>>()?,
        });
        self.since = 0;
        Ok(())
    }

    /// One step of every network, in lockstep.
    fn step_all(&mut self) -> Result<(), String> {
        let Some(trial) = self.trials.last_mut() else {
            return Ok(());
        };
        self.since += 1;
        for arm in &mut trial.arms {
            let fraction = self.setup.step_fraction;
            let mut taken = arm.advance(fraction);
            if SCHEDULE.is_due(self.since) || self.since == LENGTH {
                taken = taken.and_then(|()| Ok(arm.remember()?));
            }
            taken.map_err(|cause| arm.diverged(fraction, cause))?;
        }
        self.step += 1;
        if self.since == LENGTH {
            if self.trials.len() as u32 == self.setup.seeds {
                self.status = Status::Finished(format!(
                    "All {} networks have had their {} steps.",
                    3 * self.setup.seeds,
                    text::count(LENGTH)
                ));
            } else {
                self.begin_trial()?;
            }
        }
        Ok(())
    }

    /// Share of all the steps that are done.
    fn progress(&self) -> f64 {
        self.step as f64 / (LENGTH * u64::from(self.setup.seeds)) as f64
    }

    /// The snapshots of one network at its k-th remembered step, over seeds.
    fn snapshots(&self, shape: usize, k: usize) -> impl Iterator<Item = &Snapshot> {
        let arms = self.trials.iter().map(move |trial| &trial.arms[shape]);
        arms.filter_map(move |arm| arm.snapshots.get(k))
    }

    /// How many steps have been remembered in the first trial.
    fn remembered(&self) -> usize {
        self.trials[0].arms[0].snapshots.len()
    }

    /// The median over seeds of a number at the k-th remembered step.
    fn median(&self, shape: usize, k: usize, value: impl Fn(&Snapshot) -> f64) -> f64 {
        let sample = self.snapshots(shape, k).map(value);
        let mut sample: Vec<f64> = sample.filter(|v| v.is_finite()).collect();
        sample.sort_by(f64::total_cmp);
        sample.get(sample.len() / 2).copied().unwrap_or(f64::NAN)
    }
}

impl Exhibit for ReservoirExhibit {
    fn restart(&mut self, settings: &Settings) -> Result<(), String> {
        let seen = self.seen + 1;
        *self = Self::new(Setup::read(settings))?;
        self.seen = seen;
        Ok(())
    }

    fn release(&mut self) {
        self.trials = Vec::new();
    }

    fn check(&self, _settings: &Settings) -> Result<(), String> {
        Ok(())
    }

    fn change(&mut self, settings: &Settings, _effect: Effect) -> Result<(), String> {
        // Only the split can change within a run.
        self.setup.threshold = Setup::read(settings).threshold;
        self.seen += 1;
        Ok(())
    }

    fn advance(&mut self) {
        if self.status == Status::Ready
            && let Err(reason) = self.step_all()
        {
            self.status = Status::Failed(reason);
        }
    }

    fn step_count(&self) -> u64 {
        self.step
    }

    fn status(&self) -> &Status {
        &self.status
    }

    fn pace(&self) -> u64 {
        (self.step / 60).clamp(1, 20)
    }

    fn readings(&mut self) -> Vec<Reading> {
        views::readings(self)
    }

    fn chart(&mut self, view: &str) -> Option<Chart> {
        views::chart(self, view)
    }

    fn revision(&self, _view: &str) -> u64 {
        let snapshots = self
            .trials
            .iter()
            .map(|trial| trial.arms[0].snapshots.len());
        (self.seen << 32) + snapshots.sum::<usize>() as u64
    }

    fn probe(&mut self, _view: &str, probe: Probe) -> bool {
        let end = self.remembered().saturating_sub(1);
        let looking = match (probe, self.probe) {
            (Probe::Clear, _) => None,
            (Probe::At([x, _]), _) => {
                let steps = &self.trials[0].arms[0].snapshots;
                Some(steps.partition_point(|s| (s.step as f64) < x).min(end))
            }
            (Probe::Move(by), Some(at)) => Some(crate::exhibit::moved(at, by, end)),
            (Probe::Move(_), None) => Some(end),
        };
        let changed = looking != self.probe;
        self.probe = looking;
        self.seen += u64::from(changed);
        changed
    }

    fn ledger(&mut self) -> Vec<Claim> {
        claims::ledger(self)
    }

    fn knob_state(&mut self, knob: &str) -> KnobState {
        let text = match knob {
            "threshold" => Some(modes::split_words(self.setup.threshold)),
            "seeds" => Some(format!("{} of {}", self.trials.len(), self.setup.seeds)),
            _ => None,
        };
        KnobState {
            text,
            ..KnobState::default()
        }
    }

    fn caption(&mut self) -> String {
        format!(
            "by {}, noise {}, {} of {} seeds, {} done",
            self.setup.sweep,
            self.setup.noise,
            self.trials.len(),
            self.setup.seeds,
            text::whole_percent(self.progress())
        )
    }

    fn description(&mut self) -> String {
        crate::exhibit::describe(self, RESERVOIR.views.iter().map(|view| view.name))
    }

    fn snapshot(&self) -> Vec<NetworkSnapshot> {
        let shapes = self.setup.shapes.iter();
        let arms = self.trials.last().map_or(&[][..], |trial| &trial.arms);
        let named = shapes.zip(arms);
        named.map(|(shape, arm)| arm.lay_open(shape)).collect()
    }
}
