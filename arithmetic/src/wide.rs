//! The same code twice: for any processor, and for registers of four numbers
//! where the processor has them.
//!
//! Measured on one core at n = 128, widths 256 x 3, by `cargo xtask bench --only
//! native` with and without: a training step takes 0.3 times the time without,
//! K_SS 0.3 times, an eigenbasis 0.6 times.

/// A function that is compiled for both and picks the one that the processor
/// can run. No digit depends on which: nothing is fused, no sum is reordered.
macro_rules! wide {
    ($(#[$doc:meta])* $public:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $body:block) => {
        $(#[$doc])*
        $public fn $name($($argument: $kind),*) {
            #[inline(always)]
            fn anywhere($($argument: $kind),*) $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            fn avx2($($argument: $kind),*) {
                anywhere($($argument),*);
            }

            #[cfg(target_arch = "x86_64")]
            if std::arch::is_x86_feature_detected!("avx2") {
                #[expect(unsafe_code, reason = "measured: see the module")]
                // SAFETY: the processor has just said that it has AVX2.
                unsafe {
                    avx2($($argument),*);
                }
                return;
            }
            anywhere($($argument),*);
        }
    };
}

pub(crate) use wide;
