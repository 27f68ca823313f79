//! Elements on one page do not know of each other. That an error in one leaves the
//! others running, `modules/element.js` tests.

use browser_tests::{Engine, Origin, check, claims};

claims! {
    fast_chromium:
        each_runs_its_own_settings_and_is_paused_alone;
}

fn each_runs_its_own_settings_and_is_paused_alone(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground id=a exhibit=spectrum noise=0.2></ntk-playground>
                    <ntk-playground id=b exhibit=spectrum noise=0.2></ntk-playground>
                    <ntk-playground id=c exhibit=spectrum noise=0.8></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let [a, b, c] = [
            browser.exhibit("#a")?,
            browser.exhibit("#b")?,
            browser.exhibit("#c")?,
        ];
        for exhibit in [&a, &b, &c] {
            exhibit.step(50)?;
        }
        assert_eq!(a.readings()?, b.readings()?, "same settings, same run");
        assert_ne!(
            a.readings()?.get("train-loss"),
            c.readings()?.get("train-loss")
        );

        b.set("gate", "hard")?;
        b.step(50)?;
        a.step(50)?;
        assert_eq!(a.get("gate")?, "off");
        assert_ne!(
            a.readings()?.get("train-loss"),
            b.readings()?.get("train-loss")
        );
        assert_eq!(c.step_count()?, 50, "who was not asked stands still");
        Ok(())
    });
}
