//! The views of three classes in the plane: the network's class at every place, and one
//! direction psi_j with what learning it did to each of the three outputs, -G psi_j.

use super::classes::{ClassesRun, TEST_SIDE, predicted};
use super::directions::{opened, unopened};
use super::model::Channel;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Shape, Side, Span};
use crate::exhibit::runner::State;
use crate::exhibit::text;
use crate::task::{CLASSES, grid};
use std::f64::consts::TAU;

/// Cells a side of the map of classes.
const CELLS: usize = 41;
/// How dark each class is.
const SHADES: [f64; CLASSES] = [0.0, 0.14, 0.28];
/// What stands for a label.
const SHAPES: [Shape; CLASSES] = [Shape::Disc, Shape::Ring, Shape::Diamond];
/// From one picture of an output to the next, in cells.
const STRIDE: usize = TEST_SIDE + 2;
/// A training point whose entry is smaller than this share of the largest is left out.
const LEAST_ENTRY: f64 = 0.1;

/// Edges of `side` cells whose centres run from -1 to 1.
fn edges(side: usize) -> Vec<f64> {
    let cell = 2.0 / (side - 1) as f64;
    (0..=side).map(|k| -1.0 + (k as f64 - 0.5) * cell).collect()
}

/// Cells row by row, as a heat map takes them: column by column.
fn by_columns(side: usize, rows: &[f64]) -> Vec<f64> {
    let cells = (0..side).flat_map(|column| (0..side).map(move |row| row * side + column));
    cells.map(|at| rows[at]).collect()
}

/// Where the true class changes: angle + |x| a multiple of 2 pi / 3.
fn boundaries() -> Vec<Vec<[f64; 2]>> {
    let spiral = |c: usize| {
        let radii = (0..=60).map(|k| k as f64 / 60.0 * 2.0_f64.sqrt());
        let at = radii.map(|r| {
            let angle = TAU / CLASSES as f64 * c as f64 - r;
            [r * libm::cos(angle), r * libm::sin(angle)]
        });
        at.filter(|x| x[0].abs() <= 1.0 && x[1].abs() <= 1.0)
            .collect()
    };
    (0..CLASSES).map(spiral).collect()
}

fn at(inputs: &nalgebra::DMatrix<f64>, i: usize) -> [f64; 2] {
    [inputs[(0, i)], inputs[(1, i)]]
}

/// Training points in the shape of their label, wrong ones in the noise's hue.
fn training_points(run: &ClassesRun) -> Vec<Mark> {
    let problem = &run.problem;
    let mut marks = Vec::new();
    for (class, shape) in SHAPES.into_iter().enumerate() {
        for (wrong, role) in [(false, Role::Ink), (true, Role::Noise)] {
            let these = (0..problem.labels.len())
                .filter(|&i| problem.labels[i] == class && (problem.classes[i] != class) == wrong);
            let points: Vec<[f64; 2]> = these.map(|i| at(&problem.inputs, i)).collect();
            marks.push(Mark::points(points, shape, role));
        }
    }
    marks
}

fn plane_axes() -> [Axis; 2] {
    let ticks = [-1.0, 0.0, 1.0];
    let reach = 1.0 + 1.0 / (CELLS - 1) as f64;
    [
        Axis::linear(-reach, reach, &ticks).first("x = "),
        Axis::linear(-reach, reach, &ticks),
    ]
}

/// The network's class at every place, with the true boundaries and the training points.
pub fn prediction(state: &State<'_, Channel>) -> Chart {
    let [x, y] = plane_axes();
    let mut chart = Chart::new("prediction", "**Prediction** class", x, y);
    let Some(run) = state.model.base.plane() else {
        return chart;
    };
    let places = grid(CELLS);
    let classes = run.classes_at(&places);
    let shades: Vec<f64> = classes.iter().map(|c| SHADES[*c]).collect();
    chart.marks.push(Mark::Heat {
        x: edges(CELLS),
        y: edges(CELLS),
        shades: by_columns(CELLS, &shades),
        role: Role::Ink,
    });
    for line in boundaries() {
        chart.marks.push(Mark::line(line, Role::Signal, 2.0));
    }
    chart.marks.extend(training_points(run));
    let wrong = state.now.test.map_or(String::new(), text::whole_percent);
    let network: Vec<usize> = predicted(state.now.test_outputs.as_slice()).collect();
    let mut agreement = String::new();
    if let Some(opened) = opened(state) {
        let operators = predicted(opened.diagnostics.predicted.as_slice());
        let differ = operators.zip(&network).filter(|(a, b)| a != *b).count();
        agreement = format!(
            " The transfer operator predicts the same class at {} of {} test points.",
            network.len() - differ,
            network.len()
        );
        let error = text::percent(opened.diagnostics.test_error);
        chart.reading = vec![
            Span::plain("wrong at "),
            Span::strong(wrong.as_str()).in_role(Role::Test),
            Span::plain(", \u{2212}G g(s) off by "),
            Span::strong(error).in_role(Role::Test),
        ];
    }
    let boundary = Label::line_key("true boundary", Side::Left, Role::Signal, Dash::Solid);
    chart.labels.push(boundary);
    chart.description = format!(
        "Prediction: the network puts {wrong} of the test points into a wrong class.{agreement}"
    );
    let count = classes.len();
    chart
        .column("x1", (0..count).map(|i| places[(0, i)]))
        .column("x2", (0..count).map(|i| places[(1, i)]))
        .column("class", classes.iter().map(|c| (*c + 1) as f64));
    chart
}

