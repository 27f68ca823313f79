//! The mask of one arm as a picture of each of its weight matrices.

use super::model::Race;
use crate::chart::{Axis, Chart, Mark, Role, Scale, Shape, Span, Tick, TickLabel};
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};
use crate::network::LayerShape;
use std::ops::Range;

/// Of the last twenty steps or so, a parameter was open in all but a few, or in hardly any.
const OPEN: f64 = 0.9;
const CLOSED: f64 = 0.1;

/// Width of the gap between two matrices, and the least width of one, as
/// shares of the picture.
const GAP: f64 = 0.03;
const LEAST: f64 = 0.07;

/// A weight matrix with its biases as it stands in the picture.
struct Block<'a> {
    layer: &'a LayerShape,
    /// Columns of W, and one more for b.
    columns: usize,
    left: f64,
    width: f64,
}

impl Block<'_> {
    /// Indices of its parameters: one column of the picture after the other.
    fn parameters(&self) -> Range<usize> {
        let first = self.layer.weights().start;
        first..first + self.columns * self.layer.outputs
    }

    fn edges(&self) -> [Vec<f64>; 2] {
        let edges = |count: usize, from: f64, length: f64| -> Vec<f64> {
            (0..=count)
                .map(|i| from + length * i as f64 / count as f64)
                .collect()
        };
        [
            edges(self.columns, self.left, self.width),
            edges(self.layer.outputs, 0.0, 1.0),
        ]
    }
}

fn blocks(layers: &[LayerShape]) -> Vec<Block<'_>> {
    let columns = |layer: &LayerShape| layer.inputs + usize::from(layer.has_bias());
    let total: usize = layers.iter().map(columns).sum();
    let room = 1.0 - GAP * (layers.len() - 1) as f64;
    let wide = |layer| (columns(layer) as f64 / total as f64).max(LEAST);
    let sum: f64 = layers.iter().map(wide).sum();
    let mut next = 0.0;
    let block = |layer| {
        let (left, width) = (next, room * wide(layer) / sum);
        next += width + GAP;
        Block {
            layer,
            columns: columns(layer),
            left,
            width,
        }
    };
    layers.iter().map(block).collect()
}

/// Where a probe leads among the parameters; nowhere where no mask is drawn.
pub fn lead(state: &State<'_, Race>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let arm = &state.model.arms[state.setup.inspected];
    let places = Places {
        count: arm.recent.len(),
        first: 0,
        stride: 1,
        nearest: |[x, y]: [f64; 2]| {
            let blocks = blocks(arm.mlp().layers());
            let after = blocks.partition_point(|block| block.left <= x);
            let block = &blocks[after.saturating_sub(1)];
            let cell = |share: f64, count: usize| {
                let at = (share * count as f64).clamp(0.0, (count - 1) as f64);
                at as usize
            };
            let column = cell((x - block.left) / block.width, block.columns);
            let rows = block.layer.outputs;
            block.parameters().start + column * rows + cell(y, rows)
        },
    };
    places.lead(probe, from.map(|at| at as usize))
}

