//! Race: does the SNR gate do what is said of it?
//!
//! ```text
//! arm a:  w <- w - eta (m_a o d + decay),   m_a from its own gradients, from a coin, or 1
//! ```
//!
//! Several arms start from the same data and weights, see the same batches and
//! take their steps in lockstep: no gate, a gate, a random mask that opens as
//! many parameters at every step, no gate at a step smaller by as much. One seed is a
//! heat; verdicts are about paired differences over several.

mod addition;
mod along;
mod boundary;
mod claims;
mod comparison;
mod course;
#[cfg(not(target_arch = "wasm32"))]
mod fixtures;
mod frontier;
mod heat;
mod knobs;
mod mask;
mod openness;
mod paired;
mod pinn;
mod preferences;
mod readings;
mod regression;
mod rule;
mod run;
mod score;
mod style;

use crate::chart::Chart;
use crate::exhibit::slot::Slot;
use crate::exhibit::text;
use crate::exhibit::{
    Claim, Effect, Exhibit, ExhibitKind, KnobState, NetworkSnapshot, Probe, Reading, Settings,
    Status, View,
};
use course::Discipline;
use run::Run;

const fn view(name: &'static str, title: &'static str) -> View {
    View { name, title }
}

const SCORE: View = view("score", "Score");
const PAIRED: View = view("paired", "Paired comparison");
const OPEN: View = view("open", "Open share");
const BOUNDARY: View = view("boundary", "Signal against noise");
const MASK: View = view("mask", "Mask");

/// The race on noisy regression.
pub static RACE: ExhibitKind = ExhibitKind {
    name: "race",
    title: "The gate on trial: noisy regression",
    knobs: regression::KNOBS,
    views: &[
        SCORE,
        View {
            name: "fit",
            title: "Fit",
        },
        PAIRED,
        OPEN,
        BOUNDARY,
        MASK,
    ],
    start: |settings| RaceExhibit::start(&regression::REGRESSION, &RACE, settings),
    #[cfg(not(target_arch = "wasm32"))]
    fixture: fixtures::REGRESSION,
};

/// The race on modular addition.
pub static RACE_ADDITION: ExhibitKind = ExhibitKind {
    name: "race-addition",
    title: "The gate on trial: grokking",
    knobs: addition::KNOBS,
    views: &[SCORE, PAIRED, OPEN, BOUNDARY, MASK],
    start: |settings| RaceExhibit::start(&addition::ADDITION, &RACE_ADDITION, settings),
    #[cfg(not(target_arch = "wasm32"))]
    fixture: fixtures::ADDITION,
};

/// The race on a differential equation.
pub static RACE_PINN: ExhibitKind = ExhibitKind {
    name: "race-pinn",
    title: "The gate on trial: a physics-informed network",
    knobs: pinn::KNOBS,
    views: &[
        SCORE,
        View {
            name: "solution",
            title: "Solution",
        },
        View {
            name: "memorised",
            title: "Noise memorised",
        },
        PAIRED,
        View {
            name: "residual",
            title: "Residual along x",
        },
        OPEN,
        BOUNDARY,
        MASK,
    ],
    start: |settings| RaceExhibit::start(&pinn::PINN, &RACE_PINN, settings),
    #[cfg(not(target_arch = "wasm32"))]
    fixture: fixtures::PINN,
};

/// The race on preferences.
pub static RACE_PREFERENCES: ExhibitKind = ExhibitKind {
    name: "race-preferences",
    title: "The gate on trial: preferences",
    knobs: preferences::KNOBS,
    views: &[
        SCORE,
        View {
            name: "frontier",
            title: "Reward and divergence",
        },
        View {
            name: "divergence",
            title: "Divergence",
        },
        PAIRED,
        OPEN,
        BOUNDARY,
        MASK,
    ],
    start: |settings| RaceExhibit::start(&preferences::PREFERENCES, &RACE_PREFERENCES, settings),
    #[cfg(not(target_arch = "wasm32"))]
    fixture: fixtures::PREFERENCES,
};

