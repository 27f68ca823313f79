//! The numbers of the grokking exhibit.

use super::fourier;
use super::run::Run;
use crate::exhibit::Reading;

/// How many times as many steps generalising took as memorising.
pub fn delay(run: &Run) -> Option<f64> {
    let memorised = run.memorised.as_ref()?.step;
    Some(run.grokked? as f64 / memorised.max(1) as f64)
}

/// All numbers of the present state.
pub fn readings(run: &mut Run) -> Vec<Reading> {
    let pair = run.setup.pair;
    let place = run.place(pair);
    let twin = run.twin_answers().cloned();
    let now = run.answers().clone();
    let survey = run.surveys.last();
    let network = survey.map(|survey| survey.network);
    let twin_kernel = survey.and_then(|survey| survey.twin);
    let of = |value: Option<f64>| value.unwrap_or(f64::NAN);
    let memorised = run.memorised.as_ref();
    let shares = run.fourier();
    vec![
        Reading::new("step", run.step as f64, "", "Training steps taken."),
        Reading::new(
            "train-loss",
            run.loss,
            "",
            "Loss on the pairs shown, before the last step.",
        ).unknown_if("no step has been taken"),
        Reading::new(
            "train-accuracy",
            now.train,
            "share",
            "Share of the pairs shown whose largest output is their label.",
        ),
        Reading::new(
            "test-accuracy",
            now.test,
            "share",
            "Share of the held-out pairs whose largest output is their sum.",
        ),
        Reading::new(
            "chance",
            1.0 / run.setup.modulus as f64,
            "share",
            "What guessing gets right.",
        ),
        Reading::new(
            "memorised-step",
            of(memorised.map(|m| m.step as f64)),
            "",
            "First remembered step with every pair shown right.",
        ).unknown_if("not every pair shown is right yet"),
        Reading::new(
            "grokked-step",
            of(run.grokked.map(|step| step as f64)),
            "",
            "First remembered step with 95 % of the held-out pairs right.",
        ).unknown_if("too few held-out pairs are right"),
        Reading::new(
            "grokking-delay",
            of(delay(run)),
            "times",
            "The second of these over the first.",
        ).unknown_if("too few held-out pairs are right"),
        Reading::new(
            "kernel-step",
            of(survey.map(|survey| survey.step as f64)),
            "",
            "Step of the last complete survey of the kernel, which the following numbers belong to.",
        ).unknown_if("no survey of the kernel is complete"),
        Reading::new(
            "label-energy",
            of(network.map(|n| n.energy)),
            "share",
            "Energy of the labels, mean taken off, in the top 2p eigenvectors of the trace kernel.",
        ).unknown_if("no survey of the kernel is complete"),
        Reading::new(
            "label-energy-shuffled",
            of(network.map(|n| n.other_energy)),
            "share",
            "The same for shuffled labels: the baseline.",
        ).unknown_if("no survey of the kernel is complete"),
        Reading::new(
            "overlap",
            of(network.map(|n| n.overlap)),
            "share",
            "Share of the top 2p eigenspace that lies in that of step 0.",
        ).unknown_if("no survey of the kernel is complete"),
        Reading::new(
            "train-alignment",
            of(network.map(|n| n.train_alignment)),
            "",
            "Centred alignment of the kernel with the labels over the pairs shown.",
        ).unknown_if("no survey of the kernel is complete"),
        Reading::new(
            "held-out-alignment",
            of(network.map(|n| n.test_alignment)),
            "",
            "Centred alignment of the kernel with the sums over the held-out pairs.",
        ).unknown_if("no survey of the kernel is complete"),
        Reading::new(
            "kernel-regression-accuracy",
            of(network.map(|n| n.regression)),
            "share",
            "Share of the held-out pairs that regression with the present kernel on the pairs shown gets right.",
        ).unknown_if("no survey of the kernel is complete"),
        Reading::new(
            "twin-train-accuracy",
            of(twin.as_ref().map(|t| t.train)),
            "share",
            "The twin\u{2019}s share of right answers on its shuffled labels.",
        ).unknown_if("there is no twin"),
        Reading::new(
            "twin-test-accuracy",
            of(twin.as_ref().map(|t| t.test)),
            "share",
            "The twin\u{2019}s share of right sums among the held-out pairs.",
        ).unknown_if("there is no twin"),
        Reading::new(
            "twin-label-energy",
            of(twin_kernel.map(|t| t.energy)),
            "share",
            "Energy of the shuffled labels in the top 2p eigenvectors of the twin\u{2019}s kernel.",
        ).unknown_if("there is no twin, or no survey of its kernel is complete"),
        Reading::new(
            "twin-overlap",
            of(twin_kernel.map(|t| t.overlap)),
            "share",
            "Share of the twin\u{2019}s top 2p eigenspace that lies in that of step 0.",
        ).unknown_if("there is no twin, or no survey of its kernel is complete"),
        Reading::new(
            "twin-train-alignment",
            of(twin_kernel.map(|t| t.train_alignment)),
            "",
            "Centred alignment of the twin\u{2019}s kernel with its shuffled labels.",
        ).unknown_if("there is no twin, or no survey of its kernel is complete"),
        Reading::new(
            "twin-held-out-alignment",
            of(twin_kernel.map(|t| t.test_alignment)),
            "",
            "Centred alignment of the twin\u{2019}s kernel with the sums over the held-out pairs.",
        ).unknown_if("there is no twin, or no survey of its kernel is complete"),
        Reading::new(
            "unit-frequency-share",
            fourier::median_top(&shares),
            "share",
            "Share of a unit\u{2019}s incoming power at its strongest frequency, median over the units.",
        ),
        Reading::new(
            "true-answer",
            run.task.sum(pair) as f64,
            "",
            "The sum of the pair to predict.",
        ),
        Reading::new(
            "answer",
            now.said[place] as f64,
            "",
            "What the network says to it now.",
        ),
        Reading::new(
            "answer-when-memorised",
            of(memorised.map(|m| m.answers.said[place] as f64)),
            "",
            "What it said when it had memorised the pairs shown.",
        ).unknown_if("not every pair shown is right yet"),
    ]
}
