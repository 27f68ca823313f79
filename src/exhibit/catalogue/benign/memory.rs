//! What earlier runs of a session have left in the picture of gain against d.
//!
//! Only ends of trainings that differ from the present ones in d alone are
//! shown. They are no part of a link: a link reproduces its own run.

use super::knobs::Setup;
use super::run::{Outcome, Run};

#[derive(Debug, Default)]
pub struct Memory {
    ended: Vec<(Setup, Outcome)>,
}

impl Memory {
    /// Takes over what a run has come to that is left.
    pub fn keep(&mut self, run: &Run) {
        for outcome in &run.outcomes {
            self.ended.retain(|(setup, other)| {
                !(setup.is_comparable(&run.setup) && other.dimension == outcome.dimension)
            });
            self.ended.push((run.setup.clone(), outcome.clone()));
        }
    }

    /// Ends of earlier runs that the present one has none of its own for.
    fn earlier<'a>(&'a self, run: &'a Run) -> impl Iterator<Item = &'a Outcome> {
        let own = |d: usize| run.outcomes.iter().any(|o| o.dimension == d);
        self.ended
            .iter()
            .filter(move |(setup, o)| setup.is_comparable(&run.setup) && !own(o.dimension))
            .map(|(_, outcome)| outcome)
    }

    /// All ends to show, by ascending d.
    pub fn outcomes<'a>(&'a self, run: &'a Run) -> Vec<&'a Outcome> {
        let mut all: Vec<&Outcome> = run.outcomes.iter().chain(self.earlier(run)).collect();
        all.sort_by_key(|outcome| outcome.dimension);
        all
    }
}
