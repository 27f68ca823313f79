//! Predict one: the network's outputs for a single pair, over all residues.

use super::model::{Grokking, Observation};
use super::table::answers_in_words;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Place, Role, Shape, Side, Span};
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};

/// Softmax of outputs.
fn softmax(outputs: &[f64]) -> Vec<f64> {
    let top = outputs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = outputs.iter().map(|u| libm::exp(u - top)).collect();
    let whole: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / whole).collect()
}

/// Where a probe leads among the answers, by key from the right one.
pub fn lead(state: &State<'_, Grokking>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let places = Places {
        count: state.setup.modulus,
        first: state.model.pairs.task.sum(state.setup.pair),
        stride: 1,
        nearest: |[x, _]: [f64; 2]| x.round().max(0.0) as usize,
    };
    places.lead(probe, from.map(|at| at as usize))
}

/// Outputs for the pair to predict, now and when the pairs shown had been memorised; as
/// probabilities under cross-entropy.
pub fn answer(state: &State<'_, Grokking>) -> Chart {
    let (pairs, pair) = (&state.model.pairs, state.setup.pair);
    let (p, column, sum) = (
        state.setup.modulus,
        pairs.column(pair),
        pairs.task.sum(pair),
    );
    let probabilities = state.setup.cross_entropy;
    let drawn = |at: &Observation| -> Vec<f64> {
        let outputs = at.network.outputs.column(column);
        match probabilities {
            true => softmax(outputs.as_slice()),
            false => outputs.as_slice().to_vec(),
        }
    };
    let memorised = state.model.memorised.as_ref();
    let (now, before) = (drawn(state.now), memorised.map(|then| drawn(then)));
    let points = |values: &[f64]| -> Vec<[f64; 2]> {
        let numbered = values.iter().enumerate();
        numbered.map(|(c, v)| [c as f64, *v]).collect()
    };
    let (title, [low, high]) = match probabilities {
        true => ("**Predict one** probability of each answer", [0.0, 1.15]),
        false => ("**Predict one** output for each answer", [-0.7, 1.4]),
    };
    let multiples: Vec<f64> = (0..p).step_by(5).map(|c| c as f64).collect();
    let x = Axis::linear(-0.6, p as f64 - 0.4, &multiples).first("answer ");
    let y = Axis::linear(low, high, &[0.0, 0.5, 1.0]);
    let mut chart = Chart::new("answer", title, x, y);
    let (at, side) = match sum > p / 2 {
        true => (sum as f64, Side::Left),
        false => (sum as f64, Side::Right),
    };
    let sticks = points(&now).into_iter().map(|[c, v]| [c, 0.0, v]);
    chart.marks = vec![
        Mark::upright(at, Role::Test, Dash::Solid),
        Mark::Sticks {
            sticks: sticks.collect(),
            role: Role::Ink,
        },
    ];
    let label = Label::strong(
        format!("sum {sum}"),
        Role::Test,
        Place::OnSplit { at, side },
    );
    chart.labels.push(label);
    if let Some(before) = &before {
        let line = Mark::dashed(points(before), Role::Ink2, Dash::Theory);
        chart.marks.push(line);
        let key = Label::line_key("when memorised", side, Role::Ink2, Dash::Theory);
        chart.labels.push(key);
    }
    let heads = Mark::points(points(&now), Shape::Disc, Role::Ink);
    chart.marks.push(heads);
    chart.reading = match state.index("answer") {
        Some(c) if c < p => {
            chart.marks.push(Mark::Frame { x: c as f64 });
            vec![Span::plain(format!(
                "answer {c}\u{2002}now {}\u{2002}when memorised {}",
                text::fixed(now[c], 3),
                text::fixed(before.as_ref().map_or(f64::NAN, |before| before[c]), 3)
            ))]
        }
        _ => answers_in_words(state, pair),
    };
    let kind = match pairs.is_training(pair) {
        true => "shown in training",
        false => "held out",
    };
    let predicted = |at: &Observation| at.network.predictions[column];
    let then = memorised.map_or(String::new(), |then| {
        format!(", and answered {} when it had memorised", predicted(then))
    });
    chart.description = format!(
        "Predict one: {} + {} is {sum} modulo {p}; this pair is {kind}. The network answers {} now{then}.",
        pair[0],
        pair[1],
        predicted(state.now)
    );
    chart
        .column("answer", (0..p).map(|c| c as f64))
        .column("now", now)
        .column("when-memorised", before.unwrap_or_default());
    chart
}
