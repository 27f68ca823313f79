//! A reader that closes its end of the pipe ends a command quietly; a full
//! disk ends it with a sentence. Neither is a crash.

use super::{program, text};
use std::process::Stdio;

const COMMANDS: [&[&str]; 11] = [
    &["--help"],
    &["--version"],
    &["list"],
    &["list", "--json"],
    &["run", "--help"],
    &["run", "race", "--help"],
    &[
        "run", "spectrum", "--widths", "8", "--until", "1", "--claims",
    ],
    &["study", "--help"],
    &["study", "spectrum", "--help"],
    &["study", "spectrum", "--seeds", "1", "--threads", "2"],
    &["completions", "bash"],
];

/// The status and the message of a command that writes there.
fn ended(arguments: &[&str], stdout: impl Into<Stdio>) -> (Option<i32>, String) {
    let child = program()
        .args(arguments)
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn();
    let output = child.and_then(std::process::Child::wait_with_output);
    let output = output.expect("the binary runs");
    (output.status.code(), text(&output.stderr))
}

#[test]
fn a_closed_pipe_is_quiet() {
    for arguments in COMMANDS {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let (status, message) = ended(arguments, writer);
        assert_eq!((status, &message[..]), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_sentence() {
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full");
    for arguments in COMMANDS {
        let (status, message) = ended(arguments, full().expect("the full device"));
        assert_eq!(status, Some(1), "{arguments:?}");
        assert!(
            message.starts_with("error: standard output: No space left"),
            "{message}"
        );
        assert_eq!(message.lines().count(), 1, "{message}");
    }
    // An error that cannot be written keeps its status.
    let child = program()
        .args(["run", "spectre"])
        .stderr(full().expect("the full device"))
        .status();
    assert_eq!(child.expect("the binary runs").code(), Some(2));
}
