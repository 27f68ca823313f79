//! Elements on one page do not know of each other.

use browser_tests::{Engine, Origin, check, claims};

claims! {
    fast_chromium:
        each_runs_its_own_settings_and_is_paused_alone;
    full_chromium:
        an_error_in_one_leaves_the_others_running;
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

fn an_error_in_one_leaves_the_others_running(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground id=good exhibit=spectrum autoplay></ntk-playground>
                    <ntk-playground id=bad exhibit=nonsense autoplay></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let good = browser.exhibit("#good")?;
        good.wait("steps done", 5.0, "return element.stepCount > 10")?;
        Ok(())
    });
}
