//! Two charts of one view become one picture: the first as it was, the second
//! told apart by form, nothing twice, axes that cover both.

use crate::chart_samples::{chart, labels, marks};
use ntk_playground::chart::{
    Axis, Bar, BarFill, Chart, Column, Dash, Mark, Palette, Place, Role, Sample, Scale, Shape,
    Span, Style, TickLabel, overlay, svg,
};

fn axis() -> Axis {
    Axis::linear(0.0, 5.0, &[0.0, 5.0])
}

fn of(marks: Vec<Mark>) -> Chart {
    chart(axis(), axis(), marks, Vec::new())
}

fn points(shape: Shape, points: &[[f64; 2]]) -> Mark {
    Mark::Points {
        points: points.to_vec(),
        shape,
        role: Role::Test,
    }
}

#[test]
fn the_same_chart_is_drawn_once() {
    let data = [0.5, f64::NAN, 3.0, 2.0, f64::INFINITY];
    let one = chart(axis(), axis(), marks(&data), labels(1.0));
    let both = overlay(one.clone(), one.clone(), "noise 0");
    // Not compared as marks: they hold numbers that equal nothing.
    assert_eq!(format!("{:?}", both.marks), format!("{:?}", one.marks));
    assert_eq!((both.labels, both.reading), (one.labels, one.reading));
    assert!(both.description.contains("noise 0, reads the same"));
}

#[test]
fn the_second_run_keeps_its_hues_and_differs_in_form() {
    let first = of(marks(&[0.5, 1.0, 3.0, 2.0]));
    let second = of(marks(&[0.5, 1.5, 2.0, 4.0]));
    let both = overlay(first.clone(), second, "noise 0");
    let added: Vec<&Mark> = both
        .marks
        .iter()
        .filter(|m| !first.marks.contains(m))
        .collect();
    assert_eq!(both.marks.len(), first.marks.len() + added.len());
    let (mut lines, mut shapes, mut levels) = (0, Vec::new(), 0);
    for mark in added {
        match mark {
            Mark::Line {
                role, width, dash, ..
            } => {
                assert_eq!((*role, *dash), (Role::Ink, Dash::Second));
                assert!(*width < 3.0);
                lines += 1;
            }
            Mark::OpenPoints {
                points,
                shape,
                role,
            } => {
                // The first of the four is the first run's too.
                assert_eq!((points.len(), *role), (3, Role::Test));
                shapes.push(*shape);
            }
            Mark::BarLevels { points } => {
                assert_eq!(points, &[[1.0, 1.5], [2.0, 2.0], [3.0, 4.0]]);
                levels += 1;
            }
            other => panic!("{other:?} is theory, detail or an area"),
        }
    }
    // Two kinds of bars have a height, one is below resolution.
    assert_eq!((lines, levels), (1, 2));
    assert_eq!(shapes, [Shape::Disc, Shape::Ring, Shape::Diamond]);
}

#[test]
fn it_lies_over_what_is_filled_and_under_the_main_line() {
    let main = |ys: [f64; 2]| Mark::Line {
        points: vec![[0.0, ys[0]], [5.0, ys[1]]],
        role: Role::Ink,
        width: 3.0,
        dash: Dash::Solid,
        halo: true,
    };
    let band = Mark::Band {
        x: vec![0.0, 5.0],
        a: vec![1.0, 1.0],
        b: vec![2.0, 2.0],
        role: Role::TestTint,
    };
    let signal = Mark::line(vec![[0.0, 1.0], [5.0, 1.0]], Role::Signal, 2.0);
    let first = of(vec![band, signal.clone(), main([1.0, 2.0])]);
    let second = of(vec![signal, main([2.0, 3.0])]);
    let both = overlay(first.clone(), second, "noise 0");
    let at = both
        .marks
        .iter()
        .position(|mark| !first.marks.contains(mark));
    assert_eq!((both.marks.len(), at), (4, Some(2)));
}

#[test]
fn its_words_stand_beside_the_form_that_it_has() {
    let sample = |first: Vec<Mark>, second: Vec<Mark>| {
        let both = overlay(of(first), of(second), "noise 0");
        both.labels.first().map(|label| {
            assert_eq!(label.text, "second run: noise 0");
            match label.place {
                Place::Key { sample, .. } => sample,
                ref other => panic!("{other:?}"),
            }
        })
    };
    let line = |role, y| Mark::line(vec![[0.0, y], [5.0, y]], role, 2.5);
    let dashed = |role| {
        Some(Sample::Line {
            role,
            dash: Dash::Second,
        })
    };
    let disc = || points(Shape::Disc, &[[1.0, 1.0]]);
    assert_eq!(
        sample(vec![], vec![disc(), line(Role::Test, 1.0)]),
        dashed(Role::Test)
    );
    let hues = vec![line(Role::Test, 1.0), line(Role::Noise, 2.0)];
    assert_eq!(sample(vec![], hues), dashed(Role::Ink));
    let open = Sample::Open {
        shape: Shape::Disc,
        role: Role::Test,
    };
    assert_eq!(sample(vec![], vec![disc()]), Some(open));
    let bar = Bar {
        x: 1.0,
        value: 2.0,
        fill: BarFill::Channel,
    };
    let bars = || Mark::Bars { bars: vec![bar] };
    assert_eq!(sample(vec![], vec![bars()]), Some(Sample::Level));
    // Nothing to see needs no words.
    let nowhere = Mark::line(vec![[0.0, f64::NAN], [5.0, f64::NAN]], Role::Test, 2.5);
    for second in [disc(), bars(), line(Role::Test, 1.0)] {
        assert_eq!(sample(vec![second.clone()], vec![second]), None);
    }
    let detail = Mark::line(vec![[0.0, 1.0], [5.0, 1.0]], Role::Ink3, 1.0);
    for second in [nowhere, detail, points(Shape::Ring, &[[1.0, f64::NAN]])] {
        assert_eq!(sample(vec![], vec![second]), None);
    }
}

