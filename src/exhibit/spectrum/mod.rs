//! Spectrum: which part of the error does a network learn, and which does it
//! leave?
//!
//! Gradient descent with squared loss moves the residual by
//! r <- (I - (eta/n) K_SS) r: along eigenvector v_i it shrinks at rate lambda_i. The
//! exhibit trains a network on noisy 1D data and shows K_SS, its
//! eigenvalues, the residual's energy |<v_i, r>|^2, and the run that the
//! kernel would predict if it were constant.

mod bars;
mod claims;
mod comparison;
mod fit;
mod history;
mod knobs;
mod loss;
mod lost;
mod model;
mod observation;
mod readings;
mod window;

use super::runner::{self, Declaration, Moves, State, Viewed};
use super::series;
use super::shared_knobs::{data_state, idle_for_own_points, paced};
use super::{ExhibitKind, KnobState, Schedule, modes, text};
use knobs::Setup;
use model::{Network, longer};

/// Declaration of the exhibit.
pub static SPECTRUM: ExhibitKind = ExhibitKind {
    name: "spectrum",
    title: "The kernel's spectrum while a network learns",
    knobs: knobs::KNOBS,
    views: &runner::views(&VIEWS),
    start: |settings| runner::start(&DECLARATION, settings),
    #[cfg(not(target_arch = "wasm32"))]
    fixture: super::Fixture {
        small: "widths=8&points=8",
        steps: 12,
        variants: &[
            ("gate", "hard"),
            ("noise", "0"),
            ("target", "step"),
            ("widths", "4-4"),
            ("points", "5"),
            ("seed", "4"),
            ("weight-seed", "2"),
            ("batch", "4"),
        ],
        change: ("step-fraction", "0.2"),
        shown_at: 600,
        diverges: &[
            ("step-fraction=4", "step-fraction"),
            ("step-fraction=4&gate=hard&batch=4", "step-fraction"),
        ],
        study: super::Study {
            rounds: &[
                // A fifth of the default step: what follows is then a flow.
                super::Round {
                    knobs: &[("step-fraction", "0.1")],
                    ..super::Round::DEFAULT
                },
                super::Round {
                    before: &[&[], &[("gate", "hard")], &[("gate", "random")]],
                    knobs: &[("gate", "off"), ("step-fraction", "0.02")],
                    claims: &["no-validation-set"],
                },
            ],
        },
    },
};

static VIEWS: [Viewed<Network>; 5] = [
    Viewed::new("fit", "Fit", fit::fit).cursor("input", fit::lead),
    Viewed::new("eigenvalues", "Eigenvalues", bars::eigenvalues).cursor("mode", bars::lead),
    Viewed::new("loss", "Loss", loss::loss).cursor("record", series::lead),
    Viewed::new("residual", "Residual", bars::residual).cursor("mode", bars::lead),
    Viewed::new("history", "History", history::history)
        .cursor("mode", history::lead)
        .moves(Moves::Record)
        .undescribed(),
];

static DECLARATION: Declaration<Network> = Declaration {
    setup: Setup::read,
    views: &VIEWS,
    readings: readings::readings,
    claims: claims::claims,
    schedule: Schedule::new(50),
    // One step a frame for a second, then faster by a factor e a second, up to twenty, or more
    // where they are smaller: the whole run takes about 13 s.
    pace: |setup, place| {
        let most = 20.0 * longer(setup.step_fraction);
        paced(setup.pace, place.step, most as u64)
    },
    caption,
    advice: |network, setup| network.base.advice(setup.step_fraction),
    gauge,
    idle: |setup, knob| idle_for_own_points(knob, &setup.configuration.own),
    points: |network, view| (view == "fit").then(|| network.base.rings()),
};

fn caption(state: &State<'_, Network>) -> String {
    let configuration = &state.setup.configuration;
    let data = match configuration.own.len() {
        0 => format!("seed {}, noise {}", configuration.seed, configuration.noise),
        count => format!("your data, {}", text::points(count)),
    };
    format!(
        "{data}, gate {}, step {}",
        state.setup.gate.name(),
        text::count(state.place.step)
    )
}

fn gauge(state: &State<'_, Network>, knob: &str) -> KnobState {
    let (setup, base) = (state.setup, &state.model.base);
    let configuration = &setup.configuration;
    match knob {
        "step-fraction" => {
            let largest = state.now.record.spectrum.largest();
            let limit = base.first_largest / largest / base.batch_factor();
            let c = setup.step_fraction;
            let decimals = if c < 0.1 { 3 } else { 2 };
            let share = text::whole_percent(c / limit);
            KnobState {
                limit: Some(limit),
                ..KnobState::text(format!("{}, {share} of limit", text::fixed(c, decimals)))
            }
        }
        "batch" => KnobState::text(format!(
            "{} of {}",
            configuration.batch, configuration.points
        )),
        "threshold" => KnobState::text(modes::split_words(setup.threshold)),
        "data" => data_state(&configuration.own),
        _ => KnobState::default(),
    }
}
