//! Studies: tables over many seeds, printed by a command so that every
//! figure in a text can be reproduced.

mod addition;
mod benign;
mod bias;
mod claims;
mod controls;
mod descent;
mod descent_operators;
mod drift;
mod estimate;
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
mod training;
mod units;
mod validation;
mod verdict;

use super::{Error, whole};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use ntk_playground::exhibit::{EXHIBITS, Reading, Session};
use report::{Format, Report, Table};
use seeds::Seeds;
use std::path::PathBuf;
use units::{Shard, Units};

/// A study: its name, what it finds, how many seeds by default and from which on, and how.
struct Study {
    name: &'static str,
    about: &'static str,
    first: u32,
    seeds: u32,
    tables: fn(&Seeds) -> Result<Vec<Table>, String>,
}

/// The study of the claims, which has a part for every exhibit.
const CLAIMS: &str = "claims";

const STUDIES: &[Study] = &[
    Study {
        name: "spectrum",
        about: "errors, residual energy and overfitting in the spectrum exhibit",
        first: 1,
        seeds: 10,
        tables: spectrum::tables,
    },
    Study {
        name: "gate",
        about: "the SNR gates against their controls, by gradient descent and by Adam",
        first: 1,
        seeds: 8,
        tables: gate::tables,
    },
    Study {
        name: "validation",
        about: "whether the SNR gate ends as well as early stopping on a validation set",
        first: 1,
        seeds: 8,
        tables: validation::tables,
    },
    Study {
        name: "operators",
        about: "errors of the integrated kernel's identities by scheme and step size",
        first: 1,
        seeds: 6,
        tables: operators::tables,
    },
    Study {
        name: "drift",
        about: "drift and diffusion of replicas with other batches, by step size",
        seeds: 8,
        first: 1001,
        tables: drift::tables,
    },
    Study {
        name: "reservoir",
        about: "gap, reservoir and leak against width, depth and training length",
        first: 1,
        seeds: 5,
        tables: reservoir::tables,
    },
    Study {
        name: "matrix",
        about: "matrix completion by products of matrices, depth and initial size",
        first: 1,
        seeds: 8,
        tables: matrix::tables,
    },
    Study {
        name: "bias",
        about: "order of learning and distance to the minimum-norm interpolant",
        first: 1,
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
        first: 1,
        seeds: 6,
        tables: |seeds| Ok(vec![benign::DIMENSIONS.table(seeds)?]),
    },
    Study {
        name: "descent",
        about: "test error, noise gain and smallest eigenvalue against width, and random features",
        first: 1,
        seeds: 6,
        tables: descent::tables,
    },
    Study {
        name: "descent-operators",
        about: "the noise gain by operators beside that by two runs, against width",
        first: 1,
        seeds: 6,
        tables: |seeds| Ok(vec![descent_operators::table(seeds)?]),
    },
    Study {
        name: "grokking",
        about: "when networks memorise and generalise, and their kernels meanwhile",
        first: 1,
        seeds: 8,
        tables: grokking::tables,
    },
    Study {
        name: "grokking-gate",
        about: "steps to grok under the SNR gates and their controls, at equal settings and tuned",
        first: 1,
        seeds: 8,
        tables: grokking_gate::tables,
    },
    Study {
        name: "pinn",
        about: "a physics-informed network with noisy sensors: the gates and their controls",
        first: 1,
        seeds: 8,
        tables: pinn::tables,
    },
    Study {
        name: "preferences",
        about: "preference optimisation with flipped pairs: the SNR gates against their controls",
        first: 1,
        seeds: 8,
        tables: preferences::tables,
    },
    Study {
        name: "race",
        about: "the races as the page runs them, at their defaults and at further settings",
        first: 1,
        seeds: 8,
        tables: race::tables,
    },
    Study {
        name: "controls",
        about: "the best fixed step, decay and stopping step of the races' ungated arm",
        first: 41,
        seeds: 8,
        tables: controls::tables,
    },
    Study {
        name: "estimate",
        about: "the leave-one-out estimate of the test loss against the test loss",
        first: 1,
        seeds: 32,
        tables: estimate::tables,
    },
    Study {
        name: "grokking-grid",
        about: "whether networks generalise by initial size, share of the table and decay",
        first: 1,
        seeds: 3,
        tables: grokking::grid,
    },
    Study {
        name: CLAIMS,
        about: "the verdicts on every claim of every exhibit",
        first: 1001,
        seeds: 32,
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
        .subcommand(
            Command::new(MERGE)
                .about("Print the tables of a study whose shards are in a folder")
                .arg(
                    Arg::new("folder")
                        .value_name("FOLDER")
                        .required(true)
                        .value_parser(value_parser!(PathBuf)),
                )
                .arg(
                    Arg::new("partial")
                        .long("partial")
                        .help("Of the claims: leave out what is missing")
                        .action(ArgAction::SetTrue),
                )
                .arg(format()),
        )
}

/// The command that puts shards together.
const MERGE: &str = "merge";

fn format() -> Arg {
    Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .help("Summaries in columns, or every seed's value")
        .value_parser(value_parser!(Format))
        .default_value("text")
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
                .default_value(study.first.to_string()),
        )
        .arg(number("threads").help("Seeds at a time [default: one per core]"))
        .arg(
            option("out", "FOLDER")
                .help("Keep every seed's results in this folder; go on where a run stopped")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            option("shard", "K/N")
                .help("Only every N-th seed, from the K-th on; `study merge FOLDER` prints the tables")
                .value_parser(value_parser!(Shard))
                .requires("out"),
        )
        .args((study.name == CLAIMS).then(|| {
            option("only", "EXHIBITS")
                .help("Of these exhibits alone, separated by commas")
                .value_delimiter(',')
                .value_parser(EXHIBITS.iter().map(|kind| kind.name).collect::<Vec<_>>())
        }))
        .arg(format())
}

