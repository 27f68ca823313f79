//! Browsers between two tests. To start one takes more of a processor than most
//! tests do: seven seconds of it for Firefox, two for the others.
//!
//! What a test changes in a window goes with the window; a page keeps nothing
//! beyond that (`tests/page/network.rs`), and every test has an origin of its own.

use crate::driver::Driver;
use crate::guard;
use crate::options::Options;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// They end with the program, by their guards.
static IDLE: Mutex<Vec<(Options, Driver)>> = Mutex::new(Vec::new());

fn idle() -> MutexGuard<'static, Vec<(Options, Driver)>> {
    // A list is as good after a panic as before.
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A browser with a fresh window, if one is idle.
pub fn take(options: &Options) -> Option<Driver> {
    let mut idle = idle();
    let at = idle.iter().position(|(of, _)| of == options)?;
    Some(idle.swap_remove(at).1)
}

/// Keeps a browser for the next test; one set up for few tests ends.
pub fn keep(driver: Driver, options: Options) {
    let usual = options == Options::of(options.engine);
    if guard::HAS_SHELL && usual && driver.renew(&options).is_ok() {
        idle().push((options, driver));
    }
}
