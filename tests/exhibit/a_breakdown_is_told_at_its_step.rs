//! A number that is not finite is found by the step in which it arises, before
//! anything moves, and the run ends in a sentence with the step, the cause and
//! a way on; until then nothing on the screen is infinite.

use crate::naive::network;
use crate::small::{open_link, points_knob};
use nalgebra::DMatrix;
use ntk_playground::exhibit::{EXHIBITS, ExhibitKind, Session, Setting, Status};
use ntk_playground::network::{Activation, Architecture, Parametrisation};
use ntk_playground::objective::SquaredLoss;
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{BatchSampler, Gate, Quantity, Trainer, TrainingError};

/// A trainer on two points of this size, whose outputs and gradients are
/// about as large, and as large again.
fn trainer(size: f64) -> (Trainer, SquaredLoss) {
    let shape = Architecture {
        inputs: 1,
        widths: vec![8],
        outputs: 1,
        activation: Activation::Relu,
        parametrisation: Parametrisation::Ntk,
        bias: 1.0,
    };
    let sampler = BatchSampler::new(2, 2, stream(1, Stream::Batches));
    let inputs = DMatrix::from_row_slice(1, 2, &[size, -size]);
    let trainer = Trainer::new(
        network(shape, 3),
        inputs,
        false,
        sampler,
        stream(1, Stream::Mask),
    );
    (trainer, SquaredLoss::new(&DMatrix::zeros(1, 2)))
}

#[test]
fn a_step_names_the_first_number_that_is_not_finite() {
    for (size, eta, cause) in [
        (1.0, f64::NAN, Quantity::StepSize),
        (1.0, f64::INFINITY, Quantity::StepSize),
        (1e308, 0.1, Quantity::Output),
        (1e200, 0.1, Quantity::Loss),
        (1e100, 0.1, Quantity::Gradient),
        (1e5, 1e300, Quantity::Step),
    ] {
        for gate in Gate::ALL {
            let (mut trainer, objective) = trainer(size);
            let before = trainer.mlp().parameters().to_vec();
            let error = trainer.step(&objective, eta, gate).expect_err("not finite");
            assert_eq!(error, TrainingError::NotFinite(cause), "{size:e}, {eta:e}");
            assert_eq!(trainer.mlp().parameters(), before, "nothing moved");
            let sentence = error.to_string();
            assert!(sentence.ends_with("is not a finite number."), "{sentence}");
        }
    }
    let (mut trainer, objective) = trainer(1e5);
    assert!(trainer.step(&objective, 1e-12, Gate::Off).is_ok());
}

/// Opens settings as in a link.
fn open(exhibit: &str, settings: &str) -> Session {
    open_link(&format!("exhibit={exhibit}&{settings}"))
}

/// Nothing infinite in what is drawn and read; what is not known yet is not a
/// number, and drawn as a gap.
fn nothing_is_infinite(session: &mut Session) {
    let views = session.kind().views;
    let exhibit = session.exhibit();
    let step = exhibit.step_count();
    for reading in exhibit.readings() {
        assert!(!reading.value.is_infinite(), "{} at {step}", reading.name);
    }
    for view in views {
        let chart = exhibit.chart(view.name).expect("a declared view");
        for column in &chart.columns {
            let infinite = column.values.iter().any(|v| v.is_infinite());
            assert!(!infinite, "{} of {} at {step}", column.name, view.name);
        }
    }
    let words = exhibit.description();
    assert!(!words.contains("NaN") && !words.contains("inf "), "{words}");
}

/// Settings with which training diverges, and the knob to change, of every
/// exhibit for which there are some. The others stay on the safe side within
/// the ranges of their knobs.
fn diverging() -> impl Iterator<Item = (&'static ExhibitKind, Setting)> {
    let of = |kind: &&'static ExhibitKind| {
        let kind = *kind;
        let all = kind.fixture.diverges.iter();
        all.map(move |case| (kind, *case))
    };
    EXHIBITS.iter().flat_map(of)
}