/// Where a person looks.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Looking {
    /// A step of a heat.
    Step(u64),
    /// An arm after the first, by its row.
    Arm(usize),
    /// A place along x.
    Input(f64),
    /// A parameter in the picture of the mask.
    Parameter(usize),
    /// A cell of the picture of signal against noise.
    Cell(usize),
}

impl Looking {
    fn input(self) -> Option<f64> {
        match self {
            Self::Input(x) => Some(x),
            _ => None,
        }
    }

    fn parameter(self) -> Option<usize> {
        match self {
            Self::Parameter(at) => Some(at),
            _ => None,
        }
    }

    fn cell(self) -> Option<usize> {
        match self {
            Self::Cell(at) => Some(at),
            _ => None,
        }
    }
}

#[derive(Debug)]
struct RaceExhibit {
    kind: &'static ExhibitKind,
    discipline: &'static Discipline,
    run: Slot<Run>,
    probe: Option<Looking>,
    /// Counts changes that redraw everything.
    seen: u64,
}

impl RaceExhibit {
    fn start(
        discipline: &'static Discipline,
        kind: &'static ExhibitKind,
        settings: &Settings,
    ) -> Result<Box<dyn Exhibit>, String> {
        Ok(Box::new(Self {
            kind,
            discipline,
            run: Slot::new(Run::new(discipline, settings)?),
            probe: None,
            seen: 0,
        }))
    }

    fn looking(&mut self, view: &str, probe: Probe) -> Option<Looking> {
        let rows = self.run.setup.arms.len() - 1;
        let steps: Vec<u64> = match self.run.shown().first() {
            Some(trace) => trace.records.iter().map(|record| record.step).collect(),
            None => Vec::new(),
        };
        let step = |at: usize| steps.get(at).map(|step| Looking::Step(*step));
        match (view, probe, self.probe) {
            (_, Probe::Clear, _) => None,
            ("paired", Probe::At([_, y]), _) => {
                let from_below = (y.round().max(1.0) as usize).min(rows);
                Some(Looking::Arm(rows - from_below))
            }
            ("paired", Probe::Move(by), Some(Looking::Arm(at))) => {
                Some(Looking::Arm(crate::exhibit::moved(at, by, rows - 1)))
            }
            ("paired", ..) => Some(Looking::Arm(0)),
            ("fit" | "solution" | "residual", ..) => {
                let from = self.probe.and_then(Looking::input);
                along::looking(view, probe, from).map(Looking::Input)
            }
            ("mask", ..) => {
                let from = self.probe.and_then(Looking::parameter);
                mask::looking(&self.run, probe, from).map(Looking::Parameter)
            }
            ("boundary", ..) => {
                let from = self.probe.and_then(Looking::cell);
                boundary::looking(&mut self.run, probe, from).map(Looking::Cell)
            }
            ("frontier", Probe::At(at), _) => frontier::nearest(&self.run, at).map(Looking::Step),
            (_, Probe::At([x, _]), _) => {
                let after = steps.partition_point(|step| (*step as f64) < x);
                step(after.min(steps.len().saturating_sub(1)))
            }
            (_, Probe::Move(by), Some(Looking::Step(at))) => {
                let here = steps.partition_point(|step| *step < at);
                step(crate::exhibit::moved(
                    here,
                    by,
                    steps.len().saturating_sub(1),
                ))
            }
            _ => step(steps.len().saturating_sub(1)),
        }
    }
}

impl Exhibit for RaceExhibit {
    fn restart(&mut self, settings: &Settings) -> Result<(), String> {
        self.run.put(Run::new(self.discipline, settings)?);
        self.probe = None;
        self.seen += 1;
        Ok(())
    }

    fn release(&mut self) {
        self.run.take();
    }

