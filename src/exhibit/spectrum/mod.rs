//! Spectrum: which part of the error does a network learn, and which does it
//! leave?
//!
//! Gradient descent with squared loss moves the residual by
//! r <- (I - (eta/n) K_SS) r: along eigenvector v_i it shrinks at rate lambda_i. The
//! exhibit trains a network on noisy 1D data and shows K_SS, its
//! eigenvalues, the residual's energy |<v_i, r>|^2, and the run that the
//! kernel would predict if it stood still.

mod bars;
mod claims;
mod comparison;
mod fit;
mod history;
mod knobs;
mod loss;
mod observation;
mod readings;
mod run;

#[cfg(feature = "all-exhibits")]
use super::NetworkSnapshot;
use super::{
    Claim, Effect, Exhibit, ExhibitKind, KnobState, Probe, Reading, Settings, Status, View,
};
use crate::chart::Chart;
use crate::exhibit::knob::{data_state, idle_for_own_points};
use crate::exhibit::slot::Slot;
use crate::exhibit::{modes, text};
use comparison::Comparison;
use knobs::Setup;
use run::Run;

/// Declaration of the exhibit.
pub static SPECTRUM: ExhibitKind = ExhibitKind {
    name: "spectrum",
    title: "The kernel's spectrum while a network learns",
    knobs: knobs::KNOBS,
    views: &[
        View {
            name: "fit",
            title: "Fit",
        },
        View {
            name: "eigenvalues",
            title: "Eigenvalues",
        },
        View {
            name: "loss",
            title: "Loss",
        },
        View {
            name: "residual",
            title: "Residual",
        },
        View {
            name: "history",
            title: "History",
        },
    ],
    start: |settings| {
        let run = Slot::new(Run::new(Setup::read(settings)?)?);
        Ok(Box::new(SpectrumExhibit {
            run,
            comparison: Comparison::default(),
            probe: None,
            seen: 0,
        }))
    },
    #[cfg(not(target_arch = "wasm32"))]
    fixture: super::Fixture {
        small: "widths=8&points=8",
        steps: 12,
        variants: &[
            ("gate", "hard"),
            ("noise", "0"),
            ("target", "step"),
            ("widths", "4-4"),
            ("points", "5"),
            ("seed", "4"),
            ("weight-seed", "2"),
            ("batch", "4"),
        ],
        change: ("step-fraction", "0.2"),
        shown_at: 600,
        diverges: &[
            ("step-fraction=4", "step-fraction"),
            ("step-fraction=4&gate=hard&batch=4", "step-fraction"),
        ],
        study: super::Study::DEFAULT,
    },
};

/// Where a person looks: a view and a place in it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Looking {
    /// A mode, counted from 0, in either spectrum view or the history.
    Mode(usize),
    /// A test point in the fit.
    Input(usize),
    /// A remembered step in the loss.
    Record(usize),
}

#[derive(Debug)]
struct SpectrumExhibit {
    run: Slot<Run>,
    comparison: Comparison,
    probe: Option<Looking>,
    /// Counts changes that redraw everything.
    seen: u64,
}

impl SpectrumExhibit {
    fn looking(&mut self, view: &str, probe: Probe) -> Option<Looking> {
        let last = |count: usize| count.saturating_sub(1);
        match (view, probe) {
            (_, Probe::Clear) => None,
            ("eigenvalues" | "residual" | "history", probe) => {
                let end = last(self.run.setup.points);
                Some(Looking::Mode(match (probe, self.probe) {
                    (Probe::At([x, y]), _) => {
                        let mode = if view == "history" { y } else { x };
                        (mode.round() - 1.0).clamp(0.0, end as f64) as usize
                    }
                    (Probe::Move(by), Some(Looking::Mode(at))) => super::moved(at, by, end),
                    _ => 0,
                }))
            }
            ("fit", probe) => {
                let inputs = &self.run.base.problem.test_inputs;
                let end = last(inputs.len());
                Some(Looking::Input(match (probe, self.probe) {
                    (Probe::At([x, _]), _) => self.run.base.nearest_input(x),
                    // Ten places at a time: the grid is fine.
                    (Probe::Move(by), Some(Looking::Input(at))) => {
                        super::moved(at, by.saturating_mul(10), end)
                    }
                    _ => end / 2,
                }))
            }
            ("loss", probe) => {
                let records = &self.run.records;
                let end = last(records.len());
                Some(Looking::Record(match (probe, self.probe) {
                    (Probe::At([x, _]), _) => records
                        .partition_point(|record| (record.step as f64) < x)
                        .min(end),
                    (Probe::Move(by), Some(Looking::Record(at))) => super::moved(at, by, end),
                    _ => end,
                }))
            }
            _ => self.probe,
        }
    }
}

