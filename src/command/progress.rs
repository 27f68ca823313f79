//! A line of progress on standard error, where that is a terminal.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Characters of the bar.
const WIDTH: usize = 30;
/// The line is written no more often than this.
const PAUSE: Duration = Duration::from_millis(50);

/// A line that is written over and over, and is gone at the end.
#[derive(Debug)]
pub struct Progress {
    visible: bool,
    shown: Option<Instant>,
}

impl Progress {
    /// A line that nothing has been written to yet.
    pub fn new() -> Self {
        Self {
            visible: std::io::stderr().is_terminal(),
            shown: None,
        }
    }

    /// A bar for the share that is done, from 0 to 1, its percentage, and
    /// words behind it.
    pub fn show(&mut self, share: f64, words: &str) {
        self.write(&line(share), words, share >= 1.0);
    }

    /// Words alone, where nobody knows how much there is to do.
    pub fn say(&mut self, words: &str) {
        self.write("", words, false);
    }

    fn write(&mut self, bar: &str, words: &str, now: bool) {
        let recent = self.shown.is_some_and(|shown| shown.elapsed() < PAUSE);
        if !self.visible || (recent && !now) {
            return;
        }
        eprint!("\r\x1b[K{bar}{words}");
        // Progress that cannot be shown is no reason to stop.
        let _ = std::io::stderr().flush();
        self.shown = Some(Instant::now());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown.is_some() {
            eprint!("\r\x1b[K");
        }
    }
}

fn line(share: f64) -> String {
    let share = share.clamp(0.0, 1.0);
    let full = (share * WIDTH as f64) as usize;
    format!(
        "[{}{}] {:3.0} %  ",
        "#".repeat(full),
        "-".repeat(WIDTH - full),
        (100.0 * share).floor()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_full_at_the_end_only() {
        assert_eq!(line(0.0), format!("[{}]   0 %  ", "-".repeat(30)));
        assert_eq!(line(1.0), format!("[{}] 100 %  ", "#".repeat(30)));
        assert_eq!(line(2.0), line(1.0));
        assert!(line(0.999).contains("-]  99 %"));
    }
}
