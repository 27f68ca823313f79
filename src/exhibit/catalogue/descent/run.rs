//! The run behind the descent exhibit: one sweep after the other, each with
//! the next seed.

use super::knobs::Setup;
use super::sweep::{Sweep, Trace};
use crate::exhibit::{Status, text};

#[derive(Debug)]
pub struct Run {
    pub setup: Setup,
    /// Sweeps that are done.
    pub done: Vec<Trace>,
    /// The sweep in training; none once all are done.
    pub sweep: Option<Sweep>,
    /// Steps taken, over all sweeps.
    pub step: u64,
    pub status: Status,
}

impl Run {
    pub fn new(setup: Setup) -> Result<Self, String> {
        Ok(Self {
            sweep: Some(Sweep::new(&setup, setup.seed)?),
            setup,
            done: Vec::new(),
            step: 0,
            status: Status::Ready,
        })
    }

    /// One step of every width of the sweep in training.
    pub fn advance(&mut self) {
        if self.status != Status::Ready {
            return;
        }
        if let Err(sentence) = self.try_advance() {
            self.status = Status::Failed(sentence);
        }
    }

    fn try_advance(&mut self) -> Result<(), String> {
        let Some(sweep) = &mut self.sweep else {
            return Ok(());
        };
        sweep.advance()?;
        self.step += 1;
        if sweep.step < self.setup.steps {
            return Ok(());
        }
        sweep.remember();
        self.done.extend(self.sweep.take().map(|sweep| sweep.trace));
        let count = self.done.len() as u64;
        if count < self.setup.seeds {
            let seed = self.setup.seed.wrapping_add(count as u32);
            self.sweep = Some(Sweep::new(&self.setup, seed)?);
        } else {
            let steps = text::count(self.setup.steps);
            self.status = Status::Finished(match count {
                1 => format!("The sweep ends at {steps} steps."),
                _ => format!("All {count} sweeps have been trained for {steps} steps."),
            });
        }
        Ok(())
    }

    /// What the curves are made of: the sweeps that are done, and before the
    /// first of them the one in training.
    pub fn shown(&self) -> &[Trace] {
        match &self.sweep {
            Some(sweep) if self.done.is_empty() => std::slice::from_ref(&sweep.trace),
            _ => &self.done,
        }
    }

    /// The sweep in training while the curves are made of others.
    pub fn newcomer(&self) -> Option<&Sweep> {
        self.sweep.as_ref().filter(|_| !self.done.is_empty())
    }

    /// The step, inside a sweep, that the curves show: the stopping step, or
    /// how far the first sweep has come.
    pub fn shown_step(&self) -> u64 {
        let stop = self.setup.stopping_step();
        let first = self.shown().first().map_or(0, |trace| trace.at(stop).step);
        first.min(stop)
    }
}
