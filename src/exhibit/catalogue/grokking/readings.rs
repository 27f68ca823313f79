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
    let number = |name, value, meaning| Reading::new(name, value, "", meaning);
    let share = |name, value, meaning| Reading::new(name, value, "share", meaning);
    // The numbers of the last kernel probe.
    let network = |value: fn(&KernelNumbers) -> f64| of(probe.map(|probe| value(&probe.network)));
    let shuffled = |value: fn(&KernelNumbers) -> f64| {
        of(probe.and_then(|probe| probe.control.as_ref()).map(value))
    };
    let mut readings = vec![
        number("step", state.place.step as f64, "Training steps taken."),
        number(
            "train-loss",
            model.loss,
            "Loss on the pairs shown, before the last step.",
        )
        .unknown_if("no step has been taken"),
        share(
            "train-accuracy",
            now.network.train,
            "Share of the pairs shown whose largest output is their label.",
        ),
        share(
            "test-accuracy",
            now.network.test,
            "Share of the held-out pairs whose largest output is their sum.",
        ),
        share(
            "chance",
            1.0 / state.setup.modulus as f64,
            "What guessing gets right.",
        ),
        number(
            "memorised-step",
            of(memorised.map(|then| then.step as f64)),
            "First recorded step with every pair shown right.",
        )
        .unknown_if(NOT_MEMORISED),
        number(
            "grokked-step",
            of(model.grokked.map(|step| step as f64)),
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
    ];
    let of_kernel = [
        number(
            "kernel-step",
            of(probe.map(|probe| probe.step as f64)),
            "Step of the last complete kernel probe, which the following numbers belong to.",
        ),
        share(
            "label-energy",
            network(|kernel| kernel.energy),
            "Energy of the labels, mean taken off, in the top 2p eigenvectors of the trace kernel.",
        ),
        share(
            "label-energy-shuffled",
            network(|kernel| kernel.other_energy),
            "The same for shuffled labels: the baseline.",
        ),
        share(
            "overlap",
            network(|kernel| kernel.overlap),
            "Share of the top 2p eigenspace that lies in that of step 0.",
        ),
        number(
            "train-alignment",
            network(|kernel| kernel.train_alignment),
            "Centred alignment of the kernel with the labels over the pairs shown.",
        ),
        number(
            "held-out-alignment",
            network(|kernel| kernel.test_alignment),
            "Centred alignment of the kernel with the sums over the held-out pairs.",
        ),
        share(
            "kernel-regression-accuracy",
            network(|kernel| kernel.regression),
            "Share of the held-out pairs that regression with the present kernel on the pairs shown gets right.",
        ),
    ];
    readings.extend(of_kernel.map(|reading| reading.unknown_if(NO_PROBE)));
    let of_control = [
        share(
            "twin-train-accuracy",
            of(control.map(|control| control.train)),
            "The control\u{2019}s share of right answers on its shuffled labels.",
        ),
        share(
            "twin-test-accuracy",
            of(control.map(|control| control.test)),
            "The control\u{2019}s share of right sums among the held-out pairs.",
        ),
    ];
    readings.extend(of_control.map(|reading| reading.unknown_if(NO_CONTROL)));
    let of_its_kernel = [
        share(
            "twin-label-energy",
            shuffled(|kernel| kernel.energy),
            "Energy of the shuffled labels in the top 2p eigenvectors of the control\u{2019}s kernel.",
        ),
        share(
            "twin-overlap",
            shuffled(|kernel| kernel.overlap),
            "Share of the control\u{2019}s top 2p eigenspace that lies in that of step 0.",
        ),
        number(
            "twin-train-alignment",
            shuffled(|kernel| kernel.train_alignment),
            "Centred alignment of the control\u{2019}s kernel with its shuffled labels.",
        ),
        number(
            "twin-held-out-alignment",
            shuffled(|kernel| kernel.test_alignment),
            "Centred alignment of the control\u{2019}s kernel with the sums over the held-out pairs.",
        ),
    ];
    readings.extend(of_its_kernel.map(|reading| reading.unknown_if(NO_CONTROL_PROBE)));
    readings.extend([
        share(
            "unit-frequency-share",
            fourier::median_top(&now.frequencies),
            "Share of a unit\u{2019}s incoming power at its strongest frequency, median over the units.",
        ),
        number(
            "true-answer",
            model.pairs.task.sum(pair) as f64,
            "The sum of the pair to predict.",
        ),
        number("answer", predicted(now), "What the network answers now."),
        number(
            "answer-when-memorised",
            of(memorised.map(predicted)),
            "What it answered when it had memorised the pairs shown.",
        )
        .unknown_if(NOT_MEMORISED),
    ]);
    readings
}
