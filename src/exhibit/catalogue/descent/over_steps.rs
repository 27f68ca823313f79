//! Training over steps: test error at three widths, and over all widths at once.

use super::against_size::nearest;
use super::model::{Sweep, WIDTHS, parameters};
use super::sweeps::Sweeps;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Place, Role, Shape, Side, Span};
use crate::exhibit::cursor::{Places, among_steps};
use crate::exhibit::runner::State;
use crate::exhibit::series::{place, steps_axis};
use crate::exhibit::{Probe, text};
use crate::statistics::Spread;

/// Smallest error shown over steps.
const LOWEST: f64 = 0.15;

/// Largest error shown over steps: room for the peak, which grows with the noise.
fn highest(noise: f64) -> f64 {
    4.0 + 16.0 * noise * noise
}

/// Test errors of an empty and of a full cell.
const SHADES: (f64, f64) = (0.35, 3.5);

/// Columns of the map per decade of steps.
const COLUMNS_PER_DECADE: f64 = 16.0;

/// Widths that have a curve, as indices: well below the threshold, just
/// above it, and the largest.
fn drawn(points: usize) -> [usize; 3] {
    let n = points as f64;
    [nearest(0.4 * n), nearest(1.25 * n), WIDTHS.len() - 1]
}

/// The recorded steps, the same in every sweep. Step 0 has no place on a
/// log axis: it stands at 1 until step 1.
fn steps(sweeps: &Sweeps<'_>) -> Vec<u64> {
    let records = sweeps.shown[0].records;
    let past = u64::from(records.len() > 1);
    let steps = records.iter().map(|record| record.step);
    steps.filter(|step| *step >= past).collect()
}

/// Where a probe leads among the recorded steps.
pub fn among_recorded(state: &State<'_, Sweep>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let steps = steps(&Sweeps::of(state));
    among_steps(steps.into_iter(), probe, from.map(|at| at as usize))
}

/// Where a probe leads among the rows of the map.
pub fn among_rows(_: &State<'_, Sweep>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let places = Places {
        count: WIDTHS.len(),
        first: 0,
        stride: 1,
        nearest: |[_, y]: [f64; 2]| y.round().max(0.0) as usize,
    };
    places.lead(probe, from.map(|at| at as usize))
}

/// The axis of steps, with room for words behind the last.
fn axis(sweeps: &Sweeps<'_>) -> Axis {
    steps_axis(sweeps.setup.steps).with_room(8.0)
}

/// The stopping step, unless that is the end.
fn stop(sweeps: &Sweeps<'_>) -> Option<u64> {
    let step = sweeps.setup.stopping_step();
    (step < sweeps.setup.steps).then_some(step)
}

/// The line there.
fn stop_line(sweeps: &Sweeps<'_>) -> Option<Mark> {
    stop(sweeps).map(|step| Mark::upright(place(step), Role::Ink, Dash::Solid))
}

/// Test error over steps at three widths.
pub fn stopping(state: &State<'_, Sweep>) -> Chart {
    let sweeps = Sweeps::of(state);
    let steps = steps(&sweeps);
    let curves = steps.iter();
    let curves = curves.map(|&step| sweeps.over_widths(step, |_, arm| arm.test));
    let curves: Vec<Vec<Spread>> = curves.collect();
    let chosen = drawn(sweeps.setup.points);
    let threshold = chosen[1];
    let line = |value: &dyn Fn(usize, u64) -> f64| -> Vec<[f64; 2]> {
        let numbered = steps.iter().enumerate();
        numbered
            .map(|(i, &step)| [place(step), value(i, step)])
            .collect()
    };
    let train = line(&|_, step| {
        let spread = sweeps.spread(|trace| trace.at(step).arms[threshold].train);
        spread.median
    });
    let noise = sweeps.spread(|trace| trace.untrained.noise_energy).median;
    let y = Axis::log_plain(LOWEST, highest(sweeps.setup.noise));
    let title = "**Test error** over steps";
    let mut chart = Chart::new("stopping", title, axis(&sweeps), y);
    if noise > LOWEST {
        let line = Mark::across(noise, Role::Noise, Dash::Solid);
        chart.marks.push(line);
    }
    chart.marks.extend(stop_line(&sweeps));
    let named = |w: usize| format!("width {}", WIDTHS[w]);
    let last = train.iter().rev().find(|p| p[1] > LOWEST).copied();
    chart.marks.push(Mark::line(train, Role::Ink, 1.5));
    for w in chosen {
        let width = if w == threshold { 3.0 } else { 1.5 };
        let curve = line(&|i, _| curves[i][w].median);
        let end = curve[curve.len() - 1];
        chart.marks.extend([
            Mark::line(curve, Role::Test, width),
            Mark::point(end, Shape::Diamond, Role::Test),
        ]);
        chart.labels.push(Label::end(named(w), Role::Test, end));
    }
    if let Some(at) = last {
        let name = format!("train, {}", named(threshold));
        let label = Label::light_end(name, Role::Ink, at);
        chart.labels.push(label);
    }
    if noise > LOWEST {
        let (at, side) = (noise, Side::Below);
        let name = "noise in the labels";
        let label = Label::new(name, Role::Noise, Place::OnRule { at, side });
        chart.labels.push(label);
    }
    if let Some(step) = stop(&sweeps) {
        let (at, side) = (place(step), Side::Right);
        let name = format!("stop at {}", text::count(step));
        let label = Label::strong(name, Role::Ink, Place::OnSplit { at, side });
        chart.labels.push(label);
    }
    let cursor = state.index("step").filter(|i| *i < steps.len());
    if let Some(i) = cursor {
        let line = Mark::upright(place(steps[i]), Role::Ink, Dash::Dotted);
        chart.marks.push(line);
    }
    let i = cursor.unwrap_or(steps.len() - 1);
    let step = text::count(steps[i]);
    let values = chosen.map(|w| {
        let error = text::error(curves[i][w].median);
        format!("w {}: {error}", WIDTHS[w])
    });
    let reading = format!("step {step}\u{2002}{}", values.join("\u{2002}"));
    chart.reading = vec![Span::plain(reading)];
    let [narrow, middle, wide] = chosen.map(|w| WIDTHS[w]);
    chart.description = format!(
        "Test error over steps at widths {narrow}, {middle} and {wide}; at step {step}: {}.",
        values.join(", ")
    );
    chart.column("step", steps.iter().map(|s| *s as f64));
    for (w, width) in WIDTHS.into_iter().enumerate() {
        let medians = curves.iter().map(|curve| curve[w].median);
        chart.column(format!("test-width-{width}"), medians);
    }
    chart
}

