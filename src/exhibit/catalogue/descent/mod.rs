//! Descent: why does the test error rise and fall again as networks get
//! larger?
//!
//! Networks of fourteen widths train side by side on the same n noisy labels.
//! Each trains a second time on labels without noise, so that what the noise did
//! can be told from the rest: how much of it is memorised, and how much of that
//! arrives at the test points. Random features stand beside them in closed
//! form. Training by Adam is not described by the integrated operators; no
//! reading here uses them.

mod against_size;
mod arm;
mod claims;
mod course;
mod curves;
mod eigenvalue;
mod error;
mod features;
mod knobs;
mod noise;
mod noise_claims;
mod readings;
mod run;
mod summary;
mod sweep;

use crate::chart::Chart;
use crate::exhibit::slot::Slot;
use crate::exhibit::text;
use crate::exhibit::{
    Claim, Effect, Exhibit, ExhibitKind, KnobState, NetworkSnapshot, Probe, Reading, Settings,
    Status, View,
};
use knobs::Setup;
use run::Run;

/// Declaration of the exhibit.
pub static DESCENT: ExhibitKind = ExhibitKind {
    name: "descent",
    title: "Double descent, width by width",
    knobs: knobs::KNOBS,
    views: &[
        View {
            name: "error",
            title: "Test error",
        },
        View {
            name: "stopping",
            title: "Over steps",
        },
        View {
            name: "gain",
            title: "Noise gain",
        },
        View {
            name: "map",
            title: "Widths and steps",
        },
        View {
            name: "eigenvalue",
            title: "Smallest eigenvalue",
        },
        View {
            name: "memorised",
            title: "Noise memorised",
        },
    ],
    start: |settings| {
        Ok(Box::new(DescentExhibit {
            run: Slot::new(Run::new(Setup::read(settings))?),
            probe: None,
            seen: 0,
        }))
    },
    #[cfg(not(target_arch = "wasm32"))]
    fixture: crate::exhibit::Fixture {
        small: "points=30&seeds=1&steps=100",
        steps: 2,
        variants: &[("noise", "0"), ("seed", "3")],
        change: ("stop", "50"),
        shown_at: 200,
        diverges: &[],
        study: crate::exhibit::Study::DEFAULT,
    },
};

/// Where a person looks.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Looking {
    /// A width, by its index, in all views but one.
    Width(usize),
    /// A remembered step, by its index, in the view over steps.
    Step(usize),
}

#[derive(Debug)]
struct DescentExhibit {
    run: Slot<Run>,
    probe: Option<Looking>,
    /// Counts changes that redraw everything.
    seen: u64,
}

impl DescentExhibit {
    fn looking(&self, view: &str, probe: Probe) -> Option<Looking> {
        let moved = |at, by, count: usize| crate::exhibit::moved(at, by, count.saturating_sub(1));
        let widths = sweep::WIDTHS.len();
        match (view, probe, self.probe) {
            (_, Probe::Clear, _) => None,
            ("stopping", Probe::At([x, _]), _) => {
                let steps = course::steps(&self.run);
                let after = steps.partition_point(|&step| (step as f64) < x);
                Some(Looking::Step(after.min(steps.len() - 1)))
            }
            ("stopping", Probe::Move(by), Some(Looking::Step(at))) => {
                let count = course::steps(&self.run).len();
                Some(Looking::Step(moved(at, by, count)))
            }
            ("stopping", ..) => Some(Looking::Step(course::steps(&self.run).len() - 1)),
            ("map", Probe::At([_, y]), _) => {
                Some(Looking::Width(moved(0, y.round() as i32, widths)))
            }
            (_, Probe::At([x, _]), _) => Some(Looking::Width(against_size::nearest(x))),
            (_, Probe::Move(by), Some(Looking::Width(at))) => {
                Some(Looking::Width(moved(at, by, widths)))
            }
            (_, Probe::Move(_), _) => Some(Looking::Width(0)),
        }
    }
}

impl Exhibit for DescentExhibit {
    fn restart(&mut self, settings: &Settings) -> Result<(), String> {
        self.run.put(Run::new(Setup::read(settings))?);
        self.probe = None;
        self.seen += 1;
        Ok(())
    }

    fn release(&mut self) {
        self.run.take();
    }

    fn check(&self, _settings: &Settings) -> Result<(), String> {
        Ok(())
    }

    fn change(&mut self, settings: &Settings, _: Effect) -> Result<(), String> {
        // Only the stopping step changes without a restart.
        self.run.setup = Setup::read(settings);
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
        // One step a frame for a second, then up to four: a sweep takes
        // about ten seconds where the computer keeps up.
        (self.run.step / 30).clamp(1, 4)
    }

    fn readings(&mut self) -> Vec<Reading> {
        readings::readings(&self.run)
    }

    fn chart(&mut self, view: &str) -> Option<Chart> {
        let (run, probe) = (&self.run, self.probe);
        match view {
            "error" => Some(error::error(run, probe)),
            "stopping" => Some(course::stopping(run, probe)),
            "gain" => Some(noise::gain(run, probe)),
            "map" => Some(course::map(run, probe)),
            "eigenvalue" => Some(eigenvalue::eigenvalue(run, probe)),
            "memorised" => Some(noise::memorised(run, probe)),
            _ => None,
        }
    }

    fn revision(&self, view: &str) -> u64 {
        // What is remembered; the features arrive one a step in a sweep's first steps.
        let moving = match (view, &self.run.sweep) {
            ("error", Some(sweep)) => sweep.trace.records.len() as u64,
            (_, Some(sweep)) if self.run.done.is_empty() => sweep.trace.records.len() as u64,
            _ => 0,
        };
        (self.seen << 32) + ((self.run.done.len() as u64) << 20) + moving
    }

    fn probe(&mut self, view: &str, probe: Probe) -> bool {
        let looking = self.looking(view, probe);
        let changed = looking != self.probe;
        self.probe = looking;
        self.seen += u64::from(changed);
        changed
    }

    fn ledger(&mut self) -> Vec<Claim> {
        claims::ledger(&self.run)
    }

    fn knob_state(&mut self, knob: &str) -> KnobState {
        let setup = &self.run.setup;
        match knob {
            "stop" => KnobState {
                text: Some(match setup.stopping_step() {
                    step if step == setup.steps => "the end".into(),
                    step => format!("step {}", text::count(step)),
                }),
                ..KnobState::default()
            },
            "seeds" => KnobState {
                text: Some(format!("{} of {} done", self.run.done.len(), setup.seeds)),
                ..KnobState::default()
            },
            _ => KnobState::default(),
        }
    }

    fn caption(&mut self) -> String {
        let setup = &self.run.setup;
        let trained = match (&self.run.sweep, self.run.done.len()) {
            (Some(sweep), 0) => format!(
                "seed {}, step {} of {}",
                sweep.trace.seed,
                text::count(sweep.step),
                text::count(setup.steps)
            ),
            (_, count) => format!(
                "median of {count} of {} seeds from {}, {} steps each",
                setup.seeds,
                setup.seed,
                text::count(setup.steps)
            ),
        };
        format!("{trained}, n = {}, noise {}", setup.points, setup.noise)
    }

    fn description(&mut self) -> String {
        crate::exhibit::describe(
            self,
            ["error", "stopping", "gain", "eigenvalue", "memorised"],
        )
    }

    fn snapshot(&self) -> Vec<NetworkSnapshot> {
        let sweep = self.run.sweep.as_ref();
        sweep.map_or(Vec::new(), |sweep| sweep.snapshot())
    }
}
