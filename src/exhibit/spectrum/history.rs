//! History: which mode held how much of the residual's energy, step by step.

use super::bars::mode_at_cursor;
use super::model::{Network, step_limit};
use super::observation::Record;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Scale, Span};
use crate::exhibit::Probe;
use crate::exhibit::cursor::among_modes;
use crate::exhibit::runner::State;
use crate::exhibit::series::{place, steps_axis};

/// Columns of the history per decade of steps.
const COLUMNS_PER_DECADE: f64 = 24.0;

/// Shares of the energy below this are drawn as background.
const FAINTEST: f64 = 1e-4;

/// Where a probe leads among the modes, which stand along y.
pub fn lead(state: &State<'_, Network>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let count = state.now.record.spectrum.len();
    among_modes(count, 1, probe, from.map(|at| at as usize))
}

/// The first record of each column.
fn columns(records: &[Record]) -> Vec<&Record> {
    let mut last = f64::NAN;
    let mut first_of_column = |record: &&Record| {
        let column = libm::floor(libm::log10(place(record.step)) * COLUMNS_PER_DECADE);
        let first = column != last;
        last = column;
        first
    };
    let past = records.iter().filter(|record| record.step >= 1);
    past.filter(|record| first_of_column(record)).collect()
}

/// Appends a record's energies as shades.
fn shade(record: &Record, shades: &mut Vec<f64>) {
    let total: f64 = record.spectrum.energies().sum();
    for energy in record.spectrum.energies() {
        let share = (energy / total).clamp(FAINTEST, 1.0);
        shades.push(1.0 - libm::log10(share) / libm::log10(FAINTEST));
    }
}

/// Which mode held how much of the residual's energy, step by step.
pub fn history(state: &State<'_, Network>) -> Chart {
    let (n, records) = (state.now.record.spectrum.len(), state.records());
    let columns = columns(records);
    let mut edges: Vec<f64> = columns.iter().map(|r| place(r.step)).collect();
    let split = |record: &&Record| record.channel(state.setup.threshold) as f64 + 0.5;
    let mut border: Vec<f64> = columns.iter().map(split).collect();
    if let (Some(&edge), Some(&split)) = (edges.last(), border.last()) {
        let next = edge * libm::pow(10.0, 1.0 / COLUMNS_PER_DECADE);
        edges.push(next.min(step_limit(state.setup.step_fraction) as f64));
        border.push(split);
    }
    // A staircase: the split holds for a whole column.
    let mut stairs = Vec::with_capacity(2 * edges.len());
    for (pair, &split) in edges.windows(2).zip(&border) {
        stairs.push([pair[0], split]);
        stairs.push([pair[1], split]);
    }
    let mut shades = Vec::with_capacity(n * columns.len());
    for record in columns {
        shade(record, &mut shades);
    }
    // Mode 1 on top, as in a matrix: the axis runs downwards.
    let mut y = Axis::modes(n);
    y.scale = Scale::Linear {
        min: n as f64 + 0.5,
        max: 0.5,
    };
    let title = "**History** of the residual, mode by step";
    let mut chart = Chart::new(
        "history",
        title,
        steps_axis(step_limit(state.setup.step_fraction)),
        y,
    );
    chart.reading = vec![Span::plain(
        "share of the residual\u{2019}s energy, 10\u{207b}\u{2074} (background) to 1 (ink)",
    )];
    let stairs = Mark::Line {
        points: stairs,
        role: Role::Ink,
        width: 2.0,
        dash: Dash::Solid,
        halo: true,
    };
    let end = edges.last().zip(border.last());
    let label = end.map(|(&x, &y)| Label::end("split", Role::Ink, [x, y]));
    chart.labels.extend(label);
    let energies = Mark::Heat {
        x: edges,
        y: (0..=n).map(|i| i as f64 + 0.5).collect(),
        shades,
        role: Role::Ink,
    };
    chart.marks.extend([energies, stairs]);
    if let Some((i, numbers)) = mode_at_cursor(state) {
        let rule = Mark::across(i as f64 + 1.0, Role::Ink, Dash::Dotted);
        chart.marks.push(rule);
        chart.reading = numbers;
    }
    chart.description = "History: each column is a recorded step, each row a mode; strong cells \
                         hold most of the residual's energy. The line parts channel (above) \
                         from reservoir (below)."
        .into();
    chart.column("step", records.iter().map(|r| r.step as f64));
    for i in 0..n {
        let energies = records.iter().map(|record| record.energy(i));
        chart.column(format!("energy-{}", i + 1), energies);
    }
    chart
}
