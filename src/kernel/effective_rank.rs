//! Effective rank of a matrix with singular values s_i,
//!
//! ```text
//! exp(-sum_i p_i log p_i),    p_i = s_i / sum_j s_j
//! ```
//!
//! (Roy & Vetterli 2007): 1 for a single direction, r for r equal ones, and in
//! between where they differ. It needs no threshold, but a long tail of small
//! values counts.

/// exp(-sum_i p_i log p_i), p_i = s_i / sum_j s_j, of singular values s_i >= 0 (Roy &
/// Vetterli 2007): between 1 and their number. Not a number for a matrix that
/// is 0.
pub fn effective_rank(singular_values: &[f64]) -> f64 {
    let sum: f64 = singular_values.iter().sum();
    let entropy: f64 = singular_values
        .iter()
        .map(|s| s / sum)
        .map(|p| if p == 0.0 { 0.0 } else { -p * libm::log(p) })
        .sum();
    libm::exp(entropy)
}

#[cfg(test)]
mod tests {
    use super::effective_rank;

    #[test]
    fn counts_equal_directions() {
        assert!((effective_rank(&[3.0]) - 1.0).abs() < 1e-15);
        assert!((effective_rank(&[2.0, 2.0, 2.0, 0.0]) - 3.0).abs() < 1e-14);
        let between = effective_rank(&[2.0, 1.0]);
        assert!((between - 3.0 / 4f64.powf(1.0 / 3.0)).abs() < 1e-14);
        assert!(effective_rank(&[0.0, 0.0]).is_nan());
    }
}
