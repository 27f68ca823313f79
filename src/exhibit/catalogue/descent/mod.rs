//! Descent: why does the test error rise and fall again as networks get
//! larger?
//!
//! Networks of fourteen widths train side by side on the same n noisy labels.
//! Each trains a second time on labels without noise, so that what the noise did
//! can be told from the rest: how much of it is memorised, and how much of that
//! arrives at the test points. The integrated operators, under Adam's realised second
//! moments, tell the same from the first training alone, up to width 30. Random features
//! are compared in closed form.

mod against_size;
mod agreement;
mod arm;
mod claims;
mod eigenvalue;
mod error;
mod features;
mod knobs;
mod model;
mod noise;
mod noise_claims;
mod over_steps;
mod readings;
mod summary;
mod sweeps;

use crate::exhibit::runner::{self, Declaration, Moves, State, Viewed};
use crate::exhibit::{ExhibitKind, KnobState, Schedule, text};
use against_size::lead;
use knobs::Setup;
use model::Sweep;

/// Declaration of the exhibit.
pub static DESCENT: ExhibitKind = ExhibitKind {
    name: "descent",
    title: "Double descent, width by width",
    knobs: knobs::KNOBS,
    views: &runner::views(&VIEWS),
    start: |settings| runner::start(&DECLARATION, settings),
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

/// Records of the first sweep, and after it sweeps alone; what does not depend on training
/// arrives one a step, while every step is recorded.
const MOVES: Moves = Moves::With(|place| match place.ended {
    0 => place.records as u64,
    ended => (ended as u64) << 20,
});

static VIEWS: [Viewed<Sweep>; 6] = [
    Viewed::new("error", "Test error", error::error)
        .cursor("width", lead)
        .moves(Moves::Record),
    Viewed::new("stopping", "Over steps", over_steps::stopping)
        .cursor("step", over_steps::among_recorded)
        .moves(MOVES),
    Viewed::new("gain", "Noise gain", noise::gain)
        .cursor("width", lead)
        .moves(MOVES),
    Viewed::new("map", "Widths and steps", over_steps::map)
        .cursor("width", over_steps::among_rows)
        .moves(MOVES)
        .undescribed(),
    Viewed::new("eigenvalue", "Smallest eigenvalue", eigenvalue::eigenvalue)
        .cursor("width", lead)
        .moves(MOVES),
    Viewed::new("memorised", "Noise memorised", noise::memorised)
        .cursor("width", lead)
        .moves(MOVES),
];

static DECLARATION: Declaration<Sweep> = Declaration {
    setup: Setup::read,
    views: &VIEWS,
    readings: readings::readings,
    claims: claims::claims,
    schedule: Schedule::new(50),
    // One step a frame for a second, then up to four: a sweep takes about ten seconds where
    // the computer keeps up.
    pace: |_, place| (place.step / 30).clamp(1, 4),
    caption,
    advice: |_, _| "Choose another seed.".into(),
    gauge,
    idle: |_, _| None,
    points: |_, _| None,
};

fn gauge(state: &State<'_, Sweep>, knob: &str) -> KnobState {
    let setup = state.setup;
    match knob {
        "stop" => KnobState::text(match setup.stopping_step() {
            step if step == setup.steps => "the end".into(),
            step => format!("step {}", text::count(step)),
        }),
        "seeds" => KnobState::text(format!("{} of {} done", state.place.ended, setup.seeds)),
        _ => KnobState::default(),
    }
}

fn caption(state: &State<'_, Sweep>) -> String {
    let (setup, place) = (state.setup, state.place);
    let steps = text::count(setup.steps);
    let trained = match place.ended {
        0 => format!(
            "seed {}, step {} of {steps}",
            state.model.untrained.seed,
            text::count(place.trial_step)
        ),
        count => format!(
            "median of {count} of {} seeds from {}, {steps} steps each",
            setup.seeds, setup.seed
        ),
    };
    format!("{trained}, n = {}, noise {}", setup.points, setup.noise)
}
