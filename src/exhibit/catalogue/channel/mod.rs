//! Channel: what the integrated kernel dissipates, and what of it a test point
//! can see.
//!
//! Gradient descent from step s on maps the output gradient by a propagator,
//! g(t) = P g(s). The integrated kernel W' = sum eta P^T K P weighs every
//! direction by the loss it lost, and G = sum eta K_QS P says what each did to
//! the test points: U_Q(T) - U_Q(s) = -G g(s). The exhibit accumulates them at
//! every step and checks what the theory says of them.

mod bars;
mod claims;
mod knobs;
mod mode;
mod noise_claims;
mod observation;
mod over_steps;
mod prediction;
mod readings;
mod run;
mod visibility;
mod window;

use crate::chart::Chart;
use crate::exhibit::knob::{data_state, idle_for_own_points};
use crate::exhibit::slot::Slot;
use crate::exhibit::{
    Claim, Effect, Exhibit, ExhibitKind, KnobState, NetworkSnapshot, Probe, Reading, Settings,
    Status, View,
};
use crate::exhibit::{modes, text};
use knobs::Setup;
use run::Run;

const fn view(name: &'static str, title: &'static str) -> View {
    View { name, title }
}

/// Declaration of the exhibit.
pub static CHANNEL: ExhibitKind = ExhibitKind {
    name: "channel",
    title: "What a test point can see of training",
    knobs: knobs::KNOBS,
    views: &[
        view("prediction", "Prediction"),
        view("spectrum", "Integrated kernel"),
        view("dissipation", "Dissipation"),
        view("visibility", "Visibility"),
        view("unlearned", "Unlearned"),
        view("rotation", "Rotation"),
        view("mode", "Direction"),
    ],
    start: |settings| {
        let run = Slot::new(Run::new(Setup::read(settings)?)?);
        Ok(Box::new(ChannelExhibit {
            run,
            probe: None,
            seen: 0,
        }))
    },
    #[cfg(not(target_arch = "wasm32"))]
    fixture: crate::exhibit::Fixture {
        small: "widths=8&points=8",
        steps: 8,
        variants: &[
            ("activation", "tanh"),
            ("noise", "0.1"),
            ("scheme", "secant"),
        ],
        change: ("step-fraction", "0.1"),
        shown_at: 300,
        diverges: &[("step-fraction=2&activation=tanh&widths=8", "step-fraction")],
        study: crate::exhibit::Study::DEFAULT,
    },
};

/// Where a person looks.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Looking {
    /// A direction, counted from 0.
    Mode(usize),
    /// A test point.
    Input(usize),
    /// A remembered step.
    Record(usize),
}

#[derive(Debug)]
struct ChannelExhibit {
    run: Slot<Run>,
    probe: Option<Looking>,
    /// Counts changes that redraw everything.
    seen: u64,
}

impl ChannelExhibit {
    fn looking(&mut self, view: &str, probe: Probe) -> Option<Looking> {
        let last_mode = self.run.base.points() - 1;
        match (view, probe) {
            (_, Probe::Clear) => None,
            ("visibility", Probe::At(at)) => {
                visibility::nearest(&mut self.run, at).map(Looking::Mode)
            }
            ("spectrum" | "dissipation", Probe::At([x, _])) => {
                let mode = (x.round() - 1.0).clamp(0.0, last_mode as f64);
                Some(Looking::Mode(mode as usize))
            }
            ("spectrum" | "dissipation" | "visibility" | "mode", Probe::Move(by)) => {
                let from = match self.probe {
                    Some(Looking::Mode(at)) => crate::exhibit::moved(at, by, last_mode),
                    _ => self.run.setup.mode.min(last_mode),
                };
                Some(Looking::Mode(from))
            }
            ("prediction", probe) => {
                let end = self.run.base.test_inputs.len() - 1;
                Some(Looking::Input(match (probe, self.probe) {
                    (Probe::At([x, _]), _) => self.run.base.nearest_input(x),
                    // Five places at a time: the grid is fine.
                    (Probe::Move(by), Some(Looking::Input(at))) => {
                        crate::exhibit::moved(at, by.saturating_mul(5), end)
                    }
                    _ => end / 2,
                }))
            }
            ("unlearned" | "rotation", probe) => {
                let records = &self.run.records;
                let end = records.len().checked_sub(1)?;
                Some(Looking::Record(match (probe, self.probe) {
                    (Probe::At([x, _]), _) => {
                        records.partition_point(|r| (r.step as f64) < x).min(end)
                    }
                    (Probe::Move(by), Some(Looking::Record(at))) => {
                        crate::exhibit::moved(at, by, end)
                    }
                    _ => end,
                }))
            }
            _ => self.probe,
        }
    }
}

