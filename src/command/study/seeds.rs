//! The seeds of a study, and work that is done for each of them.

use crate::command::progress;
use std::fmt;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// Which seeds, and how many at a time.
#[derive(Debug)]
pub struct Seeds {
    first: u32,
    count: u32,
    threads: usize,
    /// How often [`Seeds::each`] was called: tables go over the seeds once
    /// for every row.
    passes: AtomicU64,
}

impl Seeds {
    /// `count` seeds from `first` on; without a number of threads, as many as
    /// the machine has cores.
    ///
    /// # Errors
    /// A sentence if there is no seed or no thread, or the last seed is too
    /// large.
    pub fn new(first: u32, count: u32, threads: Option<usize>) -> Result<Self, String> {
        if count == 0 {
            return Err("seeds: at least one is needed.".into());
        }
        if threads == Some(0) {
            return Err("threads: at least one is needed.".into());
        }
        if first.checked_add(count - 1).is_none() {
            return Err(format!(
                "first-seed: {count} seeds from {first} on go beyond {}.",
                u32::MAX
            ));
        }
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            first,
            count,
            threads: threads.unwrap_or_else(cores),
            passes: AtomicU64::new(0),
        })
    }

    /// `count` seeds from `first` on, as many at a time as these: for what is
    /// chosen before it is tried on these.
    ///
    /// # Errors
    /// A sentence if one of them is among these, or as for [`Seeds::new`].
    pub fn apart(&self, first: u32, count: u32) -> Result<Self, String> {
        let apart = Self::new(first, count, Some(self.threads))?;
        match self
            .numbers()
            .find(|seed| apart.numbers().any(|other| other == *seed))
        {
            Some(seed) => Err(format!(
                "first-seed: the study chooses its settings on {apart}, and seed {seed} is one \
                 of them. Take others."
            )),
            None => Ok(apart),
        }
    }

    /// The seeds, in order.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        self.first..=self.first + (self.count - 1)
    }

    /// Does `work` for every seed, several at a time, and gives the results
    /// in the order of the seeds. How many threads there are cannot show in
    /// the results.
    ///
    /// # Errors
    /// Those of `work`; the one of the smallest seed if there are several.
    pub fn each<T: Send>(
        &self,
        work: impl Fn(u32) -> Result<T, String> + Sync,
    ) -> Result<Vec<T>, String> {
        let pass = self.passes.fetch_add(1, Ordering::Relaxed) + 1;
        let next = AtomicU32::new(0);
        let count = self.count;
        let text = format!("row {pass}, {{pos}} of {{len}} seeds");
        let bar = progress::bar(Some(count.into()), &text);
        let mut done: Vec<(u32, Result<T, String>)> = std::thread::scope(|scope| {
            let one_after_another = || {
                let mut mine = Vec::new();
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    if i >= count {
                        return mine;
                    }
                    mine.push((i, work(self.first + i)));
                    bar.inc(1);
                }
            };
            let threads = self.threads.min(count as usize);
            let workers: Vec<_> = (0..threads)
                .map(|_| scope.spawn(one_after_another))
                .collect();
            workers
                .into_iter()
                .flat_map(|worker| match worker.join() {
                    Ok(results) => results,
                    Err(panic) => std::panic::resume_unwind(panic),
                })
                .collect()
        });
        done.sort_by_key(|(i, _)| *i);
        done.into_iter().map(|(_, result)| result).collect()
    }
}

impl fmt::Display for Seeds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => write!(f, "seed {}", self.first),
            _ => write!(
                f,
                "seeds {} to {}",
                self.first,
                self.first + (self.count - 1)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_not_chosen_on_the_seeds_of_the_table() -> Result<(), String> {
        let apart = Seeds::new(1, 8, Some(3))?.apart(1_001, 4)?;
        assert_eq!(
            apart.numbers().collect::<Vec<_>>(),
            [1001, 1002, 1003, 1004]
        );
        assert_eq!(apart.threads, 3);
        for first in [994, 1_001, 1_004] {
            let refusal = Seeds::new(first, 8, None)?.apart(1_001, 4);
            let sentence = refusal.err().ok_or("not refused")?;
            assert!(sentence.contains("seeds 1001 to 1004"), "{sentence}");
        }
        assert!(Seeds::new(993, 8, None)?.apart(1_001, 4).is_ok());
        assert!(Seeds::new(1_005, 8, None)?.apart(1_001, 4).is_ok());
        Ok(())
    }
}
