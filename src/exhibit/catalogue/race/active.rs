//! How much of the network each arm's mask lets through, over steps.

use super::medians::Medians;
use super::model::{Race, shown_text};
use super::rule::Rule;
use super::style::{self, steps_axis, style};
use super::task::percent;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Side, Span};
use crate::exhibit::runner::State;
use crate::exhibit::text;

/// Fractions below this leave the picture.
const LOWEST: f64 = 2e-4;

/// Active fraction of every arm; of the one inspected, layer by layer as well.
pub fn active(state: &State<'_, Race>) -> Chart {
    let (setup, medians) = (state.setup, Medians::new(state));
    let inspected = setup.inspected;
    let curves: Vec<Vec<f64>> = (0..setup.arms.len())
        .map(|arm| medians.of(|record| record.arms[arm].active))
        .collect();
    let layers: Vec<Vec<f64>> = (0..state.model.arms[inspected].mlp().layers().len())
        .map(|layer| medians.of(|record| record.arms[inspected].layers[layer]))
        .collect();
    let points = |curve: &[f64]| {
        let mut points = medians.points(curve);
        for [_, y] in &mut points {
            *y = y.max(LOWEST / 2.0);
        }
        points
    };
    let end = |points: &[[f64; 2]]| points.last().map(|[x, y]| [*x, y.max(LOWEST)]);
    let mut y = Axis::log_plain(LOWEST, 2.5);
    y.ticks = Axis::linear_with(LOWEST, 2.5, &[0.001, 0.01, 0.1, 1.0], percent).ticks;
    let title = "**Active fraction** of the parameters";
    let mut chart = Chart::new("open", title, steps_axis(setup.steps), y);
    for (layer, curve) in layers.iter().enumerate() {
        let points = points(curve);
        if let Some(at) = end(&points) {
            let name = format!("layer {}", layer + 1);
            let label = Label::light_end(name, Role::Ink3, at);
            chart.labels.push(label);
        }
        chart.marks.push(Mark::line(points, Role::Rule2, 1.0));
    }
    for (arm, curve) in curves.iter().enumerate().rev() {
        let style = style(setup, arm);
        let points = points(curve);
        let Some(at) = end(&points) else { continue };
        let label = setup.label(arm);
        match setup.arms[arm].rule {
            // It copies the active fraction that another arm shows.
            Rule::Slower => {}
            Rule::Free => {
                chart.marks.push(Mark::line(points, style.role, 1.0));
                let label = format!("{label}: would open");
                let key = Label::key(label, Side::Right, Role::Ink2, style.sample());
                chart.labels.push(key);
            }
            _ => {
                chart.marks.push(style.line(points));
                chart.labels.push(style::end(setup, arm, at));
            }
        }
    }
    if setup.stop_below > 0.0 {
        let (at, role) = (setup.stop_below, Role::Ink3);
        chart.marks.push(Mark::across(at, role, Dash::Dotted));
        chart.labels.push(Label::above_rule("stop", role, at));
    }
    let label = setup.label(inspected);
    let now = text::percent(medians.value(&curves[inspected]));
    chart.reading = Span::marked(&format!("{label} **{now}**"));
    if medians.cursor.is_some() && medians.step() > 0 {
        medians.read(&mut chart, &format!("{label} {now}"));
    }
    chart.description = format!(
        "Active fraction at step {}, {}: {}. Without a mask, what the hard gate would open.",
        text::count(medians.step()),
        shown_text(state),
        setup
            .labelled(|arm| text::percent(medians.value(&curves[arm])))
            .join(", ")
    );
    medians.columns(&mut chart, setup, "open", &curves);
    for (layer, curve) in layers.into_iter().enumerate() {
        chart.column(format!("layer{}-open", layer + 1), curve);
    }
    chart
}
