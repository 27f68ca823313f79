//! Where choices come from: a seed, or the bytes of a fuzzer.

/// A source of choices. Bytes that have run out choose the first of everything.
pub enum Dice<'a> {
    /// Splitmix64 at this state.
    Seed(u64),
    /// One byte per choice, four where one is too few.
    Bytes(&'a [u8]),
}

impl Dice<'_> {
    fn next(&mut self, bytes: usize) -> u64 {
        match self {
            Self::Seed(state) => {
                *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let z = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                z ^ (z >> 31)
            }
            Self::Bytes(left) => {
                let (taken, rest) = left.split_at(bytes.min(left.len()));
                *left = rest;
                taken
                    .iter()
                    .fold(0, |all, byte| all << 8 | u64::from(*byte))
            }
        }
    }

    /// A whole number from 0 to n - 1.
    pub fn below(&mut self, n: usize) -> usize {
        let bytes = if n <= 256 { 1 } else { 4 };
        (self.next(bytes) % n.max(1) as u64) as usize
    }

    /// True once in n times; never of bytes that have run out.
    pub fn rarely(&mut self, n: usize) -> bool {
        self.below(n) + 1 == n
    }

    /// From 0 to 1, both included.
    pub fn share(&mut self) -> f64 {
        self.below(1 << 20) as f64 / f64::from((1 << 20) - 1)
    }

    /// One of several.
    pub fn pick<'b, T>(&mut self, of: &'b [T]) -> &'b T {
        &of[self.below(of.len())]
    }
}
