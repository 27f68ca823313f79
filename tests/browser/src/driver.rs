//! A driver process with one session, ended together.

use crate::engine;
use crate::guard::Guard;
use crate::options::Options;
use crate::report;
use crate::wire::Wire;
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// A browser that is open, closed when this is dropped.
pub struct Driver {
    session: Wire,
    _guard: Guard,
}

impl Driver {
    /// Starts a driver and a browser.
    pub fn start(options: &Options) -> Result<Driver> {
        let port = free_port()?;
        let mut guard = Guard::open()?;
        let mut launch = engine::launch(options, port, &mut guard)?;
        let name = launch.driver.get_program().to_string_lossy().into_owned();
        let process = guard.start(launch.driver.stdout(Stdio::null()))?;
        let wire = Wire::new(format!("http://127.0.0.1:{port}"));
        wait_until_ready(process, &name, &wire)?;

        let wanted = json!({"capabilities": {"alwaysMatch": launch.capabilities}});
        let answer = wire
            .post("session", &wanted)
            .with_context(|| format!("{} does not start", options.engine))?;
        let id = answer["sessionId"]
            .as_str()
            .context("the driver gave no session")?;
        let session = wire.below(&format!("session/{id}"));
        engine::shape(&session, options)?;
        let version = &answer["capabilities"]["browserVersion"];
        report::ran(options.engine, version.as_str().unwrap_or("unknown"))?;
        Ok(Driver {
            session,
            _guard: guard,
        })
    }

    /// The session.
    pub fn session(&self) -> &Wire {
        &self.session
    }

    /// A new window in place of all others: without their history, their pointer
    /// and what they were told.
    pub fn renew(&self, options: &Options) -> Result<()> {
        let session = &self.session;
        let new = session.post("window/new", &json!({"type": "window"}))?;
        let old = session.get("window/handles")?;
        let old = old.as_array().into_iter().flatten();
        for handle in old.filter(|&handle| *handle != new["handle"]) {
            session.post("window", &json!({ "handle": handle }))?;
            session.delete("window")?;
        }
        session.post("window", &json!({ "handle": new["handle"] }))?;
        engine::shape(session, options)
    }
}

fn wait_until_ready(process: &mut Child, name: &str, wire: &Wire) -> Result<()> {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(20) {
        if wire
            .get("status")
            .is_ok_and(|status| status["ready"] == true)
        {
            return Ok(());
        }
        if let Some(status) = process.try_wait()? {
            bail!("{name} ended at once ({status})");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    bail!("{name} was not ready after 20 s")
}

/// A port that is free now. The driver takes it a moment later; that another
/// program comes between the two has to be borne.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    Ok(listener.local_addr()?.port())
}
