//! Prediction: the network at the test points beside U_Q(s) - G g(s).

use super::Looking;
use super::run::Run;
use crate::chart::{
    Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Sample, Shape, Side, Span,
};
use crate::exhibit::text;

pub fn prediction(run: &mut Run, probe: Option<Looking>) -> Chart {
    let start = run.window.as_ref().map(|w| w.test_outputs.clone());
    let now = run.observe().clone();
    let base = &run.base;
    let x: Vec<f64> = base.test_inputs.iter().copied().collect();
    let along =
        |values: &[f64]| -> Vec<[f64; 2]> { x.iter().zip(values).map(|(&x, &y)| [x, y]).collect() };
    let network = now.test_outputs.as_slice();
    let labels = &base.problem.labels;
    let signal = base.test_signal.as_ref().map(|f| f.as_slice());
    let mut marks: Vec<Mark> = signal
        .map(|f| Mark::line(along(f), Role::Signal, 2.0))
        .into_iter()
        .collect();
    marks.extend([
        Mark::Points {
            points: base.rings(),
            shape: Shape::Ring,
            role: if base.is_own() {
                Role::Ink
            } else {
                Role::Noise
            },
        },
        Mark::Line {
            points: along(network),
            role: Role::Ink,
            width: 3.0,
            dash: Dash::Solid,
            halo: true,
        },
    ]);
    let mut keys = vec![("network", Role::Ink, Dash::Solid)];
    keys.extend(signal.map(|_| ("signal", Role::Signal, Dash::Solid)));
    let mut columns = vec![Column::new("x", x.iter().copied())];
    columns.extend(signal.map(|f| Column::new("signal", f.iter().copied())));
    columns.push(Column::new("network", network.iter().copied()));
    let mut reading = vec![Span::plain("no window is open")];
    let mut error = f64::NAN;
    if let (Some(seen), Some(start)) = (&now.seen, start) {
        error = seen.test_error;
        marks.push(Mark::dashed(
            along(start.as_slice()),
            Role::Ink3,
            Dash::Dotted,
        ));
        marks.push(Mark::Line {
            points: along(seen.foreseen.as_slice()),
            role: Role::Test,
            width: 2.0,
            dash: Dash::Theory,
            halo: false,
        });
        keys.push(("U(s) \u{2212} G g(s)", Role::Test, Dash::Theory));
        columns.push(Column::new("at-start", start.iter().copied()));
        columns.push(Column::new("foreseen", seen.foreseen.iter().copied()));
        reading = vec![
            Span::plain("off by "),
            Span::strong(text::percent(error)).in_role(Role::Test),
            Span::plain(" of the change"),
        ];
    }
    if let Some(Looking::Input(i)) = probe
        && i < x.len()
    {
        marks.push(Mark::Rule {
            orientation: Orientation::Vertical,
            at: x[i],
            role: Role::Ink,
            dash: Dash::Solid,
        });
        let foreseen = now.seen.as_ref().map_or(f64::NAN, |seen| seen.foreseen[i]);
        reading = vec![
            Span::symbol("x"),
            Span::plain(format!(
                " = {}\u{2002}network {}\u{2002}foreseen {}",
                text::fixed(x[i], 2),
                text::fixed(network[i], 3),
                text::fixed(foreseen, 3)
            )),
        ];
    }
    let key = |(text, role, dash): (&str, Role, Dash)| {
        let place = Place::Key {
            side: Side::Left,
            sample: Sample::Line { role, dash },
        };
        Label::new(text, role, place)
    };
    columns.push(Column::new("train-x", base.problem.inputs.iter().copied()));
    columns.push(Column::new("train-label", labels.iter().copied()));
    Chart {
        view: "prediction",
        title: vec![Span::strong("Prediction")],
        reading,
        x: base.x_axis(),
        y: base.y_axis(),
        marks,
        labels: keys.into_iter().map(key).collect(),
        description: format!(
            "Prediction: the transfer operator foresees the network's change at the test points to {}. {}",
            text::percent(error),
            match now.test {
                Some(test) => format!(
                    "Its mean squared distance to the true function is {}.",
                    text::error(test)
                ),
                None => format!("The points are own ones: {} of them.", labels.len()),
            }
        ),
        columns,
    }
}
