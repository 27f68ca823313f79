//! One test: a browser, some steps, and what is kept when they fail.

use crate::browser::Browser;
use crate::options::Options;
use anyhow::Result;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use xtask::browsers::Engine;

/// Runs steps in a window of usual size.
///
/// # Panics
/// When a step fails, or a page has reported an error by the end.
pub fn check(engine: Engine, steps: impl FnOnce(&Browser) -> Result<()>) {
    check_with(&Options::of(engine), steps);
}

/// Runs steps in a window.
///
/// # Panics
/// When a step fails, or a page has reported an error by the end.
pub fn check_with(options: &Options, steps: impl FnOnce(&Browser) -> Result<()>) {
    let browser = match Browser::start(options) {
        Ok(browser) => browser,
        Err(error) => panic!("{error:#}"),
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        if let Err(error) = steps(&browser) {
            panic!("{error:#}");
        }
        let errors = browser.errors();
        assert!(
            errors.is_empty(),
            "the page reported:\n{}",
            errors.join("\n")
        );
    }));
    let Err(panic) = outcome else {
        browser.leave();
        return;
    };
    match keep(&browser) {
        Ok(folder) => eprintln!("What it looked like is in {}", folder.display()),
        Err(error) => eprintln!("Nothing could be kept of it: {error:#}"),
    }
    // The browser closes while this unwinds.
    resume_unwind(panic);
}

/// Keeps a picture and the console under the name of the test.
fn keep(browser: &Browser) -> Result<PathBuf> {
    let thread = std::thread::current();
    let engine = browser.engine();
    let name = thread.name().unwrap_or("test");
    let name = name.replace(&format!("{engine}::"), "").replace("::", "-");
    let folder = engine.folder()?.join(name);
    std::fs::create_dir_all(&folder)?;
    let picture = BASE64_STANDARD.decode(browser.screenshot()?)?;
    std::fs::write(folder.join("screen.png"), picture)?;
    let errors = browser.errors().join("\n");
    let text = format!("{}\n\nErrors:\n{errors}\n", browser.console());
    std::fs::write(folder.join("console.txt"), text)?;
    Ok(folder)
}
