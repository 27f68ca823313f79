//! The order in which directions are learned, and the distance to the
//! minimum-norm interpolant, over seeds.

use super::statistics::median_and_range;
use super::{opened, over_seeds, value};
use ntk_playground::exhibit::Reading;

type Knobs = &'static [(&'static str, &'static str)];

const LINE: (&str, &str) = ("data", "line");
const NOISE: (&str, &str) = ("noise", "0.3");

const ORDERS: [(&str, Knobs); 6] = [
    ("1D, noise .3, 64-64", &[LINE, NOISE, ("widths", "64-64")]),
    ("1D, no noise, 64-64", &[LINE, ("widths", "64-64")]),
    ("10D, 512", &[("widths", "512")]),
    ("10D, 64", &[]),
    ("10D, 64, init 0.3", &[("init-scale", "0.3")]),
    ("10D, 64, init 0.1", &[("init-scale", "0.1")]),
];

const SOLUTIONS: [(&str, Knobs); 4] = [
    ("512", &[("widths", "512")]),
    ("64", &[]),
    ("64, init 0.3", &[("init-scale", "0.3")]),
    ("64, init 0.1", &[("init-scale", "0.1")]),
];

/// Both tables.
pub fn table(seeds: u32) -> Result<String, String> {
    let mut out = format!(
        "rank correlation of eigenvalue and half-time at the end, seeds 1 to {seeds}, median [min, max]\n\
         {:20} {:>18} {:>18} {:>12} {:>18} {:>18} {:>12} {:>18}\n",
        "",
        "K(0)",
        "first crossing",
        "crossed",
        "W(0, 200)",
        "first crossing",
        "crossed",
        "after 200"
    );
    for (name, knobs) in ORDERS {
        let runs = over_seeds(seeds, |seed| end(seed, knobs))?;
        let column = |name, digits| {
            median_and_range(runs.iter().map(|run| value(run, name)).collect(), digits)
        };
        out.push_str(&format!(
            "{name:20} {:>18} {:>18} {:>12} {:>18} {:>18} {:>12} {:>18}\n",
            column("order-fixed", 2),
            column("order-fixed-first", 2),
            column("crossed-fixed", 0),
            column("order-integrated", 2),
            column("order-integrated-first", 2),
            column("crossed-integrated", 0),
            column("order-integrated-beyond", 2),
        ));
    }
    out.push_str(&format!(
        "\n10D, at the end\n{:20} {:>24} {:>24} {:>24} {:>18}\n",
        "width", "distance", "test error", "of the interpolant", "steps"
    ));
    for (name, knobs) in SOLUTIONS {
        let runs = over_seeds(seeds, |seed| end(seed, knobs))?;
        let column = |name, digits| {
            median_and_range(runs.iter().map(|run| value(run, name)).collect(), digits)
        };
        out.push_str(&format!(
            "{name:20} {:>24} {:>24} {:>24} {:>18}\n",
            column("interpolant-distance", 3),
            column("test-error", 3),
            column("interpolant-test-error", 3),
            column("step", 0),
        ));
    }
    Ok(out)
}

fn end(seed: u32, knobs: Knobs) -> Result<Vec<Reading>, String> {
    let seed = seed.to_string();
    let seeds = [("seed", seed.as_str()), ("weight-seed", seed.as_str())];
    let parameters: Vec<(&str, &str)> = seeds.iter().chain(knobs).copied().collect();
    let mut session = opened("bias", &parameters)?;
    session.advance(u64::MAX, || true);
    Ok(session.exhibit().readings())
}
