//! What an exhibit exports reads back to the same networks, inputs and labels,
//! to the bit; what is not an export is refused with its place.

use crate::small;
use nalgebra::DMatrix;
use ntk_playground::exhibit::{EXHIBITS, Export, Session};
use ntk_playground::network::{Architecture, Parametrisation};
use serde_json::{Value, json};

fn bits(matrix: &DMatrix<f64>) -> Vec<Option<u64>> {
    // Of NaN only that it is one: JSON has null for all of them.
    let bits = |v: &f64| (!v.is_nan()).then(|| v.to_bits());
    matrix.iter().map(bits).collect()
}

/// The architecture as the file knows it: with the standard parametrisation
/// the bias multiplier only scales the initial draw, and is not in the file.
fn as_written(architecture: &Architecture) -> Architecture {
    let mut architecture = architecture.clone();
    if architecture.parametrisation == Parametrisation::Standard && architecture.bias != 0.0 {
        architecture.bias = 1.0;
    }
    architecture
}

fn compare(session: &mut Session) {
    let exhibit = session.kind().name;
    let text = session.json();
    let export = Export::read(&text).unwrap_or_else(|error| panic!("{exhibit}: {error}"));
    assert_eq!(export.exhibit, exhibit);
    assert_eq!(export.link, session.link());
    let written: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(written["step"], export.step);
    let networks = session.exhibit().snapshot();
    assert_eq!(export.networks.len(), networks.len());
    for (read, network) in export.networks.iter().zip(&networks) {
        assert_eq!((&read.name, read.steps), (&network.name, network.steps));
        let [from, to] = [&network.mlp, &read.mlp];
        assert_eq!(*to.architecture(), as_written(from.architecture()));
        let parameters = |v: &[f64]| v.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert_eq!(parameters(to.parameters()), parameters(from.parameters()));
        assert_eq!(bits(&read.inputs), bits(&network.inputs));
        assert_eq!(bits(&read.origin), bits(&network.origin));
        assert_eq!(bits(&read.labels.values), bits(&network.labels.values));
        assert_eq!(read.labels.meaning, network.labels.meaning);
        assert!(text.contains(&read.json()), "{exhibit}: written again");
    }
}

#[test]
fn every_exhibit_reads_back() {
    for kind in EXHIBITS {
        let mut session = small::open(kind, &[]);
        session.advance(3, || true);
        compare(&mut session);
    }
    let standard = [
        ("widths", "5-4"),
        ("parametrisation", "standard"),
        ("activation", "softplus"),
    ];
    let parameters = standard.map(|(knob, value)| (knob.to_string(), value.to_string()));
    let mut session = Session::open("spectrum", &parameters).expect("settings that go together");
    session.advance(20, || true);
    compare(&mut session);
}

#[test]
fn a_second_run_reads_back_as_such() {
    let parameters = [("beside".to_string(), "noise.0.9".to_string())];
    let mut session = Session::open("spectrum", &parameters).expect("settings that go together");
    session.advance(5, || true);
    let export = Export::read(&session.json()).expect("our own file");
    let [first] = &export.networks[..] else {
        panic!("one network")
    };
    let [second] = &export.second_run[..] else {
        panic!("one network of the second run")
    };
    assert_ne!(first.labels.values, second.labels.values);
    assert_eq!(first.inputs, second.inputs);
}

fn refusal(change: impl FnOnce(&mut Value)) -> String {
    let mut session = small::open(EXHIBITS[0], &[]);
    let mut file: Value = serde_json::from_str(&session.json()).expect("JSON");
    change(&mut file);
    let error = Export::read(&file.to_string()).expect_err("a changed file");
    let sentence = error.to_string();
    assert!(sentence.ends_with('.'), "{sentence}");
    sentence
}

#[test]
fn a_field_that_does_not_fit_is_named() {
    type Change = fn(&mut Value);
    let cases: [(Change, &str); 14] = [
        (
            |file| *file = json!([1]),
            "The file is a list of 1; it must be an object.",
        ),
        (
            |file| file["step"] = json!(-1),
            "step is -1; it must be a whole number, at least 0.",
        ),
        (
            |file| file["networks"][0]["layers"][1]["W"][0][2] = Value::Null,
            "networks[0].layers[1].W[0][2] is null; it must be a number.",
        ),
        (
            |file| file["networks"][0]["activation"] = json!("gelu"),
            "networks[0].activation is the text \"gelu\"; it must be one of relu, tanh, softplus, \
             square, identity.",
        ),
        (
            |file| file["networks"][0]["x"][3] = json!([0.5, 1.0]),
            "networks[0].x[3] is a list of 2; it must be a list of 1.",
        ),
        (
            |file| file["networks"][0]["y"] = json!([[1.0]]),
            "networks[0].y is a list of 1; it must be a list of ",
        ),
        (
            |file| file["networks"][0]["x"] = json!([]),
            "networks[0].x is a list of 0; it must be a list with a row for every example.",
        ),
        (
            |file| file["networks"][0]["layers"][0]["s"] = json!(0.5),
            "networks[0].layers[0].s is 0.5; it must be ",
        ),
        (
            |file| file["networks"][0]["layers"][1]["beta"] = json!(0.5),
            "networks[0].layers[1].beta is 0.5; it must be ",
        ),
        (
            |file| file["networks"][0]["parameters"] = json!(3),
            "networks[0].parameters is 3; it must be ",
        ),
        (
            |file| file["networks"][0]["widths"] = json!([4, 4, 4]),
            "networks[0].layers is a list of ",
        ),
        (
            |file| file["networks"][0]["inputs"] = json!(u64::MAX),
            "networks[0].layers[0].W[0] is a list of 1; it must be a list of ",
        ),
        (
            |file| file["second-run"] = json!({}),
            "second-run.networks is missing.",
        ),
        (
            |file| file["networks"][0]["labels"] = json!(true),
            "networks[0].labels is true; it must be a text.",
        ),
    ];
    for (change, expected) in cases {
        let sentence = refusal(change);
        assert!(sentence.starts_with(expected), "{sentence}");
    }
}

#[test]
fn biases_where_there_are_none_are_refused() {
    let none = |file: &mut Value| {
        let layers = file["networks"][0]["layers"]
            .as_array_mut()
            .expect("layers");
        for layer in layers {
            layer["beta"] = json!(0.0);
        }
        file["networks"][0]["layers"][0]["b"][1] = json!(0.25);
    };
    let sentence = refusal(none);
    assert!(
        sentence.starts_with("networks[0].layers[0].b["),
        "{sentence}"
    );
    assert!(
        sentence.ends_with("it must be 0, as beta is 0."),
        "{sentence}"
    );
}

#[test]
fn what_is_not_json_is_refused_with_line_and_column() {
    for text in ["", "{", "{\"exhibit\": 1e999}", &"[".repeat(10_000)] {
        let error = Export::read(text).expect_err("not JSON").to_string();
        assert!(error.starts_with("The file is not valid JSON: "), "{error}");
        assert!(error.contains("line 1 column"), "{error}");
    }
}