#[test]
fn a_run_that_is_lost_says_at_which_step_why_and_what_to_change() {
    for (kind, (settings, knob)) in diverging() {
        let exhibit = kind.name;
        let mut session = open(exhibit, settings);
        let mut shown = 0;
        let sentence = loop {
            session.advance(1, || true);
            nothing_is_infinite(&mut session);
            match session.exhibit().status().clone() {
                Status::Failed(sentence) => break sentence,
                Status::Finished(sentence) => panic!("{exhibit} {settings}: {sentence}"),
                Status::Ready => shown += 1,
            }
            assert!(shown < 4_000, "{exhibit} {settings} goes on");
        };
        let step = session.step_count();
        assert!(
            sentence.starts_with(|first: char| first.is_uppercase()),
            "{sentence}"
        );
        assert!(
            sentence.contains(&format!("Training diverged at step {step}. The ")),
            "{exhibit}, step {step}: {sentence}"
        );
        let cause = sentence.contains("has grown a millionfold.")
            || sentence.contains("is not a finite number.")
            || sentence.contains("no longer finite.");
        assert!(cause, "{sentence}");
        assert!(sentence.contains(knob), "{sentence}");
        // It stands where it broke down, and starts anew.
        session.advance(5, || true);
        assert_eq!(session.step_count(), step);
        assert!(session.reset().is_ok());
        session.advance(3, || true);
        assert_eq!(session.step_count(), 3);
    }
}

/// Readings and pictures.
fn seen(session: &mut Session) -> String {
    let readings = session.exhibit().readings();
    let charts = session.kind().views.iter();
    let charts: Vec<_> = charts
        .map(|view| session.exhibit().chart(view.name))
        .collect();
    format!("{readings:?} {charts:?}")
}

/// Own points far from order one: the loss leaves within a step.
const FAR: &str = "0.87:280~-0.43:-590~0.62:-350~0.09:-330~0.42:-810";

#[test]
fn what_is_seen_of_a_lost_run_does_not_depend_on_looking() {
    let far = diverging().filter_map(|(kind, (settings, _))| {
        let data = points_knob(kind)?;
        Some((kind.name, format!("{settings}&{data}={FAR}")))
    });
    let near = diverging().map(|(kind, (settings, _))| (kind.name, settings.to_owned()));
    for (exhibit, settings) in near.chain(far) {
        let [mut watched, mut alone] = [open(exhibit, &settings), open(exhibit, &settings)];
        while watched.advance(1, || true) > 0 {
            seen(&mut watched);
        }
        alone.advance(watched.step_count() + 1, || true);
        assert_eq!(alone.status(), watched.status());
        assert!(matches!(alone.status(), Status::Failed(_)));
        assert!(
            seen(&mut alone) == seen(&mut watched),
            "{exhibit} {settings}"
        );
    }
}

/// A network may train on where its kernel, frozen, would have diverged.
#[test]
fn a_frozen_kernel_that_diverges_alone_has_no_number_to_tell() {
    let settings = "step-fraction=4&points=5&weight-seed=2676062711&widths=2";
    let mut session = open("spectrum", settings);
    let frozen = |session: &mut Session| -> Vec<f64> {
        let readings = session.exhibit().readings().into_iter();
        let frozen = readings.filter(|reading| reading.name.starts_with("frozen-"));
        frozen.map(|reading| reading.value).collect()
    };
    assert_eq!(frozen(&mut session).len(), 2);
    session.advance(213, || true);
    assert_eq!(session.status(), Status::Ready);
    assert_eq!(frozen(&mut session), &[] as &[f64]);
    nothing_is_infinite(&mut session);
}

#[test]
fn every_exhibit_is_finite_where_it_begins() {
    for kind in EXHIBITS {
        let mut session = open(kind.name, "");
        nothing_is_infinite(&mut session);
        session.advance(2, || true);
        nothing_is_infinite(&mut session);
    }
}
