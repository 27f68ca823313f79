//! The views over the directions psi_j: eigenvalues of the integrated kernel,
//! and what each dissipated.

use super::directions::{Opened, opened, smallest_shown, unopened, values};
use super::model::Channel;
use crate::chart::{Axis, Bar, Chart, Dash, Label, Mark, Place, Role, Sample, Side, Span};
use crate::exhibit::modes::{fill, sides, split, split_words};
use crate::exhibit::runner::State;
use crate::exhibit::text;

/// Bars of every direction, with whether each is resolved.
fn bars(values: &[f64], channel: usize, resolved: impl Fn(f64) -> bool) -> Mark {
    let bars = values.iter().enumerate().map(|(j, &value)| Bar {
        x: j as f64 + 1.0,
        value,
        fill: fill(j, channel, resolved(value)),
    });
    Mark::Bars {
        bars: bars.collect(),
    }
}

fn columns(chart: &mut Chart, n: usize) -> &mut Chart {
    chart.column("direction", (1..=n).map(|j| j as f64))
}

/// Eigenvalues of W, largest first, under the most they can be for squared loss.
pub fn spectrum(state: &State<'_, Channel>) -> Chart {
    let n = state.model.base.directions();
    let half = 0.5 * state.model.base.points() as f64;
    // Room above for three lines of words.
    let y = Axis::log(smallest_shown(state), 1e3 * half);
    let title = "**Integrated kernel** `\u{3bb}_j`(`W`)";
    let mut chart = Chart::new("spectrum", title, Axis::counted(n, "j = "), y);
    let Some(opened) = opened(state) else {
        let middle = [0.2 * n as f64, half * 1e-4];
        return unopened(state, chart, "Integrated kernel", middle);
    };
    let (now, channel) = (opened.diagnostics, opened.channel);
    let values = now.spectrum.values.as_slice();
    let floor = now.spectrum.floor();
    let begun = opened.window.elapsed > 0.0;
    let bars = bars(values, channel, |value| value > floor || !begun);
    let squared = state.model.base.line().is_some();
    if squared {
        chart
            .marks
            .push(Mark::across(half, Role::Ink2, Dash::Solid));
        let top = "n/2, all learned";
        chart.labels.push(Label::above_rule(top, Role::Ink2, half));
    }
    chart.marks.push(bars);
    if begun {
        thresholds(&mut chart, opened, state);
    }
    if begun && values.iter().any(|v| *v <= floor) {
        let place = Place::Key {
            side: Side::Right,
            sample: Sample::Hatch,
        };
        let text = match now.negative_count() {
            0 => "below numerical resolution",
            _ => "negative, or below resolution",
        };
        chart.labels.push(Label::new(text, Role::Ink2, place));
    }
    let negative = now.negative_count();
    let gap = text::fixed(now.gap_after(channel), 2);
    chart.reading = Span::marked(&match negative {
        0 => format!("gap at the split **{gap}** decades"),
        _ => format!("**{negative} negative**, gap at the split {gap} decades"),
    });
    if let Some(j) = state.index("mode") {
        chart.marks.push(Mark::Frame { x: j as f64 + 1.0 });
        chart.reading = self::values(now, j);
    }
    chart.description = format!(
        "Integrated kernel: eigenvalues from {} down to {}; {channel} of {n} directions lie in the channel. \
         The gap at the split is {gap} decades.",
        text::significant(now.spectrum.largest()),
        text::significant(values[n - 1]),
    );
    if squared {
        let most = text::fixed(half, 1);
        let also = format!(" What is completely learned has {most}.");
        chart.description.push_str(&also);
    }
    if negative > 0 {
        let also = format!(" {negative} eigenvalues are negative.");
        chart.description.push_str(&also);
    }
    columns(&mut chart, n)
        .column("eigenvalue", values.iter().copied())
        .column("summed", now.dissipated.iter().flatten().copied());
    chart
}

