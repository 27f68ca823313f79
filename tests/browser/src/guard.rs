//! What runs for one browser, and its folder: gone when this is dropped, and
//! also when the program ends with it, in whatever way.

use anyhow::{Context, Result};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Whether the end of the program can be waited for.
pub const HAS_SHELL: bool = cfg!(unix);

/// Reads the groups of processes to end until nobody can name any more, and then
/// ends them. The last of them may still be writing when the folder goes.
const SCRIPT: &str = "while read -r id; do groups=\"$groups -$id\"; done
     [ -z \"$groups\" ] || kill -9 $groups
     for again in 1 2 3 4 5 6 7 8 9 10; do rm -rf -- \"$0\" && break; sleep 0.1; done";

/// Processes and their folder.
pub struct Guard {
    /// Who waits for the end, and knows it by its input, which ends then. Where there
    /// is no shell, the end of the program leaves everything behind.
    shell: Option<Child>,
    started: Vec<Child>,
    folder: PathBuf,
}

impl Guard {
    /// With a fresh folder.
    pub fn open() -> Result<Guard> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("browser-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        // One that was left behind.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        let mut shell = Command::new("sh");
        shell.args(["-c", SCRIPT]).arg(&folder);
        shell.stdin(Stdio::piped()).stdout(Stdio::null());
        Ok(Guard {
            shell: HAS_SHELL.then(|| start(&mut shell)).transpose()?,
            started: Vec::new(),
            folder,
        })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Starts a command without input, and mute unless the command says so.
    pub fn start(&mut self, command: &mut Command) -> Result<&mut Child> {
        let child = start(command.stdin(Stdio::null()))?;
        if let Some(input) = self.shell.as_mut().and_then(|shell| shell.stdin.as_mut()) {
            writeln!(input, "{}", child.id())?;
        }
        self.started.push(child);
        self.started.last_mut().context("nothing was started")
    }
}

/// Starts a command as the first of a group of its own: whatever it starts is in
/// it, and what a terminal interrupts is not.
fn start(command: &mut Command) -> Result<Child> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let name = command.get_program().to_string_lossy().into_owned();
    command
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {name}"))
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Nothing here can be reported, so nothing is.
        if let Some(shell) = &mut self.shell {
            drop(shell.stdin.take());
            let _ = shell.wait();
        }
        // Until it is waited for, nobody else gets its number.
        for child in &mut self.started {
            let _ = child.kill();
            let _ = child.wait();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    /// Whether any process of a group is left; one that has ended and that nobody
    /// has waited for yet is none.
    fn lives(group: u32) -> bool {
        let processes = std::fs::read_dir("/proc").unwrap().flatten();
        let stats = processes.filter_map(|of| std::fs::read_to_string(of.path().join("stat")).ok());
        stats.into_iter().any(|stat| {
            // The name, in parentheses, may itself hold spaces and parentheses.
            let (_, rest) = stat.rsplit_once(')').unwrap();
            let mut words = rest.split_whitespace();
            let [state, _parent, of] = [(); 3].map(|()| words.next().unwrap());
            of == group.to_string() && state != "Z"
        })
    }

    #[test]
    fn what_was_started_and_what_that_started_goes_with_its_folder() {
        let mut guard = Guard::open().unwrap();
        let folder = guard.folder().to_owned();
        let mut groups = Vec::new();
        for _ in 0..2 {
            // The second process is nobody's child as soon as the first has ended.
            let mut command = Command::new("sh");
            command.args(["-c", "(sleep 600 & sleep 600) & sleep 0.1"]);
            groups.push(guard.start(&mut command).unwrap().id());
        }
        std::thread::sleep(Duration::from_millis(300));
        assert!(groups.iter().all(|group| lives(*group)));
        assert!(folder.is_dir());
        drop(guard);
        let start = Instant::now();
        while groups.iter().any(|group| lives(*group)) {
            assert!(start.elapsed() < Duration::from_secs(5), "{groups:?}");
        }
        assert!(!folder.exists());
    }
}
