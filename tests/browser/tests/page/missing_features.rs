//! What a browser lacks, or a person has switched off, is named in a sentence,
//! and the rest of the page can be read and used.

use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Engine, Origin, check, claims};
use serde_json::json;

claims! {
    full:
        without_webassembly_the_page_says_which_browsers_have_it,
        without_a_canvas_pictures_are_told_in_words;
    full_chromium:
        without_scripts_the_page_can_be_read,
        a_canvas_that_is_lost_is_drawn_again,
        without_storage_nothing_is_missed;
}

/// No WebAssembly at all.
const NO_WASM: &str = "delete window.WebAssembly;";

/// WebAssembly without vectors: no module of ours is valid.
const NO_SIMD: &str = "
    const refuse = async () => { throw new WebAssembly.CompileError('unknown opcode 0xfd'); };
    Object.assign(WebAssembly, { compile: refuse, compileStreaming: refuse, instantiate: refuse, instantiateStreaming: refuse, validate: () => false });";

/// What can still be done on a page whose exhibit says that it cannot run.
fn rest_is_usable(browser: &Browser) -> Result<()> {
    let dark = browser.element("return document.querySelector('.themes [value=dark]')", &[])?;
    browser.click(&dark)?;
    let seen = browser.run(
        "return [document.documentElement.dataset.theme,
           [...document.querySelectorAll('h2, section p')].filter((part) => part.checkVisibility()).length > 20,
           document.querySelector('math').getBoundingClientRect().width > 10];",
        &[],
    )?;
    assert_eq!(seen, json!(["dark", true, true]));
    // A button beside an exhibit that cannot run says why, too.
    browser.run("document.querySelector('.try button').click()", &[])?;
    browser.wait(
        "why the button does nothing",
        5.0,
        "return /WebAssembly/.test(document.querySelector('.try .said')?.textContent)",
        &[],
    )?;
    browser.run(
        "document.querySelector('.menu a[href=\"claims.html\"]').click()",
        &[],
    )?;
    browser.wait(
        "the table of all claims",
        10.0,
        "return document.querySelector('ntk-claims')?.shadowRoot?.querySelector('tbody') != null",
        &[],
    )?;
    Ok(())
}

fn without_webassembly_the_page_says_which_browsers_have_it(engine: Engine) {
    check(engine, |browser| {
        for (script, says) in [
            (NO_WASM, "has no WebAssembly"),
            (NO_SIMD, "has no vectors (SIMD)"),
        ] {
            let origin = Origin::site()?.before(script).serve()?;
            browser.open(&origin.address(""))?;
            let (sentence, ways) = browser.alert("#spectrum")?;
            for part in [says, "Chrome and Edge", "Firefox", "Safari"] {
                ensure!(sentence.contains(part), "{part}: {sentence}");
            }
            assert_eq!(ways, [""; 0], "to try again would not help");
            // The console is told as well.
            ensure!(browser.errors().iter().any(|error| error.contains(says)));
            browser.forget_errors();
            rest_is_usable(browser)?;
            browser.forget_errors();
        }
        Ok(())
    });
}

fn without_scripts_the_page_can_be_read(engine: Engine) {
    check(engine, |browser| {
        // A frame in which no script runs; the page around it can look inside.
        let frames = "<iframe sandbox=allow-same-origin src=../ width=1200 height=700></iframe>
                      <iframe sandbox=allow-same-origin src=../embed.html width=600 height=300></iframe>";
        let policy = "default-src 'self'; style-src 'self'; img-src 'self' data:";
        let _origin = Origin::under("/", policy)?.open(browser, frames)?;
        let seen = browser.wait(
            "both pages",
            10.0,
            "const pages = [...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument);
             if (!pages.every((page) => page?.readyState === 'complete' && page.querySelector('.fallback'))) return null;
             return pages.map((page) => {
               const seen = (part) => part.getClientRects().length > 0 && getComputedStyle(part).visibility === 'visible';
               const fallbacks = [...page.querySelectorAll('.fallback')].filter(seen);
               return {
                 words: fallbacks.map((part) => part.textContent),
                 top: fallbacks[0]?.getBoundingClientRect().top,
                 text: [...page.querySelectorAll('h2, section p')].filter(seen).length,
                 // What a term means opens without scripts.
                 idle: [...page.querySelectorAll('button:not([popovertarget])')].filter(seen).length,
                 gaps: [...page.querySelectorAll('ntk-playground, ntk-ledger, ntk-claims')].filter((part) => part.getBoundingClientRect().height > 200).length,
               };
             });",
            &[],
        )?;
        for page in seen.as_array().context("two pages")? {
            assert_eq!(page["words"].as_array().map(Vec::len), Some(1), "{page}");
            ensure!(
                page["words"][0]
                    .as_str()
                    .is_some_and(|text| text.contains("Enable JavaScript")),
                "{page}"
            );
            assert_eq!(
                (&page["idle"], &page["gaps"]),
                (&json!(0), &json!(0)),
                "{page}"
            );
            ensure!(
                page["top"].as_f64().is_some_and(|top| top < 400.0),
                "{page}"
            );
        }
        ensure!(
            seen[0]["text"].as_u64().is_some_and(|count| count > 20),
            "{seen}"
        );
        browser.forget_errors();
        Ok(())
    });
}

