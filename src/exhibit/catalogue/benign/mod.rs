//! Benign: when does it cost nothing to fit wrong labels?
//!
//! A network learns two classes until it fits every label, those that were
//! flipped included. The labels are y = c + eps, class and noise, and both
//! parts reach the test points through the same operator,
//! U_Q(T) - U_Q(0) = -G g(0). In few dimensions the noise arrives there
//! nearly as it is, in many it is damped: the exhibit measures its gain.

mod claims;
mod errors;
mod gain;
mod knobs;
mod margins;
mod memory;
mod operators;
mod readings;
mod run;
mod training;
mod transfer;

use crate::chart::Chart;
use crate::exhibit::slot::Slot;
use crate::exhibit::text;
use crate::exhibit::{
    Claim, Effect, Exhibit, ExhibitKind, KnobState, NetworkSnapshot, Probe, Reading, Settings,
    Status, View,
};
use knobs::Setup;
use memory::Memory;
use run::Run;

/// Declaration of the exhibit.
pub static BENIGN: ExhibitKind = ExhibitKind {
    name: "benign",
    title: "Fitting wrong labels, at a cost and at none",
    knobs: knobs::KNOBS,
    views: &[
        View {
            name: "errors",
            title: "Errors",
        },
        View {
            name: "gain",
            title: "Gain",
        },
        View {
            name: "margins",
            title: "Margins",
        },
        View {
            name: "operators",
            title: "Operators",
        },
    ],
    start: |settings| {
        Ok(Box::new(BenignExhibit {
            run: Slot::new(Run::new(Setup::read(settings))?),
            memory: Memory::default(),
            probe: None,
            seen: 0,
        }))
    },
    #[cfg(not(target_arch = "wasm32"))]
    fixture: crate::exhibit::Fixture {
        small: "dimension=40&width=8",
        steps: 5,
        variants: &[("flips", "0"), ("width", "4")],
        change: ("signal", "4"),
        shown_at: 1000,
        diverges: &[("dimension=12&width=1&flips=0", "width")],
        study: crate::exhibit::Study {
            // Its claims are about the present network, and a sweep ends with
            // the smallest dimension.
            remark: Some("at d = 10, where a sweep ends"),
            ..crate::exhibit::Study::DEFAULT
        },
    },
};

/// Where a person looks.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Looking {
    /// A remembered step of the present training.
    Record(usize),
    /// A dimension, by its place among those that are shown.
    Outcome(usize),
    /// A direction of W.
    Mode(usize),
}

#[derive(Debug)]
struct BenignExhibit {
    run: Slot<Run>,
    memory: Memory,
    probe: Option<Looking>,
    /// Counts changes that redraw everything.
    seen: u64,
}

impl BenignExhibit {
    fn looking(&self, view: &str, probe: Probe) -> Option<Looking> {
        let place = |count: usize, found: usize, now: Option<usize>| {
            let end = count.checked_sub(1)?;
            Some(match (probe, now) {
                (Probe::Move(by), Some(at)) => crate::exhibit::moved(at, by, end),
                (Probe::Move(_), None) => end,
                _ => found.min(end),
            })
        };
        let x = match probe {
            Probe::Clear => return None,
            Probe::At([x, _]) => x,
            Probe::Move(_) => 0.0,
        };
        match view {
            "errors" | "margins" => {
                let records = &self.run.training.records;
                let found = records.partition_point(|record| (record.step as f64) < x);
                let now = match self.probe {
                    Some(Looking::Record(at)) => Some(at),
                    _ => None,
                };
                place(records.len(), found, now).map(Looking::Record)
            }
            "gain" => {
                let shown = self.memory.outcomes(&self.run);
                let off = |i: &usize| libm::fabs(libm::log(shown[*i].dimension as f64 / x));
                let found = (0..shown.len()).min_by(|a, b| off(a).total_cmp(&off(b)));
                let now = match self.probe {
                    Some(Looking::Outcome(at)) => Some(at),
                    _ => None,
                };
                place(shown.len(), found.unwrap_or(0), now).map(Looking::Outcome)
            }
            "operators" => {
                let found = (x.round() - 1.0).max(0.0) as usize;
                let now = match self.probe {
                    Some(Looking::Mode(at)) => Some(at),
                    _ => None,
                };
                place(training::POINTS, found, now).map(Looking::Mode)
            }
            _ => self.probe,
        }
    }
}

impl Exhibit for BenignExhibit {
    fn restart(&mut self, settings: &Settings) -> Result<(), String> {
        let run = Run::new(Setup::read(settings))?;
        if let Some(left) = self.run.put(run) {
            self.memory.keep(&left);
        }
        self.probe = None;
        self.seen += 1;
        Ok(())
    }

    fn release(&mut self) {
        if let Some(left) = self.run.take() {
            self.memory.keep(&left);
        }
    }

    fn check(&self, _settings: &Settings) -> Result<(), String> {
        Ok(())
    }

    fn change(&mut self, settings: &Settings, _effect: Effect) -> Result<(), String> {
        // Every knob is one of the data or the network.
        self.restart(settings)
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
        // One step a frame at first, up to twelve: the whole row takes about half
        // a minute, most of it at d = 10.
        (self.run.training.step / 40).clamp(1, 12)
    }

    fn readings(&mut self) -> Vec<Reading> {
        readings::readings(&mut self.run)
    }

    fn chart(&mut self, view: &str) -> Option<Chart> {
        let (run, probe) = (&mut self.run, self.probe);
        match view {
            "errors" => Some(errors::errors(run, probe)),
            "gain" => Some(gain::gain(run, &self.memory, probe)),
            "margins" => Some(margins::margins(run, probe)),
            "operators" => operators::operators(run, probe),
            _ => None,
        }
    }

    fn revision(&self, _view: &str) -> u64 {
        (self.seen << 32) + self.run.step
    }

    fn probe(&mut self, view: &str, probe: Probe) -> bool {
        let looking = self.looking(view, probe);
        let changed = looking != self.probe;
        self.probe = looking;
        self.seen += u64::from(changed);
        changed
    }

    fn ledger(&mut self) -> Vec<Claim> {
        claims::ledger(&mut self.run, &self.memory)
    }

    fn knob_state(&mut self, knob: &str) -> KnobState {
        let run = &self.run;
        let text = match knob {
            "dimension" if run.setup.sweep => Some(format!("now {}", run.training.dimension)),
            "sweep" if run.setup.sweep => {
                let (at, all) = run.place();
                Some(format!("{at} of {all}"))
            }
            _ => None,
        };
        KnobState {
            text,
            ..KnobState::default()
        }
    }

    fn caption(&mut self) -> String {
        let (setup, training) = (&self.run.setup, &self.run.training);
        format!(
            "d = {}, {} flipped, seed {}, step {}",
            training.dimension,
            text::whole_percent(setup.flips),
            setup.seed,
            text::count(training.step)
        )
    }

    fn description(&mut self) -> String {
        crate::exhibit::describe(self, BENIGN.views.iter().map(|view| view.name))
    }

    fn snapshot(&self) -> Vec<NetworkSnapshot> {
        self.run.training.snapshot()
    }
}
