//! An element and the page around it leave each other alone.

use anyhow::{Context, Result};
use browser_tests::{Browser, Engine, Exhibit, Origin, check, claims, skip};
use serde_json::{Value, json};

claims! {
    full:
        nothing_of_the_element_reaches_the_page,
        nothing_of_the_page_reaches_the_element,
        a_picture_lets_the_wheel_through,
        a_page_that_reserves_the_height_does_not_move,
        two_exhibits_on_a_page_are_two,
        an_element_that_plays_by_itself_plays_again_when_put_back;
}

macro_rules! gallery {
    ($name:literal) => {
        ($name, include_str!(concat!("../../gallery/", $name)))
    };
}

/// Every file of the folder.
const GALLERY: [(&str, &str); 9] = [
    gallery!("blog.html"),
    gallery!("blog.css"),
    gallery!("hostile.html"),
    gallery!("hostile.css"),
    gallery!("rtl.html"),
    gallery!("rtl.css"),
    gallery!("slides.html"),
    gallery!("slides.css"),
    gallery!("two.html"),
];

/// Pages that do not bring the script: a test adds it.
const HOSTS: [&str; 3] = ["blog.html", "hostile.html", "rtl.html"];

/// A site with all of them.
pub fn serve() -> Result<Origin> {
    let builder = Origin::site()?.elements(
        "plain.html",
        "<ntk-playground exhibit=spectrum theme=light></ntk-playground>",
    );
    let all = GALLERY
        .iter()
        .fold(builder, |site, (name, content)| site.page(name, content));
    all.serve()
}

/// Adds the script of the site to a page that has come without it.
fn bring<'a>(browser: &'a Browser) -> Result<Exhibit<'a>> {
    browser.run(
        "const script = document.createElement('script');
         script.type = 'module';
         script.src = '../ntk-playground.js';
         document.head.append(script);
         await new Promise((done, failed) => { script.onload = done; script.onerror = failed; });
         script.remove();",
        &[],
    )?;
    browser.exhibit("ntk-playground")
}

/// Everything a page can tell about itself: computed styles of all it has
/// outside the exhibit, its globals, sheets, attributes and focus.
const PAGE: &str = "
    const host = document.querySelector('ntk-playground');
    const sizes = /^(width|height|inline-size|block-size|perspective-origin|transform-origin)$/;
    const report = {};
    for (const [i, node] of [...document.querySelectorAll('*')].entries()) {
      if (node === host) continue;
      const style = getComputedStyle(node);
      // What the exhibit stands in grows with it.
      report[`${i} ${node.tagName}`] = [...style]
        .filter((name) => !(node.contains(host) && sizes.test(name)) && !name.startsWith('--'))
        .map((name) => `${name}: ${style.getPropertyValue(name)}`).join('; ');
      report[`${i} ${node.tagName} attributes`] = [...node.attributes].map(({ name, value }) => `${name}=${value}`).join(' ');
    }
    const known = (window.__globals ??= new Set(Object.getOwnPropertyNames(window)));
    // The driver of Chromium keeps something there as well.
    const fresh = Object.getOwnPropertyNames(window).filter((name) => !known.has(name));
    report.globals = fresh.filter((name) => !['__globals', 'ret_nodes'].includes(name)).join(' ');
    report.sheets = `${document.styleSheets.length} ${document.adoptedStyleSheets.length}`;
    report.active = document.activeElement.tagName;
    report.scrolled = `${scrollX} ${scrollY}`;
    report.title = document.title;
    return report;";

fn nothing_of_the_element_reaches_the_page(engine: Engine) {
    check(engine, |browser| {
        let origin = serve()?;
        for name in HOSTS {
            browser.open(&origin.test_address(name))?;
            let before = browser.run(PAGE, &[])?;
            let exhibit = bring(browser)?;
            exhibit.step(30)?;
            browser.run("scrollTo({top: 0, behavior: 'instant'})", &[])?;
            let after = browser.run(PAGE, &[])?;
            let before = before.as_object().context("a report")?;
            assert!(before.len() > 10, "{name}: {}", before.len());
            for (part, was) in before {
                assert_eq!(Some(was), after.get(part), "{name}: {part}");
            }
            assert_eq!(
                Some(before.len()),
                after.as_object().map(serde_json::Map::len)
            );
        }
        Ok(())
    });
}

