//! Loss: train and test error over steps, with what a frozen kernel foresees.

use super::Looking;
use super::observation::{Record, noise_energy};
use super::run::{Foreseen, Run, STEP_LIMIT};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Shape, Side, Span,
};
use crate::exhibit::text;

/// Bins per decade in which the remembered errors are averaged for the
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

/// Train and test error over steps, with what a frozen kernel foresees.
pub fn loss(run: &mut Run, probe: Option<Looking>) -> Chart {
    let now = run.observe().clone();
    let noise_energy = noise_energy(&run.base.problem);
    // Step 0 has no place on a log axis: it stands at the start until step 1.
    let place = |step: u64| step.max(1) as f64;
    let past = if run.step > 0 { 1 } else { 0 };
    let curve = |value: fn(&Record) -> Option<f64>| {
        let records = run.records.iter().filter(|record| record.step >= past);
        let mut points =
            averaged(records.filter_map(|record| Some([place(record.step), value(record)?])));
        if let Some(first) = points.first_mut() {
            first[0] = 1.0;
        }
        points
    };
    let mut train = curve(|record| Some(record.train));
    let mut test = curve(|record| record.test);
    let end = place(now.step);
    let train_end = [end, train.last().map_or(now.train, |p| p[1])];
    train.push(train_end);
    let test_end = now.test.map(|now| [end, test.last().map_or(now, |p| p[1])]);
    test.extend(test_end);
    let first = &run.records[0];
    let highest = [first.test, noise_energy].into_iter().flatten();
    let top = 1.35 * highest.fold(first.train, f64::max);
    // Labels of 0 leave no error to scale by.
    let top = if top > 0.0 { top } else { 1.0 };
    let bottom = noise_energy.map_or(1e-5 * top, |energy| (0.05 * energy).clamp(1e-5, 0.02));
    let all_noise = noise_energy;
    let noise_energy = noise_energy.filter(|energy| *energy > bottom);
    let foreseen = |value: fn(&Foreseen) -> Option<f64>| -> Vec<[f64; 2]> {
        let later = run.window.foreseen.iter().filter(|f| f.step > 0);
        later
            .filter_map(|f| Some([place(f.step), value(f)?]))
            .collect()
    };
    let best = run.window.best_test;
    let foreseen_train = foreseen(|f| Some(f.train));
    let foreseen_test = foreseen(|f| f.test);
    let mut marks = Vec::new();
    if let Some(noise_energy) = noise_energy {
        marks.push(Mark::Rule {
            orientation: Orientation::Horizontal,
            at: noise_energy,
            role: Role::Noise,
            dash: Dash::Solid,
        });
    }
    if run.window.start > 0 {
        marks.push(Mark::Rule {
            orientation: Orientation::Vertical,
            at: place(run.window.start),
            role: Role::Ink3,
            dash: Dash::Dotted,
        });
    }
    marks.push(Mark::dashed(
        foreseen_train.clone(),
        Role::Ink2,
        Dash::Theory,
    ));
    if test_end.is_some() {
        marks.push(Mark::dashed(
            foreseen_test.clone(),
            Role::Test,
            Dash::TestTheory,
        ));
    }
    // Worth a mark once the best lies behind.
    let past_best = best
        .zip(now.test)
        .filter(|((best, best_step), test)| run.step > 3 && *best_step > 0 && *test > 1.02 * best);
    if let Some(((best, best_step), _)) = past_best {
        marks.push(Mark::Drop {
            at: [place(best_step), best],
            role: Role::Test,
        });
    }
    let mut labels = vec![Label::strong(
        "train",
        Role::Ink,
        Place::End { at: train_end },
    )];
    if test_end.is_some() {
        marks.push(Mark::line(test, Role::Test, 2.5));
    }
    marks.push(Mark::line(train, Role::Ink, 2.5));
    if let Some(test_end) = test_end {
        marks.push(Mark::Points {
            points: vec![test_end],
            shape: Shape::Diamond,
            role: Role::Test,
        });
        labels.push(Label::strong(
            "test",
            Role::Test,
            Place::End { at: test_end },
        ));
    }
    marks.push(Mark::Points {
        points: vec![train_end],
        shape: Shape::Disc,
        role: Role::Ink,
    });
    if let Some(noise_energy) = noise_energy {
        labels.push(Label::new(
            "noise in the labels",
            Role::Noise,
            Place::OnRule {
                at: noise_energy,
                side: Side::Above,
            },
        ));
    }
    // Named where the curves have parted, out of the way of the run.
    let named = |points: &[[f64; 2]], steps: &[f64]| -> Vec<[f64; 2]> {
        let near = |t: f64| points.iter().find(|p| p[0] >= t).copied();
        steps
            .iter()
            .filter_map(|&t| near(t))
            .filter(|p| p[1] > bottom)
            .collect()
    };
    labels.push(Label::new(
        "theory, train",
        Role::Ink2,
        Place::Near {
            candidates: named(&foreseen_train, &[4e3, 2e3, 1e3, 500.0, 200.0]),
            sides: vec![Side::Right, Side::Left, Side::Below],
            leader: None,
        },
    ));
    if test_end.is_some() {
        labels.push(Label::new(
            "theory, test",
            Role::Test,
            Place::Near {
                candidates: named(&foreseen_test, &[40.0, 20.0, 100.0, 5e3]),
                sides: vec![Side::Below, Side::Above],
                leader: None,
            },
        ));
    }
    if let Some(((best, best_step), _)) = past_best {
        labels.push(Label::new(
            format!(
                "best test {} at {}",
                text::error(best),
                text::count(best_step)
            ),
            Role::Test,
            Place::OnDrop {
                at: place(best_step),
            },
        ));
    }
    let mut reading = vec![Span::plain("train "), Span::strong(text::error(now.train))];
    if let Some(Looking::Record(i)) = probe
        && let Some(record) = run.records.get(i)
    {
        marks.push(Mark::Rule {
            orientation: Orientation::Vertical,
            at: place(record.step),
            role: Role::Ink,
            dash: Dash::Solid,
        });
        let mut values = format!(
            "step {}\u{2002}train {}",
            text::count(record.step),
            text::error(record.train)
        );
        if let Some(test) = record.test {
            values.push_str(&format!("\u{2002}test {}", text::error(test)));
        }
        reading = vec![Span::plain(values)];
    }
    let mut description = format!(
        "Loss at step {}: train {}",
        text::count(now.step),
        text::error(now.train)
    );
    if let (Some(test), Some((best, best_step)), Some(energy)) = (now.test, best, all_noise) {
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
    let right = libm::pow(STEP_LIMIT as f64, 1.2);
    let (records, later) = (&run.records, &run.window.foreseen);
    let mut columns = vec![
        Column::new("step", records.iter().map(|r| r.step as f64)),
        Column::new("train", records.iter().map(|r| r.train)),
        Column::new("test", records.iter().filter_map(|r| r.test)),
        Column::new("theory-step", later.iter().map(|f| f.step as f64)),
        Column::new("theory-train", later.iter().map(|f| f.train)),
        Column::new("theory-test", later.iter().filter_map(|f| f.test)),
    ];
    columns.retain(|column| !column.values.is_empty());
    Chart {
        view: "loss",
        title: vec![Span::strong("Loss"), Span::plain(" mean squared error")],
        reading,
        x: Axis::log_plain(1.0, right).first("step "),
        y: Axis::log_plain(bottom, top),
        marks,
        labels,
        description,
        columns,
    }
}
