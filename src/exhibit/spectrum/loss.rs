//! Loss: train and test error over steps, with what a frozen kernel predicts.

use super::model::{Network, step_limit};
use super::observation::{Predicted, Record, best_test};
use crate::chart::{Axis, Chart, Dash, Label, Mark, Place, Role, Shape, Side, Span};
use crate::exhibit::runner::State;
use crate::exhibit::series::{place, steps_axis};
use crate::exhibit::text;

/// Bins per decade in which the recorded errors are averaged for the
/// curve: past the edge of stability they zigzag from step to step.
const BINS_PER_DECADE: f64 = 40.0;

/// Geometric means of a curve over equal bins of log t.
fn averaged(points: impl Iterator<Item = [f64; 2]>) -> Vec<[f64; 2]> {
    let mut out: Vec<[f64; 2]> = Vec::new();
    let mut bin = (f64::NAN, [0.0, 0.0], 0.0);
    let mut close = |bin: &(f64, [f64; 2], f64)| {
        if bin.2 > 0.0 {
            out.push([libm::exp(bin.1[0] / bin.2), libm::exp(bin.1[1] / bin.2)]);
        }
    };
    for [t, v] in points {
        let index = libm::floor(libm::log10(t) * BINS_PER_DECADE);
        if index != bin.0 {
            close(&bin);
            bin = (index, [0.0, 0.0], 0.0);
        }
        bin.1[0] += libm::log(t);
        bin.1[1] += libm::log(v.max(f64::MIN_POSITIVE));
        bin.2 += 1.0;
    }
    close(&bin);
    out
}

/// An error over the steps so far, averaged, to the present step; nothing where it is not
/// known.
fn curve(state: &State<'_, Network>, value: fn(&Record) -> Option<f64>) -> Vec<[f64; 2]> {
    // Step 0 has no place on a log axis: it stands at the start until step 1.
    let past = u64::from(state.place.step > 0);
    let records = state.records().iter().filter(|r| r.step >= past);
    let mut points = averaged(records.filter_map(|r| Some([place(r.step), value(r)?])));
    if let Some(first) = points.first_mut() {
        first[0] = 1.0;
    }
    if let Some(now) = value(&state.now.record) {
        let end = points.last().map_or(now, |point| point[1]);
        points.push([place(state.now.record.step), end]);
    }
    points
}

/// The same as predicted, to the step limit.
fn predicted(predictions: &[Predicted], value: fn(&Predicted) -> Option<f64>) -> Vec<[f64; 2]> {
    let later = predictions.iter().filter(|p| p.step > 0);
    later
        .filter_map(|p| Some([place(p.step), value(p)?]))
        .collect()
}

