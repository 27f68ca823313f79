//! Chromium: every screen there is can be emulated.

use super::Launch;
use crate::options::Options;
use crate::soak::Counts;
use crate::wire::Wire;
use anyhow::{Context, Result};
use serde_json::json;
use std::path::Path;
use std::process::Command;
use xtask::browsers::Installed;

pub fn launch(installed: &Installed, options: &Options, port: u16, folder: &Path) -> Launch {
    let mut driver = Command::new(&installed.driver);
    driver.arg(format!("--port={port}"));
    let mut arguments = vec![
        "--headless=new".to_string(),
        "--no-sandbox".into(),
        "--disable-gpu".into(),
        "--disable-dev-shm-usage".into(),
        "--disable-quic".into(),
        "--no-first-run".into(),
        "--disable-background-networking".into(),
        "--disable-component-update".into(),
        "--disable-sync".into(),
        "--hide-scrollbars".into(),
        // Exact numbers of memory, and a collector to call.
        "--enable-precise-memory-info".into(),
        if options.interpreted {
            format!("--js-flags=--expose-gc {INTERPRETED}")
        } else {
            "--js-flags=--expose-gc".into()
        },
        format!("--user-data-dir={}", folder.display()),
    ];
    if options.reduced_motion {
        arguments.push("--force-prefers-reduced-motion".into());
    }
    Launch {
        driver,
        capabilities: json!({
            "browserName": "chrome",
            "goog:chromeOptions": {
                "args": arguments,
                "prefs": { "webkit.webprefs.default_font_size": options.type_size },
            },
            "goog:loggingPrefs": { "browser": "ALL" },
        }),
    }
}

/// V8's three compilers of JavaScript off; and what it gathers for them and for
/// itself about every function is made at the first call, not some time later.
const INTERPRETED: &str = "--no-sparkplug --no-maglev --no-turbofan --no-lazy-feedback-allocation";

pub fn shape(session: &Wire, options: &Options) -> Result<()> {
    // A window cannot be as narrow as a phone, an emulated screen can.
    let metrics = json!({
        "cmd": "Emulation.setDeviceMetricsOverride",
        "params": {
            "width": options.width,
            "height": options.height,
            "deviceScaleFactor": options.pixel_ratio,
            "mobile": false,
        },
    });
    session.post("goog/cdp/execute", &metrics)?;
    if options.forced_colors {
        let media = json!({
            "cmd": "Emulation.setEmulatedMedia",
            "params": { "features": [{ "name": "forced-colors", "value": "active" }] },
        });
        session.post("goog/cdp/execute", &media)?;
    }
    Ok(())
}

/// Makes the page so many times slower than the machine is.
pub fn slow_down(session: &Wire, times: u32) -> Result<()> {
    let rate = json!({ "cmd": "Emulation.setCPUThrottlingRate", "params": { "rate": times } });
    session.post("goog/cdp/execute", &rate)?;
    Ok(())
}

/// Runs a script on every page before its own.
pub fn before(session: &Wire, script: &str) -> Result<()> {
    let command = "Page.addScriptToEvaluateOnNewDocument";
    let script = json!({ "cmd": command, "params": { "source": script } });
    session.post("goog/cdp/execute", &script)?;
    Ok(())
}

/// What the page has, after its garbage was collected.
pub fn counts(session: &Wire) -> Result<Counts> {
    let ask =
        |command: &str| session.post("goog/cdp/execute", &json!({ "cmd": command, "params": {} }));
    // What one collection frees, the next may find to hold nothing alive.
    for _ in 0..3 {
        ask("HeapProfiler.collectGarbage")?;
    }
    let (heap, counters) = (ask("Runtime.getHeapUsage")?, ask("Memory.getDOMCounters")?);
    Counts::read(&heap, &counters).context("Chromium does not count")
}
