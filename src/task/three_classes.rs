//! Three classes in the plane, with some labels wrong.
//!
//! ```text
//! class of x = floor((angle(x) + |x|) / (2 pi / 3)) mod 3,     x in [-1, 1]^2
//! ```
//!
//! Three sectors, turned by one radian from the centre to |x| = 1: every point
//! of the plane has a true class, and no straight line parts any two of them.
//!
//! A share of the training labels is wrong. Those points are the first ones in an
//! order that belongs to the seed, so that a larger share spoils the same
//! labels and more.

use crate::random::{Stream, stream};
use nalgebra::DMatrix;
use rand::RngExt;
use rand::seq::SliceRandom;
use std::f64::consts::TAU;

/// Number of classes.
pub const CLASSES: usize = 3;

/// Training points with labels, and a grid of test points.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreeClasses {
    /// 2 x n, uniform over the square.
    pub inputs: DMatrix<f64>,
    /// True class of each.
    pub classes: Vec<usize>,
    /// Label of each: the class, or another one.
    pub labels: Vec<usize>,
    /// 2 x m, a square grid over the square, row by row from its lower left.
    pub test_inputs: DMatrix<f64>,
    /// True class of each.
    pub test_classes: Vec<usize>,
    /// What a wrong label is, and the order in which labels become wrong.
    wrong: Vec<usize>,
    order: Vec<usize>,
}

/// The true class at a point of the plane.
pub fn class_at(x: [f64; 2]) -> usize {
    let radius = (x[0] * x[0] + x[1] * x[1]).sqrt();
    let turned = libm::atan2(x[1], x[0]) + radius;
    let sector = libm::floor(turned.rem_euclid(TAU) / (TAU / CLASSES as f64));
    (sector as usize).min(CLASSES - 1)
}

/// A grid over \[-1, 1\]^2 of `side` >= 2 points a side, row by row, 2 x side^2.
pub fn grid(side: usize) -> DMatrix<f64> {
    let at = |k: usize| 2.0 * k as f64 / (side - 1) as f64 - 1.0;
    DMatrix::from_fn(2, side * side, |axis, k| match axis {
        0 => at(k % side),
        _ => at(k / side),
    })
}

fn classes_of(inputs: &DMatrix<f64>) -> Vec<usize> {
    let columns = inputs.column_iter();
    columns.map(|x| class_at([x[0], x[1]])).collect()
}

impl ThreeClasses {
    /// `points` training points of which a share `wrong` has a wrong label, and a
    /// test grid of `side` points a side.
    pub fn new(points: usize, wrong: f64, side: usize, seed: u32) -> Self {
        let random = &mut stream(seed, Stream::Inputs);
        let inputs = DMatrix::from_fn(2, points, |_, _| 2.0 * random.random::<f64>() - 1.0);
        let classes = classes_of(&inputs);
        let random = &mut stream(seed, Stream::Noise);
        let mut order: Vec<usize> = (0..points).collect();
        order.shuffle(random);
        let others = CLASSES as u32 - 1;
        let wrong_labels = classes.iter().map(|class| {
            let shift = 1 + random.random_range(0..others) as usize;
            (class + shift) % CLASSES
        });
        let wrong_labels = wrong_labels.collect();
        let test_inputs = grid(side);
        let mut task = Self {
            labels: classes.clone(),
            classes,
            inputs,
            test_classes: classes_of(&test_inputs),
            test_inputs,
            wrong: wrong_labels,
            order,
        };
        task.spoil(wrong);
        task
    }

    /// Makes a share of the labels wrong, rounded to whole points, the others right.
    pub fn spoil(&mut self, share: f64) {
        self.labels.clone_from(&self.classes);
        let count = (share * self.classes.len() as f64).round() as usize;
        for &i in self.order.iter().take(count) {
            self.labels[i] = self.wrong[i];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_share_spoils_the_same_labels_and_more() {
        let mut task = ThreeClasses::new(40, 0.0, 5, 3);
        let mut before: Vec<usize> = Vec::new();
        for count in 0..=40 {
            task.spoil(count as f64 / 40.0);
            let pairs = task.labels.iter().zip(&task.classes).enumerate();
            let wrong: Vec<usize> = pairs.filter(|(_, (l, c))| l != c).map(|(i, _)| i).collect();
            assert_eq!(wrong.len(), count);
            assert!(before.iter().all(|i| wrong.contains(i)));
            before = wrong;
        }
    }

    #[test]
    fn every_class_is_a_third_of_the_disc() {
        let inside = grid(201);
        let inside = inside.column_iter().filter(|x| x.norm() < 1.0);
        let mut counts = [0; CLASSES];
        inside.for_each(|x| counts[class_at([x[0], x[1]])] += 1);
        let most = counts.iter().max().copied().unwrap_or(0);
        let least = counts.iter().min().copied().unwrap_or(0);
        assert!(most - least < most / 50, "{counts:?}");
        assert_eq!(class_at([1.0, -1e-300]), class_at([1.0, 0.0]));
    }
}
