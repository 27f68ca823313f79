//! Which steps of a run are recorded.
//!
//! All records follow this schedule, so that the same
//! link shows the same digits whatever the frame rate.

/// Records at logarithmically thinning steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// Every step is recorded up to this one; later, about as many steps are
    /// recorded per factor e.
    dense: u64,
}

impl Schedule {
    /// Every step up to `dense`, then every (t / dense)-th, rounded down to
    /// 1, 2 or 5 times a power of ten.
    pub const fn new(dense: u64) -> Self {
        Self { dense }
    }

    /// Whether step t is recorded.
    pub fn is_due(self, step: u64) -> bool {
        step.is_multiple_of(self.stride(step))
    }

    fn stride(self, step: u64) -> u64 {
        let wanted = (step / self.dense).max(1);
        let decade = 10u64.pow(wanted.ilog10());
        match wanted / decade {
            1 => decade,
            2..=4 => 2 * decade,
            _ => 5 * decade,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thins_out_like_the_logarithm() {
        let schedule = Schedule::new(50);
        let due: Vec<u64> = (0..=12_000).filter(|&t| schedule.is_due(t)).collect();
        assert!(due[..=100].iter().copied().eq(0..=100));
        assert!(due.len() < 500, "{}", due.len());
        assert!(due.windows(2).all(|w| w[1] - w[0] <= 1 + w[0] / 50));
    }
}
