//! What a person may do to an exhibit, drawn at random, and what has to be
//! true whatever it was.
//!
//! One mechanism for the tests, for the long run (`cargo xtask fuzz`) and for
//! the coverage-guided one (`fuzz/`): [`Scenario::draw`] makes a scenario of
//! [`Dice`], [`play::play`] plays it and says in words what is wrong.

#![allow(dead_code, reason = "each of the three uses its part")]

mod dice;
pub mod look;
pub mod play;
pub mod sentence;
pub mod texts;

pub use dice::Dice;

use ntk_playground::exhibit::{Edit, ExhibitKind, Knob, Probe};
use std::fmt;

/// How an exhibit is opened, and what is done to it then.
#[derive(Debug, Clone)]
pub struct Scenario {
    pub kind: &'static ExhibitKind,
    /// As in a link.
    pub parameters: Vec<(String, String)>,
    pub actions: Vec<Action>,
}

/// One thing that a person may do.
#[derive(Debug, Clone)]
pub enum Action {
    /// Take so many steps, one after the other.
    Advance(u64),
    /// Set a knob.
    Set(String, String),
    /// Put a second run beside the first.
    Compare(String, String),
    /// Take it away.
    Alone,
    /// Back to step 0.
    Reset,
    /// Look into a view.
    Probe(String, Probe),
    /// Change a point.
    Edit(String, Edit),
    /// Look at everything there is.
    Look,
    /// Look at one view.
    Draw(String),
    /// Save the numbers and the networks.
    Export,
    /// Open the link and compare.
    Replay,
}

/// How much a scenario may ask for.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// Most actions.
    pub actions: usize,
    /// Most steps of one action; ten times as many once in a while.
    pub steps: usize,
    /// One scenario in so many takes any size; none if 0.
    pub large: usize,
}

impl Scenario {
    /// A scenario of an exhibit.
    pub fn draw(kind: &'static ExhibitKind, extent: Extent, dice: &mut Dice) -> Self {
        let large = extent.large > 0 && dice.rarely(extent.large);
        let mut parameters = Vec::new();
        for knob in kind.knobs {
            let costly = texts::is_costly(kind, knob) && !large;
            if costly || dice.below(3) == 1 {
                let value = match dice.rarely(8) && !costly {
                    true => texts::text(kind, knob, large, dice),
                    false => texts::value(kind, knob, large, dice),
                };
                parameters.push((knob.name.to_owned(), value));
            }
        }
        if dice.rarely(3) {
            let entries: Vec<String> = (0..dice.below(6))
                .map(|_| match dice.rarely(8) {
                    true => (*dice.pick(&["", "5", "5.noise", "x.y.z", "5.noise.0.2.3"])).into(),
                    false => {
                        let (step, knob) = (dice.below(extent.steps + 1), dice.pick(kind.knobs));
                        format!(
                            "{step}.{}.{}",
                            knob.name,
                            texts::text(kind, knob, large, dice)
                        )
                    }
                })
                .collect();
            parameters.push(("changes".to_owned(), entries.join("_")));
        }
        if dice.rarely(4) {
            let (name, text) = knob_and_text(kind, large, dice);
            parameters.push(("beside".to_owned(), format!("{name}.{text}")));
        }
        if dice.rarely(6) {
            let text = *dice.pick(&["7", "0", "-1", "1.5", "ten", "18446744073709551616"]);
            parameters.push(("step".to_owned(), text.to_owned()));
        }
        if dice.rarely(16) {
            parameters.push(("nois".to_owned(), "0.3".to_owned()));
        }
        let steps = if large { 6 } else { extent.steps };
        let actions = (0..1 + dice.below(extent.actions))
            .map(|_| action(kind, steps, large, dice))
            .collect();
        Self {
            kind,
            parameters,
            actions,
        }
    }
}

/// A knob, or rarely no knob, and a text for it.
fn knob_and_text(kind: &'static ExhibitKind, large: bool, dice: &mut Dice) -> (String, String) {
    let mut knobs: Vec<&Knob> = kind.knobs.iter().collect();
    // Most knobs start the run anew: those that do not are what logs are made of.
    if dice.below(2) == 1 {
        knobs.retain(|knob| knob.effect < ntk_playground::exhibit::Effect::Restart);
    }
    if knobs.is_empty() || dice.rarely(24) {
        return ("nois.e".to_owned(), "0.3".to_owned());
    }
    let knob = *dice.pick(&knobs);
    (knob.name.to_owned(), texts::text(kind, knob, large, dice))
}

fn action(kind: &'static ExhibitKind, steps: usize, large: bool, dice: &mut Dice) -> Action {
    let view = |dice: &mut Dice| match dice.rarely(24) {
        true => "vew".to_owned(),
        false => dice.pick(kind.views).name.to_owned(),
    };
    match dice.below(20) {
        0..=4 => {
            let most = if dice.rarely(8) { 10 * steps } else { steps };
            Action::Advance(1 + dice.below(most) as u64)
        }
        5..=9 => {
            let (name, text) = knob_and_text(kind, large, dice);
            Action::Set(name, text)
        }
        10 => Action::Look,
        11 | 12 => Action::Draw(view(dice)),
        13 | 14 => {
            let probe = match dice.below(4) {
                0 => Probe::Clear,
                1 => Probe::Move(*dice.pick(&[1, -1, 5, 1_000, i32::MIN, i32::MAX])),
                _ => Probe::At(place(dice)),
            };
            Action::Probe(view(dice), probe)
        }
        15 => {
            let index = *dice.pick(&[0, 1, 3, 127, usize::MAX]);
            let edit = match dice.below(3) {
                0 => Edit::Add(place(dice)),
                1 => Edit::Move(index, place(dice)),
                _ => Edit::Remove(index),
            };
            Action::Edit(view(dice), edit)
        }
        16 => {
            let (name, text) = knob_and_text(kind, large, dice);
            Action::Compare(name, text)
        }
        17 if dice.below(2) == 0 => Action::Alone,
        17 => Action::Reset,
        18 => Action::Export,
        _ => Action::Replay,
    }
}

/// A place in data coordinates, of whatever axes there are.
fn place(dice: &mut Dice) -> [f64; 2] {
    [(), ()].map(|()| match dice.below(12) {
        0..=5 => 2.0 * dice.share() - 1.0,
        6 | 7 => 130.0 * dice.share(),
        8 | 9 => 10f64.powf(9.0 * dice.share() - 5.0),
        _ => *dice.pick(&[
            0.0,
            -0.0,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            1e300,
            1_001.0,
        ]),
    })
}

impl fmt::Display for Scenario {
    /// The link that it opens, and what is done then, a line each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exhibit={}", self.kind.name)?;
        for (name, value) in &self.parameters {
            write!(f, "&{name}={}", value.escape_debug())?;
        }
        for action in &self.actions {
            write!(f, "\n    {action:?}")?;
        }
        Ok(())
    }
}
