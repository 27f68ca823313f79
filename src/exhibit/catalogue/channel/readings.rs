//! The numbers of the channel exhibit.

use super::run::Run;
use super::visibility::median;
use crate::exhibit::Reading;
use crate::kernel::{half_times, rank_correlation};

/// Rank correlation of -lambda_j with the half-times, for the directions of W'
/// over the first 200 steps and for the eigenvectors of K(s).
pub fn order_of_learning(run: &Run) -> [f64; 2] {
    let (steps, path) = run.path();
    let Some(window) = &run.window else {
        return [f64::NAN; 2];
    };
    [&window.early, window.frozen.spectrum()].map(|spectrum| {
        let times = half_times(&spectrum.vectors, &steps, &path);
        let slowness: Vec<f64> = spectrum.values.iter().map(|v| -v).collect();
        rank_correlation(&slowness, &times)
    })
}

pub fn readings(run: &mut Run) -> Vec<Reading> {
    let order = order_of_learning(run);
    let threshold = run.setup.threshold;
    let step_size = run.step_size();
    let n = run.base.points() as f64;
    let start = run.window_start() as f64;
    let overlap = run.records.last().map_or(f64::NAN, |r| r.overlaps[1]);
    let growth = run
        .window
        .as_ref()
        .map_or([f64::NAN; 2], |w| w.least_growth);
    let largest = run.window.as_ref().map_or(f64::NAN, |w| w.kernel.largest());
    let now = run.observe();
    let mut all = vec![
        Reading::new("step", now.step as f64, "", "Training steps taken."),
        Reading::new(
            "window-start",
            start,
            "",
            "Step s at which the operators begin.",
        ),
        Reading::new(
            "train-loss",
            now.train,
            "",
            "Mean squared error on the labels.",
        ),
    ];
    all.extend(now.test.map(|test| {
        Reading::new(
            "test-loss",
            test,
            "",
            "Mean squared distance to the true function over 101 test points.",
        )
    }));
    all.push(Reading::new(
        "step-size",
        step_size,
        "",
        "Step size eta of gradient descent.",
    ));
    let Some(seen) = &now.seen else {
        return all;
    };
    let channel = seen.spectrum.channel_dimension(threshold);
    let looseness = seen.looseness();
    let tightest = looseness.iter().copied().fold(f64::NAN, f64::min);
    let (gap, after) = seen.widest_gap();
    let [closed, summed] = seen.loss_errors;
    let reading = Reading::new;
    all.extend([
        reading(
            "stability-share",
            step_size * largest / (2.0 * n),
            "share",
            "Step size over the stability limit 2n/lambda_1 of the kernel at the last remembered step.",
        ),
        reading("loss-drop", seen.drop, "", "Phi(s) - Phi(T)."),
        reading(
            "loss-identity-error",
            closed,
            "share",
            "|Phi(s) - Phi(T) - g'Wg| over the drop, W by its closed form where it has one.",
        ).unknown_if("the loss has not changed"),
        reading(
            "loss-identity-error-sum",
            summed,
            "share",
            "The same for the accumulated W'.",
        ).unknown_if("the loss has not changed"),
        reading(
            "test-identity-error",
            seen.test_error,
            "share",
            "|U_Q(T) - U_Q(s) + G g(s)| over |U_Q(T) - U_Q(s)|.",
        ).unknown_if("the test outputs have not moved"),
        reading(
            "frozen-test-error",
            seen.frozen_error,
            "share",
            "The same for the kernel of step s held fixed: the control.",
        ).unknown_if("the test outputs have not moved"),
        reading(
            "propagator-error",
            seen.propagator_error,
            "share",
            "|g(T) - P g(s)| / |g(T)|.",
        ).unknown_if("the gradient is 0"),
        reading("bound-constant", seen.constant, "", "C = lambda_max(sum eta K_QQ)."),
        reading(
            "bound-looseness",
            median(looseness),
            "times",
            "C lambda_j / |G psi_j|^2, median over directions above the numerical floor.",
        ).unknown_if("no eigenvalue of W' is above the numerical floor"),
        reading(
            "bound-looseness-least",
            tightest,
            "times",
            "The least of them; below 1 the bound would be violated.",
        ).unknown_if("no eigenvalue of W' is above the numerical floor"),
        reading(
            "channel-dimension",
            channel as f64,
            "",
            "Directions with at least the split's share of the largest eigenvalue of W'.",
        ),
        reading(
            "reservoir-dimension",
            n - channel as f64,
            "",
            "The other directions.",
        ),
        reading(
            "effective-rank",
            seen.effective_rank(),
            "",
            "exp of the entropy of the eigenvalues of W'.",
        ).unknown_if("the window has no step yet"),
        reading(
            "split-gap",
            seen.gap_after(channel),
            "decades",
            "log10 of the smallest eigenvalue in the channel over the largest in the reservoir.",
        ).unknown_if("an eigenvalue beside the split is below the numerical floor"),
        reading(
            "largest-gap",
            gap,
            "decades",
            "Widest gap between neighbouring eigenvalues above the numerical floor.",
        ).unknown_if("fewer than two eigenvalues of W' are above the numerical floor"),
        reading("largest-gap-after", after as f64, "", "The direction that it follows."),
        reading(
            "negative-eigenvalues",
            seen.closed_values
                .iter()
                .filter(|v| **v < -seen.spectrum.floor())
                .count() as f64,
            "",
            "Eigenvalues of the closed form below zero: a step has passed the stability limit.",
        ),
        reading(
            "least-growth",
            growth[0],
            "share",
            "Least eigenvalue by which the closed form has grown between remembered steps, over lambda_1.",
        ),
        reading(
            "least-growth-sum",
            growth[1],
            "share",
            "The same for the accumulated W'.",
        ),
    ]);
    if let Some(parts) = &seen.parts {
        all.extend([
            reading(
                "memorised-noise",
                parts.noise.memorised,
                "",
                "|(I - P) eps|^2 / n: energy of the noise that the window has learned.",
            ),
            reading(
                "memorised-noise-share",
                parts.noise.memorised_share,
                "share",
                "The same over the energy of the noise.",
            ).unknown_if("there is no noise"),
            reading(
                "memorised-noise-below-split",
                parts.memorised_below,
                "share",
                "Share of the memorised noise that lies in the reservoir.",
            ).unknown_if("no noise is memorised"),
            reading(
                "noise-in-reservoir",
                parts.noise_below,
                "share",
                "Share of all of the noise that lies in the reservoir.",
            ).unknown_if("there is no noise"),
            reading(
                "noise-unlearned",
                parts.noise.unlearned,
                "share",
                "|P eps|^2 / |eps|^2.",
            ).unknown_if("there is no noise"),
            reading(
                "signal-unlearned",
                parts.signal.unlearned,
                "share",
                "|P f|^2 / |f|^2 for the true function at the training points.",
            ),
            reading(
                "noise-gain",
                parts.noise.gain,
                "",
                "Energy of the change at the test points that the noise caused, over its memorised energy.",
            ).unknown_if("no noise is memorised"),
            reading("signal-gain", parts.signal.gain, "", "The same for the signal.").unknown_if("no signal is learned"),
            reading(
                "noise-reach",
                parts.noise.reach,
                "share",
                "Energy of that change over the energy of the noise that is present.",
            ).unknown_if("there is no noise"),
        ]);
    }
    all.extend([
        reading(
            "change-from-reservoir",
            seen.from_reservoir,
            "share",
            "Share of |G g|^2 that the reservoir's part of g(s) causes.",
        ).unknown_if("the window has no step yet"),
        reading(
            "order-correlation",
            order[0],
            "",
            "Rank correlation of -lambda_j with the half-times, for W' over the window's first 200 steps.",
        ).unknown_if("too few directions have a half-time"),
        reading(
            "order-correlation-start",
            order[1],
            "",
            "The same for the eigenvectors of K(s): the control.",
        ).unknown_if("too few directions have a half-time"),
        reading(
            "kernel-overlap",
            overlap,
            "share",
            "Overlap of the top 4 eigenspaces of K now and at the window's start.",
        ).unknown_if("there are fewer points than directions compared"),
    ]);
    all
}
