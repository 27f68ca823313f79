//! Grokking: memorised at once, understood much later.
//!
//! A network with one hidden layer learns a part of the table of a + b mod p.
//! It knows the pairs shown after some fifty steps and the held-out ones after more than a
//! thousand. In lockstep a twin learns the same pairs with shuffled labels. At scheduled steps the
//! exhibit looks into the trace kernel T_ij = sum_c K_(ic)(jc) of both: how much of the labels lies in its leading
//! eigenvectors, how far those have turned, how it aligns with held-out sums, and what kernel
//! regression with it would answer.

mod answer;
mod arm;
mod claims;
mod comparison;
mod curves;
mod fourier;
mod knobs;
mod progress;
mod readings;
mod run;
mod survey;
mod table;

use crate::chart::Chart;
use crate::exhibit::slot::Slot;
use crate::exhibit::text;
use crate::exhibit::{
    Claim, Effect, Exhibit, ExhibitKind, KnobState, NetworkSnapshot, Probe, Reading, Settings,
    Status, View,
};
use crate::task::Pair;
use comparison::Comparison;
use knobs::Setup;
use run::Run;

/// Declaration of the exhibit.
pub static GROKKING: ExhibitKind = ExhibitKind {
    name: "grokking",
    title: "Grokking: memorised at once, generalised much later",
    knobs: knobs::KNOBS,
    views: &[
        View {
            name: "accuracy",
            title: "Accuracy",
        },
        View {
            name: "table",
            title: "Addition table",
        },
        View {
            name: "channel",
            title: "Channel",
        },
        View {
            name: "alignment",
            title: "Alignment",
        },
        View {
            name: "rotation",
            title: "Rotation",
        },
        View {
            name: "fourier",
            title: "Frequencies",
        },
        View {
            name: "answer",
            title: "Predict one",
        },
    ],
    start: |settings| {
        Ok(Box::new(GrokkingExhibit {
            run: Slot::new(Run::new(Setup::read(settings))?),
            comparison: Comparison::default(),
            probe: None,
            seen: 0,
        }))
    },
    #[cfg(not(target_arch = "wasm32"))]
    fixture: crate::exhibit::Fixture {
        small: "modulus=11",
        steps: 6,
        variants: &[("decay", "0"), ("loss", "cross-entropy"), ("twin", "off")],
        change: ("learning-rate", "0.02"),
        shown_at: 300,
        diverges: &[(
            "modulus=11&optimiser=gd&learning-rate=1&init=1&twin=off",
            "learning-rate",
        )],
        study: crate::exhibit::Study::DEFAULT,
    },
};

/// Where a person looks.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Looking {
    /// A step in the views over steps.
    Step(u64),
    /// A pair in the table.
    Pair(Pair),
    /// A hidden unit, by its place in the picture.
    Unit(usize),
    /// An answer to the pair to predict.
    Answer(usize),
}

#[derive(Debug)]
struct GrokkingExhibit {
    run: Slot<Run>,
    comparison: Comparison,
    probe: Option<Looking>,
    /// Counts changes that redraw everything.
    seen: u64,
}

/// The nearest of ascending steps to a place on the axis.
fn nearest(steps: &[u64], x: f64) -> Option<u64> {
    let distance = |step: &u64| libm::fabs(libm::log(curves::at(*step) / x.max(1.0)));
    steps
        .iter()
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
        .copied()
}

