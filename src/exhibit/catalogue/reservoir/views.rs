//! The views of the reservoir exhibit: curves over steps, one for each network,
//! medians over the seeds.

use super::arm::Operated;
use super::model::{LENGTH, Networks, last, median};
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Shape, Side, Span};
use crate::exhibit::cursor::among_steps;
use crate::exhibit::runner::State;
use crate::exhibit::series::steps_axis;
use crate::exhibit::{Probe, text};

/// Ink and width of the three networks' curves.
const STROKES: [(Role, f64); 3] = [(Role::Ink3, 1.5), (Role::Ink2, 2.0), (Role::Ink, 3.0)];

/// Where a probe leads among the records of the first seed.
pub fn lead(state: &State<'_, Networks>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let steps = state.trials[0].records.iter().map(|record| record.step);
    among_steps(steps, probe, from.map(|at| at as usize))
}

/// An empty chart over steps.
fn chart(state: &State<'_, Networks>, view: &'static str, title: &str, y: Axis) -> Chart {
    let x = steps_axis(LENGTH).with_room(7.0);
    let mut chart = Chart::new(view, title, x, y);
    let words: Vec<&str> = chart.title.iter().map(|span| span.text.as_str()).collect();
    chart.description = format!("{}:", words.concat());
    let records = &state.trials[0].records;
    chart.column("step", records.iter().map(|record| record.step as f64));
    chart
}

/// A number of every network over steps.
struct Curves<'a> {
    state: &'a State<'a, Networks>,
    value: &'a dyn Fn(&Operated) -> f64,
}

impl Curves<'_> {
    /// Draws them, with columns of this name; returns their ends, where there are any.
    fn draw(
        &self,
        chart: &mut Chart,
        column: &str,
        role: Option<Role>,
        dash: Dash,
        mut ended: impl FnMut(&mut Chart, [f64; 2], Role, &'static str),
    ) {
        let shapes = self.state.setup.sweep.shapes();
        for (i, (ink, width)) in STROKES.into_iter().enumerate() {
            let (role, name) = (role.unwrap_or(ink), shapes[i].name);
            let records = self.state.trials[0].records.iter().enumerate();
            let value = |k| median(self.state, i, k, self.value);
            let points = records.map(|(k, record)| [record.step as f64, value(k)]);
            let points: Vec<[f64; 2]> = points.collect();
            let column = format!("{column}-{}", name.replace(' ', "-"));
            chart.column(column, points.iter().map(|point| point[1]));
            let shown = |point: &&[f64; 2]| point[1].is_finite() && point[1] > 0.0;
            let Some(&end) = points.iter().rev().find(shown) else {
                continue;
            };
            chart.marks.push(Mark::Line {
                points,
                role,
                width,
                dash,
                halo: false,
            });
            ended(chart, end, role, name);
        }
    }

    /// The curves that the view is about: labelled, read and described.
    fn draw_labelled(&self, chart: &mut Chart, format: fn(f64) -> String) {
        let view = chart.view;
        self.draw(chart, view, None, Dash::Solid, |chart, end, role, name| {
            chart.marks.push(Mark::point(end, Shape::Disc, role));
            chart.labels.push(Label::end(name, role, end));
        });
        let cursor = self.state.index("record");
        let at = cursor.unwrap_or(last(self.state));
        let values = [0, 1, 2].map(|i| format(median(self.state, i, at, self.value)));
        let record = self.state.trials[0].records.get(at);
        let step = text::count(record.map_or(0, |record| record.step));
        chart.reading = Span::marked(&format!("step {step}: **{}**", values.join(", ")));
        let named = self.state.setup.sweep.shapes().iter().zip(values);
        let list: Vec<String> = named
            .map(|(shape, v)| format!("{} {v}", shape.name))
            .collect();
        chart
            .description
            .push_str(&format!(" {}.", list.join(", ")));
    }

    /// Curves to compare with, without labels.
    fn draw_plain(&self, chart: &mut Chart, column: &str, role: Option<Role>, dash: Dash) {
        self.draw(chart, column, role, dash, |_, _, _, _| {});
    }
}

fn cursor_rule(state: &State<'_, Networks>, chart: &mut Chart) {
    let at = state.index("record");
    if let Some(record) = at.and_then(|k| state.trials[0].records.get(k)) {
        chart.marks.push(Mark::cursor(record.step as f64));
    }
}

/// Directions below the split.
pub fn dimension(state: &State<'_, Networks>) -> Chart {
    let (n, threshold) = (state.setup.points, state.setup.threshold);
    let y = Axis::nice(0.0, 1.06 * n as f64, 4);
    let mut chart = chart(
        state,
        "dimension",
        "**Reservoir** directions below the split",
        y,
    );
    let value = &|s: &Operated| (n - s.channel(threshold)) as f64;
    Curves { state, value }.draw_labelled(&mut chart, |v| {
        // The median of an even number of seeds may lie between two counts.
        text::fixed(v, usize::from(v.fract() != 0.0))
    });
    cursor_rule(state, &mut chart);
    chart
}

/// The gap at the split, beside the spacing of neighbours.
pub fn gap(state: &State<'_, Networks>) -> Chart {
    let y = Axis::nice(0.0, 1.6, 4);
    let mut chart = chart(state, "gap", "**Gap** at the split, decades", y);
    let spacing = Curves {
        state,
        value: &Operated::spacing,
    };
    spacing.draw_plain(&mut chart, "spacing", None, Dash::Dotted);
    let value = &|s: &Operated| s.gap(state.setup.threshold);
    Curves { state, value }.draw_labelled(&mut chart, |v| text::fixed(v, 2));
    let label = "dotted: mean spacing of all directions";
    chart
        .labels
        .push(Label::line_key(label, Side::Left, Role::Ink2, Dash::Dotted));
    cursor_rule(state, &mut chart);
    chart
}

/// What leaks from the reservoir, beside the test error.
pub fn leak(state: &State<'_, Networks>) -> Chart {
    let y = Axis::log(1e-10, 2.0);
    let mut chart = chart(state, "leak", "**Leak** and test error, mean square", y);
    let value = &|s: &Operated| s.test;
    Curves { state, value }.draw_plain(&mut chart, "test", Some(Role::Test), Dash::Solid);
    let value = &|s: &Operated| s.leak(state.setup.threshold);
    Curves { state, value }.draw_labelled(&mut chart, text::significant);
    let mut key = Label::line_key("test error", Side::Right, Role::Test, Dash::Solid);
    key.strong = true;
    chart.labels.push(key);
    cursor_rule(state, &mut chart);
    chart
}

/// Share of the label noise in the reservoir.
pub fn noise(state: &State<'_, Networks>) -> Chart {
    let y = Axis::linear_with(0.0, 1.06, &[0.0, 0.5, 1.0], text::whole_percent);
    let mut chart = chart(state, "noise", "**Noise** share in the reservoir", y);
    let value = &|s: &Operated| s.noise_outside(state.setup.threshold);
    Curves { state, value }.draw_labelled(&mut chart, text::percent);
    cursor_rule(state, &mut chart);
    chart
}
