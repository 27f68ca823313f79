//! The numbers of the channel exhibit.

use super::directions::{Opened, opened};
use super::drift;
use super::knobs::Task;
use super::model::Channel;
use super::observation::Parts;
use crate::exhibit::Reading;
use crate::exhibit::runner::State;

const NO_NOISE: &str = "there is no noise";
const NOT_MEMORISED: &str = "no noise is memorised";
const NOT_MOVED: &str = "the test outputs have not moved";
const NO_DROP: &str = "the loss has not changed";
const NO_STEP: &str = "the window has no step yet";
const UNRESOLVED: &str = "no eigenvalue of W is above the numerical floor";
const NO_FROZEN: &str = "a fixed kernel predicts gradient descent on squared loss alone";
const NO_SUM: &str = "W' is defined for gradient descent alone";
const NO_BOUND: &str = "the bound is for gradient descent alone";
const FEW_TIMES: &str = "too few directions have a half-time";

fn number(name: &'static str, value: f64, meaning: &'static str) -> Reading {
    Reading::new(name, value, "", meaning)
}

fn share(name: &'static str, value: f64, meaning: &'static str) -> Reading {
    Reading::new(name, value, "share", meaning)
}

fn times(name: &'static str, value: f64, meaning: &'static str) -> Reading {
    Reading::new(name, value, "times", meaning)
}

fn decades(name: &'static str, value: f64, meaning: &'static str) -> Reading {
    Reading::new(name, value, "decades", meaning)
}

pub fn readings(state: &State<'_, Channel>) -> Vec<Reading> {
    let now = state.now;
    let step_size = state.model.step_size(state.setup);
    let start = state.model.window_start(state.setup) as f64;
    let [train, test] = match state.setup.task {
        Task::Regression => [
            "Mean squared error on the labels.",
            "Mean squared distance to the true function over 101 test points.",
        ],
        Task::ThreeClasses => [
            "Cross-entropy of the labels, in nats.",
            "Share of 81 test points that are put into a wrong class.",
        ],
    };
    let mut all = vec![
        number("step", now.step as f64, "Training steps taken."),
        number(
            "window-start",
            start,
            "Step s at which the operators begin.",
        ),
        number("train-loss", now.train, train),
    ];
    all.extend(now.test.map(|value| number("test-loss", value, test)));
    all.push(number("step-size", step_size, "Step size eta."));
    if let Some(opened) = opened(state) {
        identities(&mut all, state, opened);
        directions(&mut all, opened);
        if let Some(parts) = &opened.diagnostics.parts {
            all.extend(of_parts(opened, parts));
        }
        order(&mut all, state, opened);
        all.extend(drift::readings(state));
    }
    all
}

/// How well the identities hold.
fn identities(all: &mut Vec<Reading>, state: &State<'_, Channel>, opened: Opened<'_>) {
    let now = opened.diagnostics;
    let largest = state.records().last().map_or(f64::NAN, |r| r.largest);
    let step_size = state.model.step_size(state.setup);
    let base = &state.model.base;
    let limit = 2.0 * base.points() as f64 / (largest * base.curvature());
    let adaptive = state.setup.method.is_adaptive();
    let [integrated, summed] = now.loss_errors;
    all.extend([
        share(
            "stability-share",
            if adaptive { f64::NAN } else { step_size / limit },
            "Step size over the stability limit of gradient descent, 2n/lambda_1 of the kernel at the last recorded step for squared loss and at least 4n/lambda_1 for cross-entropy.",
        )
        .unknown_if("Adam has no such limit"),
        number("loss-drop", now.drop, "Phi(s) - Phi(T)."),
        share(
            "loss-identity-error",
            integrated,
            "|Phi(s) - Phi(T) - g'Wg| over the drop; under decay or an average from before the window with what they add.",
        )
        .unknown_if(NO_DROP),
        share(
            "loss-identity-error-sum",
            summed,
            "The same for the sum W' = sum eta P'KP, whose K is that before each step.",
        )
        .unknown_if(if summed.is_nan() { NO_SUM } else { NO_DROP }),
        share(
            "test-identity-error",
            now.test_error,
            "|U_Q(T) - U_Q(s) + G g(s)| over |U_Q(T) - U_Q(s)|.",
        )
        .unknown_if(NOT_MOVED),
        share(
            "frozen-test-error",
            now.frozen_error,
            "The same for the kernel of step s held fixed: the control.",
        )
        .unknown_if(match opened.window.frozen {
            Some(_) => NOT_MOVED,
            None => NO_FROZEN,
        }),
        share(
            "propagator-error",
            now.propagator_error,
            "|g(T) - P g(s)| / |g(T)|.",
        )
        .unknown_if("the gradient is 0"),
        share(
            "worst-step-error",
            now.defects[0],
            "Largest |du - Jbar dw| / |du| of a step, at the training or the test points: what the quadrature of the mean Jacobian leaves.",
        ),
        share(
            "accumulated-step-error",
            now.defects[1],
            "|sum of du - Jbar dw| / |sum of du| over the window, the larger of training and test points.",
        )
        .unknown_if(NOT_MOVED),
        times(
            "propagator-norm",
            now.propagator_norm(),
            "Largest singular value of P. Above 1 some direction of the output gradient has grown.",
        ),
        share(
            "moved-without-gradient",
            now.moved_by_offset,
            "Share of the change at the test points, in energy, that weight decay and gradients from before the window caused; the rest is -G g(s).",
        )
        .unknown_if(NOT_MOVED),
    ]);
}

