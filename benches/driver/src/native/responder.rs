//! A program that answers each line with a line.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use xtask::project;

/// A started program, ended when it is dropped.
pub struct Responder {
    name: &'static str,
    program: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Responder {
    /// Starts a program under a name for messages.
    pub fn start(name: &'static str, command: &mut Command) -> Result<Responder> {
        let mut program = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let requests = program.stdin.take().context("no way to ask")?;
        let answers = program.stdout.take().context("no way to answer")?;
        Ok(Responder {
            name,
            program,
            requests,
            answers: BufReader::new(answers),
        })
    }

    /// The next line that it says.
    pub fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        ensure!(!line.is_empty(), "{} has ended", self.name);
        Ok(line.trim_end().into())
    }

    /// Sends a request and waits for the answer, as text: numbers that only
    /// pass through keep their last digit.
    pub fn ask(&mut self, request: &str) -> Result<String> {
        writeln!(self.requests, "{request}")
            .and_then(|()| self.requests.flush())
            .with_context(|| format!("{} has ended", self.name))?;
        self.line()
    }

    /// Sends a request and reads the answer.
    pub fn value(&mut self, request: &str) -> Result<Value> {
        let answer = self.ask(request)?;
        serde_json::from_str(&answer)
            .with_context(|| format!("{} on {request}: {answer:.80}", self.name))
    }
}

impl Drop for Responder {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// A command that stays on one core, always the same one, where the system
/// can be asked for that.
pub fn pinned(program: &Path) -> Command {
    match (project::on_path("taskset"), last_core()) {
        (Some(taskset), Some(core)) => {
            let mut command = Command::new(taskset);
            command.args([OsStr::new("-c"), core.as_ref(), program.as_ref()]);
            command
        }
        _ => Command::new(program),
    }
}

/// The last core that this program may use: the first one has most to do for
/// the system.
fn last_core() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let mut lines = status.lines();
    let cores = lines.find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    cores.trim().rsplit([',', '-']).next().map(String::from)
}
