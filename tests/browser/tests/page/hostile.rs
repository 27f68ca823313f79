//! Whatever a link or an attribute holds is shown as text: it makes no element,
//! runs no script, and the page goes on.

use anyhow::{Context, Result};
use browser_tests::{Browser, Engine, Origin, check, claims};
use serde_json::{Value, json};

claims!(
    hostile_text_in_a_link_stays_text,
    hostile_text_in_an_attribute_stays_text,
);

/// Every parameter there is: of the page, of an element, of a knob of each kind.
const PARAMETERS: [&str; 12] = [
    "noise", "widths", "gate", "seed", "changes", "step", "theme", "lang", "views", "controls",
    "twin", "data",
];

/// The first is unknown like the others, but harmless.
fn texts() -> Vec<String> {
    let mut texts = vec!["zzz".to_string()];
    texts.extend(
        [
            "<img src=x onerror=\"window.harm=1\">",
            "\"><script>window.harm=1</script>",
            "' onfocus=window.harm=1 autofocus tabindex=0 x='",
            "<svg/onload=window.harm=1>",
            "javascript:window.harm=1",
            "${window.harm=1}{{constructor.constructor('window.harm=1')()}}",
            "a\0b",
            "\u{202e}back\u{202c}",
            "\u{1f642}\u{1f469}\u{200d}\u{1f467}",
            "__proto__",
            "%E0%A4%A",
        ]
        .map(str::to_string),
    );
    texts.push("A".repeat(500));
    texts
}

/// As a part of a query.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// What the page is made of, deep into shadow roots, and whether anything ran. The
/// exhibit stands: what is drawn must not matter.
const MADE: &str = "
    const deep = (root) => [...root.querySelectorAll('*')].flatMap((part) =>
      [part, ...(part.shadowRoot ? deep(part.shadowRoot) : [])]);
    const element = document.querySelector(arguments[0]);
    // What a script of somebody else's would need to run.
    await new Promise((done) => setTimeout(done, 50));
    const parts = [element, ...deep(element.shadowRoot)];
    const page = [...document.querySelectorAll('*')];
    const listens = [...page, ...parts].flatMap((part) => [...part.attributes].map(({ name, value }) => [part, name, value]))
      .filter(([part, name, value]) => part !== element && (/^on/.test(name) || (/^(href|src|action)$/.test(name) && /^\\s*javascript:/i.test(value))));
    return {
      parts: parts.map((part) => part.localName).join(' '), page: page.map((part) => part.localName).join(' '),
      listens: listens.map(([part]) => part.outerHTML.slice(0, 200)), harm: window.harm ?? null,
    };";

/// The same page as with the harmless text, with the hostile one to be read.
fn harmless(browser: &Browser, text: &str, what: &str, usual: &mut Option<Value>) -> Result<()> {
    let made = browser.run(MADE, &[json!("#spectrum")])?;
    assert_eq!(made["harm"], Value::Null, "{what}: a script ran");
    assert_eq!(made["listens"], json!([]), "{what}");
    let usual = usual.get_or_insert_with(|| made.clone());
    for side in ["parts", "page"] {
        assert_eq!(made[side], usual[side], "{what}: an element was made");
    }
    let words = browser.run(
        "return document.querySelector('#spectrum').shadowRoot.textContent",
        &[],
    )?;
    // What is long is cut.
    let start: String = text.chars().take(40).collect();
    let words = words.as_str().unwrap_or_default();
    assert!(words.contains(&start), "{what}: as it was: {words}");
    Ok(())
}

fn hostile_text_in_a_link_stays_text(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        let (mut usual, mut refused) = (None, None);
        for text in texts() {
            let value = encoded(&text);
            let what = format!("{text:.40}");
            // As every value, and as a name.
            let query: Vec<String> = PARAMETERS.map(|name| format!("{name}={value}")).into();
            let query = format!("exhibit=spectrum&{}&{value}=1", query.join("&"));
            browser.open(&origin.address(&format!("?{query}")))?;
            let exhibit = browser.exhibit("#spectrum").context(what.clone())?;
            exhibit.step(2)?;
            harmless(browser, &text, &what, &mut usual)?;
            let words = exhibit.words()?;
            for name in ["noise:", "widths:", "gate:", "seed:", "changes:", "step:"] {
                assert!(words.contains(name), "{what}: a note names {name} {words}");
            }

            browser.open(&origin.address(&format!("?exhibit={value}")))?;
            browser.wait(
                "why there is no such exhibit",
                10.0,
                "return document.querySelector('#spectrum').shadowRoot
                   ?.querySelector('[role=alert]:not([hidden])') != null",
                &[],
            )?;
            harmless(browser, &text, &format!("exhibit={what}"), &mut refused)?;
        }
        Ok(())
    });
}

fn hostile_text_in_an_attribute_stays_text(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.elements("empty.html", "").serve()?;
        browser.open(&origin.test_address("empty.html"))?;
        let mut usual = None;
        for text in texts() {
            browser.run(
                "await customElements.whenDefined('ntk-playground');
                 const [text, names] = arguments;
                 const element = document.createElement('ntk-playground');
                 element.id = 'spectrum';
                 for (const name of names) element.setAttribute(name, text);
                 document.body.replaceChildren(element);",
                &[json!(text), json!(PARAMETERS)],
            )?;
            let what = format!("{text:.40}");
            let exhibit = browser.exhibit("#spectrum").context(what.clone())?;
            exhibit.step(2)?;
            harmless(browser, &text, &what, &mut usual)?;
        }
        Ok(())
    });
}
