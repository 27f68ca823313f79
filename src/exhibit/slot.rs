//! The place of a run that can be given back before the next one is made.

use std::ops::{Deref, DerefMut};

/// A run; nothing only between [`Slot::take`] and [`Slot::put`], where none may
/// be asked for.
#[derive(Debug)]
pub(super) struct Slot<R>(Option<R>);

impl<R> Slot<R> {
    /// With a run in it.
    pub fn new(run: R) -> Self {
        Self(Some(run))
    }

    /// Puts a run in; returns the one before, if there was one.
    pub fn put(&mut self, run: R) -> Option<R> {
        self.0.replace(run)
    }

    /// Takes the run out.
    pub fn take(&mut self) -> Option<R> {
        self.0.take()
    }
}

const EMPTY: &str = "a run is put where one was taken";

impl<R> Deref for Slot<R> {
    type Target = R;

    fn deref(&self) -> &R {
        self.0.as_ref().expect(EMPTY)
    }
}

impl<R> DerefMut for Slot<R> {
    fn deref_mut(&mut self) -> &mut R {
        self.0.as_mut().expect(EMPTY)
    }
}