impl Exhibit for SpectrumExhibit {
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

    fn change(&mut self, settings: &Settings, effect: Effect) -> Result<(), String> {
        let setup = Setup::read(settings)?;
        self.seen += 1;
        self.run.change(setup, effect)
    }

    fn advance(&mut self) {
        let before = self.run.step;
        self.run.advance();
        let over = matches!(self.run.status, Status::Finished(_));
        if over && self.run.step > before && !self.run.changed {
            self.comparison.record(&mut self.run);
        }
    }

    fn step_count(&self) -> u64 {
        self.run.step
    }

    fn status(&self) -> &Status {
        &self.run.status
    }

    fn pace(&self) -> u64 {
        // One step a frame for a second, then faster by a factor e a second,
        // up to twenty: the whole run takes about 13 s.
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
            "fit" => Some(fit::fit(run, probe)),
            "loss" => Some(loss::loss(run, probe)),
            "eigenvalues" => Some(bars::eigenvalues(run, probe)),
            "residual" => Some(bars::residual(run, probe)),
            "history" => Some(history::history(run, probe)),
            _ => None,
        }
    }

    fn revision(&self, view: &str) -> u64 {
        let moving = if view == "history" {
            self.run.records.len() as u64
        } else {
            self.run.step
        };
        (self.seen << 32) + moving
    }

    fn probe(&mut self, view: &str, probe: Probe) -> bool {
        let looking = self.looking(view, probe);
        let changed = looking != self.probe;
        self.probe = looking;
        self.seen += u64::from(changed);
        changed
    }

    fn ledger(&mut self) -> Vec<Claim> {
        let mut claims = claims::ledger(&mut self.run);
        claims.push(self.comparison.claim(&self.run.setup));
        claims
    }

    fn knob_state(&mut self, knob: &str) -> KnobState {
        let idle = self.idle(knob);
        let run = &mut self.run;
        let state = match knob {
            "step-fraction" => {
                let factor = run.base.batch_factor();
                let first = run.base.first_largest;
                let limit = first / run.observe().spectrum.largest() / factor;
                let c = run.setup.step_fraction;
                KnobState {
                    text: Some(format!(
                        "{}, {} of limit",
                        text::fixed(c, if c < 0.1 { 3 } else { 2 }),
                        text::whole_percent(c / limit)
                    )),
                    limit: Some(limit),
                    ..KnobState::default()
                }
            }
            "batch" => KnobState {
                text: Some(format!("{} of {}", run.setup.batch, run.setup.points)),
                ..KnobState::default()
            },
            "threshold" => KnobState {
                text: Some(modes::split_words(run.setup.threshold)),
                ..KnobState::default()
            },
            "data" => data_state(&run.setup.own),
            _ => KnobState::default(),
        };
        KnobState { idle, ..state }
    }

    fn idle(&self, knob: &str) -> Option<String> {
        idle_for_own_points(knob, &self.run.setup.own)
    }

    fn points(&self, view: &str) -> Option<Vec<[f64; 2]>> {
        (view == "fit").then(|| self.run.base.rings())
    }

    fn caption(&mut self) -> String {
        let setup = &self.run.setup;
        let data = match setup.own.len() {
            0 => format!("seed {}, noise {}", setup.seed, setup.noise),
            count => format!("own data, {}", text::points(count)),
        };
        format!(
            "{data}, gate {}, step {}",
            setup.gate.name(),
            text::count(self.run.step)
        )
    }

    fn description(&mut self) -> String {
        super::describe(self, ["fit", "eigenvalues", "loss", "residual"])
    }

    #[cfg(feature = "all-exhibits")]
    fn snapshot(&self) -> Vec<NetworkSnapshot> {
        vec![self.run.base.snapshot("network", self.run.step)]
    }
}
