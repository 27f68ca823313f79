//! The seeds of a study, and work that is done for each of them.

use super::units::{Shard, Unit, Units};
use crate::command::progress;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Which seeds, how many at a time, and where their results are kept.
#[derive(Debug)]
pub struct Seeds {
    first: u32,
    count: u32,
    threads: usize,
    shard: Shard,
    units: Option<Arc<Units>>,
    /// Names of the parts of a study that are wanted; empty for all.
    only: Vec<String>,
    /// Whether units that are missing are left out.
    partial: bool,
    /// How often [`Seeds::each`] was called, here and on the seeds [`Seeds::apart`]: tables go
    /// over the seeds once for every row.
    passes: Arc<AtomicU64>,
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
            shard: Shard::WHOLE,
            units: None,
            only: Vec::new(),
            partial: false,
            passes: Arc::default(),
        })
    }

    /// Those of a shard alone, with their results kept in a folder.
    ///
    /// # Errors
    /// A sentence if the shard has no seed, or as for [`Units::open`].
    pub fn kept(self, folder: &Path, study: &str, shard: Shard) -> Result<Self, String> {
        if shard.part > self.count {
            let Self { count, .. } = self;
            return Err(format!("shard: {count} seeds have no part {}.", shard.part));
        }
        let units = Units::open(folder, study, &self.to_string(), shard)?;
        Ok(Self {
            shard,
            units: Some(Arc::new(units)),
            ..self
        })
    }

    /// Only these parts of the study.
    pub fn only(self, only: Vec<String>) -> Self {
        Self { only, ..self }
    }

    /// Whether a part of the study is wanted. If not, `rows` of its rows are passed over.
    pub fn wants(&self, part: &str, rows: u64) -> bool {
        let wanted = self.only.is_empty() || self.only.iter().any(|only| only == part);
        if !wanted {
            self.passes.fetch_add(rows, Ordering::Relaxed);
        }
        wanted
    }

    /// The seeds of units that were computed elsewhere; where `partial`, seeds that are missing
    /// are left out.
    ///
    /// # Errors
    /// A sentence if they do not say which.
    pub fn merged(units: Units, partial: bool) -> Result<Self, String> {
        let (_, text) = units.study();
        let numbers = text.split(' ').filter_map(|word| word.parse().ok());
        let (first, last) = match numbers.collect::<Vec<u32>>()[..] {
            [one] => (one, one),
            [first, last] if first <= last => (first, last),
            _ => return Err(format!("\u{201c}{text}\u{201d} are no seeds.")),
        };
        let seeds = Self::new(first, last - first + 1, None)?;
        Ok(Self {
            units: Some(Arc::new(units)),
            partial,
            ..seeds
        })
    }

    /// `count` seeds from `first` on, as many at a time as these: for what is
    /// chosen before it is tried on these. Every shard goes over all of them.
    ///
    /// # Errors
    /// A sentence if one of them is among these, or as for [`Seeds::new`].
    pub fn apart(&self, first: u32, count: u32) -> Result<Self, String> {
        let apart = Self {
            units: self.units.clone(),
            passes: Arc::clone(&self.passes),
            ..Self::new(first, count, Some(self.threads))?
        };
        let all = self.first..=self.first + (self.count - 1);
        match all
            .into_iter()
            .find(|seed| apart.numbers().any(|other| other == *seed))
        {
            Some(seed) => Err(format!(
                "first-seed: the study chooses its settings on {apart}, and seed {seed} is one \
                 of them. Take others."
            )),
            None => Ok(apart),
        }
    }

    /// The seeds of the shard, in order.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        let (first, shard) = (self.first, self.shard);
        let mine = (0..self.count).filter(move |i| shard.has(*i));
        mine.map(move |i| first + i)
    }

    /// The first of all seeds.
    pub fn first(&self) -> u32 {
        self.first
    }

    /// Does `work` for every seed of the shard, several at a time, and gives the results
    /// in the order of the seeds. How many threads there are cannot show in
    /// the results. `of` says what the row is of; results that are kept are not computed again.
    ///
    /// # Errors
    /// Those of `work`; the one of the smallest seed if there are several. Those of [`Units`].
    pub fn each<T: Unit>(
        &self,
        of: &str,
        work: impl Fn(u32) -> Result<T, String> + Sync,
    ) -> Result<Vec<T>, String> {
        let pass = self.passes.fetch_add(1, Ordering::Relaxed) + 1;
        let kept = |seed| {
            let Some(units) = &self.units else {
                return work(seed);
            };
            if let Some(known) = units.get(pass, of, seed)? {
                return Ok(known);
            }
            let result = work(seed)?;
            units.put(pass, of, seed, &result)?;
            Ok(result)
        };
        let there = |seed: &u32| match &self.units {
            Some(units) if self.partial => units.has(pass, of, *seed),
            _ => true,
        };
        let numbers: Vec<u32> = self.numbers().filter(there).collect();
        let next = AtomicUsize::new(0);
        let text = format!("row {pass}, {{pos}} of {{len}} seeds");
        let bar = progress::bar(Some(numbers.len() as u64), &text);
        let mut done: Vec<(usize, Result<T, String>)> = std::thread::scope(|scope| {
            let one_after_another = || {
                let mut mine = Vec::new();
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(seed) = numbers.get(i) else {
                        return mine;
                    };
                    mine.push((i, kept(*seed)));
                    bar.inc(1);
                }
            };
            let threads = self.threads.min(numbers.len());
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
