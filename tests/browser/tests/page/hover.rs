//! Values are read off a picture with the pointer or the arrow keys.

use anyhow::Result;
use browser_tests::{Engine, Exhibit, Origin, check, claims};

claims! {
    fast:
        pointing_at_an_eigenvalue_reads_it;
    full:
        arrow_keys_walk_through_the_modes;
}

fn title(exhibit: &Exhibit<'_>, view: &str) -> Result<String> {
    let script = "return root.querySelector(`[data-view=${values[0]}] figcaption`).textContent";
    let text = exhibit.call(script, &[view.into()])?;
    Ok(text.as_str().unwrap_or_default().to_string())
}

fn pointing_at_an_eigenvalue_reads_it(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground exhibit=spectrum></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.step(50)?;
        let plain = title(&exhibit, "eigenvalues")?;
        let canvas = exhibit.inside("[data-view=eigenvalues] canvas")?;

        browser.hover(&canvas, 0, 20)?;
        let script = "return /i = \\d+/.test(
            root.querySelector('[data-view=eigenvalues] figcaption').textContent.replace(/\\s+/g, ' '))";
        exhibit.wait("the mode in the title", 2.0, script)?;
        let middle = title(&exhibit, "eigenvalues")?;
        assert_ne!(middle, plain);

        browser.hover(&canvas, -120, 20)?;
        let moved = format!(
            "return root.querySelector('[data-view=eigenvalues] figcaption').textContent !== {}",
            serde_json::to_string(&middle)?
        );
        exhibit.wait("another mode", 2.0, &moved)?;

        // Away from it, the picture reads as before.
        browser.hover(&exhibit.inside("[data-view=fit] figcaption")?, 0, 0)?;
        let back = format!(
            "return root.querySelector('[data-view=eigenvalues] figcaption').textContent === {}",
            serde_json::to_string(&plain)?
        );
        exhibit.wait("the usual title", 2.0, &back)?;
        Ok(())
    });
}

fn arrow_keys_walk_through_the_modes(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground exhibit=spectrum></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.step(50)?;
        exhibit.call(
            "root.querySelector('[data-view=eigenvalues] canvas').focus()",
            &[],
        )?;
        let mut seen = vec![title(&exhibit, "eigenvalues")?];
        for _ in 0..3 {
            // The arrow to the right.
            browser.press("\u{e014}")?;
            std::thread::sleep(std::time::Duration::from_millis(150));
            seen.push(title(&exhibit, "eigenvalues")?);
        }
        let mut different = seen.clone();
        different.dedup();
        assert_eq!(different.len(), seen.len(), "every key moves on: {seen:?}");
        Ok(())
    });
}