impl GrokkingExhibit {
    fn looking(&self, view: &str, probe: Probe) -> Option<Looking> {
        let p = self.run.setup.modulus;
        match (view, probe, self.probe) {
            (_, Probe::Clear, _) => None,
            ("accuracy" | "channel" | "alignment" | "rotation", probe, before) => {
                let steps: Vec<u64> = match view {
                    "accuracy" => self.run.records.iter().map(|r| r.step).collect(),
                    _ => self.run.surveys.iter().map(|s| s.step).collect(),
                };
                let step = match (probe, before) {
                    (Probe::At([x, _]), _) => nearest(&steps, x)?,
                    (Probe::Move(by), Some(Looking::Step(at))) => {
                        let here = steps.partition_point(|step| *step < at);
                        *steps.get(crate::exhibit::moved(
                            here,
                            by,
                            steps.len().saturating_sub(1),
                        ))?
                    }
                    _ => *steps.last()?,
                };
                Some(Looking::Step(step))
            }
            ("table", Probe::At(at), _) => table::pair_at(p, at).map(Looking::Pair),
            ("table", Probe::Move(by), before) => {
                let [a, b] = match before {
                    Some(Looking::Pair(pair)) => pair,
                    _ => self.run.setup.pair,
                };
                let at = crate::exhibit::moved(a * p + b, by, p * p - 1);
                Some(Looking::Pair([at / p, at % p]))
            }
            ("fourier", Probe::At([x, _]), _) => {
                Some(Looking::Unit((x.round() as usize).clamp(1, arm::WIDTH) - 1))
            }
            ("fourier", Probe::Move(by), Some(Looking::Unit(at))) => {
                Some(Looking::Unit(crate::exhibit::moved(at, by, arm::WIDTH - 1)))
            }
            ("fourier", ..) => Some(Looking::Unit(0)),
            ("answer", Probe::At([x, _]), _) => {
                Some(Looking::Answer((x.round().max(0.0) as usize).min(p - 1)))
            }
            ("answer", Probe::Move(by), Some(Looking::Answer(at))) => {
                Some(Looking::Answer(crate::exhibit::moved(at, by, p - 1)))
            }
            ("answer", ..) => Some(Looking::Answer(self.run.task.sum(self.run.setup.pair))),
            _ => self.probe,
        }
    }
}

impl Exhibit for GrokkingExhibit {
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

    fn change(&mut self, settings: &Settings, effect: Effect) -> Result<(), String> {
        self.seen += 1;
        self.run
            .change(Setup::read(settings), effect != Effect::View)
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
        // One step a frame while it memorises, then up to four: the default
        // run takes 14 s, or half a minute where a frame has time for one step.
        (self.run.step / 150).clamp(1, 4)
    }

    fn readings(&mut self) -> Vec<Reading> {
        readings::readings(&mut self.run)
    }

    fn chart(&mut self, view: &str) -> Option<Chart> {
        let run = &mut self.run;
        let step = match self.probe {
            Some(Looking::Step(step)) => Some(step),
            _ => None,
        };
        match (view, self.probe) {
            ("accuracy", _) => Some(progress::accuracy(run, step)),
            ("channel", _) => Some(progress::channel(run, step)),
            ("alignment", _) => Some(progress::alignment(run, step)),
            ("rotation", _) => Some(progress::rotation(run, step)),
            ("table", Some(Looking::Pair(pair))) => Some(table::table(run, Some(pair))),
            ("table", _) => Some(table::table(run, None)),
            ("fourier", Some(Looking::Unit(unit))) => Some(fourier::fourier(run, Some(unit))),
            ("fourier", _) => Some(fourier::fourier(run, None)),
            ("answer", Some(Looking::Answer(c))) => Some(answer::answer(run, Some(c))),
            ("answer", _) => Some(answer::answer(run, None)),
            _ => None,
        }
    }

    fn revision(&self, view: &str) -> u64 {
        let moving = match view {
            "channel" | "alignment" | "rotation" => self.run.surveys.len() as u64,
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
        let mut claims = claims::ledger(&mut self.run);
        claims.push(self.comparison.claim(&self.run.setup));
        claims
    }

    fn knob_state(&mut self, knob: &str) -> KnobState {
        let [a, b] = self.run.setup.pair;
        let text = match knob {
            "a" => Some(a.to_string()),
            "b" => Some(b.to_string()),
            "train-share" => Some(format!(
                "{} of {}",
                self.run.task.train.len(),
                self.run.ground.inputs.ncols()
            )),
            _ => None,
        };
        KnobState {
            text,
            ..KnobState::default()
        }
    }

    fn caption(&mut self) -> String {
        let setup = &self.run.setup;
        format!(
            "seed {}, p {}, decay {}, twin {}, step {}",
            setup.seed,
            setup.modulus,
            setup.decay,
            if setup.twin { "on" } else { "off" },
            text::count(self.run.step)
        )
    }

    fn description(&mut self) -> String {
        crate::exhibit::describe(self, GROKKING.views.iter().map(|view| view.name))
    }

    fn snapshot(&self) -> Vec<NetworkSnapshot> {
        self.run.snapshot()
    }
}
