//! Singular values, errors and effective rank of the product over steps.

use super::knobs::SIZE;
use super::model::{Product, Record, STEP_LIMIT};
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Scale, Shape, Side, Span};
use crate::exhibit::runner::State;
use crate::exhibit::series::{Curve, Recorded, Steps, place, steps_axis};
use crate::exhibit::text;

impl Recorded for Record {
    fn step(&self) -> u64 {
        self.step
    }
}

fn steps<'a>(state: &State<'a, Product>) -> Steps<'a, Record> {
    Steps::new(state.records(), &state.now.record, state.index("record"))
}

/// "σ₁", for 0.
fn sigma(i: usize) -> String {
    let digit = char::from_u32(0x2081 + i as u32).unwrap_or('?');
    format!("\u{3c3}{digit}")
}

fn listed(values: &[f64]) -> String {
    let values: Vec<String> = values.iter().map(|v| text::fixed(*v, 2)).collect();
    values.join(", ")
}

/// Singular values of the product, and those of the truth.
pub fn singular_values(state: &State<'_, Product>) -> Chart {
    let (rank, steps) = (state.setup.rank, steps(state));
    let truth = &state.model.truth.singular_values;
    let title = "**Singular values** of the product";
    // From below the initial product: singular values grow by factors, from the first step on.
    // Room above for a line of text.
    let y = Axis::log(0.01 * state.setup.init_scale, 100.0 * truth[0]);
    let mut chart = Chart::new("singular-values", title, steps_axis(STEP_LIMIT), y);
    let theory = |&at: &f64| Mark::across(at, Role::Signal, Dash::Theory);
    chart.marks = truth[..rank].iter().map(theory).collect();
    // The strongest are drawn last, over the others.
    for i in (0..SIZE).rev() {
        let (role, width) = if i < rank {
            (Role::Signal, 2.5)
        } else {
            (Role::Noise, 1.5)
        };
        let points = steps.points(|record| record.singular_values[i]);
        chart.marks.push(Mark::line(points, role, width));
    }
    let end = |i: usize| steps.end(|record| record.singular_values[i]);
    let ends = (0..rank).map(end).collect();
    chart
        .marks
        .push(Mark::point(end(rank), Shape::Ring, Role::Noise));
    chart
        .marks
        .push(Mark::points(ends, Shape::Disc, Role::Signal));
    let labels = (0..rank).map(|i| Label::end(sigma(i), Role::Signal, end(i)));
    chart.labels.extend(labels);
    let others = format!("{} to \u{3c3}\u{2082}\u{2080}", sigma(rank));
    chart
        .labels
        .push(Label::end(others, Role::Noise, end(rank)));
    chart.labels.push(Label::line_key(
        "of the true matrix",
        Side::Left,
        Role::Signal,
        Dash::Theory,
    ));
    let now = &state.now.record.singular_values;
    let beyond = now.iter().skip(rank).sum::<f64>() / now.iter().sum::<f64>();
    chart.reading = vec![
        Span::plain(format!("beyond rank {rank} ")),
        Span::strong(text::percent(beyond)).in_role(Role::Noise),
        Span::plain(" of their sum"),
    ];
    steps.read(&mut chart, |record| {
        let first = record.singular_values.iter().take(rank + 1).enumerate();
        let values = first.map(|(i, value)| format!("{} {}", sigma(i), text::fixed(*value, 2)));
        values.collect::<Vec<_>>().join("\u{2002}")
    });
    chart.description = format!(
        "Singular values of {}: the {rank} largest are {}, those of the true matrix {}; the \
         others make up {} of their sum.",
        state.setup.product(),
        listed(&now[..rank]),
        listed(&truth[..rank]),
        text::percent(beyond)
    );
    steps.column(&mut chart, "step", |record| record.step as f64);
    for i in 0..SIZE {
        let name = format!("singular-value-{}", i + 1);
        steps.column(&mut chart, name, |record| record.singular_values[i]);
    }
    chart
}

/// Error on the observed entries and on the held-out ones.
pub fn errors(state: &State<'_, Product>) -> Chart {
    let now = &state.now.record;
    let title = "**Error** squared, of the entries\u{2019} energy";
    let (x, y) = (steps_axis(STEP_LIMIT), Axis::log(3e-5, 4.0));
    let mut chart = Chart::new("errors", title, x, y);
    chart.reading = vec![
        Span::plain("held out "),
        Span::strong(text::error(now.held_out_error)).in_role(Role::Test),
    ];
    chart
        .marks
        .push(Mark::across(1.0, Role::Ink2, Dash::Theory));
    let curves = [
        Curve::new("observed", Role::Ink, Shape::Disc, |r: &Record| {
            r.observed_error
        }),
        Curve::new("held out", Role::Test, Shape::Diamond, |r: &Record| {
            r.held_out_error
        })
        .called("held out", "held-out"),
    ];
    steps(state).draw(&mut chart, &curves, text::error);
    let rule = "0 wherever held out, as at depth 1";
    chart.labels.push(Label::above_rule(rule, Role::Ink2, 1.0));
    chart.description = format!(
        "Error at step {}: {} of their energy on the observed entries, {} on the held-out ones. \
         The solution of least Frobenius norm, which depth 1 finds, has 1 there.",
        text::count(now.step),
        text::error(now.observed_error),
        text::error(now.held_out_error)
    );
    chart
}

/// How many directions the product has.
pub fn rank(state: &State<'_, Product>) -> Chart {
    let now = state.now.record.effective_rank;
    let truth = state.model.truth.effective_rank;
    let least = state.model.least_norm.effective_rank;
    let mut y = Axis::linear(0.8, 24.0, &[1.0, 2.0, 5.0, 10.0, 20.0]);
    y.scale = Scale::Log {
        min: 0.8,
        max: 24.0,
    };
    let mut chart = Chart::new("rank", "**Effective rank**", steps_axis(STEP_LIMIT), y);
    chart.reading = vec![Span::strong(text::fixed(now, 2))];
    chart
        .marks
        .push(Mark::across(truth, Role::Signal, Dash::Theory));
    chart
        .marks
        .push(Mark::across(least, Role::Ink2, Dash::Theory));
    let product = Curve::new("product", Role::Ink, Shape::Disc, |r: &Record| {
        r.effective_rank
    })
    .called("effective rank", "effective-rank");
    steps(state).draw(&mut chart, &[product], |value| text::fixed(value, 2));
    let label = format!("least Frobenius norm {}", text::fixed(least, 2));
    chart
        .labels
        .push(Label::above_rule(label, Role::Ink2, least));
    // On the left, away from the end of the curve, which comes to meet it.
    let label = format!("true matrix {}", text::fixed(truth, 2));
    let at = vec![[place(0), truth]];
    chart
        .labels
        .push(Label::near(label, Role::Signal, at, vec![Side::Below]));
    chart.description = format!(
        "Effective rank of the product: {}; of the true matrix {}, of the solution of least \
         Frobenius norm {}.",
        text::fixed(now, 2),
        text::fixed(truth, 2),
        text::fixed(least, 2)
    );
    chart
}
