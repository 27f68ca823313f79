//! Race: does the SNR gate do what is said of it?
//!
//! ```text
//! arm a:  w <- w - eta (m_a o d + decay),   m_a from its own gradients, at random, or 1
//! ```
//!
//! Several arms start from the same data and weights, see the same batches and
//! take their steps in lockstep: no gate, a gate, a random mask that opens as
//! many parameters at every step, no gate at a step smaller by as much. One seed is a
//! trial; verdicts are about paired differences over several.

mod active;
mod addition;
mod along;
mod arm;
mod arm_trial;
mod boundary;
mod claims;
#[cfg(not(target_arch = "wasm32"))]
mod fixtures;
mod frontier;
mod knobs;
mod mask;
mod medians;
mod model;
mod operated;
mod operators;
mod paired;
mod pinn;
mod preferences;
mod problem;
mod readings;
mod regression;
mod rule;
mod score;
mod setup;
mod style;
mod task;

use crate::chart::Chart;
use crate::exhibit::runner::{self, Declaration, Moves, Place, State, Viewed};
use crate::exhibit::{Claim, ExhibitKind, KnobState, Schedule, Settings, text};
use medians::STEP;
use model::Race;
use setup::Setup;

/// The race on noisy regression.
pub static RACE: ExhibitKind = ExhibitKind {
    name: "race",
    title: "The gate on trial: noisy regression",
    knobs: regression::KNOBS,
    views: &runner::views(&REGRESSION_VIEWS),
    start: |settings| runner::start(&REGRESSION, settings),
    #[cfg(not(target_arch = "wasm32"))]
    fixture: fixtures::REGRESSION,
};

/// The race on modular addition.
pub static RACE_ADDITION: ExhibitKind = ExhibitKind {
    name: "race-addition",
    title: "The gate on trial: grokking",
    knobs: addition::KNOBS,
    views: &runner::views(&ADDITION_VIEWS),
    start: |settings| runner::start(&ADDITION, settings),
    #[cfg(not(target_arch = "wasm32"))]
    fixture: fixtures::ADDITION,
};

/// The race on a differential equation.
pub static RACE_PINN: ExhibitKind = ExhibitKind {
    name: "race-pinn",
    title: "The gate on trial: a physics-informed network",
    knobs: pinn::KNOBS,
    views: &runner::views(&PINN_VIEWS),
    start: |settings| runner::start(&PINN, settings),
    #[cfg(not(target_arch = "wasm32"))]
    fixture: fixtures::PINN,
};

/// The race on preferences.
pub static RACE_PREFERENCES: ExhibitKind = ExhibitKind {
    name: "race-preferences",
    title: "The gate on trial: preferences",
    knobs: preferences::KNOBS,
    views: &runner::views(&PREFERENCES_VIEWS),
    start: |settings| runner::start(&PREFERENCES, settings),
    #[cfg(not(target_arch = "wasm32"))]
    fixture: fixtures::PREFERENCES,
};

