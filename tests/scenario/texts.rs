//! Texts for a knob: inside its range, at its ends, outside, and no value at all.

use super::Dice;
use ntk_playground::exhibit::{ExhibitKind, Kind, Knob};

/// What no knob takes, or takes for something else than it looks like.
const ODD: &[&str] = &[
    "",
    " ",
    "NaN",
    "nan",
    "-NaN",
    "inf",
    "-inf",
    "1e999",
    "-1e999",
    "1e-999",
    "-0",
    "0x10",
    "1,5",
    "\u{2212}1",
    "+3",
    " 7 ",
    "1.0",
    "1e1",
    "4294967296",
    "18446744073709551616",
    "none",
    "off",
    "on",
    "all",
    "-",
    "1-",
    "1-2-3-4-5-6",
    "0-0",
    ":",
    "~",
    "0:0",
    "0:NaN",
    "\u{1d54f}\u{301}\u{200f}<b>&amp;\"'",
    "a.b.c_d.e",
    "\u{0}\u{7f}\n",
    "9999999999999999999999999999999999999999999999999999999999999999",
];

/// Whether an exhibit's knob decides how much there is to compute, by a number.
pub fn is_costly(kind: &ExhibitKind, knob: &Knob) -> bool {
    !matches!(knob.kind, Kind::Choice { .. }) && kind.is_costly(knob.name)
}

/// A text that is mostly a value of the knob; `large` allows the most costly.
pub fn text(kind: &ExhibitKind, knob: &Knob, large: bool, dice: &mut Dice) -> String {
    if dice.rarely(8) {
        (*dice.pick(ODD)).to_owned()
    } else {
        value(kind, knob, large, dice)
    }
}

/// A value of the knob, or a number outside its range.
pub fn value(kind: &ExhibitKind, knob: &Knob, large: bool, dice: &mut Dice) -> String {
    let small = is_costly(kind, knob) && !large;
    match knob.kind {
        Kind::Number { min, max, log, .. } => {
            let share = dice.share() * if small { 0.2 } else { 1.0 };
            match dice.below(16) {
                0 => min.to_string(),
                1 if !small => max.to_string(),
                2 if !small => (max * 3.0 + 1.0).to_string(),
                3 => (min - 1.0).to_string(),
                4 => format!("{:.2}", min + share * (max - min)),
                _ if log => (min * (max / min).powf(share)).to_string(),
                _ => (min + share * (max - min)).to_string(),
            }
        }
        Kind::Integer { min, max, .. } => {
            let share = dice.share();
            let share = if small { 0.3 * share.powi(3) } else { share };
            let between = f64::from(min) + share * f64::from(max - min);
            match dice.below(16) {
                0 => min.to_string(),
                1 if !small => max.to_string(),
                2 if !small => (f64::from(max) + 1.0).to_string(),
                3 => (f64::from(min) - 1.0).to_string(),
                _ => between.floor().to_string(),
            }
        }
        Kind::Choice { options } => dice.pick(options).value.to_owned(),
        Kind::List {
            min, max, length, ..
        } => {
            let count = dice.below(length + 1);
            if count == 0 {
                return "none".to_owned();
            }
            let most = if small { max.min(min + 11) } else { max };
            let entry = |_| (min as usize + dice.below((most - min + 1) as usize)).to_string();
            (0..count).map(entry).collect::<Vec<_>>().join("-")
        }
        Kind::Points { most, largest } => {
            let count = match dice.below(8) {
                0..=2 => return "none".to_owned(),
                3 if large => most,
                4 if large => most + 1,
                more => more,
            };
            let size = *dice.pick(&[1.0, 1.0, 1e-3, 30.0, 1e-200, largest]);
            let wide = *dice.pick(&[1.0, 1.0, 0.0, 1e-9, largest]);
            let mut pair = || {
                let number = |all: f64, share: f64| (all * (2.0 * share - 1.0)).to_string();
                let [x, y] = [dice.share(), dice.share()];
                format!("{}:{}", number(wide, x), number(size, y))
            };
            (0..count).map(|_| pair()).collect::<Vec<_>>().join("~")
        }
    }
}
