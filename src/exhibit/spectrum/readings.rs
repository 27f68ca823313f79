//! The numbers of the spectrum exhibit.

use super::model::{Network, loss_rate};
use super::observation::best_test;
use crate::exhibit::Reading;
use crate::exhibit::runner::State;

/// Names of the active fraction per layer; the widths knob allows five layers.
const LAYER_NAMES: [&str; 5] = [
    "gate-open-layer-1",
    "gate-open-layer-2",
    "gate-open-layer-3",
    "gate-open-layer-4",
    "gate-open-layer-5",
];

const NO_STEP: &str = "no step has been taken";
const NO_FULL_STEP: &str = "the last step did not use the full batch, or none has been taken";

/// Highest share of the residual's energy in the reservoir since the window
/// began, and its step.
pub fn reservoir_peak(state: &State<'_, Network>) -> (f64, u64) {
    let threshold = state.setup.threshold;
    let shares = state.window().iter();
    let shares = shares.map(|record| (record.reservoir_energy(threshold), record.step));
    let none = (0.0, state.window_start);
    shares.fold(none, |best, next| if next.0 > best.0 { next } else { best })
}

/// Cosine of the angle between y - u and the noise of the labels.
fn noise_correlation(residual: &[f64], noise: &[f64]) -> f64 {
    let dot: f64 = residual.iter().zip(noise).map(|(r, e)| -r * e).sum();
    let norm = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
    dot / (norm(residual) * norm(noise))
}

pub fn readings(state: &State<'_, Network>) -> Vec<Reading> {
    let (model, now, threshold) = (state.model, state.now, state.setup.threshold);
    let (record, spectrum) = (&now.record, &now.record.spectrum);
    let best = best_test(state.window());
    let peak = reservoir_peak(state);
    let noise = model.base.problem.noise();
    let correlation = noise.map(|noise| noise_correlation(now.residual.as_slice(), &noise));
    let step_size = model.step_size(state.setup);
    let limit = 2.0 * spectrum.len() as f64 / spectrum.largest();
    let [predicted_rate, measured_rate] = loss_rate(state).unwrap_or([f64::NAN; 2]);
    let (active, layers) = (model.active_fractions()).unwrap_or((f64::NAN, Vec::new()));
    let mean_active = model.mean_active_fraction(state.place.step);
    // What needs f* is left out where it is not known; and where the frozen kernel diverges
    // and the network does not, there is no number to report in the end.
    let finite = |value: &f64| value.is_finite();
    let known = |name, value: Option<f64>, meaning| {
        value.map(|value| Reading::new(name, value, "", meaning))
    };
    let number = |name, value, meaning| Some(Reading::new(name, value, "", meaning));
    let share = |name, value, meaning| Some(Reading::new(name, value, "share", meaning));
    let rate = |name, value, meaning| {
        Some(Reading::new(name, value, "per unit time", meaning).unknown_if(NO_FULL_STEP))
    };
    let all = [
        number("step", record.step as f64, "Training steps taken."),
        number(
            "window-start",
            state.window_start as f64,
            "Step at which the labels were last set; predictions and records start there.",
        ),
        number("train-loss", record.train, "Mean squared error on the labels."),
        known(
            "test-loss",
            record.test,
            "Mean squared distance to the true function over 201 test points.",
        ),
        known(
            "best-test-loss",
            best.map(|(test, _)| test),
            "Smallest test error at a recorded step of this window.",
        ),
        known(
            "best-test-step",
            best.map(|(_, step)| step as f64),
            "Step of the best test error.",
        ),
        known(
            "noise-energy",
            model.window.noise_energy,
            "Mean square of the label noise: a training error below it is memorising.",
        ),
        number(
            "largest-eigenvalue",
            spectrum.largest(),
            "Largest eigenvalue of K_SS.",
        ),
        number(
            "rank",
            spectrum.rank() as f64,
            "Eigenvalues above the numerical floor n eps lambda_1.",
        ),
        share(
            "reservoir-energy",
            record.reservoir_energy(threshold),
            "Share of the residual's energy in modes below the channel split.",
        )
        .map(|reading| reading.unknown_if("the residual is 0")),
        share(
            "reservoir-dimension",
            record.reservoir_dimension(threshold),
            "Share of the modes that lie below the split: what a residual without preference would have there.",
        ),
        share(
            "reservoir-energy-peak",
            peak.0,
            "Highest share of the residual's energy below the split at a recorded step.",
        ),
        number("reservoir-energy-peak-step", peak.1 as f64, "Step of that peak."),
        known(
            "noise-correlation",
            correlation,
            "Cosine of the angle between what is still unfitted, y - u, and the label noise.",
        )
        .map(|reading| reading.unknown_if("the residual or the noise is 0")),
        number(
            "kernel-drift",
            now.drift,
            "|K_t - K_s| / |K_s| in the Frobenius norm, s the start of the window.",
        ),
        known(
            "frozen-train-loss",
            Some(now.predicted.train).filter(finite),
            "Training error if the kernel had been constant since the window began.",
        ),
        known(
            "frozen-test-loss",
            now.predicted.test.filter(finite),
            "Test error if the kernel had been constant since the window began.",
        ),
        number("step-size", step_size, "Step size eta."),
        share(
            "stability-share",
            step_size / limit,
            "Step size over the stability limit 2n/lambda_1 of the present kernel.",
        ),
        rate(
            "predicted-loss-rate",
            predicted_rate,
            "-g^T J M J^T g at the start of the last step, M the gate's mask (without a gate -g^T K_SS g); full batch only.",
        ),
        rate(
            "measured-loss-rate",
            measured_rate,
            "Change of the loss over the last step, divided by the step size; full batch only.",
        ),
        share(
            "gate-open",
            active,
            "Share of parameters that the last step could move; the mean weight for a gate that opens by degrees.",
        )
        .map(|reading| reading.unknown_if(NO_STEP)),
        share(
            "gate-open-mean",
            mean_active,
            "The same, averaged over all steps.",
        )
        .map(|reading| reading.unknown_if(NO_STEP)),
    ];
    let layers = LAYER_NAMES.iter().zip(layers).map(|(name, active)| {
        let meaning =
            "Share of this layer's parameters that the last step could move, or their mean weight.";
        Reading::new(name, active, "share", meaning)
    });
    all.into_iter().flatten().chain(layers).collect()
}
