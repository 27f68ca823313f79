//! Light, dark and for the projector: pictures follow, not only the page. What a
//! link may say, `modules/theme.js` tests.

use anyhow::Result;
use browser_tests::{Engine, Exhibit, Origin, check, claims};

claims! {
    fast:
        the_page_takes_its_theme_from_the_link_and_the_buttons;
    full:
        an_elements_pictures_follow_its_theme;
}

/// Brightness of the ground of the first picture, from 0 to 255.
fn ground(exhibit: &Exhibit<'_>) -> Result<f64> {
    let value = exhibit.call(
        "await new Promise((done) => setTimeout(done, 200));
         const canvas = root.querySelector('canvas');
         const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
         const counts = new Map();
         for (let at = 0; at < data.length; at += 4) {
           // A picture without a ground of its own shows that of the page.
           if (data[at + 3] < 255) continue;
           const key = (data[at] + data[at + 1] + data[at + 2]) / 3;
           counts.set(key, (counts.get(key) ?? 0) + 1);
         }
         const total = [...counts].reduce((sum, [key, count]) => sum + key * count, 0);
         return total / [...counts].reduce((sum, [, count]) => sum + count, 0);",
        &[],
    )?;
    Ok(value.as_f64().unwrap_or(f64::NAN))
}

fn an_elements_pictures_follow_its_theme(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground exhibit=spectrum theme=light></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.step(20)?;
        let light = ground(&exhibit)?;
        exhibit.call("element.setAttribute('theme', 'dark')", &[])?;
        let dark = ground(&exhibit)?;
        assert!(light > 150.0 && dark < 100.0, "light {light}, dark {dark}");
        exhibit.call("element.setAttribute('theme', 'projector')", &[])?;
        assert!(ground(&exhibit)? > 150.0);
        Ok(())
    });
}

fn the_page_takes_its_theme_from_the_link_and_the_buttons(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address("?theme=dark"))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.step(20)?;
        for (theme, bright) in [("dark", false), ("light", true), ("projector", true)] {
            if theme != "dark" {
                browser.run(
                    "document.querySelector(`.themes [value=${arguments[0]}]`).click()",
                    &[theme.into()],
                )?;
            }
            let picture = ground(&exhibit)?;
            assert_eq!(picture > 128.0, bright, "{theme}: picture {picture}");
            let page = browser.run(
                "return getComputedStyle(document.documentElement).backgroundColor
                   .match(/[\\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part) / 3, 0)",
                &[],
            )?;
            assert_eq!(
                page.as_f64().unwrap_or(0.0) > 128.0,
                bright,
                "{theme}: page {page}"
            );
        }
        Ok(())
    });
}
