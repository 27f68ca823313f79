//! The views over the modes: eigenvalues and residual.

use super::model::Network;
use crate::chart::{Axis, Bar, Chart, Dash, Label, Mark, Role, Sample, Side, Span};
use crate::exhibit::cursor::among_modes;
use crate::exhibit::modes::{fill, sides, split, split_words};
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};

/// Where a probe leads among the modes, which stand along x.
pub fn lead(state: &State<'_, Network>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let count = state.now.record.spectrum.len();
    among_modes(count, 0, probe, from.map(|at| at as usize))
}

/// The mode at the cursor, counted from 0, and its numbers for the title row.
pub fn mode_at_cursor(state: &State<'_, Network>) -> Option<(usize, Vec<Span>)> {
    let record = &state.now.record;
    let i = state.index("mode").filter(|&i| i < record.spectrum.len())?;
    let numbers = format!(
        " = {}\u{2002}energy = {}",
        text::significant(record.spectrum.values[i]),
        text::significant(record.energy(i))
    );
    let reading = vec![
        Span::symbol("i"),
        Span::plain(format!(" = {}\u{2002}", i + 1)),
        Span::symbol("\u{3bb}"),
        Span::plain(numbers),
    ];
    Some((i, reading))
}

/// What every view with a bar per mode has: the bars, the theory's line over them, the split
/// and the columns of both.
fn draw(
    chart: &mut Chart,
    channel: usize,
    [bars, theory]: [(&'static str, Vec<f64>); 2],
    is_resolved: &dyn Fn(f64) -> bool,
) {
    let places = || (1..=bars.1.len()).map(|i| i as f64);
    let values = places().zip(&bars.1).enumerate();
    let drawn = values.map(|(i, (x, &value))| Bar {
        x,
        value,
        fill: fill(i, channel, is_resolved(value)),
    });
    let line = places().zip(&theory.1).map(|(x, &value)| [x, value]);
    chart.marks.extend([
        Mark::Bars {
            bars: drawn.collect(),
        },
        Mark::BarTheory {
            points: line.collect(),
        },
        split(channel),
    ]);
    chart
        .column("mode", places())
        .column(bars.0, bars.1)
        .column(theory.0, theory.1);
}

/// Frames the mode at the cursor and puts its numbers into the title row.
fn frame_cursor(chart: &mut Chart, state: &State<'_, Network>) {
    if let Some((i, numbers)) = mode_at_cursor(state) {
        chart.marks.push(Mark::Frame { x: i as f64 + 1.0 });
        chart.reading = numbers;
    }
}

fn strong(span: Span) -> Span {
    Span {
        strong: true,
        ..span
    }
}

/// Eigenvalues of K_SS, largest first.
pub fn eigenvalues(state: &State<'_, Network>) -> Chart {
    let (model, threshold) = (state.model, state.setup.threshold);
    let spectrum = &state.now.record.spectrum;
    let (n, channel) = (spectrum.len(), state.now.record.channel(threshold));
    let start = model.window.frozen.spectrum().values.as_slice();
    let first_largest = model.base.first_largest;
    // Room above for the eigenvalues to double, and for two lines of text.
    let top = 30.0 * first_largest;
    let smallest = start.iter().copied().fold(f64::INFINITY, f64::min);
    let bottom = (0.01 * smallest.max(0.0)).clamp(1e-9 * first_largest, 1e-6 * first_largest);
    let (x, y) = (Axis::modes(n), Axis::log(bottom, top));
    let mut chart = Chart::new("eigenvalues", "**Eigenvalues **", x, y);
    chart.title.push(strong(Span::symbol("\u{3bb}")));
    chart.title.push(strong(Span::index("i")));
    chart.reading = vec![Span::plain("how fast each direction is learned")];
    let at_threshold = threshold * spectrum.largest();
    let rule = Mark::across(at_threshold, Role::Ink3, Dash::Dotted);
    chart.marks.push(rule);
    let floor = spectrum.floor();
    let bars = ("eigenvalue", spectrum.values.as_slice().to_vec());
    let theory = ("eigenvalue-at-start", start.to_vec());
    draw(&mut chart, channel, [bars, theory], &|value| value > floor);
    chart.labels.extend(sides(channel, n));
    let label = Label::above_rule(split_words(threshold), Role::Ink3, at_threshold);
    chart.labels.push(label);
    if spectrum.rank() < n {
        let (label, sample) = ("below numerical resolution", Sample::Hatch);
        let key = Label::key(label, Side::Right, Role::Ink2, sample);
        chart.labels.push(key);
    }
    let since = state.place.step - state.window_start;
    if since > 0 {
        let label = format!("at step {}", text::count(state.window_start));
        let key = Label::line_key(label, Side::Right, Role::Ink2, Dash::Theory);
        chart.labels.push(key);
    }
    // n / (eta t): modes below it have hardly moved since the window began.
    let moved = n as f64 / (model.step_size(state.setup) * since as f64);
    if moved < first_largest && moved > bottom {
        let rule = Mark::across(moved, Role::Ink2, Dash::Solid);
        chart.marks.push(rule);
        let label = "n/\u{3b7}t, learned above";
        let key = Label::line_key(label, Side::Right, Role::Ink2, Dash::Solid);
        chart.labels.push(key);
    }
    frame_cursor(&mut chart, state);
    chart.description = format!(
        "Eigenvalues: {n}, from {} down to {}; {channel} lie in the channel, {} in the \
         reservoir below {} of the largest, {} below numerical resolution.",
        text::significant(spectrum.largest()),
        text::significant(spectrum.values[n - 1].max(0.0)),
        n - channel,
        threshold,
        n - spectrum.rank()
    );
    chart
}

/// The residual's energy in each mode.
pub fn residual(state: &State<'_, Network>) -> Chart {
    let (now, threshold) = (state.now, state.setup.threshold);
    let start = state.model.window.frozen.spectrum().energies();
    let share = text::percent(now.record.reservoir_energy(threshold));
    let baseline = text::whole_percent(now.record.reservoir_dimension(threshold));
    // Room above for one line of text.
    let top = 12.0 * start.fold(0.0, f64::max).max(1e-12);
    let x = Axis::modes(now.record.spectrum.len());
    let y = Axis::log(1e-6 * top, top);
    let mut chart = Chart::new("residual", "**Residual \u{27e8}**", x, y);
    let formula = [
        Span::symbol("v"),
        Span::index("i"),
        Span::plain(", "),
        Span::symbol("r"),
        Span::plain("\u{27e9}\u{b2}"),
    ];
    chart.title.extend(formula.map(strong));
    chart.reading = vec![
        Span::plain("in the reservoir "),
        Span::strong(share.as_str()).in_role(Role::Noise),
        Span::plain(format!(", baseline {baseline}")),
    ];
    let channel = now.record.channel(threshold);
    let bars = ("energy", now.record.spectrum.energies().collect());
    let theory = ("frozen-energy", now.predicted_energies.clone());
    // An energy is well resolved even where its eigenvalue is not.
    draw(&mut chart, channel, [bars, theory], &|_| true);
    let label = "frozen-kernel theory";
    let key = Label::line_key(label, Side::Right, Role::Ink2, Dash::Theory);
    chart.labels.push(key);
    frame_cursor(&mut chart, state);
    chart.description = format!(
        "Residual: {share} of its energy lies in the reservoir, which holds {baseline} of the \
         directions."
    );
    chart
}