/// Edges and shades of the map's columns: at most so many per decade of steps.
fn cells(sweeps: &Sweeps<'_>) -> (Vec<f64>, Vec<f64>) {
    let (empty, full) = (libm::log(SHADES.0), libm::log(SHADES.1));
    let end = sweeps.setup.steps as f64;
    let (mut edges, mut shades): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut last_column = f64::NAN;
    for step in steps(sweeps) {
        let column = libm::floor(libm::log10(place(step)) * COLUMNS_PER_DECADE);
        // At the last step a cell would have no width.
        if column == last_column || place(step) >= end {
            continue;
        }
        last_column = column;
        edges.push(place(step));
        let curve = sweeps.over_widths(step, |_, arm| arm.test);
        let shade = |s: &Spread| (libm::log(s.median) - empty) / (full - empty);
        shades.extend(curve.iter().map(shade));
    }
    if let Some(&last) = edges.last() {
        let next = last * libm::pow(10.0, 1.0 / COLUMNS_PER_DECADE);
        edges.push(next.min(end));
    }
    (edges, shades)
}

/// Test error of every width (rows) at every step (columns).
pub fn map(state: &State<'_, Sweep>) -> Chart {
    let sweeps = Sweeps::of(state);
    let rows = WIDTHS.len();
    let top = rows as f64 - 0.5;
    let ticks = [0.0, 3.0, 5.0, 7.0, 10.0, 13.0];
    let y = Axis::linear_with(-0.5, top, &ticks, |i| WIDTHS[i as usize].to_string());
    let title = "**Test error** of every width at every step";
    let mut chart = Chart::new("map", title, axis(&sweeps), y);
    let (x, shades) = cells(&sweeps);
    let above = parameters().partition_point(|p| *p < sweeps.setup.points);
    let border = above as f64 - 0.5;
    chart.marks = vec![
        Mark::Heat {
            x,
            y: (0..=rows).map(|i| i as f64 - 0.5).collect(),
            shades,
            role: Role::Test,
        },
        Mark::across(border, Role::Ink, Dash::Solid),
    ];
    chart.marks.extend(stop_line(&sweeps));
    let (at, side) = (border, Side::Below);
    let label = Label::strong("P = n", Role::Ink, Place::OnRule { at, side });
    chart.labels.push(label);
    chart.reading = vec![Span::plain(format!(
        "shades from {} to {}",
        text::fixed(SHADES.0, 2),
        text::fixed(SHADES.1, 1)
    ))];
    if let Some(i) = state.index("width") {
        let step = sweeps.shown_step();
        let now = sweeps.over_widths(step, |_, arm| arm.test);
        let line = Mark::across(i as f64, Role::Ink, Dash::Dotted);
        chart.marks.push(line);
        chart.reading = vec![Span::plain(format!(
            "width {}, step {}\u{2002}test {}",
            WIDTHS[i],
            text::count(step),
            text::error(now[i].median)
        ))];
    }
    chart.description = "Map of the test error: each row is a width, each column a step; strong \
                         cells have a large error. The line parts widths with fewer parameters \
                         than points (below) from the others."
        .into();
    chart
}
