//! The numbers of the matrix exhibit.

use super::run::{Run, frobenius};
use crate::exhibit::Reading;

pub fn readings(run: &mut Run) -> Vec<Reading> {
    let (lowest, lowest_step) = run.lowest_rank();
    let now = run.observe().clone();
    let value = |i: usize| now.singular_values.get(i).copied().unwrap_or(f64::NAN);
    vec![
        Reading::new("step", now.step as f64, "", "Training steps taken."),
        Reading::new(
            "seen-error",
            now.seen_error,
            "of their energy",
            "Squared error over the entries that are trained on, over their sum of squares.",
        ),
        Reading::new(
            "unseen-error",
            now.unseen_error,
            "of their energy",
            "The same over all other entries: 1 for answering 0 everywhere.",
        ),
        Reading::new(
            "effective-rank",
            now.effective_rank,
            "",
            "exp of the entropy of the product's normalised singular values.",
        ),
        Reading::new(
            "true-effective-rank",
            run.truth.effective_rank,
            "",
            "The same of the matrix that is to be found.",
        ),
        Reading::new(
            "least-norm-effective-rank",
            run.least_norm.effective_rank,
            "",
            "The same of the solution of least Frobenius norm: what is seen, 0 elsewhere.",
        ),
        Reading::new(
            "lowest-effective-rank",
            lowest,
            "",
            "Smallest effective rank at a remembered step.",
        ),
        Reading::new(
            "lowest-effective-rank-step",
            lowest_step as f64,
            "",
            "Its step.",
        ),
        Reading::new(
            "singular-value-1",
            value(0),
            "",
            "Largest singular value of the product.",
        ),
        Reading::new("singular-value-2", value(1), "", "Second largest."),
        Reading::new("singular-value-3", value(2), "", "Third largest."),
        Reading::new(
            "frobenius-norm-ratio",
            frobenius(&now.singular_values) / run.least_norm.frobenius_norm(),
            "times",
            "Frobenius norm of the product over the smallest that fits what is seen.",
        ),
        Reading::new(
            "nuclear-norm-ratio",
            now.singular_values.iter().sum::<f64>() / run.truth.nuclear_norm(),
            "times",
            "Sum of the product's singular values over that of the true matrix.",
        ),
        Reading::new(
            "least-norm-nuclear-ratio",
            run.least_norm.nuclear_norm() / run.truth.nuclear_norm(),
            "times",
            "The same for the solution of least Frobenius norm.",
        ),
        Reading::new("step-size", run.step_size, "", "Step size eta."),
    ]
}
