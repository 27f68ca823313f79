//! Where the noise goes: how much of it is memorised, and how much of what is
//! memorised arrives at the test points.

use super::against_size::{
    band, chart, column, cursor, feature_columns, features, key, network, points, range_columns,
    threshold,
};
use super::model::{Sweep, parameters};
use super::sweeps::{Sweeps, gain as gain_of, peak, widest};
use crate::chart::{Axis, Chart, Dash, Mark, Role, Shape, Span};
use crate::exhibit::runner::State;
use crate::exhibit::text;
use crate::statistics::Spread;

/// Gains shown.
const GAINS: (f64, f64) = (0.1, 100.0);

/// Highest share of memorised noise shown: two paths may part by more than
/// the noise itself.
const MOST_MEMORISED: f64 = 1.5;

/// A view of the noise: a curve over the widths with that of the random features, a line at
/// 1, and a reading.
fn view(
    sweeps: &Sweeps<'_>,
    mut chart: Chart,
    curve: &[Spread],
    of_features: &[(usize, Spread)],
    reading: Vec<Span>,
) -> Chart {
    let one = Mark::across(1.0, Role::Ink3, Dash::Dotted);
    chart.marks = vec![one, threshold(sweeps)];
    chart.marks.extend(band(sweeps, curve, Role::NoiseTint));
    chart.marks.push(features(of_features));
    let network = network(points(curve), 2.0, Shape::Ring, Role::Noise);
    chart.marks.extend(network);
    let key = key("random features", Role::Ink2, Dash::Theory);
    chart.labels.push(key);
    chart.reading = match sweeps.setup.noise == 0.0 {
        true => vec![Span::plain("the labels have no noise")],
        false => reading,
    };
    let name = chart.view;
    column(&mut chart, name, curve);
    range_columns(&mut chart, name, curve);
    feature_columns(&mut chart, &format!("features-{name}"), of_features);
    chart
}

/// Noise gain against the number of parameters.
pub fn gain(state: &State<'_, Sweep>) -> Chart {
    let sweeps = Sweeps::of(state);
    let curve = sweeps.over_widths(sweeps.shown_step(), |_, arm| gain_of(arm));
    let step = sweeps.shown_step();
    let by_operators = sweeps.over_widths(step, |_, arm| arm.operator_gain);
    let of_features = sweeps.over_features(|record| record.gain);
    let y = Axis::log_plain(GAINS.0, GAINS.1);
    let title = "**Noise gain** at the test points";
    let chart = chart("gain", title, y, &sweeps);
    let widest = text::fixed(widest(&curve), 2);
    let mut reading = vec![Span::plain("at test points, per memorised noise")];
    let mut description = String::from("Noise gain: none yet.");
    if let Some(peak) = peak(&curve) {
        let height = text::fixed(peak.height, 2);
        let ratio = text::fixed(sweeps.share(peak.index), 2);
        reading = vec![
            Span::plain("highest "),
            Span::strong(height.as_str()).in_role(Role::Noise),
            Span::plain(format!(" at P/n = {ratio}, widest {widest}")),
        ];
        description = format!(
            "Noise gain, the mean square that the noise moves test points by over that of \
             training points: highest {height} at {} parameters, {widest} at the largest width.",
            parameters()[peak.index]
        );
    }
    let mut chart = view(&sweeps, chart, &curve, &of_features, reading);
    chart.description = description;
    let dashed = Mark::dashed(points(&by_operators), Role::Noise, Dash::Theory);
    chart.marks.push(dashed);
    let of_operators = key("by operators, from one run", Role::Noise, Dash::Theory);
    chart.labels.push(of_operators);
    chart.column("gain-by-operators", by_operators.iter().map(|s| s.median));
    let ratios = sweeps.over_widths(step, |_, arm| arm.agreement);
    chart.column("operators-over-twin", ratios.iter().map(|s| s.median));
    let errors = sweeps.over_widths(step, |_, arm| arm.operator_error);
    chart.column("operator-error", errors.iter().map(|s| s.median));
    let equal = key("as at the training points", Role::Ink3, Dash::Dotted);
    chart.labels.push(equal);
    cursor(&mut chart, state, |i| {
        format!("gain {}", text::fixed(curve[i].median, 2))
    });
    chart
}

/// Share of the noise that is memorised, against the number of parameters.
pub fn memorised(state: &State<'_, Sweep>) -> Chart {
    let sweeps = Sweeps::of(state);
    let curve = sweeps.over_widths(sweeps.shown_step(), |sweep, arm| {
        arm.memorised / sweep.noise_energy
    });
    let of_features = sweeps.over_features(|record| record.memorised_share);
    let y = Axis::linear(0.0, MOST_MEMORISED, &[0.0, 0.5, 1.0]);
    let title = "**Noise memorised**, share of it";
    let chart = chart("memorised", title, y, &sweeps);
    let widest = text::whole_percent(widest(&curve));
    let reading = vec![
        Span::plain("widest "),
        Span::strong(widest.as_str()).in_role(Role::Noise),
    ];
    let mut chart = view(&sweeps, chart, &curve, &of_features, reading);
    chart.description = format!(
        "Share of the noise that is memorised: {} at the smallest width, {widest} at the largest.",
        text::whole_percent(curve[0].median)
    );
    cursor(&mut chart, state, |i| {
        format!("memorised {}", text::whole_percent(curve[i].median))
    });
    chart
}
