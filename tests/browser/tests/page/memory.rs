//! A page that shows and hides exhibits for hours does not fill the memory.

use anyhow::{Context, Result};
use browser_tests::{Browser, Engine, Origin, check, claims};

claims!(removing_an_element_frees_what_it_held,);

/// A page of its own gives its tests the memory of the first exhibit's engine. Asking for it in a
/// test's script is not enough: Firefox runs those beside the page, where an
/// import makes a second module.
pub const MODULE: &str = "import engine from '../ntk_spectrum.js';
    window.engineMemory = async () => (await engine()).memory;";
pub const SCRIPT: &str = "<script type=module src=memory.js></script>";

/// Mounts an element, runs it and removes it, so many times. Answers the size
/// of the module's memory.
const ROUNDS: &str = "
    const [count] = arguments;
    await customElements.whenDefined('ntk-playground');
    for (let round = 0; round < count; round += 1) {
      const element = document.createElement('ntk-playground');
      element.setAttribute('exhibit', 'spectrum');
      document.body.append(element);
      await element.ready;
      await element.step(5);
      element.remove();
      // What is moved is not removed: the element waits a moment to be sure.
      await new Promise((done) => setTimeout(done, 20));
    }
    await new Promise((done) => setTimeout(done, 300));
    return (await engineMemory()).buffer.byteLength;";

fn size_after(browser: &Browser, rounds: u32) -> Result<u64> {
    browser
        .run(ROUNDS, &[rounds.into()])?
        .as_u64()
        .context("the memory has a size")
}

fn removing_an_element_frees_what_it_held(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?
            .page("memory.js", MODULE)
            .elements("empty.html", SCRIPT)
            .serve()?;
        browser.open(&origin.test_address("empty.html"))?;
        let early = size_after(browser, 10)?;
        assert!(
            early > 2_000_000,
            "it is the memory of the elements: {early}"
        );
        let late = size_after(browser, 40)?;
        assert_eq!(early, late, "the module's memory grows with every element");
        Ok(())
    });
}
