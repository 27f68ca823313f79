//! A person's own points: typed or pasted, edited in the picture, kept in the
//! link, and never lost.

use anyhow::{Context, Result};
use browser_tests::{Browser, Element, Engine, Exhibit, Origin, check, claims};
use serde_json::{Value, json};

claims! {
    full:
        points_are_added_moved_and_removed_in_the_picture;
    full_chromium:
        lines_become_points_and_bad_lines_are_named;
}

const PAGE: &str = "one.html";
const ELEMENT: &str = "<ntk-playground exhibit=spectrum></ntk-playground>";

fn open<'a>(browser: &'a Browser, origin: &Origin) -> Result<Exhibit<'a>> {
    browser.open(&origin.test_address(PAGE))?;
    let exhibit = browser.exhibit("ntk-playground")?;
    browser.click(&exhibit.inside(".more")?)?;
    Ok(exhibit)
}

fn button(exhibit: &Exhibit<'_>, words: &str) -> Result<Element> {
    let find = "return [...root.querySelectorAll('button')].find((part) => part.textContent === values[0]) ?? null";
    exhibit
        .find(find, &[words.into()])?
        .with_context(|| format!("there is no button {words}"))
}

fn labels(exhibit: &Exhibit<'_>) -> Result<Value> {
    exhibit.call(
        "const { columns } = element.charts.fit;
         return ['train-x', 'train-label'].map((name) => columns.find((column) => column.name === name).values)",
        &[],
    )
}

fn lines_become_points_and_bad_lines_are_named(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.elements(PAGE, ELEMENT).serve()?;
        let exhibit = open(browser, &origin)?;
        browser.click(&button(&exhibit, "Points\u{2026}")?)?;
        exhibit.wait(
            "the window",
            20.0,
            "return root.querySelector('dialog[open] textarea')",
        )?;
        let drawn = exhibit.call(
            "return root.querySelector('dialog textarea').value.trim().split('\\n').length",
            &[],
        )?;
        assert!(
            drawn.as_u64().is_some_and(|lines| lines >= 20),
            "the drawn points to begin with: {drawn}"
        );

        let bad = "x, y\n0.5, 1\n0.7, much\n<img src=x onerror=window.hacked=1>, 2\n";
        exhibit.call(
            "root.querySelector('dialog textarea').value = values[0]",
            &[bad.into()],
        )?;
        let using = button(&exhibit, "Use these points")?;
        browser.click(&using)?;
        let said = exhibit.wait(
            "a sentence",
            5.0,
            "return root.querySelector('dialog .refused:not([hidden])')?.textContent",
        )?;
        let said = said.as_str().unwrap_or_default();
        assert!(
            said.contains("line 3") && said.contains("much") && said.contains("line 4"),
            "{said}"
        );
        assert_eq!(
            exhibit.call("return [root.querySelector('dialog textarea').value, window.hacked ?? null, element.get('data')]", &[])?,
            json!([bad, null, "none"]),
            "the text stays, nothing is taken, nothing runs"
        );

        let good = "x;y\n0,5;1\n-0,25;-1,5\n0;0,125\n";
        exhibit.call(
            "root.querySelector('dialog textarea').value = values[0]",
            &[good.into()],
        )?;
        browser.click(&using)?;
        exhibit.wait(
            "the window closes",
            5.0,
            "return !root.querySelector('dialog')",
        )?;
        assert_eq!(exhibit.get("data")?, "0.5:1~-0.25:-1.5~0:0.125");
        assert_eq!(
            labels(&exhibit)?,
            json!([[-0.25, 0, 0.5], [-1.5, 0.125, 1]])
        );
        exhibit.step(20)?;
        assert!(
            !exhibit.readings()?.contains_key("test-loss"),
            "nobody knows the true function"
        );
        let rests = exhibit.call(
            "const group = root.querySelector('.controls [data-knob=noise]');
             return [group.title, group.querySelector('input').disabled]",
            &[],
        )?;
        assert!(
            rests[0].as_str().is_some_and(|text| text.contains("noise")),
            "{rests}"
        );
        assert_eq!(rests[1], true);

        // The same from the link.
        let (link, before) = (exhibit.link()?, exhibit.readings()?);
        let copy = Origin::site()?.serve()?;
        browser.open(&copy.address(&format!("?{link}")))?;
        let again = browser.exhibit("#spectrum")?;
        again.wait("step 20", 20.0, "return element.stepCount === 20")?;
        assert_eq!(again.readings()?, before);
        Ok(())
    });
}

/// Sends pointer events to the picture, at shares of its width and height.
const POINT: &str = "
    const canvas = root.querySelector('[data-view=fit] canvas');
    const box = canvas.getBoundingClientRect();
    canvas.setPointerCapture = () => {};
    for (const [type, x, y] of values[0]) canvas.dispatchEvent(new PointerEvent(type, {
      bubbles: true, cancelable: true, pointerId: 1, pointerType: 'mouse', button: 0, clientX: box.left + x * box.width, clientY: box.top + y * box.height,
    }));
    return element.get('data').split('~').map((pair) => pair.split(':').map(Number));";

fn points_are_added_moved_and_removed_in_the_picture(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.elements(PAGE, ELEMENT).serve()?;
        let exhibit = open(browser, &origin)?;
        exhibit.set("data", "-0.8:0.5~0.8:-0.5")?;
        browser.click(&button(&exhibit, "In the chart")?)?;
        exhibit.wait(
            "it can be edited",
            20.0,
            "return root.querySelector('.editing')",
        )?;

        let added = exhibit.call(
            POINT,
            &[json!([["pointerdown", 0.5, 0.3], ["pointerup", 0.5, 0.3]])],
        )?;
        assert_eq!(added.as_array().map(Vec::len), Some(3), "{added}");
        let [x, y] = [0, 1].map(|i| added[2][i].as_f64().unwrap_or(9.0));
        assert!(x.abs() < 0.15 && y > 0.0, "where the pointer was: {added}");

        // Up and far to the right; the axes stand still meanwhile.
        let moved = exhibit.call(
            POINT,
            &[json!([
                ["pointerdown", 0.5, 0.3],
                ["pointermove", 0.6, 0.2],
                ["pointermove", 0.7, 0.1],
                ["pointerup", 0.7, 0.1]
            ])],
        )?;
        assert_eq!(moved.as_array().map(Vec::len), Some(3), "{moved}");
        assert!(moved[2][0].as_f64() > Some(x + 0.2), "{added} to {moved}");
        assert!(moved[2][1].as_f64() > Some(y), "{added} to {moved}");
        assert!(
            moved[2][1].as_f64() < Some(1.5),
            "it does not run away: {moved}"
        );

        let back = exhibit.call(
            "const canvas = root.querySelector('[data-view=fit] canvas');
             canvas.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true, cancelable: true }));
             return element.get('data')",
            &[],
        )?;
        assert_eq!(
            back, "-0.8:0.5~0.8:-0.5",
            "Delete takes away the point touched last"
        );
        browser.click(&button(&exhibit, "Done")?)?;
        let after = exhibit.call(
            POINT,
            &[json!([["pointerdown", 0.5, 0.3], ["pointerup", 0.5, 0.3]])],
        )?;
        assert_eq!(
            after.as_array().map(Vec::len),
            Some(2),
            "a click is only a look again"
        );
        Ok(())
    });
}
