//! Studies: tables over many seeds, printed by a command so that every
//! figure in a text can be reproduced.

mod addition;
mod benign;
mod bias;
mod claims;
mod descent;
mod descent_operators;
mod gate;
mod grid;
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

use super::{Error, whole};
use clap::{Arg, ArgMatches, Command, value_parser};
use ntk_playground::exhibit::{Reading, Session};
use report::{Format, Report, Table};
use seeds::Seeds;

pub use claims::VERDICTS;

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
        about: "the SNR gates against their controls, by gradient descent and by Adam",
        seeds: 8,
        tables: gate::tables,
    },
    Study {
        name: "validation",
        about: "whether the SNR gate ends as well as early stopping on a validation set",
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
        tables: |seeds| {
            Ok(vec![
                bias::ORDER.table(seeds)?,
                bias::SOLUTION.table(seeds)?,
            ])
        },
    },
    Study {
        name: "benign",
        about: "benign overfitting: test error and gains against the dimension",
        seeds: 6,
        tables: |seeds| Ok(vec![benign::DIMENSIONS.table(seeds)?]),
    },
    Study {
        name: "descent",
        about: "test error, noise gain and smallest eigenvalue against width, and random features",
        seeds: 6,
        tables: descent::tables,
    },
    Study {
        name: "descent-operators",
        about: "the noise gain by operators beside that by two runs, against width",
        seeds: 6,
        tables: |seeds| Ok(vec![descent_operators::table(seeds)?]),
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
        about: "preference optimisation with flipped pairs: the SNR gates against their controls",
        seeds: 8,
        tables: preferences::tables,
    },
    Study {
        name: "race",
        about: "the races as the page runs them, at their defaults and at further settings",
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

/// `study` and its studies.
pub fn command() -> Command {
    Command::new("study")
        .about("Print the tables of a study over seeds")
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .subcommand_value_name("STUDY")
        .subcommand_help_heading("Studies")
        .subcommands(STUDIES.iter().map(of))
}

fn of(study: &'static Study) -> Command {
    let option = |name, value_name| Arg::new(name).long(name).value_name(value_name);
    let number = |name| option(name, "N").value_parser(whole::<u32>);
    Command::new(study.name)
        .about(format!("{} ({} seeds)", study.about, study.seeds))
        .arg(
            number("seeds")
                .help("How many seeds")
                .default_value(study.seeds.to_string()),
        )
        .arg(
            number("first-seed")
                .help("The first of them")
                .default_value("1"),
        )
        .arg(number("threads").help("Seeds at a time [default: one per core]"))
        .arg(
            option("format", "FORMAT")
                .help("Summaries in columns, or every seed's value")
                .value_parser(value_parser!(Format))
                .default_value("text"),
        )
}

/// Runs the study that the arguments name.
///
/// # Errors
/// [`Error`].
pub fn run(arguments: &ArgMatches) -> Result<String, Error> {
    let given = arguments.subcommand().and_then(|(name, arguments)| {
        let study = STUDIES.iter().find(|study| study.name == name)?;
        let number = |option| arguments.get_one::<u32>(option).copied();
        let seeds = (number("first-seed")?, number("seeds")?, number("threads"));
        Some((study, seeds, *arguments.get_one::<Format>("format")?))
    });
    let (study, (first, count, threads), format) = given.expect("clap requires each of them");
    let threads = threads.map(|threads| threads as usize);
    let seeds = Seeds::new(first, count, threads).map_err(Error::refused)?;
    let tables = (study.tables)(&seeds)?;
    let report = Report {
        study: study.name,
        seeds: &seeds,
        tables: &tables,
    };
    Ok(report.print(format))
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
