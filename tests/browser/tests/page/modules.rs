//! The tests of single modules of `www/`, in `tests/browser/modules/`: all of
//! them in one page, with no other program than the browser.

use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Engine, Origin, check, claims};
use serde_json::json;
use std::path::PathBuf;
use std::time::Instant;
use xtask::project;

claims! {
    fast:
        every_test_of_a_module_passes;
    fast_chromium:
        a_test_that_fails_hangs_or_is_missing_is_noticed;
}

/// Milliseconds that one test may take: less than a driver grants a script, and
/// more than any takes on a machine that does other things as well.
const LIMIT: u32 = 15_000;

const PAGE: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Tests of modules</title>\
     <script type=\"module\" src=\"start.js\"></script></head><body></body></html>";
const START: &str = "import { run } from './harness.js'; window.runTests = run;";
const HARNESS: &str = "harness.js";
/// What the page can read of this project, beside the built site.
const DOCUMENT: (&str, &str) = (
    "embedding.md",
    include_str!("../../../../docs/embedding.md"),
);

fn folder() -> PathBuf {
    project::root().join("tests/browser/modules")
}

/// Name and content of every file of the folder.
fn files() -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for file in std::fs::read_dir(folder())? {
        let path = file?.path();
        let name = path.file_name().context("a file has a name")?;
        let content = std::fs::read_to_string(&path)?;
        files.push((name.to_string_lossy().into_owned(), content));
    }
    files.sort();
    Ok(files)
}

/// Opens the page in which tests run.
fn open(browser: &Browser, files: &[(String, String)]) -> Result<Origin> {
    let site = Origin::modules()?
        .page("modules.html", PAGE)
        .page("start.js", START)
        .page(DOCUMENT.0, DOCUMENT.1);
    let site = files
        .iter()
        .fold(site, |site, (name, content)| site.page(name, content));
    let origin = site.serve()?;
    browser.open(&origin.test_address("modules.html"))?;
    browser.wait("the harness", 10.0, "return Boolean(window.runTests)", &[])?;
    Ok(origin)
}

/// Runs the tests of a file: how many there are, and those that fail, with why.
fn run(browser: &Browser, file: &str, limit: u32) -> Result<(u64, Vec<String>)> {
    // The page goes on by itself: the tests of a file may take longer than a script.
    browser.run(
        "window.outcome = null;
         runTests(...arguments).then((outcome) => { window.outcome = outcome; });",
        &[json!(file), json!(limit)],
    )?;
    let outcome = browser.wait(file, 120.0, "return window.outcome", &[])?;
    let count = outcome["count"].as_u64().context("tests are counted")?;
    Ok((count, serde_json::from_value(outcome["failures"].clone())?))
}

fn every_test_of_a_module_passes(engine: Engine) {
    check(engine, |browser| {
        let files = files()?;
        let _origin = open(browser, &files)?;
        let (mut tests, mut failures) = (0, Vec::new());
        for (file, _) in files.iter().filter(|(name, _)| name != HARNESS) {
            let started = Instant::now();
            let (count, failed) = run(browser, file, LIMIT)?;
            // For who runs it with `--nocapture`.
            println!(
                "{file}: {count} tests in {:.1} s, {} failed",
                started.elapsed().as_secs_f64(),
                failed.len()
            );
            tests += count;
            failures.extend(failed);
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
        ensure!(tests > 30, "there are tests: {tests}");
        Ok(())
    });
}

fn a_test_that_fails_hangs_or_is_missing_is_noticed(engine: Engine) {
    const WRONG: &str = "
        import { contains, equal, ok, test, thrown } from './harness.js';
        test('passes', () => equal({ a: [1, NaN, undefined] }, { a: [1, NaN, undefined] }));
        test('a number', () => equal([1, { a: NaN }], [1, { a: null }]));
        test('a sign', () => equal(0, -0, 'zero'));
        test('a list', () => equal([], {}));
        test('a text', () => contains('one', 'on', 'two'));
        test('a condition', () => ok(0, 'it is'));
        test('nothing thrown', async () => { await thrown(() => 1); });
        test('a word thrown', () => { throw 'a word'; });
        test('later', async () => { await null; throw new Error('too late'); });
        test('hangs', () => new Promise(() => {}));
        test('what is left by others', () => document.body.append(document.createElement('b')));
        test('is gone', () => equal(document.body.childElementCount, 0));";
    let files = [
        ("wrong.js", WRONG),
        ("empty.js", "export {};"),
        ("broken.js", "this is no script"),
        ("throws.js", "throw new Error('at once');"),
        ("lost.js", "import './nowhere.js';"),
        (HARNESS, include_str!("../../modules/harness.js")),
    ];
    let files = files.map(|(name, content)| (name.to_string(), content.to_string()));
    check(engine, |browser| {
        let _origin = open(browser, &files)?;
        let (count, failures) = run(browser, "wrong.js", 300)?;
        assert_eq!(count, 12);
        let expected = [
            "a number: [1,{\"a\":\"(NaN)\"}] is not [1,{\"a\":null}]",
            "a sign: zero: 0 is not \"(-0)\"",
            "a list: [] is not {}",
            "a text: not so: \u{201c}one\u{201d} contains \u{201c}two\u{201d}",
            "a condition: not so: it is",
            "nothing thrown: nothing was thrown by () => 1",
            "a word thrown: a word",
            "later: too late",
            "hangs: it has not ended after 300 ms",
        ];
        assert_eq!(failures, expected.map(|one| format!("wrong.js: {one}")));
        for (file, why) in [
            ("empty.js", "has no tests"),
            ("broken.js", "does not load: SyntaxError"),
            ("throws.js", "does not load: Error: at once"),
            ("lost.js", "does not load: TypeError"),
            ("absent.js", "does not load: TypeError"),
        ] {
            let (count, failures) = run(browser, file, 300)?;
            assert_eq!((count, failures.len()), (0, 1), "{file}: {failures:?}");
            ensure!(
                failures[0].starts_with(&format!("{file} {why}")),
                "{failures:?}"
            );
        }
        Ok(())
    });
}
