//! The lines that a person copies out of the window “Embed” make the same
//! run on another site. Which lines they are, `modules/snippet.js` and
//! `modules/embed-dialog.js` test.

use anyhow::{Context, Result};
use browser_tests::{Browser, Engine, Exhibit, Origin, Readings, check, claims};
use serde_json::json;

claims! {
    full:
        lines_for_an_element_make_the_same_run_elsewhere,
        lines_for_a_frame_make_the_same_run_elsewhere,
        the_height_of_a_frame_is_enough,
        the_window_gives_the_focus_back_and_marks_what_it_cannot_copy;
}

/// The site, whose scripts may be loaded by others.
fn site() -> Result<Origin> {
    Origin::site()?
        .header("Access-Control-Allow-Origin", "*")
        .elements(
            "one.html",
            "<ntk-playground exhibit=spectrum seed=7></ntk-playground>",
        )
        .serve()
}

/// Another site with the lines in a post, under a policy that names the first.
fn post(site: &Origin, lines: &str) -> Result<Origin> {
    let site = site.address("");
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self' {site} 'wasm-unsafe-eval'; connect-src {site}; frame-src {site}; img-src 'self'"
    );
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A post</title></head>\
         <body><p>Before.</p>\n{lines}\n<p>After.</p></body></html>"
    );
    Origin::under("/", &policy)?
        .page("post.html", &page)
        .serve()
}

/// An exhibit in the middle of a run that has been changed on the way.
fn changed<'a>(browser: &'a Browser, site: &Origin) -> Result<Exhibit<'a>> {
    browser.open(&site.test_address("one.html"))?;
    let exhibit = browser.exhibit("ntk-playground")?;
    exhibit.set("noise", "0.35")?;
    exhibit.step(30)?;
    exhibit.set("gate", "hard")?;
    exhibit.step(20)?;
    Ok(exhibit)
}

/// Opens the window by its button.
fn open_window(browser: &Browser, exhibit: &Exhibit<'_>) -> Result<()> {
    let find = "return [...root.querySelectorAll('button')]
        .find((one) => /^Embed/.test(one.textContent) && one.checkVisibility()) ?? null";
    let button = match exhibit.find(find, &[])? {
        Some(button) => button,
        None => {
            browser.click(&exhibit.inside(".more")?)?;
            exhibit
                .find(find, &[])?
                .context("there is no button to embed")?
        }
    };
    browser.click(&button)?;
    exhibit.wait(
        "the window",
        5.0,
        "return Boolean(root.querySelector('dialog[open] textarea')?.value)",
    )?;
    Ok(())
}

/// The lines after some choices: name and value of an input.
fn lines(browser: &Browser, exhibit: &Exhibit<'_>, choices: &[(&str, &str)]) -> Result<String> {
    open_window(browser, exhibit)?;
    for (name, value) in choices {
        exhibit.call(
            "const [name, value] = values;
             const input = [...root.querySelectorAll(`dialog input[name=${name}]`)].find((one) => one.value === value);
             if (!input) throw new Error(`there is no ${name} ${value}`);
             input.click();",
            &[json!(name), json!(value)],
        )?;
    }
    let text = exhibit.call(
        "const dialog = root.querySelector('dialog');
         const text = dialog.querySelector('textarea').value;
         dialog.close();
         return text;",
        &[],
    )?;
    Ok(text.as_str().unwrap_or_default().to_string())
}

/// The readings of the run so far, and those of a fresh one after 40 steps.
fn both(exhibit: &Exhibit<'_>) -> Result<[Readings; 2]> {
    let first = exhibit.readings()?;
    exhibit.call("element.reset()", &[])?;
    exhibit.step(40)?;
    Ok([first, exhibit.readings()?])
}

const ARRIVED: &str = "return element.stepCount === 50 && !element.running";

fn lines_for_an_element_make_the_same_run_elsewhere(engine: Engine) {
    check(engine, |browser| {
        let site = site()?;
        let exhibit = changed(browser, &site)?;
        let here = lines(browser, &exhibit, &[("here", "")])?;
        let start = lines(
            browser,
            &exhibit,
            &[("views", "some"), ("controls", "none"), ("theme", "dark")],
        )?;
        let [then, fresh] = both(&exhibit)?;

        let host = post(&site, &here)?;
        browser.open(&host.test_address("post.html"))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.wait("the step of the lines", 10.0, ARRIVED)?;
        assert_eq!(exhibit.readings()?, then, "{here}");

        let host = post(&site, &start)?;
        browser.open(&host.test_address("post.html"))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        assert_eq!(exhibit.step_count()?, 0);
        exhibit.step(40)?;
        assert_eq!(exhibit.readings()?, fresh, "{start}");
        let shown = exhibit.call(
            "return [root.querySelectorAll('[data-view]').length, root.querySelector('.toolbar')]",
            &[],
        )?;
        assert_eq!(shown, json!([2, null]), "{start}");
        assert_eq!(exhibit.theme()?, "dark", "{start}");
        Ok(())
    });
}

