//! A page that plays for hours, in minutes: its own frame loop, drawing
//! included, fed with frames that wait for nothing (`soak.js`).

use crate::browser::Browser;
use crate::origin::Origin;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

const SCRIPT: &str = include_str!("soak.js");
/// Milliseconds between two looks at a page that works: as few as a driver allows,
/// which waits half a minute for an answer. Each leaves 65 bytes in Chromium's
/// heap, whatever it asks.
const MOMENT: u32 = 25_000;
/// How much more there may be at the end than after the first twentieth.
pub const GROWTH: f64 = 1.02;
/// An engine's memory grows by so many bytes at a time, some twentieth of what it
/// has: less can not be told of it.
const PAGE: f64 = 65_536.0;

/// What is watched.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// What it is called.
    pub name: &'static str,
    /// The page's path, with its query. Without one it is a page that holds
    /// nothing but `element`.
    pub path: Option<&'static str>,
    /// Exhibit and knobs, as attributes.
    pub element: &'static str,
    /// Milliseconds that a reading of the page's clock takes: of 8 ms for
    /// training, one is read after every step.
    pub reading: f64,
}

/// The page as it is at a frame.
#[derive(Debug, Clone)]
pub struct Moment {
    /// Frames so far.
    pub frames: u64,
    /// Runs that were over and began anew.
    pub restarts: u64,
    /// Steps of the present run.
    pub step: u64,
    /// Bytes of the engines' memory.
    pub module: f64,
    /// Elements of the page, those in shadow roots included.
    pub elements: f64,
    /// What only the browser knows, where it tells.
    pub counts: Option<Counts>,
    /// Milliseconds of a frame's callbacks since the moment before: median and
    /// 99th percentile.
    pub times: Option<[f64; 2]>,
}

/// What a page has in a browser, after its garbage was collected.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    /// Bytes of JavaScript's objects.
    pub heap: f64,
    /// Nodes of the document, also those that nothing shows any more.
    pub nodes: f64,
    /// Listeners of events.
    pub listeners: f64,
}

impl Moment {
    /// What must not grow, by name: memory in bytes, and numbers.
    pub fn sizes(&self) -> Vec<(&'static str, f64)> {
        let mut sizes = vec![("engine", self.module), ("elements", self.elements)];
        if let Some(counts) = self.counts {
            sizes.extend([
                ("heap", counts.heap),
                ("nodes", counts.nodes),
                ("listeners", counts.listeners),
            ]);
        }
        sizes
    }
}

/// Opens a setting, on a server that has to live as long as the page is played.
///
/// # Errors
/// When the page or its element cannot be opened.
pub fn open(browser: &Browser, setting: &Setting) -> Result<Origin> {
    let body = format!(
        "<ntk-playground {} autoplay></ntk-playground>",
        setting.element
    );
    let origin = Origin::site()?
        .before(&format!(
            "const soakReading = {};\n{SCRIPT}",
            setting.reading
        ))
        .elements("alone.html", &body)
        .serve()?;
    browser.open(&match setting.path {
        Some(path) => origin.address(path),
        None => origin.test_address("alone.html"),
    })?;
    browser.exhibit("ntk-playground")?;
    Ok(origin)
}

/// Plays on until so many frames have been shown in all, and looks at the page.
///
/// # Errors
/// When the page stands still.
pub fn play(browser: &Browser, frames: u64) -> Result<Moment> {
    let mut shown = 0;
    loop {
        let now = browser.run(
            "return await soak.run('ntk-playground', arguments[0], arguments[1])",
            &[json!(frames), json!(MOMENT)],
        )?;
        let now = now.as_u64().context("frames are counted")?;
        if now >= frames {
            break;
        }
        ensure!(now > shown, "the page stands still at frame {now}");
        shown = now;
    }
    let counts = browser.counts()?;
    let state = browser.run("return soak.state()", &[])?;
    let number = |name: &str| {
        state[name]
            .as_f64()
            .with_context(|| format!("no {name} in {state}"))
    };
    Ok(Moment {
        frames: number("frames")? as u64,
        restarts: number("restarts")? as u64,
        step: number("step")? as u64,
        module: number("module")?,
        elements: number("elements")?,
        counts,
        times: state["median"]
            .as_f64()
            .zip(state["p99"].as_f64())
            .map(<[f64; 2]>::from),
    })
}

/// What grew by more than [`GROWTH`] from one moment to another, and an engine by
/// more than a page of memory: its name, and how much there was of it.
pub fn grown(before: &Moment, after: &Moment) -> Vec<(&'static str, [f64; 2])> {
    let pairs = before.sizes().into_iter().zip(after.sizes());
    pairs
        .map(|((name, before), (_, after))| (name, [before, after]))
        .filter(|(_, [before, after])| *after > GROWTH * before)
        .filter(|(name, [before, after])| *name != "engine" || after - before > PAGE)
        .collect()
}

impl Counts {
    /// As Chromium's protocol tells them.
    pub(crate) fn read(heap: &Value, counters: &Value) -> Option<Counts> {
        Some(Counts {
            heap: heap["usedSize"].as_f64()?,
            nodes: counters["nodes"].as_f64()?,
            listeners: counters["jsEventListeners"].as_f64()?,
        })
    }
}
