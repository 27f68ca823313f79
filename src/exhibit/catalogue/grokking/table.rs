//! The addition table twice: as it was answered when the pairs shown had been
//! memorised, and as it is answered now.

use super::run::Run;
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Place, Role, Scale, Side, Span, Tick, TickLabel,
};
use crate::exhibit::text;
use crate::task::Pair;

/// Shade of a pair that is answered wrong; a right one is full.
const WRONG: f64 = 0.16;
/// Shade of a pair shown that is answered right: held-out pairs are the news.
const SHOWN: f64 = 0.5;
/// Space between the tables, as a share of one.
const GAP: f64 = 0.14;
/// Rows above the tables, for their headings.
const HEADING: f64 = 2.6;

/// Where the second table begins, in cells.
pub fn second(modulus: usize) -> f64 {
    modulus as f64 * (1.0 + GAP)
}

/// The pair at a point of either table.
pub fn pair_at(modulus: usize, [x, y]: [f64; 2]) -> Option<Pair> {
    let (p, second) = (modulus as f64, second(modulus));
    let b = if x >= second { x - second } else { x };
    let inside = (0.0..p).contains(&b) && (0.0..p).contains(&y);
    inside.then_some([y as usize, b as usize])
}

/// One table, drawn from x = `left`; nothing said yet shows the split alone.
fn cells(run: &Run, said: Option<&[usize]>, left: f64, marks: &mut Vec<Mark>) {
    let p = run.setup.modulus;
    let (mut shown, mut held_out) = (Vec::with_capacity(p * p), Vec::with_capacity(p * p));
    for b in 0..p {
        for a in 0..p {
            let right = said.is_some_and(|said| said[run.place([a, b])] == run.task.sum([a, b]));
            let is_shown = run.is_shown([a, b]);
            let full = if is_shown { SHOWN } else { 1.0 };
            let shade = if right { full } else { WRONG };
            shown.push(if is_shown { shade } else { f64::NAN });
            held_out.push(if is_shown { f64::NAN } else { shade });
        }
    }
    for (shades, role) in [(shown, Role::Ink), (held_out, Role::Test)] {
        marks.push(Mark::Heat {
            x: (0..=p).map(|b| left + b as f64).collect(),
            y: (0..=p).map(|a| a as f64).collect(),
            shades,
            role,
        });
    }
}

/// An outline around a cell.
fn outline([a, b]: Pair, left: f64) -> Mark {
    let (x, y) = (left + b as f64, a as f64);
    Mark::Line {
        points: vec![
            [x, y],
            [x + 1.0, y],
            [x + 1.0, y + 1.0],
            [x, y + 1.0],
            [x, y],
        ],
        role: Role::Ink,
        width: 2.0,
        dash: Dash::Solid,
        halo: true,
    }
}

/// "7 + 19 = 3, held out" and what is said to it.
pub fn answers_in_words(run: &mut Run, pair: Pair) -> Vec<Span> {
    let place = run.place(pair);
    let kind = if run.is_shown(pair) {
        "shown"
    } else {
        "held out"
    };
    let now = run.answers().said[place];
    let mut spans = vec![Span::plain(format!(
        "{} + {} = {}, {kind}\u{2002}",
        pair[0],
        pair[1],
        run.task.sum(pair)
    ))];
    if let Some(memorised) = &run.memorised {
        spans.push(Span::plain(format!(
            "said {}, ",
            memorised.answers.said[place]
        )));
    }
    spans.push(Span::plain("says "));
    spans.push(Span::strong(now.to_string()));
    spans
}

/// Both tables.
pub fn table(run: &mut Run, probed: Option<Pair>) -> Chart {
    let now = run.answers().clone();
    let p = run.setup.modulus;
    let second = second(p);
    let before = run.memorised.as_ref();
    let mut marks = Vec::new();
    cells(run, before.map(|m| &m.answers.said[..]), 0.0, &mut marks);
    cells(run, Some(&now.said), second, &mut marks);
    // The lines of the axis do not run on between the tables.
    marks.push(Mark::Heat {
        x: vec![p as f64, second],
        y: vec![0.0, p as f64],
        shades: vec![0.0],
        role: Role::Ground,
    });
    let pair = probed.unwrap_or(run.setup.pair);
    marks.push(outline(pair, 0.0));
    marks.push(outline(pair, second));
    let heading = |text: String, left: f64| {
        Label::strong(
            text,
            Role::Ink,
            Place::Near {
                candidates: vec![[left, -0.5 * HEADING]],
                sides: vec![Side::Right],
                leader: None,
            },
        )
    };
    let labels = vec![
        heading(
            match before {
                Some(m) => format!("memorised, step {}", text::count(m.step)),
                None => "not memorised yet".into(),
            },
            0.0,
        ),
        heading(format!("now, step {}", text::count(run.step)), second),
    ];
    let ticks = |left: f64| {
        (0..p).step_by(5).map(move |b| Tick {
            at: left + b as f64 + 0.5,
            label: TickLabel::Text(if b == 0 {
                "b = 0".into()
            } else {
                b.to_string()
            }),
        })
    };
    let reading = match probed {
        Some(pair) => answers_in_words(run, pair),
        None => vec![
            Span::plain("held out, right "),
            Span::strong(text::percent(now.test)).in_role(Role::Test),
        ],
    };
    let said_before = run.memorised.as_ref().map(|m| m.answers.said.clone());
    let run = &*run;
    let over = |value: &dyn Fn(Pair) -> f64| -> Vec<f64> {
        (0..p * p).map(|i| value([i / p, i % p])).collect()
    };
    Chart {
        view: "table",
        title: vec![
            Span::strong(format!("a + b mod {p}")),
            Span::plain(" grey shown, green held out, full where right"),
        ],
        reading,
        x: Axis {
            scale: Scale::Linear {
                min: 0.0,
                max: second + p as f64,
            },
            ticks: ticks(0.0).chain(ticks(second)).collect(),
            minor: Vec::new(),
        },
        // a = 0 on top, as in a matrix: the axis runs downwards.
        y: Axis {
            scale: Scale::Linear {
                min: p as f64,
                max: -HEADING,
            },
            ticks: (0..p)
                .step_by(5)
                .map(|a| Tick {
                    at: a as f64 + 0.5,
                    label: TickLabel::Text(if a == 0 {
                        "a = 0".into()
                    } else {
                        a.to_string()
                    }),
                })
                .collect(),
            minor: Vec::new(),
        },
        marks,
        labels,
        description: format!(
            "Addition table modulo {p}: {} pairs are shown in training, {} held out. Of the held-out \
             pairs {} are answered right now{}.",
            run.task.train.len(),
            run.task.test.len(),
            text::percent(now.test),
            match &run.memorised {
                Some(m) => format!(
                    ", {} when the others had been memorised",
                    text::percent(m.answers.test)
                ),
                None => String::new(),
            }
        ),
        columns: vec![
            Column::new("a", over(&|[a, _]| a as f64)),
            Column::new("b", over(&|[_, b]| b as f64)),
            Column::new(
                "shown",
                over(&|pair| f64::from(u8::from(run.is_shown(pair)))),
            ),
            Column::new("said", over(&|pair| now.said[run.place(pair)] as f64)),
            Column::new(
                "said-when-memorised",
                over(&|pair| {
                    said_before
                        .as_ref()
                        .map_or(f64::NAN, |said| said[run.place(pair)] as f64)
                }),
            ),
        ],
    }
}