fn without_a_canvas_pictures_are_told_in_words(engine: Engine) {
    check(engine, |browser| {
        let script = "const { getContext } = HTMLCanvasElement.prototype;
            window.canvas = false;
            HTMLCanvasElement.prototype.getContext = function (...all) {
              return window.canvas ? getContext.apply(this, all) : null;
            };";
        let body = "<ntk-playground></ntk-playground>";
        let _origin = Origin::site()?.before(script).open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.step(20)?;
        let told = exhibit.call(
            "return [...root.querySelectorAll('.figure')].map((figure) => {
               const words = figure.querySelector('.words');
               return [words?.checkVisibility(), words?.textContent, figure.querySelector('canvas').getAttribute('aria-label'),
                 element.charts[figure.dataset.view].description];
             })",
            &[],
        )?;
        let told = told.as_array().cloned().unwrap_or_default();
        assert_eq!(
            exhibit.call("return element.views.length", &[])?,
            told.len()
        );
        assert!(!told.is_empty());
        for figure in told {
            let [words, label, description] =
                [1, 2, 3].map(|at| figure[at].as_str().unwrap_or_default().to_string());
            assert_eq!(figure[0], true, "{figure}");
            assert_eq!(
                words,
                format!("Canvas is unavailable. Description: {description}")
            );
            assert_eq!(label, description);
        }
        let refused = exhibit.call(
            "try { await element.png('fit'); return ''; } catch (error) { return error.message; }",
            &[],
        )?;
        assert!(
            refused
                .as_str()
                .is_some_and(|text| text == "Canvas is unavailable. Save the SVG instead."),
            "{refused}"
        );
        exhibit.call(
            "if (!element.svg('fit').includes('<svg')) throw new Error('no SVG')",
            &[],
        )?;
        // And once there is one, it is drawn on.
        exhibit.call("window.canvas = true", &[])?;
        exhibit.step(1)?;
        assert_eq!(
            exhibit.call("return root.querySelectorAll('.words').length", &[])?,
            0
        );
        assert!(colours(&exhibit)? > 12);
        Ok(())
    });
}

/// How many colours the first picture has.
fn colours(exhibit: &browser_tests::Exhibit<'_>) -> Result<u64> {
    let count = exhibit.call(
        "const canvas = root.querySelector('canvas');
         const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
         return new Set(new Uint32Array(data.buffer)).size;",
        &[],
    )?;
    count.as_u64().context("a number of colours")
}

fn a_canvas_that_is_lost_is_drawn_again(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.step(20)?;
        // A browser that has lost its graphics gives the canvas back empty, with
        // nothing of its state; that cannot be brought about from outside.
        let picture = "const canvas = root.querySelector('canvas'); return canvas.toDataURL();";
        let before = exhibit.call(picture, &[])?;
        exhibit.call(
            "const canvas = root.querySelector('canvas');
             canvas.dispatchEvent(new Event('contextlost', { cancelable: true }));
             canvas.getContext('2d').reset();",
            &[],
        )?;
        assert_eq!(colours(&exhibit)?, 1, "it is gone");
        exhibit.call(
            "root.querySelector('canvas').dispatchEvent(new Event('contextrestored'))",
            &[],
        )?;
        let after = exhibit.call(picture, &[])?;
        assert!(
            before == after,
            "the same picture again, though the run stands"
        );
        Ok(())
    });
}

fn without_storage_nothing_is_missed(engine: Engine) {
    check(engine, |browser| {
        let script = "for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
            Object.defineProperty(window, name, { get() { throw new DOMException(name, 'SecurityError'); } });
          }";
        let origin = Origin::site()?.before(script).serve()?;
        browser.open(&origin.address("?exhibit=spectrum&noise=0.35"))?;
        let exhibit = browser.exhibit("#spectrum")?;
        let dark = browser.element("return document.querySelector('.themes [value=dark]')", &[])?;
        browser.click(&dark)?;
        exhibit.set("seed", "9")?;
        // What is to be remembered stands in the address.
        browser.wait(
            "the address follows",
            5.0,
            "return ['theme=dark', 'seed=9', 'noise=0.35'].every((part) => location.search.includes(part))",
            &[],
        )?;
        exhibit.step(3)?;

        // A frame without an origin of its own has no storage at all.
        let frame = "<iframe sandbox=allow-scripts src='../embed.html?noise=0.35' width=640 height=600></iframe>";
        let policy = "default-src 'none'; frame-src http:; script-src http: 'wasm-unsafe-eval'; \
                      style-src http:; img-src http: data:; connect-src http:";
        let _origin = Origin::under("/", policy)?
            .header("Access-Control-Allow-Origin", "*")
            .open(browser, frame)?;
        let frame = browser.element("return document.querySelector('iframe')", &[])?;
        browser.inside_frame(&frame, || {
            let exhibit = browser.exhibit("ntk-playground")?;
            exhibit.step(3)?;
            assert_eq!(exhibit.get("noise")?, "0.35");
            let denied = browser.run(
                "try { return String(localStorage); } catch { return 'denied'; }",
                &[],
            )?;
            assert_eq!(denied, "denied");
            Ok(())
        })
    });
}
