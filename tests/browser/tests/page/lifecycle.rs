//! An element can be moved, removed and put back like any other.

use browser_tests::{Engine, Origin, check, claims};

claims! {
    fast:
        a_moved_element_keeps_its_run;
    full:
        a_removed_element_stops_and_works_again_when_put_back,
        an_element_can_be_made_by_script;
}

const BODY: &str = "<section id=here><ntk-playground exhibit=spectrum></ntk-playground></section>
                    <section id=there></section>";

fn a_moved_element_keeps_its_run(engine: Engine) {
    check(engine, |browser| {
        let _origin = Origin::site()?.open(browser, BODY)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.set("gate", "hard")?;
        exhibit.step(70)?;
        let before = exhibit.readings()?;
        exhibit.call(
            "document.querySelector('#there').append(element);
             await new Promise((done) => setTimeout(done, 300));",
            &[],
        )?;
        assert_eq!(exhibit.step_count()?, 70);
        assert_eq!(exhibit.readings()?, before);
        exhibit.play()?;
        exhibit.wait("it runs on", 5.0, "return element.stepCount > 80")?;
        Ok(())
    });
}

fn a_removed_element_stops_and_works_again_when_put_back(engine: Engine) {
    check(engine, |browser| {
        let _origin = Origin::site()?.open(browser, BODY)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.play()?;
        exhibit.wait("steps done", 5.0, "return element.stepCount > 5")?;
        let frames = exhibit.call(
            "element.remove();
             await new Promise((done) => setTimeout(done, 300));
             let frames = 0;
             element.addEventListener('ntk-frame', () => { frames += 1; });
             await new Promise((done) => setTimeout(done, 300));
             document.querySelector('#there').append(element);
             return frames;",
            &[],
        )?;
        assert_eq!(frames, 0, "a removed element does not run");
        let exhibit = browser.exhibit("ntk-playground")?;
        exhibit.step(5)?;
        Ok(())
    });
}

fn an_element_can_be_made_by_script(engine: Engine) {
    check(engine, |browser| {
        let _origin = Origin::site()?.open(browser, "")?;
        browser.run(
            "await customElements.whenDefined('ntk-playground');
             const element = document.createElement('ntk-playground');
             element.setAttribute('noise', '0.25');
             element.setAttribute('exhibit', 'spectrum');
             document.body.append(element);",
            &[],
        )?;
        let exhibit = browser.exhibit("ntk-playground")?;
        assert_eq!(exhibit.get("noise")?, "0.25");
        exhibit.call("element.setAttribute('noise', '0.75')", &[])?;
        exhibit.wait(
            "a changed attribute",
            2.0,
            "return element.get('noise') === '0.75'",
        )?;
        Ok(())
    });
}
