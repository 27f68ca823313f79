//! Whatever a link, an attribute, a file or a list of points holds is shown as
//! text: it makes no element, runs no script, and the page goes on.

use anyhow::{Context, Result};
use browser_tests::{Browser, Engine, Origin, check, claims};
use serde_json::{Value, json};

claims! {
    full_chromium:
        hostile_text_in_a_link_stays_text,
        hostile_text_in_an_attribute_stays_text,
        hostile_text_in_an_address_of_a_frame_stays_text,
        hostile_text_for_points_stays_text,
        hostile_text_is_not_given_away;
}

/// Every parameter there is: of the page, of an element, of a knob of each kind.
const PARAMETERS: [&str; 13] = [
    "noise", "widths", "gate", "seed", "changes", "step", "theme", "lang", "views", "controls",
    "twin", "data", "beside",
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
            "0.noise.<b>_<i>.gate.hard",
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
      parts: parts.map((part) => part.localName).join(' '),
      page: `${document.title}: ${page.map((part) => part.localName).join(' ')}`,
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

/// Opens a link on the page that is there, in the way in which the page opens
/// it: by its address, and by the scripts that read it. Loading the page anew for
/// each takes ten times as long.
const FOLLOW: &str = "
    const [query, number] = arguments;
    const element = document.querySelector('#spectrum');
    history.replaceState(null, '', query);
    const theme = document.createElement('script');
    theme.src = `theme.js?${number}`;
    const read = new Promise((done, failed) => Object.assign(theme, { onload: done, onerror: failed }));
    document.head.append(theme);
    await read;
    theme.remove();
    // What an exhibit says where it does not open comes after its event.
    const alert = () => element.shadowRoot.querySelector('[role=alert]:not([hidden])')?.textContent;
    const before = alert();
    const opened = new Promise((done) => {
      element.addEventListener('ntk-ready', done, { once: true });
      element.addEventListener('ntk-error', done, { once: true });
    });
    await import(new URL(`page.js?${number}`, document.baseURI).href);
    await opened;
    for (let i = 0; i < 400 && before && alert() === before; i += 1) await new Promise((done) => setTimeout(done, 5));";

fn hostile_text_in_a_link_stays_text(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::modules()?.serve()?;
        // The first are links that the browser itself opens, to begin with.
        let open = |number: usize, query: &str| match number {
            0 | 1 => browser.open(&origin.address(query)),
            _ => browser
                .run(FOLLOW, &[json!(query), json!(number)])
                .map(drop),
        };
        let mut usual = None;
        for (number, text) in texts().iter().enumerate() {
            let value = encoded(text);
            let what = format!("{text:.40}");
            // As every value, and as a name.
            let query: Vec<String> = PARAMETERS.map(|name| format!("{name}={value}")).into();
            let query = format!("?exhibit=spectrum&{}&{value}=1", query.join("&"));
            open(number, &query)?;
            let exhibit = browser.exhibit("#spectrum").context(what.clone())?;
            exhibit.step(2)?;
            harmless(browser, text, &what, &mut usual)?;
            let words = exhibit.words()?;
            for name in ["noise:", "widths:", "gate:", "seed:", "changes:", "step:"] {
                assert!(words.contains(name), "{what}: a note names {name} {words}");
            }
        }
        let mut refused = None;
        for (number, text) in texts().iter().enumerate() {
            open(number, &format!("?exhibit={}", encoded(text)))?;
            browser.wait(
                "why there is no such exhibit",
                10.0,
                "return document.querySelector('#spectrum').shadowRoot
                   ?.querySelector('[role=alert]:not([hidden])') != null",
                &[],
            )?;
            let what = format!("exhibit={text:.40}");
            harmless(browser, text, &what, &mut refused)?;
        }
        Ok(())
    });
}

fn hostile_text_in_an_attribute_stays_text(engine: Engine) {
    check(engine, |browser| {
        let _origin = Origin::site()?.open(browser, "")?;
        let mut usual = None;
        for text in texts() {
            put(browser, &text)?;
            let what = format!("{text:.40}");
            let exhibit = browser.exhibit("#spectrum").context(what.clone())?;
            exhibit.step(2)?;
            harmless(browser, &text, &what, &mut usual)?;
        }
        Ok(())
    });
}

/// An element whose every attribute is this text.
fn put(browser: &Browser, text: &str) -> Result<()> {
    browser.run(
        "await customElements.whenDefined('ntk-playground');
         const [text, names] = arguments;
         const element = document.createElement('ntk-playground');
         element.id = 'spectrum';
         for (const name of names) element.setAttribute(name, text);
         document.body.replaceChildren(element);",
        &[json!(text), json!(PARAMETERS)],
    )?;
    Ok(())
}

