//! Drawing, whole frames, and frames a second, on the page itself.

use crate::host::Host;
use crate::report::{Report, numbers, sample};
use crate::statistics::Sample;
use anyhow::{Context, Result, ensure};
use browser_tests::Browser;
use ntk_playground::exhibit::EXHIBITS;
use serde_json::json;

/// Frames whose drawing is timed.
const DRAWN: u32 = 100;
/// Seconds over which frames are counted, unless the run ends before.
const SECONDS: f64 = 5.0;
/// Fewer say nothing.
const FEWEST: usize = 30;

/// Runs whose steps take a large part of a frame: exhibit, name, knobs.
const LARGE: [(&str, &str, &str); 4] = [
    (
        "spectrum",
        "n=64, 128-128-128",
        "points=64&widths=128-128-128",
    ),
    (
        "spectrum",
        "n=128, 256-256-256",
        "points=128&widths=256-256-256",
    ),
    ("channel", "n=64, 64-64", "points=64&widths=64-64"),
    ("channel", "n=128", "points=128"),
];

/// Opens the page and measures all three.
pub fn measure(browser: &Browser, host: &Host, report: &mut Report) -> Result<()> {
    browser.open(&host.address("/"))?;
    draw(browser, report)?;
    for exhibit in EXHIBITS.iter().map(|kind| kind.name) {
        let mut runs = vec![(exhibit.to_owned(), "/".to_owned())];
        let large = LARGE.iter().filter(|(of, ..)| *of == exhibit);
        runs.extend(large.map(|(_, name, knobs)| {
            let path = format!("/?exhibit={exhibit}&{knobs}");
            (format!("{exhibit}, {name}"), path)
        }));
        for (name, path) in runs {
            browser.open("about:blank")?;
            browser.open(&host.address(&path))?;
            watch(browser, &name, &format!("#{exhibit}"), report)
                .with_context(|| format!("frames of {name}"))?;
        }
    }
    Ok(())
}

fn draw(browser: &Browser, report: &mut Report) -> Result<()> {
    let times = browser.run(include_str!("script/draw.js"), &[json!(DRAWN)])?;
    let section = "drawing a frame at the defaults, scale 2";
    report.median(
        section,
        "four views, script",
        sample(&times["total"])?,
        "ms",
    );
    for (view, height) in [
        ("fit", 252),
        ("eigenvalues", 252),
        ("loss", 188),
        ("residual", 188),
    ] {
        let name = format!("  {view}, 570x{height}");
        report.median(section, &name, sample(&times["views"][view])?, "ms");
    }
    let painted = "four views, script and painting of the canvas";
    report.median(section, painted, sample(&times["raster"])?, "ms");
    Ok(())
}

fn watch(browser: &Browser, name: &str, selector: &str, report: &mut Report) -> Result<()> {
    let seen = browser.run(
        include_str!("script/frames.js"),
        &[json!(selector), json!(SECONDS)],
    )?;
    let at = numbers(&seen["frames"])?;
    ensure!(
        at.len() >= FEWEST,
        "{} frames in {SECONDS} s, fewer than {FEWEST}",
        at.len()
    );
    let gaps: Vec<f64> = at.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let covered: f64 = gaps.iter().sum();
    let steps = seen["steps"].as_f64().context("no steps were counted")?;
    let frames = gaps.len() as f64;
    let gaps = Sample::new(gaps).context("fewer than two frames were shown")?;
    let longest = gaps.largest();

    let section = "frames of the page over 5 s, or to the end of the run";
    report.number(
        section,
        &format!("{name}: frames a second"),
        1000.0 * frames / covered,
        "/s",
    );
    report.median(section, "  from frame to frame", gaps, "ms");
    report.number(section, "  longest gap", longest, "ms");
    let callbacks = sample(&seen["callbacks"])?;
    let slowest = callbacks.largest();
    report.median(
        section,
        "  script: steps, all views, title rows",
        callbacks,
        "ms",
    );
    report.number(section, "  the longest of them", slowest, "ms");
    report.number(section, "  steps a frame, mean", steps / frames, "");
    Ok(())
}
