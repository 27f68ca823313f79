//! Contrast of two colours is (L1 + 0.05) / (L2 + 0.05), L the relative
//! luminance of the lighter and the darker one. Words reach 4.5 on the ground,
//! marks and edges of controls 3, in every theme. No program that checks a page
//! sees what is drawn on a canvas.

use ntk_playground::chart::{Color, Palette, Role};

/// Colours of words.
const WORDS: [Role; 6] = [
    Role::Ink,
    Role::Ink2,
    Role::Ink3,
    Role::Signal,
    Role::Noise,
    Role::Test,
];
/// Colours of lines that have to be seen: axes, edges of controls. The grid is not among them.
const LINES: [Role; 1] = [Role::Rule2];
/// Marks and the tints they stand on or are filled with.
const ON_TINT: [(Role, Role); 6] = [
    (Role::Signal, Role::SignalTint),
    (Role::Noise, Role::NoiseTint),
    (Role::Test, Role::TestTint),
    (Role::Ink, Role::SignalTint),
    (Role::Ink, Role::NoiseTint),
    (Role::Ink, Role::TestTint),
];

const THEMES: [(&str, Palette); 3] = [
    ("light", Palette::LIGHT),
    ("dark", Palette::DARK),
    ("projector", Palette::PROJECTOR),
];

fn luminance(Color(red, green, blue): Color) -> f64 {
    let linear = |byte: u8| {
        let share = f64::from(byte) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// A colour of a theme in the page's style sheet.
fn token(theme: &str, name: &str) -> Color {
    let sheet = include_str!("../../www/tokens.css");
    let rules = sheet
        .split_once(&format!("[data-theme=\"{theme}\"] {{"))
        .and_then(|(_, rest)| rest.split_once('}'))
        .map_or("", |(rules, _)| rules);
    let value = rules
        .split_once(&format!("--ntk-{name}: "))
        .and_then(|(_, rest)| rest.split_once(';'))
        .map_or("", |(value, _)| value);
    Color::from_hex(value).unwrap_or_else(|error| panic!("--ntk-{name} in {theme}: {error}"))
}

const NAMES: [(Role, &str); 12] = [
    (Role::Ink, "ink"),
    (Role::Ink2, "ink-2"),
    (Role::Ink3, "ink-3"),
    (Role::Rule2, "rule-2"),
    (Role::Rule, "rule"),
    (Role::Ground, "ground"),
    (Role::Signal, "signal"),
    (Role::SignalTint, "signal-tint"),
    (Role::Noise, "noise"),
    (Role::NoiseTint, "noise-tint"),
    (Role::Test, "test"),
    (Role::TestTint, "test-tint"),
];

#[test]
fn known_contrasts_come_out() {
    let [black, white] = [Color(0, 0, 0), Color(255, 255, 255)];
    assert!((contrast(black, white) - 21.0).abs() < 1e-12);
    // The lightest grey that words on white may have.
    let grey = Color(0x76, 0x76, 0x76);
    assert!((contrast(grey, white) - 4.54).abs() < 0.005);
}

#[test]
fn words_and_marks_stand_out_from_their_ground() {
    for (theme, palette) in THEMES {
        for (roles, least) in [(&WORDS[..], 4.5), (&LINES[..], 3.0)] {
            for &role in roles {
                let found = contrast(palette.of(role), palette.ground);
                assert!(found >= least, "{role:?} in {theme}: {found:.2} < {least}");
            }
        }
        for (role, tint) in ON_TINT {
            let found = contrast(palette.of(role), palette.of(tint));
            assert!(
                found >= 3.0,
                "{role:?} on {tint:?} in {theme}: {found:.2} < 3"
            );
        }
    }
}

#[test]
fn pictures_of_the_command_line_have_the_colours_of_the_page() {
    for (theme, palette) in THEMES {
        for (role, name) in NAMES {
            assert_eq!(palette.of(role), token(theme, name), "{name} in {theme}");
        }
    }
}
