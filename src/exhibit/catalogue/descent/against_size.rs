//! What the views over the number of parameters share: the axis, the
//! threshold P = n, curves with their bands, and the place looked at.

use super::Looking;
use super::run::Run;
use super::sweep::{WIDTHS, parameters};
use crate::chart::{Axis, Dash, Label, Mark, Orientation, Place, Role, Side};
use crate::exhibit::catalogue::spread::Spread;

/// Smallest and largest number of parameters on the axis.
const RANGE: (f64, f64) = (9.0, 2_600.0);

/// The number of parameters, or of features.
pub fn axis() -> Axis {
    Axis::log_plain(RANGE.0, RANGE.1).first("P = ")
}

/// The points of a curve of medians; what is not finite leaves a gap.
pub fn points(curve: &[Spread]) -> Vec<[f64; 2]> {
    let sizes = parameters();
    let pairs = sizes.iter().zip(curve);
    pairs.map(|(&p, s)| [p as f64, s.median]).collect()
}

/// The range over sweeps as an area, where there are several.
pub fn band(run: &Run, curve: &[Spread], role: Role) -> Option<Mark> {
    (run.shown().len() > 1).then(|| Mark::Band {
        x: parameters().iter().map(|&p| p as f64).collect(),
        a: curve.iter().map(|s| s.low).collect(),
        b: curve.iter().map(|s| s.high).collect(),
        role,
    })
}

/// The points of a curve over random features.
pub fn feature_points(curve: &[(usize, Spread)]) -> Vec<[f64; 2]> {
    curve.iter().map(|(n, s)| [*n as f64, s.median]).collect()
}

/// The line at P = n.
pub fn threshold(run: &Run) -> Mark {
    Mark::Rule {
        orientation: Orientation::Vertical,
        at: run.setup.points as f64,
        role: Role::Ink,
        dash: Dash::Solid,
    }
}

/// Its name.
pub fn threshold_label(run: &Run) -> Label {
    Label::strong(
        format!("P = n = {}", run.setup.points),
        Role::Ink,
        Place::OnSplit {
            at: run.setup.points as f64,
            side: Side::Left,
        },
    )
}

/// The width looked at, and the line there.
pub fn probed(probe: Option<Looking>) -> Option<(usize, Mark)> {
    let Some(Looking::Width(i)) = probe else {
        return None;
    };
    let at = *parameters().get(i)? as f64;
    let rule = Mark::Rule {
        orientation: Orientation::Vertical,
        at,
        role: Role::Ink,
        dash: Dash::Dotted,
    };
    Some((i, rule))
}

/// "width 6, P = 73" for an index.
pub fn size_words(index: usize) -> String {
    format!("width {}, P = {}", WIDTHS[index], parameters()[index])
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