    fn check(&self, settings: &Settings) -> Result<(), String> {
        self.run.check(settings).map(|_| ())
    }

    fn change(&mut self, settings: &Settings, _: Effect) -> Result<(), String> {
        self.run.look(settings)?;
        self.seen += 1;
        Ok(())
    }

    fn advance(&mut self) {
        self.run.advance();
    }

    fn step_count(&self) -> u64 {
        self.run.step
    }

    fn status(&self) -> &Status {
        &self.run.status
    }

    fn pace(&self) -> u64 {
        // One step a frame at first, so that the start is seen; a repetition
        // is there for its result.
        let most = self.run.discipline.most_steps_a_frame;
        match self.run.done().len() {
            0 => (self.run.heat.step / 15).clamp(1, most),
            _ => 4 * most,
        }
    }

    fn readings(&mut self) -> Vec<Reading> {
        readings::readings(&self.run)
    }

    fn chart(&mut self, view: &str) -> Option<Chart> {
        let probe = self.probe;
        match view {
            "score" => {
                let score = self.run.discipline.score;
                Some(score::over_the_race(&self.run, probe, "score", score))
            }
            "paired" => Some(paired::paired(&self.run, probe)),
            "open" => Some(openness::openness(&self.run, probe)),
            "mask" => Some(mask::mask(&self.run, probe.and_then(Looking::parameter))),
            "boundary" => {
                let cell = probe.and_then(Looking::cell);
                Some(boundary::boundary(&mut self.run, cell))
            }
            _ => {
                let mut chart = self.run.heat.course.chart(view, &self.run, probe)?;
                if let Some(x) = probe.and_then(Looking::input) {
                    along::tell(&mut chart, &self.run, x);
                }
                Some(chart)
            }
        }
    }

    fn revision(&self, view: &str) -> u64 {
        let moving = match view {
            "paired" => 0,
            "score" | "open" => match self.run.done() {
                [] => self.run.heat.trace.records.len() as u64,
                _ => 0,
            },
            // A repetition is there for its result: its pictures can wait.
            _ => match self.run.done().len() {
                0 => self.run.step,
                _ => self.run.step / 64,
            },
        };
        (self.seen << 40) + ((self.run.done().len() as u64) << 32) + moving
    }

    fn probe(&mut self, view: &str, probe: Probe) -> bool {
        let looking = self.looking(view, probe);
        let changed = looking != self.probe;
        self.probe = looking;
        self.seen += u64::from(changed);
        changed
    }

    fn ledger(&mut self) -> Vec<Claim> {
        (self.run.discipline.claims)(&self.run)
    }

    fn knob_state(&mut self, knob: &str) -> KnobState {
        let run = &self.run;
        let text = match knob {
            "seeds" => Some(format!("{} of {} done", run.done().len(), run.setup.seeds)),
            "stop-below" => Some(match run.setup.stop_below {
                0.0 => "never".to_owned(),
                share => text::percent(share),
            }),
            _ => None,
        };
        KnobState {
            text,
            ..KnobState::default()
        }
    }

    fn caption(&mut self) -> String {
        let run = &self.run;
        let heats = match run.done().len() {
            0 => format!(
                "seed {}, step {} of {}",
                run.heat.trace.seed,
                text::count(run.heat.step),
                text::count(run.setup.steps)
            ),
            count => format!(
                "{count} of {} seeds from {}",
                run.setup.seeds, run.setup.seed
            ),
        };
        format!("{}, {heats}", (run.discipline.caption)(&run.settings))
    }

    fn description(&mut self) -> String {
        let views = self.kind.views;
        crate::exhibit::describe(self, views.iter().map(|view| view.name))
    }

    fn snapshot(&self) -> Vec<NetworkSnapshot> {
        let arms = 0..self.run.setup.arms.len();
        arms.map(|arm| self.run.heat.snapshot(arm, self.run.setup.label(arm)))
            .collect()
    }
}
