//! Why an exhibit does not open on a page is said as it is, with the line that
//! mends it: in the element, for who reads, and in the console, for who built it.

use anyhow::{Result, ensure};
use browser_tests::{Browser, Engine, Fault, Origin, check, claims};

claims! {
    full:
        a_policy_that_forbids_webassembly_is_named_with_what_to_add,
        a_policy_that_forbids_the_request_is_named_with_what_to_add,
        a_server_that_shares_nothing_is_named_with_what_to_send,
        what_is_not_there_is_named_with_its_address;
}

const ENGINE: &str = "ntk_spectrum_bg.wasm";
const BODY: &str = "<ntk-playground></ntk-playground>";

/// Demands words in the sentence of the element, and the sentence in the console.
fn told(browser: &Browser, words: &[&str], ways: &[&str]) -> Result<()> {
    let (sentence, offered) = browser.alert("ntk-playground")?;
    for word in words {
        ensure!(sentence.contains(word), "{word}: {sentence}");
    }
    ensure!(sentence.ends_with('.'), "{sentence}");
    ensure!(offered == ways, "{offered:?} after {sentence}");
    let errors = browser.errors();
    ensure!(
        errors.iter().any(|error| error.contains(&sentence)),
        "the console says {errors:?} and not {sentence}"
    );
    browser.forget_errors();
    Ok(())
}

fn a_policy_that_forbids_webassembly_is_named_with_what_to_add(engine: Engine) {
    check(engine, |browser| {
        let policy = "default-src 'none'; script-src 'self'; connect-src 'self'";
        let _origin = Origin::under("/", policy)?.open(browser, BODY)?;
        told(
            browser,
            &[
                "content security policy",
                "'wasm-unsafe-eval'",
                "script-src",
            ],
            &[],
        )
    });
}

fn a_policy_that_forbids_the_request_is_named_with_what_to_add(engine: Engine) {
    check(engine, |browser| {
        let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";
        let _origin = Origin::under("/", policy)?.open(browser, BODY)?;
        told(
            browser,
            &["content security policy", ENGINE, "'self'", "connect-src"],
            &[],
        )
    });
}

fn a_server_that_shares_nothing_is_named_with_what_to_send(engine: Engine) {
    check(engine, |browser| {
        let site = Origin::site()?
            .header("Access-Control-Allow-Origin", "*")
            .fault(ENGINE, usize::MAX, Fault::Unshared)
            .serve()?;
        let policy = "default-src 'none'; script-src http: 'wasm-unsafe-eval'; connect-src http:";
        let page = format!(
            "<!doctype html><title>host</title><script type=module src=\"{}\"></script>{BODY}",
            site.address("ntk-playground.js")
        );
        let host = Origin::under("/", policy)?
            .page("host.html", &page)
            .serve()?;
        browser.open(&host.test_address("host.html"))?;
        told(
            browser,
            &["Access-Control-Allow-Origin", ENGINE],
            &["Try again"],
        )
    });
}

fn what_is_not_there_is_named_with_its_address(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?
            .fault(ENGINE, usize::MAX, Fault::Missing)
            .open(browser, BODY)?;
        told(
            browser,
            &["404", &origin.address("v-"), ENGINE],
            &["Try again"],
        )
    });
}
