//! Everything as one classic script: on a page that takes no modules, also one that is
//! opened from a disk.

use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Engine, Origin, check, claims};
use serde_json::json;
use xtask::{build, project};

claims! {
    full:
        one_script_is_an_exhibit_with_all_it_can_do;
    full_chromium:
        a_post_from_a_disk_works_with_it_and_says_what_it_lacks_without,
        an_exhibit_on_another_page_asks_for_few_files;
}

/// The twelve that a page may be asked for, for one exhibit.
const MOST: usize = 12;

/// Whether a request is for a file of the site; browsers look for an icon by themselves.
fn is_ours(request: &str) -> bool {
    !request.contains("/test/") && !request.contains("favicon")
}

fn works(browser: &Browser) -> Result<()> {
    let exhibit = browser.exhibit("ntk-playground")?;
    exhibit.step(12)?;
    exhibit.call(
        "await element.twin('gate', 'hard'); element.press('t');",
        &[],
    )?;
    exhibit.wait(
        "the numbers",
        10.0,
        "return root.querySelector('dialog[open]') !== null && element.twinned.knob === 'gate'",
    )?;
    Ok(())
}

fn one_script_is_an_exhibit_with_all_it_can_do(engine: Engine) {
    check(engine, |browser| {
        let page = "<!doctype html><html lang=en><head><meta charset=utf-8><title>post</title>\
             <script src=\"../ntk-playground.bundle.js\"></script></head>\
             <body><ntk-playground views=fit></ntk-playground></body></html>";
        let origin = Origin::site()?.page("post.html", page).serve()?;
        browser.open(&origin.test_address("post.html"))?;
        works(browser)?;
        let asked = origin.asked();
        let scripts = asked.iter().filter(|one| is_ours(one)).count();
        ensure!(scripts == 1, "{asked:?}");
        // Its links lead to the page beside it.
        let home = browser.run(
            "return document.querySelector('ntk-playground').shadowRoot.querySelector('.colophon a').href",
            &[],
        )?;
        assert_eq!(home, json!(origin.address("?exhibit=spectrum")));
        Ok(())
    });
}

fn a_post_from_a_disk_works_with_it_and_says_what_it_lacks_without(engine: Engine) {
    check(engine, |browser| {
        let folder = project::target()?.join("browser").join("a post");
        std::fs::create_dir_all(&folder)?;
        let dist = project::dist();
        let script = dist.join(build::BUNDLE).display().to_string();
        let recorder = include_str!("../../src/recorder.js");
        let open = |name: &str, tag: &str| -> Result<()> {
            let page = format!(
                "<!doctype html><html lang=en><head><meta charset=utf-8><title>post</title>\
                 <script>{recorder}</script>{tag}</head>\
                 <body><ntk-playground views=fit></ntk-playground></body></html>"
            );
            let file = folder.join(name);
            std::fs::write(&file, page)?;
            browser.open(&format!(
                "file://{}",
                file.display().to_string().replace(' ', "%20")
            ))
        };
        open(
            "script.html",
            &format!("<script src=\"{script}\"></script>"),
        )?;
        works(browser)?;
        // A browser loads no module from a disk. Nothing of ours runs, so nothing of
        // ours can say so; the document does.
        let module = dist.join("ntk-playground.js").display().to_string();
        open(
            "module.html",
            &format!("<script type=module src=\"{module}\"></script>"),
        )?;
        let defined = browser.run(
            "return customElements.get('ntk-playground') === undefined",
            &[],
        )?;
        assert_eq!(defined, json!(true));
        let guide = std::fs::read_to_string(project::root().join("docs/embedding.md"))?;
        ensure!(
            guide.contains("opened from a disk"),
            "docs/embedding.md says what works there"
        );
        browser.forget_errors();
        std::fs::remove_dir_all(&folder).context("the post goes")?;
        Ok(())
    });
}

fn an_exhibit_on_another_page_asks_for_few_files(engine: Engine) {
    check(engine, |browser| {
        for exhibit in ["spectrum", "channel"] {
            let body = format!("<ntk-playground exhibit={exhibit}></ntk-playground>");
            let origin = Origin::site()?.open(browser, &body)?;
            browser.exhibit("ntk-playground")?.step(3)?;
            let asked = origin.asked();
            let ours: Vec<&String> = asked.iter().filter(|one| is_ours(one)).collect();
            println!("{exhibit}: {} requests", ours.len());
            ensure!(ours.len() <= MOST, "{exhibit}: {ours:?}");
        }
        Ok(())
    });
}
