//! From what a person does to the next picture, while the run plays.

use crate::host::Host;
use crate::report::Report;
use crate::statistics::Sample;
use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Element, Exhibit};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Seconds of use.
const SECONDS: u64 = 60;
/// Milliseconds from one thing to the next: a hasty person.
const PAUSE: Duration = Duration::from_millis(150);
/// The browser does not tell of what is faster, in milliseconds.
const THRESHOLD: f64 = 16.0;
const SECTION: &str = "a minute of use while the run plays, from event to next paint (in 8 ms)";

const RIGHT: &str = "\u{e014}";
const LEFT: &str = "\u{e012}";

/// What is done over and over, in this order.
const ACTS: [&str; 7] = [
    "slider by mouse",
    "slider by key",
    "New data",
    "gate",
    "pause, play",
    "More",
    "theme",
];

/// The controls that are used.
struct Controls {
    noise: Element,
    draw: Element,
    gate: Element,
    play: Element,
    more: Element,
    dark: Element,
    light: Element,
}

impl Controls {
    fn find(browser: &Browser, exhibit: &Exhibit<'_>) -> Result<Controls> {
        let theme = |name: &str| {
            let script = "return document.querySelector(`.themes [value=${arguments[0]}]`)";
            browser.element(script, &[json!(name)])
        };
        Ok(Controls {
            noise: exhibit.inside("[data-knob=noise] input[type=range]")?,
            draw: exhibit.inside("[data-knob=seed] .outline")?,
            gate: exhibit.inside("[data-knob=gate] [role=switch]")?,
            play: exhibit.inside(".play")?,
            more: exhibit.inside(".more")?,
            dark: theme("dark")?,
            light: theme("light")?,
        })
    }

    /// Does one thing, as often as it takes to be as before. Says how many
    /// interactions that was.
    fn act(&self, browser: &Browser, what: &str) -> Result<usize> {
        let clicks = |elements: &[&Element]| -> Result<usize> {
            for element in elements {
                browser.click(element)?;
                std::thread::sleep(PAUSE);
            }
            Ok(elements.len())
        };
        match what {
            "slider by mouse" => {
                let middle = browser.run(
                    "const box = arguments[0].getBoundingClientRect();
                     return [box.left + box.width / 2, box.top + box.height / 2]",
                    &[self.noise.value()],
                )?;
                let [x, y]: [f64; 2] = serde_json::from_value(middle)?;
                let by = [0, 12, 24, 36, 48, 30, 10, -10, -30, -20, -10, 0];
                let places = by.map(|by| (x + f64::from(by), y));
                browser.drag(&places, 30)?;
                std::thread::sleep(PAUSE);
                Ok(1)
            }
            "slider by key" => {
                // The slider has had the focus since the mouse let it go.
                let keys = [RIGHT, RIGHT, RIGHT, LEFT, LEFT, LEFT];
                for key in keys {
                    browser.press(key)?;
                    std::thread::sleep(PAUSE / 2);
                }
                Ok(keys.len())
            }
            "New data" => clicks(&[&self.draw]),
            "gate" => clicks(&[&self.gate, &self.gate]),
            "pause, play" => clicks(&[&self.play, &self.play]),
            "More" => clicks(&[&self.more, &self.more]),
            _ => clicks(&[&self.dark, &self.light]),
        }
    }
}

/// Uses the page at its defaults.
pub fn measure(browser: &Browser, host: &Host, report: &mut Report) -> Result<()> {
    browser.open("about:blank")?;
    browser.open(&host.address("/?theme=light"))?;
    let exhibit = browser.exhibit("#spectrum")?;
    exhibit.call("scrollTo({top: 0, behavior: 'instant'})", &[])?;
    exhibit.play()?;
    browser.run(include_str!("script/interaction.js"), &[])?;
    let controls = Controls::find(browser, &exhibit)?;
    let started = Instant::now();
    let mut count = 0;
    'use_it: loop {
        for what in ACTS {
            if started.elapsed() >= Duration::from_secs(SECONDS) {
                break 'use_it;
            }
            browser.run("__doing(arguments[0])", &[json!(what)])?;
            count += controls
                .act(browser, what)
                .with_context(|| what.to_string())?;
        }
    }
    ensure!(
        exhibit.call("return element.running", &[])? == true,
        "the run does not play any more"
    );
    // The browser tells of events a little later.
    std::thread::sleep(Duration::from_millis(500));
    let used = browser.run("return __used()", &[])?;
    tell(report, &used, count)
}

fn tell(report: &mut Report, used: &Value, count: usize) -> Result<()> {
    let seen = used["interactions"]
        .as_array()
        .context("no interaction was seen")?;
    let of = |one: &Value, name: &str| {
        one[name]
            .as_f64()
            .with_context(|| format!("an interaction without {name}"))
    };
    let times: Result<Vec<f64>> = seen.iter().map(|one| of(one, "time")).collect();
    let mut times = times?;
    ensure!(
        2 * times.len() >= count,
        "{} of {count} interactions were seen",
        times.len()
    );
    // What the browser did not tell of was faster than it tells of.
    times.resize(times.len().max(count), THRESHOLD / 2.0);
    let sample = Sample::new(times).context("nothing was done")?;
    report.number(SECTION, "interactions", count as f64, "");
    report.number(
        SECTION,
        "three quarters within",
        sample.quantile(0.75),
        "ms",
    );
    report.goal("<= 50 ms");
    report.number(SECTION, "the slowest", sample.largest(), "ms");
    report.median(SECTION, "all", sample, "ms");
    for (part, words) in [
        ("waiting", "  before its handlers run"),
        ("handlers", "  in its handlers"),
        ("painting", "  until the paint"),
    ] {
        let parts: Result<Vec<f64>> = seen.iter().map(|one| of(one, part)).collect();
        report.median(
            SECTION,
            words,
            Sample::new(parts?).context("no parts")?,
            "ms",
        );
    }
    for what in ACTS {
        let mine = seen.iter().filter(|one| one["what"] == what);
        let mine: Result<Vec<f64>> = mine.map(|one| of(one, "time")).collect();
        // Always faster than the threshold: there is nothing to tell.
        if let Some(sample) = Sample::new(mine?) {
            report.median(SECTION, &format!("  {what}"), sample, "ms");
        }
    }
    let frames: Vec<f64> = used["frames"]
        .as_array()
        .map(|frames| frames.iter().filter_map(Value::as_f64).collect())
        .unwrap_or_default();
    report.number(SECTION, "frames over 50 ms", frames.len() as f64, "");
    report.number(
        SECTION,
        "  the longest of them",
        frames.iter().copied().fold(0.0, f64::max),
        "ms",
    );
    Ok(())
}
