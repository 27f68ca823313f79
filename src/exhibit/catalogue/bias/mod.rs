//! Implicit bias of a network: in which order does gradient descent learn, and
//! which of all interpolating functions does it find?
//!
//! The theory orders directions by the eigenvalues of the integrated kernel
//! W_S, and says that the solution looks like a minimum-norm interpolant. The
//! exhibit measures both: the half-time of every direction against its
//! eigenvalue, for K at step 0 and for W, and the distance to the minimum-norm
//! interpolant of K at step 0, which a kernel that stands still would reach.

mod claims;
mod curves;
mod half_times;
mod integrated;
mod knobs;
mod problem;
mod readings;
mod run;
mod scatter;

use crate::chart::Chart;
use crate::exhibit::slot::Slot;
use crate::exhibit::text;
use crate::exhibit::{
    Claim, Effect, Exhibit, ExhibitKind, KnobState, NetworkSnapshot, Probe, Reading, Settings,
    Status, View,
};
use knobs::Setup;
use run::Run;
use scatter::Directions;

/// Declaration of the exhibit.
pub static BIAS: ExhibitKind = ExhibitKind {
    name: "bias",
    title: "The order of learning, and the solution that it leads to",
    knobs: knobs::KNOBS,
    views: &[
        View {
            name: "fixed-order",
            title: "Half-times, kernel at the start",
        },
        View {
            name: "integrated-order",
            title: "Half-times, integrated kernel",
        },
        View {
            name: "distance",
            title: "Distance to the minimum-norm interpolant",
        },
        View {
            name: "errors",
            title: "Error",
        },
    ],
    start: |settings| {
        Ok(Box::new(BiasExhibit {
            run: Slot::new(Run::new(Setup::read(settings)?)?),
            probe: None,
            seen: 0,
        }))
    },
    #[cfg(not(target_arch = "wasm32"))]
    fixture: crate::exhibit::Fixture {
        small: "widths=16&data=line",
        steps: 5,
        variants: &[("init-scale", "0.5"), ("noise", "0.2")],
        change: ("step-fraction", "0.3"),
        shown_at: 400,
        diverges: &[],
        study: crate::exhibit::Study::DEFAULT,
    },
};

/// Where a person looks.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Looking {
    /// A direction, counted from 0, by descending eigenvalue.
    Direction(usize),
    /// A remembered step.
    Record(usize),
}

#[derive(Debug)]
struct BiasExhibit {
    run: Slot<Run>,
    probe: Option<Looking>,
    /// Counts changes that redraw everything.
    seen: u64,
}

impl BiasExhibit {
    fn directions(&mut self, view: &str) -> Directions {
        match view {
            "fixed-order" => Directions::fixed(&self.run),
            _ => Directions::integrated(&mut self.run),
        }
    }

    fn looking(&mut self, view: &str, probe: Probe) -> Option<Looking> {
        match (view, probe) {
            (_, Probe::Clear) => None,
            ("fixed-order" | "integrated-order", probe) => {
                let values = self.directions(view).rates;
                let end = values.len().checked_sub(1)?;
                Some(Looking::Direction(match (probe, self.probe) {
                    // The nearest, on the log axis.
                    (Probe::At([x, _]), _) => {
                        let far = |v: f64| libm::fabs(libm::log(v.max(f64::MIN_POSITIVE) / x));
                        let by_distance =
                            |a: &usize, b: &usize| far(values[*a]).total_cmp(&far(values[*b]));
                        (0..=end).min_by(by_distance).unwrap_or(0)
                    }
                    (Probe::Move(by), Some(Looking::Direction(at))) => {
                        crate::exhibit::moved(at, by, end)
                    }
                    _ => 0,
                }))
            }
            (_, probe) => {
                let records = &self.run.records;
                let end = records.len() - 1;
                Some(Looking::Record(match (probe, self.probe) {
                    (Probe::At([x, _]), _) => records
                        .partition_point(|record| (record.step as f64) < x)
                        .min(end),
                    (Probe::Move(by), Some(Looking::Record(at))) => {
                        crate::exhibit::moved(at, by, end)
                    }
                    _ => end,
                }))
            }
        }
    }
}

impl Exhibit for BiasExhibit {
    fn restart(&mut self, settings: &Settings) -> Result<(), String> {
        self.run.put(Run::new(Setup::read(settings)?)?);
        self.probe = None;
        self.seen += 1;
        Ok(())
    }

    fn release(&mut self) {
        self.run.take();
    }

    fn check(&self, settings: &Settings) -> Result<(), String> {
        Setup::read(settings).map(|_| ())
    }

    fn change(&mut self, settings: &Settings, _effect: Effect) -> Result<(), String> {
        // Only what is shown can change during a run.
        self.run.setup = Setup::read(settings)?;
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
        self.run.integrated();
    }

    fn readings(&mut self) -> Vec<Reading> {
        readings::readings(&mut self.run)
    }

    fn chart(&mut self, view: &str) -> Option<Chart> {
        let probe = self.probe;
        match view {
            "fixed-order" | "integrated-order" => {
                let directions = self.directions(view);
                Some(scatter::scatter(&self.run, &directions, probe))
            }
            "distance" => Some(curves::distance(&mut self.run, probe)),
            "errors" => Some(curves::errors(&mut self.run, probe)),
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

    fn knob_state(&mut self, _knob: &str) -> KnobState {
        KnobState::default()
    }

    fn caption(&mut self) -> String {
        let setup = &self.run.setup;
        format!(
            "seed {}, widths {}, initial weights {}, noise {}, step {}",
            setup.seed,
            setup.widths(),
            setup.init_scale,
            setup.noise,
            text::count(self.run.step)
        )
    }

    fn description(&mut self) -> String {
        crate::exhibit::describe(self, BIAS.views.iter().map(|view| view.name))
    }

    fn snapshot(&self) -> Vec<NetworkSnapshot> {
        vec![self.run.snapshot()]
    }
}
