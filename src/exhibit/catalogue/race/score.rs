//! A measure of every arm over steps.

use super::arm_trial::ArmTrial;
use super::medians::Medians;
use super::model::{Race, shown, shown_text};
use super::style::{end, steps_axis, style};
use crate::chart::{Chart, Label, Mark, Role, Shape, Side, Span};
use crate::exhibit::runner::State;
use crate::exhibit::series::place;
use crate::exhibit::text;

/// The score of every arm.
pub fn score(state: &State<'_, Race>) -> Chart {
    measure(state, "score", state.setup.task.score)
}

/// A measure of every arm.
pub fn measure(state: &State<'_, Race>, view: &'static str, index: usize) -> Chart {
    let (setup, medians) = (state.setup, Medians::new(state));
    let measure = &setup.task.measures[index];
    let curve = |arm: usize| medians.of(|record| record.arms[arm].measures[index]);
    let curves: Vec<Vec<f64>> = (0..setup.arms.len()).map(curve).collect();
    let values = || curves.iter().flatten().copied();
    let lowest = values().fold(f64::INFINITY, f64::min);
    let highest = values().fold(f64::NEG_INFINITY, f64::max);
    let (x, y) = (steps_axis(setup.steps), (measure.axis)(lowest, highest));
    let mut chart = Chart::new(view, measure.title, x, y);
    for (arm, curve) in curves.iter().enumerate().rev() {
        let style = style(setup, arm);
        let points = medians.points(curve);
        let Some(&at) = points.last() else { continue };
        chart.marks.push(style.line(points));
        chart.labels.push(end(setup, arm, at));
    }
    if index == setup.task.score && setup.stop_below > 0.0 {
        stops(state, &mut chart);
    }
    let all = setup.labelled(|arm| (measure.format)(medians.value(&curves[arm])));
    chart.reading = vec![Span::plain(shown_text(state))];
    let mut step = shown(state)[0].records.last().map_or(0, |last| last.step);
    if medians.cursor.is_some() {
        medians.read(&mut chart, &all.join("\u{2002}"));
        step = medians.step();
    }
    chart.description = format!(
        "{} at step {}, {}: {}.",
        chart.title[0].text,
        text::count(step),
        shown_text(state),
        all.join(", ")
    );
    medians.columns(&mut chart, setup, measure.name, &curves);
    chart
}

/// Marks where gated arms would stop by themselves, trial by trial.
fn stops(state: &State<'_, Race>, chart: &mut Chart) {
    let arms = state.setup.arms.iter().enumerate();
    let gated = arms.filter(|(_, arm)| arm.rule.is_gate());
    let runs = gated.flat_map(|(arm, _)| {
        let trials = shown(state).iter();
        trials.map(move |trial| ArmTrial::new(state, trial, arm))
    });
    let stops = runs.filter_map(ArmTrial::own_stop);
    let points: Vec<[f64; 2]> = stops.map(|(step, score)| [place(step), score]).collect();
    if !points.is_empty() {
        let sides = vec![Side::Above, Side::Below, Side::Left, Side::Right];
        let label = Label::near("stops by itself", Role::Ink, points.clone(), sides);
        chart.labels.push(label);
    }
    let mark = Mark::points(points, Shape::Ring, Role::Ink);
    chart.marks.push(mark);
}