fn hostile_text_in_an_address_of_a_frame_stays_text(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        let mut usual = None;
        let switches = ["ground", "transparent", "autoplay"];
        for text in texts().into_iter().take(4) {
            let value = encoded(&text);
            let query: Vec<String> = PARAMETERS
                .iter()
                .chain(&switches)
                .map(|name| format!("{name}={value}"))
                .collect();
            let query = format!("embed.html?exhibit=spectrum&{}&{value}=1", query.join("&"));
            browser.open(&origin.address(&query))?;
            let exhibit = browser.exhibit("ntk-playground")?;
            exhibit.call("element.id = 'spectrum'; element.pause()", &[])?;
            harmless(browser, &text, &format!("{text:.40}"), &mut usual)?;
        }
        // A colour is taken, and nothing that asks for a file.
        for ground in [
            "url(/test/x.png)",
            "red;--ntk-ink:url(/test/x.png)",
            "image-set('/test/x.png' 1x)",
        ] {
            origin.asked();
            let query = format!("embed.html?exhibit=spectrum&ground={}", encoded(ground));
            browser.open(&origin.address(&query))?;
            let exhibit = browser.exhibit("ntk-playground")?;
            assert!(
                exhibit.words()?.contains("ground"),
                "{ground}: a note names it"
            );
            let asked = origin.asked();
            assert!(
                !asked.iter().any(|one| one.starts_with("GET /test/x.png")),
                "{asked:?}"
            );
        }
        Ok(())
    });
}

fn hostile_text_for_points_stays_text(engine: Engine) {
    check(engine, |browser| {
        let _origin = Origin::site()?.open(
            browser,
            "<ntk-playground id=spectrum exhibit=spectrum></ntk-playground>",
        )?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.call(
            "[...root.querySelectorAll('button')].find((one) => one.textContent.startsWith('Points')).click()",
            &[],
        )?;
        exhibit.wait(
            "the window",
            20.0,
            "return root.querySelector('dialog[open] textarea')",
        )?;
        let mut usual = None;
        for text in texts() {
            let what = format!("{text:.40}");
            let kept = exhibit.call(
                "const dialog = root.querySelector('dialog');
                 const area = dialog.querySelector('textarea');
                 area.value = `0 1\n${values[0]}, 1\n`;
                 dialog.querySelector('.primary').click();
                 return [area.value.includes(values[0]), dialog.querySelector('.refused').textContent.includes('line 2')]",
                &[json!(text)],
            )?;
            // A text field keeps no zero character in one browser and does in another.
            if !text.contains('\0') {
                assert_eq!(kept, json!([true, true]), "{what}");
            }
            // A file by such a name, too large to be read.
            exhibit.call(
                "const transfer = new DataTransfer();
                 transfer.items.add(new File(['0'.repeat(100_001)], values[0]));
                 const drop = new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
                 root.querySelector('dialog textarea').dispatchEvent(drop);",
                &[json!(text)],
            )?;
            harmless(browser, &text, &what, &mut usual)?;
        }
        Ok(())
    });
}

/// What leaves the element after a hostile text in every attribute: the lines
/// to embed, as a browser reads them, the address beside them, names of files.
const GIVEN: &str = "
    const saved = [];
    const real = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () { saved.push(this.download); };
    const click = (words) => [...root.querySelectorAll('button')].find((one) => one.textContent.startsWith(words)).click();
    for (const words of ['CSV', 'Pictures']) click(words);
    HTMLAnchorElement.prototype.click = real;
    click('Embed');
    let dialog;
    for (let i = 0; i < 200 && !dialog; i += 1) {
      await new Promise((done) => setTimeout(done, 25));
      dialog = root.querySelector('dialog[open]');
    }
    const seen = [];
    for (const form of ['iframe', 'element']) {
      [...dialog.querySelectorAll('input[name=form]')].find((one) => one.value === form).click();
      const page = new DOMParser().parseFromString(dialog.querySelector('textarea').value, 'text/html');
      for (const part of page.querySelectorAll('head > *, body *')) {
        seen.push([part.localName, [...part.attributes].map(({ name }) => name).join(' ')].join(': '));
      }
    }
    const alone = dialog.querySelector('a[target]');
    const address = [new URL(alone.href).origin === location.origin, new URL(alone.href).pathname.endsWith('/embed.html')];
    const theme = new URL(alone.href).searchParams.get('theme');
    dialog.close();
    return { saved, seen, address, theme };";

fn hostile_text_is_not_given_away(engine: Engine) {
    check(engine, |browser| {
        let _origin = Origin::site()?.open(browser, "")?;
        let mut usual: Option<Value> = None;
        for text in texts().into_iter().take(4) {
            put(browser, &text)?;
            // All views and controls, or there would be nothing to click.
            browser.run(
                "for (const name of ['views', 'controls']) document.querySelector('#spectrum').removeAttribute(name)",
                &[],
            )?;
            let exhibit = browser.exhibit("#spectrum")?;
            let given = exhibit.call(GIVEN, &[])?;
            let what = format!("{text:.40}: {given}");
            for name in given["saved"].as_array().context("names of files")? {
                let name = name.as_str().unwrap_or_default();
                let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
                assert!(
                    name.starts_with("spectrum-step-0") && name.chars().all(plain),
                    "{what}"
                );
            }
            assert_eq!(given["address"], json!([true, true]), "{what}");
            assert_eq!(given["theme"], Value::Null, "{what}");
            let usual = usual.get_or_insert_with(|| given.clone());
            assert_eq!(&given, usual, "{what}");
        }
        Ok(())
    });
}
