//! An exported network is the one on the screen: from the JSON alone its
//! outputs, its kernel and the residual's energies come out again.

use crate::naive::Naive;
use crate::small;
use nalgebra::DMatrix;
use ntk_playground::exhibit::{EXHIBITS, Session};
use ntk_playground::network::{Activation, Architecture, Mlp, Parametrisation};
use serde_json::Value;

/// Settings of the spectrum, and steps to take.
type Case = (&'static [(&'static str, &'static str)], u64);

/// Outputs of which a kernel is formed from gradients written out.
const MOST_OUTPUTS: usize = 700;

/// Rounding, relative to the norm.
const ROUNDING: f64 = 1e-12;

fn open(exhibit: &str, settings: &[(&str, &str)]) -> Session {
    let parameters: Vec<(String, String)> = settings
        .iter()
        .map(|(knob, value)| ((*knob).into(), (*value).into()))
        .collect();
    let session = Session::open(exhibit, &parameters).expect("settings that go together");
    assert!(session.notes().is_empty(), "{:?}", session.notes());
    session
}

fn json(session: &mut Session) -> Value {
    let text = session.json();
    serde_json::from_str(&text).expect("JSON")
}

fn count(value: &Value) -> usize {
    value.as_u64().expect("a count") as usize
}

/// Numbers; null is not a number.
fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().expect("a list");
    let number = |v: &Value| match v {
        Value::Null => f64::NAN,
        v => v.as_f64().expect("a number"),
    };
    list.iter().map(number).collect()
}

fn matrix(value: &Value) -> DMatrix<f64> {
    let rows: Vec<Vec<f64>> = value
        .as_array()
        .expect("rows")
        .iter()
        .map(numbers)
        .collect();
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    DMatrix::from_fn(rows.len(), rows[0].len(), |i, j| rows[i][j])
}

/// The network, from nothing but the JSON.
fn rebuilt(network: &Value) -> Mlp {
    let ntk = network["parametrisation"] == "ntk";
    let layers = network["layers"].as_array().expect("layers");
    let beta = layers[0]["beta"].as_f64().expect("beta");
    let architecture = Architecture {
        inputs: count(&network["inputs"]),
        widths: numbers(&network["widths"])
            .iter()
            .map(|w| *w as usize)
            .collect(),
        outputs: count(&network["outputs"]),
        activation: match network["activation"].as_str().expect("a word") {
            "relu" => Activation::Relu,
            "tanh" => Activation::Tanh,
            "softplus" => Activation::Softplus,
            "square" => Activation::Square,
            "identity" => Activation::Identity,
            other => panic!("{other}"),
        },
        parametrisation: match ntk {
            true => Parametrisation::Ntk,
            false => Parametrisation::Standard,
        },
        bias: beta,
    };
    let mut parameters = Vec::new();
    for layer in layers {
        let weights = matrix(&layer["W"]);
        let fan_in = weights.ncols() as f64;
        let gain = layer["gain"].as_f64().expect("gain");
        let scale = if ntk { (gain / fan_in).sqrt() } else { 1.0 };
        assert_eq!(layer["s"], scale);
        assert_eq!(layer["beta"], beta);
        parameters.extend_from_slice(weights.as_slice());
        let biases = numbers(&layer["b"]);
        assert_eq!(biases.len(), weights.nrows());
        if beta == 0.0 {
            assert!(biases.iter().all(|b| *b == 0.0));
        } else {
            parameters.extend(biases);
        }
    }
    assert_eq!(network["parameters"], parameters.len());
    Mlp::from_parameters(architecture, parameters).expect("every parameter")
}

fn assert_close(found: &DMatrix<f64>, exact: &DMatrix<f64>, what: &str) {
    let off = (found - exact).norm();
    assert!(
        off <= ROUNDING * exact.norm(),
        "{what}: {off} of {}",
        exact.norm()
    );
}

/// Outputs, kernel, eigenvalues and energies of one network.
fn check(network: &Value) {
    let name = network["name"].as_str().expect("a name");
    let mlp = rebuilt(network);
    let naive = Naive::of(&mlp);
    let inputs = matrix(&network["x"]).transpose();
    let (n, p) = (inputs.ncols(), mlp.architecture().outputs);
    let [y, f0, u] = ["y", "f0", "u"].map(|key| matrix(&network[key]));
    for of_examples in [&y, &f0, &u] {
        assert_eq!(of_examples.shape(), (n, p));
    }
    let outputs = naive.all_outputs(&inputs).transpose();
    assert_close(&(&u + &f0), &outputs, &format!("{name}, outputs"));
    if n > 300 {
        let reason = network["kernel-left-out"].as_str().expect("a reason");
        assert!(reason.contains("300") && reason.ends_with('.'), "{reason}");
        assert!(network.get("K_SS").is_none() && network.get("T_SS").is_none());
        return;
    }
    let key = if p == 1 { "K_SS" } else { "T_SS" };
    let kernel = matrix(&network[key]);
    assert_eq!(kernel.shape(), (n, n));
    // Where there are many outputs, every so many examples are enough.
    let picked: Vec<usize> = (0..n).step_by((n * p).div_ceil(MOST_OUTPUTS)).collect();
    let jacobian = naive.jacobian(&inputs.select_columns(&picked));
    let exact = DMatrix::from_fn(picked.len(), picked.len(), |i, j| {
        let of_output = |c: usize| -> f64 {
            let (a, b) = (&jacobian[i * p + c], &jacobian[j * p + c]);
            a.iter().zip(b).map(|(a, b)| a * b).sum()
        };
        (0..p).map(of_output).sum()
    });
    let written = kernel.select_rows(&picked).select_columns(&picked);
    assert_close(&written, &exact, &format!("{name}, kernel"));
    let labelled = y.iter().all(|y| y.is_finite());
    assert_eq!(
        network.get("lambda").is_some(),
        p == 1 && labelled,
        "{name}"
    );
    if p == 1 && labelled {
        let (values, energies) = (numbers(&network["lambda"]), numbers(&network["energies"]));
        assert!(values.is_sorted_by(|a, b| a >= b));
        let residual = &u - &y;
        let trace: f64 = values.iter().sum();
        assert!((trace - kernel.trace()).abs() <= ROUNDING * kernel.trace());
        let energy: f64 = energies.iter().sum();
        assert!((energy - residual.norm_squared()).abs() <= ROUNDING * energy);
        let carried: f64 = values.iter().zip(&energies).map(|(l, e)| l * e).sum();
        let exact = residual.dot(&(&kernel * &residual));
        // Rounding is that of lambda_1 |r|^2, however little of r lies there.
        let rounding = ROUNDING * values[0] * energy;
        assert!((carried - exact).abs() <= rounding, "{name}: r^T K r");
    }
}

