//! Words in charts never overlap, cover no bars, and stand still while a run plays.

use crate::chart_samples::{chart, labels, marks};
use crate::placed_texts::texts;
use ntk_playground::chart::{
    Axis, Chart, Dash, Label, Layout, Mark, Palette, Place, Role, Sample, Side, Style, svg,
};
use ntk_playground::exhibit::Session;

fn assert_apart(chart: &Chart, size: (f64, f64), style: &Style) {
    let texts = texts(&svg(chart, size, style).expect("draws"));
    for (i, (a, p)) in texts.iter().enumerate() {
        for (b, q) in &texts[i + 1..] {
            // A power of ten is two texts that meet.
            let power = |text: &str| text == "10";
            let overlap =
                p[0] + 0.5 < q[2] && q[0] + 0.5 < p[2] && p[1] + 0.5 < q[3] && q[1] + 0.5 < p[3];
            assert!(
                !overlap || power(a) || power(b),
                "{a} {p:?} on {b} {q:?} at {size:?}"
            );
        }
        assert!(p[0] >= -1.0, "{a} leaves the canvas {p:?}");
    }
}

#[test]
fn words_never_overlap() {
    let styles = [Style::page(Palette::LIGHT), Style::projector()];
    for size in [
        (570.0, 252.0),
        (350.0, 218.0),
        (240.0, 160.0),
        (120.0, 90.0),
    ] {
        for style in &styles {
            for at in [0.0, 0.01, 0.5, 1.0, 2.0, 4.2, 5.0] {
                let y = Axis::nice(0.0, 5.0, 6);
                let x = Axis::linear(0.0, 5.0, &[0.0, 0.1, 2.5, 4.9, 5.0]).first("x = ");
                let chart = chart(x, y, marks(&[at, 1.0, 3.0]), labels(at));
                assert_apart(&chart, size, style);
            }
            for n in [1, 2, 7, 20, 33, 64, 128, 500] {
                let chart = chart(Axis::modes(n), Axis::log(1e-5, 2e3), vec![], vec![]);
                assert_apart(&chart, size, style);
            }
            let chart = chart(
                Axis::log_plain(1.0, 8e4).first("step "),
                Axis::log_plain(0.01, 1.2),
                vec![],
                vec![],
            );
            assert_apart(&chart, size, style);
        }
    }
}

#[test]
fn ends_that_meet_are_pushed_apart_and_both_stand() {
    let label = |text: &str, y: f64| Label {
        text: text.to_owned(),
        role: Role::Ink,
        strong: true,
        place: Place::End {
            at: [3.0, y],
            sample: None,
        },
    };
    let axis = || Axis::linear(0.0, 5.0, &[]);
    for gap in [0.0, 0.01, 0.2, 2.0] {
        let chart = chart(
            axis(),
            axis(),
            vec![],
            vec![label("train", 2.0 + gap), label("test", 2.0)],
        );
        let found =
            texts(&svg(&chart, (570.0, 252.0), &Style::page(Palette::LIGHT)).expect("draws"));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!((found[0].1[1] - found[1].1[1]).abs() >= 12.0, "{found:?}");
    }
}

#[test]
fn a_label_does_not_move_with_the_network() {
    let style = Style::page(Palette::LIGHT);
    let place_of = |bend: f64| {
        let line = |role, halo, f: &dyn Fn(f64) -> f64| Mark::Line {
            points: (0..=50)
                .map(|i| f64::from(i) / 10.0)
                .map(|x| [x, f(x)])
                .collect(),
            role,
            width: 2.0,
            dash: Dash::Solid,
            halo,
        };
        let label = Label {
            text: "signal".to_owned(),
            role: Role::Signal,
            strong: true,
            place: Place::Near {
                candidates: vec![[1.0, 2.8], [2.5, 2.5], [4.0, 2.2]],
                sides: vec![Side::Below, Side::Above],
                leader: None,
            },
        };
        let marks = vec![
            line(Role::Signal, false, &|x| 3.0 - 0.2 * x),
            line(Role::Ink, true, &|x| 2.0 + bend * (x - 2.0)),
            line(Role::Ink2, false, &|x| 2.2 + bend * x.sin()),
        ];
        let axis = || Axis::linear(0.0, 5.0, &[]);
        texts(
            &svg(
                &chart(axis(), axis(), marks, vec![label]),
                (570.0, 252.0),
                &style,
            )
            .expect("draws"),
        )
    };
    let still = place_of(0.0);
    assert_eq!(still.len(), 1);
    for k in 1..20 {
        assert_eq!(place_of(f64::from(k) * 0.1), still);
    }
}

/// Left, top and right of every bar, in CSS pixels.
fn bars(chart: &Chart, layout: &Layout) -> Vec<[f64; 3]> {
    let bars = chart.marks.iter().flat_map(|mark| match mark {
        Mark::Bars { bars } => &bars[..],
        _ => &[],
    });
    let edges = bars.map(|bar| {
        let [x, top] = layout.to_px(chart, [bar.x, bar.value]);
        let half = 0.31 * (layout.x_px(chart, bar.x + 1.0) - x);
        [x - half, top, x + half]
    });
    edges.collect()
}

#[test]
fn keys_cover_no_bars_of_a_low_plot() {
    let style = Style::page(Palette::LIGHT);
    let mut session = Session::open("channel", &[]).expect("the exhibit");
    let mut places = Vec::new();
    for steps in [1, 9, 90] {
        session.advance(steps, || true);
        let chart = session.chart("spectrum").expect("the view");
        let sample = |place: &Place| match place {
            Place::Key { sample, .. } => matches!(sample, Sample::Line { .. }),
            _ => false,
        };
        let key = |label: &&Label| sample(&label.place);
        let keys: Vec<&Label> = chart.labels.iter().filter(key).collect();
        assert_eq!(keys.len(), 2, "at step {}", session.step_count());
        // On the page, and in a card of the element: the lowest that it draws.
        for size in [(570.0, 188.0), (350.0, 176.0), (280.0, 176.0)] {
            let texts = texts(&svg(&chart, size, &style).expect("draws"));
            let bars = bars(&chart, &Layout::new(size.0, size.1, style.font_size));
            assert!(bars.len() > 10);
            for label in &keys {
                let found = texts.iter().find(|(text, _)| *text == label.text);
                let (text, [left, _, right, bottom]) = found.expect("every key has room");
                // The sample stands before the words.
                let covered = |[from, top, to]: &&[f64; 3]| {
                    left - 28.0 < *to && *from < *right && *top < *bottom
                };
                assert_eq!(
                    bars.iter().filter(covered).count(),
                    0,
                    "{text} at {size:?}, step {}",
                    session.step_count()
                );
                places.push((text.clone(), size, *left, *bottom));
            }
        }
    }
    let first = places[..6].to_vec();
    for (i, place) in places.iter().enumerate() {
        assert_eq!(*place, first[i % 6], "it has moved");
    }
}
