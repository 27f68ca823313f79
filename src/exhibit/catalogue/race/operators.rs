//! W of every arm: how far each of its directions is learned, and how much of
//! the noise it memorises reaches the test points.

use super::model::Race;
use super::operated::Operated;
use super::style::{key, style};
use crate::chart::{Axis, Chart, Dash, Mark, Role, Span};
use crate::exhibit::catalogue::carried::inexact;
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};

/// A direction that has grown is drawn no lower than this.
const LOWEST: f64 = -0.4;
/// Top of the axis: three names stand above what is learned.
const TOP: f64 = 1.9;

/// The operators of an arm at the last recorded step of the first trial.
pub fn last<'a>(state: &State<'a, Race>, arm: usize) -> Option<&'a Operated> {
    let record = state.trials[0].records.last()?;
    record.arms[arm].operated.as_ref()
}

/// Where a probe leads among the directions; nowhere where no operators are carried.
pub fn lead(state: &State<'_, Race>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let places = Places {
        count: last(state, 0).map_or(0, |operated| operated.learned.len()),
        first: 0,
        stride: 1,
        nearest: |[x, _]: [f64; 2]| (x.round() - 1.0).max(0.0) as usize,
    };
    places.lead(probe, from.map(|at| at as usize))
}

/// Gain and memorised share of the noise, or why they are not told.
fn noise(operated: &Operated) -> String {
    inexact(operated.error).unwrap_or_else(|| {
        format!(
            "noise memorised {}, gain {}",
            text::percent(operated.noise.memorised_share),
            text::fixed(operated.noise.gain, 2)
        )
    })
}

/// Learned share of every direction of W, arm by arm.
pub fn operators(state: &State<'_, Race>) -> Chart {
    let setup = state.setup;
    let arms: Option<Vec<&Operated>> = (0..setup.arms.len()).map(|i| last(state, i)).collect();
    let count = last(state, 0).map_or(1, |operated| operated.learned.len());
    let y = Axis::linear_with(LOWEST, TOP, &[0.0, 0.5, 1.0], text::whole_percent);
    let title = "**W** of every arm, learned share";
    let mut chart = Chart::new("operators", title, Axis::counted(count, "j = "), y);
    let Some(arms) = arms else {
        chart.reading = vec![Span::plain("not carried: see Operators")];
        chart.description = "W of every arm: the operators are not carried.".into();
        return chart;
    };
    chart.marks = vec![
        Mark::across(0.0, Role::Rule2, Dash::Solid),
        Mark::across(1.0, Role::Rule2, Dash::Solid),
    ];
    for (arm, operated) in arms.iter().enumerate() {
        let places = operated.learned.iter().enumerate();
        let points = places.map(|(j, share)| [j as f64 + 1.0, share.max(LOWEST)]);
        chart.marks.push(style(setup, arm).line(points.collect()));
        chart.labels.push(key(setup, arm));
        let name = format!("arm{}-learned", setup.arms[arm].number);
        chart.column(name, operated.learned.iter().copied());
    }
    let inspected = arms[setup.inspected];
    let label = setup.label(setup.inspected);
    chart.reading = vec![Span::plain(format!("{label}: {}", noise(inspected)))];
    if let Some(j) = state.index("direction").filter(|j| *j < count) {
        chart.marks.push(Mark::cursor(j as f64 + 1.0));
        let shares = setup.labelled(|arm| text::percent(arms[arm].learned[j]));
        let reading = format!(" = {}\u{2002}{}", j + 1, shares.join("\u{2002}"));
        chart.reading = vec![Span::symbol("j"), Span::plain(reading)];
    }
    chart.description = format!(
        "W of every arm at step {} of the first trial. A direction at 100 per cent is learned, one \
         below 0 has grown. {}.",
        text::count(
            state.trials[0]
                .records
                .last()
                .map_or(0, |record| record.step)
        ),
        setup.labelled(|arm| noise(arms[arm])).join("; ")
    );
    chart
}
