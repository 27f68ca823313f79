//! Every knob has a control that a person can use.

use crate::links::other_values;
use anyhow::{Context, Result, bail};
use browser_tests::{Browser, Element, Engine, Exhibit, Origin, check, claims};

claims! {
    fast:
        every_knob_turns_by_its_control;
    full:
        play_and_reset_are_buttons;
}

/// A control that can be seen, opening "More" where it takes that.
fn control(browser: &Browser, exhibit: &Exhibit<'_>, knob: &str) -> Result<Element> {
    let find = "
        return [...root.querySelectorAll(`[data-knob=\"${values[0]}\"]`)]
          .flatMap((group) => [...group.querySelectorAll('input, select, [role=switch], [role=radiogroup]')])
          .find((part) => part.checkVisibility({ visibilityProperty: true })) ?? null;";
    let found = |exhibit: &Exhibit<'_>| exhibit.find(find, &[knob.into()]);
    if let Some(control) = found(exhibit)? {
        return Ok(control);
    }
    let more = exhibit
        .find(
            "return [...root.querySelectorAll('[aria-expanded=false], summary')]
               .find((part) => /more/i.test(part.textContent + part.ariaLabel)) ?? null",
            &[],
        )?
        .context("there is no \u{201c}More\u{201d} to open")?;
    browser.click(&more)?;
    found(exhibit)?.with_context(|| format!("{knob} has no control that can be seen"))
}

/// Uses a control as a person does, so that it takes another value.
fn turn(browser: &Browser, exhibit: &Exhibit<'_>, control: &Element, value: &str) -> Result<()> {
    let kind = exhibit.call(
        "const [part] = values;
         return part.getAttribute('role') ?? (part.tagName === 'SELECT' ? 'select' : part.type);",
        &[control.value()],
    )?;
    match kind.as_str().unwrap_or_default() {
        "switch" => browser.click(control),
        "range" => {
            let at_end = exhibit.call(
                "const [part] = values; return Number(part.value) >= Number(part.max) - 3 * Number(part.step)",
                &[control.value()],
            )?;
            // Three arrows to the left or right.
            let arrow = if at_end == true {
                "\u{e012}"
            } else {
                "\u{e014}"
            };
            browser.keys(control, &arrow.repeat(3))
        }
        "radiogroup" => {
            let free = exhibit
                .find(
                    "return values[0].querySelector('[role=radio]:not([aria-checked=true])')",
                    &[control.value()],
                )?
                .context("there is nothing else to choose")?;
            browser.click(&free)
        }
        "select" => {
            let option = exhibit
                .find(
                    "return [...values[0].options].find((option) => option.value === values[1]) ?? null",
                    &[control.value(), value.into()],
                )?
                .with_context(|| format!("{value} is not on offer"))?;
            browser.click(&option)
        }
        "text" | "number" => {
            browser.click(control)?;
            exhibit.call("values[0].select()", &[control.value()])?;
            // The value, then Enter.
            browser.keys(control, &format!("{value}\u{e007}"))
        }
        other => bail!("nobody knows how to use a control of kind {other}"),
    }
}

/// What the control itself says its value is, to people who cannot see it.
const SPOKEN: &str = "
    const [part] = values;
    const chosen = part.querySelector('[role=radio][aria-checked=true]');
    return part.getAttribute('aria-valuetext') ?? part.getAttribute('aria-checked')
      ?? chosen?.textContent ?? part.value;";

fn every_knob_turns_by_its_control(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground exhibit=spectrum></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.call(
            "window.changes = []; element.addEventListener('ntk-change', () => changes.push(1))",
            &[],
        )?;
        for (knob, value) in other_values(&exhibit)? {
            // Points have a window of their own, and a test (own_points.rs).
            if knob == "data" {
                continue;
            }
            let before = exhibit.get(&knob)?;
            let control = control(browser, &exhibit, &knob)?;
            let spoken = exhibit.call(SPOKEN, &[control.value()])?;
            exhibit.call("changes.length = 0", &[])?;
            turn(browser, &exhibit, &control, &value)
                .with_context(|| format!("control of {knob}"))?;

            let after = exhibit.get(&knob)?;
            assert_ne!(after, before, "the control of {knob} turns it");
            assert_ne!(
                exhibit.call(SPOKEN, &[control.value()])?,
                spoken,
                "{knob} says its value"
            );
            assert_ne!(
                exhibit.call("return changes.length", &[])?,
                0,
                "{knob} is announced"
            );
            // The knobs do not all go together in every combination.
            exhibit.set(&knob, &before)?;
            assert_eq!(
                exhibit.call(SPOKEN, &[control.value()])?,
                spoken,
                "{knob} follows set()"
            );
        }
        Ok(())
    });
}

fn play_and_reset_are_buttons(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground exhibit=spectrum></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        let button = |words: &str| -> Result<Element> {
            exhibit
                .find(
                    "const names = new RegExp(values[0], 'i');
                     return [...root.querySelectorAll('button')].find((part) => part.checkVisibility()
                       && names.test(part.ariaLabel ?? part.textContent)) ?? null;",
                    &[words.into()],
                )?
                .with_context(|| format!("there is no button {words}"))
        };
        browser.click(&button("^(play|run|start)")?)?;
        exhibit.wait(
            "it runs",
            5.0,
            "return element.running && element.stepCount > 5",
        )?;
        browser.click(&button("^pause")?)?;
        exhibit.wait("it stands", 2.0, "return !element.running")?;
        let steps = exhibit.step_count()?;
        browser.click(&button("step")?)?;
        exhibit.wait(
            "one step",
            2.0,
            &format!("return element.stepCount === {}", steps + 1),
        )?;
        browser.click(&button("reset|again|restart|step 0")?)?;
        exhibit.wait("step 0", 2.0, "return element.stepCount === 0")?;
        Ok(())
    });
}
