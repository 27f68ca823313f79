//! How arms look, the same in every picture: ink, told apart by their dashes. Signal, noise,
//! test and theory keep hues and dashes of their own.

use super::rule::Rule;
use super::setup::{ArmSetup, Setup};
use crate::chart::{Axis, Dash, Label, Mark, Role, Sample, Side};
use crate::exhibit::series;

/// Room at the ends of curves for a sample and the name of an arm, in heights of the letters.
pub const ROOM: f64 = 10.9;

/// Look of an arm.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub role: Role,
    pub dash: Dash,
    pub width: f64,
}

/// The look of an arm: the first of its kind, or a further one.
pub fn style(setup: &Setup, arm: usize) -> Style {
    let kind = |rule: Rule| std::mem::discriminant(&rule);
    let same = |other: &ArmSetup| kind(other.rule) == kind(setup.arms[arm].rule);
    let first = !setup.arms[..arm].iter().any(same);
    let (role, dash, width) = match (setup.arms[arm].rule, first) {
        (Rule::Gate(_), true) => (Role::Ink, Dash::Solid, 3.0),
        (Rule::Gate(_), false) => (Role::Ink, Dash::Mixed, 2.0),
        (Rule::Free, true) => (Role::Ink2, Dash::Solid, 1.5),
        (Rule::Free, false) => (Role::Ink2, Dash::Long, 2.0),
        (Rule::Random, _) => (Role::Ink, Dash::Short, 2.0),
        (Rule::RandomOwn, _) => (Role::Ink3, Dash::Mixed, 2.0),
        (Rule::Slower, _) => (Role::Ink3, Dash::Long, 2.0),
    };
    Style { role, dash, width }
}

/// Name of an arm in a corner of a picture that has no room at the curves'
/// ends: the first two on the left, the others on the right.
pub fn key(setup: &Setup, arm: usize) -> Label {
    let side = if arm < 2 { Side::Left } else { Side::Right };
    Label::key(
        setup.label(arm),
        side,
        Role::Ink2,
        style(setup, arm).sample(),
    )
}

/// Name of an arm at the end of its curve, with a sample of it.
pub fn end(setup: &Setup, arm: usize, at: [f64; 2]) -> Label {
    let label = Label::light_end(setup.label(arm), Role::Ink2, at);
    label.with_sample(style(setup, arm).sample())
}

impl Style {
    /// A line in this look.
    pub fn line(&self, points: Vec<[f64; 2]>) -> Mark {
        Mark::Line {
            points,
            role: self.role,
            width: self.width,
            dash: self.dash,
            halo: false,
        }
    }

    /// A piece of it.
    pub fn sample(&self) -> Sample {
        Sample::Line {
            role: self.role,
            dash: self.dash,
        }
    }
}

/// Steps of a trial, with room for names at the end.
pub fn steps_axis(steps: u64) -> Axis {
    series::steps_axis(steps).with_room(ROOM)
}
