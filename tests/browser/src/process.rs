//! A process that ends, with all that it started, when it is dropped.

use anyhow::{Context, Result};
use std::collections::HashMap;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

/// A running process.
pub struct Process {
    child: Child,
    name: String,
}

impl Process {
    /// Starts a command without input, and mute unless the command says so.
    pub fn start(command: &mut Command) -> Result<Process> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        Ok(Process { child, name })
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its output, once, if it was asked for.
    pub fn output(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }
}

/// A process that may outlive who started it: its number, and when it started,
/// because numbers are given again.
type Trace = (u32, String);

impl Process {
    /// What runs below it now.
    pub fn below(&self) -> Vec<Trace> {
        descendants(self.child.id())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A driver that is killed leaves its browser running. Nothing here
        // can be reported, so nothing is.
        kill(&self.below());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Ends those that still run.
pub fn kill(traces: &[Trace]) {
    let alive = traces
        .iter()
        .filter(|(id, start)| stat(*id).is_some_and(|now| now.start == *start))
        .map(|(id, _)| id.to_string());
    let alive: Vec<String> = alive.collect();
    if !alive.is_empty() {
        let mut command = Command::new("kill");
        command.arg("-9").args(alive).stderr(Stdio::null());
        let _ = command.status();
    }
}

/// What the system says of a process.
struct Stat {
    parent: u32,
    start: String,
}

/// Nothing where the system does not list processes as files.
fn stat(id: u32) -> Option<Stat> {
    let text = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name, in parentheses, may itself hold spaces and parentheses.
    let (_, rest) = text.rsplit_once(')')?;
    let mut words = rest.split_whitespace().skip(1);
    Some(Stat {
        parent: words.next()?.parse().ok()?,
        // Word 22 of the whole line.
        start: words.nth(17)?.to_string(),
    })
}

/// All processes below one.
fn descendants(root: u32) -> Vec<Trace> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let mut children: HashMap<u32, Vec<Trace>> = HashMap::new();
    for entry in entries {
        let Ok(id) = entry.file_name().to_string_lossy().parse() else {
            continue;
        };
        if let Some(Stat { parent, start }) = stat(id) {
            children.entry(parent).or_default().push((id, start));
        }
    }
    let mut found = Vec::new();
    let mut next = vec![root];
    while let Some(id) = next.pop() {
        let below = children.remove(&id).unwrap_or_default();
        next.extend(below.iter().map(|(id, _)| id));
        found.extend(below);
    }
    found
}
