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
        the_development_server_of_vite_does_as_well;
}

/// The pages that are built.
const BUILT: [&str; 7] = [
    "vite/plain.html",
    "vite/react.html",
    "vite/hydrated.html",
    "vite/vue.html",
    "vite/svelte.html",
    "webpack/plain.html",
    "esbuild/plain.html",
];
/// The pages of the development server.
const SERVED: [&str; 5] = [
    "plain.html",
    "react.html",
    "hydrated.html",
    "vue.html",
    "svelte.html",
];

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
        browser.record()?;
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
        browser.record()?;
        for page in SERVED {
            try_host(browser, &format!("http://127.0.0.1:{port}/{page}")).context(page)?;
        }
        Ok(())
    });
}
