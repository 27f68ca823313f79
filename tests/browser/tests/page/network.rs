//! The page is its own files, wherever they lie, and asks for nothing else.

use anyhow::{Result, ensure};
use browser_tests::{Browser, Engine, Origin, check, claims};
use std::collections::BTreeMap;
use xtask::project;

claims! {
    fast_chromium:
        the_first_view_asks_for_these_files_and_no_other;
    full:
        it_works_below_any_path,
        no_page_asks_another_site_or_stores_more_than_its_files;
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

/// Icons, and the manifest that names them: no page waits for one.
const OF_THE_SYSTEM: [&str; 3] = ["icon.svg", "icon-192.png", "site.webmanifest"];

/// Names of the files of the site that were asked for, each with how often, without
/// the folder of the version. What only the system shows is left out: not every browser without a window asks for it.
pub fn files(origin: &Origin) -> BTreeMap<String, usize> {
    let mut files = BTreeMap::new();
    for request in origin.asked() {
        let path = request.strip_prefix("GET /").unwrap_or(&request);
        let path = match path.split_once('/') {
            Some((version, name)) if version.starts_with("v-") => name,
            _ => path,
        };
        if path.starts_with("test/") || OF_THE_SYSTEM.contains(&path) {
            continue;
        }
        *files.entry(path.to_owned()).or_default() += 1;
    }
    files
}

/// Ids of the exhibits of the page that is shown, if it has any.
pub fn exhibits(browser: &Browser) -> Result<Vec<String>> {
    let ids = browser.run(
        "return [...document.querySelectorAll('ntk-playground[data-page]')].map(({ id }) => id)",
        &[],
    )?;
    Ok(serde_json::from_value(ids)?)
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

/// The pages of the site that are no frames.
pub fn pages() -> Result<Vec<String>> {
    let names = std::fs::read_dir(project::dist())?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<Vec<_>>>()?;
    let is_page = |name: &String| name.ends_with(".html") && name != "embed.html";
    Ok(names.into_iter().filter(is_page).collect())
}

fn no_page_asks_another_site_or_stores_more_than_its_files(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.keeping().serve()?;
        let pages = pages()?;
        ensure!(pages.contains(&"about.html".to_owned()), "{pages:?}");
        for page in pages {
            browser.open(&origin.address(&page))?;
            for name in exhibits(browser)? {
                let exhibit = browser.exhibit(&format!("#{name}"))?;
                exhibit.pause()?;
                exhibit.step(1)?;
                exhibit.set("seed", "3")?;
            }
            // Every request of the page, and what would be blocked is among the errors.
            assert_eq!(foreign(browser)?, [""; 0], "{page}");
            let stored = browser.run(
                "const databases = await indexedDB.databases?.() ?? [];
                 const copies = 'caches' in window ? await caches.keys() : [];
                 const others = copies.filter((name) => !name.startsWith('ntk-playground / '));
                 // From page to page go the verdicts on the reader's runs, within the tab.
                 const session = Object.keys(sessionStorage).filter((name) => !name.startsWith('ntk-verdicts:'));
                 return [document.cookie, localStorage.length, session.length, databases.length, others.length]",
                &[],
            )?;
            assert_eq!(stored, serde_json::json!(["", 0, 0, 0, 0]), "{page}");
        }
        Ok(())
    });
}
