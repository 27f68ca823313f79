//! Two runs in one picture.
//!
//! The second run keeps the hues of its marks, since those say what is meant,
//! and is told apart by form: thinner lines in long and short dashes, small
//! open points, and in place of bars a short line at the height of each. Left
//! out are its theory, areas, sticks, rules and heat maps, and whatever is
//! the same in both.

use super::{
    Axis, BarFill, Chart, Column, Dash, Label, Mark, Place, Role, Sample, Scale, Side, Span, Tick,
};

/// Width of a second run's line, as a share of the first's.
const THINNER: f64 = 0.6;
/// Lines up to this width are detail: twice as many would hide the rest.
const DETAIL: f64 = 1.0;

/// A chart with another of the same view drawn over it, as the second run:
/// the one "with `words`".
pub fn overlay(mut chart: Chart, second: Chart, words: &str) -> Chart {
    let added: Vec<Mark> = second
        .marks
        .iter()
        .filter_map(|mark| drawn(mark, &chart.marks))
        .collect();
    if let Some(sample) = sample(&added) {
        let side = Side::Right;
        let place = Place::Key { side, sample };
        let label = Label::new(format!("second run: {words}"), Role::Ink, place);
        chart.labels.push(label);
        chart.x = union(chart.x, &second.x);
        chart.y = union(chart.y, &second.y);
    }
    // Right under the first run's main line, which has ground around it; else
    // over what is filled and under the first run's lines and points.
    let filled = |mark: &Mark| {
        matches!(
            mark,
            Mark::Band { .. } | Mark::Heat { .. } | Mark::Bars { .. } | Mark::BarTheory { .. }
        )
    };
    let main = |mark: &Mark| matches!(mark, Mark::Line { halo: true, .. });
    let after = chart.marks.iter().rposition(filled).map_or(0, |at| at + 1);
    let main = chart.marks.iter().position(main);
    let at = main.map_or(after, |main| main.max(after));
    chart.marks.splice(at..at, added);
    let reading = difference(&chart.reading, &second.reading);
    if !reading.is_empty() {
        chart.reading.push(Span::plain("\u{2002}"));
        let text = format!("second run {reading}");
        chart.reading.push(Span::plain(text).in_role(Role::Ink2));
    }
    chart
        .description
        .push_str(&match chart.description == second.description {
            true => format!(" The second run, with {words}, reads the same."),
            false => format!(" The second run, with {words}: {}", second.description),
        });
    let columns = second.columns.into_iter();
    chart.columns.extend(columns.map(|column| Column {
        name: format!("{} (second run)", column.name),
        values: column.values,
    }));
    chart
}

/// A mark of the second run as it is drawn, unless the first has it too.
fn drawn(mark: &Mark, first: &[Mark]) -> Option<Mark> {
    match mark {
        Mark::Line {
            points,
            role,
            width,
            dash: Dash::Solid,
            halo,
        } if *width > DETAIL => {
            let same = |other: &Mark| match other {
                Mark::Line {
                    points: p, role: r, ..
                } => r == role && same(p, points),
                _ => false,
            };
            (points.len() > 1 && !first.iter().any(same)).then(|| Mark::Line {
                points: points.clone(),
                role: *role,
                width: (THINNER * width).max(1.0),
                dash: Dash::Second,
                // On a heat map a line is lost without.
                halo: *halo && first.iter().any(|mark| matches!(mark, Mark::Heat { .. })),
            })
        }
        Mark::Points {
            points,
            shape,
            role,
        } => {
            let known: Vec<[f64; 2]> = first
                .iter()
                .filter_map(|other| match other {
                    Mark::Points {
                        points,
                        shape: s,
                        role: r,
                    } if s == shape && r == role => Some(points),
                    _ => None,
                })
                .flatten()
                .copied()
                .collect();
            let mut points = points.clone();
            points.retain(|point| !known.iter().any(|other| same(&[*other], &[*point])));
            (!points.is_empty()).then_some(Mark::OpenPoints {
                points,
                shape: *shape,
                role: *role,
            })
        }
        Mark::Bars { bars } => {
            let known = |bar| {
                let has = |other: &Mark| matches!(other, Mark::Bars { bars } if bars.contains(bar));
                first.iter().any(has)
            };
            let points: Vec<[f64; 2]> = bars
                .iter()
                .filter(|bar| bar.fill != BarFill::BelowResolution && !known(bar))
                .map(|bar| [bar.x, bar.value])
                .collect();
            (!points.is_empty()).then_some(Mark::BarLevels { points })
        }
        _ => None,
    }
}

/// Whether points are the same to the digit; gaps are.
fn same(a: &[[f64; 2]], b: &[[f64; 2]]) -> bool {
    let bits = |p: &[f64; 2]| p.map(f64::to_bits);
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| bits(a) == bits(b))
}

/// What stands before the words in the plot: a line if there is one, else the
/// form of the first added mark.
fn sample(added: &[Mark]) -> Option<Sample> {
    let role = |mark: &Mark| match mark {
        Mark::Line { role, .. } => Some(*role),
        _ => None,
    };
    let mut roles = added.iter().filter_map(role);
    if let Some(first) = roles.next() {
        let role = match roles.all(|role| role == first) {
            true => first,
            false => Role::Ink,
        };
        let dash = Dash::Second;
        return Some(Sample::Line { role, dash });
    }
    added.iter().find_map(|mark| match mark {
        Mark::BarLevels { .. } => Some(Sample::Level),
        Mark::OpenPoints { shape, role, .. } => Some(Sample::Open {
            shape: *shape,
            role: *role,
        }),
        _ => None,
    })
}

/// An axis that covers two. Axes of different kinds have no common one: the
/// first stays, and the second run is cut off where it ends.
fn union(first: Axis, second: &Axis) -> Axis {
    let (a, b) = (first.scale, second.scale);
    let (min, max) = (a.min().min(b.min()), a.max().max(b.max()));
    let scale = match (a, b) {
        (Scale::Linear { .. }, Scale::Linear { .. }) => Scale::Linear { min, max },
        (Scale::Log { .. }, Scale::Log { .. }) => Scale::Log { min, max },
        _ => return first,
    };
    if scale == a {
        return first;
    }
    if scale == b {
        return second.clone();
    }
    // The name of the axis stands at its first tick.
    let (mut low, high) = match a.min() <= b.min() {
        true => (first, second),
        false => (second.clone(), &first),
    };
    let end = low.scale.max();
    let beyond = |tick: &&Tick| tick.at > end;
    low.ticks.extend(high.ticks.iter().filter(beyond).cloned());
    low.minor.extend(high.minor.iter().filter(|at| **at > end));
    Axis { scale, ..low }
}

/// The words of the second reading that the first does not share: from the
/// first to the last difference, of several clauses the first.
fn difference(first: &[Span], second: &[Span]) -> String {
    let text = |spans: &[Span]| spans.iter().map(|s| s.text.as_str()).collect::<String>();
    let (a, b) = (text(first), text(second));
    if a == b {
        return String::new();
    }
    let pieces = |text: &str| -> Vec<String> {
        text.split_inclusive([' ', '\u{2002}'])
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (pieces(&a), pieces(&b));
    let most = a.len().min(b.len());
    let head = (0..most).take_while(|&i| a[i] == b[i]).count();
    let tail = (0..most - head)
        .take_while(|&i| a[a.len() - 1 - i].trim_end() == b[b.len() - 1 - i].trim_end())
        .count();
    let words = b[head..b.len() - tail].concat();
    let clause = words.split(", ").next().unwrap_or_default();
    clause.trim().trim_end_matches([',', ':']).to_owned()
}
