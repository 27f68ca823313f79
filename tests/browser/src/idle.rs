//! Browsers between two claims of one file. To start one takes more of a processor
//! than most claims do: seven seconds of it for Firefox, two for the others.
//!
//! What a claim changes in a window goes with the window; a page keeps nothing
//! beyond that (`tests/page/network.rs`), and every claim has an origin of its own.
//! A browser ends as soon as a claim of another file or engine begins: kept any
//! longer it takes time from the claims that run.

use crate::driver::Driver;
use crate::guard;
use crate::options::Options;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// As many as claims run at once.
const MOST: usize = 2;

struct Idle {
    /// File and engine whose claims it is for.
    group: String,
    options: Options,
    driver: Driver,
}

/// The last of them end with the program, by their guards.
static IDLE: Mutex<Vec<Idle>> = Mutex::new(Vec::new());

fn idle() -> MutexGuard<'static, Vec<Idle>> {
    // A list is as good after a panic as before.
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// File and engine of the claim that this thread judges: the test runner names
/// threads `FILE::ENGINE::CLAIM`.
fn group() -> String {
    let thread = std::thread::current();
    let name = thread.name().unwrap_or_default();
    let (group, _claim) = name.rsplit_once("::").unwrap_or_default();
    group.to_owned()
}

/// A browser with a fresh window, if one is idle. Those of other files end.
pub fn take(options: &Options) -> Option<Driver> {
    let group = group();
    let (mut ours, others): (Vec<Idle>, Vec<Idle>) =
        idle().drain(..).partition(|one| one.group == group);
    // After the lock is gone: to end a browser takes its time.
    drop(others);
    let at = ours.iter().position(|one| one.options == *options);
    let taken = at.map(|at| ours.swap_remove(at).driver);
    idle().append(&mut ours);
    taken
}

/// Keeps a browser for the next claim of its file.
pub fn keep(driver: Driver, options: Options) {
    let group = group();
    if !guard::HAS_SHELL || group.is_empty() || driver.renew(&options).is_err() {
        return;
    }
    let mut all = idle();
    all.push(Idle {
        group,
        options,
        driver,
    });
    let surplus = all.len().saturating_sub(MOST);
    let ended: Vec<Idle> = all.drain(..surplus).collect();
    drop(all);
    drop(ended);
}
