//! Studies: tables over many seeds, printed by a command so that every
//! figure in a text can be made again.

mod addition;
mod benign;
mod bias;
mod claims;
mod descent;
mod gate;
mod grokking;
mod grokking_gate;
mod grokking_tuned;
mod kernel_gain;
mod matrix;
mod operators;
mod pinn;
mod preferences;
mod race;
mod report;
mod reservoir;
mod seeds;
mod spectrum;
mod statistics;
mod training;
mod validation;

use super::{entry, words};
use lexopt::prelude::*;
use ntk_playground::exhibit::{Reading, Session};
use report::{Format, Report, Table};
use seeds::Seeds;

/// A study: its name, what it finds, how many seeds by default, and how.
struct Study {
    name: &'static str,
    about: &'static str,
    seeds: u32,
    tables: fn(&Seeds) -> Result<Vec<Table>, String>,
}

const STUDIES: &[Study] = &[
    Study {
        name: "spectrum",
        about: "errors, residual energy and overfitting in the spectrum exhibit",
        seeds: 10,
        tables: spectrum::tables,
    },
    Study {
        name: "gate",
        about: "the SNR gates beside their controls, by gradient descent and by Adam",
        seeds: 8,
        tables: gate::tables,
    },
    Study {
        name: "validation",
        about: "whether the SNR gate ends as well as a validation set would stop",
        seeds: 8,
        tables: validation::tables,
    },
    Study {
        name: "operators",
        about: "errors of the integrated kernel's identities by scheme and step size",
        seeds: 6,
        tables: operators::tables,
    },
    Study {
        name: "reservoir",
        about: "gap, reservoir and leak against width, depth and training length",
        seeds: 5,
        tables: reservoir::tables,
    },
    Study {
        name: "matrix",
        about: "matrix completion by products of matrices, depth and initial size",
        seeds: 8,
        tables: matrix::tables,
    },
    Study {
        name: "bias",
        about: "order of learning and distance to the minimum-norm interpolant",
        seeds: 6,
        tables: bias::tables,
    },
    Study {
        name: "benign",
        about: "benign overfitting: test error and gains against the dimension",
        seeds: 6,
        tables: benign::tables,
    },
    Study {
        name: "descent",
        about: "test error, noise gain and smallest eigenvalue against width, and random features",
        seeds: 6,
        tables: descent::tables,
    },
    Study {
        name: "grokking",
        about: "when networks memorise and generalise, and their kernels meanwhile",
        seeds: 8,
        tables: grokking::tables,
    },
    Study {
        name: "grokking-gate",
        about: "steps to grok under the SNR gates and their controls, at equal settings and tuned",
        seeds: 8,
        tables: grokking_gate::tables,
    },
    Study {
        name: "pinn",
        about: "a physics-informed network with noisy sensors: the gates and their controls",
        seeds: 8,
        tables: pinn::tables,
    },
    Study {
        name: "preferences",
        about: "preference optimisation with flipped pairs: the SNR gates beside their controls",
        seeds: 8,
        tables: preferences::tables,
    },
    Study {
        name: "race",
        about: "the gate on trial as the page runs it: every race at its defaults and as tried",
        seeds: 8,
        tables: race::tables,
    },
    Study {
        name: "claims",
        about: "the verdicts on every claim of every exhibit",
        seeds: 8,
        tables: claims::tables,
    },
];

/// The studies there are, a line each.
pub fn list() -> String {
    STUDIES
        .iter()
        .map(|study| {
            let about = format!("{} ({} seeds)", study.about, study.seeds);
            entry(&format!("    {}", study.name), 19, &about)
        })
        .collect()
}

/// Runs the study that the arguments name.
///
/// # Errors
/// A sentence about what was wrong and what is allowed.
pub fn run(mut arguments: lexopt::Parser) -> Result<String, String> {
    let mut name = None;
    let (mut first, mut count, mut threads) = (1, None, None);
    let mut format = Format::Text;
    while let Some(argument) = arguments.next().map_err(words)? {
        match argument {
            Value(value) if name.is_none() => name = Some(value.to_string_lossy().into_owned()),
            Long("seeds") => count = Some(whole("seeds", &mut arguments)?),
            Long("first-seed") => first = whole("first-seed", &mut arguments)?,
            Long("threads") => threads = Some(whole("threads", &mut arguments)? as usize),
            Long("format") => {
                let value = arguments.value().map_err(words)?;
                let value = value.to_string_lossy();
                format = Format::named(&value).ok_or_else(|| {
                    format!("format: \u{201c}{value}\u{201d} is not one of text, csv, json.")
                })?;
            }
            other => return Err(words(other.unexpected())),
        }
    }
    let Some(name) = name else {
        return Err(format!("study: say which study. There are:\n{}", list()));
    };
    let study = STUDIES.iter().find(|study| study.name == name);
    let study = study.ok_or_else(|| {
        format!(
            "There is no study \u{201c}{name}\u{201d}; there are:\n{}",
            list()
        )
    })?;
    let seeds = Seeds::new(first, count.unwrap_or(study.seeds), threads)?;
    let tables = (study.tables)(&seeds)?;
    let report = Report {
        study: study.name,
        seeds: &seeds,
        tables: &tables,
    };
    Ok(report.print(format))
}

/// The value of an option that takes a whole number.
fn whole(option: &str, arguments: &mut lexopt::Parser) -> Result<u32, String> {
    let value = arguments.value().map_err(words)?;
    let text = value.to_string_lossy();
    text.parse().map_err(|_| {
        format!(
            "{option}: \u{201c}{text}\u{201d} is not a whole number from 0 to {}.",
            u32::MAX
        )
    })
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
    match session.notes().first().or(session.unknown().first()) {
        Some(wrong) => Err(wrong.clone()),
        None => Ok(session),
    }
}
