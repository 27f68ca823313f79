//! Every knob parses what it prints, clamps with a note, refuses with a
//! sentence, and no text whatever makes it panic.

use crate::naive::cases;
use ntk_playground::exhibit::{
    EXHIBITS, Effect, Kind, Knob, Session, SessionError, Settings, Status,
};
use ntk_playground::training::Gate;
use proptest::prelude::*;

fn open(parameters: &[(&str, &str)]) -> Result<Session, SessionError> {
    let owned: Vec<(String, String)> = parameters
        .iter()
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect();
    Session::open("spectrum", &owned)
}

#[test]
fn every_declaration_is_complete() {
    for kind in EXHIBITS {
        let defaults = Settings::defaults(kind.knobs);
        for (knob, value) in defaults.iter() {
            let printed = value.to_string();
            let again = knob.parse(&printed).expect("a default parses");
            assert_eq!((&again.value, again.note), (value, None), "{}", knob.name);
            assert!(
                !knob.label.is_empty() && knob.help.ends_with('.'),
                "{}",
                knob.name
            );
            // A scope, where there is one, is a word and a number: `arm2.decay`.
            let (scope, name) = knob.name.split_once('.').unwrap_or(("a1", knob.name));
            let plain = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(name.chars().all(plain), "{}", knob.name);
            let word = scope.trim_end_matches(|c: char| c.is_ascii_digit());
            let scoped = word.len() < scope.len() && word.chars().all(|c| c.is_ascii_lowercase());
            assert!(scoped, "{}", knob.name);
        }
        let mut names: Vec<&str> = kind.knobs.iter().map(|knob| knob.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), kind.knobs.len());
    }
}

#[test]
fn a_number_outside_its_range_is_clamped_with_a_note() {
    for (name, text, used) in [
        ("noise", "7", "1"),
        ("noise", "-1", "0"),
        ("noise", "inf", "1"),
        ("noise", "-inf", "0"),
        ("points", "100000", "128"),
        ("points", "1e9", "128"),
        ("points", "-3", "1"),
        ("seed", "99999999999", "4294967295"),
        ("step-fraction", "99", "4"),
        ("step-fraction", "1000", "4"),
    ] {
        let session = open(&[(name, text)]).expect("clamped, not refused");
        let value = session.settings().get(name).expect("declared").to_string();
        assert_eq!(value, used, "{name}={text}");
        let note = &session.notes()[0];
        assert!(note.starts_with(&format!("{name}:")), "{note}");
        assert!(note.contains(used), "{note}");
    }
}

#[test]
fn what_is_not_a_value_is_refused_with_a_sentence() {
    for (name, text) in [
        ("noise", "NaN"),
        ("noise", ""),
        ("noise", "loud"),
        ("seed", "1.5"),
        ("points", "2.5"),
        ("widths", "1e9"),
        ("widths", "1000000000"),
        ("widths", "64-64-64-64-64-64"),
        ("widths", "64-0"),
        ("widths", "1-1-1-1-1"),
        ("widths", "257"),
        ("gate", "open"),
        ("gate", "ajar"),
        ("target", ""),
        ("data", ""),
        ("data", "0.5"),
        ("data", "0:NaN"),
        ("data", "0:1~1:1001"),
    ] {
        let mut session = open(&[]).expect("the defaults go together");
        let before = session.settings().clone();
        let error = session.set(name, text).expect_err("refused").to_string();
        assert!(error.contains(name) && error.ends_with('.'), "{error}");
        assert_eq!(session.settings(), &before, "{name}={text}");
        let mut linked = open(&[(name, text)]).expect("a link opens with a note");
        let note = &linked.notes()[0];
        assert!(note.starts_with(&format!("{name}:")), "{note}");
        assert_eq!(linked.settings(), &before);
        assert_eq!(linked.advance(3, || true), 3, "{name}={text}");
    }
}

