//! A thousand steps on ReLU networks, within the stability limit, at it and past
//! it, and all four thousand of the channel exhibit's defaults: the identities
//! along the path hold to the tolerance of a step and little more.

use crate::windows::regression::{Run, medians};
use crate::windows::step_size;

#[test]
fn a_thousand_steps_of_wide_networks() {
    for c in [0.25, 1.0, 1.2] {
        let one = |seed| Run::relu(64, seed, 1000).errors(|mlp, x| step_size(mlp, x, c));
        let found = medians(6, one);
        println!("c = {c}: {found:?}");
        for (found, most) in found.into_iter().zip([1e-3, 5e-4, 1e-4]) {
            assert!(found <= most, "c = {c}: {found:e} above {most:e}");
        }
    }
}

#[test]
fn the_defaults_of_the_channel_exhibit() {
    let run = Run {
        seeds: [12, 1],
        centred: true,
        ..Run::relu(32, 12, 4000)
    };
    let found = run.errors(|mlp, x| step_size(mlp, x, 0.25));
    println!("{found:?}");
    assert!(found.iter().all(|e| *e <= 1e-2), "{found:?}");
}
