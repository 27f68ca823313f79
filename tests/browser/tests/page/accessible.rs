//! Who cannot see the page, or not well, can use it: no rule that a program can
//! check is broken, and what changes by itself is not read out all the time.

use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Engine, Origin, all_pages, chapters, check, claims};
use serde_json::{Value, json};

claims! {
    fast:
        every_control_of_every_exhibit_has_a_name_and_every_slider_speaks;
    full:
        no_rule_is_broken_in_any_theme_or_state,
        no_rule_is_broken_by_what_opens_on_a_page,
        no_window_breaks_a_rule,
        the_page_about_the_project_breaks_no_rule,
        the_page_speaks_only_when_a_run_stands;
}

/// See `vendor/axe-core/README.md`.
const AXE: &str = include_str!("../../vendor/axe-core/axe.min.js");

/// What an exhibit can look like beside its usual state: a name, how it is
/// opened, and how it is closed, with `element` the exhibit and `root` its shadow
/// root. Where there is nothing to open, the script answers false. Each state
/// costs one look at the whole page in each theme, so what can be open at once
/// is one state.
const STATES: [(&str, &str, &str); 1] = [(
    "More, a note, and the panel of times",
    "const more = root.querySelector('.more');
     const field = root.querySelector('.toolbar .field');
     more?.click();
     element.setAttribute('performance', '');
     if (field) { field.value = 'nonsense'; field.dispatchEvent(new Event('change')); }
     return Boolean(more);",
    "root.querySelector('.more').click();
     element.removeAttribute('performance');
     root.querySelector('.dismiss')?.click();",
)];

const THEMES: [&str; 3] = ["light", "dark", "projector"];

/// Rules about what differs from theme to theme. All others are looked at in
/// one of them.
const LOOKS: [&str; 2] = ["color-contrast", "target-size"];

/// Begins to look, at what a selector finds or at the whole page, for the named
/// rules or for all: it may take longer than a script may.
const LOOK: &str = "
    const [context, rules] = arguments;
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    window.found = null;
    const options = {
      runOnly: rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags },
      resultTypes: ['violations'],
      preload: false,
    };
    // Once this script is over.
    setTimeout(() => axe.run(context ?? document, options).then(({ violations, passes }) => {
      const words = violations.flatMap(({ id, impact, help, nodes }) => nodes.map(({ target, failureSummary }) =>
        `${id} (${impact}): ${help}\\n  ${target.flat().join(' > ')}\\n  ${failureSummary.replace(/\\s+/g, ' ')}`));
      window.found = { words, passed: passes.length };
    }, (error) => { window.found = { words: [`it cannot look: ${error}`], passed: 0 }; }));";

const LOAD: &str = "
    const script = document.createElement('script');
    script.src = '/test/axe.js';
    const loaded = new Promise((done) => { script.onload = done; });
    document.head.append(script);
    await loaded;";

/// Words of the buttons that open a window.
const WINDOWS: [&str; 5] = [
    "Second run\u{2026}",
    "Points\u{2026}",
    "Embed\u{2026}",
    "Numbers",
    "Keys",
];

fn no_window_breaks_a_rule(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.page("axe.js", AXE).serve()?;
        for theme in THEMES {
            browser.open(&origin.address(&format!("?theme={theme}")))?;
            browser.run(LOAD, &[])?;
            let exhibit = browser.exhibit("#spectrum")?;
            exhibit.pause()?;
            let all = theme == "light";
            let rules = if all { Value::Null } else { json!(LOOKS) };
            for window in WINDOWS {
                exhibit.call(
                    "[...root.querySelectorAll('button')].find((part) => part.textContent === values[0]).click()",
                    &[json!(window)],
                )?;
                exhibit.wait(window, 20.0, "return root.querySelector('dialog[open]')")?;
                let inside = json!({ "fromShadowDom": ["#spectrum", "dialog"] });
                obey(
                    browser,
                    &format!("{theme}, {window}"),
                    &inside,
                    &rules,
                    if all { 6 } else { 1 },
                )?;
                exhibit.call("root.querySelector('dialog').close()", &[])?;
                exhibit.wait("it closes", 5.0, "return !root.querySelector('dialog')")?;
            }
        }
        Ok(())
    });
}

