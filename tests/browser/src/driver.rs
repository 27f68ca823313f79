//! A driver process with one session, ended together.

use crate::engine;
use crate::options::Options;
use crate::process::{self, Process};
use crate::report;
use crate::wire::Wire;
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A browser that is open, closed when this is dropped: the session, then, as
/// the fields are in order, the driver, what ran beside it, and their folder.
pub struct Driver {
    session: Option<Wire>,
    process: Process,
    _beside: Option<Process>,
    _folder: Folder,
}

impl Driver {
    /// Starts a driver and a browser.
    pub fn start(options: &Options) -> Result<Driver> {
        let folder = Folder::fresh()?;
        let port = free_port()?;
        let mut launch = engine::launch(options, port, &folder.0)?;
        // From here on, dropping ends the process.
        let mut driver = Driver {
            session: None,
            process: Process::start(launch.driver.stdout(Stdio::null()))?,
            _beside: launch.beside,
            _folder: folder,
        };
        let wire = Wire::new(format!("http://127.0.0.1:{port}"));
        wait_until_ready(&mut driver.process, &wire)?;

        let wanted = json!({"capabilities": {"alwaysMatch": launch.capabilities}});
        let answer = wire
            .post("session", &wanted)
            .with_context(|| format!("{} does not start", options.engine))?;
        let id = answer["sessionId"]
            .as_str()
            .context("the driver gave no session")?;
        let session = wire.below(&format!("session/{id}"));
        driver.session = Some(session.clone());
        engine::shape(&session, options)?;
        let version = &answer["capabilities"]["browserVersion"];
        report::ran(options.engine, version.as_str().unwrap_or("unknown"))?;
        Ok(driver)
    }

    /// The session.
    pub fn session(&self) -> Result<&Wire> {
        self.session.as_ref().context("the browser has not started")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A browser that closes in peace can leave processes that are then
        // nobody's: WebKit's do, when the page is busy.
        let below = self.process.below();
        if let Some(session) = &self.session {
            // Nothing here can be reported, so nothing is.
            let _ = session.delete();
        }
        process::kill(&below);
    }
}

/// A folder for one browser, removed on drop.
struct Folder(PathBuf);

impl Folder {
    fn fresh() -> Result<Folder> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("browser-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        // One of a process that was killed and had the same number.
        remove(&path);
        std::fs::create_dir_all(&path)
            .with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        remove(&self.0);
    }
}

fn remove(folder: &Path) {
    // The browser's last processes may still be writing.
    for _ in 0..20 {
        if !folder.exists() || std::fs::remove_dir_all(folder).is_ok() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn wait_until_ready(process: &mut Process, wire: &Wire) -> Result<()> {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(20) {
        if wire
            .get("status")
            .is_ok_and(|status| status["ready"] == true)
        {
            return Ok(());
        }
        if let Some(status) = process.ended()? {
            bail!("{} ended at once ({status})", process.name());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    bail!("{} was not ready after 20 s", process.name())
}

/// A port that is free now. The driver takes it a moment later; that another
/// program comes between the two has to be borne.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    Ok(listener.local_addr()?.port())
}
