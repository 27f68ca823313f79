//! The mask of one arm as a picture of each of its weight matrices.

use super::run::Run;
use crate::chart::{Axis, Chart, Column, Mark, Role, Scale, Shape, Span, Tick, TickLabel};
use crate::exhibit::{Probe, moved, text};
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

/// The parameter that a person looks at next; none where no mask is drawn.
pub fn looking(run: &Run, probe: Probe, from: Option<usize>) -> Option<usize> {
    let contestant = &run.heat.contestants[run.setup.look];
    let last = contestant.recent.len().checked_sub(1)?;
    match probe {
        Probe::At([x, y]) => {
            let blocks = blocks(contestant.trainer.mlp().layers());
            let after = blocks.partition_point(|block| block.left <= x);
            let block = &blocks[after.saturating_sub(1)];
            let cell = |share: f64, count: usize| {
                let at = (share * count as f64).clamp(0.0, (count - 1) as f64);
                at as usize
            };
            let column = cell((x - block.left) / block.width, block.columns);
            let rows = block.layer.outputs;
            Some(block.parameters().start + column * rows + cell(y, rows))
        }
        Probe::Move(by) => Some(from.map_or(0, |at| moved(at, by, last))),
        Probe::Clear => None,
    }
}

/// A ring around a parameter, and what there is to say of it.
fn tell(blocks: &[Block<'_>], recent: &[f64], at: usize) -> Option<(Mark, String)> {
    let l = blocks.iter().position(|b| b.parameters().contains(&at))?;
    let (block, open) = (&blocks[l], recent.get(at)?);
    let cell = at - block.parameters().start;
    let (column, row) = (cell / block.layer.outputs, cell % block.layer.outputs);
    let middle = |i: usize, count: usize| (i as f64 + 0.5) / count as f64;
    let x = block.left + block.width * middle(column, block.columns);
    let mark = Mark::Points {
        points: vec![[x, middle(row, block.layer.outputs)]],
        shape: Shape::Ring,
        role: Role::Ink,
    };
    let which = match column {
        column if column == block.layer.inputs => format!("bias {}", row + 1),
        column => format!("row {}, column {}", row + 1, column + 1),
    };
    let open = text::percent(*open);
    let text = format!("W{}\u{2002}{which}\u{2002}open {open}", subscript(l + 1));
    Some((mark, text))
}

/// Open, closed and flickering weights of the arm looked into.
pub fn mask(run: &Run, looking: Option<usize>) -> Chart {
    let setup = &run.setup;
    let contestant = &run.heat.contestants[setup.look];
    let recent = &contestant.recent;
    let blocks = blocks(contestant.trainer.mlp().layers());
    let mut marks = Vec::new();
    let mut ticks = Vec::new();
    for (l, block) in blocks.iter().enumerate() {
        let [x, y] = block.edges();
        let weights = recent.get(block.parameters()).unwrap_or_default();
        let shades = |show: fn(f64) -> f64| weights.iter().map(|w| show(*w)).collect::<Vec<_>>();
        let heat = |shades, role| Mark::Heat {
            x: x.clone(),
            y: y.clone(),
            shades,
            role,
        };
        let never = |w: f64| if w < CLOSED { 1.0 } else { f64::NAN };
        let often = |w: f64| if w >= OPEN { 1.0 } else { f64::NAN };
        let between = |w: f64| match w {
            w if (CLOSED..OPEN).contains(&w) => 0.35 + 0.65 * w,
            _ => f64::NAN,
        };
        if weights.is_empty() {
            let all = vec![1.0; block.parameters().len()];
            marks.push(heat(all, Role::Rule));
        } else {
            marks.push(heat(shades(never), Role::Rule));
            marks.push(heat(shades(often), Role::Signal));
            marks.push(heat(shades(between), Role::Noise));
        }
        let name = format!(
            "W{} {}\u{2009}\u{d7}\u{2009}{}",
            subscript(l + 1),
            block.layer.outputs,
            block.layer.inputs
        );
        ticks.push(Tick {
            at: block.left + block.width / 2.0,
            label: TickLabel::Text(match block.width {
                w if w > 0.3 => name,
                _ => format!("W{}", subscript(l + 1)),
            }),
        });
    }
    let share = |test: &dyn Fn(f64) -> bool| {
        let count = recent.iter().filter(|w| test(**w)).count();
        count as f64 / recent.len() as f64
    };
    let open = share(&|w| w >= OPEN);
    let flickering = share(&|w| (CLOSED..OPEN).contains(&w));
    let label = setup.label(setup.look);
    let (mut reading, description) = if recent.is_empty() {
        let words = match run.heat.step {
            0 => "no step yet",
            _ => "no mask",
        };
        (
            vec![Span::plain(format!("{label}: {words}"))],
            format!("Mask: {label} has {words}."),
        )
    } else {
        (
            vec![
                Span::plain(format!("{label}: ")),
                Span::strong(format!("open {}", text::percent(open))).in_role(Role::Signal),
                Span::plain("  "),
                Span::strong(format!("flickering {}", text::percent(flickering)))
                    .in_role(Role::Noise),
            ],
            format!(
                "Mask of {label} at step {}: of all weights {} were open in nearly all of the last \
                 twenty steps or so, {} flickered, the others were closed.",
                text::count(run.heat.step),
                text::percent(open),
                text::percent(flickering)
            ),
        )
    };
    if let Some((mark, text)) = looking.and_then(|at| tell(&blocks, recent, at)) {
        marks.push(mark);
        reading = vec![Span::plain(text)];
    }
    let mut x = Axis::linear(0.0, 1.0, &[]);
    x.ticks = ticks;
    // Row 1 on top.
    let mut y = Axis::linear(0.0, 1.0, &[]);
    y.scale = Scale::Linear { min: 1.0, max: 0.0 };
    Chart {
        view: "mask",
        title: vec![
            Span::strong("Mask"),
            Span::plain(" of every weight, "),
            Span::plain("open").in_role(Role::Signal),
            Span::plain(" or "),
            Span::plain("flickering").in_role(Role::Noise),
        ],
        reading,
        x,
        y,
        marks,
        labels: Vec::new(),
        description,
        columns: vec![Column::new("open-recently", recent.iter().copied())],
    }
}

fn subscript(number: usize) -> String {
    let digits = number.to_string();
    digits
        .bytes()
        .filter_map(|digit| char::from_u32(0x2080 + u32::from(digit - b'0')))
        .collect()
}
