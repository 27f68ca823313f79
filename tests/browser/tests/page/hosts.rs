//! The package in frameworks and bundlers: it works at the first try, in pages that
//! come and go, and says nothing to the console.

use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Engine, check, claims, skip};
use serde_json::json;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use xtask::site::{Server, Site};
use xtask::test::hosts;

claims! {
    full_chromium:
        every_host_shows_the_exhibit_again_and_again,
        sites_show_it_by_their_own_rules,
        a_slide_of_reveal_keeps_the_keys_of_its_exhibit,
        the_development_server_of_vite_does_as_well;
}

/// The pages that are built.
const BUILT: [&str; 6] = [
    "vite/plain.html",
    "vite/react.html",
    "vite/vue.html",
    "vite/svelte.html",
    "webpack/plain.html",
    "esbuild/plain.html",
];
/// The pages of the development server.
const SERVED: [&str; 4] = ["plain.html", "react.html", "vue.html", "svelte.html"];

/// How often the page of the exhibit is left and entered.
const ROUNDS: u32 = 30;

/// The exhibit as its page wants it: at step 12, not playing, with two pictures.
fn stands(browser: &Browser, host: &str) -> Result<()> {
    browser.wait(
        host,
        20.0,
        "const element = document.querySelector('ntk-playground');
         return element?.stepCount === 12 && !element.running",
        &[],
    )?;
    let seen = browser.run(
        "const element = document.querySelector('ntk-playground');
         return [element.shadowRoot.querySelectorAll('[part~=figure]').length, element.get('noise'), typeof element.step, element.views.length > 2];",
        &[],
    )?;
    ensure!(
        seen == json!([2, "0.5", "function", true]),
        "{host}: {seen}"
    );
    Ok(())
}

fn try_host(browser: &Browser, address: &str) -> Result<()> {
    browser.open(address)?;
    browser.wait("the page", 20.0, "return Boolean(window.host)", &[])?;
    stands(browser, address)?;
    for _ in 0..ROUNDS {
        browser.run(
            "const frame = () => new Promise((done) => requestAnimationFrame(done));
             host.show(false);
             await frame();
             await frame();
             if (document.querySelector('ntk-playground')) throw new Error('it is still there');
             host.show(true);
             await frame();
             await frame();
             await document.querySelector('ntk-playground').ready;",
            &[],
        )?;
    }
    stands(browser, address)?;
    // What the engine with all exhibits has, and a module on demand.
    browser.run(
        "const element = document.querySelector('ntk-playground');
         await element.twin('gate', 'hard');
         if (element.twinned.knob !== 'gate') throw new Error('no second run');
         element.shadowRoot.querySelector('[part~=canvas]').focus();
         element.press('t');",
        &[],
    )?;
    browser.wait(
        "the numbers",
        10.0,
        "return document.querySelector('ntk-playground').shadowRoot.querySelector('dialog[open]') !== null",
        &[],
    )?;
    ensure!(
        browser.errors().is_empty(),
        "{address}: {:?}",
        browser.errors()
    );
    Ok(())
}

/// The folder of what was built, if npm was there.
fn built(engine: Engine) -> Result<Option<PathBuf>> {
    let folder = hosts::folder()?;
    if folder.join("built").is_dir() {
        return Ok(Some(folder));
    }
    skip(
        engine,
        "frameworks and bundlers",
        "npm was not there to build them",
    );
    Ok(None)
}

fn every_host_shows_the_exhibit_again_and_again(engine: Engine) {
    check(engine, |browser| {
        let Some(folder) = built(engine)? else {
            return Ok(());
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let server = Server::start(Site::new(folder.join("built")), listener)?;
        for page in BUILT {
            try_host(browser, &format!("{}{page}", server.address())).context(page)?;
        }
        Ok(())
    });
}

/// Ends with the test.
struct Development(Child);

impl Drop for Development {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(folder: &Path, port: u16) -> Result<Development> {
    let child = Command::new("node")
        .args(["node_modules/vite/bin/vite.js", "--strictPort", "--port"])
        .arg(port.to_string())
        .args(["--host", "127.0.0.1"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .spawn()
        .context("cannot start node")?;
    Ok(Development(child))
}

fn the_development_server_of_vite_does_as_well(engine: Engine) {
    check(engine, |browser| {
        let Some(folder) = built(engine)? else {
            return Ok(());
        };
        // Free now; that another program takes it meanwhile is unlikely.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        let _server = serve(&folder, port)?;
        let started = Instant::now();
        while std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            ensure!(
                started.elapsed() < Duration::from_secs(20),
                "vite does not answer"
            );
            std::thread::sleep(Duration::from_millis(100));
        }
        for page in SERVED {
            try_host(browser, &format!("http://127.0.0.1:{port}/{page}")).context(page)?;
        }
        Ok(())
    });
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

fn sites_show_it_by_their_own_rules(engine: Engine) {
    check(engine, |browser| {
        for (name, path) in [
            ("eleventy", ""),
            ("hugo", "post/"),
            ("mkdocs", ""),
            ("next", ""),
        ] {
            let Some(server) = site(engine, name)? else {
                continue;
            };
            browser.open(&format!("{}{path}", server.address()))?;
            let rounds = if name == "next" { 5 } else { 0 };
            for round in 0..=rounds {
                let exhibit = browser.exhibit("ntk-playground").context(name)?;
                exhibit.step(3)?;
                ensure!(exhibit.get("noise")? == "0.5", "{name}");
                if name == "mkdocs" {
                    let theme = exhibit.theme()?;
                    ensure!(theme == "dark", "{name}: {theme}");
                }
                if round < rounds {
                    for id in ["forth", "back"] {
                        let link = browser.element(
                            "return document.getElementById(arguments[0])",
                            &[json!(id)],
                        )?;
                        browser.click(&link)?;
                        let other = if id == "forth" {
                            "#back"
                        } else {
                            "ntk-playground"
                        };
                        browser.wait(
                            other,
                            10.0,
                            "return document.querySelector(arguments[0]) !== null",
                            &[json!(other)],
                        )?;
                    }
                }
            }
            ensure!(
                browser.errors().is_empty(),
                "{name}: {:?}",
                browser.errors()
            );
        }
        Ok(())
    });
}

fn a_slide_of_reveal_keeps_the_keys_of_its_exhibit(engine: Engine) {
    check(engine, |browser| {
        let Some(server) = site(engine, "reveal")? else {
            return Ok(());
        };
        browser.open(server.address())?;
        browser.wait("the deck", 10.0, "return window.deck?.isReady()", &[])?;
        browser.run("deck.slide(1)", &[])?;
        let exhibit = browser.exhibit("ntk-playground")?;
        let slide = || browser.run("return deck.getIndices().h", &[]);
        exhibit.call("root.querySelector('[data-knob=noise] input').focus()", &[])?;
        // The arrow that goes on in a deck.
        browser.press("\u{e014}")?;
        ensure!(exhibit.get("noise")? != "0.5", "the slider takes the key");
        ensure!(slide()? == 1, "the slide stays");
        exhibit.call("root.activeElement.blur()", &[])?;
        browser.press("\u{e014}")?;
        browser.wait(
            "the next slide",
            5.0,
            "return deck.getIndices().h === 2",
            &[],
        )?;
        ensure!(browser.errors().is_empty(), "{:?}", browser.errors());
        Ok(())
    });
}
