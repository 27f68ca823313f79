//! From the start of a navigation to the first frame that shows a step.

use crate::host::Host;
use crate::report::Report;
use crate::statistics::Sample;
use anyhow::{Context, Result};
use browser_tests::Browser;

const LOADS: usize = 7;

/// Waits for the first frame that shows a step; answers its time in ms.
pub fn first_frame(browser: &Browser) -> Result<f64> {
    let time = browser.wait(
        "the first frame",
        20.0,
        "return window.__first ?? null",
        &[],
    )?;
    time.as_f64().context("the first frame has no time")
}

/// Loads the page anew some times.
pub fn measure(browser: &Browser, host: &Host, report: &mut Report) -> Result<()> {
    let mut times = Vec::with_capacity(LOADS);
    for _ in 0..LOADS {
        // Away from the page, so that nothing of it is left running.
        browser.open("about:blank")?;
        browser.open(&host.address("/"))?;
        times.push(first_frame(browser)?);
    }
    let cold = times[0];
    let sample = Sample::new(times).context("no load was measured")?;
    let section = "start, served from this machine";
    report.median(
        section,
        "navigation to first frame with a step, 7 loads",
        sample,
        "ms",
    );
    report.goal("<= 500 ms");
    report.number(
        section,
        "  the first of these, browser just started",
        cold,
        "ms",
    );
    Ok(())
}
