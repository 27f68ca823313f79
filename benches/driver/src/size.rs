//! What the first view of the page asks for, in bytes.

use crate::counter::Counter;
use crate::host::Host;
use crate::report::Report;
use crate::start::first_frame;
use anyhow::{Context, Result, ensure};
use browser_tests::Browser;
use std::io::Write as _;
use std::time::Duration;
use xtask::project;

/// Loads the page once and weighs what it asked for.
pub fn measure(browser: &Browser, host: &Host, report: &mut Report) -> Result<()> {
    browser.open("about:blank")?;
    let counter = Counter::start(host.socket())?;
    browser.open(counter.address())?;
    first_frame(browser)?;
    // Whatever is loaded late is loaded by now.
    std::thread::sleep(Duration::from_secs(2));
    let counts = counter.counts();
    let (mut raw, mut packed, mut requests) = (0, 0, 0);
    for (path, &count) in &counts {
        let name = match path.trim_start_matches('/') {
            "" => "index.html",
            name => name,
        };
        let file = project::dist().join(name);
        // From the folder: the benchmark adds a line to the page it serves.
        let content = std::fs::read(&file)
            .with_context(|| format!("the page asks for {path}, which is not in dist/"))?;
        let small = brotli(&content).with_context(|| format!("cannot compress {name}"))?;
        report.file(path, count, content.len(), small);
        raw += content.len();
        packed += small;
        requests += count;
    }
    ensure!(requests > 0, "the page asked for nothing");
    let section = "size of the first view (brotli 11)";
    let kilo = |bytes: usize| bytes as f64 / 1000.0;
    report.number(section, "sent with brotli", kilo(packed), "kB");
    report.goal("<= 200 kB");
    report.number(section, "raw", kilo(raw), "kB");
    report.number(section, "requests", requests as f64, "");
    Ok(())
}

fn brotli(content: &[u8]) -> Result<usize> {
    // Quality 11 with a window of 4 MiB: what static hosts store.
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    writer.write_all(content)?;
    Ok(writer.into_inner().len())
}
