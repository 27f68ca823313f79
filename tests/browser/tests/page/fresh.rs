//! What a release publishes shows an exhibit where it was installed from its files alone:
//! `cargo xtask test --only install` does that.

use crate::notebooks::{FIND, Notebook, open_in_lab, run_cell};
use anyhow::ensure;
use browser_tests::{Engine, check, claims, skip};
use serde_json::json;
use std::net::{Ipv4Addr, TcpListener};
use xtask::site::{Server, Site};
use xtask::test::install;

claims! {
    full_chromium:
        a_new_vite_project_shows_an_exhibit,
        a_new_jupyterlab_shows_an_exhibit;
}

fn a_new_vite_project_shows_an_exhibit(engine: Engine) {
    check(engine, |browser| {
        let built = install::folder()?.join("vite/dist");
        if !built.is_dir() {
            skip(
                engine,
                "a new Vite project",
                "cargo xtask test --only install has made none",
            );
            return Ok(());
        }
        let server = Server::start(
            Site::new(built),
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?,
        )?;
        browser.record()?;
        browser.open(server.address())?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.step(3)?;
        let shown = exhibit.call(
            "return [element.get('noise'), root.querySelectorAll('[part~=figure]').length]",
            &[],
        )?;
        ensure!(shown == json!(["0.5", 2]), "{shown}");
        Ok(())
    });
}

fn a_new_jupyterlab_shows_an_exhibit(engine: Engine) {
    check(engine, |browser| {
        let folder = install::folder()?.join("python");
        if !folder.join("work").is_dir() {
            skip(
                engine,
                "a new JupyterLab",
                "cargo xtask test --only install has made none",
            );
            return Ok(());
        }
        let lab = Notebook::lab(
            &folder.join("environment/bin/jupyter-lab"),
            &folder.join("work"),
        )?;
        open_in_lab(browser, &lab, "fresh.ipynb")?;
        run_cell(browser, 0)?;
        browser.wait(
            "the exhibit",
            60.0,
            &format!("{FIND} return element?.knobs.length > 0 && element.get('noise') === '0.3'"),
            &[],
        )?;
        browser.forget_errors();
        Ok(())
    });
}
