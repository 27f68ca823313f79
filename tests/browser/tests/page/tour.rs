//! A tour of every exhibit: each of its knobs stands once at either end of its
//! range, or of its list of words, and at its default, and whatever is then shown
//! is a number, a dash or a sentence.
//!
//! Exhibits and knobs are those that the engine declares: a new one is toured by
//! itself.

use anyhow::{Context, Result};
use browser_tests::{Browser, Engine, Origin, check, claims};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

claims! {
    full_chromium:
        every_knob_at_its_ends_shows_numbers_or_says_why;
}

/// Windows beside each other. Exhibits take very different times: each window
/// takes the next one when it is done.
const WINDOWS: usize = 2;

fn every_knob_at_its_ends_shows_numbers_or_says_why(engine: Engine) {
    let next = AtomicUsize::new(0);
    // A browser belongs to the claim that its thread is named after.
    let name = thread::current().name().unwrap_or_default().to_owned();
    thread::scope(|scope| {
        for _ in 0..WINDOWS {
            let window = thread::Builder::new().name(name.clone());
            let started = window.spawn_scoped(scope, || tour(engine, &next));
            started.expect("a thread for a window");
        }
    });
}

/// Visits exhibits until there are no more.
fn tour(engine: Engine, next: &AtomicUsize) {
    check(engine, |browser| {
        let body = "<div id=place></div><script type=module src=tour.js></script>";
        let _origin = Origin::modules()?
            .page("look.js", include_str!("look.js"))
            .page("tour.js", include_str!("tour.js"))
            .open(browser, body)?;
        browser.wait("the tour", 10.0, "return Boolean(window.turnAll)", &[])?;
        let exhibits = strings(&browser.run("return await listExhibits()", &[])?)?;
        assert!(!exhibits.is_empty(), "there are exhibits");

        let mut wrong = Vec::new();
        while let Some(exhibit) = exhibits.get(next.fetch_add(1, Ordering::Relaxed)) {
            wrong.extend(visit(browser, exhibit)?);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        Ok(())
    });
}

/// Turns all knobs of one exhibit; what is wrong, in sentences.
fn visit(browser: &Browser, exhibit: &str) -> Result<Vec<String>> {
    let knobs = browser.run("return await mount(arguments[0])", &[json!(exhibit)])?;
    let mut calls = Vec::new();
    for knob in knobs.as_array().context("knobs are a list")? {
        let name = &knob["name"];
        let values = browser.run("return values(arguments[0])", std::slice::from_ref(name))?;
        for value in strings(&values)? {
            calls.push(("turn", [name.clone(), json!(value)]));
        }
        calls.push(("turnBack", [json!(exhibit), name.clone()]));
    }
    calls.extend(["min", "max"].map(|end| ("turnAll", [json!(exhibit), json!(end)])));

    let started = Instant::now();
    let mut wrong = Vec::new();
    let mut longest = (0.0, String::new());
    // A call each: a browser ends a script that takes too long.
    for (function, of) in &calls {
        let script = format!("return await {function}(...arguments)");
        let seen = browser
            .run(&script, of)
            .with_context(|| format!("{function} {of:?}"))?;
        for what in strings(&seen["wrong"])? {
            wrong.push(format!("{exhibit}: {what}"));
        }
        let time = seen["longest"]["time"].as_f64().unwrap_or_default();
        if time > longest.0 {
            let what = seen["longest"]["what"].as_str().unwrap_or_default();
            longest = (time, what.to_string());
        }
    }
    // For who runs it with `--nocapture`: a time is a fact of the machine.
    let (time, what) = longest;
    println!(
        "{} {exhibit}: {} calls in {:.1} s; the longest cycle took {time:.0} ms: {what}",
        browser.engine(),
        calls.len(),
        started.elapsed().as_secs_f64()
    );
    Ok(wrong)
}

fn strings(value: &Value) -> Result<Vec<String>> {
    serde_json::from_value(value.clone()).with_context(|| format!("a list of strings: {value}"))
}
