//! What a browser does not let a page do ends in a sentence, and what was to be
//! had of it can be had otherwise.

use anyhow::Result;
use browser_tests::{Engine, Exhibit, Origin, check, claims};
use serde_json::{Value, json};

claims! {
    full:
        without_a_clipboard_links_and_lines_can_be_copied_by_hand,
        without_the_full_screen_a_sentence_says_so;
}

fn note(exhibit: &Exhibit<'_>) -> Result<String> {
    let told = exhibit.wait(
        "a note",
        5.0,
        "return root.querySelector('.note:not([hidden]) span')?.textContent",
    )?;
    Ok(told.as_str().unwrap_or_default().to_string())
}

fn without_a_clipboard_links_and_lines_can_be_copied_by_hand(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground noise=0.35></ntk-playground>";
        let origin = Origin::site()?.open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.step(7)?;
        for clipboard in [
            "undefined",
            "{ writeText: async () => { throw new DOMException('no', 'NotAllowedError'); } }",
        ] {
            browser.run(
                &format!("Object.defineProperty(navigator, 'clipboard', {{ configurable: true, value: {clipboard} }});"),
                &[],
            )?;
            exhibit.action("Copy link")?;
            let link = origin.address("?exhibit=spectrum&noise=0.35&step=7");
            assert_eq!(
                note(&exhibit)?,
                format!("Clipboard access was denied. Copy this link: {link}")
            );

            exhibit.action("Embed\u{2026}")?;
            exhibit.wait(
                "the window",
                10.0,
                "return root.querySelector('dialog[open] .primary')",
            )?;
            browser.click(&exhibit.inside("dialog .primary")?)?;
            let said = exhibit.wait(
                "how to copy",
                5.0,
                "const lines = root.querySelector('dialog textarea');
                 const said = root.querySelector('dialog .said').textContent;
                 return said && [said, lines.selectionEnd - lines.selectionStart === lines.value.length, root.activeElement === lines];",
            )?;
            assert_eq!(
                (&said[1], &said[2]),
                (&json!(true), &json!(true)),
                "the lines are marked"
            );
            assert!(
                said[0]
                    .as_str()
                    .is_some_and(|text| text.contains("copy it")),
                "{said}"
            );
            exhibit.call(
                "root.querySelector('dialog').close(); root.querySelector('.note .dismiss').click()",
                &[],
            )?;
        }
        Ok(())
    });
}

fn without_the_full_screen_a_sentence_says_so(engine: Engine) {
    check(engine, |browser| {
        let script = "Object.defineProperty(document, 'fullscreenEnabled', { get: () => true });
            Element.prototype.requestFullscreen = async () => { throw new TypeError('Permissions check failed'); };";
        let body = "<ntk-playground noise=0.35></ntk-playground>";
        let _origin = Origin::site()?.before(script).open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.action("Full screen")?;
        let told = note(&exhibit)?;
        assert!(
            told.starts_with("Full screen was denied.") && told.ends_with('.'),
            "{told}"
        );
        assert_eq!(
            exhibit.call("return root.querySelector('[role=alert]').hidden", &[])?,
            Value::Bool(true)
        );
        exhibit.step(3)
    });
}
