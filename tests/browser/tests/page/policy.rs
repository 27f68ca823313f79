//! Everything the page can do it does under a strict content security policy,
//! without a single sink of markup, and within its own origin.

use crate::network::{files, foreign};
use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Engine, Exhibit, Origin, POLICY, all_pages, check, claims};
use serde_json::json;
use xtask::build::{self, site};
use xtask::project;

claims! {
    full:
        a_tour_of_the_page_stays_within_policy_and_origin,
        a_page_that_embeds_needs_no_more_than_the_documented_policy,
        a_frame_needs_no_more_than_the_documented_policy;
}

/// No text may become markup or script by itself: browsers that know trusted
/// types enforce it, others ignore it.
const TRUSTED: &str = "require-trusted-types-for 'script'; trusted-types 'none'";
const HEADER: &str = "Content-Security-Policy";

/// What docs/embedding.md asks of a page with an element.
const ELEMENT: &str =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
/// What it asks of a page with a frame.
const FRAME: &str = "default-src 'none'; script-src 'self'; frame-src 'self'";

/// Files of the site that the page itself never asks for: those of frames, and
/// those of the root, which lead other pages to the same modules.
const ELSEWHERE: [&str; 5] = [
    "embed-host.js",
    "embed.css",
    "embed.html",
    "embed.js",
    "ntk-playground.bundle.js",
];

/// All that one exhibit can do: playing, windows, files, points, a second run.
const TOUR: &str = "
    const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
    const until = async (what, test) => {
      for (let i = 0; i < 400; i += 1) {
        const found = test();
        if (found) return found;
        await sleep(25);
      }
      throw new Error(`waited in vain: ${what}`);
    };
    const click = (words, place = root) => {
      const button = [...place.querySelectorAll('button')].find((one) => one.textContent.startsWith(words));
      if (!button) throw new Error(`there is no button ${words}`);
      button.click();
    };
    const saved = [];
    const real = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () { saved.push(this.download); };
    element.play();
    await until('steps', () => element.stepCount > 10);
    element.pause();
    for (const words of ['CSV', 'Pictures', 'JSON']) click(words);
    await until('files', () => saved.some((name) => name.endsWith('.json')));
    for (const [words, ...more] of [['Numbers', 'Save SVG', 'Save PNG'], ['Keys'], ['Second run', 'Run both'], ['Embed', 'Copy'], ['Points', 'Use these points']]) {
      click(words);
      const dialog = await until(words, () => root.querySelector('dialog[open]'));
      for (const input of dialog.querySelectorAll('input:not([type=file])')) input.click();
      for (const inside of more) click(inside, dialog);
      await sleep(50);
      if (words !== 'Second run') root.querySelector('dialog[open]')?.close();
      await until(`${words} closes`, () => !root.querySelector('dialog'));
    }
    await until('a second run', () => element.twinned);
    await until('a picture as a file', () => saved.some((name) => name.endsWith('.png')));
    await element.step(3);
    element.endTwin();
    click('In the chart');
    await sleep(100);
    click('In the chart');
    element.set('data', 'none');
    click('Performance');
    await until('the panel', () => root.querySelector('.performance'));
    await element.step(3);
    click('Performance');
    for (const twice of [1, 2]) click('Hide values');
    click('Copy link');
    try { element.set('noise', 'much'); } catch {}
    HTMLAnchorElement.prototype.click = real;
    await until('all pictures as one file', () => saved.some((name) => name.endsWith('.zip')));
    return saved.map((name) => name.split('.').pop()).sort();";

fn tour(exhibit: &Exhibit<'_>) -> Result<()> {
    let saved = exhibit.call(TOUR, &[])?;
    let kinds: Vec<String> = serde_json::from_value(saved)?;
    for kind in ["csv", "json", "png", "svg", "zip"] {
        ensure!(
            kinds.iter().any(|one| one == kind),
            "files of every kind are saved: {kinds:?}"
        );
    }
    Ok(())
}

