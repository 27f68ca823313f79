//! The page for frames: `embed.html` inside a page of another site.

use anyhow::{Context, Result};
use browser_tests::{Browser, Element, Engine, Origin, check, claims};
use serde_json::json;

claims! {
    fast_chromium:
        the_address_says_what_a_frame_shows;
    full:
        a_transparent_frame_has_no_ground,
        a_frame_gets_the_height_that_it_reports,
        a_sandboxed_frame_gets_its_height_as_well,
        a_frame_takes_neither_focus_nor_wheel_nor_the_tab_key,
        a_slider_released_outside_its_frame_is_released;
}

const HOST: &str = include_str!("../../gallery/frame.html");
const SHEET: &str = include_str!("../../gallery/frame.css");
/// A site that frames others and loads their scripts.
const POLICY: &str = "default-src 'none'; script-src 'self' http:; style-src 'self'; frame-src http:; img-src 'self'";
const QUERY: &str = "exhibit=spectrum&amp;views=fit+eigenvalues&amp;controls=noise+gate&amp;theme=light&amp;noise=0.4";

/// The site, and another one with a page that frames it.
fn two_sites() -> Result<(Origin, Origin)> {
    framed(Origin::site()?.serve()?, HOST)
}

/// A site, and another one with this page, which frames it.
fn framed(site: Origin, page: &str) -> Result<(Origin, Origin)> {
    let page = page
        .replace("FRAME", &site.address(&format!("embed.html?{QUERY}")))
        .replace("HOST", &site.address("embed-host.js"));
    let host = Origin::under("/", POLICY)?
        .page("frame.html", &page)
        .page("frame.css", SHEET)
        .serve()?;
    Ok((site, host))
}

fn open(browser: &Browser, host: &Origin) -> Result<Element> {
    browser.open(&host.test_address("frame.html"))?;
    let frame = browser.element("return document.querySelector('iframe')", &[])?;
    browser.inside_frame(&frame, || {
        browser.wait(
            "the element",
            5.0,
            "return Boolean(document.querySelector('ntk-playground')?.ready)",
            &[],
        )?;
        // Not scrolled to: that is what a test looks at.
        browser.run("await document.querySelector('ntk-playground').ready", &[])
    })?;
    Ok(frame)
}

fn the_address_says_what_a_frame_shows(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        let query = "exhibit=spectrum&views=fit+loss&controls=noise&theme=dark&noise=0.35&seed=7&changes=20.noise.0.6&step=50&lang=en";
        browser.open(&origin.address(&format!("embed.html?{query}")))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.wait(
            "the step it was asked for",
            10.0,
            "return element.stepCount === 50 && !element.running",
        )?;
        assert_eq!(
            (exhibit.get("seed")?, exhibit.get("noise")?),
            ("7".into(), "0.6".into())
        );
        let shown = exhibit.call(
            "return [[...root.querySelectorAll('[data-view]')].map((view) => view.dataset.view),
               [...root.querySelectorAll('[data-knob]')].map((knob) => knob.dataset.knob),
               document.documentElement.dataset.theme, document.activeElement.tagName,
               root.querySelector('.note').hidden]",
            &[],
        )?;
        assert_eq!(
            shown,
            json!([["fit", "loss"], ["noise"], "dark", "BODY", true])
        );
        assert_eq!(exhibit.theme()?, "dark");

        let others = "&nosie=3&views=fit+nothing&NOIZE=1&nonsense=3&utm_source=letter";
        for (switch, plays) in [("&autoplay", true), ("&autoplay=0", false), (others, false)] {
            browser.open(&origin.address(&format!("embed.html?exhibit=spectrum{switch}")))?;
            let exhibit = browser.exhibit("ntk-playground")?;
            assert_eq!(
                exhibit.call("return element.running", &[])?,
                plays,
                "{switch}"
            );
        }
        // What is misspelt is named in a note; what is somebody else's is not.
        let note = browser.run(
            "return document.querySelector('ntk-playground').shadowRoot.querySelector('.note').textContent",
            &[],
        )?;
        let note = note.as_str().unwrap_or_default();
        for word in ["nosie", "nothing", "NOIZE"] {
            assert!(note.contains(word), "{word} is named: {note}");
        }
        for word in ["nonsense", "utm_source"] {
            assert!(!note.contains(word), "{word} is named: {note}");
        }
        Ok(())
    });
}

