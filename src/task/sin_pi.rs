//! sin(pi x), which is 0 at whole x.

use std::f64::consts::PI;

/// sin(pi x). At a whole x it is 0: the sine of the rounded product is 1e-16 there, a number
/// that a reader of the data would meet.
pub(super) fn sin_pi(x: f64) -> f64 {
    if x.fract() == 0.0 {
        0.0
    } else {
        libm::sin(PI * x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_vanishes_at_whole_numbers_alone() {
        for x in [-2.0, -1.0, 0.0, 1.0, 3.0] {
            assert_eq!(sin_pi(x), 0.0);
        }
        assert_eq!(sin_pi(0.5), 1.0);
        assert_eq!(sin_pi(-0.75), libm::sin(-0.75 * PI));
    }
}
