//! Predict one: the network's outputs for a single pair, over all residues.

use super::run::Run;
use super::table::answers_in_words;
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Sample, Shape, Side, Span,
};
use crate::exhibit::text;

/// Softmax of outputs.
fn softmax(outputs: &[f64]) -> Vec<f64> {
    let top = outputs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = outputs.iter().map(|u| libm::exp(u - top)).collect();
    let whole: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / whole).collect()
}

/// Outputs for the pair to predict, now and when the pairs shown had been memorised; as
/// probabilities under cross-entropy.
pub fn answer(run: &mut Run, probed: Option<usize>) -> Chart {
    let pair = run.setup.pair;
    let (p, place, sum) = (run.setup.modulus, run.place(pair), run.task.sum(pair));
    let probabilities = run.setup.cross_entropy;
    let shown = |outputs: &[f64]| match probabilities {
        true => softmax(outputs),
        false => outputs.to_vec(),
    };
    let now = shown(run.answers().outputs.column(place).as_slice());
    let said = run.answers().said[place];
    let before = run
        .memorised
        .as_ref()
        .map(|m| shown(m.answers.outputs.column(place).as_slice()));
    let points = |values: &[f64]| -> Vec<[f64; 2]> {
        values
            .iter()
            .enumerate()
            .map(|(c, v)| [c as f64, *v])
            .collect()
    };
    let mut marks = vec![
        Mark::Rule {
            orientation: Orientation::Vertical,
            at: sum as f64,
            role: Role::Test,
            dash: Dash::Solid,
        },
        Mark::Sticks {
            sticks: now
                .iter()
                .enumerate()
                .map(|(c, v)| [c as f64, 0.0, *v])
                .collect(),
            role: Role::Ink,
        },
    ];
    let mut labels = vec![Label::strong(
        format!("sum {sum}"),
        Role::Test,
        Place::OnSplit {
            at: sum as f64,
            side: if sum > p / 2 { Side::Left } else { Side::Right },
        },
    )];
    if let Some(before) = &before {
        marks.push(Mark::dashed(points(before), Role::Ink2, Dash::Theory));
        labels.push(Label::new(
            "when memorised",
            Role::Ink2,
            Place::Key {
                side: if sum > p / 2 { Side::Left } else { Side::Right },
                sample: Sample::Line {
                    role: Role::Ink2,
                    dash: Dash::Theory,
                },
            },
        ));
    }
    marks.push(Mark::Points {
        points: points(&now),
        shape: Shape::Disc,
        role: Role::Ink,
    });
    let reading = match probed {
        Some(c) if c < p => {
            marks.push(Mark::Frame { x: c as f64 });
            vec![Span::plain(format!(
                "answer {c}\u{2002}now {}\u{2002}when memorised {}",
                text::fixed(now[c], 3),
                text::fixed(before.as_ref().map_or(f64::NAN, |before| before[c]), 3)
            ))]
        }
        _ => answers_in_words(run, pair),
    };
    let multiples: Vec<f64> = (0..p).step_by(5).map(|c| c as f64).collect();
    let (low, high) = if probabilities {
        (0.0, 1.15)
    } else {
        (-0.7, 1.4)
    };
    Chart {
        view: "answer",
        title: vec![
            Span::strong("Predict one"),
            Span::plain(if probabilities {
                " probability of each answer"
            } else {
                " output for each answer"
            }),
        ],
        reading,
        x: Axis::linear(-0.6, p as f64 - 0.4, &multiples).first("answer "),
        y: Axis::linear(low, high, &[0.0, 0.5, 1.0]),
        marks,
        labels,
        description: format!(
            "Predict one: {} + {} is {sum} modulo {p}; this pair is {}. The network says {said} now{}.",
            pair[0],
            pair[1],
            if run.is_shown(pair) {
                "shown in training"
            } else {
                "held out"
            },
            match &run.memorised {
                Some(m) => format!(", and said {} when it had memorised", m.answers.said[place]),
                None => String::new(),
            }
        ),
        columns: vec![
            Column::new("answer", (0..p).map(|c| c as f64)),
            Column::new("now", now),
            Column::new("when-memorised", before.unwrap_or_default()),
        ],
    }
}
