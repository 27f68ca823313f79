//! Every link arrives, those that were written before the chapters were pages of their
//! own too: at the page of the exhibit or section that it names, with its settings.

use anyhow::{Context, Result, ensure};
use browser_tests::{Engine, Options, Origin, chapters, check, check_with, claims};
use serde_json::json;
use std::collections::BTreeSet;
use xtask::project;

claims! {
    fast_chromium:
        from_the_first_screen_every_exhibit_is_two_presses_away;
    full:
        old_and_new_links_arrive;
    full_chromium:
        a_try_is_in_the_address_and_beside_its_effect;
}

/// Addresses, the page that each leads to, and what is on it then: an exhibit or a place.
const LINKS: [(&str, &str, &str); 46] = [
    ("", "index.html", "#spectrum"),
    ("?theme=projector", "index.html", "#spectrum"),
    ("?noise=0.3&step=5", "index.html", "#spectrum"),
    (
        "index.html?exhibit=spectrum&seed=7",
        "index.html",
        "#spectrum",
    ),
    (
        "?theme=projector&exhibit=spectrum",
        "index.html",
        "#spectrum",
    ),
    ("?exhibit=channel", "channel.html", "#channel"),
    (
        "?exhibit=channel&amp;noise=0.4&amp;step=5",
        "channel.html",
        "#channel",
    ),
    ("?exhibit=CHANNEL.", "channel.html", "#channel"),
    (
        "?exhibit=channel&step=5#channel",
        "channel.html",
        "#channel",
    ),
    (
        "index.html?theme=dark&exhibit=reservoir",
        "channel.html",
        "#reservoir",
    ),
    ("?exhibit=benign&flips=0", "benign.html", "#benign"),
    ("?exhibit=descent&stop=12", "descent.html", "#descent"),
    ("?exhibit=matrix&depth=1", "bias.html", "#matrix"),
    ("?exhibit=bias&widths=512", "bias.html", "#bias"),
    ("?exhibit=grokking", "grokking.html", "#grokking"),
    ("?exhibit=race&noise=0.1", "gate.html", "#race"),
    ("?exhibit=race-addition", "addition.html", "#race-addition"),
    ("?exhibit=race-pinn&noise=0", "pinn.html", "#race-pinn"),
    (
        "?exhibit=race-preferences",
        "preferences.html",
        "#race-preferences",
    ),
    ("?exhibit=nonsense", "index.html", "#spectrum"),
    ("#output-space", "index.html", "#output-space"),
    ("#contents", "index.html", "#contents"),
    ("#ledger", "index.html", "#ledger"),
    ("#spectrum", "index.html", "#spectrum"),
    ("#channel-section", "channel.html", "#channel-section"),
    ("#channel", "channel.html", "#channel"),
    ("#channel-ledger", "channel.html", "#channel-ledger"),
    ("#reservoir-section", "channel.html", "#reservoir-section"),
    ("#reservoir-ledger", "channel.html", "#reservoir-ledger"),
    ("#benign-section", "benign.html", "#benign-section"),
    ("#double-descent", "descent.html", "#double-descent"),
    ("#implicit-bias", "bias.html", "#implicit-bias"),
    ("#order-of-learning", "bias.html", "#order-of-learning"),
    ("#grokking-section", "grokking.html", "#grokking-section"),
    ("#gate-section", "gate.html", "#gate-section"),
    ("#gate-grokking", "addition.html", "#gate-grokking"),
    ("#gate-pinn", "pinn.html", "#gate-pinn"),
    ("#gate-preferences", "preferences.html", "#gate-preferences"),
    ("#all-claims", "claims.html", "#all-claims"),
    ("?theme=dark#embed", "embedding.html", "#embed"),
    ("channel.html?exhibit=benign", "benign.html", "#benign"),
    ("claims.html#gate-pinn", "pinn.html", "#gate-pinn"),
    (
        "channel.html?exhibit=channel&noise=0.3",
        "channel.html",
        "#channel",
    ),
    (
        "bias.html#order-of-learning",
        "bias.html",
        "#order-of-learning",
    ),
    ("teaching.html", "teaching.html", "#teaching"),
    ("doc-model.html", "doc-model.html", "#content"),
];

/// The links of the teacher's guide.
fn taught() -> Result<BTreeSet<String>> {
    let guide = std::fs::read_to_string(project::root().join("docs/teaching.md"))?;
    let in_link = |sign: char| sign.is_ascii_alphanumeric() || "=&._-".contains(sign);
    let links = guide.split("`?").skip(1).filter_map(|rest| {
        let query = rest.split(|sign| !in_link(sign)).next()?;
        (query.contains("exhibit=") && !query.contains("=N")).then(|| format!("?{query}"))
    });
    Ok(links.collect())
}

