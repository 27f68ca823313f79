//! The views and numbers of the reservoir exhibit: curves over steps, one for
//! each network, medians over the seeds.

use super::arm::Snapshot;
use super::{LENGTH, ReservoirExhibit};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Shape, Side, Span,
};
use crate::exhibit::{Reading, text};

/// Ink and width of the three networks' curves.
const STROKES: [(Role, f64); 3] = [(Role::Ink3, 1.5), (Role::Ink2, 2.0), (Role::Ink, 3.0)];

/// One curve for each network, and what the title says of the last step.
struct Curves<'a> {
    /// Name of its columns, before that of the network.
    column: &'static str,
    value: &'a dyn Fn(&Snapshot) -> f64,
    words: fn(f64) -> String,
    shape: Shape,
    dash: Dash,
    role: Option<Role>,
    labelled: bool,
}

impl Curves<'_> {
    fn draw(&self, exhibit: &ReservoirExhibit, chart: &mut Chart) {
        for (which, (ink, width)) in STROKES.into_iter().enumerate() {
            let role = self.role.unwrap_or(ink);
            let name = exhibit.setup.shapes[which].name;
            let steps = &exhibit.trials[0].arms[0].snapshots;
            let points: Vec<[f64; 2]> = steps
                .iter()
                .enumerate()
                .map(|(k, s)| [s.step as f64, exhibit.median(which, k, self.value)])
                .collect();
            chart.columns.push(Column::new(
                format!("{}-{}", self.column, name.replace(' ', "-")),
                points.iter().map(|p| p[1]),
            ));
            let end = points.iter().rev().find(|p| p[1].is_finite() && p[1] > 0.0);
            let Some(&end) = end else { continue };
            chart.marks.push(Mark::Line {
                points,
                role,
                width,
                dash: self.dash,
                halo: false,
            });
            if self.labelled {
                chart.marks.push(Mark::Points {
                    points: vec![end],
                    shape: self.shape,
                    role,
                });
                chart
                    .labels
                    .push(Label::strong(name, role, Place::End { at: end }));
            }
        }
        let at = exhibit
            .probe
            .unwrap_or(exhibit.remembered().saturating_sub(1));
        let all: Vec<String> = (0..3)
            .map(|which| (self.words)(exhibit.median(which, at, self.value)))
            .collect();
        if self.labelled {
            let step = exhibit.trials[0].arms[0].snapshots.get(at);
            chart.reading = vec![
                Span::plain(format!(
                    "step {}: ",
                    text::count(step.map_or(0, |s| s.step))
                )),
                Span::strong(all.join(", ")),
            ];
            let names = exhibit.setup.shapes.iter().zip(&all);
            let list: Vec<String> = names.map(|(s, v)| format!("{} {v}", s.name)).collect();
            chart
                .description
                .push_str(&format!(" {}.", list.join(", ")));
        }
    }
}