/// How the parts of an exhibit look, as far as their place does not decide.
const LOOKS: &str = "
    const properties = ['display', 'color', 'background-color', 'font-family', 'font-size', 'font-style', 'font-weight',
      'font-variant-caps', 'line-height', 'letter-spacing', 'word-spacing', 'text-transform', 'text-indent', 'text-align',
      'text-shadow', 'text-decoration-line', 'white-space', 'word-break', 'direction', 'cursor', 'opacity', 'visibility',
      'border-top-width', 'border-top-color', 'border-top-left-radius', 'padding-left', 'box-sizing', 'transition-duration',
      'z-index', 'accent-color', 'color-scheme', '-webkit-text-fill-color', 'max-width', 'float', 'quotes', 'hyphens'];
    const parts = ['.frame', '.exhibit', '.views', '.figure', 'figcaption', '.name', '.name b', '.reading', '.plot', 'canvas', '.toolbar', '.play',
      '.play svg', '.glyph', '.count', '.unit', '.label', '.value', '.slider input', '.track', '.ticks span', '.outline',
      '.seed input', '.switch', '.pill', '.segments', '.segments button', '.more', '.panel', '.row select', '.text', '.foot', '.end'];
    return Object.fromEntries(parts.flatMap((part) => {
      const node = root.querySelector(part);
      if (!node) throw new Error(`there is no ${part}`);
      const style = getComputedStyle(node);
      return properties.map((name) => [`${part} ${name}`, style.getPropertyValue(name)]);
    }));";

/// How a ledger beside the exhibit looks.
fn ledger(browser: &Browser) -> Result<Value> {
    browser.run(
        "await import(new URL('../ledger.js', location.href).href);
         const host = document.querySelector('ntk-playground');
         host.id = 'judged';
         const ledger = document.createElement('ntk-ledger');
         ledger.setAttribute('for', 'judged');
         ledger.setAttribute('theme', 'light');
         host.after(ledger);
         await new Promise((done) => setTimeout(done, 400));
         const properties = ['color', 'font-family', 'font-size', 'font-style', 'line-height', 'letter-spacing', 'text-transform',
           'text-indent', 'text-align', 'direction', 'white-space', 'display', 'cursor', '-webkit-text-fill-color'];
         return ['h2', '.caption', 'table', 'tbody th', '.shows', '.verdict', '.reason', '.scale'].map((part) => {
           const style = getComputedStyle(ledger.shadowRoot.querySelector(part));
           return [part, ...properties.map((name) => style.getPropertyValue(name))].join(' | ');
         });",
        &[],
    )
}

fn nothing_of_the_page_reaches_the_element(engine: Engine) {
    check(engine, |browser| {
        let origin = serve()?;
        browser.open(&origin.test_address("plain.html"))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.step(30)?;
        let plain = exhibit.call(LOOKS, &[])?;
        let judged = ledger(browser)?;
        for name in HOSTS {
            browser.open(&origin.test_address(name))?;
            // As much of it, as wide, as on the plain page.
            browser.run(
                "const host = document.querySelector('ntk-playground');
                 for (const name of ['views', 'controls']) host.removeAttribute(name);
                 document.querySelector('article')?.replaceWith(host);",
                &[],
            )?;
            let exhibit = bring(browser)?;
            exhibit.step(30)?;
            let here = exhibit.call(LOOKS, &[])?;
            assert_eq!(ledger(browser)?, judged, "{name}: the ledger");
            for (part, look) in plain.as_object().context("looks")? {
                assert_eq!(Some(look), here.get(part), "{name}: {part}");
            }
            let drawn = exhibit.call(
                "return [...root.querySelectorAll('canvas')].filter((one) => one.checkVisibility())
                   .map((one) => [one.offsetWidth - one.parentNode.offsetWidth, one.offsetHeight - one.parentNode.offsetHeight])
                   .filter(([wide, high]) => Math.abs(wide) > 1 || Math.abs(high) > 1)",
                &[],
            )?;
            assert_eq!(drawn, json!([]), "{name}: pictures fill their places");
            let words = exhibit.call(
                "const frame = root.querySelector('.frame'); return [frame.lang, getComputedStyle(frame).direction]",
                &[],
            )?;
            assert_eq!(words, json!(["en", "ltr"]), "{name}");
        }
        Ok(())
    });
}

