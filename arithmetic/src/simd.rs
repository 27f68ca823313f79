//! Every inner loop compiled twice: for any processor, and for one with 256-bit
//! registers (AVX2), chosen when the program runs.
//!
//! Measured on one core at n = 128, widths 256 x 3, by `cargo xtask bench --only
//! native` with and without: a training step takes 0.3 times the time without,
//! K_SS 0.3 times, an eigenbasis 0.6 times.

/// A function that is compiled for both and calls the one that the processor
/// supports. The digits are the same: nothing is fused, no sum is reordered.
macro_rules! simd {
    ($(#[$doc:meta])* $public:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $body:block) => {
        $(#[$doc])*
        $public fn $name($($argument: $kind),*) {
            #[inline(always)]
            fn portable($($argument: $kind),*) $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            fn avx2($($argument: $kind),*) {
                portable($($argument),*);
            }

            #[cfg(target_arch = "x86_64")]
            if std::arch::is_x86_feature_detected!("avx2") {
                #[expect(unsafe_code, reason = "measured: see the module")]
                // SAFETY: AVX2 was detected in the line above.
                unsafe {
                    avx2($($argument),*);
                }
                return;
            }
            portable($($argument),*);
        }
    };
}

pub(crate) use simd;
