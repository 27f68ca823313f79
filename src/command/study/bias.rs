//! The order in which directions are learned, and the distance to the
//! minimum-norm interpolant, over seeds.

use super::report::{Cell, Table};
use super::seeds::Seeds;
use super::{opened, value};
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
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    let mut order = Table::new(
        "order",
        "rank correlation of eigenvalue and half-time at the end, median [min, max]",
    )
    .columns([
        "",
        "K(0)",
        "first crossing",
        "crossed",
        "W(0, 200)",
        "first crossing",
        "crossed",
        "after 200",
    ]);
    for (name, knobs) in ORDERS {
        let runs = seeds.each(|seed| end(seed, knobs))?;
        let column = |name, digits| Cell::median(runs.iter().map(|run| value(run, name)), digits);
        order.push(
            name,
            [
                column("order-fixed", 2),
                column("order-fixed-first", 2),
                column("crossed-fixed", 0),
                column("order-integrated", 2),
                column("order-integrated-first", 2),
                column("crossed-integrated", 0),
                column("order-integrated-beyond", 2),
            ],
        );
    }
    let mut solution = Table::new("solution", "10D, at the end, median [min, max]").columns([
        "width",
        "distance",
        "test error",
        "of the interpolant",
        "steps",
    ]);
    for (name, knobs) in SOLUTIONS {
        let runs = seeds.each(|seed| end(seed, knobs))?;
        let column = |name, digits| Cell::median(runs.iter().map(|run| value(run, name)), digits);
        solution.push(
            name,
            [
                column("interpolant-distance", 3),
                column("test-error", 3),
                column("interpolant-test-error", 3),
                column("step", 0),
            ],
        );
    }
    Ok(vec![order, solution])
}

fn end(seed: u32, knobs: Knobs) -> Result<Vec<Reading>, String> {
    let seed = seed.to_string();
    let seeds = [("seed", seed.as_str()), ("weight-seed", seed.as_str())];
    let parameters: Vec<(&str, &str)> = seeds.iter().chain(knobs).copied().collect();
    let mut session = opened("bias", &parameters)?;
    session.advance(u64::MAX, || true);
    Ok(session.exhibit().readings())
}
