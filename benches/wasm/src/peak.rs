//! How fast this machine multiplies and adds in WebAssembly, when no number
//! comes from memory: what a product can reach at most.

use wasm_bindgen::prelude::wasm_bindgen;

/// Sums that do not wait for one another: with fewer the latency of an
/// operation shows, with more they do not fit the registers.
const CHAINS: usize = 13;

/// x <- a x + b in so many independent pairs of lanes, `loops` times. Returns
/// the number of operations, an addition and a multiplication counted as two.
#[wasm_bindgen(js_name = multiplyAdds)]
pub fn multiply_adds(loops: u32) -> f64 {
    // Where the compiler cannot see the numbers, it has to compute.
    let factor = std::hint::black_box(0.999_999);
    let term = std::hint::black_box(1e-6);
    std::hint::black_box(run(loops, factor, term));
    f64::from(loops) * (CHAINS * LANES * 2) as f64
}

/// Numbers of a 128-bit register.
const LANES: usize = 2;

#[cfg(target_arch = "wasm32")]
fn run(loops: u32, factor: f64, term: f64) -> f64 {
    use std::arch::wasm32::{f64x2_add, f64x2_extract_lane, f64x2_mul, f64x2_splat};
    let (factor, term) = (f64x2_splat(factor), f64x2_splat(term));
    let start: [_; CHAINS] = std::array::from_fn(|i| f64x2_splat(i as f64));
    // Thirteen names and no loop over an array: what is compiled for size would
    // keep that in memory.
    let [
        mut a,
        mut b,
        mut c,
        mut d,
        mut e,
        mut f,
        mut g,
        mut h,
        mut i,
        mut j,
        mut k,
        mut l,
        mut m,
    ] = start;
    macro_rules! advance {
        ($($sum:ident)*) => {
            $($sum = f64x2_add(f64x2_mul($sum, factor), term);)*
        };
    }
    for _ in 0..loops {
        advance!(a b c d e f g h i j k l m);
    }
    let sums = [a, b, c, d, e, f, g, h, i, j, k, l, m];
    sums.iter().map(|&sum| f64x2_extract_lane::<0>(sum)).sum()
}

/// For checks of the whole workspace on another target.
#[cfg(not(target_arch = "wasm32"))]
fn run(loops: u32, factor: f64, term: f64) -> f64 {
    (0..loops).fold(0.0, |sum, _| sum * factor + term)
}
