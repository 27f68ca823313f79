//! Views along x: what arms say at the place looked at.

use super::run::Run;
use crate::chart::{Chart, Dash, Mark, Orientation, Role, Span};
use crate::exhibit::{Probe, text};

/// Places that a range of x is moved through by keys.
const PLACES: f64 = 100.0;

/// From where to where a view goes; nothing for one that is not along x.
fn range(view: &str) -> Option<[f64; 2]> {
    match view {
        "fit" => Some([-1.0, 1.0]),
        "solution" | "residual" => Some([0.0, 1.0]),
        _ => None,
    }
}

/// Where a person looks next; nothing for a view that is not along x.
pub fn looking(view: &str, probe: Probe, from: Option<f64>) -> Option<f64> {
    let [low, high] = range(view)?;
    let x = match probe {
        Probe::At([x, _]) => x,
        Probe::Move(by) => match from {
            Some(x) => x + f64::from(by) * (high - low) / PLACES,
            None => 0.5 * (low + high),
        },
        Probe::Clear => return None,
    };
    Some(x.clamp(low, high))
}

/// Marks the drawn place nearest to x, and tells what arms say there.
pub fn tell(chart: &mut Chart, run: &Run, x: f64) {
    let column = |name: &str| {
        let found = chart.columns.iter().find(|column| column.name == name);
        found.map_or(&[][..], |column| &column.values)
    };
    let distance = |at: &f64| (at - x).abs();
    let places = column("x").iter().enumerate();
    let Some((i, &at)) = places.min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b))) else {
        return;
    };
    let mut text = format!("x = {}", text::fixed(at, 2));
    for (arm, setup) in run.setup.arms.iter().enumerate() {
        if let Some(value) = column(&format!("arm{}", setup.number)).get(i) {
            let label = run.setup.label(arm);
            text.push_str(&format!("\u{2002}{label} {}", text::fixed(*value, 2)));
        }
    }
    chart.reading = vec![Span::plain(text)];
    chart.marks.push(Mark::Rule {
        orientation: Orientation::Vertical,
        at,
        role: Role::Ink,
        dash: Dash::Solid,
    });
}
