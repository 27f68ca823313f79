//! Room is kept for what loads later: nothing moves while a page loads or is scrolled,
//! and a link to a place leads to it.
//!
//! `UPDATE_HEIGHTS=1 cargo test -p browser-tests heights -- --include-ignored` measures the
//! room anew and writes `www/heights.css`.

use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Engine, Options, Origin, chapters, check_with, claims};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use xtask::project;

claims! {
    full_chromium:
        room_is_kept_for_what_loads_later,
        a_link_to_a_place_leads_to_it_and_nothing_moves;
}

/// Widths of the screen, themes, and the rule under which the room holds: each is
/// measured at the first and holds up to it or to a wider one.
const BANDS: [(u32, &str, &str); 5] = [
    (1366, "light", ""),
    (1366, "projector", ""),
    (820, "light", "@media (max-width: 1179px)"),
    (600, "light", "@media (max-width: 719px)"),
    (390, "light", "@media (max-width: 479px)"),
];
/// How far a table may grow beyond its room as the sentences in it change: a share of
/// the room, and a row.
const SLACK: (f64, f64) = (0.12, 64.0);

/// Height that each element has and the room that is kept for it, once all have loaded.
const MEASURE: &str = "
    const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight * 0.6) {
      scrollTo({ top: y, behavior: 'instant' });
      await sleep(120);
    }
    for (const one of document.querySelectorAll('ntk-playground')) { await one.ready; one.pause(); }
    await sleep(800);
    const sizes = {};
    for (const one of document.querySelectorAll('main ntk-playground[data-page], ntk-ledger, ntk-claims')) {
      const room = parseFloat(getComputedStyle(one).minHeight) || 0;
      one.style.setProperty('min-height', '0px');
      sizes[one.id ? `#${one.id}` : one.localName] = [Math.ceil(one.getBoundingClientRect().height), room];
      one.style.removeProperty('min-height');
    }
    return sizes;";

type Sizes = BTreeMap<String, (f64, f64)>;

fn measure(browser: &Browser, origin: &Origin, theme: &str) -> Result<Sizes> {
    let mut all = Sizes::new();
    for page in chapters()? {
        browser.open(&origin.address(&format!("{}?theme={theme}", page.file)))?;
        let sizes: Sizes = serde_json::from_value(browser.run(MEASURE, &[])?)?;
        all.extend(sizes);
    }
    Ok(all)
}

fn room_is_kept_for_what_loads_later(engine: Engine) {
    let is_written = std::env::var_os("UPDATE_HEIGHTS").is_some();
    let mut css = "/* Room for what loads later. Written by a test: tests/browser/tests/page/heights.rs. */\n".to_owned();
    for (width, theme, rule) in BANDS {
        let options = Options {
            width,
            ..Options::of(engine)
        };
        check_with(&options, |browser| {
            let origin = Origin::site()?.serve()?;
            let sizes = measure(browser, &origin, theme)?;
            ensure!(sizes.len() > 20, "{sizes:?}");
            let mut rules = String::new();
            for (name, (height, room)) in &sizes {
                let far = (height - room).abs();
                ensure!(
                    is_written || far <= SLACK.0 * height + SLACK.1,
                    "{name} at {width} in {theme}: {height} px high, {room} px kept; UPDATE_HEIGHTS=1 measures anew"
                );
                let place = match theme {
                    "projector" => format!("[data-theme=\"projector\"] {name}"),
                    _ => name.clone(),
                };
                let _ = writeln!(rules, "{place} {{ min-height: {height}px; }}");
            }
            css.push_str(&match rule {
                "" => rules,
                rule => format!("{rule} {{\n{rules}}}\n"),
            });
            Ok(())
        });
    }
    if is_written {
        let file = project::root().join("www/heights.css");
        std::fs::write(&file, css).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
}

/// The layout shift so far, as the browser counts it.
const SHIFT: &str = "
    const entries = await new Promise((done) => {
      new PerformanceObserver((list) => done(list.getEntries())).observe({ type: 'layout-shift', buffered: true });
      setTimeout(done, 300, []);
    });
    return entries.reduce((sum, one) => sum + (one.hadRecentInput ? 0 : one.value), 0);";

/// How far a place is from where a link to it should lead.
const OFF: &str = "
    await new Promise((done) => setTimeout(done, 1500));
    const place = document.getElementById(location.hash.slice(1));
    const { top } = place.getBoundingClientRect();
    const wanted = parseFloat(getComputedStyle(place).scrollMarginTop) || 0;
    // At its end a page goes no further.
    const isAtEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    return isAtEnd && top >= 0 && top < innerHeight ? 0 : top - wanted;";

/// What a browser may move in one visit, where 0.1 counts as good.
const MOST: f64 = 0.02;

fn a_link_to_a_place_leads_to_it_and_nothing_moves(engine: Engine) {
    for options in [Options::of(engine), Options::phone(engine)] {
        check_with(&options, |browser| {
            let origin = Origin::site()?.serve()?;
            for page in chapters()? {
                let text = std::fs::read_to_string(project::dist().join(&page.file))?;
                let ids = text
                    .split("<section id=\"")
                    .chain(text.split("<ntk-ledger data-module=\"ledger\" id=\""))
                    .filter_map(|rest| rest.split_once('"'))
                    .map(|(id, _)| id)
                    .filter(|id| text.contains(&format!(" id=\"{id}\"")));
                for id in std::iter::once("").chain(ids) {
                    let what = format!("{}#{id} at {}", page.file, options.width);
                    // The same address with another place would be the same visit.
                    browser.open("about:blank")?;
                    browser.open(&origin.address(&format!("{}#{id}", page.file)))?;
                    if id.is_empty() {
                        browser.run("await new Promise((done) => setTimeout(done, 2000))", &[])?;
                    } else {
                        let off = browser.run(OFF, &[])?;
                        let off = off.as_f64().with_context(|| what.clone())?;
                        ensure!(off.abs() <= 8.0, "{what}: {off} px off");
                    }
                    let shift: Value = browser.run(SHIFT, &[])?;
                    let shift = shift.as_f64().context("a number")?;
                    ensure!(shift <= MOST, "{what}: a layout shift of {shift}");
                }
            }
            // Silence means something.
            browser.run(
                "document.querySelector('main').style.setProperty('padding-top', '300px')",
                &[],
            )?;
            let told = format!(
                "const shift = await (async () => {{ {SHIFT} }})(); return shift > {MOST} ? shift : null;"
            );
            browser.wait("a shift is noticed", 5.0, &told, &[json!(null)])?;
            Ok(())
        });
    }
}