#[test]
fn unknown_names_are_named() {
    let message = |error: SessionError| error.to_string();
    let error = Session::open("spectrogram", &[])
        .map(|_| ())
        .map_err(message);
    let text = error.expect_err("there is no such exhibit");
    assert!(
        text.contains("spectrogram") && text.contains("spectrum"),
        "{text}"
    );
    for name in ["nois", "nosie", "noize"] {
        let session = open(&[(name, "0.3")]).expect("opens with a note");
        assert!(session.notes()[0].contains(name), "{:?}", session.notes());
    }
    // What resembles no knob is somebody else's, and is listed without a note.
    let session = open(&[("nonsense", "0.3")]).expect("opens");
    assert_eq!((session.notes().len(), session.unknown().len()), (0, 1));
    let session = open(&[
        ("changes", "5.noise.0.2_x_7.points.9_9.noise.NaN"),
        ("step", "ten"),
    ])
    .expect("opens with notes");
    assert_eq!(session.notes().len(), 4, "{:?}", session.notes());
}

#[test]
fn every_gate_of_the_engine_is_a_choice() {
    let knob = EXHIBITS[0].knobs.iter().find(|knob| knob.name == "gate");
    let Some(Kind::Choice { options }) = knob.map(|knob| knob.kind) else {
        panic!("the gate is a choice");
    };
    let mut words: Vec<&str> = options.iter().map(|option| option.value).collect();
    let mut names: Vec<&str> = Gate::ALL.iter().map(|gate| gate.name()).collect();
    words.sort_unstable();
    names.sort_unstable();
    assert_eq!(words, names);
}

/// Mean weight of a gate at the first step, from the same start.
fn first_opening(gate: &str) -> f64 {
    let mut session = open(&[("gate", gate), ("widths", "32-32")]).expect("all 20 examples");
    session.advance(1, || true);
    let readings = session.exhibit().readings();
    let open = readings.iter().find(|reading| reading.name == "gate-open");
    open.expect("a declared reading").value
}

#[test]
fn a_gate_opens_as_far_as_it_says() {
    let [hard, soft, snr] = ["hard", "soft", "snr"].map(first_opening);
    // Soft is above 0 exactly where hard is 1, and snr lies above both halves.
    assert!(0.0 < soft && soft < hard && hard < 1.0, "{soft} {hard}");
    assert!(snr > soft && snr > hard / 2.0 && snr < 1.0, "{snr} {hard}");
    assert_eq!(first_opening("random"), hard);
    assert_eq!(first_opening("off"), 1.0);
    // Without a past there is no noise: what has a gradient is open.
    let [hard, soft, snr] =
        ["streaming-hard", "streaming-soft", "streaming-snr"].map(first_opening);
    assert!(hard == soft && soft == snr && hard > first_opening("hard"));
}

#[test]
fn a_streaming_gate_that_closes_does_not_end_the_run() {
    // At this step size the first gradients change sign from step to step.
    let settings = [
        ("gate", "streaming-hard"),
        ("step-fraction", "0.99"),
        ("widths", "4"),
    ];
    let mut session = open(&settings).expect("in range");
    assert_eq!(session.advance(2_000, || true), 2_000);
    assert_eq!(session.exhibit().status(), &Status::Ready);
}

#[test]
fn a_gate_that_compares_examples_refuses_a_batch_of_one() {
    for gate in Gate::ALL {
        let opened = open(&[("gate", gate.name()), ("batch", "1")]);
        match opened.map_err(|error| error.to_string()) {
            Err(text) => {
                assert!(gate.compares_examples(), "{gate:?}: {text}");
                assert!(text.contains("at least two"), "{text}");
            }
            Ok(mut session) => {
                assert!(!gate.compares_examples(), "{gate:?}");
                assert_eq!(session.advance(20, || true), 20, "{gate:?}");
            }
        }
    }
    assert!(open(&[("gate", "hard"), ("points", "1")]).is_err());
    let mut session = open(&[("gate", "hard")]).expect("all 20 examples");
    session.advance(3, || true);
    assert!(session.set("batch", "1").is_err());
    assert_eq!(
        session
            .settings()
            .get("batch")
            .expect("declared")
            .to_string(),
        "all"
    );
    assert_eq!(session.advance(3, || true), 3);
}