fn old_and_new_links_arrive(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::below("/blog/x/")?.serve()?;
        let pages = chapters()?;
        let mut links: Vec<(String, String, String)> = LINKS
            .iter()
            .map(|(link, page, place)| ((*link).into(), (*page).into(), (*place).into()))
            .collect();
        for link in taught()? {
            let exhibit = link
                .split(['?', '&'])
                .find_map(|one| one.strip_prefix("exhibit="))
                .context("an exhibit")?;
            let page = pages
                .iter()
                .find(|page| page.exhibits.iter().any(|one| one == exhibit))
                .with_context(|| format!("{exhibit} stands nowhere"))?;
            let place = format!("#{exhibit}");
            links.push((link, page.file.clone(), place));
        }
        ensure!(links.len() >= 60, "only {} links", links.len());
        for (link, page, place) in links {
            browser.open("about:blank")?;
            browser.open(&origin.address(&link))?;
            let there = "const [page, place] = arguments;
                const name = location.pathname.split('/').pop() || 'index.html';
                return document.readyState === 'complete' && name === page && document.querySelector(place) !== null";
            browser.wait(
                &format!("{link} at {page}"),
                10.0,
                there,
                &[json!(page), json!(place)],
            )?;
            // Query and place are kept, and are the run's.
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let query = path.split_once('?').map_or("", |(_, query)| query);
            let kept = browser.run("return [location.search, location.hash]", &[])?;
            let search = kept[0].as_str().unwrap_or_default().trim_start_matches('?');
            ensure!(search == query, "{link}: {kept}");
            ensure!(
                kept[1].as_str().unwrap_or_default().trim_start_matches('#') == anchor,
                "{link}: {kept}"
            );
            let run = browser.run(
                "return document.querySelector(arguments[0]).getAttribute('run')",
                &[json!(place)],
            )?;
            let knobs: Vec<&str> = query
                .split('&')
                .map(|one| one.trim_start_matches("amp;"))
                .filter(|one| {
                    !one.is_empty()
                        && !["exhibit=", "theme="]
                            .iter()
                            .any(|own| one.starts_with(own))
                })
                .collect();
            if !knobs.is_empty() {
                assert_eq!(run, json!(knobs.join("&")), "{link}");
            }
        }
        Ok(())
    });
}

fn from_the_first_screen_every_exhibit_is_two_presses_away(engine: Engine) {
    for options in [Options::of(engine), Options::phone(engine)] {
        check_with(&options, |browser| {
            let origin = Origin::site()?.serve()?;
            for page in chapters()? {
                browser.open(&origin.address("?theme=light"))?;
                let menu =
                    browser.element("return document.querySelector('.menu summary')", &[])?;
                browser.click(&menu)?;
                let item = browser.element(
                    "return document.querySelector(`.menu a[href='${arguments[0]}']`)",
                    &[json!(page.file)],
                )?;
                browser.click(&item)?;
                let there = "return location.pathname.endsWith(`/${arguments[0]}`) && document.readyState === 'complete'";
                browser.wait(&page.file, 10.0, there, &[json!(page.file)])?;
                // Where one is, the neighbours and the contents are there in one press.
                let seen = browser.run(
                    "const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).length;
                     const [current, ...more] = document.querySelectorAll('.menu [aria-current=page]');
                     const box = document.querySelector('ntk-playground[data-page]')?.getBoundingClientRect();
                     return [current.getAttribute('href'), more.length, shown('.masthead .to-contents'), shown('.masthead a.step'),
                       !box || box.top < innerHeight / 2, location.search];",
                    &[],
                )?;
                let steps = match page.file.as_str() {
                    "index.html" | "teaching.html" => 1,
                    _ => 2,
                };
                assert_eq!(seen, json!([page.file, 0, 1, steps, true, "?theme=light"]));
            }
            Ok(())
        });
    }
}

fn a_try_is_in_the_address_and_beside_its_effect(engine: Engine) {
    for options in [Options::of(engine), Options::phone(engine)] {
        check_with(&options, |browser| {
            let origin = Origin::site()?.serve()?;
            browser.open(&origin.address("channel.html"))?;
            let exhibit = browser.exhibit("#channel")?;
            let tries = browser.run(
                "return document.querySelectorAll('.try button[data-for=channel]').length",
                &[],
            )?;
            for number in 0..tries.as_u64().unwrap_or_default() {
                let button = browser.element(
                    "return document.querySelectorAll('.try button[data-for=channel]')[arguments[0]]",
                    &[json!(number)],
                )?;
                browser.click(&button)?;
                exhibit.wait(
                    "it plays",
                    10.0,
                    "return element.running && element.stepCount > 0",
                )?;
                let seen = browser.run(
                    "const [button] = arguments;
                     const row = button.closest('.try').getBoundingClientRect();
                     const box = document.querySelector('#channel').getBoundingClientRect();
                     const query = new URLSearchParams(location.search);
                     const wanted = [...new URLSearchParams(button.dataset.set)];
                     return [row.top >= 0 && row.bottom <= innerHeight, Math.min(box.bottom, innerHeight) - Math.max(box.top, 0) > innerHeight / 2,
                       wanted.every(([knob, value]) => query.get(knob) === value), query.has('step'), query.get('exhibit')];",
                    &[button.value()],
                )?;
                assert_eq!(
                    seen,
                    json!([true, true, true, false, "channel"]),
                    "button {number}"
                );
            }
            Ok(())
        });
    }
}