/// Train and test error over steps, with what a frozen kernel predicts.
pub fn loss(state: &State<'_, Network>) -> Chart {
    let (now, records, window) = (&state.now.record, state.records(), &state.model.window);
    let predictions = window.predictions(&state.model.base, step_limit(state.setup.step_fraction));
    let (first, energy) = (&records[0], window.noise_energy);
    let highest = [first.test, energy].into_iter().flatten();
    let top = 1.35 * highest.fold(first.train, f64::max);
    // Labels of 0 leave no error to scale by.
    let top = if top > 0.0 { top } else { 1.0 };
    let bottom = energy.map_or(1e-5 * top, |energy| (0.05 * energy).clamp(1e-5, 0.02));
    let (x, y) = (
        steps_axis(step_limit(state.setup.step_fraction)),
        Axis::log_plain(bottom, top),
    );
    let mut chart = Chart::new("loss", "**Loss** mean squared error", x, y);
    chart.reading = Span::marked(&format!("train **{}**", text::error(now.train)));

    let train = curve(state, |record| Some(record.train));
    let test = curve(state, |record| record.test);
    let (train_end, test_end) = (train.last().copied(), test.last().copied());
    let train_theory = predicted(predictions, |p| Some(p.train));
    let test_theory = predicted(predictions, |p| p.test);
    let best = best_test(state.window());
    // Worth a mark once the best lies behind.
    let past_best = best
        .zip(now.test)
        .filter(|((best, step), test)| state.place.step > 3 && *step > 0 && *test > 1.02 * best);
    let labelled = energy.filter(|energy| *energy > bottom);

    let marks = &mut chart.marks;
    marks.extend(labelled.map(|energy| Mark::across(energy, Role::Noise, Dash::Solid)));
    if state.window_start > 0 {
        let at = place(state.window_start);
        marks.push(Mark::upright(at, Role::Ink3, Dash::Dotted));
    }
    let theory = train_theory.clone();
    marks.push(Mark::dashed(theory, Role::Ink2, Dash::Theory));
    if test_end.is_some() {
        let theory = test_theory.clone();
        marks.push(Mark::dashed(theory, Role::Test, Dash::TestTheory));
    }
    marks.extend(past_best.map(|((best, step), _)| Mark::Drop {
        at: [place(step), best],
        role: Role::Test,
    }));
    if test_end.is_some() {
        marks.push(Mark::line(test, Role::Test, 2.5));
    }
    marks.push(Mark::line(train, Role::Ink, 2.5));
    marks.extend(test_end.map(|end| Mark::point(end, Shape::Diamond, Role::Test)));
    marks.extend(train_end.map(|end| Mark::point(end, Shape::Disc, Role::Ink)));

    let labels = &mut chart.labels;
    labels.extend(train_end.map(|end| Label::end("train", Role::Ink, end)));
    labels.extend(test_end.map(|end| Label::end("test", Role::Test, end)));
    let noise = |energy| Label::above_rule("noise in the labels", Role::Noise, energy);
    labels.extend(labelled.map(noise));
    // Named where the curves have parted, out of the way of the run.
    let named = |points: &[[f64; 2]], steps: &[f64]| -> Vec<[f64; 2]> {
        let near = |t: &f64| points.iter().find(|p| p[0] >= *t).copied();
        steps
            .iter()
            .filter_map(near)
            .filter(|p| p[1] > bottom)
            .collect()
    };
    let at = named(&train_theory, &[4e3, 2e3, 1e3, 500.0, 200.0]);
    let sides = vec![Side::Right, Side::Left, Side::Below];
    labels.push(Label::near("theory, train", Role::Ink2, at, sides));
    if test_end.is_some() {
        let at = named(&test_theory, &[40.0, 20.0, 100.0, 5e3]);
        let sides = vec![Side::Below, Side::Above];
        labels.push(Label::near("theory, test", Role::Test, at, sides));
    }
    labels.extend(past_best.map(|((best, step), _)| {
        let label = format!("best test {} at {}", text::error(best), text::count(step));
        let at = place(step);
        Label::new(label, Role::Test, Place::OnDrop { at })
    }));

    if let Some(record) = state.index("record").and_then(|i| records.get(i)) {
        chart.marks.push(Mark::cursor(place(record.step)));
        let (step, train) = (text::count(record.step), text::error(record.train));
        let mut values = format!("step {step}\u{2002}train {train}");
        if let Some(test) = record.test {
            values.push_str(&format!("\u{2002}test {}", text::error(test)));
        }
        chart.reading = vec![Span::plain(values)];
    }
    chart.description = description(state, best);
    chart
        .column("step", records.iter().map(|r| r.step as f64))
        .column("train", records.iter().map(|r| r.train))
        .column("test", records.iter().filter_map(|r| r.test))
        .column("theory-step", predictions.iter().map(|p| p.step as f64))
        .column("theory-train", predictions.iter().map(|p| p.train))
        .column("theory-test", predictions.iter().filter_map(|p| p.test));
    chart.columns.retain(|column| !column.values.is_empty());
    chart
}

fn description(state: &State<'_, Network>, best: Option<(f64, u64)>) -> String {
    let (now, energy) = (&state.now.record, state.model.window.noise_energy);
    let mut description = format!(
        "Loss at step {}: train {}",
        text::count(now.step),
        text::error(now.train)
    );
    if let (Some(test), Some((best, best_step)), Some(energy)) = (now.test, best, energy) {
        description.push_str(&format!(
            ", test {}; the best test error so far is {} at step {}. The noise in the labels has \
             energy {}",
            text::error(test),
            text::error(best),
            text::count(best_step),
            text::error(energy)
        ));
    }
    description.push_str(". Curves show averages over fortieths of a decade.");
    description
}