#[test]
fn a_diverging_step_size_ends_in_a_sentence() {
    for target in ["sine", "step"] {
        let mut session = open(&[("step-fraction", "4"), ("target", target)]).expect("in range");
        session.advance(12_000, || true);
        let Status::Failed(sentence) = session.exhibit().status().clone() else {
            panic!("four times the stability limit diverges");
        };
        assert!(sentence.contains("diverged at step"), "{sentence}");
        assert!(sentence.contains("step-fraction"), "{sentence}");
        assert!(
            session
                .exhibit()
                .readings()
                .iter()
                .all(|r| !r.value.is_infinite())
        );
        session.set("step-fraction", "0.5").expect("in range");
        assert_eq!(
            session.advance(10, || true),
            10,
            "a smaller step starts anew"
        );
    }
}

#[test]
fn no_reading_is_infinite() {
    // Nothing to learn, and a ratio to it; a window without a step.
    let still = [("noise", "0"), ("points", "2"), ("step-fraction", "0.001")];
    for kind in EXHIBITS {
        for settings in [&[][..], &still] {
            let known = settings
                .iter()
                .filter(|(name, _)| kind.knobs.iter().any(|knob| knob.name == *name))
                .map(|(name, value)| ((*name).to_string(), (*value).to_string()));
            let parameters: Vec<_> = known.collect();
            let mut session = Session::open(kind.name, &parameters).expect("in range");
            for steps in [0, 3] {
                session.advance(steps, || true);
                for reading in session.exhibit().readings() {
                    assert!(
                        !reading.value.is_infinite(),
                        "{} of {} at step {steps}",
                        reading.name,
                        kind.name
                    );
                }
            }
        }
    }
}

fn all_knobs() -> Vec<&'static Knob> {
    EXHIBITS.iter().flat_map(|kind| kind.knobs).collect()
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn no_text_makes_a_knob_panic(text in ".{0,60}", knob in prop::sample::select(all_knobs())) {
        if let Ok(parsed) = knob.parse(&text) {
            let printed = parsed.value.to_string();
            prop_assert_eq!(knob.parse(&printed).map(|p| p.value), Ok(parsed.value));
        }
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn any_settings_run_or_say_why(
        values in prop::collection::vec(0.0f64..1.0, EXHIBITS[0].knobs.len()),
        steps in 1u64..30,
    ) {
        let knobs = EXHIBITS[0].knobs;
        let parameters: Vec<(String, String)> = knobs
            .iter()
            .zip(&values)
            .map(|(knob, share)| {
                let text = match knob.kind {
                    Kind::Number { min, max, .. } => (min + share * (max - min)).to_string(),
                    // Small networks only: this is about sense, not speed.
                    Kind::Integer { min, max, .. } => {
                        let wide = f64::from(max.min(24) - min);
                        (min + (share * wide) as u32).to_string()
                    }
                    Kind::Choice { options } => {
                        options[(share * options.len() as f64) as usize].value.to_string()
                    }
                    Kind::List { length, .. } => {
                        let count = (share * (length + 1) as f64) as usize;
                        match count {
                            0 => "none".to_string(),
                            _ => vec!["7"; count].join("-"),
                        }
                    }
                    // Two runs in three draw their data.
                    Kind::Points { largest, .. } => {
                        let size = largest * share.powi(4);
                        match (share * 12.0) as usize {
                            0..8 => "none".to_string(),
                            8 => format!("{size}:{size}"),
                            9 => format!("0:{share}~0:-{share}~0:0"),
                            10 => format!("-{size}:0.5~0.1:-1~{share}:1e-3"),
                            _ => format!("{share}:0"),
                        }
                    }
                };
                (knob.name.to_string(), text)
            })
            .collect();
        match Session::open("spectrum", &parameters) {
            Err(error) => prop_assert!(error.to_string().ends_with('.')),
            Ok(mut session) => {
                session.advance(steps, || true);
                for view in session.kind().views {
                    prop_assert!(session.exhibit().chart(view.name).is_some());
                }
                session.exhibit().claims();
                session.exhibit().description();
                prop_assert!(knobs.iter().all(|knob| knob.effect <= Effect::Restart));
            }
        }
    }
}
