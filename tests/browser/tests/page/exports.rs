//! What a person takes away can be used elsewhere. What the CSV of every exhibit
//! holds, `tests/exhibit/csv_says_which_run_it_is.rs` tests natively, and that an
//! element gives it out, `modules/reader.js`.

use anyhow::Result;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use browser_tests::{Browser, Engine, Exhibit, Origin, check, claims};

claims! {
    fast_chromium:
        every_view_is_an_svg_with_words_in_it;
    full:
        every_view_is_a_png_as_large_as_its_canvas,
        the_buttons_save_files_with_telling_names;
}

const PAGE: &str = "one.html";
const ELEMENT: &str = "<ntk-playground exhibit=spectrum noise=0.35></ntk-playground>";

/// An element some steps into its run.
fn open(browser: &Browser, origin: &Origin) -> Result<()> {
    browser.open(&origin.test_address(PAGE))?;
    let exhibit = browser.exhibit("ntk-playground")?;
    exhibit.step(60)?;
    exhibit.set("gate", "hard")?;
    exhibit.step(40)
}

fn views(exhibit: &Exhibit<'_>) -> Result<Vec<String>> {
    let names = exhibit.call("return Object.keys(element.charts)", &[])?;
    let names: Vec<String> = serde_json::from_value(names)?;
    assert!(names.len() >= 4, "{names:?}");
    Ok(names)
}

fn every_view_is_an_svg_with_words_in_it(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.elements(PAGE, ELEMENT).serve()?;
        open(browser, &origin)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        for view in views(&exhibit)? {
            let seen = exhibit.call(
                "const picture = new DOMParser().parseFromString(element.svg(values[0]), 'image/svg+xml');
                 const svg = picture.documentElement;
                 return {
                   error: picture.querySelector('parsererror')?.textContent ?? '',
                   name: svg.localName,
                   space: svg.namespaceURI,
                   size: ['width', 'height'].map((side) => Number(svg.getAttribute(side))),
                   words: [...svg.querySelectorAll('text')].map((text) => text.textContent.trim()).filter(Boolean).length,
                   marks: svg.querySelectorAll('path, polyline, line, circle, rect, polygon').length,
                   active: svg.querySelectorAll('script, foreignObject, image, [href]').length,
                 };",
                &[view.clone().into()],
            )?;
            assert_eq!(seen["error"], "", "{view} is well-formed");
            assert_eq!(seen["name"], "svg", "{view}");
            assert_eq!(seen["space"], "http://www.w3.org/2000/svg", "{view}");
            assert_eq!(seen["active"], 0, "{view} is a picture and no more");
            let number = |value: &serde_json::Value| value.as_f64().unwrap_or(0.0);
            let [width, height] = [&seen["size"][0], &seen["size"][1]].map(number);
            assert!(width > 100.0 && height > 50.0, "{view}: {seen}");
            assert!(number(&seen["words"]) > 3.0, "{view} has words: {seen}");
            assert!(number(&seen["marks"]) > 3.0, "{view} has marks: {seen}");
        }
        Ok(())
    });
}

fn every_view_is_a_png_as_large_as_its_canvas(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.elements(PAGE, ELEMENT).serve()?;
        open(browser, &origin)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        for view in views(&exhibit)? {
            let seen = exhibit.call(
                "const blob = await element.png(values[0]);
                 const { width, height } = root.querySelector(`[data-view=${values[0]}] canvas`);
                 const bytes = new Uint8Array(await blob.arrayBuffer());
                 const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
                 return { type: blob.type, data: btoa(text), width, height };",
                &[view.clone().into()],
            )?;
            assert_eq!(seen["type"], "image/png", "{view}");
            let bytes = BASE64_STANDARD.decode(seen["data"].as_str().unwrap_or_default())?;
            assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{view}");
            assert_eq!(&bytes[12..16], b"IHDR", "{view}");
            for (at, side) in [(16, "width"), (20, "height")] {
                let size = u32::from_be_bytes(bytes[at..at + 4].try_into()?);
                assert_eq!(seen[side], size, "{side} of {view}");
                assert!(size > 100, "{side} of {view} is {size}");
            }
            assert!(bytes.ends_with(b"IEND\xaeB`\x82"), "{view} is complete");
        }
        Ok(())
    });
}

fn the_buttons_save_files_with_telling_names(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.elements(PAGE, ELEMENT).serve()?;
        open(browser, &origin)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        // What would be downloaded, without asking the browser where to.
        let saved = exhibit.call(
            "const saved = [];
             HTMLAnchorElement.prototype.click = function () { saved.push([this.download, this.href]); };
             for (const words of ['CSV', 'Pictures']) {
               [...root.querySelectorAll('button')].find((part) => part.textContent.includes(words)).click();
             }
             for (let i = 0; i < 400 && saved.length < 2; i += 1) await new Promise((done) => setTimeout(done, 25));
             return saved;",
            &[],
        )?;
        let saved: Vec<(String, String)> = serde_json::from_value(saved)?;
        let names: Vec<&str> = saved.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["spectrum-step-100.csv", "spectrum-step-100.zip"]);
        assert!(saved.iter().all(|(_, to)| to.starts_with("blob:")));
        Ok(())
    });
}
