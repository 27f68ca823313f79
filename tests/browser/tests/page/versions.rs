//! Files of two versions never meet: what was kept of an older one leads to the
//! present one, and a page that is older than its server says so.

use anyhow::ensure;
use browser_tests::{Engine, Fault, Origin, check, claims};

claims! {
    fast_chromium:
        a_script_that_is_older_than_the_site_finds_the_present_one,
        a_page_that_is_older_than_the_site_says_so;
}

/// The file that other pages include.
const STUB: &str = "./ntk-playground.js";

fn a_script_that_is_older_than_the_site_finds_the_present_one(engine: Engine) {
    check(engine, |browser| {
        let _origin = Origin::site()?
            .fault(STUB, 1, Fault::Older)
            .open(browser, "<ntk-playground></ntk-playground>")?;
        browser.exhibit("ntk-playground")?.step(3)?;
        // The browser tells of the folder that is gone.
        browser.forget_errors();

        // Where it stays away, nothing is asked for in a circle.
        let origin = Origin::site()?
            .fault(STUB, usize::MAX, Fault::Older)
            .open(browser, "<ntk-playground></ntk-playground>")?;
        browser.wait(
            "both attempts",
            5.0,
            "return performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/ntk-playground.js')).length >= 3",
            &[],
        )?;
        let asked = origin.asked();
        let stubs = asked.iter().filter(|one| *one == "GET /ntk-playground.js");
        ensure!(stubs.count() == 2, "{asked:?}");
        browser.forget_errors();
        Ok(())
    });
}

fn a_page_that_is_older_than_the_site_says_so(engine: Engine) {
    check(engine, |browser| {
        for (file, says) in [
            ("", "could not be loaded"),
            (STUB, "was updated on its server"),
        ] {
            let mut site = Origin::site()?.fault("numbers.js", 1, Fault::Missing);
            if !file.is_empty() {
                site = site.fault(file, usize::MAX, Fault::Older);
            }
            let origin = site.serve()?;
            browser.open(&origin.address(""))?;
            let exhibit = browser.exhibit("#spectrum")?;
            exhibit.action("Numbers")?;
            let told = exhibit.wait(
                "what is told",
                10.0,
                "return root.querySelector('.note:not([hidden])')?.textContent",
            )?;
            ensure!(
                told.as_str().is_some_and(|told| told.contains(says)),
                "{told}"
            );
            browser.forget_errors();
        }
        Ok(())
    });
}
