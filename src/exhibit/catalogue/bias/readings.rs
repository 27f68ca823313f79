//! The numbers of the bias exhibit.

use super::model::Network;
use super::scatter::Directions;
use crate::exhibit::Reading;
use crate::exhibit::runner::State;

pub fn readings(state: &State<'_, Network>) -> Vec<Reading> {
    let (model, now) = (state.model, state.now);
    let fixed = Directions::fixed(model);
    let integrated = Directions::integrated(model);
    let (fixed_first, fixed_crossed) = fixed.order_first();
    let (integrated_first, integrated_crossed) = integrated.order_first();
    let (beyond, beyond_count) = integrated.order_beyond();
    vec![
        Reading::new("step", now.step as f64, "", "Training steps taken."),
        Reading::new(
            "train-error",
            now.train,
            "of its energy",
            "Squared error on the labels, over their sum of squares.",
        ),
        Reading::new(
            "test-error",
            now.test,
            "of its energy",
            "Squared distance to the true function on the test points, over its sum of squares.",
        ),
        Reading::new(
            "interpolant-test-error",
            model.interpolant_error,
            "of its energy",
            "The same for the minimum-norm interpolant of the kernel at step 0.",
        ),
        Reading::new(
            "interpolant-distance",
            // Nothing has moved at step 0.
            if now.step == 0 {
                f64::NAN
            } else {
                now.distance
            },
            "of the way moved",
            "Distance of the test outputs to that interpolant, over how far they have moved.",
        ).unknown_if("no step has been taken"),
        Reading::new(
            "order-fixed",
            fixed.order(),
            "",
            "Rank correlation of eigenvalue of K at step 0, largest first, and half-time.",
        ).unknown_if("too few directions have a half-time"),
        Reading::new(
            "order-fixed-first",
            fixed_first,
            "",
            "The same with the first step below half, staying there or not, among those that got there.",
        ).unknown_if("too few directions have a half-time"),
        Reading::new(
            "crossed-fixed",
            fixed_crossed as f64,
            "directions",
            "Their number.",
        ),
        Reading::new(
            "halved-fixed",
            fixed.halved() as f64,
            "directions",
            "Eigenvectors of K at step 0 along which half of the error is gone.",
        ),
        Reading::new(
            "order-integrated",
            integrated.order(),
            "",
            "Rank correlation of eigenvalue of W over the first steps, at most 200, and half-time.",
        ).unknown_if("too few directions have a half-time"),
        Reading::new(
            "order-integrated-first",
            integrated_first,
            "",
            "The same with the first step below half, staying there or not, among those that got there.",
        ).unknown_if("too few directions have a half-time"),
        Reading::new(
            "crossed-integrated",
            integrated_crossed as f64,
            "directions",
            "Their number.",
        ),
        Reading::new(
            "order-integrated-beyond",
            beyond,
            "",
            "The same among the directions that were not halved within those steps.",
        ).unknown_if("too few directions have a half-time"),
        Reading::new("beyond", beyond_count as f64, "directions", "Their number."),
        Reading::new(
            "halved-integrated",
            integrated.halved() as f64,
            "directions",
            "Eigenvectors of W along which half of the error is gone.",
        ),
        Reading::new(
            "largest-eigenvalue",
            model.fixed.largest(),
            "",
            "Largest eigenvalue of K at step 0.",
        ),
        Reading::new("step-size", model.step_size, "", "Step size eta."),
    ]
}
