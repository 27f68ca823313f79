//! A link is a run: the same digits in every browser and on the command line.

use anyhow::{Context, Result, ensure};
use browser_tests::{Browser, Engine, Origin, Readings, check, claims, skip};
use std::process::{Command, Stdio};
use xtask::project;

claims! {
    full_chromium:
        the_command_line_computes_the_same_digits;
}

/// What is compared: every kind of arithmetic and of randomness there is.
const LINKS: [&str; 4] = [
    "exhibit=spectrum",
    "exhibit=spectrum&changes=100.noise.0.3",
    "exhibit=spectrum&activation=tanh&batch=4",
    "exhibit=spectrum&gate=random&widths=32-32&inputs=random",
];

/// The readings once a link has been replayed up to a step. As bits: the text
/// of a number hides the sign of zero.
fn replay(browser: &Browser, origin: &Origin, link: &str, step: u64) -> Result<Readings> {
    browser.open(&origin.address(&format!("?{link}&step={step}")))?;
    let exhibit = browser.exhibit("ntk-playground[exhibit=spectrum]")?;
    exhibit.wait(
        &format!("step {step} of {link}"),
        60.0,
        &format!("return element.stepCount >= {step} && !element.running"),
    )?;
    let bits = exhibit.call(
        "const view = new DataView(new ArrayBuffer(8));
         const bits = (number) => {
           // Which of the many bit patterns of NaN it is means nothing.
           if (Number.isNaN(number)) return 'NaN';
           view.setFloat64(0, number);
           return view.getBigUint64(0).toString(16).padStart(16, '0');
         };
         return Object.fromEntries(
           Object.entries(element.readings).map(([name, number]) => [name, bits(number)]));",
        &[],
    )?;
    let readings: Readings = serde_json::from_value(bits)?;
    ensure!(readings.len() > 10, "there are readings: {readings:?}");
    ensure!(number(&readings["step"])? == step as f64, "{readings:?}");
    Ok(readings)
}

fn number(bits: &str) -> Result<f64> {
    match bits {
        "NaN" => Ok(f64::NAN),
        bits => Ok(f64::from_bits(u64::from_str_radix(bits, 16)?)),
    }
}

#[test]
fn every_browser_opens_the_page_trains_and_computes_the_same_digits() {
    compare(&LINKS[..1], 200);
}

#[test]
#[ignore = "full"]
fn five_hundred_steps_end_in_the_same_bits_in_every_browser() {
    compare(&LINKS, 500);
}

/// Replays links in every browser that is here, one after the other.
fn compare(links: &[&str], step: u64) {
    let mut first: Option<(Engine, Vec<Readings>)> = None;
    for engine in Engine::ALL {
        if let Err(missing) = engine.find() {
            skip(engine, "the same digits as in the others", &missing);
            continue;
        }
        check(engine, |browser| {
            let origin = Origin::site()?.serve()?;
            browser.open(&origin.address(""))?;
            let exhibit = browser.exhibit("ntk-playground")?;
            exhibit.wait("it trains", 20.0, "return element.stepCount > 10")?;
            let all: Result<Vec<Readings>> = links
                .iter()
                .map(|link| replay(browser, &origin, link, step))
                .collect();
            let all = all?;
            let (other, expected) = first.get_or_insert((engine, all.clone()));
            for (link, (mine, theirs)) in links.iter().zip(all.iter().zip(&*expected)) {
                for (name, bits) in theirs {
                    assert_eq!(
                        mine.get(name),
                        Some(bits),
                        "{name} of {link} in {engine}, unlike in {other}"
                    );
                }
                assert_eq!(mine.len(), theirs.len(), "{link} in {engine}");
            }
            Ok(())
        });
    }
}

fn the_command_line_computes_the_same_digits(engine: Engine) {
    check(engine, |browser| {
        let origin = Origin::site()?.serve()?;
        for link in LINKS {
            let shown = replay(browser, &origin, link, 500)?;
            let printed = native(&format!("{link}&step=500"))?;
            assert_eq!(
                shown.keys().collect::<Vec<_>>(),
                printed.keys().collect::<Vec<_>>(),
                "{link}: the same readings"
            );
            for (name, bits) in &shown {
                let here = number(bits)?;
                let there: f64 = printed[name].parse()?;
                assert!(
                    here.to_bits() == there.to_bits() || here.is_nan() && there.is_nan(),
                    "{name} of {link}: {here} in {engine}, {there} natively"
                );
            }
        }
        Ok(())
    });
}

/// What the command line prints for a link: a name, a value, perhaps a unit; no value where it is unknown.
fn native(link: &str) -> Result<Readings> {
    let program = project::target()?.join("debug").join("ntk-playground");
    let output = Command::new(&program)
        .args(["run", "spectrum", "--link", link])
        .stdin(Stdio::null())
        .output()
        .with_context(|| {
            let program = program.display();
            format!("cannot start {program}: `cargo build --bin ntk-playground` writes it")
        })?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{link}: {complaint}");
    String::from_utf8(output.stdout)?
        .lines()
        .map(|line| {
            let mut words = line.split_whitespace();
            let name = words.next().context("a line without a name")?;
            let value = words.next().unwrap_or("NaN");
            Ok((name.to_string(), value.to_string()))
        })
        .collect()
}
