//! The smallest eigenvalue against the number of parameters.

use super::against_size::{
    chart, column, cursor, feature_columns, features, key, network, points, threshold,
};
use super::model::{Sweep, parameters};
use super::sweeps::{Sweeps, lowest};
use crate::chart::{Axis, Chart, Dash, Role, Shape, Span};
use crate::exhibit::runner::State;
use crate::exhibit::text;

/// Shares of lambda_1 shown, with room for words above 1.
const RANGE: (f64, f64) = (1e-9, 100.0);

/// The smallest eigenvalue against the number of parameters.
pub fn eigenvalue(state: &State<'_, Sweep>) -> Chart {
    let sweeps = Sweeps::of(state);
    let curve = sweeps.smallest();
    let of_features = sweeps.over_features(|record| record.smallest);
    let y = Axis::log(RANGE.0, RANGE.1);
    let title = "**Smallest eigenvalue** over \u{3bb}\u{2081}, step 0";
    let mut chart = chart("eigenvalue", title, y, &sweeps);
    chart.labels.extend([
        key("network\u{2019}s kernel", Role::Ink, Dash::Solid),
        key("random features", Role::Ink2, Dash::Theory),
    ]);
    // Widths that are still to come must not be bridged by a line.
    let known = points(&curve).into_iter().filter(|p| p[1].is_finite());
    chart.marks = vec![threshold(&sweeps), features(&of_features)];
    let network = network(known.collect(), 2.0, Shape::Disc, Role::Ink);
    chart.marks.extend(network);
    let share = |i: usize| text::significant(curve[i].median);
    chart.description = "Smallest eigenvalue: none yet.".into();
    if let Some(i) = lowest(&curve) {
        let ratio = text::fixed(sweeps.share(i), 2);
        chart.reading = Span::marked(&format!("lowest **{}** at P/n = {ratio}", share(i)));
        chart.description = format!(
            "Smallest eigenvalue of the kernel at step 0 over the largest: lowest, {}, at {} \
             parameters.",
            share(i),
            parameters()[i]
        );
    }
    cursor(&mut chart, state, |i| {
        format!("\u{3bb}min/\u{3bb}\u{2081} = {}", share(i))
    });
    column(&mut chart, "eigenvalue-share", &curve);
    feature_columns(&mut chart, "features-eigenvalue-share", &of_features);
    chart
}