fn the_page_about_the_project_breaks_no_rule(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.page("axe.js", AXE).serve()?;
        for theme in THEMES {
            browser.open(&origin.address(&format!("about.html?theme={theme}")))?;
            browser.run(LOAD, &[])?;
            let shown = browser.run("return document.documentElement.dataset.theme", &[])?;
            ensure!(shown == theme, "{shown}");
            obey(browser, theme, &Value::Null, &Value::Null, 15)?;
        }
        Ok(())
    });
}

/// Ids of the exhibits of a page, open, at step 3, and standing.
fn opened(browser: &Browser) -> Result<Vec<String>> {
    let names = browser.page_elements()?;
    for name in &names {
        let exhibit = browser.exhibit(&format!("#{name}"))?;
        exhibit.pause()?;
        exhibit.call("element.step(3)", &[])?;
    }
    Ok(names)
}

/// Looks, with at least so many rules to pass, lest nothing be looked at.
fn obey(browser: &Browser, what: &str, context: &Value, rules: &Value, least: u64) -> Result<()> {
    browser.run(LOOK, &[context.clone(), rules.clone()])?;
    let found = browser
        .wait("the rules", 120.0, "return window.found", &[])
        .with_context(|| what.to_string())?;
    let words: Vec<String> = serde_json::from_value(found["words"].clone())?;
    assert!(
        words.is_empty(),
        "{what}: {} broken\n{}",
        words.len(),
        words.join("\n")
    );
    let passed = found["passed"].as_u64().unwrap_or_default();
    assert!(
        passed >= least,
        "{what}: only {passed} rules were looked at"
    );
    Ok(())
}

fn no_rule_is_broken_in_any_theme_or_state(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.page("axe.js", AXE).serve()?;
        let mut reached = 0;
        for file in all_pages()? {
            reached += page_obeys(browser, &origin, &file).context(file)?;
        }
        ensure!(
            reached
                >= chapters()?
                    .iter()
                    .map(|page| page.exhibits.len())
                    .sum::<usize>(),
            "only {reached} exhibits have the states"
        );
        Ok(())
    });
}

/// Looks at a page in every theme, and at its exhibits in every state; answers how
/// many of these there were.
fn page_obeys(browser: &Browser, origin: &Origin, file: &str) -> Result<usize> {
    browser.open(&origin.address(&format!("{file}?theme=light")))?;
    browser.run(LOAD, &[])?;
    let names = opened(browser)?;
    let table = "const table = document.querySelector('ntk-claims');
            return !table || table.shadowRoot?.querySelector('tbody') != null";
    browser.wait("the table of all claims", 10.0, table, &[])?;
    let mut count = 0;
    for theme in THEMES {
        let button = browser.element(
            "return document.querySelector(`.themes [value=${arguments[0]}]`)",
            &[json!(theme)],
        )?;
        browser.click(&button)?;
        let rules = match theme {
            "light" => Value::Null,
            _ => json!(LOOKS),
        };
        let least = rules.as_array().map_or(16, Vec::len) as u64;
        // All exhibits at once: a run looks at the whole page in any case.
        obey(browser, theme, &Value::Null, &rules, least)?;
        for (state, open, close) in STATES {
            let mut reached = Vec::new();
            for name in &names {
                let exhibit = browser.exhibit(&format!("#{name}"))?;
                if exhibit.call(open, &[])? == true {
                    reached.push(name);
                }
            }
            if reached.is_empty() {
                continue;
            }
            count = count.max(reached.len());
            let selectors: Vec<String> = reached.iter().map(|name| format!("#{name}")).collect();
            obey(
                browser,
                &format!("{theme}, {state}"),
                &json!(selectors),
                &rules,
                least,
            )?;
            for name in reached {
                browser.exhibit(&format!("#{name}"))?.call(close, &[])?;
            }
        }
    }
    Ok(count)
}

