//! Statistics over seeds: middles with their exact intervals, and paired comparisons.
//!
//! ```text
//! P(B <= k) = 2^-n sum_(i <= k) C(n, i)           B: heads in n throws of a coin
//! [x_(k+1), x_(n-k)]   holds the median with probability 1 - 2 P(B <= k), at least 95 %
//! p = 2 min(P(B >= wins), P(B >= losses))         two-sided sign test, ties left out
//! ```
//!
//! Nothing is assumed of the distribution. The count of seeds is fixed before the run: an
//! interval looked at after each seed is none.

mod coin;
mod interval;
mod paired;
mod sample;
mod spread;

pub use coin::{coin, power};
pub use interval::{CONFIDENCE, FEWEST, Interval, median_interval};
pub use paired::Paired;
pub use sample::{count, deviation, mean, median, range};
pub use spread::{Spread, spread};