fn a_transparent_frame_has_no_ground(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        for (query, none) in [("transparent&theme=dark", true), ("theme=dark", false)] {
            browser.open(&origin.address(&format!("embed.html?{query}")))?;
            let exhibit = browser.exhibit("ntk-playground")?;
            let grounds = exhibit.call(
                "return [document.documentElement, document.body, element, root.querySelector('.frame')]
                   .map((part) => getComputedStyle(part).backgroundColor).every((color) => color === 'rgba(0, 0, 0, 0)')",
                &[],
            )?;
            assert_eq!(grounds, none, "{query}");
        }
        browser.open(&origin.address("embed.html?ground=%23fffdf7"))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        let colours = exhibit.call(
            "const { data } = root.querySelector('canvas').getContext('2d').getImageData(1, 1, 1, 1);
             return [getComputedStyle(document.documentElement).backgroundColor, [...data].join(), root.querySelector('.note').hidden]",
            &[],
        )?;
        assert_eq!(
            colours,
            json!(["rgb(255, 253, 247)", "255,253,247,255", true])
        );
        Ok(())
    });
}

/// Its origin is nobody's, so that a message from it has none that could be compared.
fn a_sandboxed_frame_gets_its_height_as_well(engine: Engine) {
    check(engine, |browser| {
        // Scripts of a frame without an origin come from elsewhere in any case, and
        // WebKit finds nothing in it that is 'self'.
        let policy = "default-src 'none'; script-src http: 'wasm-unsafe-eval'; style-src http:; img-src http:; connect-src http:";
        let site = Origin::under("/", policy)?.header("Access-Control-Allow-Origin", "*");
        let page = HOST.replace("<iframe", "<iframe sandbox=\"allow-scripts\"");
        let (_site, host) = framed(site.serve()?, &page)?;
        let frame = open(browser, &host)?;
        let height = browser.inside_frame(&frame, || {
            browser.run("return Math.ceil(document.querySelector('ntk-playground').getBoundingClientRect().height)", &[])
        })?;
        browser.wait(
            "the frame follows",
            3.0,
            "return document.querySelector('iframe').clientHeight === arguments[0]",
            &[height],
        )?;
        Ok(())
    });
}

fn a_frame_gets_the_height_that_it_reports(engine: Engine) {
    check(engine, |browser| {
        let (_site, host) = two_sites()?;
        let frame = open(browser, &host)?;
        let height = || {
            browser.inside_frame(&frame, || {
                browser.run("return Math.ceil(document.querySelector('ntk-playground').getBoundingClientRect().height)", &[])
            })
        };
        let fits = |height: &serde_json::Value| {
            browser.wait(
                "the frame follows",
                3.0,
                "return document.querySelector('iframe').clientHeight === arguments[0]",
                std::slice::from_ref(height),
            )
        };
        let wide = height()?;
        assert_ne!(wide, 200);
        fits(&wide)?;
        // On a narrow column the views stand one below the other.
        browser.run("document.querySelector('iframe').width = '360'", &[])?;
        browser.wait(
            "the exhibit has arranged itself",
            3.0,
            "return document.querySelector('iframe').clientHeight > arguments[0] + 100",
            &[wide],
        )?;
        let narrow = height()?;
        fits(&narrow)?;
        let scrolls = browser.inside_frame(&frame, || {
            browser.run(
                "return document.documentElement.scrollHeight > innerHeight",
                &[],
            )
        })?;
        assert_eq!(scrolls, false, "nothing is left to scroll inside");

        // Others cannot set heights.
        let kept = browser.run(
            "const before = document.querySelector('iframe').height;
             for (const height of [9999, -3, 'x', 1e9]) postMessage({ type: 'ntk-height', height }, '*');
             await new Promise((done) => setTimeout(done, 200));
             return document.querySelector('iframe').height === before;",
            &[],
        )?;
        assert_eq!(kept, true);
        Ok(())
    });
}

