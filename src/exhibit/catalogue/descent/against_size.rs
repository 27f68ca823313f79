//! What the views over the number of parameters share: the axis, the
//! threshold P = n, curves with their bands, and the cursor.

use super::model::{Sweep, WIDTHS, parameters};
use super::sweeps::Sweeps;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Place, Role, Shape, Side, Span};
use crate::exhibit::Probe;
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::statistics::Spread;

/// Smallest and largest number of parameters on the axis.
const RANGE: (f64, f64) = (9.0, 2_600.0);

/// A view over the number of parameters, or of features, without marks.
pub fn chart(view: &'static str, title: &str, y: Axis, sweeps: &Sweeps<'_>) -> Chart {
    let x = Axis::log_plain(RANGE.0, RANGE.1).first("P = ");
    let mut chart = Chart::new(view, title, x, y);
    let (n, side) = (sweeps.setup.points, Side::Left);
    let at = n as f64;
    let place = Place::OnSplit { at, side };
    let label = Label::strong(format!("P = n = {n}"), Role::Ink, place);
    chart.labels.push(label);
    chart
}

/// The line at P = n.
pub fn threshold(sweeps: &Sweeps<'_>) -> Mark {
    Mark::upright(sweeps.setup.points as f64, Role::Ink, Dash::Solid)
}

/// The points of a curve of medians; what is not finite leaves a gap.
pub fn points(curve: &[Spread]) -> Vec<[f64; 2]> {
    let sizes = parameters();
    let pairs = sizes.iter().zip(curve);
    pairs.map(|(&p, s)| [p as f64, s.median]).collect()
}

/// The range over sweeps as an area, where there are several.
pub fn band(sweeps: &Sweeps<'_>, curve: &[Spread], role: Role) -> Option<Mark> {
    (sweeps.shown.len() > 1).then(|| Mark::Band {
        x: parameters().iter().map(|&p| p as f64).collect(),
        a: curve.iter().map(|s| s.low).collect(),
        b: curve.iter().map(|s| s.high).collect(),
        role,
    })
}

/// The curve over random features.
pub fn features(curve: &[(usize, Spread)]) -> Mark {
    let points = curve.iter().map(|(n, s)| [*n as f64, s.median]);
    Mark::dashed(points.collect(), Role::Ink2, Dash::Theory)
}

/// A key in the right corner.
pub fn key(text: impl Into<String>, role: Role, dash: Dash) -> Label {
    Label::line_key(text, Side::Right, role, dash)
}

/// A network's curve, a mark at every width.
pub fn network(points: Vec<[f64; 2]>, width: f64, shape: Shape, role: Role) -> [Mark; 2] {
    [
        Mark::line(points.clone(), role, width),
        Mark::points(points, shape, role),
    ]
}

/// Columns of the CSV: a number of every width.
pub fn column(chart: &mut Chart, name: &str, curve: &[Spread]) {
    chart.column("parameters", parameters().iter().map(|&p| p as f64));
    chart.column(name, curve.iter().map(|s| s.median));
}

/// The range of that number over sweeps.
pub fn range_columns(chart: &mut Chart, name: &str, curve: &[Spread]) {
    chart
        .column(format!("{name}-low"), curve.iter().map(|s| s.low))
        .column(format!("{name}-high"), curve.iter().map(|s| s.high));
}

/// A number of every set of random features.
pub fn feature_columns(chart: &mut Chart, name: &str, curve: &[(usize, Spread)]) {
    chart
        .column("features", curve.iter().map(|(n, _)| *n as f64))
        .column(name, curve.iter().map(|(_, s)| s.median));
}

/// The cursor at a width, and what it reads there.
pub fn cursor(chart: &mut Chart, state: &State<'_, Sweep>, read: impl Fn(usize) -> String) {
    if let Some(i) = state.index("width") {
        let (width, size) = (WIDTHS[i], parameters()[i]);
        let line = Mark::upright(size as f64, Role::Ink, Dash::Dotted);
        chart.marks.push(line);
        let text = format!("width {width}, P = {size}\u{2002}{}", read(i));
        chart.reading = vec![Span::plain(text)];
    }
}

/// Where a probe leads among the widths.
pub fn lead(_: &State<'_, Sweep>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let places = Places {
        count: WIDTHS.len(),
        first: 0,
        stride: 1,
        nearest: |[x, _]: [f64; 2]| nearest(x),
    };
    places.lead(probe, from.map(|at| at as usize))
}

/// Index of the width whose P is nearest to a number in the logarithm.
pub fn nearest(size: f64) -> usize {
    let off = |p: usize| libm::fabs(libm::log(p as f64 / size.max(1.0)));
    let sizes = parameters();
    let indices = 0..sizes.len();
    indices
        .min_by(|&a, &b| off(sizes[a]).total_cmp(&off(sizes[b])))
        .unwrap_or(0)
}