#[test]
fn axes_cover_both_runs() {
    let scale = |a: Axis, b: Axis| {
        let of = |y, shape| chart(axis(), y, vec![points(shape, &[[1.0, 1.0]])], Vec::new());
        overlay(of(a, Shape::Disc), of(b, Shape::Ring), "").y
    };
    let (narrow, wide) = (Axis::log(1e-2, 1.0), Axis::log(1e-4, 10.0));
    assert_eq!(scale(narrow.clone(), wide.clone()), wide);
    assert_eq!(scale(wide.clone(), narrow.clone()), wide);
    // Neither covers the other: ticks of both, in order, none twice.
    let (low, high) = (Axis::log(1e-4, 1.0), Axis::log(1e-2, 1e2));
    for (a, b) in [(low.clone(), high.clone()), (high, low)] {
        let union = scale(a, b);
        assert_eq!(
            union.scale,
            Scale::Log {
                min: 1e-4,
                max: 1e2
            }
        );
        let at: Vec<f64> = union.ticks.iter().map(|tick| tick.at).collect();
        assert_eq!(at.len(), 7, "{at:?}");
        assert!(at.windows(2).all(|pair| pair[0] < pair[1]), "{at:?}");
    }
    let modes = scale(Axis::modes(8), Axis::modes(20));
    assert_eq!(modes, Axis::modes(20));
    assert_eq!(modes.ticks[0].label, TickLabel::Text("i = 1".to_owned()));
    // Different kinds have no common axis: the first stays.
    assert_eq!(scale(axis(), Axis::log(1e-2, 1e2)), axis());
}

#[test]
fn readings_tell_what_differs() {
    let reading = |first: Vec<Span>, second: Vec<Span>| {
        let with = |reading| Chart {
            reading,
            ..of(vec![])
        };
        let both = overlay(with(first.clone()), with(second), "");
        assert_eq!(both.reading[..first.len()], first);
        let rest = &both.reading[first.len()..];
        assert!(rest.iter().all(|span| !span.strong));
        rest.iter()
            .map(|span| span.text.trim_start())
            .collect::<String>()
    };
    let plain = |text: &str| vec![Span::plain(text)];
    let error = |value: &str| vec![Span::plain("test "), Span::strong(value)];
    assert_eq!(reading(error("0.1"), error("0.2")), "second run 0.2");
    assert_eq!(reading(error("0.1"), error("0.1")), "");
    assert_eq!(
        reading(plain("step 5: 0.1 here"), plain("step 5: 0.2 here")),
        "second run 0.2"
    );
    assert_eq!(reading(plain("seed 1"), plain(&"word ".repeat(20))), "");
}

#[test]
fn columns_and_description_have_both() {
    let with = |value: f64| Chart {
        columns: vec![Column::new("test", [value])],
        description: format!("Test {value}."),
        ..of(vec![])
    };
    let both = overlay(with(1.0), with(2.0), "noise 0");
    let names: Vec<&str> = both.columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["test", "test (second run)"]);
    assert_eq!(both.columns[1].values, [2.0]);
    assert_eq!(
        both.description,
        "Test 1. The second run, with noise 0: Test 2."
    );
}

#[test]
fn any_two_charts_make_a_picture() {
    let datasets: [&[f64]; 4] = [
        &[],
        &[0.0, 1.0, 2.5, 0.2],
        &[f64::NAN, 1.0, f64::INFINITY, f64::NEG_INFINITY],
        &[1e308, -1e308, 0.0, 1e-320],
    ];
    let axes = [
        axis(),
        Axis::linear(f64::NAN, f64::INFINITY, &[f64::NAN]),
        Axis::log(-1.0, 0.0),
        Axis::log(1e-3, 1e4),
        Axis::modes(0),
    ];
    for style in [Style::page(Palette::LIGHT), Style::projector()] {
        for a in datasets {
            for b in datasets {
                for (x, y) in axes.iter().zip(axes.iter().rev()) {
                    let first = chart(x.clone(), y.clone(), marks(a), labels(1.0));
                    let second = chart(y.clone(), x.clone(), marks(b), labels(1.0));
                    let out = svg(&overlay(first, second, "<&>"), (570.0, 252.0), &style);
                    assert!(!out.expect("draws").contains("NaN"));
                }
            }
        }
    }
}
