//! The addition table twice: as it was answered when the pairs shown had been
//! memorised, and as it is answered now.

use super::model::{Grokking, Observation};
use super::pairs::Pairs;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Side, Span};
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, moved, text};
use crate::task::Pair;

/// Shade of a pair that is answered wrong; a right one is full.
const WRONG: f64 = 0.16;
/// Shade of a training pair that is answered right: held-out pairs are the news.
const TRAINING: f64 = 0.5;
/// Space between the tables, as a share of one.
const GAP: f64 = 0.14;
/// Rows above the tables, for their headings.
const HEADING: f64 = 2.6;

/// Where the second table begins, in cells.
fn second(modulus: usize) -> f64 {
    modulus as f64 * (1.0 + GAP)
}

/// The pair at a point of either table, as a p + b.
fn pair_at(modulus: usize, [x, y]: [f64; 2]) -> Option<f64> {
    let (p, second) = (modulus as f64, second(modulus));
    let b = if x >= second { x - second } else { x };
    let inside = (0.0..p).contains(&b) && (0.0..p).contains(&y);
    inside.then_some(y.floor() * p + b.floor())
}

/// Where a probe leads among the pairs, by key from the pair to predict.
pub fn lead(state: &State<'_, Grokking>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let p = state.setup.modulus;
    match probe {
        Probe::Clear => None,
        Probe::At(point) => pair_at(p, point),
        Probe::Move(by) => {
            let [a, b] = state.setup.pair;
            let from = from.map_or(a * p + b, |at| at as usize);
            Some(moved(from, by, p * p - 1) as f64)
        }
    }
}

/// All pairs, by a p + b.
fn all(modulus: usize) -> impl Iterator<Item = Pair> {
    (0..modulus * modulus).map(move |i| [i / modulus, i % modulus])
}

/// One table, drawn from x = `left`; before anything is observed the split alone.
fn cells(pairs: &Pairs, at: Option<&Observation>, left: f64, marks: &mut Vec<Mark>) {
    let p = pairs.task.modulus;
    for (training, role) in [(true, Role::Ink), (false, Role::Test)] {
        let shade = |pair: Pair| {
            let predicted = at.map(|at| at.network.predictions[pairs.column(pair)]);
            match predicted == Some(pairs.task.sum(pair)) {
                _ if pairs.is_training(pair) != training => f64::NAN,
                false => WRONG,
                true if training => TRAINING,
                true => 1.0,
            }
        };
        marks.push(Mark::Heat {
            x: (0..=p).map(|b| left + b as f64).collect(),
            y: (0..=p).map(|a| a as f64).collect(),
            // Column by column.
            shades: all(p).map(|[b, a]| shade([a, b])).collect(),
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

/// "7 + 19 = 3, held out" and what is predicted.
pub fn answers_in_words(state: &State<'_, Grokking>, pair: Pair) -> Vec<Span> {
    let (pairs, [a, b]) = (&state.model.pairs, pair);
    let column = pairs.column(pair);
    let kind = match pairs.is_training(pair) {
        true => "shown",
        false => "held out",
    };
    let sum = pairs.task.sum(pair);
    let mut spans = vec![Span::plain(format!("{a} + {b} = {sum}, {kind}\u{2002}"))];
    if let Some(then) = &state.model.memorised {
        let then = then.network.predictions[column];
        spans.push(Span::plain(format!("answered {then}, ")));
    }
    let now = state.now.network.predictions[column];
    spans.extend(Span::marked(&format!("answers **{now}**")));
    spans
}

/// Words above a table.
fn heading(text: String, left: f64) -> Label {
    let at = vec![[left, -0.5 * HEADING]];
    let mut label = Label::near(text, Role::Ink, at, vec![Side::Right]);
    label.strong = true;
    label
}

/// Both tables.
pub fn table(state: &State<'_, Grokking>) -> Chart {
    let (pairs, now) = (&state.model.pairs, state.now);
    let memorised = state.model.memorised.as_deref();
    let p = state.setup.modulus;
    let second = second(p);
    let middles = |left: f64| (0..p).step_by(5).map(move |i| left + i as f64 + 0.5);
    let named = |term: &str, at: f64| match at as usize {
        0 => format!("{term} = 0"),
        i => i.to_string(),
    };
    let columns: Vec<f64> = middles(0.0).chain(middles(second)).collect();
    let rows: Vec<f64> = middles(0.0).collect();
    let width = second + p as f64;
    let x = Axis::linear_with(0.0, width, &columns, |at| named("b", at % second));
    // a = 0 on top, as in a matrix: the axis runs downwards.
    let y = Axis::linear_with(p as f64, -HEADING, &rows, |at| named("a", at));
    let title = format!("**a + b mod {p}** grey shown, green held out, full where right");
    let mut chart = Chart::new("table", &title, x, y);
    cells(pairs, memorised, 0.0, &mut chart.marks);
    cells(pairs, Some(now), second, &mut chart.marks);
    // The lines of the axis do not run on between the tables.
    chart.marks.push(Mark::Heat {
        x: vec![p as f64, second],
        y: vec![0.0, p as f64],
        shades: vec![0.0],
        role: Role::Ground,
    });
    let cursor = state.index("pair").map(|at| [at / p, at % p]);
    let pair = cursor.unwrap_or(state.setup.pair);
    let outlines = [outline(pair, 0.0), outline(pair, second)];
    chart.marks.extend(outlines);
    let before = match memorised {
        Some(then) => format!("memorised, step {}", text::count(then.step)),
        None => "not memorised yet".into(),
    };
    let present = format!("now, step {}", text::count(now.step));
    chart.labels = vec![heading(before, 0.0), heading(present, second)];
    let right = text::percent(now.network.test);
    chart.reading = match cursor {
        Some(pair) => answers_in_words(state, pair),
        None => vec![
            Span::plain("held out, right "),
            Span::strong(right.as_str()).in_role(Role::Test),
        ],
    };
    let then = memorised.map_or(String::new(), |then| {
        let right = text::percent(then.network.test);
        format!(", {right} when the others had been memorised")
    });
    chart.description = format!(
        "Addition table modulo {p}: {} pairs are shown in training, {} held out. Of the held-out \
         pairs {right} are answered right now{then}.",
        pairs.task.train.len(),
        pairs.task.test.len()
    );
    let training = |pair| f64::from(u8::from(pairs.is_training(pair)));
    let predicted = |at: &Observation, pair| at.network.predictions[pairs.column(pair)] as f64;
    let before = |pair| memorised.map_or(f64::NAN, |then| predicted(then, pair));
    chart
        .column("a", all(p).map(|[a, _]| a as f64))
        .column("b", all(p).map(|[_, b]| b as f64))
        .column("shown", all(p).map(training))
        .column("answer", all(p).map(|pair| predicted(now, pair)))
        .column("answer-when-memorised", all(p).map(before));
    chart
}
