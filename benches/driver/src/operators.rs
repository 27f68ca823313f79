//! What the operators of the integrated kernel cost: a training step that
//! enters them beside one that does not.

use crate::compute::open;
use crate::host::Host;
use crate::report::{Report, numbers};
use crate::statistics::Sample;
use anyhow::{Context, Result, ensure};
use browser_tests::Browser;
use serde_json::json;

/// Name, training points, test points, widths, rounds of ten steps.
const CASES: [(&str, u32, u32, &[u32], u32); 3] = [
    ("n=24, 32-32, m=101", 24, 101, &[32, 32], 40),
    ("n=64, 64-64, m=100", 64, 100, &[64, 64], 20),
    ("n=128, 64-64, m=101", 128, 101, &[64, 64], 10),
];

/// Runs all cases.
pub fn measure(browser: &Browser, host: &Host, report: &mut Report) -> Result<()> {
    open(browser, host)?;
    let section = "a training step with P, W', G and the bound";
    for (name, points, tests, widths, count) in CASES {
        let settings = json!({
            "points": points, "tests": tests, "widths": widths, "warm": 3, "count": count,
        });
        let seen = browser.run("return bench.operators(arguments[0])", &[settings])?;
        ensure!(
            seen["agree"] == true,
            "{name}: the two runs are not the same"
        );
        let (plain, observed) = (numbers(&seen["plain"])?, numbers(&seen["observed"])?);
        let times = observed.iter().zip(&plain);
        let ratios = times.map(|(observed, plain)| observed / plain).collect();
        for (words, values, unit) in [
            ("step alone", plain, "ms"),
            ("step with operators", observed, "ms"),
            ("with operators / alone, round by round", ratios, "times"),
        ] {
            let sample = Sample::new(values).context("nothing was measured")?;
            report.median(section, &format!("{name}: {words}"), sample, unit);
        }
    }
    Ok(())
}
