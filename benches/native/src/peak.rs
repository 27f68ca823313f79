//! a <- x a + y, as fast as one core can: what the rate of an item is a share of.
//!
//! In the widest f64 vectors that the processor says it has, which is how the
//! engine's matrix products choose theirs too, fused where it can fuse. Twelve
//! accumulators do not wait for one another: two multiply-adds a cycle that
//! take four or five cycles each need eight or ten, and with x and y fourteen
//! of sixteen registers are in use. Nothing is read from memory.

use crate::Run;
use anyhow::{Result, ensure};
use pulp::{Arch, Simd, WithSimd};
use std::hint::black_box;

/// Turns of the loop in one run, which are a tenth of a millisecond or so.
const TURNS: usize = 50_000;
const ACCUMULATORS: usize = 12;

struct Loop {
    /// Below 1, so that a stays finite, and never gets as small as subnormal.
    factor: f64,
    term: f64,
}

impl WithSimd for Loop {
    /// The sum of all accumulators, and the lanes of one.
    type Output = (f64, usize);

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> (f64, usize) {
        let (x, y) = (simd.splat_f64s(self.factor), simd.splat_f64s(self.term));
        let start = |i: u32| simd.splat_f64s(f64::from(i));
        // Each by its name: in an array they would live in memory.
        let mut a = start(1);
        let mut b = start(2);
        let mut c = start(3);
        let mut d = start(4);
        let mut e = start(5);
        let mut f = start(6);
        let mut g = start(7);
        let mut h = start(8);
        let mut i = start(9);
        let mut j = start(10);
        let mut k = start(11);
        let mut l = start(12);
        for _ in 0..TURNS {
            a = simd.mul_add_e_f64s(a, x, y);
            b = simd.mul_add_e_f64s(b, x, y);
            c = simd.mul_add_e_f64s(c, x, y);
            d = simd.mul_add_e_f64s(d, x, y);
            e = simd.mul_add_e_f64s(e, x, y);
            f = simd.mul_add_e_f64s(f, x, y);
            g = simd.mul_add_e_f64s(g, x, y);
            h = simd.mul_add_e_f64s(h, x, y);
            i = simd.mul_add_e_f64s(i, x, y);
            j = simd.mul_add_e_f64s(j, x, y);
            k = simd.mul_add_e_f64s(k, x, y);
            l = simd.mul_add_e_f64s(l, x, y);
        }
        let sum = [a, b, c, d, e, f, g, h, i, j, k, l]
            .into_iter()
            .fold(simd.splat_f64s(0.0), |sum, a| simd.add_f64s(sum, a));
        (simd.reduce_sum_f64s(sum), S::F64_LANES)
    }
}

/// Runs the loop once.
///
/// # Errors
/// If it did not compute what it should have.
pub fn run() -> Result<Run> {
    // Unknown to the compiler, which could compute the whole loop otherwise.
    let (factor, term) = black_box((0.999, 0.001));
    let arch = Arch::new();
    let (mut run, (sum, lanes)) = Run::of(None, || arch.dispatch(Loop { factor, term }));
    let accumulators = (lanes * ACCUMULATORS) as f64;
    // All of them go to y / (1 - x) = 1.
    ensure!(
        (sum / accumulators - 1.0).abs() < 1e-9,
        "the loop for the peak ended at {sum}"
    );
    run.operations = Some(2.0 * accumulators * TURNS as f64);
    Ok(run)
}
