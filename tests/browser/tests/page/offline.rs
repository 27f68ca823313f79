//! The page as one file, opened from a disk: all of it works, and nothing is
//! asked for.

use crate::trap::EXHAUST;
use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Engine, INSTANCES, Origin, all_pages, chapters, check, claims};
use serde_json::{Value, json};
use std::path::PathBuf;
use xtask::{project, standalone};

claims! {
    fast:
        it_opens_from_a_disk_and_asks_for_nothing,
        one_page_is_shown_at_a_time;
    full:
        the_theme_and_the_address_follow_on_a_disk,
        it_works_where_the_address_cannot_change;
    full_chromium:
        a_link_from_a_disk_is_the_run_of_the_served_page,
        an_exhibit_that_stopped_restarts_from_a_disk;
}

/// The file in a folder of its own, under a name that has to be escaped, with
/// the recorder of errors before everything else.
struct Copy {
    folder: PathBuf,
}

impl Copy {
    fn new(engine: Engine, test: &str) -> Result<Copy> {
        let file = standalone::file();
        let text = std::fs::read_to_string(&file).with_context(|| {
            format!(
                "there is no {}: run `cargo xtask standalone` first",
                file.display()
            )
        })?;
        let recorder = include_str!("../../src/recorder.js");
        let text = text.replacen(
            "<head>",
            &format!("<head><script>{recorder}{INSTANCES}</script>"),
            1,
        );
        let folder = project::target()?
            .join("browser")
            .join(format!("{engine} offline {test}"));
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(NAME), text)?;
        Ok(Copy { folder })
    }

    fn address(&self, query: &str) -> String {
        let path = self.folder.to_string_lossy().replace(' ', "%20");
        format!("file://{path}/{}{query}", NAME.replace(' ', "%20"))
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // Nothing can be done about a folder that cannot be removed here.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

const NAME: &str = "a page.html";

fn it_opens_from_a_disk_and_asks_for_nothing(engine: Engine) {
    check(engine, |browser| {
        let copy = Copy::new(engine, "all")?;
        browser.open(&copy.address(""))?;
        browser
            .exhibit("#spectrum")?
            .wait("steps done", 10.0, "return element.stepCount > 10")?;
        for page in chapters()? {
            turn_to(browser, &page.file)?;
            for name in page.exhibits {
                let exhibit = browser.exhibit(&format!("#{name}"))?;
                exhibit.pause()?;
                exhibit.step(1)?;
                ensure!(exhibit.call("return element.ledger.length > 0", &[])? == true);
            }
        }
        turn_to(browser, "claims.html")?;
        browser.wait(
            "the table of all claims",
            10.0,
            "return document.querySelector('ntk-claims').shadowRoot?.querySelector('tbody') != null",
            &[],
        )?;
        assert_eq!(browser.errors(), Vec::<String>::new());

        // Whatever else it had asked for would be among the errors.
        browser.run(
            "const picture = document.createElement('img');
             picture.src = 'http://127.0.0.1/picture.png';
             document.body.append(picture);",
            &[],
        )?;
        let told = "return window.__errors.some((error) => error.startsWith('policy img-src'))";
        browser.wait("the policy is in force", 5.0, told, &[])?;
        browser.forget_errors();
        Ok(())
    });
}

/// Shows a page, by its link in the menu.
fn turn_to(browser: &Browser, file: &str) -> Result<()> {
    let name = file.trim_end_matches(".html");
    browser.run(
        "document.querySelector(`.page:not([hidden]) .menu a[href='#page-${arguments[0]}']`).click()",
        &[json!(name)],
    )?;
    let shown = "return [...document.querySelectorAll('.page')].filter((page) => page.checkVisibility()).map((page) => page.id).join() === `page-${arguments[0]}`";
    browser.wait(&format!("{name} alone"), 5.0, shown, &[json!(name)])?;
    Ok(())
}

fn one_page_is_shown_at_a_time(engine: Engine) {
    check(engine, |browser| {
        let copy = Copy::new(engine, "pages")?;
        browser.open(&copy.address(""))?;
        for page in chapters()? {
            turn_to(browser, &page.file)?;
            let seen = browser.run(
                "const [page] = [...document.querySelectorAll('.page')].filter((one) => !one.hidden);
                 return [page.querySelectorAll('h1').length, page.querySelector('h1').checkVisibility(),
                   page.querySelector('.menu [aria-current]').getAttribute('href') === location.hash,
                   document.title === page.dataset.title && document.title.length > 10];",
                &[],
            )?;
            assert_eq!(seen, json!([1, true, true, true]), "{page:?}");
        }
        // Every place is there once, and every link leads to one.
        let wrong = browser.run(
            "const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
             const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
             const links = [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'));
             const lost = links.filter((href) => href.startsWith('#') ? !document.getElementById(href.slice(1)) : !/^(\\?|https:)/.test(href));
             return [...twice, ...new Set(lost)];",
            &[],
        )?;
        assert_eq!(wrong, json!([]));
        let count = browser.run("return document.querySelectorAll('.page').length", &[])?;
        // The page about the site is not in it.
        assert_eq!(count, json!(all_pages()?.len() - 1));
        // A link to a run or to a place shows its page.
        for (address, page) in [
            ("?exhibit=grokking&decay=0", "page-grokking"),
            ("#reservoir-section", "page-channel"),
            ("?exhibit=nonsense", "page-index"),
        ] {
            browser.open("about:blank")?;
            browser.open(&copy.address(address))?;
            let shown = browser.run(
                "return [...document.querySelectorAll('.page')].filter((one) => one.checkVisibility()).map((one) => one.id)",
                &[],
            )?;
            assert_eq!(shown, json!([page]), "{address}");
        }
        Ok(())
    });
}

/// The readings once a run has been replayed up to a step.
fn replayed(browser: &Browser, address: &str, name: &str, step: u64) -> Result<Value> {
    browser.open(address)?;
    let exhibit = browser.exhibit(&format!("ntk-playground[exhibit={name}]"))?;
    exhibit.wait(
        &format!("step {step} of {address}"),
        60.0,
        &format!("return element.stepCount >= {step} && !element.running"),
    )?;
    ensure!(exhibit.step_count()? == step);
    let readings = exhibit.readings()?;
    ensure!(readings.len() > 10, "there are readings: {readings:?}");
    Ok(json!(readings))
}

fn a_link_from_a_disk_is_the_run_of_the_served_page(engine: Engine) {
    check(engine, |browser| {
        let copy = Copy::new(engine, "link")?;
        let origin = Origin::site()?.serve()?;
        for (name, knobs) in [("spectrum", "noise=0.5"), ("channel", "noise=0.4")] {
            let query = format!("?exhibit={name}&{knobs}&step=20");
            let here = replayed(browser, &copy.address(&query), name, 20)?;
            let there = replayed(browser, &origin.address(&query), name, 20)?;
            assert_eq!(here, there, "{query}");
        }
        Ok(())
    });
}

fn an_exhibit_that_stopped_restarts_from_a_disk(engine: Engine) {
    check(engine, |browser| {
        let copy = Copy::new(engine, "trap")?;
        browser.open(&copy.address("?exhibit=spectrum&seed=7"))?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.pause()?;
        exhibit.step(5)?;
        let size = browser.run(EXHAUST, &[])?;
        let thrown = exhibit.call(
            "try { element.set('points', '128'); element.set('widths', '256-256-256-256'); element.step(1); return 'nothing'; }
             catch (error) { return error.message; }",
            &[],
        )?;
        let thrown = thrown.as_str().unwrap_or_default();
        assert!(
            thrown.starts_with("The engine crashed"),
            "{thrown}, memory {size}"
        );
        browser.click(&exhibit.inside("[role=alert] button")?)?;
        exhibit.wait(
            "it stands at step 0",
            10.0,
            "try { return element.stepCount === 0; }
             catch { return false; /* Until the engine is there again. */ }",
        )?;
        assert_eq!(exhibit.get("seed")?, "7", "with the settings it had");
        exhibit.step(5)?;
        // Others get the engine that is whole.
        turn_to(browser, "channel.html")?;
        browser.exhibit("ntk-playground[exhibit=channel]")?.step(3)
    });
}

/// Chooses the dark theme, and looks whether the page and its button show it.
fn choose_dark(browser: &Browser) -> Result<()> {
    let button = browser.element("return document.querySelector('.themes [value=dark]')", &[])?;
    browser.click(&button)?;
    let shown = browser.run(
        "const [button] = arguments;
         return [document.documentElement.dataset.theme, button.getAttribute('aria-pressed')];",
        &[button.value()],
    )?;
    assert_eq!(shown, json!(["dark", "true"]));
    Ok(())
}

fn the_theme_and_the_address_follow_on_a_disk(engine: Engine) {
    check(engine, |browser| {
        let copy = Copy::new(engine, "theme")?;
        browser.open(&copy.address("?theme=light"))?;
        let exhibit = browser.exhibit("#spectrum")?;
        let button =
            browser.element("return document.querySelector('.themes [value=dark]')", &[])?;
        browser.click(&button)?;
        let shown = browser.run("return document.documentElement.dataset.theme", &[])?;
        assert_eq!(shown, "dark");
        exhibit.set("seed", "9")?;
        browser.wait(
            "the address follows",
            5.0,
            "return ['theme=dark', 'seed=9'].every((part) => location.search.includes(part))",
            &[],
        )?;
        // And what is copied is an address of this file.
        let link = exhibit.call(
            "navigator.clipboard.writeText = async (text) => { window.copied = text; };
             [...root.querySelectorAll('button')].find((part) => part.textContent.includes('Copy link')).click();
             return window.copied;",
            &[],
        )?;
        let link = link.as_str().context("a link is copied")?.to_string();
        assert!(link.starts_with(&copy.address("?")), "{link}");
        browser.open(&link)?;
        assert_eq!(browser.exhibit("#spectrum")?.get("seed")?, "9");
        Ok(())
    });
}

/// Some browsers let no page from a disk change its address.
fn it_works_where_the_address_cannot_change(engine: Engine) {
    check(engine, |browser| {
        let copy = Copy::new(engine, "address")?;
        browser.open(&copy.address("?theme=light"))?;
        let exhibit = browser.exhibit("#spectrum")?;
        browser.run(
            "const script = document.createElement('script');
             script.textContent = `history.replaceState = () => {
               window.refused = (window.refused ?? 0) + 1;
               throw new DOMException('not from a disk', 'SecurityError');
             };`;
             document.body.append(script);",
            &[],
        )?;
        choose_dark(browser)?;
        exhibit.set("seed", "9")?;
        let refused = "return window.refused === 2";
        browser.wait("both were refused", 5.0, refused, &[])?;
        exhibit.step(5)?;
        assert_eq!(exhibit.get("seed")?, "9");
        browser.forget_errors();
        Ok(())
    });
}
