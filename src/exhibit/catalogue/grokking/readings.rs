//! The numbers of the grokking exhibit.

use super::fourier;
use super::kernel_probe::KernelNumbers;
use super::model::{Grokking, Observation};
use crate::exhibit::Reading;
use crate::exhibit::runner::State;

const NO_PROBE: &str = "no kernel probe is complete";
const NO_CONTROL: &str = "there is no control";
const NO_CONTROL_PROBE: &str = "there is no control, or no probe of its kernel is complete";
const NOT_MEMORISED: &str = "not every pair shown is right yet";
const NOT_GROKKED: &str = "too few held-out pairs are right";

/// All numbers of the present state.
pub fn readings(state: &State<'_, Grokking>) -> Vec<Reading> {
    let (model, now) = (state.model, state.now);
    let pair = state.setup.pair;
    let column = model.pairs.column(pair);
    let predicted = |at: &Observation| at.network.predictions[column] as f64;
    let memorised = model.memorised.as_deref();
    let control = now.control.as_ref();
    let probe = model.probes.last();
    let of = |value: Option<f64>| value.unwrap_or(f64::NAN);
    // The numbers of the last kernel probe.
    let network = |value: fn(&KernelNumbers) -> f64| of(probe.map(|probe| value(&probe.network)));
    let shuffled = |value: fn(&KernelNumbers) -> f64| {
        of(probe.and_then(|probe| probe.control.as_ref()).map(value))
    };
    vec![
        Reading::new("step", now.step as f64, "", "Training steps taken."),
        Reading::new(
            "train-loss",
            model.loss,
            "",
            "Loss on the pairs shown, before the last step.",
        )
        .unknown_if("no step has been taken"),
        Reading::new(
            "train-accuracy",
            now.network.train,
            "share",
            "Share of the pairs shown whose largest output is their label.",
        ),
        Reading::new(
            "test-accuracy",
            now.network.test,
            "share",
            "Share of the held-out pairs whose largest output is their sum.",
        ),
        Reading::new(
            "chance",
            1.0 / state.setup.modulus as f64,
            "share",
            "What guessing gets right.",
        ),
        Reading::new(
            "memorised-step",
            of(memorised.map(|then| then.step as f64)),
            "",
            "First recorded step with every pair shown right.",
        )
        .unknown_if(NOT_MEMORISED),
        Reading::new(
            "grokked-step",
            of(model.grokked.map(|step| step as f64)),
            "",
            "First recorded step with 95 % of the held-out pairs right.",
        )
        .unknown_if(NOT_GROKKED),
        Reading::new(
            "grokking-delay",
            of(model.delay()),
            "times",
            "The second of these over the first.",
        )
        .unknown_if(NOT_GROKKED),
        Reading::new(
            "kernel-step",
            of(probe.map(|probe| probe.step as f64)),
            "",
            "Step of the last complete kernel probe, which the following numbers belong to.",
        )
        .unknown_if(NO_PROBE),
        Reading::new(
            "label-energy",
            network(|kernel| kernel.energy),
            "share",
            "Energy of the labels, mean taken off, in the top 2p eigenvectors of the trace kernel.",
        )
        .unknown_if(NO_PROBE),
        Reading::new(
            "label-energy-shuffled",
            network(|kernel| kernel.other_energy),
            "share",
            "The same for shuffled labels: the baseline.",
        )
        .unknown_if(NO_PROBE),
        Reading::new(
            "overlap",
            network(|kernel| kernel.overlap),
            "share",
            "Share of the top 2p eigenspace that lies in that of step 0.",
        )
        .unknown_if(NO_PROBE),
        Reading::new(
            "train-alignment",
            network(|kernel| kernel.train_alignment),
            "",
            "Centred alignment of the kernel with the labels over the pairs shown.",
        )
        .unknown_if(NO_PROBE),
        Reading::new(
            "held-out-alignment",
            network(|kernel| kernel.test_alignment),
            "",
            "Centred alignment of the kernel with the sums over the held-out pairs.",
        )
        .unknown_if(NO_PROBE),
        Reading::new(
            "kernel-regression-accuracy",
            network(|kernel| kernel.regression),
            "share",
            "Share of the held-out pairs that regression with the present kernel on the pairs shown gets right.",
        )
        .unknown_if(NO_PROBE),
        Reading::new(
            "twin-train-accuracy",
            of(control.map(|control| control.train)),
            "share",
            "The control\u{2019}s share of right answers on its shuffled labels.",
        )
        .unknown_if(NO_CONTROL),
        Reading::new(
            "twin-test-accuracy",
            of(control.map(|control| control.test)),
            "share",
            "The control\u{2019}s share of right sums among the held-out pairs.",
        )
        .unknown_if(NO_CONTROL),
        Reading::new(
            "twin-label-energy",
            shuffled(|kernel| kernel.energy),
            "share",
            "Energy of the shuffled labels in the top 2p eigenvectors of the control\u{2019}s kernel.",
        )
        .unknown_if(NO_CONTROL_PROBE),
        Reading::new(
            "twin-overlap",
            shuffled(|kernel| kernel.overlap),
            "share",
            "Share of the control\u{2019}s top 2p eigenspace that lies in that of step 0.",
        )
        .unknown_if(NO_CONTROL_PROBE),
        Reading::new(
            "twin-train-alignment",
            shuffled(|kernel| kernel.train_alignment),
            "",
            "Centred alignment of the control\u{2019}s kernel with its shuffled labels.",
        )
        .unknown_if(NO_CONTROL_PROBE),
        Reading::new(
            "twin-held-out-alignment",
            shuffled(|kernel| kernel.test_alignment),
            "",
            "Centred alignment of the control\u{2019}s kernel with the sums over the held-out pairs.",
        )
        .unknown_if(NO_CONTROL_PROBE),
        Reading::new(
            "unit-frequency-share",
            fourier::median_top(&now.frequencies),
            "share",
            "Share of a unit\u{2019}s incoming power at its strongest frequency, median over the units.",
        ),
        Reading::new(
            "true-answer",
            model.pairs.task.sum(pair) as f64,
            "",
            "The sum of the pair to predict.",
        ),
        Reading::new(
            "answer",
            predicted(now),
            "",
            "What the network answers now.",
        ),
        Reading::new(
            "answer-when-memorised",
            of(memorised.map(predicted)),
            "",
            "What it said when it had memorised the pairs shown.",
        )
        .unknown_if(NOT_MEMORISED),
    ]
}