/// What opens on a page itself: the menu of chapters, and what a term means.
fn no_rule_is_broken_by_what_opens_on_a_page(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.page("axe.js", AXE).serve()?;
        for theme in THEMES {
            browser.open(&origin.address(&format!("channel.html?theme={theme}")))?;
            browser.run(LOAD, &[])?;
            browser.exhibit("#channel")?.pause()?;
            let all = theme == "light";
            let rules = if all { Value::Null } else { json!(LOOKS) };
            for (selector, opened) in [
                ("summary", "details.menu[open] ol"),
                (".term", ".meaning:popover-open"),
            ] {
                let button = browser.element(
                    "return document.querySelector(arguments[0])",
                    &[json!(selector)],
                )?;
                browser.click(&button)?;
                let is_there = "return document.querySelector(arguments[0])?.checkVisibility()";
                browser.wait(opened, 5.0, is_there, &[json!(opened)])?;
                obey(
                    browser,
                    &format!("{theme}, {opened}"),
                    &json!(opened),
                    &rules,
                    1,
                )?;
            }
        }
        Ok(())
    });
}

/// Controls without a name, and sliders that do not say their value.
const MUTE: &str = "
    const name = (part) => {
      const by = part.getAttribute('aria-labelledby')?.split(' ').map((id) => root.getElementById(id)?.textContent).join(' ');
      const labels = [...(part.labels ?? [])].map((label) => label.textContent).join(' ');
      return (by || part.getAttribute('aria-label') || labels || (part.matches('input, select') ? '' : part.textContent)).trim();
    };
    const told = (part) => part.outerHTML.slice(0, 160);
    const parts = [...root.querySelectorAll('button, input, select, textarea, a, canvas, [role], [tabindex]')]
      .filter((part) => !part.closest('[aria-hidden=true]'))
      // Texts that speak when they change have no name of their own.
      .filter((part) => !part.matches('[role=status], [role=alert]'));
    const found = parts.filter((part) => !name(part)).map((part) => `no name: ${told(part)}`);
    const sliders = parts.filter((part) => part.matches('input[type=range]'));
    for (const slider of sliders) {
      const words = slider.getAttribute('aria-valuetext') ?? '';
      const knob = element.knobs.find((one) => one.name === slider.closest('[data-knob]').dataset.knob);
      if (!words.trim()) found.push(`no value: ${told(slider)}`);
      // In the words of the limit, or with the unit that the knob has.
      if (knob.unit && !/[^\\d.,\\u2212 ]/.test(words)) found.push(`no unit: ${words} of ${knob.name}`);
    }
    return { found, parts: parts.length, sliders: sliders.length };";

fn every_control_of_every_exhibit_has_a_name_and_every_slider_speaks(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        let mut sliders = 0;
        for page in chapters()? {
            browser.open(&origin.address(&page.file))?;
            for name in opened(browser)? {
                let exhibit = browser.exhibit(&format!("#{name}"))?;
                let mute = exhibit.call(MUTE, &[])?;
                assert_eq!(mute["found"], json!([]), "{name}");
                ensure!(mute["parts"].as_u64() > Some(3), "{name}: {mute}");
                sliders += mute["sliders"].as_u64().unwrap_or_default();
            }
        }
        assert!(sliders > 40, "{sliders} sliders");
        Ok(())
    });
}

fn the_page_speaks_only_when_a_run_stands(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address(""))?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.wait("steps done", 5.0, "return element.stepCount > 5")?;
        let changes = exhibit.call(
            "let changes = [];
             const watch = new MutationObserver((records) => changes.push(...records.map((one) => one.target.textContent)));
             const live = [document, root, ...[...document.querySelectorAll('ntk-ledger, ntk-claims')].map((one) => one.shadowRoot)]
               .flatMap((one) => [...(one?.querySelectorAll('[role=status], [role=alert], [aria-live], output') ?? [])])
               // An output is a live region, unless nobody is told of it.
               .filter((one) => !one.closest('[aria-hidden=true]'));
             if (!live.length) throw new Error('nothing here can speak');
             for (const one of live) watch.observe(one, { childList: true, characterData: true, subtree: true, attributes: true });
             const before = element.stepCount;
             await new Promise((done) => setTimeout(done, 2000));
             watch.disconnect();
             return { changes, steps: element.stepCount - before, running: element.running };",
            &[],
        )?;
        assert_eq!(changes["running"], true, "{changes}");
        assert!(changes["steps"].as_u64() > Some(10), "{changes}");
        assert_eq!(changes["changes"], json!([]), "it speaks while it runs");

        exhibit.pause()?;
        exhibit.wait(
            "the description",
            1.0,
            "const words = [...root.querySelectorAll('[role=status]')].map((one) => one.textContent);
             return element.description.length > 40 && words.includes(element.description);",
        )?;
        Ok(())
    });
}
