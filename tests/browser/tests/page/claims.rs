//! The page of all claims judges each by the reader's runs and by ours.

use browser_tests::{Browser, Engine, Origin, check, claims};
use serde_json::json;

claims! {
    fast_chromium:
        it_shows_the_verdicts_of_a_run_and_our_counts;
    full:
        no_other_page_loads_it;
}

/// Goes to the page by its link and waits for its table.
fn arrive(browser: &Browser) -> anyhow::Result<()> {
    browser.run(
        "document.querySelector('.menu a[href=\"claims.html\"]').click()",
        &[],
    )?;
    let there =
        "return location.pathname.endsWith('/claims.html') && document.readyState === 'complete'";
    browser.wait("the page", 10.0, there, &[])?;
    let built =
        "return document.querySelector('ntk-claims').shadowRoot?.querySelector('tbody') != null";
    browser.wait("the table of all claims", 10.0, built, &[])?;
    Ok(())
}

fn no_other_page_loads_it(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address(""))?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.step(3)?;
        let loaded = "return performance.getEntriesByType('resource')
            .map((entry) => new URL(entry.name).pathname.split('/').pop())
            .filter((name) => name.startsWith('claims.')).sort()";
        assert_eq!(browser.run(loaded, &[])?, json!([]));
        arrive(browser)?;
        assert_eq!(
            browser.run(loaded, &[])?,
            json!(["claims.js", "claims.json"])
        );
        Ok(())
    });
}

/// Name and words of every row of the first exhibit, and the line above all.
const SHOWN: &str = "
    const root = document.querySelector('ntk-claims').shadowRoot;
    const words = (node) => node.textContent;
    const [head, ...rows] = root.querySelector('tbody').rows;
    return {
      link: head.querySelector('a').getAttribute('href'),
      caption: words(head.querySelector('.caption')),
      own: rows.map((row) => words(row.querySelector('.own b'))),
      theory: rows.map((row) => words(row.querySelector('th'))),
      ours: rows.map((row) => words(row.querySelector('.count'))),
      marks: rows.map((row) => row.querySelectorAll('.tally .mark svg').length),
      runs: rows.map((row) => row.querySelector('.tally').dataset.runs),
      summary: words(root.querySelector('.summary')),
      origin: words(root.querySelector('.origin')),
    };";

fn it_shows_the_verdicts_of_a_run_and_our_counts(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        browser.open(&origin.address(""))?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.restart()?;
        // A run that is not over says so, and is not added up.
        exhibit.step(3000)?;
        arrive(browser)?;
        let stopped = browser.run(SHOWN, &[])?;
        let caption = stopped["caption"].as_str().unwrap_or_default();
        let [stopped_at, of] = ["stopped at step 3\u{202f}0", " of 12\u{202f}000"];
        assert!(
            caption.contains(stopped_at) && caption.contains(of),
            "{caption}"
        );
        let summary = stopped["summary"].as_str().unwrap_or_default();
        assert!(
            summary.contains("runs that are over: 0 hold, 0 partly, 0 undecided, 0 do not hold"),
            "{summary}"
        );
        browser.open(&origin.address(""))?;
        let exhibit = browser.exhibit("#spectrum")?;
        exhibit.restart()?;
        exhibit.step(12_000)?;
        let ledger = exhibit.call(
            "const words = {'holds': 'Holds', 'holds-by-construction': 'Holds by construction', 'partly': 'Partly', 'undecided': 'Undecided', 'does-not-hold': 'Does not hold here', 'not-claimed': 'Not claimed', 'not-yet': 'Not yet'};
             return {
               own: element.ledger.map((claim) => words[claim.verdict]),
               theory: element.ledger.map((claim) => claim.theory),
             };",
            &[],
        )?;
        arrive(browser)?;
        let shown = browser.run(SHOWN, &[])?;
        assert_eq!(shown["own"], ledger["own"]);
        assert_eq!(shown["theory"], ledger["theory"]);
        assert_eq!(shown["link"], "index.html");

        let file = browser.run("return await (await fetch(document.querySelector('link[rel=stylesheet]').href.replace('tokens.css', 'claims.json'))).json()", &[])?;
        let first = &file["exhibits"][0]["claims"];
        let ours = shown["ours"].as_array().cloned().unwrap_or_default();
        assert!(!ours.is_empty());
        for (i, words) in ours.iter().enumerate() {
            let claim = &first[i];
            assert_eq!(shown["marks"][i], 1);
            let words = words.as_str().unwrap_or_default().to_lowercase();
            let verdict = claim["verdict"].as_str().unwrap_or_default();
            let verdict = match verdict {
                "not-yet" => "not judged".to_owned(),
                other => other.replace('-', " "),
            };
            let evidence = claim["evidence"]
                .as_str()
                .unwrap_or_default()
                .to_lowercase();
            assert_eq!(words, format!("{verdict} {evidence}"), "{claim}");
            let verdicts = file["verdicts"].as_array().cloned().unwrap_or_default();
            let counts = claim["counts"].as_array().cloned().unwrap_or_default();
            let given = verdicts
                .iter()
                .zip(&counts)
                .filter(|(_, count)| **count != json!(0));
            let given = given.map(|(verdict, count)| {
                format!("{} {count}", verdict.as_str().unwrap_or_default())
            });
            assert_eq!(
                shown["runs"][i],
                given.collect::<Vec<_>>().join(", "),
                "{claim}"
            );
        }
        let origin = shown["origin"].as_str().unwrap_or_default();
        for stated in ["command", "date", "commit"] {
            let stated = file[stated].as_str().unwrap_or_default();
            assert!(origin.contains(stated), "{origin}");
        }

        let all: usize = file["exhibits"].as_array().map_or(0, |exhibits| {
            let claims = exhibits.iter().filter_map(|one| one["claims"].as_array());
            claims.map(Vec::len).sum()
        });
        let summary = shown["summary"].as_str().unwrap_or_default();
        assert!(
            summary.starts_with(&format!("Of {all} claims")),
            "{summary}"
        );
        assert!(!summary.contains(&format!("{all} not run")), "{summary}");
        Ok(())
    });
}
