//! `run`: an exhibit flat out, to CSV, JSON and SVG.

use super::progress::Progress;
use super::{sheet, words};
use lexopt::prelude::*;
use ntk_playground::chart::{Palette, Style, svg};
use ntk_playground::exhibit::{Session, Status, find};
use std::path::{Path, PathBuf};

/// Width of a picture and its height, in CSS pixels.
const SIZE: (f64, f64) = (608.0, 228.0);

/// More steps than any exhibit takes: each stops at its own end.
const TO_THE_END: u64 = u64::MAX;

#[derive(Default)]
struct Options {
    steps: Option<u64>,
    csv: Option<PathBuf>,
    json: Option<PathBuf>,
    svg: Option<PathBuf>,
    sheet: Option<PathBuf>,
    style: Option<Style>,
    parameters: Vec<(String, String)>,
}

pub fn run(mut arguments: lexopt::Parser) -> Result<String, String> {
    let name = match arguments.next().map_err(words)? {
        Some(Value(name)) => name.to_string_lossy().into_owned(),
        _ => return Err("run: say which exhibit. Try `ntk-playground list`.".into()),
    };
    let known = find(&name);
    let options = read(arguments, |option| {
        known.is_none_or(|kind| kind.knobs.iter().any(|knob| knob.name == option))
    })?;
    let mut session = Session::open(&name, &options.parameters).map_err(|e| e.to_string())?;
    for note in session.notes() {
        eprintln!("{note}");
    }
    let steps = match (options.steps, session.target()) {
        (Some(steps), _) => steps,
        (None, 0) => TO_THE_END,
        (None, target) => target,
    };
    advance(&mut session, steps);
    if let Status::Finished(reason) | Status::Failed(reason) = session.exhibit().status() {
        eprintln!("{reason}");
    }
    let style = options.style.unwrap_or_else(|| Style::page(Palette::LIGHT));
    if let Some(file) = &options.csv {
        write(file, &session.csv())?;
    }
    if let Some(file) = &options.json {
        write(file, &session.json().map_err(|e| e.to_string())?)?;
    }
    if let Some(folder) = &options.svg {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("{}: {error}.", folder.display()))?;
        for view in session.kind().views {
            if let Some(chart) = session.exhibit().chart(view.name) {
                let text = svg(&chart, SIZE, &style).map_err(|e| e.to_string())?;
                write(&folder.join(format!("{}.svg", view.name)), &text)?;
            }
        }
    }
    if let Some(file) = &options.sheet {
        write(file, &sheet::svg(&mut session, SIZE, &style)?)?;
    }
    let readings = session.exhibit().readings();
    let width = readings.iter().map(|r| r.name.len()).max().unwrap_or(0);
    Ok(readings
        .iter()
        .map(|r| format!("{:width$}  {} {}\n", r.name, r.value, r.unit))
        .collect())
}

fn read(mut arguments: lexopt::Parser, is_knob: impl Fn(&str) -> bool) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next().map_err(words)? {
        let Long(name) = argument else {
            return Err(words(argument.unexpected()));
        };
        let name = name.to_owned();
        let value = arguments.value().map_err(words)?;
        let text = value.to_string_lossy().into_owned();
        match name.as_str() {
            "steps" => {
                options.steps = Some(text.parse().map_err(|_| {
                    format!("steps: \u{201c}{text}\u{201d} is not a whole number.")
                })?);
            }
            "csv" => options.csv = Some(value.into()),
            "json" => options.json = Some(value.into()),
            "svg" => options.svg = Some(value.into()),
            "sheet" => options.sheet = Some(value.into()),
            "link" => options.parameters.extend(query(&text)),
            "theme" => {
                options.style = Some(match text.as_str() {
                    "light" => Style::page(Palette::LIGHT),
                    "dark" => Style::page(Palette::DARK),
                    "projector" => Style::projector(),
                    _ => {
                        return Err(format!(
                            "theme: \u{201c}{text}\u{201d} is not one of light, dark, projector."
                        ));
                    }
                });
            }
            knob if is_knob(knob) => options.parameters.push((name, text)),
            _ => {
                return Err(format!(
                    "There is no option --{name}. Try `ntk-playground list`."
                ));
            }
        }
    }
    Ok(options)
}

/// The parameters of a link, with or without an address before them. Links
/// are made of letters, digits, points, hyphens and underscores only.
fn query(link: &str) -> impl Iterator<Item = (String, String)> {
    let query = link.rsplit_once('?').map_or(link, |(_, query)| query);
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, _)| *name != "exhibit")
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
}

/// Takes the steps, with a line of progress on a terminal.
fn advance(session: &mut Session, steps: u64) {
    let mut taken = 0;
    let mut progress = Progress::new();
    while taken < steps {
        let slice = (steps - taken).min(200);
        let done = session.advance(slice, || true);
        taken += done;
        let step = session.exhibit().step_count();
        match steps {
            TO_THE_END => progress.say(&format!("step {step}")),
            _ => {
                let words = format!("step {step} of {}", step - taken + steps);
                progress.show(taken as f64 / steps as f64, &words);
            }
        }
        if done < slice {
            break;
        }
    }
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    std::fs::write(file, text).map_err(|error| format!("{}: {error}.", file.display()))
}