/// What the eigenvalues are compared with once there are any: what the sum W' has along the
/// same directions, the split, and for gradient descent on squared loss the directions of K(s)
/// that have had time, lambda > lambda* = n / (eta t).
fn thresholds(chart: &mut Chart, opened: Opened<'_>, state: &State<'_, Channel>) {
    let (now, channel) = (opened.diagnostics, opened.channel);
    let (n, threshold) = (now.spectrum.len(), state.setup.threshold);
    let mut key = |text: &str, dash| {
        let label = Label::line_key(text, Side::Left, Role::Ink2, dash);
        chart.labels.push(label);
    };
    if now.dissipated.is_some() {
        key("the sum W\u{2032}", Dash::Theory);
    }
    if opened.window.frozen.is_some() {
        key("left of it, \u{3bb}(K) > n/\u{3b7}t", Dash::Dotted);
        let points = state.model.base.points() as f64;
        let start = opened.window.kernel.values.iter();
        let moved = start.filter(|v| **v * opened.window.elapsed > points);
        let moved = moved.count() as f64 + 0.5;
        let rule = Mark::upright(moved, Role::Ink2, Dash::Dotted);
        chart.marks.push(rule);
    }
    if let Some(summed) = &now.dissipated {
        let pairs = summed.iter().enumerate();
        chart.marks.push(Mark::BarTheory {
            points: pairs.map(|(j, v)| [j as f64 + 1.0, *v]).collect(),
        });
    }
    chart.marks.push(split(channel));
    chart.labels.extend(sides(channel, n));
    let at = threshold * now.spectrum.largest();
    chart.marks.push(Mark::across(at, Role::Ink3, Dash::Dotted));
    let words = split_words(threshold);
    chart.labels.push(Label::above_rule(words, Role::Ink3, at));
}

/// What every direction of the first output gradient has dissipated.
pub fn dissipation(state: &State<'_, Channel>) -> Chart {
    let n = state.model.base.directions();
    // Own labels may all be zero, which no decade is.
    let window = state.model.window.as_ref();
    let first = window.map_or(1.0, |w| w.loss.max(1e-200));
    let y = Axis::log(1e-8 * first, 3.0 * first);
    let title = "**Dissipation** `\u{3bb}_j`\u{27e8}`\u{3c8}_j`, `g`\u{27e9}\u{b2}";
    let mut chart = Chart::new("dissipation", title, Axis::counted(n, "j = "), y);
    let Some(opened) = opened(state) else {
        let middle = [0.2 * n as f64, 1e-3 * first];
        return unopened(state, chart, "Dissipation", middle);
    };
    let (now, channel) = (opened.diagnostics, opened.channel);
    let pairs = now.spectrum.values.iter().zip(now.spectrum.energies());
    let parts: Vec<f64> = pairs.map(|(value, energy)| value * energy).collect();
    chart.marks.push(bars(&parts, channel, |_| true));
    if channel > 0 {
        chart.marks.push(split(channel));
    }
    let [integrated, summed] = now.predicted_drop.map(text::error);
    let drop = text::error(now.drop);
    chart.reading = Span::marked(&match now.dissipated {
        Some(_) => format!("the loss fell by **{drop}**, by W {integrated}, by the sum {summed}"),
        None => format!("the loss fell by **{drop}**, by W {integrated}"),
    });
    if let Some(j) = state.index("mode") {
        chart.marks.push(Mark::Frame { x: j as f64 + 1.0 });
        let part = text::significant(parts[j]);
        chart.reading = Span::marked(&format!("`j` = {}\u{2002}dissipated {part}", j + 1));
    }
    chart.description = format!(
        "Dissipation: the loss fell by {drop}; the integrated kernel accounts for {integrated}."
    );
    columns(&mut chart, n)
        .column("dissipated", parts)
        .column("gradient-energy", now.spectrum.energies());
    chart
}
