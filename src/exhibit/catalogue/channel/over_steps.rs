//! The views over steps: what is still unlearned, and how far the kernel's
//! top eigenspaces have turned.

use super::directions::{note, unopened};
use super::knobs::STEP_LIMIT;
use super::model::Channel;
use super::observation::Record;
use super::window::FOLLOWED;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Shape, Span};
use crate::exhibit::regression::{OWN_REASON, OWN_SHOWS};
use crate::exhibit::runner::State;
use crate::exhibit::series::{Steps, place, steps_axis};
use crate::exhibit::text;

/// Smallest unlearned share that is drawn.
const SMALLEST: f64 = 1e-4;

/// The records since the window began, if there are any.
fn steps<'a>(state: &State<'a, Channel>) -> Option<(Steps<'a, Record>, &'a Record)> {
    let records = state.records();
    let last = records.last()?;
    Some((Steps::new(records, last, state.index("record")), last))
}

/// Draws the cursor; returns what the title row is about: its record, or the last one.
fn shown<'a>(chart: &mut Chart, steps: &Steps<'a, Record>, last: &'a Record) -> &'a Record {
    let Some(record) = steps.at_cursor() else {
        return last;
    };
    chart.marks.push(Mark::cursor(place(record.since)));
    record
}

/// |P v|^2 / |v|^2 for the signal and for the noise.
pub fn unlearned(state: &State<'_, Channel>) -> Chart {
    let (x, y) = (steps_axis(STEP_LIMIT), Axis::log(SMALLEST, 2.0));
    let title = "**Unlearned** \u{2016}`Pv`\u{2016}\u{b2}/\u{2016}`v`\u{2016}\u{b2}";
    let mut chart = Chart::new("unlearned", title, x, y);
    if state.model.base.is_own() {
        chart.description = format!("Unlearned: {OWN_REASON}.");
        chart.labels.push(note(OWN_SHOWS, [1.2, 0.02]));
        return chart;
    }
    let Some((steps, last)) = steps(state) else {
        return unopened(state, chart, "Unlearned", [4.0, 0.02]);
    };
    steps.column(&mut chart, "step", |record| record.trial_step as f64);
    for (which, role, shape, name) in [
        (0, Role::Signal, Shape::Disc, "signal"),
        (1, Role::Noise, Shape::Ring, "noise"),
    ] {
        let share = |record: &Record| record.unlearned[which];
        let end = steps.end(share);
        chart.marks.push(Mark::line(steps.points(share), role, 2.5));
        if end[1] >= SMALLEST {
            chart.marks.push(Mark::point(end, shape, role));
            chart.labels.push(Label::end(name, role, end));
        }
        steps.column(&mut chart, name, share);
    }
    let shown = shown(&mut chart, &steps, last);
    let step = text::count(shown.trial_step);
    let [signal, noise] = shown.unlearned.map(text::percent);
    chart.description =
        format!("Unlearned at step {step}: {signal} of the signal, {noise} of the noise.");
    chart.reading = vec![
        Span::plain(format!("step {step}: signal ")),
        Span::strong(signal).in_role(Role::Signal),
        Span::plain(", noise "),
        Span::strong(noise).in_role(Role::Noise),
    ];
    chart
}

/// Overlap of the top k eigenspaces of K_t with those of K_s.
pub fn rotation(state: &State<'_, Channel>) -> Chart {
    let n = state.model.base.points() * state.model.base.outputs();
    let y = Axis::linear_with(0.0, 1.08, &[0.0, 0.5, 1.0], text::whole_percent);
    let title = "**Rotation** overlap of top eigenspaces with step `s`";
    let mut chart = Chart::new("rotation", title, steps_axis(STEP_LIMIT), y);
    let Some((steps, last)) = steps(state) else {
        return unopened(state, chart, "Rotation", [4.0, 0.5]);
    };
    let middle = FOLLOWED[1];
    let random = middle as f64 / n as f64;
    if middle < n {
        let label = format!("a random space of {middle}");
        let rule = Mark::across(random, Role::Ink3, Dash::Dotted);
        chart.marks.push(rule);
        let label = Label::above_rule(label, Role::Ink3, random);
        chart.labels.push(label);
    }
    steps.column(&mut chart, "step", |record| record.trial_step as f64);
    let roles = [Role::Ink3, Role::Ink, Role::Ink2];
    for (which, (k, role)) in FOLLOWED.into_iter().zip(roles).enumerate() {
        let overlap = |record: &Record| record.overlaps[which];
        steps.column(&mut chart, format!("top-{k}"), overlap);
        if k >= n {
            continue;
        }
        let (end, width) = (steps.end(overlap), if k == middle { 2.5 } else { 1.5 });
        let line = Mark::line(steps.points(overlap), role, width);
        let point = Mark::point(end, Shape::Disc, role);
        chart.marks.extend([line, point]);
        let label = format!("top {k}");
        chart.labels.push(Label::end(label, role, end));
    }
    let shown = shown(&mut chart, &steps, last);
    let step = text::count(shown.trial_step);
    let overlap = text::percent(shown.overlaps[1]);
    chart.reading = Span::marked(&format!("step {step}: top {middle} **{overlap}**"));
    chart.description = format!(
        "Rotation: at step {step} the top {middle} eigenvectors of the kernel share {overlap} of their space with \
         those at the window's start; a random space would share {}.",
        text::whole_percent(random)
    );
    chart
}
