//! Visibility: what each direction did to the test points, against what it
//! dissipated, under the bound |G psi_j|^2 <= C psi_j' W' psi_j of gradient descent.

use super::directions::{opened, smallest_shown, unopened, values};
use super::model::Channel;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Place, Role, Shape, Side, Span};
use crate::exhibit::runner::State;
use crate::exhibit::text;

/// The range of |G psi|^2, over n m: a direction that moves the test function
/// as it moves the training outputs has about 4 there.
const RANGE: [f64; 2] = [1e-10, 1e4];

/// The most that is shown of what a direction dissipated, over n: W is at most n/2 under squared
/// loss, the sum W' counts what a step takes back as well.
const MOST: f64 = 40.0;

pub fn visibility(state: &State<'_, Channel>) -> Chart {
    let base = &state.model.base;
    let n = base.points();
    let (left, right) = (smallest_shown(state), MOST * n as f64);
    let unit = (n * base.test_inputs().ncols()) as f64;
    let [bottom, top] = RANGE.map(|end| end * unit);
    let (x, y) = (Axis::log(left, right), Axis::log(bottom, top));
    let over = match state.setup.method.is_plain() {
        true => "`\u{3c8}_j`\u{1d40}`W\u{2032}\u{3c8}_j`",
        false => "`\u{3bb}_j`",
    };
    let title =
        format!("**Seen by the test points** \u{2016}`G\u{3c8}_j`\u{2016}\u{b2}, over {over}");
    let mut chart = Chart::new("visibility", &title, x, y);
    let Some(opened) = opened(state) else {
        return unopened(state, chart, "Visibility", [3.0 * left, 1e-5 * top]);
    };
    let (now, channel) = (opened.diagnostics, opened.channel);
    // Under the optimisers without W', over the eigenvalue itself.
    let eigenvalues = now.spectrum.values.as_slice();
    let dissipated = now.dissipated.as_deref().unwrap_or(eigenvalues);
    let pairs = dissipated.iter().zip(&now.reached);
    let points: Vec<[f64; 2]> = pairs.map(|(&value, &reached)| [value, reached]).collect();
    let split = state.setup.threshold * now.spectrum.largest();
    if split > 0.0 {
        let rule = Mark::upright(split, Role::Ink, Dash::Solid);
        chart.marks.push(rule);
        for (text, role, side) in [
            ("reservoir", Role::Noise, Side::Left),
            ("channel", Role::Signal, Side::Right),
        ] {
            let place = Place::OnSplit { at: split, side };
            chart.labels.push(Label::strong(text, role, place));
        }
    }
    let c = now.constant();
    let ends = if c > 0.0 { &[left, right][..] } else { &[] };
    let bound = ends.iter().map(|l| [*l, c * l]).collect();
    let shown = |points: &[[f64; 2]]| -> Vec<[f64; 2]> {
        let inside = |p: &&[f64; 2]| p[0] > left && p[1] > bottom;
        points.iter().filter(inside).copied().collect()
    };
    let (inside, outside) = points.split_at(channel);
    chart.marks.extend([
        Mark::dashed(bound, Role::Ink2, Dash::Theory),
        Mark::points(shown(outside), Shape::Ring, Role::Noise),
        Mark::points(shown(inside), Shape::Disc, Role::Signal),
    ]);
    if c > 0.0 {
        let at = |l: f64| [l * left, c * left * l];
        let candidates = vec![at(10.0), at(3.0), at(100.0), at(1e3)];
        let sides = vec![Side::Left, Side::Above, Side::Right];
        let bound = Label::near("bound", Role::Ink2, candidates, sides);
        chart.labels.push(bound);
    }
    let looseness = now.looseness().median;
    let loose = text::significant(looseness);
    chart.reading = Span::marked(&match (looseness.is_finite(), &now.dissipated) {
        (true, _) => format!("bound loose by **{loose}\u{d7}**, median"),
        (false, Some(_)) => "nothing has moved yet".to_owned(),
        (false, None) => "the bound is for gradient descent".to_owned(),
    });
    if let Some(j) = state.index("mode") {
        let point = Mark::point(points[j], Shape::Diamond, Role::Test);
        chart.marks.push(point);
        chart.reading = values(now, j);
    }
    let floor = now.spectrum.floor();
    let unresolved = dissipated.iter().filter(|v| **v <= floor).count();
    let bounded = match now.dissipated {
        Some(_) => format!(
            "No direction exceeds the bound, which is loose by a factor {loose} in the median"
        ),
        None => "There is no bound for this optimiser".to_owned(),
    };
    chart.description = format!(
        "Visibility: each direction's effect on the test points against what it dissipated. {bounded}; \
         {unresolved} directions are below numerical resolution.",
    );
    chart
        .column("dissipated", points.iter().map(|p| p[0]))
        .column("effect", points.iter().map(|p| p[1]))
        .column("bound", points.iter().map(|p| c * p[0]));
    chart
}
