//! The order in which directions are learned, and the distance to the
//! minimum-norm interpolant, over seeds.

use super::grid::Grid;
use super::grid::Show::Median;

const LINE: (&str, &str) = ("data", "line");
const NOISE: (&str, &str) = ("noise", "0.3");

pub static ORDER: Grid = Grid {
    name: "order",
    title: "rank correlation of eigenvalue and half-time at the end, median [min, max]",
    exhibit: "bias",
    corner: "",
    rows: &[
        ("1D, noise .3, 64-64", &[LINE, NOISE, ("widths", "64-64")]),
        ("1D, no noise, 64-64", &[LINE, ("widths", "64-64")]),
        ("10D, 512", &[("widths", "512")]),
        ("10D, 64", &[]),
        ("10D, 64, init 0.3", &[("init-scale", "0.3")]),
        ("10D, 64, init 0.1", &[("init-scale", "0.1")]),
    ],
    columns: &[
        ("K(0)", Median("order-fixed", 2)),
        ("first crossing", Median("order-fixed-first", 2)),
        ("crossed", Median("crossed-fixed", 0)),
        ("W(0, 200)", Median("order-integrated", 2)),
        ("first crossing", Median("order-integrated-first", 2)),
        ("crossed", Median("crossed-integrated", 0)),
        ("after 200", Median("order-integrated-beyond", 2)),
    ],
};

pub static SOLUTION: Grid = Grid {
    name: "solution",
    title: "10D, at the end, median [min, max]",
    exhibit: "bias",
    corner: "width",
    rows: &[
        ("512", &[("widths", "512")]),
        ("64", &[]),
        ("64, init 0.3", &[("init-scale", "0.3")]),
        ("64, init 0.1", &[("init-scale", "0.1")]),
    ],
    columns: &[
        ("distance", Median("interpolant-distance", 3)),
        ("test error", Median("test-error", 3)),
        ("of the interpolant", Median("interpolant-test-error", 3)),
        ("steps", Median("step", 0)),
    ],
};