/// What went wrong, but for the icon that some browsers look for by themselves
/// where a page names none.
fn errors(browser: &Browser) -> Vec<String> {
    let mut errors = browser.errors();
    errors.retain(|error| !error.ends_with("/favicon.ico"));
    errors
}

/// The recorder tells of what a policy forbids, so that silence means something.
fn a_violation_is_noticed(browser: &Browser) -> Result<()> {
    browser
        .run(
            "const script = document.createElement('script');
         script.setAttribute('src', 'http://127.0.0.1/elsewhere.js');
         document.head.append(script);",
            &[],
        )
        // Where types are enforced, the attribute itself is refused.
        .map_or_else(
            |error| {
                let words = error.to_string();
                ensure!(
                    words.contains("Trusted") || words.contains("blocked by CSP"),
                    "{error:#}"
                );
                Ok(())
            },
            |_| {
                let told =
                    "return window.__errors.some((error) => error.startsWith('policy script-src'))";
                browser.wait("what is forbidden is told", 5.0, told, &[])?;
                Ok(())
            },
        )?;
    browser.forget_errors();
    Ok(())
}

fn a_tour_of_the_page_stays_within_policy_and_origin(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.header(HEADER, TRUSTED).serve()?;
        browser.open(&origin.address("?theme=light"))?;
        tour(&browser.exhibit("#spectrum")?)?;
        browser.run(
            "for (const theme of ['dark', 'projector', 'light']) document.querySelector(`.themes [value=${theme}]`).click()",
            &[],
        )?;
        let claims = |element: &str| {
            browser.run(
                "document.querySelector(arguments[0]).scrollIntoView({ behavior: 'instant' })",
                &[json!(element)],
            )?;
            let there = "return document.querySelector(arguments[0]).shadowRoot?.querySelector('tbody svg') != null";
            browser.wait("the table of claims", 30.0, there, &[json!(element)])
        };
        claims("ntk-ledger")?;
        // Other pages load another engine; other tests run every exhibit under the
        // policy.
        let mut foreigners = foreign(browser)?;
        for file in all_pages()? {
            browser.open(&origin.address(&file))?;
            if let Some(id) = browser.page_elements()?.first() {
                let exhibit = browser.exhibit(&format!("#{id}"))?;
                exhibit.pause()?;
                exhibit.step(1)?;
            }
            if file == "claims.html" {
                claims("ntk-claims")?;
            }
            foreigners.extend(foreign(browser)?);
        }

        let asked = files(&origin);
        let dist = project::dist();
        let version = dist.join(site::version(&dist).context("a folder of the version")?);
        let mut unasked: Vec<String> = [dist, version]
            .iter()
            .map(std::fs::read_dir)
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flat_map(|folder| folder.flatten())
            .filter(|file| file.path().is_file())
            .map(|file| file.file_name().to_string_lossy().into_owned())
            .filter(|name| {
                name != "icon.svg" && !name.ends_with(".tar.gz") && !asked.contains_key(name)
            })
            .collect();
        unasked.sort();
        assert_eq!(unasked, ELSEWHERE, "what nobody has asked for");
        assert_eq!(foreigners, [""; 0]);
        assert_eq!(browser.errors(), [""; 0]);
        a_violation_is_noticed(browser)
    });
}

fn a_page_that_embeds_needs_no_more_than_the_documented_policy(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground exhibit=spectrum></ntk-playground>\
             <script type=module src=../ledger.js></script>";
        let _origin = Origin::under("/", ELEMENT)?
            .header(HEADER, TRUSTED)
            .open(browser, body)?;
        tour(&browser.exhibit("ntk-playground")?)?;
        assert_eq!(errors(browser), [""; 0]);
        a_violation_is_noticed(browser)
    });
}