fn a_frame_takes_neither_focus_nor_wheel_nor_the_tab_key(engine: Engine) {
    check(engine, |browser| {
        let (_site, host) = two_sites()?;
        let frame = open(browser, &host)?;
        let active = |browser: &Browser| {
            browser.run(
                "return document.activeElement.id || document.activeElement.tagName",
                &[],
            )
        };
        assert_eq!(active(browser)?, "BODY", "on load");
        if engine != Engine::Webkit {
            browser.wheel(&frame, 200)?;
            browser.wait("the page around scrolls", 3.0, "return scrollY > 50", &[])?;
            browser.run("scrollTo({top: 0, behavior: 'instant'})", &[])?;
        }

        // By the tab key through the frame and out again.
        browser.run("document.querySelector('#before').focus()", &[])?;
        let mut inside = 0;
        for _ in 0..40 {
            browser.press("\u{e004}")?;
            let now = active(browser)?;
            if now == "IFRAME" {
                inside += 1;
            } else if now == "after" {
                break;
            }
        }
        assert_eq!(active(browser)?, "after", "the frame lets the focus go");
        assert!(
            inside >= 5,
            "every part of the exhibit was reached: {inside}"
        );

        // And its keys work while it has the focus.
        browser.inside_frame(&frame, || {
            browser.run("document.querySelector('ntk-playground').shadowRoot.querySelector('canvas').focus()", &[])?;
            browser.press(" ")?;
            browser.wait("space plays", 3.0, "const one = document.querySelector('ntk-playground'); return one.running && one.stepCount > 3", &[])
        })?;
        Ok(())
    });
}

fn a_slider_released_outside_its_frame_is_released(engine: Engine) {
    check(engine, |browser| {
        let (_site, host) = two_sites()?;
        let frame = open(browser, &host)?;
        browser.wait(
            "the frame has its height",
            3.0,
            "return document.querySelector('iframe').clientHeight !== 200",
            &[],
        )?;
        let noise = || {
            browser.inside_frame(&frame, || {
                browser.run(
                    "return Number(document.querySelector('ntk-playground').get('noise'))",
                    &[],
                )
            })
        };
        let inner = browser.inside_frame(&frame, || {
            browser.run(
                "const input = document.querySelector('ntk-playground').shadowRoot.querySelector('[data-knob=noise] input');
                 const box = input.getBoundingClientRect();
                 return [box.left + 8 + (box.width - 16) * Number(input.value), box.top + box.height / 2];",
                &[],
            )
        })?;
        let outer = browser.run("const { left, top, bottom } = document.querySelector('iframe').getBoundingClientRect(); return [left, top, bottom]", &[])?;
        let number = |value: &serde_json::Value| value.as_f64().context("not a number");
        let (x, y) = (
            number(&inner[0])? + number(&outer[0])?,
            number(&inner[1])? + number(&outer[1])?,
        );
        let below = number(&outer[2])? + 30.0;
        browser.drag(&[(x, y), (x + 30.0, y), (x + 30.0, below)], 30)?;
        let released = noise()?;
        assert!(number(&released)? > 0.4, "it was dragged: {released}");
        // Over it again, without a button.
        let body = browser.element("return document.body", &[])?;
        browser.hover(&body, 0, 0)?;
        browser.hover(&frame, 0, 0)?;
        assert_eq!(noise()?, released, "and is let go of");
        Ok(())
    });
}
