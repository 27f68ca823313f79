//! A page that shows and hides exhibits for hours does not fill the memory.

use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Engine, INSTANCES, Origin, check, claims};
use serde_json::json;

claims! {
    full_chromium:
        a_hundred_exhibits_later_the_memory_is_as_full_as_after_the_first,
        a_hundred_large_exhibits_later_as_well;
}

/// Mounts an element, runs it and removes it, so many times.
const ROUNDS: &str = "
    const [exhibit, count] = arguments;
    await customElements.whenDefined('ntk-playground');
    window.mounted ??= [];
    for (let round = 0; round < count; round += 1) {
      const element = document.createElement('ntk-playground');
      element.setAttribute('exhibit', exhibit);
      document.body.append(element);
      mounted.push(new WeakRef(element));
      await element.ready;
      await element.step(5);
      element.remove();
      // What is moved is not removed: the element waits a moment to be sure.
      await new Promise((done) => setTimeout(done, 20));
    }";

/// Bytes of the module's memory and of JavaScript's, and how many elements are
/// still there.
const SIZES: &str = "
    const [exhibit] = arguments;
    await new Promise((done) => setTimeout(done, 300));
    const module = engineMemory(exhibit).buffer.byteLength;
    for (let round = 0; round < 4; round += 1) {
      gc();
      await new Promise((done) => setTimeout(done, 50));
    }
    return [module, performance.memory.usedJSHeapSize, mounted.filter((one) => one.deref()).length];";

/// How much more of the module's memory there may be than after the first.
const ROOM: f64 = 1.05;
/// How much of JavaScript's memory may be left behind, in bytes: compiled code,
/// and the browser's own list of slow frames, of which the first has little.
/// The elements themselves must all be gone.
const LEFT: f64 = 0.8e6;

struct Sizes {
    module: f64,
    scripts: f64,
    /// Elements that are still there.
    alive: u64,
}

fn sizes(browser: &Browser, exhibit: &str) -> Result<Sizes> {
    let sizes = browser.run(SIZES, &[json!(exhibit)])?;
    Ok(Sizes {
        module: sizes[0].as_f64().context("the memory has a size")?,
        scripts: sizes[1].as_f64().context("that of scripts has a size")?,
        alive: sizes[2].as_u64().context("elements are counted")?,
    })
}

fn hundred(browser: &Browser, exhibit: &str) -> Result<()> {
    let _origin = Origin::site()?.before(INSTANCES).open(browser, "")?;
    browser.run(ROUNDS, &[json!(exhibit), json!(1)])?;
    let first = sizes(browser, exhibit)?;
    ensure!(
        first.module > 1_000_000.0,
        "it is the memory of the elements: {}",
        first.module
    );
    // A script may not take too long.
    for _ in 0..10 {
        browser.run(ROUNDS, &[json!(exhibit), json!(10)])?;
    }
    let last = sizes(browser, exhibit)?;
    println!(
        "{}, {exhibit}: module {:.2} to {:.2} MB; scripts {:.2} to {:.2} MB; {} elements left",
        browser.engine(),
        first.module / 1e6,
        last.module / 1e6,
        first.scripts / 1e6,
        last.scripts / 1e6,
        last.alive
    );
    assert!(
        last.module <= ROOM * first.module,
        "the module's memory grows from {} to {}",
        first.module,
        last.module
    );
    // The last one may still be what the browser points at.
    assert!(
        last.alive <= 1,
        "{} of 101 elements are still there",
        last.alive
    );
    assert!(
        last.scripts - first.scripts < LEFT,
        "the memory of scripts grows from {} to {}",
        first.scripts,
        last.scripts
    );
    Ok(())
}

fn a_hundred_exhibits_later_the_memory_is_as_full_as_after_the_first(engine: Engine) {
    check(engine, |browser| hundred(browser, "spectrum"));
}

fn a_hundred_large_exhibits_later_as_well(engine: Engine) {
    check(engine, |browser| hundred(browser, "grokking"));
}
