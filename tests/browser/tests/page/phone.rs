//! A phone shows all of it, in one column.

use browser_tests::{Engine, Options, Origin, all_pages, chapters, check_with, claims};

claims! {
    fast:
        nothing_is_wider_than_the_screen;
    full:
        no_exhibit_lays_one_control_over_another;
}

fn nothing_is_wider_than_the_screen(engine: Engine) {
    check_with(&Options::phone(engine), |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address(""))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.wait("steps done", 10.0, "return element.stepCount > 10")?;
        let widths = browser.run(
            "return [document.documentElement.scrollWidth, document.body.scrollWidth, innerWidth]",
            &[],
        )?;
        assert_eq!(widths, serde_json::json!([390, 390, 390]));
        let wide = exhibit.call(
            "return [...root.querySelectorAll('canvas, button, input, select')]
               .filter((part) => part.checkVisibility())
               .map((part) => [part.outerHTML.slice(0, 120), part.getBoundingClientRect()])
               .filter(([, box]) => box.left < -0.5 || box.right > innerWidth + 0.5)
               .map(([name, box]) => `${name} from ${box.left} to ${box.right}`);",
            &[],
        )?;
        assert_eq!(wide, serde_json::json!([]), "parts that stick out");
        Ok(())
    });
}

/// Parts of the bar at the thumb that overlap, and parts that stick out.
pub const CROWDED: &str = "
    const parts = [...root.querySelectorAll('.run > *, .toolbar > .controls > *, .toolbar > .more, .toolbar > .controls .head > *')]
      .filter((part) => part.checkVisibility() && part.getBoundingClientRect().width > 0)
      .map((part) => ({ part, box: part.getBoundingClientRect(), name: `${part.className} ${part.dataset.knob ?? ''} ${part.textContent.slice(0, 20)}` }));
    const found = parts.filter(({ box }) => box.right > innerWidth + 0.5).map(({ name }) => `${name} sticks out`);
    for (const [i, one] of parts.entries()) for (const other of parts.slice(i + 1)) {
      if (one.part.contains(other.part)) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (across > 1 && down > 1) found.push(`${one.name} lies over ${other.name}`);
    }
    return found;";

fn no_exhibit_lays_one_control_over_another(engine: Engine) {
    check_with(&Options::phone(engine), |browser| {
        let origin = Origin::site()?.serve()?;
        for page in chapters()? {
            browser.open(&origin.address(&page.file))?;
            for name in page.exhibits {
                let exhibit = browser.exhibit(&format!("#{name}"))?;
                exhibit.step(3)?;
                let crowded = exhibit.call(CROWDED, &[])?;
                assert_eq!(crowded, serde_json::json!([]), "{name}");
            }
        }
        for file in all_pages()? {
            browser.open(&origin.address(&file))?;
            let width = browser.run("return document.documentElement.scrollWidth", &[])?;
            assert_eq!(width, serde_json::json!(390), "{file}");
        }
        Ok(())
    });
}
