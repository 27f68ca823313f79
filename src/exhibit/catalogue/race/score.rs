//! The score of every arm over steps.

use super::Looking;
use super::comparison::{over_steps, own_stop};
use super::run::Run;
use super::style::{place, steps_axis, style};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Shape, Side, Span,
};
use crate::exhibit::text;

/// The axis of a positive error: from half a decade to half a decade.
pub fn error_axis(lowest: f64, highest: f64) -> Axis {
    let half_decade = |half: f64| libm::pow(10.0, half / 2.0);
    let halves = |v: f64| 2.0 * libm::log10(v);
    Axis::log_plain(
        half_decade(libm::floor(halves(lowest.max(1e-6)))),
        half_decade(libm::ceil(halves(highest.clamp(1e-5, 1e6)))),
    )
}

/// What the curves are made of.
pub fn heats(run: &Run) -> String {
    match run.done().len() {
        0 => format!("seed {}", run.heat.trace.seed),
        1 => format!("seed {}", run.setup.seed),
        count => format!("median of {count} seeds"),
    }
}

/// A measure of every arm over steps.
pub fn over_the_race(run: &Run, probe: Option<Looking>, view: &'static str, index: usize) -> Chart {
    let (discipline, setup) = (run.discipline, &run.setup);
    let measure = &discipline.measures[index];
    let traces = run.shown();
    let curves: Vec<Vec<(u64, f64)>> = (0..setup.arms.len())
        .map(|arm| over_steps(traces, |record| record.arms[arm].measures[index]))
        .collect();
    let score = index == discipline.score;
    let values = || curves.iter().flatten().map(|(_, v)| *v);
    let lowest = values().fold(f64::INFINITY, f64::min);
    let highest = values().fold(f64::NEG_INFINITY, f64::max);
    let mut marks = Vec::new();
    let mut labels = Vec::new();
    for (arm, curve) in curves.iter().enumerate().rev() {
        let style = style(setup, arm);
        let points: Vec<[f64; 2]> = curve.iter().map(|(step, v)| [place(*step), *v]).collect();
        let Some(&end) = points.last() else { continue };
        marks.push(style.line(points));
        let label = Label::strong(setup.label(arm), style.role, Place::End { at: end });
        labels.push(label);
    }
    if score && setup.stop_below > 0.0 {
        let points = stops(run);
        if !points.is_empty() {
            labels.push(Label::new(
                "stops by itself",
                Role::Noise,
                Place::Near {
                    candidates: points.clone(),
                    sides: vec![Side::Above, Side::Below, Side::Left, Side::Right],
                    leader: None,
                },
            ));
        }
        marks.push(Mark::Points {
            points,
            shape: Shape::Ring,
            role: Role::Noise,
        });
    }
    let now = run.shown().first().and_then(|trace| trace.records.last());
    let step = now.map_or(0, |record| record.step);
    let steps: Vec<u64> = curves[0].iter().map(|(step, _)| *step).collect();
    let at = match probe {
        Some(Looking::Step(wanted)) => steps.partition_point(|step| *step < wanted),
        _ => steps.len(),
    };
    let at = at.min(steps.len().saturating_sub(1));
    let words_of = |arm: usize| {
        let value = curves[arm].get(at).map_or(f64::NAN, |(_, v)| *v);
        format!("{} {}", setup.label(arm), (measure.format)(value))
    };
    let mut reading = vec![Span::plain(heats(run))];
    let all: Vec<String> = (0..setup.arms.len()).map(words_of).collect();
    if matches!(probe, Some(Looking::Step(_))) {
        marks.push(Mark::Rule {
            orientation: Orientation::Vertical,
            at: place(steps[at]),
            role: Role::Ink,
            dash: Dash::Solid,
        });
        reading = vec![Span::plain(format!(
            "step {}\u{2002}{}",
            text::count(steps[at]),
            all.join("\u{2002}")
        ))];
    }
    let [strong, plain] = measure.title;
    Chart {
        view,
        title: vec![Span::strong(strong), Span::plain(plain)],
        reading,
        x: steps_axis(setup.steps),
        y: (measure.axis)(lowest, highest),
        marks,
        labels,
        description: format!(
            "{strong} at step {}, {}: {}.",
            text::count(if matches!(probe, Some(Looking::Step(_))) {
                steps[at]
            } else {
                step
            }),
            heats(run),
            all.join(", ")
        ),
        columns: std::iter::once(Column::new("step", steps.iter().map(|s| *s as f64)))
            .chain(curves.iter().zip(&setup.arms).map(|(curve, arm)| {
                let name = format!("arm{}-{}", arm.number, measure.name);
                Column::new(name, curve.iter().map(|(_, v)| *v))
            }))
            .collect(),
    }
}

/// Where gated arms would stop by themselves, heat by heat.
fn stops(run: &Run) -> Vec<[f64; 2]> {
    let setup = &run.setup;
    let gated = (0..setup.arms.len()).filter(|&arm| setup.arms[arm].rule.is_gate());
    gated
        .flat_map(|arm| run.shown().iter().map(move |trace| (trace, arm)))
        .filter_map(|(trace, arm)| {
            let record = own_stop(trace, arm, setup.stop_below)?;
            let score = record.arms[arm].measures[run.discipline.score];
            Some([place(record.step), score])
        })
        .collect()
}
