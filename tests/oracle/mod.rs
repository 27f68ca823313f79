//! What oracle/generate.py wrote: how to read it.

#![allow(dead_code, reason = "each test file uses its part")]

use nalgebra::DMatrix;
use ntk_playground::network::{Activation, Architecture, Parametrisation};
use serde_json::Value;

pub fn everything() -> Value {
    serde_json::from_str(include_str!("networks.json")).unwrap()
}

/// What oracle/generate_operators.py wrote.
pub fn operators() -> Value {
    serde_json::from_str(include_str!("operators.json")).unwrap()
}

pub fn numbers(list: &Value) -> Vec<f64> {
    let list = list.as_array().expect("a list");
    list.iter().map(|v| v.as_f64().expect("a number")).collect()
}

/// A list of rows.
pub fn matrix(rows: &Value) -> DMatrix<f64> {
    let rows: Vec<Vec<f64>> = rows.as_array().expect("rows").iter().map(numbers).collect();
    DMatrix::from_fn(rows.len(), rows[0].len(), |i, j| rows[i][j])
}

pub fn architecture(peer: &Value) -> Architecture {
    let widths: Vec<usize> = numbers(&peer["widths"])
        .iter()
        .map(|w| *w as usize)
        .collect();
    let [inputs, hidden @ .., outputs] = &widths[..] else {
        panic!("at least two widths");
    };
    Architecture {
        inputs: *inputs,
        widths: hidden.to_vec(),
        outputs: *outputs,
        activation: match peer["activation"].as_str() {
            Some("relu") => Activation::Relu,
            Some("tanh") => Activation::Tanh,
            Some("softplus") => Activation::Softplus,
            Some("square") => Activation::Square,
            Some("identity") => Activation::Identity,
            other => panic!("activation {other:?}"),
        },
        parametrisation: match peer["parametrisation"].as_str() {
            Some("ntk") => Parametrisation::Ntk,
            Some("standard") => Parametrisation::Standard,
            other => panic!("parametrisation {other:?}"),
        },
        bias: peer["bias"].as_f64().unwrap(),
    }
}
