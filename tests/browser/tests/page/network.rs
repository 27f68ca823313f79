//! The page is its own files, wherever they lie, and asks for nothing else.

use anyhow::Result;
use browser_tests::{Browser, Engine, Origin, check, claims};
use std::collections::BTreeMap;

claims! {
    fast_chromium:
        the_first_view_asks_for_these_files_and_no_other;
    full:
        it_works_below_any_path,
        nothing_is_stored_about_the_reader;
}

/// All that the first view asks for, once each. Whoever adds a file to it
/// makes the page slower for everybody.
const FIRST_VIEW: [&str; 11] = [
    "",
    "forward.js",
    "ntk-playground.js",
    "ntk_spectrum_bg.wasm",
    "ntk_spectrum_instance.js",
    "page.css",
    "page.js",
    "theme-watch.js",
    "theme.js",
    "tokens.css",
    "verdicts.js",
];

/// Names of the files of the site that were asked for, each with how often, without
/// the folder of the version. The icon is left out: not every browser without a window shows one.
pub fn files(origin: &Origin) -> BTreeMap<String, usize> {
    let mut files = BTreeMap::new();
    for request in origin.asked() {
        let path = request.strip_prefix("GET /").unwrap_or(&request);
        let path = match path.split_once('/') {
            Some((version, name)) if version.starts_with("v-") => name,
            _ => path,
        };
        if path.starts_with("test/") || path == "icon.svg" {
            continue;
        }
        *files.entry(path.to_owned()).or_default() += 1;
    }
    files
}

/// What the page has asked other sites for, as it knows itself.
pub fn foreign(browser: &Browser) -> Result<Vec<String>> {
    let names = browser.run(
        "return performance.getEntriesByType('resource').map((entry) => entry.name)
           .filter((name) => !/^(blob|data):/.test(name) && new URL(name).origin !== location.origin)",
        &[],
    )?;
    Ok(serde_json::from_value(names)?)
}

fn it_works_below_any_path(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::below("/blog/x/")?.serve()?;
        browser.open(&origin.address(""))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.wait("steps done", 5.0, "return element.stepCount > 10")?;
        Ok(())
    });
}

fn the_first_view_asks_for_these_files_and_no_other(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address(""))?;
        // Found without scrolling to it, which would be more than the first view.
        browser.wait(
            "steps done",
            30.0,
            "return document.querySelector('ntk-playground').stepCount > 2",
            &[],
        )?;
        let asked = files(&origin);
        let once = FIRST_VIEW.map(|name| (name.to_owned(), 1));
        assert_eq!(asked, BTreeMap::from(once));
        assert_eq!(foreign(browser)?, [""; 0]);
        Ok(())
    });
}

fn nothing_is_stored_about_the_reader(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address(""))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.wait("steps done", 5.0, "return element.stepCount > 10")?;
        exhibit.set("noise", "0.3")?;
        let stored = browser.run(
            "const databases = await indexedDB.databases?.() ?? [];
             return [document.cookie, localStorage.length, sessionStorage.length, databases.length]",
            &[],
        )?;
        assert_eq!(stored, serde_json::json!(["", 0, 0, 0]));
        // From page to page go the verdicts on the reader's runs, within the tab.
        browser.open(&origin.address("claims.html"))?;
        let stored = browser.run(
            "return [document.cookie, localStorage.length, Object.keys(sessionStorage)]",
            &[],
        )?;
        assert_eq!(
            stored,
            serde_json::json!(["", 0, ["ntk-verdicts:spectrum"]])
        );
        Ok(())
    });
}