fn lines_for_a_frame_make_the_same_run_elsewhere(engine: Engine) {
    check(engine, |browser| {
        let site = site()?;
        let exhibit = changed(browser, &site)?;
        let here = lines(browser, &exhibit, &[("form", "iframe"), ("here", "")])?;
        let start = lines(
            browser,
            &exhibit,
            &[("form", "iframe"), ("controls", "some"), ("grows", "")],
        )?;
        assert!(
            here.contains("embed-host.js") && !start.contains("<script"),
            "{here}\n{start}"
        );
        let [then, fresh] = both(&exhibit)?;
        for (text, steps, wanted) in [(here, 50, then), (start, 40, fresh)] {
            let host = post(&site, &text)?;
            browser.open(&host.test_address("post.html"))?;
            let frame = browser.element("return document.querySelector('iframe')", &[])?;
            browser.inside_frame(&frame, || {
                browser.wait(
                    "the element",
                    5.0,
                    "return Boolean(document.querySelector('ntk-playground')?.ready)",
                    &[],
                )?;
                let exhibit = browser.exhibit("ntk-playground")?;
                if steps == 50 {
                    exhibit.wait("the step of the lines", 10.0, ARRIVED)?;
                } else {
                    exhibit.step(steps)?;
                }
                assert_eq!(exhibit.readings()?, wanted, "{text}");
                Ok(())
            })?;
        }
        Ok(())
    });
}

fn the_height_of_a_frame_is_enough(engine: Engine) {
    check(engine, |browser| {
        let site = site()?;
        browser.open(&site.test_address("one.html"))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        for choices in [
            vec![("form", "iframe"), ("grows", "")],
            vec![
                ("form", "iframe"),
                ("grows", ""),
                ("views", "some"),
                ("controls", "some"),
            ],
            vec![
                ("form", "iframe"),
                ("grows", ""),
                ("views", "some"),
                ("controls", "none"),
                ("theme", "projector"),
            ],
        ] {
            let text = lines(browser, &exhibit, &choices)?;
            let heights = browser.run(
                "document.querySelector('#try')?.remove();
                 const place = document.createElement('div');
                 place.id = 'try';
                 place.innerHTML = arguments[0];
                 const address = new URL(place.querySelector('iframe').src);
                 const given = Number(place.querySelector('iframe').height);
                 // The element itself as wide as the column: policies differ on frames, widths do not.
                 const one = document.createElement('ntk-playground');
                 for (const [name, value] of address.searchParams) one.setAttribute(name, value);
                 place.replaceChildren(one);
                 place.style.width = '640px';
                 document.body.append(place);
                 await one.ready;
                 await new Promise((done) => setTimeout(done, 400));
                 return [given, one.offsetHeight];",
                &[json!(text)],
            )?;
            let number = |at: usize| heights[at].as_f64().unwrap_or(f64::NAN);
            let spare = number(0) - number(1);
            assert!((0.0..120.0).contains(&spare), "{heights} for {text}");
        }
        Ok(())
    });
}

fn the_window_gives_the_focus_back_and_marks_what_it_cannot_copy(engine: Engine) {
    check(engine, |browser| {
        let site = site()?;
        browser.open(&site.test_address("one.html"))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        open_window(browser, &exhibit)?;
        let named = exhibit.call(
            "const dialog = root.querySelector('dialog');
             const label = root.getElementById(dialog.getAttribute('aria-labelledby'))?.textContent;
             return [dialog.matches(':modal'), label, dialog.contains(root.activeElement)]",
            &[],
        )?;
        assert_eq!(named, json!([true, "Embed this exhibit", true]));
        browser.run(
            "Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: () => Promise.reject(new Error('no')) } })",
            &[],
        )?;
        let copy = exhibit
            .find("return [...root.querySelectorAll('dialog button')].find((one) => one.textContent === 'Copy') ?? null", &[])?
            .context("there is no button to copy")?;
        browser.click(&copy)?;
        exhibit.wait(
            "everything is marked",
            2.0,
            "const text = root.querySelector('dialog textarea');
             return root.activeElement === text && text.selectionStart === 0 && text.selectionEnd === text.value.length && /Ctrl/.test(root.querySelector('dialog .said').textContent)",
        )?;
        // The escape key.
        browser.press("\u{e00c}")?;
        exhibit.wait(
            "the window is gone",
            2.0,
            "return !root.querySelector('dialog')",
        )?;
        assert_eq!(
            exhibit.call("return /^Embed/.test(root.activeElement?.textContent)", &[])?,
            true
        );
        Ok(())
    });
}
