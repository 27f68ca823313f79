//! JAX and NumPy as one program on one core with one thread.

use super::plan::Peer;
use super::python;
use super::responder::{Responder, pinned};
use crate::report::Report;
use anyhow::Result;
use serde_json::Value;
use std::path::Path;
use xtask::project;

/// The peers' program, or why they are missing.
pub struct Peers {
    pub program: Result<Responder>,
    /// Why there is no JAX in it.
    pub without_jax: Option<String>,
}

impl Peers {
    /// Starts them, and says in the report what they are.
    pub fn start(folder: &Path, report: &mut Report) -> Peers {
        let mut peers = Peers {
            program: Err(anyhow::anyhow!("not started")),
            without_jax: None,
        };
        peers.program = peers.open(folder, report);
        peers
    }

    fn open(&mut self, folder: &Path, report: &mut Report) -> Result<Responder> {
        let python = python::find(folder)?;
        let script = project::root().join("benches/peer/native.py");
        let mut program = Responder::start(
            "the native peers",
            pinned(&python)
                .arg(script)
                .env("JAX_PLATFORMS", "cpu")
                .env(
                    "XLA_FLAGS",
                    "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
                )
                .envs(
                    ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"]
                        .map(|name| (name, "1")),
                ),
        )?;
        let found: Value = serde_json::from_str(&program.line()?)?;
        let version = |name: &str| found[name].as_str().unwrap_or("missing").to_string();
        report.note(format!(
            "Native peers: JAX {}, NumPy {}, Python {}.",
            version("jax"),
            version("numpy"),
            version("python"),
        ));
        self.without_jax = (found["reason"].as_str().and_then(|why| why.lines().next()))
            .map(|why| format!("no JAX: {why}"));
        Ok(program)
    }

    /// Why a peer is missing, if it is.
    pub fn missing(&self, peer: &Peer) -> Option<String> {
        match &self.program {
            Err(error) => Some(format!("{error:#}")),
            Ok(_) => self.without_jax.clone().filter(|_| peer.jax),
        }
    }
}
