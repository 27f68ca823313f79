//! Commands and their options. Exhibits, knobs and their help come from the
//! declarations: nothing is listed twice.

mod exhibit;
mod knob;
mod progress;
mod sheet;
mod study;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use clap_complete::Shell;
use ntk_playground::exhibit::{EXHIBITS, ExhibitKind};
use std::ffi::OsString;
use std::io::Write;
use std::str::FromStr;

/// Exit status after arguments that are refused, as clap has it.
const REFUSED: u8 = 2;
/// Exit status of a run whose training diverged.
const DIVERGED: u8 = 3;

const STATUS: &str = "\
Exit status:
  0  The command finished.
  1  A file or standard output could not be written, or a study failed.
  2  An argument was refused.
  3  Training diverged.";

/// Why a command did not finish: the text for standard error, and the exit
/// status.
#[derive(Debug)]
pub struct Error {
    /// A sentence about what was wrong and what is allowed.
    pub text: String,
    /// Exit status.
    pub status: u8,
}

impl Error {
    /// Of arguments that do not go together, or not with this exhibit.
    fn refused(sentence: impl ToString) -> Self {
        Self {
            status: REFUSED,
            ..sentence.to_string().into()
        }
    }
}

impl From<String> for Error {
    fn from(sentence: String) -> Self {
        Self {
            text: format!("error: {sentence}"),
            status: 1,
        }
    }
}

impl From<clap::Error> for Error {
    fn from(error: clap::Error) -> Self {
        Self {
            text: error.to_string(),
            status: REFUSED,
        }
    }
}

/// Does what the arguments, the program's name first, ask for. Returns the
/// text for standard output and the exit status.
///
/// # Errors
/// [`Error`].
pub fn run(arguments: impl Iterator<Item = OsString>) -> Result<(String, u8), Error> {
    let matches = match command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(help) if !help.use_stderr() => return Ok((help.to_string(), 0)),
        Err(error) => return Err(error.into()),
    };
    let finished = |text| Ok((text, 0));
    match matches.subcommand() {
        Some(("run", arguments)) => exhibit::run(arguments),
        Some(("study", arguments)) => study::run(arguments).and_then(finished),
        Some(("completions", arguments)) => finished(completions(arguments)),
        Some((_, arguments)) if arguments.get_flag("json") => finished(list_json()),
        _ => finished(EXHIBITS.iter().map(|kind| list(kind)).collect()),
    }
}

/// Writes a line to standard error. Where nobody can read it, nothing is left
/// to be done.
pub fn report(line: &str) {
    let _ = writeln!(std::io::stderr(), "{}", line.trim_end());
}

fn command() -> Command {
    let json = Arg::new("json")
        .long("json")
        .help("Print names, titles, views and knobs as JSON")
        .action(ArgAction::SetTrue);
    let shell = Arg::new("shell")
        .value_name("SHELL")
        .required(true)
        .value_parser(value_parser!(Shell));
    Command::new("ntk-playground")
        .version(env!("CARGO_PKG_VERSION"))
        .about("The exhibits of ntk-playground without a browser, and its studies")
        .after_help(STATUS)
        .max_term_width(100)
        .arg_required_else_help(true)
        .subcommand_required(true)
        .subcommand(
            Command::new("list")
                .about("List the exhibits with their views and knobs")
                .arg(json),
        )
        .subcommand(exhibit::command())
        .subcommand(study::command())
        .subcommand(
            Command::new("completions")
                .about("Print a completion script for a shell")
                .arg(shell),
        )
}

fn completions(arguments: &ArgMatches) -> String {
    let mut script = Vec::new();
    if let Some(shell) = arguments.get_one::<Shell>("shell") {
        clap_complete::generate(*shell, &mut command(), "ntk-playground", &mut script);
    }
    String::from_utf8_lossy(&script).into_owned()
}

fn list(kind: &ExhibitKind) -> String {
    let views: Vec<&str> = kind.views.iter().map(|view| view.name).collect();
    Command::new(kind.name)
        .about(format!(
            "{}: {}\nViews: {}",
            kind.name,
            kind.title,
            views.join(", ")
        ))
        .args(kind.knobs.iter().map(knob::argument))
        .disable_help_flag(true)
        .max_term_width(100)
        .help_template("{about}\n{all-args}")
        .render_help()
        .to_string()
        + "\n\n"
}

/// The same as the page has it: name, title, views and knobs.
fn list_json() -> String {
    let kind = |kind: &&ExhibitKind| {
        serde_json::json!({
            "name": kind.name,
            "title": kind.title,
            "views": kind.views,
            "knobs": kind.knobs,
        })
    };
    let kinds: serde_json::Value = EXHIBITS.iter().map(kind).collect();
    format!("{kinds}\n")
}

/// Reads the value of an option that takes a whole number.
fn whole<T: FromStr>(text: &str) -> Result<T, &'static str> {
    text.parse().map_err(|_| "It is not a whole number.")
}

/// A number as every table writes it; nothing where it is unknown.
fn number(value: f64) -> String {
    match value.is_nan() {
        true => String::new(),
        false => value.to_string(),
    }
}