type Draw = fn(&State<'_, Race>) -> Chart;

/// A view over steps.
const fn curves(name: &'static str, title: &'static str, chart: Draw) -> Viewed<Race> {
    Viewed::new(name, title, chart)
        .cursor(STEP, medians::lead)
        .moves(Moves::With(with_records))
}

/// A view of the present step.
const fn present(name: &'static str, title: &'static str, chart: Draw) -> Viewed<Race> {
    Viewed::new(name, title, chart).moves(Moves::With(with_steps))
}

const SCORE: Viewed<Race> = curves("score", "Score", score::score);

const PAIRED: Viewed<Race> = Viewed::new("paired", "Paired comparison", paired::paired)
    .cursor("arm", paired::lead)
    .moves(Moves::With(|place| place.ended as u64));

const ACTIVE: Viewed<Race> = curves("open", "Active fraction", active::active);

const BOUNDARY: Viewed<Race> =
    present("boundary", "Signal against noise", boundary::boundary).cursor("cell", boundary::lead);

const MASK: Viewed<Race> = present("mask", "Mask", mask::mask).cursor("parameter", mask::lead);

static REGRESSION_VIEWS: [Viewed<Race>; 7] = [
    SCORE,
    present("fit", "Fit", along::fit)
        .cursor("x", |_, probe, from| along::lead([-1.0, 1.0], probe, from)),
    PAIRED,
    ACTIVE,
    BOUNDARY,
    MASK,
    present("operators", "Operators", operators::operators).cursor("direction", operators::lead),
];

static ADDITION_VIEWS: [Viewed<Race>; 5] = [SCORE, PAIRED, ACTIVE, BOUNDARY, MASK];

static PINN_VIEWS: [Viewed<Race>; 8] = [
    SCORE,
    present("solution", "Solution", along::solution)
        .cursor("x", |_, probe, from| along::lead([0.0, 1.0], probe, from)),
    curves("memorised", "Noise memorised", |state| {
        score::measure(state, "memorised", pinn::MEMORISED)
    }),
    PAIRED,
    present("residual", "Residual along x", along::residual)
        .cursor("x", |_, probe, from| along::lead([0.0, 1.0], probe, from)),
    ACTIVE,
    BOUNDARY,
    MASK,
];

static PREFERENCES_VIEWS: [Viewed<Race>; 7] = [
    SCORE,
    curves("frontier", "Reward and divergence", frontier::frontier).cursor(STEP, frontier::lead),
    curves("divergence", "Divergence", |state| {
        score::measure(state, "divergence", preferences::DIVERGENCE)
    }),
    PAIRED,
    ACTIVE,
    BOUNDARY,
    MASK,
];

static REGRESSION: Declaration<Race> =
    declare(regression::setup, &REGRESSION_VIEWS, regression::claims);
static ADDITION: Declaration<Race> = declare(addition::setup, &ADDITION_VIEWS, addition::claims);
static PINN: Declaration<Race> = declare(pinn::setup, &PINN_VIEWS, pinn::claims);
static PREFERENCES: Declaration<Race> =
    declare(preferences::setup, &PREFERENCES_VIEWS, preferences::claims);

const fn declare(
    setup: fn(&Settings) -> Result<Setup, String>,
    views: &'static [Viewed<Race>],
    claims: fn(&State<'_, Race>) -> Vec<Claim>,
) -> Declaration<Race> {
    Declaration {
        setup,
        views,
        readings: readings::readings,
        claims,
        schedule: Schedule::new(50),
        pace,
        caption,
        advice: |_, _| "Choose a smaller step.".into(),
        gauge,
        idle: |_, _| None,
        points: |_, _| None,
    }
}

/// Curves change with every record of the first trial, and then with every trial.
fn with_records(place: Place) -> u64 {
    match place.ended {
        0 => place.records as u64,
        ended => (ended as u64) << 24,
    }
}

/// A repetition is there for its result: its pictures can wait.
fn with_steps(place: Place) -> u64 {
    match place.ended {
        0 => place.step,
        ended => ((ended as u64) << 24) + place.step / 64,
    }
}

/// One step a frame at first, so that the start is seen; a repetition is there for its
/// result.
fn pace(setup: &Setup, place: Place) -> u64 {
    let most = setup.task.most_steps_a_frame;
    match place.ended {
        0 => (place.trial_step / 15).clamp(1, most),
        _ => 4 * most,
    }
}

fn caption(state: &State<'_, Race>) -> String {
    let (setup, place) = (state.setup, state.place);
    let trials = match place.ended {
        0 => format!(
            "seed {}, step {} of {}",
            state.model.seed,
            text::count(place.trial_step),
            text::count(setup.steps)
        ),
        count => format!("{count} of {} seeds from {}", setup.seeds, setup.seed),
    };
    format!("{}, {trials}", (setup.task.caption)(&setup.settings))
}

fn gauge(state: &State<'_, Race>, knob: &str) -> KnobState {
    match knob {
        "seeds" => KnobState::text(format!(
            "{} of {} done",
            state.place.ended, state.setup.seeds
        )),
        "stop-below" => KnobState::text(match state.setup.stop_below {
            0.0 => "never".to_owned(),
            share => text::percent(share),
        }),
        _ => KnobState::default(),
    }
}
