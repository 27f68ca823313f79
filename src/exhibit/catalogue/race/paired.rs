//! Every arm against the first, trial by trial.

use super::arm_trial::over_first;
use super::model::{Race, seed_of};
use super::style::style;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Place, Role, Scale, Shape, Side, Span};
use crate::chart::{Tick, TickLabel};
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};

/// Ratios from 1/16 to 16 have a place.
const EDGE: f64 = 16.0;

/// Where a probe leads among the rows: the arms after the first, from above.
pub fn lead(state: &State<'_, Race>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let rows = state.setup.arms.len() - 1;
    let places = Places {
        count: rows,
        first: 0,
        stride: 1,
        nearest: |[_, y]: [f64; 2]| rows - (y.round().max(1.0) as usize).min(rows),
    };
    places.lead(probe, from.map(|at| at as usize))
}

/// Outcome of every arm over that of the first, a dot for every trial.
pub fn paired(state: &State<'_, Race>) -> Chart {
    let setup = state.setup;
    let rows = setup.arms.len() - 1;
    let mut y = Axis::linear(0.0, 1.0, &[]);
    y.scale = Scale::Linear {
        min: 0.4,
        max: rows as f64 + 0.8,
    };
    let x = Axis::log_plain(1.0 / EDGE, EDGE);
    let outcome = setup.task.outcome_text;
    let title = format!("**Paired** {outcome}, over arm 1\u{2019}s");
    let mut chart = Chart::new("paired", &title, x, y);
    chart.marks.push(Mark::upright(1.0, Role::Ink, Dash::Solid));
    let ended = state.place.ended;
    chart.reading = vec![Span::plain(match ended {
        0 => "no trial is over yet".to_owned(),
        1 => "one trial: no verdict".to_owned(),
        count => format!("{count} trials"),
    })];
    let seeds = (0..ended).map(|trial| f64::from(seed_of(setup, trial)));
    chart.column("seed", seeds);
    let mut sentences = Vec::new();
    for row in 0..rows {
        let (arm, at) = (row + 1, (rows - row) as f64);
        let paired = over_first(state, arm);
        let (style, name) = (style(setup, arm), setup.label(arm));
        let number = setup.arms[arm].number;
        let spread = paired.spread();
        let dots = paired.ratios.iter().map(|r| [*r, at]).collect();
        // The range of ratios that are infinite or 0 ends at the edge.
        let inside = |ratio: f64| ratio.clamp(1.0 / EDGE, EDGE);
        let range = [spread.low, spread.high].map(|ratio| [inside(ratio), at]);
        chart.marks.extend([
            style.line(range.to_vec()),
            Mark::points(dots, Shape::Ring, Role::Ink),
            Mark::point([spread.median, at], Shape::Disc, Role::Ink),
        ]);
        chart.y.ticks.push(Tick {
            at,
            label: TickLabel::Text(format!("arm {number}")),
        });
        let [low, median, high] =
            [spread.low, spread.median, spread.high].map(|ratio| text::fixed(ratio, 2));
        let lower = format!("lower in {} of {}", paired.wins, paired.ratios.len());
        let label = match paired.is_empty() {
            true => name.clone(),
            false => format!("{name}: \u{d7} {median}, {lower}"),
        };
        let side = Side::Above;
        chart
            .labels
            .push(Label::strong(label, Role::Ink, Place::OnRule { at, side }));
        if !paired.is_empty() {
            sentences.push(format!(
                "{name} \u{d7} {median} (from {low} to {high}), {lower}"
            ));
        }
        if !paired.is_empty() && state.index("arm") == Some(row) {
            let reading = format!("{name}\u{2002}\u{d7} {median} [{low}, {high}]\u{2002}{lower}");
            chart.reading = vec![Span::plain(reading)];
        }
        chart.column(format!("arm{number}-ratio"), paired.ratios);
    }
    chart.description = match ended {
        0 => "Paired comparison: no trial is over yet.".to_owned(),
        _ => format!(
            "Paired comparison of {outcome} over that of arm 1, {}, after {ended} trials: {}. Left \
             of 1 is better.",
            setup.label(0),
            sentences.join("; ")
        ),
    };
    chart
}
