//! A run: one training after the other, one at each dimension of the row.

use super::knobs::Setup;
use super::training::{End, FITTED, Record, STEP_LIMIT, Training};
use crate::exhibit::{Status, text};

/// What a training came to.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub dimension: usize,
    /// Whether every label was fitted.
    pub fitted: bool,
    pub steps: u64,
    pub last: Record,
    pub noise_in_reservoir: f64,
}

#[derive(Debug)]
pub struct Run {
    pub setup: Setup,
    /// The one that is running or was the last.
    pub training: Training,
    /// Those that ended, in their order.
    pub outcomes: Vec<Outcome>,
    /// Dimensions still to come, the next one last.
    left: Vec<usize>,
    /// Steps of all trainings together.
    pub step: u64,
    pub status: Status,
    now: Option<Record>,
}

impl Run {
    /// # Errors
    /// A sentence if the network cannot be built.
    pub fn new(setup: Setup) -> Result<Self, String> {
        let mut left = setup.dimensions();
        left.reverse();
        let first = left.pop().unwrap_or(setup.dimension);
        Ok(Self {
            training: Training::new(&setup, first)?,
            setup,
            outcomes: Vec::new(),
            left,
            step: 0,
            status: Status::Ready,
            now: None,
        })
    }

    /// One step of the present training; where that has ended, of the next.
    pub fn advance(&mut self) {
        if self.status != Status::Ready {
            return;
        }
        self.now = None;
        if self.training.end.is_some()
            && let Some(next) = self.left.pop()
        {
            match Training::new(&self.setup, next) {
                Ok(training) => self.training = training,
                Err(reason) => {
                    self.status = Status::Failed(reason);
                    return;
                }
            }
        }
        self.training.advance();
        self.step += 1;
        if let Some(end) = self.training.end {
            self.note(end);
        }
    }

    fn note(&mut self, end: End) {
        let dimension = self.training.dimension;
        if let End::Diverged(cause) = end {
            self.status = Status::Failed(format!(
                "In {dimension} dimensions: {} Choose another width or another seed.",
                cause.at(self.training.step)
            ));
            return;
        }
        let last = self.present().clone();
        let modes = self.training.modes();
        let noise_in_reservoir = modes.map_or(f64::NAN, |modes| modes.noise_in_reservoir());
        self.outcomes.push(Outcome {
            dimension,
            fitted: end == End::Fitted,
            steps: self.training.step,
            noise_in_reservoir,
            last,
        });
        if !self.left.is_empty() {
            return;
        }
        let given_up = self.outcomes.iter().filter(|o| !o.fitted).count();
        self.status = Status::Finished(match (self.outcomes.len(), given_up) {
            (1, 0) => format!(
                "Every label is fitted to a mean squared error of {FITTED} at step {}.",
                text::count(self.step)
            ),
            (1, _) => format!(
                "The run ends at {} steps; not every label is fitted.",
                text::count(STEP_LIMIT)
            ),
            (all, 0) => format!("All {all} networks have fitted every label."),
            (all, _) => format!(
                "{} of {all} networks have fitted every label, the others have had their {} steps.",
                all - given_up,
                text::count(STEP_LIMIT)
            ),
        });
    }

    /// What the present step shows, measured when first asked for.
    pub fn present(&mut self) -> &Record {
        let training = &self.training;
        self.now.get_or_insert_with(|| training.measure())
    }

    /// Which of how many trainings is running, counted from 1.
    pub fn place(&self) -> (usize, usize) {
        let ended = self.training.end.is_some();
        let at = self.outcomes.len() + usize::from(!ended);
        let all = self.outcomes.len() + usize::from(!ended) + self.left.len();
        (at, all)
    }
}
