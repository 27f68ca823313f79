//! When the engine stops in the middle of its work, the element says so and
//! offers a way on.

use browser_tests::{Engine, INSTANCES, Origin, check, claims};

claims! {
    full:
        an_exhibit_that_runs_out_of_memory_says_so_and_restarts;
}

/// Takes all the memory that the module can ever have: what it then asks for,
/// it does not get, and it can only stop.
pub const EXHAUST: &str = "
    const memory = engineMemory();
    for (let pages = 65536; pages >= 1; pages >>= 1) {
      try {
        for (;;) memory.grow(pages);
      } catch {
        // So much is not left; half of it may be.
      }
    }
    return memory.buffer.byteLength;";

/// Points of a person's own.
const POINTS: &str = "-0.9:0.25~-0.3:-1~0.1:0.5~0.7:0.5";

fn an_exhibit_that_runs_out_of_memory_says_so_and_restarts(engine: Engine) {
    check(engine, |browser| {
        let body = format!(
            "<ntk-playground noise=0.35 data={POINTS}></ntk-playground>
             <ntk-playground id=beside noise=0.2></ntk-playground>"
        );
        let _origin = Origin::site()?.before(INSTANCES).open(browser, &body)?;
        let exhibit = browser.exhibit("ntk-playground")?;
        let beside = browser.exhibit("#beside")?;
        exhibit.set("seed", "7")?;
        exhibit.step(20)?;
        beside.step(20)?;
        let size = browser.run(EXHAUST, &[])?;
        let thrown = exhibit.call(
            "window.told = [];
             element.addEventListener('ntk-error', (event) => told.push(event.detail.message));
             try { element.set('widths', '256-256-256-256'); element.step(1); return 'nothing'; }
             catch (error) { return error.message; }",
            &[],
        )?;
        let thrown = thrown.as_str().unwrap_or_default();
        assert!(
            thrown.starts_with("The engine crashed"),
            "{thrown}, memory {size}"
        );
        assert!(exhibit.words()?.contains("The engine crashed"));
        assert_eq!(
            exhibit.call("return told.length", &[])?,
            1,
            "it is told once"
        );
        assert_eq!(exhibit.call("return element.running", &[])?, false);

        assert_eq!(browser.alert("ntk-playground")?.1, ["Restart"]);
        browser.restart("ntk-playground")?;
        assert_eq!(exhibit.step_count()?, 0);
        assert_eq!(exhibit.get("seed")?, "7", "with the settings it had");
        assert_eq!(exhibit.get("noise")?, "0.35");
        assert_eq!(exhibit.get("data")?, POINTS);
        exhibit.step(5)?;

        // The other one still lives where there is no room: it goes on, or ends
        // in the same way, with its settings.
        let ended = beside.call(
            "try { element.set('widths', '256-256-256-256'); element.step(1); return ''; }
             catch (error) { return error.message; }",
            &[],
        )?;
        let ended = ended.as_str().unwrap_or_default();
        assert!(ended.starts_with("The engine crashed"), "{ended}");
        browser.restart("#beside")?;
        assert_eq!(beside.step_count()?, 0);
        assert_eq!(beside.get("noise")?, "0.2");
        beside.step(5)?;

        // And others on the page can be opened as well.
        exhibit.call(
            "const other = document.createElement('ntk-playground');
             other.id = 'other';
             element.after(other);",
            &[],
        )?;
        browser.exhibit("#other")?.step(5)
    });
}
