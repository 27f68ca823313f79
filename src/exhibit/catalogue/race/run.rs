//! The run behind a race: one heat after the other, each with the next seed.

use super::course::Discipline;
use super::heat::{Heat, Trace};
use super::knobs::Setup;
use crate::exhibit::{Settings, Status, text};

/// Heats that are over, and one that is under way or just over.
#[derive(Debug)]
pub struct Run {
    /// What is raced on.
    pub discipline: &'static Discipline,
    /// What was set.
    pub settings: Settings,
    /// The same, read.
    pub setup: Setup,
    /// Heats that are over.
    done: Vec<Trace>,
    /// The heat under way; the last one once all are over.
    pub heat: Heat,
    /// Steps taken, over all heats.
    pub step: u64,
    /// Whether it can go on.
    pub status: Status,
}

impl Run {
    /// A race at step 0.
    ///
    /// # Errors
    /// A sentence if the settings do not go together.
    pub fn new(discipline: &'static Discipline, settings: &Settings) -> Result<Self, String> {
        let setup = Setup::read(settings)?;
        Ok(Self {
            heat: Heat::new(discipline, settings, &setup, setup.seed)?,
            discipline,
            settings: settings.clone(),
            setup,
            done: Vec::new(),
            step: 0,
            status: Status::Ready,
        })
    }

    /// Takes over knobs that change no number: how many heats are wanted, and
    /// what is looked at. A race that was over goes on if more are wanted.
    ///
    /// # Errors
    /// As [`Run::check`].
    pub fn look(&mut self, settings: &Settings) -> Result<(), String> {
        self.setup = self.check(settings)?;
        self.settings = settings.clone();
        if !matches!(self.status, Status::Failed(_)) {
            self.status = self.ending();
        }
        Ok(())
    }

    /// The settings, read.
    ///
    /// # Errors
    /// A sentence if they do not go together, or if they want fewer heats than
    /// have begun: a race from the beginning would end before it comes here.
    pub fn check(&self, settings: &Settings) -> Result<Setup, String> {
        let setup = Setup::read(settings)?;
        let (over, under_way) = (self.done.len(), self.heat.step > 0);
        let under_way = under_way && !self.heat.is_over(self.discipline, self.setup.steps);
        let begun = over + usize::from(under_way);
        if setup.seeds < begun {
            return Err(format!(
                "seeds: {begun} heats have begun; a race of fewer needs a new run. Go back to step 0 first."
            ));
        }
        Ok(setup)
    }

    fn ending(&self) -> Status {
        if self.done.len() < self.setup.seeds {
            return Status::Ready;
        }
        let steps = text::count(self.heat.step);
        Status::Finished(match self.setup.seeds {
            1 => format!("The race is over at step {steps}; one seed decides nothing."),
            count => format!("All {count} heats are over."),
        })
    }

    /// One step of every arm of the heat under way.
    pub fn advance(&mut self) {
        if self.status == Status::Ready
            && let Err(sentence) = self.try_advance()
        {
            self.status = Status::Failed(sentence);
        }
    }

    fn try_advance(&mut self) -> Result<(), String> {
        if self.heat.is_over(self.discipline, self.setup.steps) {
            let seed = self.setup.seed.wrapping_add(self.done.len() as u32);
            self.heat = Heat::new(self.discipline, &self.settings, &self.setup, seed)?;
        }
        self.heat.advance()?;
        self.step += 1;
        if self.heat.is_over(self.discipline, self.setup.steps) {
            self.heat.remember();
            self.done.push(self.heat.trace.clone());
            self.status = self.ending();
        }
        Ok(())
    }

    /// Heats that are over.
    pub fn done(&self) -> &[Trace] {
        &self.done
    }

    /// What the curves are made of: the heats that are over, and before the
    /// first is, the one under way.
    pub fn shown(&self) -> &[Trace] {
        match self.done() {
            [] => std::slice::from_ref(&self.heat.trace),
            done => done,
        }
    }
}
