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

/// Characters of a reading that are too many to repeat.
const LONG: usize = 36;

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
    if let Some(reading) = reading {
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
            (finite(points).count() > 1 && !first.iter().any(same)).then(|| Mark::Line {
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
            let mut points: Vec<[f64; 2]> = finite(points).copied().collect();
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
                .filter(|bar| bar.fill != BarFill::BelowResolution && bar.value.is_finite())
                .filter(|bar| !known(bar))
                .map(|bar| [bar.x, bar.value])
                .collect();
            (!points.is_empty()).then_some(Mark::BarLevels { points })
        }
        _ => None,
    }
}

fn finite(points: &[[f64; 2]]) -> impl Iterator<Item = &[f64; 2]> {
    let shown = |p: &&[f64; 2]| p[0].is_finite() && p[1].is_finite();
    points.iter().filter(shown)
}

/// Whether points are the same to the digit; gaps are.
fn same(a: &[[f64; 2]], b: &[[f64; 2]]) -> bool {
    let bits = |p: &[f64; 2]| p.map(f64::to_bits);
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| bits(a) == bits(b))
}

/// What stands before the words in the plot: a line if there is one, else the
/// form of the first added mark; in ink if they have several hues.
fn sample(added: &[Mark]) -> Option<Sample> {
    let hue = |of: fn(&Mark) -> Option<Role>| {
        let mut roles = added.iter().filter_map(of);
        let first = roles.next()?;
        Some(match roles.all(|role| role == first) {
            true => first,
            false => Role::Ink,
        })
    };
    let line = hue(|mark| match mark {
        Mark::Line { role, .. } => Some(*role),
        _ => None,
    });
    if let Some(role) = line {
        let dash = Dash::Second;
        return Some(Sample::Line { role, dash });
    }
    let point = hue(|mark| match mark {
        Mark::OpenPoints { role, .. } => Some(*role),
        _ => None,
    });
    added.iter().find_map(|mark| match mark {
        Mark::BarLevels { .. } => Some(Sample::Level),
        Mark::OpenPoints { shape, .. } => Some(Sample::Open {
            shape: *shape,
            role: point?,
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

/// What the second reading says that the first does not. Where both are the
/// same words, their numbers; else all from the first to the last difference.
fn difference(first: &[Span], second: &[Span]) -> Option<String> {
    let words = |spans: &[Span], strong| -> Vec<String> {
        let spans = spans.iter().filter(|span| span.strong == strong);
        spans.map(|span| span.text.clone()).collect()
    };
    if words(first, false) == words(second, false) {
        let numbers = words(second, true);
        return (numbers != words(first, true)).then(|| numbers.join(", "));
    }
    let pieces = |spans: &[Span]| -> Vec<String> {
        let text: String = spans.iter().map(|span| span.text.as_str()).collect();
        let pieces = text.split_inclusive([' ', '\u{2002}']);
        pieces.map(str::to_owned).collect()
    };
    let (a, b) = (pieces(first), pieces(second));
    let most = a.len().min(b.len());
    let head = (0..most).take_while(|&i| a[i] == b[i]).count();
    let tail = (0..most - head)
        .take_while(|&i| a[a.len() - 1 - i].trim_end() == b[b.len() - 1 - i].trim_end())
        .count();
    let words = b[head..b.len() - tail].concat();
    let words = words.trim().trim_end_matches([',', ':']);
    // A long one would crowd the row out; the description has all of it.
    (!words.is_empty() && words.chars().count() <= LONG).then(|| words.to_owned())
}