/// A ring around a parameter, and what there is to report of it.
fn report(blocks: &[Block<'_>], recent: &[f64], at: usize) -> Option<(Mark, String)> {
    let l = blocks.iter().position(|b| b.parameters().contains(&at))?;
    let (block, open) = (&blocks[l], recent.get(at)?);
    let cell = at - block.parameters().start;
    let (column, row) = (cell / block.layer.outputs, cell % block.layer.outputs);
    let middle = |i: usize, count: usize| (i as f64 + 0.5) / count as f64;
    let x = block.left + block.width * middle(column, block.columns);
    let y = middle(row, block.layer.outputs);
    let mark = Mark::point([x, y], Shape::Ring, Role::Ink);
    let which = match column {
        column if column == block.layer.inputs => format!("bias {}", row + 1),
        column => format!("row {}, column {}", row + 1, column + 1),
    };
    let open = text::percent(*open);
    let text = format!("W{}\u{2002}{which}\u{2002}open {open}", subscript(l + 1));
    Some((mark, text))
}

/// Open, closed and flickering weights of a matrix.
fn draw(chart: &mut Chart, block: &Block<'_>, recent: &[f64]) {
    let [x, y] = block.edges();
    let mut heat = |shades, role| {
        chart.marks.push(Mark::Heat {
            x: x.clone(),
            y: y.clone(),
            shades,
            role,
        });
    };
    let weights = recent.get(block.parameters()).unwrap_or_default();
    let shades = |show: fn(f64) -> f64| weights.iter().map(|w| show(*w)).collect::<Vec<_>>();
    if weights.is_empty() {
        let all = vec![1.0; block.parameters().len()];
        heat(all, Role::Rule);
        return;
    }
    let never = |w: f64| if w < CLOSED { 1.0 } else { f64::NAN };
    let often = |w: f64| if w >= OPEN { 1.0 } else { f64::NAN };
    let between = |w: f64| match w {
        w if (CLOSED..OPEN).contains(&w) => 0.35 + 0.65 * w,
        _ => f64::NAN,
    };
    heat(shades(never), Role::Rule);
    heat(shades(often), Role::Ink);
    heat(shades(between), Role::Ink3);
}

/// The mask of the arm inspected.
pub fn mask(state: &State<'_, Race>) -> Chart {
    let arm = &state.model.arms[state.setup.inspected];
    let label = state.setup.label(state.setup.inspected);
    let recent = &arm.recent;
    let blocks = blocks(arm.mlp().layers());
    // Row 1 on top.
    let mut y = Axis::linear(0.0, 1.0, &[]);
    y.scale = Scale::Linear { min: 1.0, max: 0.0 };
    let mut chart = Chart::new("mask", "", Axis::linear(0.0, 1.0, &[]), y);
    chart.title = Span::marked("**Mask** full: open, half: flickering, faint: closed");
    for (l, block) in blocks.iter().enumerate() {
        draw(&mut chart, block, recent);
        let mut name = format!("W{}", subscript(l + 1));
        if block.width > 0.3 {
            let (rows, columns) = (block.layer.outputs, block.layer.inputs);
            name.push_str(&format!(" {rows}\u{202f}\u{d7}\u{202f}{columns}"));
        }
        chart.x.ticks.push(Tick {
            at: block.left + block.width / 2.0,
            label: TickLabel::Text(name),
        });
    }
    if recent.is_empty() {
        let state = match state.place.trial_step {
            0 => "no step yet",
            _ => "no mask",
        };
        chart.reading = vec![Span::plain(format!("{label}: {state}"))];
        chart.description = format!("Mask: {label} has {state}.");
    } else {
        let share = |test: fn(&&f64) -> bool| {
            let count = recent.iter().filter(test).count();
            text::percent(count as f64 / recent.len() as f64)
        };
        let open = share(|w| **w >= OPEN);
        let flickering = share(|w| (CLOSED..OPEN).contains(*w));
        let reading = format!("{label}: **open {open}**\u{2002}flickering {flickering}");
        chart.reading = Span::marked(&reading);
        chart.description = format!(
            "Mask of {label} at step {}: of all weights {open} were open in nearly all of the \
             last twenty steps or so, {flickering} flickered, the others were closed.",
            text::count(state.place.trial_step)
        );
    }
    let cursor = state.index("parameter");
    if let Some((mark, text)) = cursor.and_then(|at| report(&blocks, recent, at)) {
        chart.marks.push(mark);
        chart.reading = vec![Span::plain(text)];
    }
    chart.column("open-recently", recent.iter().copied());
    chart
}

fn subscript(number: usize) -> String {
    let digits = number.to_string();
    digits
        .bytes()
        .filter_map(|digit| char::from_u32(0x2080 + u32::from(digit - b'0')))
        .collect()
}
