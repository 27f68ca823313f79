//! The command line: the same exhibits without a browser, and the studies
//! behind the figures in the documentation.

mod command;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let printed = command::run(std::env::args_os()).and_then(|(text, status)| {
        print(&text)?;
        Ok(status)
    });
    match printed {
        Ok(status) => status.into(),
        Err(error) => {
            command::report(&error.text);
            error.status.into()
        }
    }
}

/// Writes to standard output. A reader that has closed it wants no more.
fn print(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("standard output: {error}."))
        }
        _ => Ok(()),
    }
}
