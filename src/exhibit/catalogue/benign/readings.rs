//! The numbers of the benign exhibit.

use super::model::Networks;
use super::problem::POINTS;
use crate::exhibit::Reading;
use crate::exhibit::runner::State;

pub fn readings(state: &State<'_, Networks>) -> Vec<Reading> {
    let (problem, now) = (&state.model.problem, &state.now.record);
    let modes = &state.now.modes;
    let reading = Reading::new;
    vec![
        reading(
            "step",
            state.place.step as f64,
            "",
            "Training steps taken, over all dimensions so far.",
        ),
        reading(
            "dimension",
            problem.dimension as f64,
            "",
            "Coordinates d of an input of the present network.",
        ),
        reading(
            "coordinates",
            problem.inputs.nrows() as f64,
            "",
            "Coordinates that are computed with: those of the span of the training points and first weights where d is larger.",
        ),
        reading(
            "trainings-ended",
            state.place.ended as f64,
            "",
            "Networks of this run that have come to their end.",
        ),
        reading(
            "training-step",
            now.step as f64,
            "",
            "Steps of the present network.",
        ),
        reading(
            "train-loss",
            now.train_loss,
            "",
            "Mean squared error on the labels, flipped ones included.",
        ),
        reading(
            "train-error",
            now.train_error,
            "share",
            "Training points on the wrong side of their labels.",
        ),
        reading(
            "flipped-labels",
            problem.flips() as f64,
            "",
            "Training labels that are flipped.",
        ),
        reading(
            "flipped-fitted",
            now.flipped_fitted,
            "share",
            "Flipped labels that the network gives.",
        ).unknown_if("no label is flipped"),
        reading(
            "test-error",
            now.test_error,
            "share",
            "Test points on the wrong side of their true class, of 500.",
        ),
        reading(
            "clean-test-error",
            now.clean_error,
            "share",
            "The same for the control: the same network trained on the true labels.",
        ),
        reading(
            "operator-noise-gain",
            now.noise.gain,
            "",
            "The noise's gain by the operators, |G eps/n|^2/m over |(I - P) eps|^2/n.",
        ).unknown_if("no flipped label is memorised"),
        reading(
            "noise-gain",
            now.noise_gain,
            "",
            "Energy that the flips caused at the test points, network less control, over the same at the training points.",
        ).unknown_if("no flipped label is memorised"),
        reading(
            "signal-gain",
            now.signal_gain,
            "",
            "The same for the true classes: the control's own outputs.",
        ).unknown_if("the outputs of the control have not moved"),
        reading(
            "noise-unlearned",
            now.noise.unlearned,
            "share",
            "|P eps|^2 / |eps|^2, with eps the label less the true class.",
        ).unknown_if("no label is flipped"),
        reading(
            "signal-unlearned",
            now.signal.unlearned,
            "share",
            "|P c|^2 / |c|^2 for the true classes.",
        ),
        reading(
            "noise-in-reservoir",
            modes.noise_in_reservoir(),
            "share",
            "Share of the flips' energy in directions of W below a hundredth of its largest eigenvalue.",
        ).unknown_if("no label is flipped"),
        reading(
            "reservoir-dimension",
            (POINTS - modes.channel) as f64,
            "",
            "Number of those directions.",
        ),
        reading(
            "test-identity-error",
            state.now.test_identity_error,
            "share",
            "|U_Q(T) - U_Q(0) + G g(0)| over |U_Q(T) - U_Q(0)|: what the quadrature of the steps leaves.",
        ).unknown_if("the test outputs have not moved"),
    ]
}
