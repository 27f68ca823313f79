//! Channel: what the integrated kernel dissipates, and what of it a test point
//! can see.
//!
//! Training from step s on maps the output gradient by a propagator,
//! g(t) = P g(s). The integrated kernel W weighs every direction by the loss it
//! lost, Phi(s) - Phi(T) = g(s)^T W g(s), and G says what each did to the test
//! points: U_Q(T) - U_Q(s) = -G g(s). The exhibit accumulates them at every step,
//! whatever the optimiser, and checks what the theory says of them.

mod bars;
mod claims;
mod class_maps;
mod classes;
mod directions;
mod drift;
mod knobs;
mod mode;
mod model;
mod noise_claims;
mod observation;
mod over_steps;
mod prediction;
mod problem;
mod readings;
mod replicas;
mod visibility;
mod window;

use crate::exhibit::modes::split_words;
use crate::exhibit::regression::RegressionRun;
use crate::exhibit::runner::{self, Declaration, Moves, State, Viewed};
use crate::exhibit::series;
use crate::exhibit::shared_knobs::{data_state, idle_for_own_points, paced};
use crate::exhibit::{ExhibitKind, KnobState, Schedule, text};
use directions::{lead_bars, lead_keys, lead_points};
use knobs::{Method, Setup, Task};
use model::Channel;

/// Declaration of the exhibit.
pub static CHANNEL: ExhibitKind = ExhibitKind {
    name: "channel",
    title: "What a test point can see of training",
    knobs: knobs::KNOBS,
    views: &runner::views(&VIEWS),
    start: |settings| runner::start(&DECLARATION, settings),
    #[cfg(not(target_arch = "wasm32"))]
    fixture: crate::exhibit::Fixture {
        small: "widths=8&points=8",
        steps: 8,
        variants: &[
            ("activation", "tanh"),
            ("noise", "0.1"),
            ("scheme", "secant"),
            ("optimiser", "momentum"),
            ("task", "three-classes"),
        ],
        change: ("step-fraction", "0.1"),
        shown_at: 300,
        diverges: &[("step-fraction=2&activation=tanh&widths=8", "step-fraction")],
        study: crate::exhibit::Study {
            rounds: &[
                crate::exhibit::Round::DEFAULT,
                // Steps so small that their number is a time.
                crate::exhibit::Round {
                    knobs: &[("batch", "8"), ("step-fraction", "0.003")],
                    claims: &["drift-and-diffusion"],
                    ..crate::exhibit::Round::DEFAULT
                },
                // With noise the default run ends before every label is fitted.
                crate::exhibit::Round {
                    knobs: &[("noise", "0")],
                    claims: &["pseudo-inverse"],
                    ..crate::exhibit::Round::DEFAULT
                },
            ],
        },
    },
};

static VIEWS: [Viewed<Channel>; 8] = [
    Viewed::new("prediction", "Prediction", prediction::prediction)
        .cursor("input", prediction::lead),
    Viewed::new("spectrum", "Integrated kernel", bars::spectrum).cursor("mode", lead_bars),
    Viewed::new("dissipation", "Dissipation", bars::dissipation).cursor("mode", lead_bars),
    Viewed::new("visibility", "Visibility", visibility::visibility).cursor("mode", lead_points),
    Viewed::new("unlearned", "Unlearned", over_steps::unlearned)
        .cursor("record", series::lead)
        .moves(Moves::Record),
    Viewed::new("drift", "Drift and diffusion", drift::drift)
        .cursor("record", series::lead)
        .moves(Moves::Record),
    Viewed::new("rotation", "Rotation", over_steps::rotation)
        .cursor("record", series::lead)
        .moves(Moves::Record),
    Viewed::new("mode", "Direction", mode::mode).cursor("mode", lead_keys),
];

static DECLARATION: Declaration<Channel> = Declaration {
    setup: Setup::read,
    views: &VIEWS,
    readings: readings::readings,
    claims: claims::claims,
    schedule: Schedule::new(20),
    pace: |setup, place| paced(setup.pace, place.step, 8),
    caption,
    advice: |model, setup| model.base.advice(setup.step_fraction),
    gauge,
    idle,
    points: |model, view| {
        let line = model.base.line().filter(|_| view == "prediction");
        line.map(RegressionRun::rings)
    },
};

/// Why a knob does not act under these settings, if so.
fn idle(setup: &Setup, knob: &str) -> Option<String> {
    let (method, classes) = (setup.method, setup.task == Task::ThreeClasses);
    let reason = match knob {
        "noise" | "inputs" | "data" if classes => {
            "Three classes: the noise is wrong labels, the points are drawn in the plane."
        }
        "wrong-labels" if !classes => "Regression: its noise is set above.",
        "step-fraction" if method.is_adaptive() => "Adam takes its own step size.",
        "learning-rate" if !method.is_adaptive() => "Only Adam and AdamW take it.",
        "momentum" if method != Method::Momentum => "Only momentum has it.",
        "decay" if !method.decays() => "This optimiser has no weight decay.",
        _ => return idle_for_own_points(knob, &setup.configuration.own),
    };
    Some(reason.into())
}

fn gauge(state: &State<'_, Channel>, knob: &str) -> KnobState {
    let (setup, base) = (state.setup, &state.model.base);
    match knob {
        "step-fraction" => {
            let largest = state.records().last().map(|record| record.largest);
            let limit =
                largest.map(|l| base.first_largest() / l / base.batch_factor() / base.curvature());
            let c = setup.step_fraction;
            let mut value = text::fixed(c, if c < 0.1 { 3 } else { 2 });
            if let Some(limit) = limit {
                value = format!("{value}, {} of limit", text::whole_percent(c / limit));
            }
            KnobState {
                limit,
                ..KnobState::text(value)
            }
        }
        "window" => KnobState::text(match &state.model.window {
            Some(window) => text::count(window.start),
            None => format!("at {}", text::count(setup.window)),
        }),
        "batch" => {
            let configuration = &setup.configuration;
            KnobState::text(format!(
                "{} of {}",
                configuration.batch, configuration.points
            ))
        }
        "threshold" => KnobState::text(split_words(setup.threshold)),
        "data" => data_state(&setup.configuration.own),
        _ => KnobState::default(),
    }
}

fn caption(state: &State<'_, Channel>) -> String {
    let configuration = &state.setup.configuration;
    let data = match configuration.own.len() {
        0 if state.setup.task == Task::ThreeClasses => format!(
            "three classes, seed {}, {} of the labels wrong",
            configuration.seed,
            text::whole_percent(state.setup.wrong)
        ),
        0 => format!("seed {}, noise {}", configuration.seed, configuration.noise),
        count => format!("your data, {}", text::points(count)),
    };
    let step_size = match state.setup.method.is_adaptive() {
        true => format!("Adam\u{2019}s step {}", state.setup.learning_rate),
        false => format!(
            "step size {} of 2n/\u{3bb}\u{2081}",
            state.setup.step_fraction
        ),
    };
    format!(
        "{data}, {step_size}, window from {}, step {}",
        text::count(state.model.window_start(state.setup)),
        text::count(state.place.step)
    )
}
