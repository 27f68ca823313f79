//! True functions f* on [-1, 1].

use super::sin_pi::sin_pi;
use serde::Serialize;

/// The true function f* on [-1, 1].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// sin pi x.
    Sine,
    /// sin pi x + 0.5 sin 3 pi x.
    TwoFrequency,
    /// The sign of x.
    Step,
    /// sin pi (t + 3/4 t^2) with t = x + 1: two and a half waves, whose
    /// frequency (1 + 3/2 t) / 2 grows evenly from 1/2 to 2 per unit of x.
    Chirp,
}

impl Target {
    /// f*(x).
    pub fn value(self, x: f64) -> f64 {
        match self {
            Target::Sine => sin_pi(x),
            Target::TwoFrequency => sin_pi(x) + 0.5 * sin_pi(3.0 * x),
            Target::Step if x == 0.0 => 0.0,
            Target::Step => x.signum(),
            Target::Chirp => {
                let t = x + 1.0;
                sin_pi(t + 0.75 * t * t)
            }
        }
    }
}
