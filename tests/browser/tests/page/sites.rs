//! Sites, decks and frames, each built by the rules of its tool from the recipe of
//! docs/hosts.md alone: the exhibit works at the first try, and again after other pages.

use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Engine, Origin, check, claims, skip};
use serde_json::json;
use std::net::{Ipv4Addr, TcpListener};
use xtask::project;
use xtask::site::{Server, Site};
use xtask::test::hosts;

claims! {
    full_chromium:
        sites_show_it_by_their_own_rules,
        apps_show_it_again_after_another_page,
        a_slide_keeps_the_keys_of_its_exhibit,
        a_frame_works_where_scripts_are_taken_away;
}

/// A built site at `/`; nothing if its tool was not there.
fn site(engine: Engine, name: &str) -> Result<Option<Server>> {
    let folder = hosts::folder()?.join("built").join(name);
    if !folder.is_dir() {
        skip(engine, name, "it was not built");
        return Ok(None);
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(Some(Server::start(Site::new(folder), listener)?))
}

/// The exhibit as its page wants it, and nothing in the console.
fn works(browser: &Browser, name: &str) -> Result<()> {
    let exhibit = browser.exhibit("ntk-playground").context(name.to_owned())?;
    exhibit.step(3)?;
    let seen = exhibit.call(
        "return [element.get('noise'), root.querySelectorAll('[part~=figure]').length]",
        &[],
    )?;
    ensure!(seen == json!(["0.5", 1]), "{name}: {seen}");
    let errors = browser.errors();
    ensure!(errors.is_empty(), "{name}: {errors:?}");
    Ok(())
}

fn sites_show_it_by_their_own_rules(engine: Engine) {
    check(engine, |browser| {
        browser.record()?;
        for (name, path) in [
            ("eleventy", ""),
            ("hugo", "post/"),
            ("mkdocs", ""),
            ("jekyll", "notes/"),
        ] {
            let Some(server) = site(engine, name)? else {
                continue;
            };
            browser.open(&format!("{}{path}", server.address()))?;
            works(browser, name)?;
            if name == "mkdocs" {
                let exhibit = browser.exhibit("ntk-playground")?;
                let theme = exhibit.theme()?;
                ensure!(theme == "dark", "{name}: {theme}");
            }
        }
        Ok(())
    });
}

/// How often the page of the exhibit is left and entered.
const ROUNDS: u32 = 5;

fn apps_show_it_again_after_another_page(engine: Engine) {
    check(engine, |browser| {
        browser.record()?;
        for name in ["next", "docusaurus", "astro"] {
            let Some(server) = site(engine, name)? else {
                continue;
            };
            browser.open(server.address())?;
            works(browser, name)?;
            // It is gone if the browser loads a page anew.
            browser.run("window.stays = true", &[])?;
            for _ in 0..ROUNDS {
                for (id, other) in [("forth", "#back"), ("back", "ntk-playground")] {
                    let find = "return document.getElementById(arguments[0])";
                    let link = browser.element(find, &[json!(id)])?;
                    browser.click(&link)?;
                    let there = "return document.querySelector(arguments[0]) !== null";
                    browser.wait(other, 10.0, there, &[json!(other)])?;
                }
                works(browser, name)?;
            }
            let stays = browser.run("return window.stays", &[])?;
            ensure!(stays == true, "{name} has loaded a page anew");
        }
        Ok(())
    });
}

/// The decks: the condition on which they are ready, and the slide that is shown.
const DECKS: [(&str, &str, &str); 2] = [
    (
        "reveal",
        "window.deck?.isReady()",
        "deck.getIndices().h + 1",
    ),
    (
        "marp",
        "document.querySelector('.bespoke-marp-active')",
        "Number(location.hash.slice(1) || 1)",
    ),
];

/// The arrow that goes on in a deck.
const FORTH: &str = "\u{e014}";

fn a_slide_keeps_the_keys_of_its_exhibit(engine: Engine) {
    check(engine, |browser| {
        browser.record()?;
        for (name, ready, shown) in DECKS {
            let Some(server) = site(engine, name)? else {
                continue;
            };
            let slide = |number: u32| {
                let shown = format!("return {shown} === arguments[0]");
                let what = format!("slide {number} of {name}");
                browser.wait(&what, 5.0, &shown, &[json!(number)])
            };
            browser.open(server.address())?;
            browser.wait("the deck", 10.0, &format!("return Boolean({ready})"), &[])?;
            browser.press(FORTH)?;
            slide(2)?;
            works(browser, name)?;
            let exhibit = browser.exhibit("ntk-playground")?;
            exhibit.call(
                "window.passed = [];
                 document.addEventListener('keydown', ({ key }) => passed.push(key));
                 root.querySelector('[data-knob=noise] input').focus()",
                &[],
            )?;
            browser.press(FORTH)?;
            ensure!(
                exhibit.get("noise")? != "0.5",
                "{name}: the slider takes the key"
            );
            // A key that neither the exhibit nor the deck takes.
            browser.press("x")?;
            let passed = browser.run("return passed", &[])?;
            ensure!(passed == json!(["x"]), "{name}: {passed}");
            slide(2)?;
            exhibit.call("root.activeElement.blur()", &[])?;
            browser.press(FORTH)?;
            slide(3)?;
            let errors = browser.errors();
            ensure!(errors.is_empty(), "{name}: {errors:?}");
        }
        Ok(())
    });
}

/// What these hosts leave of a post: their own markup, no script.
const POSTS: [(&str, &str); 2] = [
    (
        "wordpress.html",
        include_str!("../../../hosts/frames/wordpress.html"),
    ),
    (
        "ghost.html",
        include_str!("../../../hosts/frames/ghost.html"),
    ),
];
const SHEET: &str = include_str!("../../../hosts/frames/frames.css");
/// The page may not run a script but that which listens for errors.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; frame-src http:";

/// The recipe, word for word, with the address of a site.
fn recipe(site: &Origin) -> Result<String> {
    let guide = std::fs::read_to_string(project::root().join("docs/hosts.md"))?;
    let mut lines = guide.lines();
    let frame = lines
        .find(|line| line.starts_with("<iframe "))
        .context("docs/hosts.md has no frame")?;
    let address = "https://example.org/ntk-playground/";
    ensure!(frame.contains(address), "another address: {frame}");
    Ok(frame.replace(address, &site.address("")))
}

fn a_frame_works_where_scripts_are_taken_away(engine: Engine) {
    check(engine, |browser| {
        let site = Origin::site()?.serve()?;
        let recipe = recipe(&site)?;
        let mut builder = Origin::under("/", POLICY)?.page("frames.css", SHEET);
        for (name, post) in POSTS {
            builder = builder.page(name, &post.replace("FRAME", &recipe));
        }
        let host = builder.serve()?;
        for (name, _) in POSTS {
            for time in ["at first", "again"] {
                browser.open(&host.test_address(name))?;
                let frame = browser.element("return document.querySelector('iframe')", &[])?;
                let wide = browser.run(
                    "const frame = document.querySelector('iframe');
                     frame.scrollIntoView();
                     const [inside, around] = [frame, frame.closest('figure').parentElement].map((one) => one.getBoundingClientRect());
                     return inside.width > 600 && frame.clientHeight === 700 && inside.width <= around.width",
                    &[],
                )?;
                ensure!(wide == true, "{name}, {time}: as wide as the text");
                browser.inside_frame(&frame, || {
                    let exhibit = browser.exhibit("ntk-playground")?;
                    ensure!(exhibit.get("noise")? == "0.5", "{name}, {time}");
                    exhibit.step(3)
                })?;
            }
        }
        let errors = browser.errors();
        ensure!(errors.is_empty(), "{errors:?}");
        Ok(())
    });
}
