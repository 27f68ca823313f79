//! The mask of one arm as a picture of each of its weight matrices.

use super::run::Run;
use crate::chart::{Axis, Chart, Column, Mark, Role, Scale, Span, Tick, TickLabel};
use crate::exhibit::words;

/// Of the last twenty steps or so, a parameter was open in all but a few, or in hardly any.
const OPEN: f64 = 0.9;
const CLOSED: f64 = 0.1;

/// Width of the gap between two matrices, and the least width of one, as
/// shares of the picture.
const GAP: f64 = 0.03;
const LEAST: f64 = 0.07;

/// Open, closed and flickering weights of the arm looked into.
pub fn mask(run: &Run) -> Chart {
    let setup = &run.setup;
    let contestant = &run.heat.contestants[setup.look];
    let recent = &contestant.recent;
    let layers = contestant.trainer.mlp().layers();
    // Columns of W, and one more for b.
    let columns = |layer: &crate::network::LayerShape| layer.inputs + usize::from(layer.has_bias());
    let total: usize = layers.iter().map(columns).sum();
    let room = 1.0 - GAP * (layers.len() - 1) as f64;
    let wide = |layer| (columns(layer) as f64 / total as f64).max(LEAST);
    let sum: f64 = layers.iter().map(wide).sum();
    let mut marks = Vec::new();
    let mut ticks = Vec::new();
    let mut left = 0.0;
    for (l, layer) in layers.iter().enumerate() {
        let (count, width) = (columns(layer), room * wide(layer) / sum);
        let edges = |count: usize, from: f64, length: f64| -> Vec<f64> {
            (0..=count)
                .map(|i| from + length * i as f64 / count as f64)
                .collect()
        };
        let (x, y) = (edges(count, left, width), edges(layer.outputs, 0.0, 1.0));
        let weights = recent
            .get(layer.weights().start..layer.weights().start + count * layer.outputs)
            .unwrap_or_default();
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
            let all = vec![1.0; count * layer.outputs];
            marks.push(heat(all, Role::Rule));
        } else {
            marks.push(heat(shades(never), Role::Rule));
            marks.push(heat(shades(often), Role::Signal));
            marks.push(heat(shades(between), Role::Noise));
        }
        let name = format!(
            "W{} {}\u{2009}\u{d7}\u{2009}{}",
            subscript(l + 1),
            layer.outputs,
            layer.inputs
        );
        ticks.push(Tick {
            at: left + width / 2.0,
            label: TickLabel::Text(match width {
                w if w > 0.3 => name,
                _ => format!("W{}", subscript(l + 1)),
            }),
        });
        left += width + GAP;
    }
    let share = |test: &dyn Fn(f64) -> bool| {
        let count = recent.iter().filter(|w| test(**w)).count();
        count as f64 / recent.len() as f64
    };
    let open = share(&|w| w >= OPEN);
    let flickering = share(&|w| (CLOSED..OPEN).contains(&w));
    let label = setup.label(setup.look);
    let (reading, description) = if recent.is_empty() {
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
                Span::strong(format!("open {}", words::percent(open))).in_role(Role::Signal),
                Span::plain("  "),
                Span::strong(format!("flickering {}", words::percent(flickering)))
                    .in_role(Role::Noise),
            ],
            format!(
                "Mask of {label} at step {}: of all weights {} were open in nearly all of the last \
                 twenty steps or so, {} flickered, the others were closed.",
                words::count(run.heat.step),
                words::percent(open),
                words::percent(flickering)
            ),
        )
    };
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
