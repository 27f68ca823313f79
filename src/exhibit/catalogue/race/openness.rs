//! How much of the network each arm's mask lets through, over steps.

use super::Looking;
use super::comparison::over_steps;
use super::rule::Rule;
use super::run::Run;
use super::score::heats;
use super::style::{place, steps_axis, style};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Sample, Side, Span, number,
};
use crate::exhibit::text;

/// Shares below this leave the picture.
const LOWEST: f64 = 2e-4;

/// Open share of every arm; of the one looked into, layer by layer as well.
pub fn openness(run: &Run, probe: Option<Looking>) -> Chart {
    let setup = &run.setup;
    let traces = run.shown();
    let looked = setup.look;
    let curve = |value: &dyn Fn(&super::heat::Record) -> f64| over_steps(traces, value);
    let curves: Vec<Vec<(u64, f64)>> = (0..setup.arms.len())
        .map(|arm| curve(&|record| record.arms[arm].open))
        .collect();
    let count = run.heat.contestants[looked].trainer.mlp().layers().len();
    let layers: Vec<Vec<(u64, f64)>> = (0..count)
        .map(|layer| curve(&|record| record.arms[looked].layers[layer]))
        .collect();
    let points = |curve: &[(u64, f64)]| -> Vec<[f64; 2]> {
        curve
            .iter()
            .map(|(step, v)| [place(*step), v.max(LOWEST / 2.0)])
            .collect()
    };
    let mut marks: Vec<Mark> = layers
        .iter()
        .map(|layer| Mark::line(points(layer), Role::Rule2, 1.0))
        .collect();
    let mut labels = Vec::new();
    for (layer, curve) in layers.iter().enumerate() {
        if let Some(&[x, y]) = points(curve).last() {
            let at = [x, y.max(LOWEST)];
            let name = format!("layer {}", layer + 1);
            labels.push(Label::new(name, Role::Ink3, Place::End { at }));
        }
    }
    for (arm, curve) in curves.iter().enumerate().rev() {
        let style = style(setup, arm);
        let points = points(curve);
        let Some(&[x, y]) = points.last() else {
            continue;
        };
        match setup.arms[arm].rule {
            // It copies the openness that another arm shows.
            Rule::Slower => continue,
            Rule::Free => {
                marks.push(Mark::line(points, style.role, 1.0));
                labels.push(Label::new(
                    format!("{}: would open", setup.label(arm)),
                    style.role,
                    Place::Key {
                        side: Side::Right,
                        sample: Sample::Line {
                            role: style.role,
                            dash: Dash::Solid,
                        },
                    },
                ));
            }
            _ => {
                let at = [x, y.max(LOWEST)];
                marks.push(style.line(points));
                labels.push(Label::strong(
                    setup.label(arm),
                    style.role,
                    Place::End { at },
                ));
            }
        }
    }
    if setup.stop_below > 0.0 {
        marks.push(Mark::Rule {
            orientation: Orientation::Horizontal,
            at: setup.stop_below,
            role: Role::Noise,
            dash: Dash::Dotted,
        });
        labels.push(Label::new(
            "stop",
            Role::Noise,
            Place::OnRule {
                at: setup.stop_below,
                side: Side::Above,
            },
        ));
    }
    let steps: Vec<u64> = curves[looked].iter().map(|(step, _)| *step).collect();
    let at = match probe {
        Some(Looking::Step(wanted)) => steps.partition_point(|step| *step < wanted),
        _ => steps.len(),
    };
    let at = at.min(steps.len().saturating_sub(1));
    let share = |arm: usize| curves[arm].get(at).map_or(f64::NAN, |(_, v)| *v);
    let step = steps.get(at).copied().unwrap_or(0);
    let mut reading = vec![
        Span::plain(format!("{} ", setup.label(looked))),
        Span::strong(text::percent(share(looked))).in_role(Role::Test),
    ];
    if matches!(probe, Some(Looking::Step(_))) && step > 0 {
        marks.push(Mark::Rule {
            orientation: Orientation::Vertical,
            at: place(step),
            role: Role::Ink,
            dash: Dash::Solid,
        });
        reading = vec![Span::plain(format!(
            "step {}\u{2002}{} {}",
            text::count(step),
            setup.label(looked),
            text::percent(share(looked))
        ))];
    }
    let all: Vec<String> = (0..setup.arms.len())
        .map(|arm| format!("{} {}", setup.label(arm), text::percent(share(arm))))
        .collect();
    let axis = Axis::log_plain(LOWEST, 2.5);
    Chart {
        view: "open",
        title: vec![
            Span::strong("Open"),
            Span::plain(" share of the parameters"),
        ],
        reading,
        x: steps_axis(setup.steps),
        y: Axis {
            ticks: [0.001, 0.01, 0.1, 1.0]
                .map(|at| crate::chart::Tick {
                    at,
                    label: crate::chart::TickLabel::Text(format!(
                        "{}\u{2009}%",
                        number(100.0 * at)
                    )),
                })
                .to_vec(),
            ..axis
        },
        marks,
        labels,
        description: format!(
            "Open share at step {}, {}: {}. Without a mask, what the hard gate would open.",
            text::count(step),
            heats(run),
            all.join(", ")
        ),
        columns: std::iter::once(Column::new("step", steps.iter().map(|s| *s as f64)))
            .chain(curves.iter().zip(&setup.arms).map(|(curve, arm)| {
                let name = format!("arm{}-open", arm.number);
                Column::new(name, curve.iter().map(|(_, v)| *v))
            }))
            .chain(layers.iter().enumerate().map(|(layer, curve)| {
                let name = format!("layer{}-open", layer + 1);
                Column::new(name, curve.iter().map(|(_, v)| *v))
            }))
            .collect(),
    }
}