/// The bound, the spectrum of W and its split.
fn directions(all: &mut Vec<Reading>, opened: Opened<'_>) {
    let (now, channel) = (opened.diagnostics, opened.channel);
    let looseness = now.looseness();
    let unresolved = match now.dissipated {
        Some(_) => UNRESOLVED,
        None => NO_BOUND,
    };
    let (gap, after) = now.widest_gap();
    let [growth, growth_sum] = opened.window.least_growth;
    all.extend([
        number(
            "bound-constant",
            now.constant(),
            "C = lambda_max(sum eta K_QQ).",
        )
        .unknown_if(NO_BOUND),
        times(
            "bound-looseness",
            looseness.median,
            "C psi_j'W'psi_j / |G psi_j|^2, median over directions above the numerical floor.",
        )
        .unknown_if(unresolved),
        times(
            "bound-looseness-least",
            looseness.low,
            "The least of them; below 1 the bound would be violated.",
        )
        .unknown_if(unresolved),
        number(
            "channel-dimension",
            channel as f64,
            "Directions with at least the split's share of the largest eigenvalue of W.",
        ),
        number(
            "reservoir-dimension",
            (now.spectrum.len() - channel) as f64,
            "The other directions.",
        ),
        number(
            "effective-rank",
            now.effective_rank(),
            "exp of the entropy of the eigenvalues of W.",
        )
        .unknown_if(NO_STEP),
        decades(
            "split-gap",
            now.gap_after(channel),
            "log10 of the smallest eigenvalue in the channel over the largest in the reservoir.",
        )
        .unknown_if("an eigenvalue next to the split is below the numerical floor"),
        decades(
            "largest-gap",
            gap,
            "Widest gap between neighbouring eigenvalues above the numerical floor.",
        )
        .unknown_if("fewer than two eigenvalues of W are above the numerical floor"),
        number(
            "largest-gap-after",
            after as f64,
            "The direction that it follows.",
        ),
        number(
            "negative-eigenvalues",
            now.negative_count() as f64,
            "Eigenvalues of W below zero by more than rounding: along these directions the loss would have grown.",
        ),
        share(
            "least-growth",
            growth,
            "Least eigenvalue by which W has grown between recorded steps, over lambda_1.",
        ),
        share(
            "least-growth-sum",
            growth_sum,
            "The same for the sum W', which cannot shrink.",
        )
        .unknown_if(NO_SUM),
    ]);
}

/// What became of signal and noise.
fn of_parts(opened: Opened<'_>, parts: &Parts) -> [Reading; 10] {
    let in_reservoir = |v| opened.diagnostics.in_reservoir(opened.channel, v);
    let (signal, noise) = (&parts.signal, &parts.noise);
    [
        number(
            "memorised-noise",
            noise.memorised,
            "|(I - P) eps|^2 / n: energy of the noise that the window has learned.",
        ),
        share(
            "memorised-noise-share",
            noise.memorised_share,
            "The same over the energy of the noise.",
        )
        .unknown_if(NO_NOISE),
        share(
            "memorised-noise-below-split",
            in_reservoir(&parts.memorised_noise),
            "Share of the memorised noise that lies in the reservoir.",
        )
        .unknown_if(NOT_MEMORISED),
        share(
            "noise-in-reservoir",
            in_reservoir(&parts.all_noise),
            "Share of all of the noise that lies in the reservoir.",
        )
        .unknown_if(NO_NOISE),
        share(
            "noise-unlearned",
            noise.unlearned,
            "|P eps|^2 / |eps|^2.",
        )
        .unknown_if(NO_NOISE),
        share(
            "signal-unlearned",
            signal.unlearned,
            "|P f|^2 / |f|^2 for the true function at the training points.",
        )
        .unknown_if("there is no signal"),
        number(
            "noise-gain",
            noise.gain,
            "Energy of the change at the test points that the noise caused, over its memorised energy.",
        )
        .unknown_if(NOT_MEMORISED),
        number(
            "random-gain",
            opened.diagnostics.random_gain.median,
            "The same for random directions, median of 64: the control.",
        )
        .unknown_if(NO_STEP),
        number("signal-gain", signal.gain, "The same for the signal.")
            .unknown_if("no signal is learned"),
        share(
            "noise-reach",
            noise.reach,
            "Energy of that change over the energy of the noise that is present.",
        )
        .unknown_if(NO_NOISE),
    ]
}

/// What the reservoir causes, in which order directions are learned, and how far the
/// kernel has turned.
fn order(all: &mut Vec<Reading>, state: &State<'_, Channel>, opened: Opened<'_>) {
    let [path, start] = opened.window.order_of_learning();
    let overlap = state.records().last().map_or(f64::NAN, |r| r.overlaps[1]);
    all.extend([
        share(
            "change-from-reservoir",
            opened.diagnostics.caused_by_reservoir(opened.channel),
            "Share of |G g|^2 that the reservoir's part of g(s) causes.",
        )
        .unknown_if(NO_STEP),
        number(
            "order-correlation",
            path,
            "Rank correlation of -lambda_j with the half-times, for W over the window's first 200 steps.",
        )
        .unknown_if(FEW_TIMES),
        number(
            "order-correlation-start",
            start,
            "The same for the eigenvectors of K(s): the control.",
        )
        .unknown_if(FEW_TIMES),
        share(
            "kernel-overlap",
            overlap,
            "Overlap of the top 4 eigenspaces of K now and at the window's start.",
        )
        .unknown_if("there are fewer points than directions compared"),
    ]);
}
