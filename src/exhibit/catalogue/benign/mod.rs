//! Benign: when does it cost nothing to fit wrong labels?
//!
//! A network learns two classes until it fits every label, those that were
//! flipped included. The labels are y = c + eps, class and noise, and both
//! parts reach the test points through the same operator,
//! U_Q(T) - U_Q(0) = -G g(0). In few dimensions the noise arrives there
//! nearly as it is, in many it is damped: the exhibit measures its gain.

mod agreement;
mod claims;
mod errors;
mod gain;
mod knobs;
mod margins;
mod memory;
mod model;
mod observation;
mod operators;
mod problem;
mod readings;
mod transfer;

use crate::exhibit::runner::{self, Declaration, State, Viewed};
use crate::exhibit::series::lead;
use crate::exhibit::{ExhibitKind, KnobState, Schedule, text};
use knobs::Setup;
use model::Networks;

/// Declaration of the exhibit.
pub static BENIGN: ExhibitKind = ExhibitKind {
    name: "benign",
    title: "Fitting wrong labels, at a cost and at none",
    knobs: knobs::KNOBS,
    views: &runner::views(&VIEWS),
    start: |settings| runner::start(&DECLARATION, settings),
    #[cfg(not(target_arch = "wasm32"))]
    fixture: crate::exhibit::Fixture {
        small: "dimension=40&width=8",
        steps: 5,
        variants: &[("flips", "0"), ("width", "4")],
        change: ("signal", "4"),
        shown_at: 1000,
        diverges: &[("dimension=12&width=1&flips=0", "width")],
        study: crate::exhibit::Study {
            rounds: &[
                crate::exhibit::Round::DEFAULT,
                // Where its operators are exact; a sweep ends at d = 10.
                crate::exhibit::Round {
                    knobs: &[("dimension", "160"), ("sweep", "off")],
                    claims: &["fits-noise", "in-the-reservoir", "cancelled"],
                    ..crate::exhibit::Round::DEFAULT
                },
            ],
        },
    },
};

static VIEWS: [Viewed<Networks>; 4] = [
    Viewed::new("errors", "Errors", errors::errors).cursor("record", lead),
    Viewed::new("gain", "Gain", gain::gain).cursor("dimension", gain::lead),
    Viewed::new("margins", "Margins", margins::margins).cursor("record", lead),
    Viewed::new("operators", "Operators", operators::operators).cursor("mode", operators::lead),
];

static DECLARATION: Declaration<Networks> = Declaration {
    setup: Setup::read,
    views: &VIEWS,
    readings: readings::readings,
    claims: claims::claims,
    schedule: Schedule::new(30),
    // One step a frame at first, up to twelve: the whole row takes about half
    // a minute, most of it at d = 10.
    pace: |_, place| (place.trial_step / 40).clamp(1, 12),
    caption,
    advice: |_, _| "Choose another width or another seed.".into(),
    gauge,
    idle: |_, _| None,
    points: |_, _| None,
};

fn gauge(state: &State<'_, Networks>, knob: &str) -> KnobState {
    let all = state.setup.dimensions().len();
    match knob {
        "sweep" if state.setup.sweep => KnobState::text(format!("{} of {all}", state.trials.len())),
        _ => KnobState::default(),
    }
}

fn caption(state: &State<'_, Networks>) -> String {
    format!(
        "d = {}, {} flipped, seed {}, step {}",
        state.model.problem.dimension,
        text::whole_percent(state.setup.flips),
        state.setup.seed,
        text::count(state.place.trial_step)
    )
}
