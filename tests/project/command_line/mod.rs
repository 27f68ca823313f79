//! The command line: one module per claim.

mod claims_come_with_verdicts;
mod commands_in_texts_are_accepted;
mod files_hold_what_they_say;
mod help_comes_from_the_declarations;
mod length_of_a_run_is_no_knob;
mod links_of_the_page_are_replayed;
mod metrics_are_those_of_the_session;
mod status_says_how_it_ended;
mod studies_report_every_seed;
mod studies_resume_and_share;
mod unknown_values_are_blank;
mod unwritable_output_is_no_crash;
mod user_data_comes_from_a_file;
mod wrong_arguments_are_refused;

use std::path::PathBuf;
use std::process::{Command, Output};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_ntk-playground"))
}

fn run(arguments: &[&str]) -> Output {
    let output = program().args(arguments).output();
    output.expect("the binary starts")
}

/// What a command that succeeds prints.
fn printed(arguments: &[&str]) -> String {
    let out = run(arguments);
    let complaint = text(&out.stderr);
    assert_eq!(out.status.code(), Some(0), "{arguments:?}: {complaint}");
    text(&out.stdout)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// The value of a metric as printed.
fn value<'a>(printed: &'a str, metric: &str) -> Option<&'a str> {
    let lines = printed.lines().map(str::split_whitespace);
    lines
        .filter_map(|mut line| (line.next()? == metric).then(|| line.next()))
        .next()?
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

fn path(folder: &std::path::Path, name: &str) -> String {
    folder.join(name).to_string_lossy().into_owned()
}
