//! The default page on a slow device: the browser made six times slower.

use crate::host::Host;
use crate::report::{Report, numbers};
use crate::start::first_frame;
use crate::statistics::Sample;
use anyhow::{Context, Result};
use browser_tests::Browser;

/// Times slower than this machine.
const SLOW: u32 = 6;

/// Looks of five seconds each.
const LOOKS: usize = 4;

/// After two seconds to settle: how long each task of more than 50 ms takes,
/// and how many frames there are in five seconds.
const LOOK: &str = "
    const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
    const element = document.querySelector('#spectrum');
    element.play();
    await sleep(2000);
    const tasks = [0];
    const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => task.duration)));
    watch.observe({ type: 'longtask' });
    let frames = 0;
    const count = () => { frames += 1; };
    element.addEventListener('ntk-frame', count);
    await sleep(5000);
    element.removeEventListener('ntk-frame', count);
    watch.disconnect();
    return { tasks, frames };";

/// Watches the page run.
pub fn measure(browser: &Browser, host: &Host, report: &mut Report) -> Result<()> {
    let (mut longest, mut frames) = (Vec::new(), Vec::new());
    for _ in 0..LOOKS {
        browser.open(&host.address("/"))?;
        first_frame(browser)?;
        browser.slow_down(SLOW)?;
        let seen = browser.run(LOOK, &[]);
        browser.slow_down(1)?;
        let seen = seen?;
        longest.push(numbers(&seen["tasks"])?.into_iter().fold(0.0, f64::max));
        frames.push(seen["frames"].as_f64().context("no frames were counted")? / 5.0);
    }
    let section = "the default page, six times slower";
    let sampled = |values| Sample::new(values).context("nothing was seen");
    report.median(section, "longest task in 5 s", sampled(longest)?, "ms");
    report.goal("<= 100 ms");
    report.median(section, "frames a second", sampled(frames)?, "/s");
    Ok(())
}