fn a_frame_needs_no_more_than_the_documented_policy(engine: Engine) {
    check(engine, |browser| {
        let site = Origin::site()?.header(HEADER, TRUSTED).serve()?;
        let page = format!(
            "<!doctype html><html lang=en><head><title>A post</title></head><body>\
             <iframe src=\"{}\" title=exhibit width=700 height=700></iframe>\
             <script src=\"{}\" defer></script></body></html>",
            site.address("embed.html?exhibit=spectrum&ground=%23fffdf7&theme=light"),
            site.address("embed-host.js"),
        );
        let policy = FRAME.replace("'self'", &site.address(""));
        // The recorder of errors is the host's own.
        let policy = policy.replace("script-src", "script-src 'self'");
        let host = Origin::under("/", &policy)?
            .header(HEADER, TRUSTED)
            .page("post.html", &page)
            .serve()?;
        browser.open(&host.test_address("post.html"))?;
        let frame = browser.element("return document.querySelector('iframe')", &[])?;
        browser.inside_frame(&frame, || tour(&browser.exhibit("ntk-playground")?))?;
        browser.wait(
            "the height that the frame tells",
            5.0,
            "return document.querySelector('iframe').height !== '700'",
            &[],
        )?;
        assert_eq!(errors(browser), [""; 0]);
        a_violation_is_noticed(browser)
    });
}

#[test]
fn the_pages_carry_the_policy_they_are_tested_under() -> Result<()> {
    // In a sandboxed frame nothing counts as 'self' in WebKit.
    let framed = POLICY
        .replace(" manifest-src 'self';", "")
        .replace("'self'", "http: https:");
    // No exhibit stands on the page about the site: it needs no engine.
    let without_engine = POLICY.replace(" 'wasm-unsafe-eval'", "");
    let policy_of = |page: String| match &page[..] {
        "about.html" => (page, &without_engine[..]),
        _ => (page, POLICY),
    };
    let ours = all_pages()?.into_iter().map(policy_of);
    for (page, policy) in ours.chain([("embed.html".to_owned(), &framed[..])]) {
        let text = std::fs::read_to_string(project::dist().join(&page))?;
        let meta = format!("<meta http-equiv=\"{HEADER}\" content=\"{policy}\">");
        let at = text.find(&meta);
        ensure!(at.is_some(), "{page} has its policy");
        ensure!(at < text.find("<script"), "{page} has it before any script");
    }
    let guide = std::fs::read_to_string(project::root().join("docs/embedding.md"))?;
    for policy in [POLICY, ELEMENT, FRAME, TRUSTED] {
        let policy = policy.trim_start_matches("default-src 'none'; ");
        ensure!(guide.contains(policy), "docs/embedding.md has {policy}");
    }
    Ok(())
}

/// What makes markup or script of a text, or takes an address for a script.
const SINKS: [&str; 17] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "createContextualFragment",
    "setHTML",
    "parseFromString",
    "document.write",
    "srcdoc",
    "eval(",
    "Function(",
    "javascript:",
    "setAttribute(\"on",
    "setAttribute(\"style",
    "setTimeout(\"",
    "setInterval(\"",
    "new Worker",
    "importScripts",
];

/// No script that is served has one: neither ours nor what wasm-bindgen wrote.
#[test]
fn no_script_makes_markup_or_code_of_a_text() -> Result<()> {
    let mut scripts = 0;
    for file in std::fs::read_dir(build::modules()?)?.flatten() {
        if file.path().extension().is_none_or(|end| end != "js") {
            continue;
        }
        scripts += 1;
        let name = file.file_name();
        for line in std::fs::read_to_string(file.path())?.lines() {
            let sink = SINKS.iter().find(|sink| line.contains(**sink));
            ensure!(sink.is_none(), "{}: {line:.200}", name.display());
        }
    }
    ensure!(scripts > 30, "{scripts} scripts");
    for page in all_pages()?.into_iter().chain(["embed.html".to_owned()]) {
        let text = std::fs::read_to_string(project::dist().join(&page))?;
        // In texts about code a quotation mark is written as an entity.
        for inline in [
            "<style",
            " style=\"",
            " onclick=\"",
            " onload=\"",
            "=\"javascript:",
        ] {
            ensure!(!text.contains(inline), "{page}: {inline}");
        }
        let inline = text.matches("<script").count()
            - text.matches("<script src=").count()
            - text.matches("<script type=\"module\" src=").count();
        ensure!(inline == 0, "{page}: {inline} inline scripts");
    }
    Ok(())
}
