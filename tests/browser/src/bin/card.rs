//! Draws the pictures by which links to the page and the installed page are known, in
//! Chromium: `cargo xtask card`. It is given the folder with the views of a run as SVG,
//! and the one where the pictures go.

use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use browser_tests::{Browser, Options};
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use xtask::build::{offline, share};
use xtask::project;
use xtask::site::{Server, Site};

const CARD: &str = include_str!("card.html");
const ICON: &str = "<!doctype html><html><body style=\"margin:0\">\
     <img src=\"/icon.svg\" style=\"display:block;width:100vw;height:100vh\"></body></html>";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\ncard: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let folders: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let [views, to] = &folders[..] else {
        bail!("two folders are wanted: of the views, and for the pictures");
    };
    let icon = fs::read(project::root().join("www/icon.svg")).context("no icon.svg")?;
    let site = Site::new(views.clone())
        .page("/card.html", CARD)
        .page("/icon.html", ICON)
        .page("/icon.svg", icon);
    let server = Server::start(site, TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?)?;
    let [width, height] = share::CARD_SIZE;
    let address = |page: &str| format!("{}{page}", server.address());
    picture(&address("card.html"), width, height, &to.join(share::CARD))?;
    for (name, size) in offline::ICONS {
        picture(&address("icon.html"), size, size, &to.join(name))?;
    }
    Ok(())
}

/// A page as a PNG of this size.
fn picture(address: &str, width: u32, height: u32, file: &Path) -> Result<()> {
    let browser = Browser::start(&Options {
        width,
        height,
        ..Options::default()
    })?;
    browser.open(address)?;
    browser.wait(
        "the pictures on the page",
        10.0,
        "return [...document.images].every((image) => image.complete && image.naturalWidth > 0)",
        &[],
    )?;
    let png = BASE64_STANDARD.decode(browser.screenshot()?)?;
    fs::write(file, png).with_context(|| format!("cannot write {}", file.display()))?;
    browser.leave();
    Ok(())
}
