//! The numbers of the matrix exhibit.

use super::model::{Product, Record, frobenius};
use crate::exhibit::Reading;
use crate::exhibit::runner::State;

/// Smallest effective rank at a recorded step, and that step.
pub fn lowest_rank(records: &[Record]) -> (f64, u64) {
    let ranks = records.iter().map(|r| (r.effective_rank, r.step));
    ranks.fold(
        (f64::INFINITY, 0),
        |low, next| {
            if next.0 < low.0 { next } else { low }
        },
    )
}

pub fn readings(state: &State<'_, Product>) -> Vec<Reading> {
    let (lowest, lowest_step) = lowest_rank(state.records());
    let (model, now) = (state.model, &state.now.record);
    let value = |i: usize| now.singular_values.get(i).copied().unwrap_or(f64::NAN);
    vec![
        Reading::new("step", now.step as f64, "", "Training steps taken."),
        Reading::new(
            "seen-error",
            now.observed_error,
            "of their energy",
            "Squared error over the entries that are trained on, over their sum of squares.",
        ),
        Reading::new(
            "unseen-error",
            now.held_out_error,
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
            model.truth.effective_rank,
            "",
            "The same of the matrix that is to be found.",
        ),
        Reading::new(
            "least-norm-effective-rank",
            model.least_norm.effective_rank,
            "",
            "The same of the solution of least Frobenius norm: the observed entries, and 0 elsewhere.",
        ),
        Reading::new(
            "lowest-effective-rank",
            lowest,
            "",
            "Smallest effective rank at a recorded step.",
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
            frobenius(&now.singular_values) / model.least_norm.frobenius_norm(),
            "times",
            "Frobenius norm of the product over the smallest that fits the observed entries.",
        ),
        Reading::new(
            "nuclear-norm-ratio",
            now.singular_values.iter().sum::<f64>() / model.truth.nuclear_norm(),
            "times",
            "Sum of the product's singular values over that of the true matrix.",
        ),
        Reading::new(
            "least-norm-nuclear-ratio",
            model.least_norm.nuclear_norm() / model.truth.nuclear_norm(),
            "times",
            "The same for the solution of least Frobenius norm.",
        ),
        Reading::new("step-size", model.step_size, "", "Step size eta."),
    ]
}
