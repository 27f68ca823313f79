//! What the operators of the integrated kernel cost: a training step that
//! enters them by each scheme beside one that does not.

use crate::compute::open;
use crate::host::Host;
use crate::report::{Report, numbers};
use crate::statistics::Sample;
use anyhow::{Context, Result, ensure};
use browser_tests::Browser;
use serde_json::json;

/// One size, with its rounds of ten steps and its goal.
struct Case {
    name: &'static str,
    points: u32,
    tests: u32,
    widths: &'static [u32],
    schemes: &'static [&'static str],
    adam: bool,
    count: u32,
    /// For the path: times the secant's step, or milliseconds.
    goal: Option<&'static str>,
}

const ALL: &[&str] = &["left", "secant", "path"];

const CASES: [Case; 4] = [
    Case {
        name: "n=24, 32-32, m=101",
        points: 24,
        tests: 101,
        widths: &[32, 32],
        schemes: ALL,
        adam: false,
        count: 40,
        goal: Some("<= 3 times"),
    },
    Case {
        name: "n=64, 64-64, m=100",
        points: 64,
        tests: 100,
        widths: &[64, 64],
        schemes: ALL,
        adam: false,
        count: 20,
        goal: None,
    },
    Case {
        name: "n=128, 64-64, m=101",
        points: 128,
        tests: 101,
        widths: &[64, 64],
        schemes: ALL,
        adam: false,
        count: 10,
        goal: None,
    },
    Case {
        name: "n=30, 64-64, m=100, Adam",
        points: 30,
        tests: 100,
        widths: &[64, 64],
        schemes: ALL,
        adam: true,
        count: 20,
        goal: Some("<= 8 ms"),
    },
];

/// Runs all cases.
pub fn measure(browser: &Browser, host: &Host, report: &mut Report) -> Result<()> {
    open(browser, host)?;
    for case in &CASES {
        run(browser, case, report).context(case.name)?;
    }
    Ok(())
}

fn run(browser: &Browser, case: &Case, report: &mut Report) -> Result<()> {
    let section = "a training step with P, W and G, for gradient descent with W' and the bound";
    let settings = json!({
        "points": case.points, "tests": case.tests, "widths": case.widths,
        "schemes": case.schemes, "adam": case.adam, "warm": 3, "count": case.count,
    });
    let seen = browser.run("return bench.operators(arguments[0])", &[settings])?;
    ensure!(seen["agree"] == true, "the runs are not the same");
    let times = |name: &str| numbers(&seen["times"][name]);
    let name = case.name;
    let sampled = |values| Sample::new(values).context("nothing was measured");
    report.median(
        section,
        &format!("{name}: step alone"),
        sampled(times("alone")?)?,
        "ms",
    );
    for scheme in case.schemes {
        let label = format!("{name}: with operators, {scheme}");
        report.median(section, &label, sampled(times(scheme)?)?, "ms");
        if let (&"path", true, Some(goal)) = (scheme, case.adam, case.goal) {
            report.goal(goal);
        }
    }
    for (above, below) in [("left", "alone"), ("secant", "left"), ("path", "secant")] {
        let pairs = times(above)?.into_iter().zip(times(below)?);
        let ratios = pairs.map(|(above, below)| above / below).collect();
        let label = format!("{name}: {above} / {below}, round by round");
        report.median(section, &label, sampled(ratios)?, "times");
        if let ("path", false, Some(goal)) = (above, case.adam, case.goal) {
            report.goal(goal);
        }
    }
    Ok(())
}
