//! One runner for every exhibit: it owns setup, status, steps, records, windows, trials,
//! the cursor and the revision, so that an exhibit is a [`Model`] and a [`Declaration`].
//!
//! - A step is recorded if the schedule says so, if it begins a window or if it ends a
//!   trial. Any other step is measured only when a view, a reading or a claim needs it;
//!   that is not recorded, changes no result and never ends a run.
//! - After a breakdown the present step is shown if it can be measured, else the last one
//!   that was recorded.

mod core;
mod declaration;
mod model;
mod run;
mod state;

pub(super) use declaration::{Declaration, Moves, Place, Viewed, views};
pub(super) use model::{Broken, Model, Progress, Records};
pub(super) use run::Trial;
pub(super) use state::State;

use super::cursor::Cursor;
use super::{Claim, Effect, Exhibit, KnobState, Probe, Reading, RunProgress, Settings, Status};
use crate::chart::Chart;
use run::Run;

#[cfg(feature = "all-exhibits")]
use super::NetworkSnapshot;

/// A run with what outlives it: the declaration, the cursor, the session's memory.
struct Runner<M: Model> {
    declaration: &'static Declaration<M>,
    /// None between `release` and `restart`.
    run: Option<Run<M>>,
    cursor: Option<Cursor>,
    /// Counts changes that redraw everything.
    revision: u64,
    memory: M::Memory,
}

/// Starts an exhibit.
///
/// # Errors
/// A sentence if the settings do not go together.
pub(super) fn start<M: Model>(
    declaration: &'static Declaration<M>,
    settings: &Settings,
) -> Result<Box<dyn Exhibit>, String> {
    Ok(Box::new(Runner {
        declaration,
        run: Some(Run::new((declaration.setup)(settings)?)?),
        cursor: None,
        revision: 0,
        memory: M::Memory::default(),
    }))
}

const RELEASED: &str = "nothing is asked between release and restart";

impl<M: Model> Runner<M> {
    fn viewed(&self, name: &str) -> Option<&'static Viewed<M>> {
        self.declaration
            .views
            .iter()
            .find(|viewed| viewed.view.name == name)
    }

    fn run(&self) -> &Run<M> {
        self.run.as_ref().expect(RELEASED)
    }

    fn run_mut(&mut self) -> &mut Run<M> {
        self.run.as_mut().expect(RELEASED)
    }

    /// The present state, observed.
    fn state(&mut self) -> State<'_, M> {
        self.run_mut().observe();
        let run = self.run();
        State {
            setup: &run.setup,
            model: &run.model,
            now: &run.now,
            trials: &run.trials,
            place: run.place(),
            window_start: run.core.window_start,
            first_record: run.core.first_record,
            changed: run.core.changed,
            status: &run.core.status,
            cursor: self.cursor,
            memory: &self.memory,
        }
    }

    fn fail(&mut self, broken: &Broken) {
        let declaration = self.declaration;
        let run = self.run_mut();
        let sentence = broken.cause.at(run.core.trial_step);
        let advice = (declaration.advice)(&run.model, &run.setup);
        run.core.status = Status::Failed(format!("{}{sentence} {advice}", broken.place));
        run.observe();
    }

    fn end_trial(&mut self, reason: String) {
        let run = self.run_mut();
        let outcome = run.model.outcome(&run.setup, &run.now);
        let at = run.place().trial;
        run.trials[at].outcome = Some(outcome);
        run.core.reason = reason;
        let mut memory = std::mem::take(&mut self.memory);
        M::remember(&mut memory, &self.state());
        self.memory = memory;
        self.finish();
    }

    /// Ends a run between two trials, once as many are over as are wanted.
    fn finish(&mut self) {
        let run = self.run();
        let ended = run.place().ended;
        let between = run.core.status == Status::Ready && ended == run.trials.len();
        if !between || ended < M::trials(&run.setup) {
            return;
        }
        let reason = run.core.reason.clone();
        let sentence = M::ending(&self.state(), reason);
        self.run_mut().core.status = Status::Finished(sentence);
    }
}

impl<M: Model> Exhibit for Runner<M> {
    fn restart(&mut self, settings: &Settings) -> Result<(), String> {
        self.run = Some(Run::new((self.declaration.setup)(settings)?)?);
        self.cursor = None;
        self.revision += 1;
        Ok(())
    }

    fn release(&mut self) {
        self.run = None;
    }

    fn check(&self, settings: &Settings) -> Result<(), String> {
        let setup = (self.declaration.setup)(settings)?;
        let run = self.run();
        run.model.check(&run.setup, &setup, run.place())
    }

