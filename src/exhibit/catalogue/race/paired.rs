//! Every arm against the first, heat by heat.

use super::Looking;
use super::comparison::{Paired, outcome};
use super::run::Run;
use super::style::style;
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Scale, Shape, Side, Span,
    Tick, TickLabel,
};
use crate::exhibit::text;

/// Ratios from 1/16 to 16 have a place; beyond, they stand at the edge.
const EDGE: f64 = 16.0;

/// Outcome of every arm over that of the first, a dot for every heat.
pub fn paired(run: &Run, probe: Option<Looking>) -> Chart {
    let (discipline, setup) = (run.discipline, &run.setup);
    let value = |trace: &super::heat::Trace, arm: usize| outcome(discipline, trace, arm);
    let arms: Vec<(usize, Paired)> = (1..setup.arms.len())
        .map(|arm| (arm, Paired::new(run.done(), [arm, 0], &value)))
        .collect();
    let rows = arms.len();
    let inside = |ratio: f64| ratio.clamp(1.0 / EDGE, EDGE);
    let mut marks = vec![Mark::Rule {
        orientation: Orientation::Vertical,
        at: 1.0,
        role: Role::Ink,
        dash: Dash::Solid,
    }];
    let mut labels = Vec::new();
    let mut ticks = Vec::new();
    let mut sentences = Vec::new();
    let mut columns = Vec::new();
    for (row, (arm, paired)) in arms.iter().enumerate() {
        let y = (rows - row) as f64;
        let style = style(setup, *arm);
        let spread = paired.spread();
        let (low, high) = (inside(spread.low), inside(spread.high));
        marks.push(Mark::line(vec![[low, y], [high, y]], style.role, 2.0));
        marks.push(Mark::Points {
            points: paired.ratios.iter().map(|r| [inside(*r), y]).collect(),
            shape: Shape::Ring,
            role: style.role,
        });
        marks.push(Mark::Points {
            points: vec![[inside(spread.median), y]],
            shape: Shape::Diamond,
            role: style.role,
        });
        let name = setup.label(*arm);
        ticks.push(Tick {
            at: y,
            label: TickLabel::Text(format!("arm {}", setup.arms[*arm].number)),
        });
        labels.push(Label::strong(
            match paired.ratios.is_empty() {
                true => name.clone(),
                false => format!(
                    "{name}: \u{d7} {}, lower in {} of {}",
                    text::fixed(spread.median, 2),
                    paired.wins,
                    paired.ratios.len()
                ),
            },
            style.role,
            Place::OnRule {
                at: y,
                side: Side::Above,
            },
        ));
        if !paired.ratios.is_empty() {
            sentences.push(format!(
                "{name} \u{d7} {} (from {} to {}), lower in {} of {}",
                text::fixed(spread.median, 2),
                text::fixed(spread.low, 2),
                text::fixed(spread.high, 2),
                paired.wins,
                paired.ratios.len()
            ));
        }
        columns.push(Column::new(
            format!("arm{}-ratio", setup.arms[*arm].number),
            paired.ratios.iter().copied(),
        ));
    }
    let done = run.done().len();
    let mut reading = vec![Span::plain(match done {
        0 => "no heat is over yet".to_owned(),
        1 => "one heat: no verdict".to_owned(),
        count => format!("{count} heats"),
    })];
    if let Some(Looking::Arm(row)) = probe
        && let Some((arm, paired)) = arms.get(row)
        && !paired.ratios.is_empty()
    {
        let spread = paired.spread();
        reading = vec![Span::plain(format!(
            "{}\u{2002}\u{d7} {} [{}, {}]\u{2002}lower in {} of {}",
            setup.label(*arm),
            text::fixed(spread.median, 2),
            text::fixed(spread.low, 2),
            text::fixed(spread.high, 2),
            paired.wins,
            paired.ratios.len()
        ))];
    }
    let mut y = Axis::linear(0.0, 1.0, &[]);
    y.scale = Scale::Linear {
        min: 0.4,
        max: rows as f64 + 0.8,
    };
    y.ticks = ticks;
    let seeds = run.done().iter().map(|trace| f64::from(trace.seed));
    columns.insert(0, Column::new("seed", seeds));
    Chart {
        view: "paired",
        title: vec![
            Span::strong("Paired"),
            Span::plain(format!(
                " {}, over arm 1\u{2019}s",
                discipline.outcome_words
            )),
        ],
        reading,
        x: Axis::log_plain(1.0 / EDGE, EDGE),
        y,
        marks,
        labels,
        description: match done {
            0 => "Paired comparison: no heat is over yet.".to_owned(),
            _ => format!(
                "Paired comparison of {} over that of arm 1, {}, after {done} heats: {}. Left of \
                 1 is better.",
                discipline.outcome_words,
                setup.label(0),
                sentences.join("; ")
            ),
        },
        columns,
    }
}
