//! Matrix completion: of all matrices that fit the observed entries, which one
//! does gradient descent find?
//!
//! X = W_L ... W_1 is trained on some entries of a matrix of low rank. With
//! one factor descent finds the solution of least Frobenius norm, which is 0
//! wherever nothing is observed. With two or more, started small, singular
//! values grow one after the other, and the first solution that they reach is
//! one of low rank. Nothing in the loss asks for it.

mod claims;
mod curves;
mod entries;
mod knobs;
mod model;
mod readings;

use crate::exhibit::ExhibitKind;
use crate::exhibit::runner::{self, Declaration, State, Viewed};
use crate::exhibit::shared_knobs::paced;
use crate::exhibit::{KnobState, Schedule, series, text};
use knobs::{SIZE, Setup};
use model::Product;

/// Declaration of the exhibit.
pub static MATRIX: ExhibitKind = ExhibitKind {
    name: "matrix",
    title: "A matrix is completed by a product of matrices",
    knobs: knobs::KNOBS,
    views: &runner::views(&VIEWS),
    start: |settings| runner::start(&DECLARATION, settings),
    #[cfg(not(target_arch = "wasm32"))]
    fixture: crate::exhibit::Fixture {
        small: "",
        steps: 20,
        variants: &[("depth", "3"), ("observed", "0.6"), ("init-scale", "0.01")],
        change: ("pace", "5"),
        shown_at: 400,
        diverges: &[],
        study: crate::exhibit::Study::DEFAULT,
    },
};

static VIEWS: [Viewed<Product>; 4] = [
    Viewed::new(
        "singular-values",
        "Singular values",
        curves::singular_values,
    )
    .cursor("record", series::lead),
    Viewed::new("matrix", "Matrix", entries::entries).cursor("entry", entries::lead),
    Viewed::new("errors", "Error", curves::errors).cursor("record", series::lead),
    Viewed::new("rank", "Effective rank", curves::rank).cursor("record", series::lead),
];

static DECLARATION: Declaration<Product> = Declaration {
    setup: Setup::read,
    views: &VIEWS,
    readings: readings::readings,
    claims: claims::claims,
    schedule: Schedule::new(50),
    // A whole run takes about 12 s.
    pace: |setup, place| paced(setup.pace, place.step, 20),
    caption,
    advice: |_, _| "Choose a smaller init-scale or depth.".into(),
    gauge: |state, knob| match knob {
        "observed" => KnobState::text(format!("{} of {}", state.setup.observed, SIZE * SIZE)),
        _ => KnobState::default(),
    },
    idle: |_, _| None,
    points: |_, _| None,
};

fn caption(state: &State<'_, Product>) -> String {
    let setup = state.setup;
    format!(
        "seed {}, depth {}, initial size {}, {} of {} observed, step {}",
        setup.seed,
        setup.depth,
        setup.init_scale,
        setup.observed,
        SIZE * SIZE,
        text::count(state.place.step)
    )
}