    fn change(&mut self, settings: &Settings, effect: Effect) -> Result<(), String> {
        let setup = (self.declaration.setup)(settings)?;
        let run = self.run_mut();
        let place = run.place();
        run.model.check(&run.setup, &setup, place)?;
        run.setup = setup;
        run.core.changed |= effect != Effect::View;
        // Only a new window makes the last observation stale: a dragged step size
        // measures nothing anew.
        let changed = match run.model.change(&run.setup, effect, place) {
            Ok(Records::Continue) => Ok(()),
            Ok(Records::Forget) => {
                run.stale = true;
                run.begin_window(false);
                Ok(())
            }
            Ok(records) => {
                run.stale = true;
                run.begin_window(records == Records::Window);
                run.record().map_err(Broken::from)
            }
            Err(broken) => Err(broken),
        };
        let wanted = M::trials(&run.setup);
        if place.ended < wanted && matches!(run.core.status, Status::Finished(_)) {
            run.core.status = Status::Ready;
        }
        self.revision += 1;
        match changed {
            Ok(()) => self.finish(),
            Err(broken) => self.fail(&broken),
        }
        Ok(())
    }

    fn advance(&mut self) {
        let schedule = self.declaration.schedule;
        let run = self.run_mut();
        if run.core.status != Status::Ready {
            return;
        }
        if run.place().ended == run.trials.len()
            && let Err(sentence) = run.next_trial()
        {
            run.core.status = Status::Failed(sentence);
            return;
        }
        match run.step(schedule) {
            Ok(None) => {}
            Ok(Some(reason)) => self.end_trial(reason),
            Err(broken) => self.fail(&broken),
        }
    }

    fn step_count(&self) -> u64 {
        self.run().core.step
    }

    fn progress(&self) -> RunProgress {
        let run = self.run();
        let limit = M::limit(&run.setup);
        RunProgress {
            step: run.core.trial_step,
            limit: (limit < u64::MAX).then_some(limit),
            trial: run.trials.len(),
            trials: M::trials(&run.setup),
        }
    }

    fn status(&self) -> &Status {
        &self.run().core.status
    }

    fn pace(&self) -> u64 {
        let run = self.run();
        (self.declaration.pace)(&run.setup, run.place())
    }

    fn observe(&mut self) {
        self.run_mut().observe();
    }

    fn readings(&mut self) -> Vec<Reading> {
        (self.declaration.readings)(&self.state())
    }

    fn chart(&mut self, view: &str) -> Option<Chart> {
        let viewed = self.viewed(view)?;
        Some((viewed.chart)(&self.state()))
    }

    fn revision(&self, view: &str) -> u64 {
        let place = self.run().place();
        let moves = self.viewed(view).map_or(Moves::Step, |viewed| viewed.moves);
        let moving = match moves {
            Moves::Step => place.step,
            Moves::Record => place.records as u64,
            Moves::Model => self.run().model.revision(),
            Moves::With(of) => of(place),
        };
        (self.revision << 32) + moving
    }

    fn probe(&mut self, view: &str, probe: Probe) -> bool {
        let cursor = match self.viewed(view) {
            Some(viewed) => viewed.lead(&self.state(), probe),
            None if probe == Probe::Clear => None,
            None => self.cursor,
        };
        let changed = cursor != self.cursor;
        self.cursor = cursor;
        self.revision += u64::from(changed);
        changed
    }

    fn claims(&mut self) -> Vec<Claim> {
        (self.declaration.claims)(&self.state())
    }

    fn knob_state(&mut self, knob: &str) -> KnobState {
        let idle = self.idle(knob);
        let gauge = self.declaration.gauge;
        KnobState {
            idle,
            ..gauge(&self.state(), knob)
        }
    }

    fn idle(&self, knob: &str) -> Option<String> {
        (self.declaration.idle)(&self.run().setup, knob)
    }

    fn points(&self, view: &str) -> Option<Vec<[f64; 2]>> {
        (self.declaration.points)(&self.run().model, view)
    }

    fn caption(&mut self) -> String {
        (self.declaration.caption)(&self.state())
    }

    fn description(&mut self) -> String {
        let described = self
            .declaration
            .views
            .iter()
            .filter(|viewed| viewed.described);
        let names: Vec<&str> = described.map(|viewed| viewed.view.name).collect();
        super::describe(self, names)
    }

    #[cfg(feature = "all-exhibits")]
    fn snapshot(&self) -> Vec<NetworkSnapshot> {
        let run = self.run();
        run.model.snapshot(&run.setup, run.core.trial_step)
    }
}
