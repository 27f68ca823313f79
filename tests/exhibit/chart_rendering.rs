//! Every chart draws at every size through any numbers, in its palette's
//! colours only; and the palette is the page's.

use crate::chart_samples::{chart, labels, marks};
use ntk_playground::chart::{
    Axis, Color, Label, Layout, Mark, Palette, Place, Role, Sample, Side, Style, svg,
};

const SIZES: [(f64, f64); 7] = [
    (570.0, 252.0),
    (350.0, 218.0),
    (60.0, 40.0),
    (1.0, 1.0),
    (0.0, 0.0),
    (39.0, 500.0),
    (f64::NAN, f64::INFINITY),
];

const ROLES: [Role; 12] = [
    Role::Ink,
    Role::Ink2,
    Role::Ink3,
    Role::Rule2,
    Role::Rule,
    Role::Ground,
    Role::Signal,
    Role::SignalTint,
    Role::Noise,
    Role::NoiseTint,
    Role::Test,
    Role::TestTint,
];

fn axes() -> Vec<Axis> {
    vec![
        Axis::linear(0.0, 5.0, &[0.0, 1.0, 5.0]),
        Axis::linear(1.0, 1.0, &[1.0]),
        Axis::linear(f64::NAN, f64::INFINITY, &[f64::NAN, 1.0]),
        Axis::linear(5.0, 0.0, &[]),
        Axis::log(1e-3, 1e4),
        Axis::log(-1.0, 0.0),
        Axis::log_plain(1.0, 8e4).first("step "),
        Axis::modes(6),
        Axis::modes(0),
    ]
}

#[test]
fn everything_draws_at_every_size_through_any_numbers() {
    let style = Style::page(Palette::LIGHT);
    let datasets: [&[f64]; 6] = [
        &[],
        &[1.0],
        &[0.0, 1.0, 2.5, 0.2, 4.0],
        &[f64::NAN, 1.0, f64::INFINITY, f64::NEG_INFINITY, 2.0],
        &[0.0, -1.0, -0.0, 1e-320],
        &[1e308, -1e308, 1e308, 1e17],
    ];
    for (i, x) in axes().into_iter().enumerate() {
        for y in axes().into_iter().skip(i % 2) {
            for data in datasets {
                let at = data.first().copied().unwrap_or(1.0);
                let chart = chart(x.clone(), y.clone(), marks(data), labels(at));
                // Full size once; the small ones for every pair would be slow.
                for size in SIZES.into_iter().skip(i % 3) {
                    let out = svg(&chart, size, &style).expect("draws");
                    assert!(out.starts_with("<svg ") && out.trim_end().ends_with("</svg>"));
                    assert!(!out.contains("NaN"), "{x:?} {y:?} {data:?} {size:?}");
                }
            }
        }
    }
}

#[test]
fn colours_come_from_the_palette_only() {
    for palette in [Palette::LIGHT, Palette::DARK, Palette::PROJECTOR] {
        let mut marks = marks(&[0.5, 1.0, 3.0, 2.0]);
        // A heat map mixes its role with the ground, by design.
        marks.retain(|mark| !matches!(mark, Mark::Heat { .. }));
        let axis = || Axis::linear(0.0, 5.0, &[0.0, 5.0]);
        let out = svg(
            &chart(axis(), axis(), marks, labels(1.0)),
            (570.0, 252.0),
            &Style::page(palette),
        );
        let out = out.expect("draws");
        let known: Vec<String> = ROLES
            .iter()
            .map(|role| palette.of(*role).to_string())
            .collect();
        let mut found = 0;
        for attribute in ["fill=\"#", "stroke=\"#"] {
            for rest in out.split(attribute).skip(1) {
                let color = format!("#{}", &rest[..6]);
                assert!(known.contains(&color), "{color}");
                found += 1;
            }
        }
        assert!(found > 50);
    }
}

#[test]
fn svg_text_is_text_in_the_right_weight_and_escaped() {
    let label = Label {
        text: "a < b & c".to_owned(),
        role: Role::Signal,
        strong: true,
        place: Place::Key {
            side: Side::Left,
            sample: Sample::Hatch,
        },
    };
    let mut chart = chart(Axis::modes(5), Axis::log(1e-4, 1.0), vec![], vec![label]);
    chart.description = "x < y".to_owned();
    let out = svg(&chart, (570.0, 252.0), &Style::page(Palette::LIGHT)).expect("draws");
    assert!(out.contains("a &lt; b &amp; c") && out.contains("<desc>x &lt; y</desc>"));
    assert!(out.contains("font-weight=\"600\"") && !out.contains("font-weight=\"bold\""));
    assert!(out.contains("&quot;Avenir Next&quot;"));
    assert!(out.contains("width=\"570\" height=\"252\" viewBox=\"0 0 2280 1008\""));
    assert!(out.contains("\u{2212}4"), "a true minus sign in exponents");
}

#[test]
fn hover_reads_back_the_value_under_the_pointer() {
    let layout = Layout::new(570.0, 252.0, 12.0);
    let chart = chart(Axis::modes(20), Axis::log(1e-5, 2e3), vec![], vec![]);
    for i in 1..=20 {
        let px = layout.to_px(&chart, [f64::from(i), 1.0]);
        let [x, y] = layout.to_data(&chart, px).expect("inside");
        assert!((x - f64::from(i)).abs() < 1e-9 && (y - 1.0).abs() < 1e-9);
    }
    assert!(layout.to_data(&chart, [5.0, 5.0]).is_none());
}

#[test]
fn the_palette_is_the_page_s() {
    let css = include_str!("../../www/tokens.css");
    let names = [
        ("ink", Role::Ink),
        ("ink-2", Role::Ink2),
        ("ink-3", Role::Ink3),
        ("rule-2", Role::Rule2),
        ("rule", Role::Rule),
        ("ground", Role::Ground),
        ("signal", Role::Signal),
        ("signal-tint", Role::SignalTint),
        ("noise", Role::Noise),
        ("noise-tint", Role::NoiseTint),
        ("test", Role::Test),
        ("test-tint", Role::TestTint),
    ];
    let mut seen = [0; 3];
    for block in css.split('}') {
        let Some((selector, body)) = block.split_once('{') else {
            continue;
        };
        let (which, palette) = if selector.contains("[data-theme=\"dark\"]") {
            (1, Palette::DARK)
        } else if selector.contains("[data-theme=\"projector\"]") {
            (2, Palette::PROJECTOR)
        } else {
            (0, Palette::LIGHT)
        };
        for (name, role) in names {
            let Some(value) = body.split(&format!("--ntk-{name}:")).nth(1) else {
                continue;
            };
            let value = value.split(';').next().unwrap_or("");
            // A reference to another token is not a colour of its own.
            if let Ok(color) = Color::from_hex(value) {
                assert_eq!(color, palette.of(role), "--ntk-{name} in{selector}");
                seen[which] += 1;
            }
        }
    }
    assert!(seen.iter().all(|count| *count >= names.len()), "{seen:?}");
}
