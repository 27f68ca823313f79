//! The numbers of the spectrum exhibit.

use super::observation::noise_energy;
use super::run::Run;
use crate::exhibit::Reading;

/// Names of the open share per layer; the widths knob allows five layers.
const LAYER_NAMES: [&str; 5] = [
    "gate-open-layer-1",
    "gate-open-layer-2",
    "gate-open-layer-3",
    "gate-open-layer-4",
    "gate-open-layer-5",
];

/// Highest share of the residual's energy in the reservoir since the window
/// began, and its step, for the given split.
pub fn reservoir_peak(run: &Run, threshold: f64) -> (f64, u64) {
    run.records[run.window.first_record..]
        .iter()
        .map(|record| (record.reservoir_share(threshold), record.step))
        .fold((0.0, run.window.start), |best, next| {
            if next.0 > best.0 { next } else { best }
        })
}

/// Cosine of the angle between y - u and the noise of the labels.
fn noise_correlation(residual: &[f64], noise: &[f64]) -> f64 {
    let dot: f64 = residual.iter().zip(noise).map(|(r, e)| -r * e).sum();
    let norm = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
    dot / (norm(residual) * norm(noise))
}

pub fn readings(run: &mut Run) -> Vec<Reading> {
    let threshold = run.setup.threshold;
    let rate = run.loss_rate();
    let (_, frozen_train, frozen_test) = run.foreseen_now();
    let peak = reservoir_peak(run, threshold);
    let noise = run.base.problem.noise();
    let noise_energy = noise_energy(&run.base.problem);
    let step_size = run.step_size();
    let best = run.window.best_test;
    let window = run.window.start;
    let points = run.setup.points as f64;
    let shares = run.open_shares();
    let open_mean = run.mean_open_share();
    let now = run.observe();
    let spectrum = &now.spectrum;
    let channel = spectrum.channel_dimension(threshold);
    let energies: Vec<f64> = spectrum.energies().collect();
    let total: f64 = energies.iter().sum();
    let reservoir: f64 = energies[channel..].iter().sum();
    let limit = 2.0 * points / spectrum.largest();
    let mut all = Vec::new();
    let known = |name, value: Option<f64>, meaning| {
        value.map(|value| Reading::new(name, value, "", meaning))
    };
    all.extend([
        Reading::new("step", now.step as f64, "", "Training steps taken."),
        Reading::new(
            "window-start",
            window as f64,
            "",
            "Step at which the labels were last set; predictions and records start there.",
        ),
        Reading::new(
            "train-loss",
            now.train,
            "",
            "Mean squared error on the labels.",
        ),
    ]);
    // What needs f* is left out where it is not known.
    all.extend(
        [
            known(
                "test-loss",
                now.test,
                "Mean squared distance to the true function over 201 test points.",
            ),
            known(
                "best-test-loss",
                best.map(|(test, _)| test),
                "Smallest test error at a remembered step of this window.",
            ),
            known(
                "best-test-step",
                best.map(|(_, step)| step as f64),
                "Step of the best test error.",
            ),
            known(
                "noise-energy",
                noise_energy,
                "Mean square of the label noise: a training error below it is memorising.",
            ),
        ]
        .into_iter()
        .flatten(),
    );
    all.extend([
        Reading::new(
            "largest-eigenvalue",
            spectrum.largest(),
            "",
            "Largest eigenvalue of K_SS.",
        ),
        Reading::new(
            "rank",
            spectrum.rank() as f64,
            "",
            "Eigenvalues above the numerical floor n eps lambda_1.",
        ),
        Reading::new(
            "reservoir-energy",
            reservoir / total,
            "share",
            "Share of the residual's energy in modes below the channel split.",
        ).unknown_if("the residual is 0"),
        Reading::new(
            "reservoir-dimension",
            1.0 - channel as f64 / points,
            "share",
            "Share of the modes that lie below the split: what a residual without preference would have there.",
        ),
        Reading::new(
            "reservoir-energy-peak",
            peak.0,
            "share",
            "Highest share of the residual's energy below the split at a remembered step.",
        ),
        Reading::new(
            "reservoir-energy-peak-step",
            peak.1 as f64,
            "",
            "Step of that peak.",
        ),
    ]);
    let correlation = known(
        "noise-correlation",
        noise.map(|noise| noise_correlation(now.residual.as_slice(), &noise)),
        "Cosine of the angle between what is still unfitted, y - u, and the label noise.",
    );
    all.extend(correlation.map(|reading| reading.unknown_if("the residual or the noise is 0")));
    all.extend([Reading::new(
        "kernel-drift",
        now.drift,
        "",
        "|K_t - K_s| / |K_s| in the Frobenius norm, s the start of the window.",
    )]);
    // Where the frozen kernel diverges and the network does not, there is no
    // number to tell in the end.
    let finite = |value: &f64| value.is_finite();
    all.extend(known(
        "frozen-train-loss",
        Some(frozen_train).filter(finite),
        "Training error if the kernel had stood still since the window began.",
    ));
    all.extend(known(
        "frozen-test-loss",
        frozen_test.filter(finite),
        "Test error if the kernel had stood still since the window began.",
    ));
    all.extend([
        Reading::new("step-size", step_size, "", "Step size eta."),
        Reading::new(
            "stability-share",
            step_size / limit,
            "share",
            "Step size over the stability limit 2n/lambda_1 of the present kernel.",
        ),
        Reading::new(
            "predicted-loss-rate",
            rate.map_or(f64::NAN, |r| r.predicted),
            "per unit time",
            "-g^T K_SS g at the start of the last step; full batch only.",
        ).unknown_if("the last step did not use the full batch, or none has been taken"),
        Reading::new(
            "measured-loss-rate",
            rate.map_or(f64::NAN, |r| r.measured),
            "per unit time",
            "Change of the loss over the last step, divided by the step size; full batch only.",
        ).unknown_if("the last step did not use the full batch, or none has been taken"),
        Reading::new(
            "gate-open",
            shares.as_ref().map_or(f64::NAN, |s| s.0),
            "share",
            "Share of parameters that the last step could move; the mean weight for a gate that opens by degrees.",
        ).unknown_if("no step has been taken"),
        Reading::new(
            "gate-open-mean",
            open_mean,
            "share",
            "The same, averaged over all steps.",
        ).unknown_if("no step has been taken"),
    ]);
    for (name, share) in LAYER_NAMES.iter().zip(shares.map_or(Vec::new(), |s| s.1)) {
        all.push(Reading::new(
            name,
            share,
            "share",
            "Share of this layer's parameters that the last step could move, or their mean weight.",
        ));
    }
    all
}
