//! Grokking: memorised at once, understood much later.
//!
//! A network with one hidden layer learns a part of the table of a + b mod p.
//! It knows the training pairs after some fifty steps and the held-out ones after more than
//! a thousand. In lockstep a control learns the same pairs with shuffled labels. At scheduled
//! steps the exhibit probes the trace kernel T_ij = sum_c K_(ic)(jc) of both: how much of the
//! labels lies in its leading eigenvectors, how far those have turned, how it aligns with
//! held-out sums, and what kernel regression with it would answer.

mod answer;
mod claims;
mod curves;
mod fourier;
mod kernel_probe;
mod knobs;
mod memory;
mod model;
mod network;
mod pairs;
mod probes;
mod progress;
mod readings;
mod table;

use crate::exhibit::cursor::among_modes;
use crate::exhibit::runner::{self, Declaration, Moves, State, Viewed};
use crate::exhibit::{ExhibitKind, KnobState, Schedule, text};
use knobs::Setup;
use model::Grokking;
use network::WIDTH;

/// Declaration of the exhibit.
pub static GROKKING: ExhibitKind = ExhibitKind {
    name: "grokking",
    title: "Grokking: memorised at once, generalised much later",
    knobs: knobs::KNOBS,
    views: &runner::views(&VIEWS),
    start: |settings| runner::start(&DECLARATION, settings),
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
        study: crate::exhibit::Study {
            rounds: &[
                crate::exhibit::Round::DEFAULT,
                // Plain gradient descent from small weights on most of the table.
                crate::exhibit::Round {
                    before: &[&[
                        ("twin", "off"),
                        ("optimiser", "gd"),
                        ("learning-rate", "1"),
                        ("init", "0.1"),
                        ("train-share", "0.7"),
                        ("decay", "0.001"),
                    ]],
                    knobs: &[("decay", "0")],
                    claims: &["gradient-flow-alone"],
                },
            ],
        },
    },
};

static VIEWS: [Viewed<Grokking>; 7] = [
    Viewed::new("accuracy", "Accuracy", progress::accuracy).cursor("step", progress::among_records),
    Viewed::new("table", "Addition table", table::table).cursor("pair", table::lead),
    Viewed::new("channel", "Channel", progress::channel)
        .cursor("step", progress::among_probes)
        .moves(Moves::Model),
    Viewed::new("alignment", "Alignment", progress::alignment)
        .cursor("step", progress::among_probes)
        .moves(Moves::Model),
    Viewed::new("rotation", "Rotation", progress::rotation)
        .cursor("step", progress::among_probes)
        .moves(Moves::Model),
    Viewed::new("fourier", "Frequencies", fourier::fourier).cursor("unit", |_, probe, from| {
        among_modes(WIDTH, 0, probe, from.map(|at| at as usize))
    }),
    Viewed::new("answer", "Predict one", answer::answer).cursor("answer", answer::lead),
];

static DECLARATION: Declaration<Grokking> = Declaration {
    setup: Setup::read,
    views: &VIEWS,
    readings: readings::readings,
    claims: claims::claims,
    schedule: Schedule::new(50),
    // One step a frame while it memorises, then up to four: the default run takes 14 s, or
    // half a minute where a frame has time for one step.
    pace: |_, place| (place.step / 150).clamp(1, 4),
    caption,
    advice: |_, setup| {
        format!(
            "Choose a smaller learning-rate than {}.",
            setup.learning_rate
        )
    },
    gauge,
    idle: |_, _| None,
    points: |_, _| None,
};

fn gauge(state: &State<'_, Grokking>, knob: &str) -> KnobState {
    let pairs = &state.model.pairs;
    // A term beyond the modulus reads as what is set and as what is added.
    let term = |set: usize| match set % state.setup.modulus {
        term if term == set => KnobState::default(),
        term => KnobState::text(format!("{set} \u{2261} {term} mod {}", state.setup.modulus)),
    };
    match knob {
        "a" => term(state.setup.terms[0]),
        "b" => term(state.setup.terms[1]),
        "train-share" => KnobState::text(format!("{} of {}", pairs.training, pairs.inputs.ncols())),
        _ => KnobState::default(),
    }
}

fn caption(state: &State<'_, Grokking>) -> String {
    let setup = state.setup;
    format!(
        "seed {}, p {}, decay {}, control {}, step {}",
        setup.seed,
        setup.modulus,
        setup.decay,
        if setup.control { "on" } else { "off" },
        text::count(state.place.step)
    )
}