pub fn chart(exhibit: &ReservoirExhibit, view: &str) -> Option<Chart> {
    let (n, threshold) = (exhibit.setup.points, exhibit.setup.threshold);
    let (view, name, about, y) = match view {
        "dimension" => (
            "dimension",
            "Reservoir",
            " directions below the split",
            Axis::nice(0.0, 1.06 * n as f64, 4),
        ),
        "gap" => (
            "gap",
            "Gap",
            " at the split, decades",
            Axis::nice(0.0, 1.6, 4),
        ),
        "leak" => (
            "leak",
            "Leak",
            " and test error, mean square",
            Axis::log(1e-10, 2.0),
        ),
        "noise" => (
            "noise",
            "Noise",
            " share in the reservoir",
            Axis::linear_with(0.0, 1.06, &[0.0, 0.5, 1.0], text::whole_percent),
        ),
        _ => return None,
    };
    let plain = |value, words| Curves {
        column: view,
        value,
        words,
        shape: Shape::Disc,
        dash: Dash::Solid,
        role: None,
        labelled: true,
    };
    let mut chart = Chart {
        view,
        title: vec![Span::strong(name), Span::plain(about)],
        reading: Vec::new(),
        x: Axis::log_plain(1.0, libm::pow(LENGTH as f64, 1.28)).first("step "),
        y,
        marks: Vec::new(),
        labels: Vec::new(),
        description: format!("{name}{about}:"),
        columns: vec![Column::new(
            "step",
            exhibit.trials[0].arms[0]
                .snapshots
                .iter()
                .map(|s| s.step as f64),
        )],
    };
    match view {
        "dimension" => {
            let value = |s: &Snapshot| (n - s.channel(threshold)) as f64;
            plain(&value, |v| text::fixed(v, 0)).draw(exhibit, &mut chart);
        }
        "gap" => {
            Curves {
                column: "spacing",
                dash: Dash::Dotted,
                labelled: false,
                ..plain(&Snapshot::spacing, |v| text::fixed(v, 2))
            }
            .draw(exhibit, &mut chart);
            plain(&|s| s.gap(threshold), |v| text::fixed(v, 2)).draw(exhibit, &mut chart);
            chart.labels.push(Label::new(
                "dotted: mean spacing of all directions",
                Role::Ink2,
                Place::Key {
                    side: Side::Left,
                    sample: crate::chart::Sample::Line {
                        role: Role::Ink2,
                        dash: Dash::Dotted,
                    },
                },
            ));
        }
        "leak" => {
            Curves {
                column: "test",
                role: Some(Role::Test),
                labelled: false,
                ..plain(&|s| s.test, text::error)
            }
            .draw(exhibit, &mut chart);
            plain(&|s| s.leak(threshold), text::significant).draw(exhibit, &mut chart);
            chart.labels.push(Label::strong(
                "test error",
                Role::Test,
                Place::Key {
                    side: Side::Right,
                    sample: crate::chart::Sample::Line {
                        role: Role::Test,
                        dash: Dash::Solid,
                    },
                },
            ));
        }
        _ => plain(&|s| s.noise_outside(threshold), text::percent).draw(exhibit, &mut chart),
    }
    let steps = &exhibit.trials[0].arms[0].snapshots;
    if let Some(snapshot) = exhibit.probe.and_then(|k| steps.get(k)) {
        chart.marks.push(Mark::Rule {
            orientation: Orientation::Vertical,
            at: snapshot.step as f64,
            role: Role::Ink,
            dash: Dash::Solid,
        });
    }
    Some(chart)
}

/// Names of a reading for each of the three networks.
type Names = [&'static str; 3];

pub fn readings(exhibit: &ReservoirExhibit) -> Vec<Reading> {
    let threshold = exhibit.setup.threshold;
    let n = exhibit.setup.points as f64;
    let last = exhibit.remembered().saturating_sub(1);
    let mut all = vec![
        Reading::new(
            "step",
            exhibit.step as f64,
            "",
            "Steps of all three networks together, over all seeds.",
        ),
        Reading::new(
            "progress",
            exhibit.progress(),
            "share",
            "Share of the steps that are done.",
        ),
    ];
    let mut each = |names: Names, unit, meaning, value: &dyn Fn(&Snapshot) -> f64| {
        for (which, name) in names.into_iter().enumerate() {
            let value = exhibit.median(which, last, value);
            let reading = Reading::new(name, value, unit, meaning);
            all.push(reading.unknown_if("no step is recorded, or what it is a share of is 0"));
        }
    };
    each(
        [
            "reservoir-dimension-1",
            "reservoir-dimension-2",
            "reservoir-dimension-3",
        ],
        "",
        "Directions below the split, median over seeds at the latest step that the first seed has reached.",
        &|s| n - s.channel(threshold) as f64,
    );
    each(
        ["gap-1", "gap-2", "gap-3"],
        "decades",
        "log10 of the last eigenvalue in the channel over the first in the reservoir.",
        &|s| s.gap(threshold),
    );
    each(
        ["spacing-1", "spacing-2", "spacing-3"],
        "decades",
        "Mean of the same over all neighbouring eigenvalues above the numerical floor: the baseline.",
        &Snapshot::spacing,
    );
    each(
        ["leak-1", "leak-2", "leak-3"],
        "",
        "Mean squared change at the test points that the reservoir's part of g(s) causes.",
        &|s| s.leak(threshold),
    );
    each(
        ["test-loss-1", "test-loss-2", "test-loss-3"],
        "",
        "Mean squared distance to the true function over 51 test points.",
        &|s| s.test,
    );
    each(
        [
            "noise-in-reservoir-1",
            "noise-in-reservoir-2",
            "noise-in-reservoir-3",
        ],
        "share",
        "Share of the label noise that lies in the reservoir.",
        &|s| s.noise_outside(threshold),
    );
    all
}
