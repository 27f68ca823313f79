//! In every view, at every size and time, words stand apart, inside the picture and in the
//! order of what they name. Computed from the drawn pictures, not looked at.

use crate::placed_texts::texts;
use ntk_playground::chart::{
    AverageWidths, Chart, Label, Layout, Mark, Palette, Place, Sample, Style, TextMetrics,
    TickLabel, svg,
};
use ntk_playground::exhibit::{EXHIBITS, ExhibitKind, Session};
use std::collections::BTreeSet;

/// Left, top, right, bottom, in CSS pixels.
type Rect = [f64; 4];

/// A place in which views are drawn.
struct Screen {
    /// Width of the window, or what else it is.
    name: &'static str,
    /// Width of a view in CSS pixels.
    width: f64,
    /// Heights of the first two views of an exhibit, and of the others.
    heights: [f64; 2],
    style: fn() -> Style,
}

fn page() -> Style {
    Style::page(Palette::LIGHT)
}

/// A window of 320 pixels leaves a view 280: the gutter of a phone is 20. From 720 on there
/// are two columns with 48 between them and at either side.
const SCREENS: [Screen; 6] = [
    Screen {
        name: "320",
        width: 280.0,
        heights: [218.0, 176.0],
        style: page,
    },
    Screen {
        name: "390",
        width: 350.0,
        heights: [218.0, 176.0],
        style: page,
    },
    Screen {
        name: "600",
        width: 560.0,
        heights: [218.0, 176.0],
        style: page,
    },
    Screen {
        name: "820",
        width: 338.0,
        heights: [252.0, 188.0],
        style: page,
    },
    Screen {
        name: "1366",
        width: 611.0,
        heights: [252.0, 188.0],
        style: page,
    },
    Screen {
        name: "projector",
        width: 584.0,
        heights: [292.0, 232.0],
        style: Style::projector,
    },
];

/// What is wrong with a drawn view, in sentences.
fn faults(chart: &Chart, screen: &Screen, height: f64) -> Vec<String> {
    let style = (screen.style)();
    let size = (screen.width, height);
    let layout = Layout::new(size.0, size.1, style.font_size);
    let placed = texts(&svg(chart, size, &style).expect("it draws"));
    let mut faults = apart(&placed);
    for (text, [left, top, right, bottom]) in &placed {
        let inside = *left >= -1.0 && *right <= size.0 + 1.0 && *top >= -1.0 && *bottom <= size.1;
        if !inside {
            faults.push(format!("\u{201c}{text}\u{201d} leaves the picture"));
        }
    }
    for label in &chart.labels {
        let found = placed.iter().find(|(text, _)| *text == label.text);
        match found {
            None if may_be_left_out(label, chart, &layout) => {}
            None if wider_than_the_plot(label, &layout, &style) => {}
            None => faults.push(format!("\u{201c}{}\u{201d} found no place", label.text)),
            Some((_, rect)) => faults.extend(misplaced(label, *rect, &layout)),
        }
    }
    faults.extend(ends(chart, &layout, &placed));
    faults.extend(unlabelled_rows(chart, &layout, &placed));
    faults
}

/// Words on words.
fn apart(placed: &[(String, Rect)]) -> Vec<String> {
    let mut faults = Vec::new();
    for (i, (a, p)) in placed.iter().enumerate() {
        for (b, q) in &placed[i + 1..] {
            // A power of ten is two texts that meet.
            let power = a == "10" || b == "10";
            let overlap =
                p[0] + 0.5 < q[2] && q[0] + 0.5 < p[2] && p[1] + 0.5 < q[3] && q[1] + 0.5 < p[3];
            if overlap && !power {
                faults.push(format!("\u{201c}{a}\u{201d} stands on \u{201c}{b}\u{201d}"));
            }
        }
    }
    faults
}

/// Whether a label may be left out: what it names is not in the picture, or it stands at the
/// top of a line that has no room beside it.
fn may_be_left_out(label: &Label, chart: &Chart, layout: &Layout) -> bool {
    let inside = |x: f64| (layout.left - 0.5..=layout.right + 0.5).contains(&x);
    match &label.place {
        Place::OnSplit { .. } => true,
        Place::End { at, .. } => {
            let [x, y] = layout.to_px(chart, *at);
            y.is_nan() || !inside(x)
        }
        Place::OnRule { at, .. } => {
            let y = layout.y_px(chart, *at);
            !(layout.top..=layout.bottom).contains(&y)
        }
        Place::OnDrop { at } => !inside(layout.x_px(chart, *at)),
        Place::Near { candidates, .. } => candidates.is_empty(),
        Place::Key { .. } => false,
    }
}

/// Whether there is no room for a label on this screen, wherever it stands.
fn wider_than_the_plot(label: &Label, layout: &Layout, style: &Style) -> bool {
    let width = AverageWidths.width(&label.text, style.font_size, label.strong);
    width > layout.plot_width() - 34.0
}

/// Whether words in the plot stand across its edge.
fn misplaced(label: &Label, [left, top, right, bottom]: Rect, layout: &Layout) -> Option<String> {
    let inside = left >= layout.left - 1.0
        && right <= layout.right + 1.0
        && top >= -1.0
        && bottom <= layout.bottom + 1.0;
    (!inside).then(|| {
        format!(
            "\u{201c}{}\u{201d} crosses the edge of the plot",
            label.text
        )
    })
}