/// Runs the study that the arguments name.
///
/// # Errors
/// [`Error`].
pub fn run(arguments: &ArgMatches) -> Result<String, Error> {
    let (name, arguments) = arguments.subcommand().expect("clap requires one");
    let format = *arguments
        .get_one::<Format>("format")
        .expect("it has a default");
    let named = |name: &str| STUDIES.iter().find(|study| study.name == name);
    if name == MERGE {
        let folder = arguments
            .get_one::<PathBuf>("folder")
            .expect("clap requires it");
        let units = Units::merge(folder)?;
        let partial = arguments.get_flag("partial");
        if partial && units.study().0 != CLAIMS {
            return Err(Error::refused(
                "partial: only verdicts on claims count what is there.",
            ));
        }
        let study = named(units.study().0);
        let study = study.ok_or_else(|| format!("There is no study {}.", units.study().0))?;
        let seeds = Seeds::merged(units, partial)?;
        return printed(study, &seeds, format);
    }
    let study = named(name).expect("clap knows the studies");
    let number = |option| arguments.get_one::<u32>(option).copied();
    let (first, count) = number("first-seed")
        .zip(number("seeds"))
        .expect("they have defaults");
    let threads = number("threads").map(|threads| threads as usize);
    let mut seeds = Seeds::new(first, count, threads).map_err(Error::refused)?;
    if name == CLAIMS {
        let only = arguments.get_many::<String>("only").unwrap_or_default();
        seeds = seeds.only(only.cloned().collect());
    }
    let shard = arguments.get_one::<Shard>("shard").copied();
    if let Some(folder) = arguments.get_one::<PathBuf>("out") {
        seeds = seeds.kept(folder, study.name, shard.unwrap_or(Shard::WHOLE))?;
    }
    let text = printed(study, &seeds, format)?;
    Ok(match shard {
        // Tables of a part are of no use.
        Some(Shard { part, parts }) => format!("Part {part} of {parts} is done.\n"),
        None => text,
    })
}

fn printed(study: &Study, seeds: &Seeds, format: Format) -> Result<String, Error> {
    let tables = (study.tables)(seeds)?;
    let report = Report {
        study: study.name,
        seeds,
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
