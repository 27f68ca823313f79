//! Curves over steps: one entry is a line, its end mark, its label, the cursor's text and
//! the column of the CSV.
//!
//! ```text
//! Steps::new(state.records(), &now, state.index("record"))
//!     .draw(chart, &[
//!         Curve::new("train", Role::Ink, Shape::Disc, |r| r.train),
//!         Curve::new("test", Role::Test, Shape::Diamond, |r| r.test),
//!     ], text::error)
//! ```

use super::cursor::among_steps;
use super::runner::{Model, State};
use super::{Probe, text};
use crate::chart::{Axis, Chart, Label, Mark, Role, Shape, Span, Tick, TickLabel, number};

/// What is recorded of a step.
pub(super) trait Recorded {
    /// The step.
    fn step(&self) -> u64;
}

/// Where a step stands on a logarithmic axis: step 0 has no place there, and stands at
/// step 1 until there is one.
pub(super) fn place(step: u64) -> f64 {
    step.max(1) as f64
}

/// Room for labels at the ends of curves, in heights of the letters.
const ROOM: f64 = 6.0;

/// The logarithmic axis of a view over steps. It ends at `last`, which it names, and leaves
/// room for short labels at the ends of curves.
pub(super) fn steps_axis(last: u64) -> Axis {
    let end = last.max(2) as f64;
    let mut axis = Axis::log_plain(1.0, end);
    if axis.ticks.last().is_none_or(|tick| tick.at < end) {
        let label = TickLabel::Text(number(end));
        axis.ticks.push(Tick { at: end, label });
    }
    axis.first("step ").with_room(ROOM)
}

/// The last step of an axis that grows with a run, in declared steps: the first of these that
/// the run has not passed. Between them the axis stands still.
pub(super) fn horizon(step: u64, declared: &[u64]) -> u64 {
    let next = declared.iter().find(|end| step <= **end);
    *next.or(declared.last()).unwrap_or(&step)
}

/// Where a move of the cursor leads among the records of the trial under way.
pub(super) fn lead<M>(state: &State<'_, M>, probe: Probe, from: Option<f64>) -> Option<f64>
where
    M: Model,
    M::Record: Recorded,
{
    let steps = state.records().iter().map(Recorded::step);
    among_steps(steps, probe, from.map(|at| at as usize))
}

/// Records over steps, with the present one and the cursor.
pub(super) struct Steps<'a, R> {
    records: &'a [R],
    shown: Vec<&'a R>,
    cursor: Option<usize>,
}

/// One curve.
pub(super) struct Curve<R> {
    label: &'static str,
    /// What the cursor's text calls it.
    name: &'static str,
    /// Its column in the CSV.
    column: &'static str,
    role: Role,
    shape: Shape,
    value: fn(&R) -> f64,
}

impl<R> Curve<R> {
    /// A curve that its label, the cursor and the CSV call the same.
    pub const fn new(label: &'static str, role: Role, shape: Shape, value: fn(&R) -> f64) -> Self {
        Self {
            label,
            name: label,
            column: label,
            role,
            shape,
            value,
        }
    }

    /// With other names for the cursor's text and the CSV.
    pub const fn called(mut self, name: &'static str, column: &'static str) -> Self {
        self.name = name;
        self.column = column;
        self
    }
}

impl<'a, R: Recorded> Steps<'a, R> {
    /// Records, the present state as one, and the index of the record at the cursor.
    pub fn new(records: &'a [R], now: &'a R, cursor: Option<usize>) -> Self {
        let past = u64::from(now.step() > 0);
        let mut shown: Vec<&R> = records.iter().filter(|r| r.step() >= past).collect();
        if shown.last().is_none_or(|last| last.step() < now.step()) {
            shown.push(now);
        }
        Self {
            records,
            shown,
            cursor,
        }
    }

    /// What a curve is made of: all records but step 0, once there are others, and the
    /// present state.
    pub fn shown(&self) -> &[&'a R] {
        &self.shown
    }

    /// A curve's points.
    pub fn points(&self, value: impl Fn(&R) -> f64) -> Vec<[f64; 2]> {
        let point = |record: &&R| [place(record.step()), value(record)];
        self.shown.iter().map(point).collect()
    }

    /// Its end.
    pub fn end(&self, value: impl Fn(&R) -> f64) -> [f64; 2] {
        let last = self.shown.last();
        last.map_or([1.0, f64::NAN], |record| {
            [place(record.step()), value(record)]
        })
    }

    /// The record at the cursor.
    pub fn at_cursor(&self) -> Option<&'a R> {
        self.records.get(self.cursor?)
    }

    /// Puts the cursor's rule into a chart, and what it reads into the title row.
    pub fn read(&self, chart: &mut Chart, reads: impl Fn(&R) -> String) {
        if let Some(record) = self.at_cursor() {
            chart.marks.push(Mark::cursor(place(record.step())));
            let step = text::count(record.step());
            let reading = format!("step {step}\u{2002}{}", reads(record));
            chart.reading = vec![Span::plain(reading)];
        }
    }

    /// A column of the CSV: a number of every record.
    pub fn column(&self, chart: &mut Chart, name: impl Into<String>, value: impl Fn(&R) -> f64) {
        chart.column(name, self.records.iter().map(value));
    }

    /// Draws curves into a chart, in order, with everything that belongs to them.
    pub fn draw(&self, chart: &mut Chart, curves: &[Curve<R>], format: fn(f64) -> String) {
        self.curves(chart, curves);
        self.read(chart, |record| {
            let values = curves.iter();
            let values = values.map(|c| format!("{} {}", c.name, format((c.value)(record))));
            values.collect::<Vec<_>>().join("\u{2002}")
        });
    }

    /// The same without the cursor, for a view whose [`Steps::read`] says more.
    pub fn curves(&self, chart: &mut Chart, curves: &[Curve<R>]) {
        self.column(chart, "step", |record| record.step() as f64);
        for curve in curves {
            let points = self.points(curve.value);
            chart.marks.push(Mark::line(points, curve.role, 2.5));
            self.column(chart, curve.column, curve.value);
        }
        for curve in curves {
            let end = self.end(curve.value);
            chart.marks.push(Mark::point(end, curve.shape, curve.role));
            chart.labels.push(Label::end(curve.label, curve.role, end));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_the_declared_step_and_grows_in_declared_steps() {
        let declared = [200, 2_000, 12_000];
        let ends = [0, 200, 201, 1_999, 12_000, 12_001].map(|step| horizon(step, &declared));
        assert_eq!(ends, [200, 200, 2_000, 2_000, 12_000, 12_000]);
        let axis = steps_axis(12_000);
        assert_eq!(axis.scale.max(), 12_000.0);
        assert_eq!(axis.ticks.last().map(|tick| tick.at), Some(12_000.0));
        assert!(axis.minor.iter().all(|at| *at <= 12_000.0));
    }
}
