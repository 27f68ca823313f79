//! `docs/embedding.md` lists the whole interface of the element, and no more:
//! what happens on a page. What it says of methods, properties, attributes and
//! custom properties, `modules/documented.js` holds against the modules, and of
//! exhibits and knobs, `tests/project/embedding_guide_names_what_there_is.rs`.

use anyhow::Result;
use browser_tests::{Browser, Engine, Exhibit, Origin, check, claims};
use serde_json::{Value, json};
use std::collections::BTreeSet;

claims! {
    fast_chromium:
        every_event_of_the_document_happens;
    full_chromium:
        every_part_of_the_document_can_be_styled_and_its_colours_are_drawn;
}

const DOCUMENT: &str = include_str!("../../../../docs/embedding.md");

/// Names in the first column of the table under a header, without what
/// follows them: `step(count = 1)` is `step`.
fn listed(header: &str) -> BTreeSet<String> {
    let rows = DOCUMENT
        .lines()
        .skip_while(|line| !line.starts_with(&format!("| {header} |")))
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let name = |line: &str| Some(line.split('`').nth(1)?.split('(').next()?.to_string());
    let names: BTreeSet<String> = rows.filter_map(name).collect();
    assert!(
        names.len() > 3,
        "the document has a table of every {header}"
    );
    names
}

fn names(value: &Value) -> Result<BTreeSet<String>> {
    Ok(serde_json::from_value(value.clone())?)
}

fn open<'a>(browser: &'a Browser, origin: &Origin) -> Result<Exhibit<'a>> {
    browser.open(&origin.test_address("one.html"))?;
    browser.exhibit("#full")
}

fn origin() -> Result<Origin> {
    let body = "<link rel=stylesheet href=parts.css>
        <ntk-playground id=full exhibit=spectrum></ntk-playground>
        <ntk-playground id=card exhibit=spectrum views=fit controls=noise></ntk-playground>";
    let rules = listed("part")
        .iter()
        .map(|part| format!("ntk-playground::part({part}) {{ outline: 7px dotted red; }}\n"))
        .collect::<String>();
    Origin::modules()?
        .page("parts.css", &rules)
        .elements("one.html", body)
        .serve()
}

fn every_event_of_the_document_happens(engine: Engine) {
    check(engine, |browser| {
        let origin = origin()?;
        let exhibit = open(browser, &origin)?;
        let seen = exhibit.call(
            "const seen = {};
             for (const name of values[0]) document.addEventListener(name, ({ detail }) => { seen[name] = Object.keys(detail ?? {}).sort(); });
             element.step(3);
             element.set('noise', '0.3');
             const other = document.createElement('ntk-playground');
             document.body.append(other);
             await other.ready;
             // Not in the turn in which WebKit tells the sizes of the first.
             await new Promise((done) => setTimeout(done, 100));
             const wrong = document.createElement('ntk-playground');
             wrong.setAttribute('exhibit', 'nonsense');
             document.body.append(wrong);
             await wrong.ready.catch(() => {});
             return seen;",
            &[json!(listed("event"))],
        )?;
        let wanted = json!({
            "ntk-ready": [],
            "ntk-frame": ["step"],
            "ntk-change": ["knob", "value"],
            "ntk-error": ["error", "message"],
        });
        assert_eq!(seen, wanted);
        Ok(())
    });
}

fn every_part_of_the_document_can_be_styled_and_its_colours_are_drawn(engine: Engine) {
    check(engine, |browser| {
        let origin = origin()?;
        let exhibit = open(browser, &origin)?;
        browser.exhibit("#card")?;
        exhibit.call(
            "const { showEmbed } = await import(new URL('../embed-dialog.js', location.href).href);
             showEmbed(element);",
            &[],
        )?;
        let parts = exhibit.call(
            "const nodes = [...document.querySelectorAll('ntk-playground')].flatMap((one) => [...one.shadowRoot.querySelectorAll('[part]')]);
             return [nodes.flatMap((node) => [...node.part]),
               nodes.filter((node) => getComputedStyle(node).outlineWidth !== '7px').flatMap((node) => [...node.part])];",
            &[],
        )?;
        assert_eq!(names(&parts[0])?, listed("part"));
        assert_eq!(parts[1], json!([]), "not reached by ::part()");
        let ground = exhibit.call(
            "element.style.setProperty('--ntk-ground', 'rgb(1, 2, 3)');
             element.style.setProperty('--ntk-ink', 'rgb(250, 240, 230)');
             await new Promise((done) => setTimeout(done, 100));
             element.step(1);
             const frame = getComputedStyle(root.querySelector('.frame'));
             const canvas = root.querySelector('canvas');
             const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
             let ink = 0;
             for (let at = 0; at < data.length; at += 4) if (data[at] === 250 && data[at + 1] === 240 && data[at + 2] === 230) ink += 1;
             return [frame.backgroundColor, frame.color, ink > 50];",
            &[],
        )?;
        assert_eq!(ground, json!(["rgb(1, 2, 3)", "rgb(250, 240, 230)", true]));
        Ok(())
    });
}
