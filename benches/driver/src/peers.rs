//! What the engine is compared with, in the same browser.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One way to compute the same.
pub struct Peer {
    /// Its name in the page.
    pub name: &'static str,
    /// Its name for a person.
    pub title: &'static str,
    /// Relative distance from the engine above which the two do not compute
    /// the same.
    tolerance: f64,
    /// Whether it is still compared after many steps. In single precision a
    /// unit whose kink comes to lie on a training point, as training makes
    /// them, falls on either side of it, and K jumps.
    pub follows: bool,
}

/// The Jacobian as a matrix, one backward pass for each example.
pub const JACOBIAN: Peer = Peer {
    name: "jacobian",
    title: "JavaScript, explicit Jacobian",
    tolerance: 1e-8,
    follows: true,
};

/// All examples at once, no Jacobian: the structure of the engine.
pub const STRUCTURED: Peer = Peer {
    name: "structured",
    title: "JavaScript, structured",
    tolerance: 1e-8,
    follows: true,
};

/// Single precision is all that it has.
pub const TENSORFLOW: Peer = Peer {
    name: "tensorflow",
    title: "TensorFlow.js",
    tolerance: 1e-3,
    follows: false,
};

/// The package that both peers in JavaScript take their eigensolver from.
pub const EIGENSOLVER: &str = "ml-matrix";

/// A distance that need not be small: energies follow from the rest, but where
/// two eigenvalues nearly meet their vectors turn at a touch.
const FREE: &str = "energies";

/// Largest distances between the engine and a peer so far, by what was
/// compared.
#[derive(Default)]
pub struct Distances(BTreeMap<String, f64>);

impl Distances {
    /// Takes in what the page found now.
    ///
    /// # Errors
    /// When the two do not compute the same.
    pub fn take(&mut self, peer: &Peer, found: &Value) -> Result<()> {
        let found = found.as_object().context("the page compared nothing")?;
        for (what, distance) in found {
            let distance = distance
                .as_f64()
                .with_context(|| format!("{what} of {}: not finite", peer.title))?;
            ensure!(
                distance <= peer.tolerance || what == FREE,
                "the engine and {} disagree on {what} by {distance:.1e}, more than {:.0e}; \
                 their times cannot be compared",
                peer.title,
                peer.tolerance
            );
            let largest = self.0.entry(what.clone()).or_default();
            *largest = largest.max(distance);
        }
        Ok(())
    }

    /// For the report.
    pub fn value(&self, case: &str, peer: &Peer) -> Value {
        json!({"case": case, "peer": peer.title, "apart": self.0})
    }
}
