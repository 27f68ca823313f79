//! Implicit bias of a network: in which order does gradient descent learn, and
//! which of all interpolating functions does it find?
//!
//! The theory orders directions by the eigenvalues of the integrated kernel
//! W_S, and says that the solution looks like a minimum-norm interpolant. The
//! exhibit measures both: the half-time of every direction against its
//! eigenvalue, for K at step 0 and for W, and the distance to the minimum-norm
//! interpolant of K at step 0, which a constant kernel would reach.

mod claims;
mod curves;
mod half_times;
mod integrated;
mod knobs;
mod model;
mod problem;
mod readings;
mod scatter;

use crate::exhibit::runner::{self, Declaration, State, Viewed};
use crate::exhibit::shared_knobs::paced;
use crate::exhibit::{ExhibitKind, KnobState, Schedule, series, text};
use knobs::Setup;
use model::Network;

/// Declaration of the exhibit.
pub static BIAS: ExhibitKind = ExhibitKind {
    name: "bias",
    title: "The order of learning, and the solution that it leads to",
    knobs: knobs::KNOBS,
    views: &runner::views(&VIEWS),
    start: |settings| runner::start(&DECLARATION, settings),
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

static VIEWS: [Viewed<Network>; 4] = [
    Viewed::new(
        "fixed-order",
        "Half-times, kernel at the start",
        scatter::fixed_order,
    )
    .cursor("direction", scatter::lead_fixed),
    Viewed::new(
        "integrated-order",
        "Half-times, integrated kernel",
        scatter::integrated_order,
    )
    .cursor("direction", scatter::lead_integrated),
    Viewed::new(
        "distance",
        "Distance to the minimum-norm interpolant",
        curves::distance,
    )
    .cursor("record", series::lead),
    Viewed::new("errors", "Error", curves::errors).cursor("record", series::lead),
];

static DECLARATION: Declaration<Network> = Declaration {
    setup: Setup::read,
    views: &VIEWS,
    readings: readings::readings,
    claims: claims::claims,
    schedule: Schedule::new(50),
    // A whole run takes about 12 s.
    pace: |setup, place| paced(setup.pace, place.step, 20),
    caption,
    advice: |_, setup| {
        format!(
            "Choose a smaller step-fraction than {}.",
            setup.step_fraction
        )
    },
    gauge: |_, _| KnobState::default(),
    idle: |_, _| None,
    points: |_, _| None,
};

fn caption(state: &State<'_, Network>) -> String {
    let setup = state.setup;
    format!(
        "seed {}, widths {}, initial weights {}, noise {}, step {}",
        setup.seed,
        setup.widths(),
        setup.init_scale,
        setup.noise,
        text::count(state.place.step)
    )
}