#[test]
fn outputs_and_kernels_come_out_again() {
    for kind in EXHIBITS {
        compare(&mut small::open(kind, &[]), kind.fixture.steps);
    }
    // Of the network with the most knobs: no hidden layer, several, biases, and
    // every activation and parametrisation.
    let cases: [Case; 4] = [
        (&[], 30),
        (&[("widths", "none"), ("points", "5")], 7),
        (
            &[
                ("widths", "9-4"),
                ("activation", "tanh"),
                ("parametrisation", "standard"),
            ],
            20,
        ),
        (
            &[
                ("widths", "6-5-4"),
                ("activation", "softplus"),
                ("batch", "4"),
            ],
            20,
        ),
    ];
    for (settings, steps) in cases {
        compare(&mut open("spectrum", settings), steps);
    }
}

/// Takes steps, and compares what is exported then with the run.
fn compare(session: &mut Session, steps: u64) {
    let exhibit = session.kind().name;
    session.advance(steps, || true);
    let written = json(session);
    assert_eq!(written["exhibit"], exhibit);
    assert_eq!(written["step"], steps);
    assert_eq!(written["link"], session.link());
    for (knob, value) in session.settings().iter() {
        let text = match &written["settings"][knob.name] {
            Value::String(word) => word.clone(),
            Value::Array(entries) if entries.is_empty() => "none".into(),
            Value::Array(_) => {
                let entries = numbers(&written["settings"][knob.name]);
                entries
                    .iter()
                    .map(f64::to_string)
                    .collect::<Vec<_>>()
                    .join("-")
            }
            number => number.as_f64().expect("a number").to_string(),
        };
        assert_eq!(text, value.to_string(), "{exhibit}: {}", knob.name);
    }
    let networks = written["networks"].as_array().expect("networks");
    for network in networks {
        check(network);
    }
    let names: Vec<&Value> = networks.iter().map(|network| &network["name"]).collect();
    let unlike = |i: usize| !names[..i].contains(&names[i]);
    assert!((0..names.len()).all(unlike), "{exhibit}: {names:?}");
}

#[test]
fn it_is_the_network_on_the_screen() {
    let mut session = open("spectrum", &[]);
    let first = json(&mut session);
    let network = &first["networks"][0];
    assert_eq!(matrix(&network["u"]).norm(), 0.0, "centred");
    assert!(
        matrix(&network["f0"]).norm() > 0.1,
        "and not because it is flat"
    );
    session.advance(200, || true);
    let written = json(&mut session);
    let network = &written["networks"][0];
    let shown = |session: &mut Session, name: &str| {
        let readings = session.exhibit().readings();
        let found = readings.iter().find(|reading| reading.name == name);
        found.expect("a reading").value
    };
    let residual = matrix(&network["u"]) - matrix(&network["y"]);
    let train = residual.norm_squared() / residual.nrows() as f64;
    assert!((train - shown(&mut session, "train-loss")).abs() <= 1e-14);
    let largest = shown(&mut session, "largest-eigenvalue");
    let written_largest = network["lambda"][0].as_f64().expect("a number");
    assert!((written_largest - largest).abs() <= 1e-14 * largest);
    // Exporting changes nothing.
    let mut other = open("spectrum", &[]);
    other.advance(200, || true);
    assert_eq!(session.json(), other.json());
}

#[test]
fn every_exhibit_exports_its_networks() {
    for kind in EXHIBITS {
        let mut session = open(kind.name, &[]);
        session.advance(2, || true);
        let written: Value = serde_json::from_str(&session.json()).expect("JSON");
        let networks = written["networks"].as_array().expect("networks");
        assert!(!networks.is_empty(), "{}", kind.name);
        for network in networks {
            rebuilt(network);
            let meaning = network["labels"].as_str().expect("words");
            assert!(!meaning.is_empty());
        }
    }
}

#[test]
fn preferences_name_two_actions_and_leave_the_kernel_out() {
    let mut session = open("race-preferences", &[]);
    session.advance(1, || true);
    let written = json(&mut session);
    let network = &written["networks"][0];
    check(network);
    for row in matrix(&network["y"]).row_iter() {
        let named: Vec<f64> = row.iter().copied().filter(|y| y.is_finite()).collect();
        assert!(named == [0.0, 1.0] || named == [1.0, 0.0], "{row}");
    }
}

#[test]
fn a_run_that_is_over_still_has_its_networks() {
    let mut session = open("descent", &[("seeds", "1"), ("steps", "100")]);
    let networks = |session: &mut Session| json(session)["networks"].as_array().map(Vec::len);
    let before = networks(&mut session);
    session.advance(u64::MAX, || true);
    assert_eq!(networks(&mut session), before);
}