impl Exhibit for ChannelExhibit {
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
        self.run.check(&Setup::read(settings)?)
    }

    fn change(&mut self, settings: &Settings, effect: Effect) -> Result<(), String> {
        let setup = Setup::read(settings)?;
        self.seen += 1;
        self.run.change(setup, effect)
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
        // One step a frame for a second, then faster by a factor e a second.
        let pace = (self.run.step / 60).clamp(1, 8);
        self.run.setup.pace.unwrap_or(pace)
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
            "prediction" => Some(prediction::prediction(run, probe)),
            "spectrum" => Some(bars::spectrum(run, probe)),
            "dissipation" => Some(bars::dissipation(run, probe)),
            "visibility" => Some(visibility::visibility(run, probe)),
            "unlearned" => Some(over_steps::unlearned(run, probe)),
            "rotation" => Some(over_steps::rotation(run, probe)),
            "mode" => Some(mode::mode(run, probe)),
            _ => None,
        }
    }

    fn revision(&self, view: &str) -> u64 {
        let moving = match view {
            "unlearned" | "rotation" => self.run.records.len() as u64,
            _ => self.run.step,
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
        claims::ledger(&mut self.run)
    }

    fn knob_state(&mut self, knob: &str) -> KnobState {
        let idle = self.idle(knob);
        let run = &mut self.run;
        let state = match knob {
            "step-fraction" => {
                let present = run.window.as_ref().map(|w| w.kernel.largest());
                let limit = present.map(|l| run.base.first_largest / l / run.base.batch_factor());
                let c = run.setup.step_fraction;
                let value = text::fixed(c, if c < 0.1 { 3 } else { 2 });
                KnobState {
                    text: Some(match limit {
                        Some(limit) => {
                            format!("{value}, {} of limit", text::whole_percent(c / limit))
                        }
                        None => value,
                    }),
                    limit,
                    ..KnobState::default()
                }
            }
            "window" => KnobState {
                text: Some(match &run.window {
                    Some(window) => text::count(window.start),
                    None => format!("at {}", text::count(run.setup.window)),
                }),
                ..KnobState::default()
            },
            "batch" => {
                let beginning = &run.setup.beginning;
                KnobState {
                    text: Some(format!("{} of {}", beginning.batch, beginning.points)),
                    ..KnobState::default()
                }
            }
            "threshold" => KnobState {
                text: Some(modes::split_words(run.setup.threshold)),
                ..KnobState::default()
            },
            "data" => data_state(&run.setup.beginning.own),
            _ => KnobState::default(),
        };
        KnobState { idle, ..state }
    }

    fn idle(&self, knob: &str) -> Option<String> {
        idle_for_own_points(knob, &self.run.setup.beginning.own)
    }

    fn points(&self, view: &str) -> Option<Vec<[f64; 2]>> {
        (view == "prediction").then(|| self.run.base.rings())
    }

    fn caption(&mut self) -> String {
        let (run, setup) = (&self.run, &self.run.setup);
        let beginning = &setup.beginning;
        let data = match beginning.own.len() {
            0 => format!("seed {}, noise {}", beginning.seed, beginning.noise),
            count => format!("own data, {}", text::points(count)),
        };
        format!(
            "{data}, step size {} of 2n/\u{3bb}\u{2081}, window from {}, step {}",
            setup.step_fraction,
            text::count(run.window_start()),
            text::count(run.step)
        )
    }

    fn description(&mut self) -> String {
        crate::exhibit::describe(self, CHANNEL.views.iter().map(|view| view.name))
    }

    fn snapshot(&self) -> Vec<NetworkSnapshot> {
        vec![self.run.base.snapshot("network", self.run.step)]
    }
}