/// One direction, an output a picture: shades for what learning it did at the test points,
/// discs and rings where it raises and lowers a training output.
pub fn mode(state: &State<'_, Channel>) -> Chart {
    let directions = state.model.base.directions();
    let j = state
        .index("mode")
        .unwrap_or(state.setup.mode)
        .min(directions - 1);
    let width = (CLASSES * STRIDE - 2) as f64;
    let middles = [0, 1, 2].map(|c| (c * STRIDE) as f64 + TEST_SIDE as f64 / 2.0);
    let x = Axis::linear_with(0.0, width, &middles, |middle| {
        format!("class {}", (middle / STRIDE as f64) as usize + 1)
    });
    let y = Axis::linear(0.0, TEST_SIDE as f64, &[]);
    let title = format!("**Direction {}**", j + 1);
    let mut chart = Chart::new("mode", &title, x, y);
    let (Some(opened), Some(run)) = (opened(state), state.model.base.plane()) else {
        return unopened(state, chart, "Direction", [2.0, 4.5]);
    };
    let now = opened.diagnostics;
    let (role, side) = match j < opened.channel {
        true => (Role::Signal, "channel"),
        false => (Role::Noise, "reservoir"),
    };
    let n = state.model.base.points();
    let effect = now.effects.column(j) / n as f64;
    let full = effect.amax();
    let vector = now.spectrum.vectors.column(j);
    let largest = vector.amax();
    for c in 0..CLASSES {
        let left = (c * STRIDE) as f64;
        // Half shade is no change, so that signs tell apart.
        let shade = |k: usize| match full > 0.0 {
            true => 0.25 + 0.25 * effect[k * CLASSES + c] / full,
            false => 0.25,
        };
        let shades: Vec<f64> = (0..TEST_SIDE * TEST_SIDE).map(shade).collect();
        chart.marks.push(Mark::Heat {
            x: (0..=TEST_SIDE).map(|i| left + i as f64).collect(),
            y: (0..=TEST_SIDE).map(|i| i as f64).collect(),
            shades: by_columns(TEST_SIDE, &shades),
            role: Role::Ink,
        });
        let place = |v: f64| 0.5 + 0.5 * (v + 1.0) * (TEST_SIDE - 1) as f64;
        for (shape, sign) in [(Shape::Disc, 1.0), (Shape::Ring, -1.0)] {
            let these = (0..n).filter(|i| sign * vector[i * CLASSES + c] > LEAST_ENTRY * largest);
            let points = these.map(|i| {
                let [x1, x2] = at(&run.problem.inputs, i);
                [left + place(x1), place(x2)]
            });
            chart
                .marks
                .push(Mark::points(points.collect(), shape, role));
        }
    }
    let most = text::significant(full);
    chart.reading = vec![
        Span::plain("in the "),
        Span::strong(side).in_role(role),
        Span::plain(format!(", moves a test output by {most} at most")),
    ];
    chart.description = format!(
        "Direction {} of the integrated kernel, in the {side}: eigenvalue {}; learning a unit of it has moved an output \
         at a test point by {most} at most. Discs are training outputs that it raises, rings those that it lowers; \
         shades are what learning it did between them, darker for more.",
        j + 1,
        text::significant(now.spectrum.values[j])
    );
    let entries = 0..vector.len();
    chart
        .column("point", entries.clone().map(|k| (k / CLASSES + 1) as f64))
        .column("class", entries.map(|k| (k % CLASSES + 1) as f64))
        .column("direction", vector.iter().copied())
        .column("effect", effect.iter().copied());
    chart
}
