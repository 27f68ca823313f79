//! The package for Python in real notebooks: the exhibit is in the output, its knobs and
//! numbers go both ways, and what is large comes when it is asked for.

use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Engine, check, claims, skip};
use serde_json::json;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use xtask::test::notebooks;

claims! {
    full_chromium:
        jupyterlab_runs_an_exhibit_and_gets_its_kernel,
        marimo_shows_an_exhibit_and_follows_it;
}

/// Finds an element also inside shadow roots.
pub const FIND: &str = "
    const deep = (root) => {
      for (const part of root.querySelectorAll('*')) {
        if (part.localName === 'ntk-playground') return part;
        const inside = part.shadowRoot && deep(part.shadowRoot);
        if (inside) return inside;
      }
      return null;
    };
    const element = deep(document);";

/// A server that ends with the test.
pub struct Notebook {
    child: Child,
    address: String,
}

impl Drop for Notebook {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Notebook {
    /// JupyterLab, which a browser can open without a token.
    pub fn lab(program: &Path, folder: &Path) -> Result<Notebook> {
        let words = [
            "--no-browser",
            "--allow-root",
            "--expose-app-in-browser",
            "--ServerApp.token=",
            "--ServerApp.ip=127.0.0.1",
            "--port",
        ];
        start(program, folder, &words)
    }
}

/// Opens a notebook of JupyterLab, and waits until it can run cells.
pub fn open_in_lab(browser: &Browser, lab: &Notebook, name: &str) -> Result<()> {
    browser.open(&format!("{}lab/tree/{name}?reset", lab.address))?;
    browser.wait(
        "a kernel",
        90.0,
        "return window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'",
        &[],
    )?;
    Ok(())
}

/// Starts a program in a folder, with the port as its last word.
fn start(program: &Path, folder: &Path, words: &[&str]) -> Result<Notebook> {
    let name = program.display();
    // Free now; that another program takes it meanwhile is unlikely.
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port();
    let child = Command::new(program)
        .args(words)
        .arg(port.to_string())
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let notebook = Notebook {
        child,
        address: format!("http://127.0.0.1:{port}/"),
    };
    let started = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        ensure!(
            started.elapsed() < Duration::from_secs(60),
            "{name} does not answer"
        );
        std::thread::sleep(Duration::from_millis(200));
    }
    Ok(notebook)
}

/// Whether they are installed; says it if they are not.
fn installed(engine: Engine) -> Result<bool> {
    let here = notebooks::folder()?.join("work").is_dir();
    if !here {
        skip(engine, "notebooks", "Python was not there to install them");
    }
    Ok(here)
}

/// Runs the next cell of the notebook to its end.
pub fn run_cell(browser: &Browser, number: usize) -> Result<()> {
    browser.run(
        "const { commands, shell } = jupyterapp;
         const content = shell.currentWidget.content;
         content.activeCellIndex = arguments[0];
         await commands.execute('notebook:run-cell');",
        &[json!(number)],
    )?;
    Ok(())
}

/// What a cell has printed.
fn printed(browser: &Browser, number: usize) -> Result<String> {
    let text = browser.run(
        "const cell = jupyterapp.shell.currentWidget.content.widgets[arguments[0]];
         return cell.outputArea.node.textContent;",
        &[json!(number)],
    )?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

fn jupyterlab_runs_an_exhibit_and_gets_its_kernel(engine: Engine) {
    check(engine, |browser| {
        if !installed(engine)? {
            return Ok(());
        }
        let lab = Notebook::lab(
            &notebooks::program("jupyter-lab")?,
            &notebooks::folder()?.join("work"),
        )?;
        open_in_lab(browser, &lab, "exhibit.ipynb")?;
        run_cell(browser, 0)?;
        browser.wait(
            "the exhibit",
            30.0,
            &format!("{FIND} return element?.knobs.length > 0 && element.get('noise') === '0.3'"),
            &[],
        )?;
        run_cell(browser, 1)?;
        browser.wait(
            "what Python asks for",
            15.0,
            &format!("{FIND} return element.stepCount === 25 && element.get('noise') === '0.5'"),
            &[],
        )?;
        // A knob that is turned in the page is turned in Python.
        browser.run(&format!("{FIND} element.set('noise', '0.7');"), &[])?;
        std::thread::sleep(Duration::from_secs(1));
        run_cell(browser, 2)?;
        // What was asked for arrives between cells.
        std::thread::sleep(Duration::from_secs(2));
        run_cell(browser, 3)?;
        let text = printed(browser, 3)?;
        ensure!(
            text.contains("(20, 20) True 25 0.7")
                && text.contains("step=25")
                && text.contains("fit,"),
            "{text}"
        );
        run_cell(browser, 4)?;
        browser.wait(
            "a still picture",
            10.0,
            "return jupyterapp.shell.currentWidget.content.widgets[4].outputArea.node.querySelector('svg, img') !== null",
            &[],
        )?;
        browser.forget_errors();
        Ok(())
    });
}

fn marimo_shows_an_exhibit_and_follows_it(engine: Engine) {
    check(engine, |browser| {
        if !installed(engine)? {
            return Ok(());
        }
        let marimo = start(
            &notebooks::program("marimo")?,
            &notebooks::folder()?.join("work"),
            &["run", "app.py", "--headless", "--no-token", "--port"],
        )?;
        browser.open(&marimo.address)?;
        browser.wait(
            "the exhibit",
            60.0,
            &format!("{FIND} return element?.knobs.length > 0 && element.get('noise') === '0.3'"),
            &[],
        )?;
        browser.run(
            &format!("{FIND} element.step(30); element.set('noise', '0.6');"),
            &[],
        )?;
        browser.wait(
            "what Python has heard",
            20.0,
            "return document.body.innerText.includes('The page says: step 30, noise 0.6.')",
            &[],
        )?;
        browser.forget_errors();
        Ok(())
    });
}
