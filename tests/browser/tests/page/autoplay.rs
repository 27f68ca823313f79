//! The page shows a network learning without a click.

use browser_tests::{Engine, Options, Origin, check, check_with, claims};

claims! {
    fast:
        the_first_exhibit_runs_by_itself_within_five_seconds_and_its_readings_change;
    full:
        who_asked_for_less_motion_starts_it_themselves,
        an_embedded_element_waits_for_its_reader_unless_told_otherwise;
}

fn the_first_exhibit_runs_by_itself_within_five_seconds_and_its_readings_change(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address(""))?;
        browser.wait(
            "steps done",
            5.0,
            "return document.querySelector('ntk-playground')?.stepCount > 10",
            &[],
        )?;
        let exhibit = browser.exhibit("ntk-playground")?;
        let on_screen = exhibit.call(
            "const box = root.querySelector('canvas').getBoundingClientRect();
             return box.top >= 0 && box.top < innerHeight && box.width > 100;",
            &[],
        )?;
        assert_eq!(
            on_screen, true,
            "its first picture is in the first viewport"
        );
        let before = exhibit.readings()?;
        let steps = exhibit.step_count()?;
        exhibit.wait(
            "ten more steps",
            5.0,
            &format!("return element.stepCount > {steps} + 10"),
        )?;
        let after = exhibit.readings()?;
        assert!(before.len() > 3, "there are readings: {before:?}");
        assert_ne!(before.get("train-loss"), after.get("train-loss"));
        assert!(
            after.values().filter(|value| *value != "NaN").count() > 3,
            "{after:?}"
        );
        Ok(())
    });
}

fn who_asked_for_less_motion_starts_it_themselves(engine: Engine) {
    let calm = Options {
        reduced_motion: true,
        ..Options::of(engine)
    };
    check_with(&calm, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address(""))?;
        let exhibit = browser.exhibit("ntk-playground")?;
        assert_eq!(exhibit.call("return element.running", &[])?, false);
        assert_eq!(exhibit.step_count()?, 0);
        exhibit.play()?;
        exhibit.wait("steps done", 5.0, "return element.stepCount > 0")?;
        Ok(())
    });
}

fn an_embedded_element_waits_for_its_reader_unless_told_otherwise(engine: Engine) {
    check(engine, |browser| {
        let body = "<ntk-playground id=waits exhibit=spectrum></ntk-playground>
                    <ntk-playground id=runs exhibit=spectrum autoplay></ntk-playground>";
        let _origin = Origin::site()?.open(browser, body)?;
        let waits = browser.exhibit("#waits")?;
        let runs = browser.exhibit("#runs")?;
        runs.wait("steps done", 5.0, "return element.stepCount > 10")?;
        assert_eq!(waits.step_count()?, 0);
        assert_eq!(waits.call("return element.running", &[])?, false);
        Ok(())
    });
}
