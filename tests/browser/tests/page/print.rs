//! What a printer gets: a picture of every exhibit, also of those that nobody has
//! scrolled to.

use anyhow::{Result, ensure};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use browser_tests::{Browser, Engine, Origin, check, claims};

claims! {
    full_chromium:
        every_exhibit_is_on_paper,
        a_deck_that_is_laid_out_for_paper_opens_all_of_it;
}

/// Puts what comes after the first `div` far down.
const LONG: &str = "<link rel=stylesheet href=long.css>";
const SPACE: &str = "div { height: 4000px }";

/// Bytes of what is printed. Chromium writes some canvases as pictures and some as
/// lines, so that there is nothing to count.
fn weight(browser: &Browser) -> Result<usize> {
    Ok(BASE64_STANDARD.decode(browser.print()?)?.len())
}

/// What two pictures weigh at the least, words not counted.
const TWO: usize = 12_000;

fn every_exhibit_is_on_paper(engine: Engine) {
    check(engine, |browser| {
        let near = "<ntk-playground id=near views='fit loss'></ntk-playground>";
        let far = "<div></div><ntk-playground id=far theme=dark views='fit loss'></ntk-playground>";
        let mut weights = Vec::new();
        for body in [near.to_string(), format!("{near}{far}")] {
            let _origin = Origin::site()?
                .page("long.css", SPACE)
                .open(browser, &format!("{LONG}{body}"))?;
            browser.exhibit("#near")?;
            weights.push(weight(browser)?);
        }
        ensure!(
            weights[1] > weights[0] + TWO,
            "one, and one far below: {weights:?}"
        );

        // Where not even the engine was there, it says so, and the second time it is.
        let _origin = Origin::site()?
            .page("long.css", SPACE)
            .open(browser, &format!("{LONG}{far}"))?;
        browser.run("await customElements.whenDefined('ntk-playground')", &[])?;
        let first = weight(browser)?;
        browser.exhibit("#far")?;
        let second = weight(browser)?;
        ensure!(
            second > first + TWO,
            "the first time {first}, the second {second}"
        );
        ensure!(browser.errors().is_empty(), "{:?}", browser.errors());
        Ok(())
    });
}

fn a_deck_that_is_laid_out_for_paper_opens_all_of_it(engine: Engine) {
    check(engine, |browser| {
        let body = format!("{LONG}<div></div><ntk-playground views=fit></ntk-playground>");
        let origin = Origin::site()?
            .page("long.css", SPACE)
            .elements("deck.html", &body)
            .serve()?;
        for (query, opens) in [("", false), ("?print-pdf", true), ("?view=print", true)] {
            browser.open(&format!("{}{query}", origin.test_address("deck.html")))?;
            let opened = browser.run(
                "await customElements.whenDefined('ntk-playground');
                 const element = document.querySelector('ntk-playground');
                 const opened = new Promise((done) => element.addEventListener('ntk-ready', () => done(true)));
                 return element.caption !== '' || await Promise.race([opened, new Promise((done) => setTimeout(done, 1500, false))]);",
                &[],
            )?;
            ensure!(opened == opens, "{query}: {opened}");
        }
        Ok(())
    });
}
