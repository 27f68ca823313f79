//! Matrix completion: of all matrices that fit the entries seen, which one
//! does gradient descent find?
//!
//! X = W_L ... W_1 is trained on some entries of a matrix of low rank. With
//! one factor descent finds the solution of least Frobenius norm, which is 0
//! wherever nothing is seen. With two or more, started small, singular
//! values grow one after the other, and the first solution that they reach is
//! one of low rank. Nothing in the loss asks for it.

mod claims;
mod curves;
mod entries;
mod knobs;
mod readings;
mod run;
mod singular_values;

use super::{
    Claim, Effect, Exhibit, ExhibitKind, KnobState, NetworkSnapshot, Probe, Reading, Settings,
    Status, View,
};
use crate::chart::Chart;
use crate::exhibit::slot::Slot;
use crate::exhibit::words;
use knobs::{SIZE, Setup};
use run::Run;

/// Declaration of the exhibit.
pub static MATRIX: ExhibitKind = ExhibitKind {
    name: "matrix",
    title: "A matrix is completed by a product of matrices",
    knobs: knobs::KNOBS,
    views: &[
        View {
            name: "singular-values",
            title: "Singular values",
        },
        View {
            name: "matrix",
            title: "Matrix",
        },
        View {
            name: "errors",
            title: "Error",
        },
        View {
            name: "rank",
            title: "Effective rank",
        },
    ],
    start: |settings| {
        Ok(Box::new(MatrixExhibit {
            run: Slot::new(Run::new(Setup::read(settings))?),
            probe: None,
            seen: 0,
        }))
    },
    #[cfg(not(target_arch = "wasm32"))]
    fixture: super::Fixture {
        small: "",
        steps: 20,
        variants: &[("depth", "3"), ("observed", "0.6"), ("init-scale", "0.01")],
        change: ("pace", "5"),
        shown_at: 400,
        diverges: &[],
        study: super::Study::DEFAULT,
    },
};

/// Where a person looks.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Looking {
    /// A remembered step, in a view over steps.
    Record(usize),
    /// An entry of the matrix, column by column.
    Entry(usize),
}

#[derive(Debug)]
struct MatrixExhibit {
    run: Slot<Run>,
    probe: Option<Looking>,
    /// Counts changes that redraw everything.
    seen: u64,
}

impl MatrixExhibit {
    fn looking(&self, view: &str, probe: Probe) -> Option<Looking> {
        match (view, probe) {
            (_, Probe::Clear) => None,
            ("matrix", Probe::At(at)) => Some(Looking::Entry(entries::entry_at(at))),
            ("matrix", Probe::Move(by)) => Some(Looking::Entry(match self.probe {
                Some(Looking::Entry(at)) => super::moved(at, by, SIZE * SIZE - 1),
                _ => 0,
            })),
            (_, probe) => {
                let records = &self.run.records;
                let end = records.len() - 1;
                Some(Looking::Record(match (probe, self.probe) {
                    (Probe::At([x, _]), _) => records
                        .partition_point(|record| (record.step as f64) < x)
                        .min(end),
                    (Probe::Move(by), Some(Looking::Record(at))) => super::moved(at, by, end),
                    _ => end,
                }))
            }
        }
    }
}

impl Exhibit for MatrixExhibit {
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

    fn change(&mut self, settings: &Settings, _effect: Effect) -> Result<(), String> {
        // Only what is shown can change during a run.
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
        // One step a frame for a second, then faster, up to twenty: a whole
        // run takes about 12 s.
        self.run
            .setup
            .pace
            .unwrap_or_else(|| (self.run.step / 60).clamp(1, 20))
    }

    fn observe(&mut self) {
        self.run.observe();
    }

    fn readings(&mut self) -> Vec<Reading> {
        readings::readings(&mut self.run)
    }

    fn chart(&mut self, view: &str) -> Option<Chart> {
        let (run, probe) = (&mut self.run, self.probe);
        match view {
            "singular-values" => Some(singular_values::singular_values(run, probe)),
            "matrix" => Some(entries::entries(run, probe)),
            "errors" => Some(curves::errors(run, probe)),
            "rank" => Some(curves::rank(run, probe)),
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
        claims::ledger(&mut self.run)
    }

    fn knob_state(&mut self, knob: &str) -> KnobState {
        match knob {
            "observed" => KnobState {
                text: Some(format!("{} of {}", self.run.setup.seen, SIZE * SIZE)),
                ..KnobState::default()
            },
            _ => KnobState::default(),
        }
    }

    fn caption(&self) -> String {
        let setup = &self.run.setup;
        format!(
            "seed {}, depth {}, initial size {}, {} of {} seen, step {}",
            setup.seed,
            setup.depth,
            setup.init_scale,
            setup.seen,
            SIZE * SIZE,
            words::count(self.run.step)
        )
    }

    fn description(&mut self) -> String {
        super::describe(self, MATRIX.views.iter().map(|view| view.name))
    }

    fn snapshot(&self) -> Vec<NetworkSnapshot> {
        vec![self.run.snapshot()]
    }
}