/// Labels at ends: from top to bottom in the order of their ends, and not on a curve.
fn ends(chart: &Chart, layout: &Layout, placed: &[(String, Rect)]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut found: Vec<(f64, Rect, &str)> = Vec::new();
    for label in &chart.labels {
        let Place::End { at, sample } = &label.place else {
            continue;
        };
        let Some((_, rect)) = placed.iter().find(|(text, _)| *text == label.text) else {
            continue;
        };
        let mut rect = *rect;
        if matches!(sample, Some(Sample::Line { .. })) {
            rect[0] -= 20.0;
        }
        let end = layout.to_px(chart, *at);
        let end = end[1].clamp(layout.top, layout.bottom);
        found.push((end, rect, &label.text));
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    for pair in found.windows(2) {
        let ((above, p, a), (below, q, b)) = (pair[0], pair[1]);
        let beside = p[2] <= q[0] || q[2] <= p[0];
        if below - above > 0.5 && p[1] > q[1] && !beside {
            faults.push(format!(
                "\u{201c}{a}\u{201d} ends above \u{201c}{b}\u{201d} and stands below"
            ));
        }
    }
    for (_, rect, text) in found {
        let covered = chart.marks.iter().any(|mark| match mark {
            Mark::Line { points, .. } => points.windows(2).any(|pair| {
                let [a, b] = [layout.to_px(chart, pair[0]), layout.to_px(chart, pair[1])];
                crosses(a, b, rect)
            }),
            _ => false,
        });
        if covered {
            faults.push(format!("\u{201c}{text}\u{201d} stands on a curve"));
        }
    }
    faults
}

/// Whether a segment passes through a rectangle, by sampling it.
fn crosses(a: [f64; 2], b: [f64; 2], [left, top, right, bottom]: Rect) -> bool {
    let far = a.iter().chain(&b).any(|v| !v.is_finite());
    let steps = if far {
        return false;
    } else {
        ((a[0] - b[0]).hypot(a[1] - b[1]) as usize).clamp(1, 2_000)
    };
    (0..=steps).any(|k| {
        let t = k as f64 / steps as f64;
        let [x, y] = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
        left < x && x < right && top < y && y < bottom
    })
}

/// The topmost and the lowest grid line, where they have no number beside them.
fn unlabelled_rows(chart: &Chart, layout: &Layout, placed: &[(String, Rect)]) -> Vec<String> {
    let row = |at: f64| layout.y_px(chart, at);
    let drawn = chart.y.ticks.iter().filter(|tick| {
        let y = row(tick.at);
        (layout.top - 0.5..=layout.bottom + 0.5).contains(&y)
    });
    let drawn: Vec<_> = drawn.collect();
    let ends = [drawn.first(), drawn.last()].into_iter().flatten();
    let bare = ends.filter(|tick| {
        let y = row(tick.at);
        !placed.iter().any(|(text, [_, top, right, bottom])| {
            let words = match &tick.label {
                TickLabel::Text(words) => text == words,
                TickLabel::Power(_) => text == "10",
            };
            words && *right <= layout.left && top - 8.0 <= y && y <= bottom + 8.0
        })
    });
    let fault = |at: f64| format!("the grid line at {at} has no number");
    bare.map(|tick| fault(tick.at)).collect()
}

/// Everything that is wrong in an exhibit at some steps, on some screens.
fn look(
    kind: &'static ExhibitKind,
    settings: &str,
    steps: &[u64],
    screens: &[Screen],
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let settings: Vec<(String, String)> = settings
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut session = Session::open(kind.name, &settings).expect("settings that fit");
    for step in steps {
        session.advance(step - session.step_count().min(*step), || true);
        for (i, view) in kind.views.iter().enumerate() {
            let chart = session.chart(view.name).expect("a chart of every view");
            for screen in screens {
                let height = screen.heights[usize::from(i > 1)];
                for fault in faults(&chart, screen, height) {
                    let place = format!("{}/{} at step {step}", kind.name, view.name);
                    found.insert(format!("{place} on {}: {fault}", screen.name));
                }
            }
        }
    }
    found
}

fn assert_none(found: BTreeSet<String>) {
    let count = found.len();
    let lines: Vec<String> = found.into_iter().collect();
    assert!(count == 0, "{count} faults:\n{}", lines.join("\n"));
}

/// The beginning and the middle, on a phone, a page and a projector.
#[test]
fn words_have_room_at_every_size() {
    let screens = SCREENS.into_iter();
    let screens = screens.filter(|s| ["320", "820", "projector"].contains(&s.name));
    let screens: Vec<Screen> = screens.collect();
    let found = EXHIBITS.iter().flat_map(|kind| {
        let steps = [0, kind.fixture.shown_at.min(60)];
        look(kind, "", &steps, &screens)
    });
    assert_none(found.collect());
}

/// All sizes, from the beginning to the end.
#[test]
#[ignore = "takes minutes"]
fn words_have_room_at_every_size_and_time() {
    let found = EXHIBITS.iter().flat_map(|kind| {
        let middle = kind.fixture.shown_at;
        let steps = [0, 1, 10, 60, middle / 2, middle, 3 * middle, 12_000];
        look(kind, "", &steps, &SCREENS)
    });
    assert_none(found.collect());
}
