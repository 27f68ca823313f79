//! How the engine's time grows with the size: the slope of log time against
//! log size, by least squares.

use crate::compute::{open, problem};
use crate::host::Host;
use crate::report::{Report, sample};
use anyhow::Result;
use browser_tests::Browser;
use serde_json::json;

/// Times of one work along one size.
struct Line {
    name: &'static str,
    /// Name of the work in the page.
    work: &'static str,
    /// What the operations of the leading term grow with.
    expected: &'static str,
    sizes: &'static [u32],
    /// Points and widths at a size.
    at: fn(u32) -> (u32, Vec<u32>),
}

const LINES: [Line; 5] = [
    Line {
        name: "contraction, in n (16 to 128, 256-256)",
        work: "contraction",
        expected: "operations: 2",
        sizes: &[16, 32, 64, 128],
        at: |n| (n, vec![256, 256]),
    },
    Line {
        name: "contraction, in the width (32 to 512, two layers, n=64)",
        work: "contraction",
        expected: "operations: 1",
        sizes: &[32, 64, 128, 256, 512],
        at: |w| (64, vec![w, w]),
    },
    Line {
        name: "GD step, in n (16 to 128, 256-256)",
        work: "step",
        expected: "operations: 1",
        sizes: &[16, 32, 64, 128],
        at: |n| (n, vec![256, 256]),
    },
    Line {
        name: "GD step, in the width (32 to 512, two layers, n=64)",
        work: "step",
        expected: "operations: 2",
        sizes: &[32, 64, 128, 256, 512],
        at: |w| (64, vec![w, w]),
    },
    Line {
        name: "GD step, in weight matrices between hidden layers of 128 (1 to 8)",
        work: "step",
        expected: "operations: 1",
        sizes: &[1, 2, 4, 8],
        at: |between| (64, vec![128; between as usize + 1]),
    },
];

/// Timings at each size, and milliseconds for one timing.
const COUNT: u32 = 15;
const LEAST: f64 = 20.0;

/// Measures all lines.
pub fn measure(browser: &Browser, host: &Host, report: &mut Report) -> Result<()> {
    open(browser, host)?;
    let section = "growth of the engine's time: exponents";
    for line in &LINES {
        let mut places = Vec::with_capacity(line.sizes.len());
        for &size in line.sizes {
            let (points, widths) = (line.at)(size);
            let settings = [
                problem(points, &widths),
                json!(line.work),
                json!(LEAST),
                json!(COUNT),
            ];
            let times = sample(&browser.run("return bench.alone(...arguments)", &settings)?)?;
            places.push((f64::from(size).ln(), times.median().ln()));
            report.value(json!({
                "work": line.work, "points": points, "widths": widths, "ms": times.median(),
            }));
        }
        report.number(section, line.name, slope(&places), "");
        report.digits(2);
        report.goal(line.expected);
    }
    Ok(())
}

/// Of the line that is nearest in squares.
fn slope(places: &[(f64, f64)]) -> f64 {
    let count = places.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| places.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|place| place.0), mean(|place| place.1));
    let along: f64 = places
        .iter()
        .map(|place| (place.0 - x) * (place.1 - y))
        .sum();
    let square: f64 = places.iter().map(|place| (place.0 - x).powi(2)).sum();
    along / square
}

#[cfg(test)]
mod tests {
    use super::slope;

    #[test]
    fn of_a_power_is_its_exponent() {
        let places: Vec<(f64, f64)> = [1.0_f64, 2.0, 8.0]
            .map(|x| (x.ln(), (3.0 * x.powf(1.5)).ln()))
            .to_vec();
        assert!((slope(&places) - 1.5).abs() < 1e-12);
    }
}