fn a_picture_lets_the_wheel_through(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground exhibit=spectrum></ntk-playground><link rel=stylesheet href=tall.css><div class=tall></div>";
        let _origin = Origin::site()?
            .page("tall.css", ".tall { height: 3000px }")
            .open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.step(30)?;
        let prevented = exhibit.call(
            "return [...root.querySelectorAll('canvas, .slider input, .toolbar')].filter((part) =>
               !part.dispatchEvent(new WheelEvent('wheel', { deltaY: 100, bubbles: true, composed: true, cancelable: true }))).length",
            &[],
        )?;
        assert_eq!(prevented, 0, "nobody takes the wheel");
        browser.run("scrollTo({top: 0, behavior: 'instant'})", &[])?;
        if engine == Engine::Webkit {
            skip(
                engine,
                "a real wheel over a picture",
                "its driver has no wheel; the event is checked instead",
            );
            return Ok(());
        }
        browser.wheel(&exhibit.inside("canvas")?, 200)?;
        browser.wait("the page scrolls", 3.0, "return scrollY > 50", &[])?;
        Ok(())
    });
}

fn a_page_that_reserves_the_height_does_not_move(engine: Engine) {
    check(engine, |browser| {
        let origin = serve()?;
        browser.open(&origin.test_address("blog.html"))?;
        let place = "return [document.querySelector('ntk-playground').offsetHeight, document.querySelector('#after').offsetTop]";
        let before = browser.run(place, &[])?;
        if engine == Engine::Chromium {
            browser.run(
                "window.moved = [];
                 new PerformanceObserver((list) => moved.push(...list.getEntries().map(({ value }) => value)))
                   .observe({ type: 'layout-shift', buffered: true });",
                &[],
            )?;
        }
        let exhibit = bring(browser)?;
        exhibit.play()?;
        exhibit.wait("steps done", 10.0, "return element.stepCount > 10")?;
        exhibit.pause()?;
        assert_eq!(browser.run(place, &[])?, before);
        if engine == Engine::Chromium {
            let moved = browser.run("return moved", &[])?;
            assert_eq!(moved, json!([]), "nothing shifts");
        }
        Ok(())
    });
}

fn two_exhibits_on_a_page_are_two(engine: Engine) {
    check(engine, |browser| {
        let origin = serve()?;
        browser.open(&origin.test_address("two.html"))?;
        for (selector, reading) in [("#one", "train-loss"), ("#two", "unseen-error")] {
            let exhibit = browser.exhibit(selector)?;
            exhibit.wait("it runs", 10.0, "return element.stepCount > 5")?;
            assert!(
                exhibit.readings()?.contains_key(reading),
                "{selector} {:?}",
                exhibit.readings()?.keys()
            );
            exhibit.pause()?;
        }
        let same = browser.run(
            "return document.querySelector('#one').knobs.map(({ name }) => name).join()
               === document.querySelector('#two').knobs.map(({ name }) => name).join()",
            &[],
        )?;
        assert_eq!(same, false);
        Ok(())
    });
}

fn an_element_that_plays_by_itself_plays_again_when_put_back(engine: Engine) {
    check(engine, |browser| {
        let origin = serve()?;
        browser.open(&origin.test_address("two.html"))?;
        let exhibit = browser.exhibit("#one")?;
        exhibit.wait("it runs", 5.0, "return element.stepCount > 5")?;
        exhibit.call(
            "element.remove();
             await new Promise((done) => setTimeout(done, 200));
             document.body.append(element);",
            &[],
        )?;
        let exhibit = browser.exhibit("#one")?;
        exhibit.wait(
            "it runs again",
            5.0,
            "return element.running && element.stepCount > 5",
        )?;
        Ok(())
    });
}
