//! Softmax cross-entropy, in nats:
//!
//! ```text
//! Phi(U) = (1/b) sum_i log(sum_c exp(u_ic - u_iy)),    y the label of example i
//! g_i    = (1/b) (p_i - e_y),                          p_i = softmax(u_i)
//! B_i    = (1/b) (diag(p_i) - p_i p_i^T)
//! ```
//!
//! B_i 1 = 0: adding a constant to all outputs of an example changes nothing,
//! so range(B) holds what has mean 0 over the classes of every example. As
//! all p_c > 0, that is all of its null space.
//!
//! Takes the outputs themselves rather than functionals of them: the sum
//! inside the logarithm ties all classes of an example together, so that no
//! term belongs to one functional.
//!
//! For outputs of any finite size: exponents are taken relative to the
//! largest output, and what is small compared with 1 (the loss, 1 - p_y, the
//! variance of an almost certain p) is computed as itself, not as a
//! difference from 1.

use super::Objective;
use nalgebra::DMatrix;
use thiserror::Error;

/// Cross-entropy of softmax outputs with one label y per example, in nats:
/// (1/b) sum_i log(sum_c exp(u_ic - u_iy)).
#[derive(Debug, Clone, PartialEq)]
pub struct CrossEntropy {
    classes: usize,
    labels: Vec<usize>,
}

/// Why labels are not class indices.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LabelError {
    /// Fewer than two classes.
    #[error("Cross-entropy needs at least two classes; there would be {0}.")]
    TooFewClasses(usize),
    /// No label at all.
    #[error("Cross-entropy needs the label of at least one example.")]
    NoExamples,
    /// A label is not the index of a class.
    #[error(
        "Example {example} has the label {label}; with {classes} classes, labels go from 0 to {}.",
        classes - 1
    )]
    NoSuchClass {
        /// The example, counted from 0.
        example: usize,
        /// Its label.
        label: usize,
        /// How many classes there are.
        classes: usize,
    },
    /// New labels for another number of examples.
    #[error("There are {examples} examples; {given} labels were given.")]
    Count {
        /// Number of examples.
        examples: usize,
        /// Number of labels.
        given: usize,
    },
}

/// Index of the largest output.
fn top(u: &[f64]) -> usize {
    let mut best = 0;
    for (c, v) in u.iter().enumerate() {
        if *v > u[best] {
            best = c;
        }
    }
    best
}

/// Writes exp(u_c - u_top) into `e`; returns the sum over all but the top.
/// The sum over all is 1 more.
fn exponentials(u: &[f64], top: usize, e: &mut [f64]) -> f64 {
    let mut others = 0.0;
    for (c, (e, v)) in e.iter_mut().zip(u).enumerate() {
        *e = libm::exp(v - u[top]);
        if c != top {
            others += *e;
        }
    }
    others
}

impl CrossEntropy {
    /// One label in `0..classes` per example.
    ///
    /// # Errors
    /// [`LabelError`], naming the first example that does not fit.
    pub fn new(classes: usize, labels: Vec<usize>) -> Result<Self, LabelError> {
        if classes < 2 {
            return Err(LabelError::TooFewClasses(classes));
        }
        if labels.is_empty() {
            return Err(LabelError::NoExamples);
        }
        check(classes, &labels)?;
        Ok(Self { classes, labels })
    }

    /// The labels y.
    pub fn labels(&self) -> &[usize] {
        &self.labels
    }

    /// New labels for the same examples, as when some are flipped.
    ///
    /// # Errors
    /// [`LabelError`]; the labels are then those before.
    pub fn set_labels(&mut self, labels: &[usize]) -> Result<(), LabelError> {
        if labels.len() != self.labels.len() {
            return Err(LabelError::Count {
                examples: self.labels.len(),
                given: labels.len(),
            });
        }
        check(self.classes, labels)?;
        self.labels.copy_from_slice(labels);
        Ok(())
    }

    /// Projects a direction in output space (p x b) on range(B): subtracts
    /// its mean over the classes of each example. Cost: O(b p).
    pub fn project(&self, direction: &mut DMatrix<f64>) {
        for example in direction.as_mut_slice().chunks_exact_mut(self.classes) {
            let mean = example.iter().sum::<f64>() / self.classes as f64;
            example.iter_mut().for_each(|v| *v -= mean);
        }
    }
}

fn check(classes: usize, labels: &[usize]) -> Result<(), LabelError> {
    match labels.iter().position(|&label| label >= classes) {
        Some(example) => Err(LabelError::NoSuchClass {
            example,
            label: labels[example],
            classes,
        }),
        None => Ok(()),
    }
}

impl Objective for CrossEntropy {
    fn examples(&self) -> usize {
        self.labels.len()
    }

    fn outputs(&self) -> usize {
        self.classes
    }

    fn value(&self, outputs: &DMatrix<f64>, batch: &[usize]) -> f64 {
        let mut sum = 0.0;
        let columns = outputs.as_slice().chunks_exact(self.classes);
        for (u, &example) in columns.zip(batch) {
            let top = top(u);
            let mut others = 0.0;
            for (c, v) in u.iter().enumerate() {
                if c != top {
                    others += libm::exp(v - u[top]);
                }
            }
            sum += libm::log1p(others) + (u[top] - u[self.labels[example]]);
        }
        sum / batch.len() as f64
    }

    fn gradient(&self, outputs: &DMatrix<f64>, batch: &[usize], gradient: &mut DMatrix<f64>) {
        let b = batch.len() as f64;
        let columns = outputs.as_slice().chunks_exact(self.classes);
        let gradients = gradient.as_mut_slice().chunks_exact_mut(self.classes);
        for ((u, g), &example) in columns.zip(gradients).zip(batch) {
            let sum = b * (1.0 + exponentials(u, top(u), g));
            // p_y - 1 is minus the sum of the other classes' p.
            let label = self.labels[example];
            g[label] = 0.0;
            g[label] = -g.iter().sum::<f64>();
            g.iter_mut().for_each(|g| *g /= sum);
        }
    }

    fn hessian(
        &self,
        outputs: &DMatrix<f64>,
        batch: &[usize],
        direction: &DMatrix<f64>,
        product: &mut DMatrix<f64>,
    ) {
        let b = batch.len() as f64;
        let columns = outputs.as_slice().chunks_exact(self.classes);
        let directions = direction.as_slice().chunks_exact(self.classes);
        let products = product.as_mut_slice().chunks_exact_mut(self.classes);
        for ((u, v), out) in columns.zip(directions).zip(products) {
            // B v = (1/b) p o (v - <p, v>), with v measured from the top
            // class, whose share of the mean is then exactly 0.
            let top = top(u);
            let sum = 1.0 + exponentials(u, top, out);
            let dot: f64 = out.iter().zip(v).map(|(e, v_c)| e * (v_c - v[top])).sum();
            let mean = dot / sum;
            for (out, v_c) in out.iter_mut().zip(v) {
                *out = *out / (b * sum) * ((v_c - v[top]) - mean);
            }
        }
    }
}
