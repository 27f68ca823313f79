//! What differs between browsers: how they are started and set up.

mod chromium;
mod firefox;
mod webkit;
mod window;

use crate::guard::Guard;
use crate::options::Options;
use crate::soak::Counts;
use crate::wire::Wire;
use anyhow::{Result, anyhow, bail};
use serde_json::Value;
use std::process::Command;
use xtask::browsers::{Engine, Installed};

/// What it takes to open one window.
pub struct Launch {
    /// The driver, told on which port to listen.
    pub driver: Command,
    /// What the driver is asked for.
    pub capabilities: Value,
}

/// Prepares a browser that keeps everything it writes in the folder of its guard, and
/// starts what has to run beside it.
pub fn launch(options: &Options, port: u16, guard: &mut Guard) -> Result<Launch> {
    let installed = find(options.engine)?;
    match options.engine {
        Engine::Chromium => Ok(chromium::launch(&installed, options, port, guard.folder())),
        Engine::Firefox => firefox::launch(&installed, options, port, guard.folder()),
        Engine::Webkit => webkit::launch(&installed, options, port, guard),
    }
}

/// Gives the viewport of an open window its size.
pub fn shape(session: &Wire, options: &Options) -> Result<()> {
    match options.engine {
        Engine::Chromium => chromium::shape(session, options),
        Engine::Firefox | Engine::Webkit => window::shape(session, options),
    }
}

/// Makes a page so many times slower, where the browser can.
pub fn slow_down(session: &Wire, engine: Engine, times: u32) -> Result<()> {
    match engine {
        Engine::Chromium => chromium::slow_down(session, times),
        Engine::Firefox | Engine::Webkit => bail!("{engine} cannot be slowed down"),
    }
}

/// Runs a script on every page before its own, where the browser can.
pub fn before(session: &Wire, engine: Engine, script: &str) -> Result<()> {
    match engine {
        Engine::Chromium => chromium::before(session, script),
        Engine::Firefox | Engine::Webkit => bail!("{engine} runs no script before a page's own"),
    }
}

/// What a page has, where the browser tells.
pub fn counts(session: &Wire, engine: Engine) -> Result<Option<Counts>> {
    match engine {
        Engine::Chromium => chromium::counts(session).map(Some),
        Engine::Firefox | Engine::Webkit => Ok(None),
    }
}

fn find(engine: Engine) -> Result<Installed> {
    // Not quietly passed over: `cargo xtask test` leaves out the tests of a
    // browser that is not here, and says so.
    engine.find().map_err(|missing| {
        anyhow!("{engine} cannot be tested here: {missing}; `-- --skip {engine}::` leaves it out")
    })
}
