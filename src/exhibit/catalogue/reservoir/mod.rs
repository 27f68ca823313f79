//! Reservoir: how soft is it? How the gap of the integrated kernel's spectrum,
//! the size of the reservoir, and what leaks from it go with width, depth and
//! training length.
//!
//! W = (n/2) (I - P^T P) has a null space only in the idealisation. In a real
//! run its eigenvalues fall off without end, the reservoir is what lies below
//! a threshold, and the change at the test points has a part that comes from
//! there, G Pi g(s) with Pi the projection on the reservoir: the leak.

mod arm;
mod claims;
mod knobs;
mod model;
mod readings;
mod views;

use crate::exhibit::runner::{self, Declaration, Moves, State, Viewed};
use crate::exhibit::shared_knobs::paced;
use crate::exhibit::{ExhibitKind, KnobState, Schedule, modes, text};
use knobs::Setup;
use model::Networks;

/// Declaration of the exhibit.
pub static RESERVOIR: ExhibitKind = ExhibitKind {
    name: "reservoir",
    title: "How soft the reservoir is",
    knobs: knobs::KNOBS,
    views: &runner::views(&VIEWS),
    start: |settings| runner::start(&DECLARATION, settings),
    #[cfg(not(target_arch = "wasm32"))]
    fixture: crate::exhibit::Fixture {
        small: "points=8&seeds=1",
        steps: 6,
        variants: &[("noise", "0"), ("sweep", "activation")],
        change: ("threshold", "0.1"),
        shown_at: 100,
        diverges: &[],
        study: crate::exhibit::Study::DEFAULT,
    },
};

const fn view(
    name: &'static str,
    title: &'static str,
    chart: fn(&State<'_, Networks>) -> crate::chart::Chart,
) -> Viewed<Networks> {
    Viewed::new(name, title, chart)
        .cursor("record", views::lead)
        .moves(Moves::Record)
}

static VIEWS: [Viewed<Networks>; 4] = [
    view("dimension", "Reservoir", views::dimension),
    view("gap", "Gap", views::gap),
    view("leak", "Leak", views::leak),
    view("noise", "Noise", views::noise),
];

static DECLARATION: Declaration<Networks> = Declaration {
    setup: Setup::read,
    views: &VIEWS,
    readings: readings::readings,
    claims: claims::claims,
    schedule: Schedule::new(12),
    pace: |_, place| paced(None, place.step, 20),
    caption,
    advice: |model, setup| model.advice(setup),
    gauge: |state, knob| match knob {
        "threshold" => KnobState::text(modes::split_words(state.setup.threshold)),
        "seeds" => KnobState::text(format!("{} of {}", state.trials.len(), state.setup.seeds)),
        _ => KnobState::default(),
    },
    idle: |_, _| None,
    points: |_, _| None,
};

fn caption(state: &State<'_, Networks>) -> String {
    format!(
        "by {}, noise {}, {} of {} seeds, {} done",
        state.setup.sweep.name(),
        state.setup.noise,
        state.trials.len(),
        state.setup.seeds,
        text::whole_percent(model::progress(state))
    )
}
