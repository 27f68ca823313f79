//! Enlarged to 200 and to 400 per cent the page is one column that scrolls one
//! way, with nothing cut off.

use crate::phone::CROWDED;
use anyhow::{Context, Result};
use browser_tests::{Browser, Engine, Options, Origin, chapters, check_with, claims};
use serde_json::json;

claims! {
    full:
        at_200_per_cent_nothing_is_cut_off,
        at_400_per_cent_nothing_is_cut_off;
    full_chromium:
        with_large_type_the_controls_grow_and_nothing_is_cut_off;
}

/// Controls, words and pictures that stick out of the viewport or of a box that
/// cuts them, `root` a document or shadow root. What scrolls by itself, like a long formula,
/// may be wider than it looks.
const CUT: &str = "
    const scrolls = (part) => ['auto', 'scroll'].includes(getComputedStyle(part).overflowX);
    const inScroller = (part) => {
      for (let outer = part.parentElement; outer; outer = outer.parentElement) if (scrolls(outer)) return true;
      return false;
    };
    return [...root.querySelectorAll('canvas, button, input, select, textarea, a, p, li, h1, h2, th, td, .value, .label, .name, .reading b')]
      .filter((part) => part.checkVisibility({ visibilityProperty: true }) && !part.matches('.spoken, .skip') && !inScroller(part))
      // Names of columns are for readers of the table, where rows are blocks.
      .filter((part) => !part.closest('thead'))
      .map((part) => ({ part, box: part.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1)
      .filter(({ part, box }) => box.left < -0.5 || box.right > innerWidth + 0.5
        || (part.matches('button, p, a, li') && !scrolls(part) && part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0
            && getComputedStyle(part).overflowX !== 'visible'))
      .map(({ part, box }) => `${part.outerHTML.slice(0, 120)} from ${box.left} to ${box.right}`);";

fn survey(browser: &Browser, width: u32) -> Result<()> {
    let origin = Origin::site()?.serve()?;
    for page in chapters()? {
        browser.open(&origin.address(&page.file))?;
        survey_page(browser, width).context(page.file)?;
    }
    Ok(())
}

fn survey_page(browser: &Browser, width: u32) -> Result<()> {
    for name in browser.page_elements()? {
        let exhibit = browser.exhibit(&format!("#{name}"))?;
        exhibit.pause()?;
        exhibit.step(3)?;
        let cut = exhibit.call(CUT, &[])?;
        assert_eq!(cut, json!([]), "{name}");
        let crowded = exhibit.call(CROWDED, &[])?;
        assert_eq!(crowded, json!([]), "{name}");

        // The same with More open, all of which can be scrolled to.
        let open = exhibit.call(
            "const more = root.querySelector('.more'); more?.click(); return Boolean(more);",
            &[],
        )?;
        if open == true {
            let cut = exhibit.call(
                "const panel = root.querySelector('.panel');
                 root.querySelector('.more').scrollIntoView({ block: 'end', behavior: 'instant' });
                 const box = panel.getBoundingClientRect();
                 const inner = [...panel.querySelectorAll('button, input, select, .label')].filter((part) => part.checkVisibility());
                 const found = inner.map((part) => [part, part.getBoundingClientRect()])
                   .filter(([, one]) => one.left < box.left - 0.5 || one.right > box.right + 0.5 || one.right > innerWidth + 0.5)
                   .map(([part]) => part.outerHTML.slice(0, 120));
                 if (panel.scrollWidth > panel.clientWidth + 1) found.push('it scrolls sideways');
                 if (box.top < -0.5) found.push(`it begins at ${box.top}, off the screen`);
                 return found;",
                &[],
            )?;
            assert_eq!(cut, json!([]), "{name}, More");
            exhibit.call("root.querySelector('.more').click()", &[])?;
        }
    }
    let tables = "for (const table of document.querySelectorAll('ntk-ledger, ntk-claims')) {
           table.scrollIntoView({behavior: 'instant'});
           if (!table.shadowRoot?.querySelector('tbody tr')) return false;
         }
         return true";
    browser.wait("the tables of claims", 20.0, tables, &[])?;
    let cut = browser.run(
        &format!(
            "const survey = (root) => {{ {CUT} }};
             return [document, ...[...document.querySelectorAll('ntk-ledger, ntk-claims')].map((one) => one.shadowRoot)].flatMap(survey);"
        ),
        &[],
    )?;
    assert_eq!(cut, json!([]), "the page");
    let wide = browser.run(
        "return [document.documentElement.scrollWidth, innerWidth]",
        &[],
    )?;
    assert_eq!(wide, json!([width, width]), "it scrolls one way only");
    Ok(())
}

fn at_200_per_cent_nothing_is_cut_off(engine: Engine) {
    check_with(&Options::enlarged(engine, 2), |browser| {
        survey(browser, 640)
    });
}

fn at_400_per_cent_nothing_is_cut_off(engine: Engine) {
    check_with(&Options::enlarged(engine, 4), |browser| {
        survey(browser, 320)
    });
}

/// What a reader has set who needs type twice as large.
const LARGE: u32 = 32;

fn with_large_type_the_controls_grow_and_nothing_is_cut_off(engine: Engine) {
    let usual = Options::of(engine);
    let mut heights = Vec::new();
    for type_size in [usual.type_size, LARGE] {
        check_with(&Options { type_size, ..usual }, |browser| {
            let body = "<ntk-playground id=whole></ntk-playground>
                <ntk-playground id=card views='fit loss' controls='noise gate'></ntk-playground>";
            let _origin = Origin::site()?.open(browser, body)?;
            for id in ["#whole", "#card"] {
                let exhibit = browser.exhibit(id)?;
                exhibit.step(3)?;
                assert_eq!(exhibit.call(CUT, &[])?, json!([]), "{id} at {type_size}");
                assert_eq!(
                    exhibit.call(CROWDED, &[])?,
                    json!([]),
                    "{id} at {type_size}"
                );
            }
            let whole = browser.exhibit("#whole")?;
            let height = whole.call(
                "return root.querySelector('.play').getBoundingClientRect().height",
                &[],
            )?;
            heights.push(height.as_f64().unwrap_or_default());
            // Whoever points sees what is there.
            let canvas = whole.inside("[data-view=eigenvalues] canvas")?;
            browser.hover(&canvas, 0, 0)?;
            let read = whole.wait(
                "what is pointed at",
                5.0,
                "return root.querySelector('[data-view=eigenvalues] .reading').textContent.match(/\\d+/)?.[0]",
            )?;
            let number: f64 = read.as_str().unwrap_or_default().parse()?;
            assert!(
                (8.0..=13.0).contains(&number),
                "the middle of twenty: {number} at {type_size}"
            );
            Ok(())
        });
    }
    assert!(heights[1] > 1.8 * heights[0], "the button: {heights:?}");
    // Where there is no room to grow, nothing sticks out.
    let phone = Options {
        type_size: LARGE,
        ..Options::phone(engine)
    };
    check_with(&phone, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address(""))?;
        browser.exhibit("ntk-playground")?.step(3)?;
        let over = browser.run(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
            &[],
        )?;
        assert_eq!(over, json!(0));
        Ok(())
    });
}
