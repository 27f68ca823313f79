//! What the gate decides: mu^2 against sigma^2 / (b - 1), parameter by
//! parameter, with the line on which they are equal.

use super::run::Run;
use crate::chart::{Axis, Chart, Column, Dash, Label, Mark, Place, Role, Sample, Side, Span};
use crate::exhibit::words;

/// Cells of the picture across and down, and the decades that it spans.
const CELLS: [usize; 2] = [44, 32];
const DECADES: f64 = 10.0;

/// Signal and noise of every parameter of the arm looked into, at the batch
/// of its last step.
pub fn boundary(run: &mut Run) -> Chart {
    let label = run.setup.label(run.setup.look);
    let pairs = pairs(run);
    let open = pairs
        .iter()
        .filter(|[noise, signal]| signal > noise)
        .count();
    let still = pairs.iter().filter(|[_, signal]| *signal == 0.0).count();
    let share = open as f64 / pairs.len() as f64;
    let top = pairs
        .iter()
        .flatten()
        .fold(f64::MIN_POSITIVE, |top, v| top.max(*v));
    // Whole decades, so that the picture does not breathe.
    let top = libm::ceil(libm::log10(top)).clamp(-250.0, 300.0);
    let (low, high) = (libm::pow(10.0, top - DECADES), libm::pow(10.0, top));
    let edges = |count: usize| -> Vec<f64> {
        (0..=count)
            .map(|i| libm::pow(10.0, top - DECADES + DECADES * i as f64 / count as f64))
            .collect()
    };
    let mut counts = [
        vec![0_u32; CELLS[0] * CELLS[1]],
        vec![0_u32; CELLS[0] * CELLS[1]],
    ];
    for [noise, signal] in &pairs {
        let cell = |value: f64, count: usize| {
            let unit = (libm::log10(value.max(low)) - top + DECADES) / DECADES;
            ((unit * count as f64) as usize).min(count - 1)
        };
        let (column, row) = (cell(*noise, CELLS[0]), cell(*signal, CELLS[1]));
        counts[usize::from(signal > noise)][column * CELLS[1] + row] += 1;
    }
    let most = counts.iter().flatten().max().copied().unwrap_or(0).max(1);
    let shades = |counts: &[u32]| -> Vec<f64> {
        counts
            .iter()
            .map(|&count| match count {
                0 => f64::NAN,
                _ => {
                    let full = libm::log1p(f64::from(most));
                    0.25 + 0.75 * libm::log1p(f64::from(count)) / full
                }
            })
            .collect()
    };
    let heat = |counts: &[u32], role| Mark::Heat {
        x: edges(CELLS[0]),
        y: edges(CELLS[1]),
        shades: shades(counts),
        role,
    };
    let mut marks = Vec::new();
    if !pairs.is_empty() {
        marks.push(heat(&counts[0], Role::Noise));
        marks.push(heat(&counts[1], Role::Signal));
    }
    marks.push(Mark::dashed(
        vec![[low, low], [high, high]],
        Role::Ink,
        Dash::Theory,
    ));
    let key = |text: &str, role, sample| {
        Label::new(
            text,
            role,
            Place::Key {
                side: Side::Left,
                sample,
            },
        )
    };
    Chart {
        view: "boundary",
        title: vec![
            Span::symbol("\u{3bc}"),
            Span::plain("\u{b2} against "),
            Span::symbol("\u{3c3}"),
            Span::plain("\u{b2}/("),
            Span::symbol("b"),
            Span::plain(" \u{2212} 1) of every parameter"),
        ],
        reading: match pairs.is_empty() {
            true => vec![Span::plain(format!("{label}: no step yet"))],
            false => vec![
                Span::plain(format!("{label}: above the line ")),
                Span::strong(words::percent(share)).in_role(Role::Signal),
            ],
        },
        x: Axis::log(low, high),
        y: Axis::log(low, high),
        marks,
        labels: vec![
            key("opens", Role::Signal, Sample::Patch { role: Role::Signal }),
            key(
                "stays closed",
                Role::Noise,
                Sample::Patch { role: Role::Noise },
            ),
        ],
        description: format!(
            "Signal against noise of the gradient at the last step of {label}: {open} of {} \
             parameters lie above the line on which both are equal; {still} have no gradient at all \
             and stand at the lower left.",
            pairs.len()
        ),
        columns: vec![
            Column::new("noise", pairs.iter().map(|pair| pair[0])),
            Column::new("signal", pairs.iter().map(|pair| pair[1])),
        ],
    }
}

/// sigma_k^2 / (b - 1) and mu_k^2.
fn pairs(run: &mut Run) -> Vec<[f64; 2]> {
    if run.heat.step == 0 {
        return Vec::new();
    }
    let trainer = &mut run.heat.contestants[run.setup.look].trainer;
    if trainer.consider().is_err() {
        return Vec::new();
    }
    let moments = trainer.moments();
    let b = moments.batch as f64;
    (0..moments.mean.len())
        .map(|k| {
            [
                moments.variance(k) / (b - 1.0),
                moments.mean[k] * moments.mean[k],
            ]
        })
        .collect()
}
