//! `run`: an exhibit flat out, to CSV, JSON and SVG.

use super::progress::Progress;
use super::{sheet, words};
use lexopt::prelude::*;
use ntk_playground::chart::{Palette, Style, svg};
use ntk_playground::exhibit::{self, Kind, Reading, Session, Status, find};
use ntk_playground::task::read_points;
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
    let kind = |option: &str| {
        let knob = known?.knobs.iter().find(|knob| knob.name == option)?;
        Some(knob.kind)
    };
    let options = read(arguments, &name, known.is_none(), kind)?;
    let mut session = Session::open(&name, &options.parameters).map_err(|e| e.to_string())?;
    for note in session.notes() {
        eprintln!("{note}");
    }
    // A note names the knob that was meant, where one resembles it.
    let noted = |name: &str| session.notes().iter().any(|note| note.starts_with(name));
    for name in session.unknown().iter().filter(|name| !noted(name)) {
        eprintln!("{name}: there is no knob of this name here.");
    }
    let steps = match (options.steps, session.target()) {
        (Some(steps), _) => steps,
        (None, 0) => TO_THE_END,
        (None, target) => target,
    };
    advance(&mut session, steps);
    if let Status::Finished(reason) | Status::Failed(reason) = session.status() {
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
            if let Some(chart) = session.chart(view.name) {
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
    let second = session.twin_readings().unwrap_or_default();
    let line = |r: &Reading| {
        let second = second.iter().find(|s| s.name == r.name);
        let second = second.map_or(String::new(), |s| format!(" {}", s.value));
        format!("{:width$}  {}{second} {}\n", r.name, r.value, r.unit)
    };
    Ok(readings.iter().map(line).collect())
}

/// Reads options and knobs; of an exhibit that is not known, whose name is
/// refused later, everything may be a knob. Own points may stand in a file,
/// which only a flag can name: a link opens no file.
fn read(
    mut arguments: lexopt::Parser,
    exhibit: &str,
    any: bool,
    kind: impl Fn(&str) -> Option<Kind>,
) -> Result<Options, String> {
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
            "beside" => options.parameters.push((name, text)),
            "link" => options.parameters.extend(query(&text, exhibit)?),
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
            knob => match (kind(knob), text.strip_prefix('@')) {
                (Some(Kind::Points { .. }), Some(file)) => {
                    let text = points(file).map_err(|e| format!("{name}: {file}: {e}"))?;
                    options.parameters.push((name, text));
                }
                (None, _) if !any => {
                    return Err(format!(
                        "There is no option --{name}. Try `ntk-playground list`."
                    ));
                }
                _ => options.parameters.push((name, text)),
            },
        }
    }
    Ok(options)
}

/// The parameters of a link, with or without the address before them and the place on
/// the page behind them; `exhibit` is the one that it has to be of.
fn query(link: &str, exhibit: &str) -> Result<Vec<(String, String)>, String> {
    let link = link.split('#').next().unwrap_or_default();
    let query = link.split_once('?').map_or(link, |(_, query)| query);
    let query = query.replace("&amp;", "&");
    let mut parameters = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name == "exhibit" && value != exhibit {
            return Err(format!(
                "link: it is of the exhibit \u{201c}{value}\u{201d}, not of {exhibit}."
            ));
        }
        if name != "exhibit" {
            parameters.push((name.into_owned(), value.into_owned()));
        }
    }
    Ok(parameters)
}

/// The points of a CSV file, as the text of a knob.
fn points(file: &str) -> Result<String, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{error}."))?;
    let points = read_points(&text).map_err(|error| error.to_string())?;
    Ok(exhibit::Value::Points(points).to_string())
}

/// Takes the steps, with a line of progress on a terminal.
fn advance(session: &mut Session, steps: u64) {
    let mut taken = 0;
    let mut progress = Progress::new();
    while taken < steps {
        let slice = (steps - taken).min(200);
        let done = session.advance(slice, || true);
        taken += done;
        let step = session.step_count();
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
