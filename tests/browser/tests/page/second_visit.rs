//! The page keeps a copy of its own files: the second visit needs no network, and a new
//! release replaces the copy as a whole.

use crate::network::{exhibits, pages};
use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Engine, Origin, check, claims, skip};
use serde_json::json;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use xtask::build::{self, offline, site};
use xtask::project;
use xtask::site::{Server, Site};

claims! {
    fast_chromium:
        frames_and_elements_keep_no_copy;
    full:
        the_second_visit_needs_no_network,
        a_release_replaces_the_one_before_as_a_whole;
}

/// A copy of the built site, of which another version can be released.
struct Release {
    folder: PathBuf,
}

impl Release {
    fn new(engine: Engine, test: &str) -> Result<Release> {
        let folder = project::target()?
            .join("browser")
            .join(format!("{engine} {test}"));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        project::copy(&project::dist(), &folder)?;
        Ok(Release { folder })
    }

    fn version(&self) -> Result<String> {
        site::version(&self.folder).context("the site has no version")
    }

    /// Releases the same files as another version, and removes those of this one.
    fn renew(&self) -> Result<()> {
        let (old, new) = (self.version()?, "v-0000000000000001");
        fs::rename(self.folder.join(&old), self.folder.join(new))?;
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let name = path.to_string_lossy();
            if name.ends_with(".html") || name.ends_with(".js") {
                fs::write(&path, fs::read_to_string(&path)?.replace(&old, new))?;
            }
        }
        offline::write(&build::modules()?, &self.folder)
    }

    fn serve(&self, address: SocketAddr) -> Result<Server> {
        let site = Site::new(self.folder.clone()).header("Cache-Control", "no-cache");
        Server::start(site, TcpListener::bind(address)?)
    }
}

impl Drop for Release {
    fn drop(&mut self) {
        // Nothing can be done about a folder that cannot be removed here.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Whether this browser has workers here; if not, that is reported.
fn has_workers(engine: Engine, browser: &Browser, address: &str) -> Result<bool> {
    browser.open(address)?;
    let has = browser.run("return 'serviceWorker' in navigator", &[])? == true;
    if !has {
        skip(engine, "the second visit", "it has no service workers here");
    }
    Ok(has)
}

/// Waits until the copy is complete and in use from the next page on.
fn wait_for_copy(browser: &Browser) -> Result<()> {
    browser.wait(
        "the copy is complete",
        60.0,
        "const registration = await navigator.serviceWorker.getRegistration();
         return registration?.active?.state === 'activated'",
        &[],
    )?;
    Ok(())
}

/// The version whose files the page on the screen asks for.
fn shown(browser: &Browser) -> Result<String> {
    let source = browser.run(
        "return /v-[0-9a-f]+/.exec(document.querySelector('script[src]').getAttribute('src'))[0]",
        &[],
    )?;
    Ok(source.as_str().context("no version")?.to_owned())
}

/// How many copies there are, and the versions of the files in them.
const COPIES: &str = "
    const names = await caches.keys();
    const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
    return [names.length, [...new Set(kept.flat().map((url) => /v-[0-9a-f]+/.exec(url)?.[0]).filter(Boolean))]]";

fn works(browser: &Browser) -> Result<()> {
    browser
        .exhibit("#spectrum")?
        .wait("steps done", 10.0, "return element.stepCount > 10")?;
    Ok(())
}

fn the_second_visit_needs_no_network(engine: Engine) {
    check(engine, |browser| {
        let release = Release::new(engine, "second visit")?;
        let server = release.serve((Ipv4Addr::LOCALHOST, 0).into())?;
        let address = server.address().to_owned();
        if !has_workers(engine, browser, &address)? {
            return Ok(());
        }
        works(browser)?;
        wait_for_copy(browser)?;
        drop(server);

        browser.open(&address)?;
        works(browser)?;
        let link = format!("{address}index.html?exhibit=spectrum&noise=0.3&step=20");
        browser.open(&link)?;
        browser.exhibit("#spectrum")?.wait(
            "the run of the link",
            20.0,
            "return element.stepCount === 20",
        )?;
        for page in pages()? {
            browser.open(&format!("{address}{page}"))?;
            let styled = "return document.querySelector('h1') !== null && getComputedStyle(document.body).maxWidth !== 'none'";
            ensure!(browser.run(styled, &[])? == true, "{page} with its style");
            for name in exhibits(browser)? {
                let exhibit = browser.exhibit(&format!("#{name}"))?;
                exhibit.pause()?;
                exhibit
                    .step(1)
                    .with_context(|| format!("{name} without a network"))?;
            }
        }
        browser.forget_errors();
        Ok(())
    });
}

fn a_release_replaces_the_one_before_as_a_whole(engine: Engine) {
    check(engine, |browser| {
        let release = Release::new(engine, "another release")?;
        let server = release.serve((Ipv4Addr::LOCALHOST, 0).into())?;
        let address = server.address().to_owned();
        if !has_workers(engine, browser, &address)? {
            return Ok(());
        }
        wait_for_copy(browser)?;
        // From here on the page is in the worker's care.
        browser.open(&address)?;
        let old = shown(browser)?;
        works(browser)?;
        let copy = browser.run("return (await caches.keys())[0]", &[])?;
        release.renew()?;
        let new = release.version()?;

        // A page that is open finds what it has not loaded yet, though the server has it no more.
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.action("Numbers")?;
        exhibit.wait(
            "its window",
            10.0,
            "return root.querySelector('dialog[open]')",
        )?;
        ensure!(shown(browser)? == old);
        let kept = browser.run(COPIES, &[])?;
        ensure!(kept[1].to_string().contains(&old), "its copy stays: {kept}");

        // A page that is opened now is the new one, all of it.
        browser.open(&address)?;
        ensure!(shown(browser)? == new);
        works(browser)?;
        // Its copy takes the place of the old one, which no page needs any more.
        browser.wait(
            "one copy is left",
            60.0,
            "const copies = await caches.keys();
             return copies.length === 1 && copies[0] !== arguments[0]",
            &[copy],
        )?;
        ensure!(browser.run(COPIES, &[])? == json!([1, [new]]));

        drop(server);
        browser.open(&address)?;
        ensure!(shown(browser)? == new);
        works(browser)?;
        browser.forget_errors();
        Ok(())
    });
}

fn frames_and_elements_keep_no_copy(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?
            .keeping()
            .elements("one.html", "<ntk-playground></ntk-playground>")
            .serve()?;
        let frame = origin.address("embed.html?exhibit=spectrum");
        for address in [frame, origin.test_address("one.html")] {
            browser.open(&address)?;
            browser.exhibit("ntk-playground")?.step(1)?;
            let kept = browser.run(
                "return [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length]",
                &[],
            )?;
            ensure!(kept == json!([0, 0]), "{address}: {kept}");
        }
        // And it would be seen.
        browser.open(&origin.address(""))?;
        wait_for_copy(browser)?;
        ensure!(browser.run(COPIES, &[])?[0] == 1);
        Ok(())
    });
}
