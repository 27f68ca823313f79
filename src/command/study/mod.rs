//! Studies: tables over many seeds, printed by a command so that every
//! figure in a text can be made again.

mod descent;
mod gate;
mod kernel_gain;
mod spectrum;
mod statistics;

use super::words;
use lexopt::prelude::*;
use ntk_playground::exhibit::{Reading, Session};

/// A study: its name, what it prints, how many seeds by default, and how.
struct Study {
    name: &'static str,
    about: &'static str,
    seeds: u32,
    table: fn(u32) -> Result<String, String>,
}

const STUDIES: &[Study] = &[
    Study {
        name: "spectrum",
        about: "errors, residual energy and overfitting of the spectrum exhibit at its defaults",
        seeds: 10,
        table: spectrum::table,
    },
    Study {
        name: "gate",
        about: "the SNR gate in the spectrum exhibit beside its controls",
        seeds: 8,
        table: gate::table,
    },
    Study {
        name: "descent",
        about: "test error, noise gain and smallest eigenvalue against width, and random features",
        seeds: 6,
        table: descent::table,
    },
];

/// The studies there are, a line each.
pub fn list() -> String {
    STUDIES
        .iter()
        .map(|study| {
            format!(
                "    {:12}{} ({} seeds)\n",
                study.name, study.about, study.seeds
            )
        })
        .collect()
}

/// Runs the study that the arguments name.
///
/// # Errors
/// A sentence about what was wrong and what is allowed.
pub fn run(mut arguments: lexopt::Parser) -> Result<String, String> {
    let mut name = String::new();
    let mut seeds = None;
    while let Some(argument) = arguments.next().map_err(words)? {
        match argument {
            Value(value) => name = value.to_string_lossy().into_owned(),
            Long("seeds") => {
                let value = arguments.value().map_err(words)?;
                let count: u32 = value.parse().map_err(words)?;
                seeds = Some(count.max(1));
            }
            other => return Err(words(other.unexpected())),
        }
    }
    let study = STUDIES.iter().find(|study| study.name == name);
    let study = study.ok_or_else(|| {
        format!(
            "There is no study \u{201c}{name}\u{201d}; there are:\n{}",
            list()
        )
    })?;
    (study.table)(seeds.unwrap_or(study.seeds))
}

/// Does `work` for seeds 1..=`seeds`, on all cores, and gives the results in
/// the order of the seeds.
fn over_seeds<T: Send>(
    seeds: u32,
    work: impl Fn(u32) -> Result<T, String> + Sync,
) -> Result<Vec<T>, String> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = std::sync::atomic::AtomicU32::new(1);
    let mut done: Vec<(u32, Result<T, String>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut mine = Vec::new();
                    loop {
                        let seed = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        if seed > seeds {
                            return mine;
                        }
                        mine.push((seed, work(seed)));
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_default())
            .collect()
    });
    done.sort_by_key(|(seed, _)| *seed);
    done.into_iter().map(|(_, result)| result).collect()
}

/// A reading by name; not a number if there is none.
fn value(readings: &[Reading], name: &str) -> f64 {
    readings
        .iter()
        .find(|reading| reading.name == name)
        .map_or(f64::NAN, |reading| reading.value)
}

/// An exhibit with the given knobs; a study sets none that has to be clamped.
///
/// # Errors
/// A sentence if it does not open, or not with these very settings.
fn opened(exhibit: &str, knobs: &[(&str, &str)]) -> Result<Session, String> {
    let parameters: Vec<(String, String)> = knobs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let session = Session::open(exhibit, &parameters).map_err(|e| e.to_string())?;
    match session.notes().first() {
        Some(note) => Err(note.clone()),
        None => Ok(session),
    }
}
