//! `run`: an exhibit flat out, to CSV, JSON and SVG.

use super::{DIVERGED, Error, STATUS, knob, number, progress, report, sheet, whole};
use clap::builder::UnknownArgumentValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use ntk_playground::chart::{Palette, Style, svg};
use ntk_playground::exhibit::{Claim, EXHIBITS, ExhibitKind, Reading, Session, Status, find};
use std::path::{Path, PathBuf};

/// Width of a picture and its height, in CSS pixels, where nothing else is asked for.
const SIZE: &str = "608x228";

/// More steps than any exhibit takes: each stops at its own end.
const TO_THE_END: u64 = u64::MAX;

const LENGTH: &str = "\
How far it runs: to the step of --until, else to the step of the link, else to its end. A knob
`steps`, where an exhibit has one, is how long its networks train.";

/// `run` and its exhibits.
pub fn command() -> Command {
    let [link, others @ ..] = options();
    Command::new("run")
        .about("Run an exhibit and print its metrics")
        .after_help(STATUS)
        .arg_required_else_help(true)
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .subcommand_negates_reqs(true)
        .subcommand_value_name("EXHIBIT")
        .subcommand_help_heading("Exhibits")
        .arg(link.required(true))
        .args(others)
        .subcommands(EXHIBITS.iter().map(|kind| of(kind)))
}

fn of(kind: &'static ExhibitKind) -> Command {
    let mut command = Command::new(kind.name)
        .about(kind.title)
        .after_help(format!("{LENGTH}\n\n{STATUS}"))
        .args(kind.knobs.iter().map(knob::argument))
        .arg(option("beside", "KNOB.VALUE").help("Add a comparison run that differs in one knob"))
        .args(options());
    if kind.knobs.iter().all(|knob| knob.name != "steps") {
        let until = UnknownArgumentValueParser::suggest_arg("--until");
        command = command.arg(option("steps", "N").hide(true).value_parser(until));
    }
    command
}

fn option(name: &'static str, value_name: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value_name)
}

/// What every exhibit takes; a link first.
fn options() -> [Arg; 9] {
    let path = |name, value_name| option(name, value_name).value_parser(value_parser!(PathBuf));
    [
        option("link", "LINK")
            .help("Replay a link of the page, a URL or its query; flags override its values"),
        option("until", "STEP")
            .help("Stop at this step [default: the step of the link, or the end of the run]")
            .value_parser(whole::<u64>),
        Arg::new("claims")
            .long("claims")
            .help("Print the claims of the theory too, each with this run's verdict")
            .action(ArgAction::SetTrue),
        path("csv", "FILE").help("Write metrics and charts as CSV"),
        path("json", "FILE").help("Write weights, data and kernels of the networks as JSON"),
        path("svg", "FOLDER").help("Write every view as an SVG file"),
        path("sheet", "FILE").help("Write all views as one SVG file"),
        option("size", "WIDTHxHEIGHT")
            .help("Width and height of a picture in CSS pixels, each from 100 to 4000")
            .value_parser(size)
            .default_value(SIZE),
        option("theme", "THEME")
            .help("Colours of the pictures; of several, joined by commas, each names its files VIEW-THEME.svg")
            .value_delimiter(',')
            .value_parser(["light", "dark", "projector"])
            .default_value("light"),
    ]
}

/// Runs the exhibit that the arguments name.
///
/// # Errors
/// [`Error`].
pub fn run(arguments: &ArgMatches) -> Result<(String, u8), Error> {
    let (name, arguments) = match arguments.subcommand() {
        Some((name, arguments)) => (Some(name), arguments),
        None => (None, arguments),
    };
    let mut session = open(name, arguments)?;
    let until = match (arguments.get_one("until"), session.target()) {
        (Some(until), _) => *until,
        (None, 0) => TO_THE_END,
        (None, target) => target,
    };
    let reported = session.notes().len();
    advance(&mut session, until);
    for note in &session.notes()[reported..] {
        report(note);
    }
    // Where a comparison run goes on, this one may be over.
    let status = match session.status() {
        Status::Ready => session.exhibit().status().clone(),
        both => both,
    };
    if let Status::Finished(reason) | Status::Failed(reason) = &status {
        report(reason);
    }
    export(&mut session, arguments)?;
    let mut text = metrics(&mut session);
    if arguments.get_flag("claims") {
        text.push_str(&claims(&mut session));
    }
    let diverged = matches!(status, Status::Failed(_));
    Ok((text, if diverged { DIVERGED } else { 0 }))
}

/// Opens the exhibit with the values of the link and, before these, of the
/// flags. What does not fit in a link is reported, as on the page.
fn open(name: Option<&str>, arguments: &ArgMatches) -> Result<Session, Error> {
    let link = arguments.get_one::<String>("link");
    let mut parameters = link.map_or(Vec::new(), |link| query(link));
    let of_link = parameters.extract_if(.., |(name, _)| name == "exhibit");
    let linked = of_link.map(|(_, exhibit)| exhibit).last();
    let name = match (name, &linked) {
        (Some(name), Some(linked)) if name != linked => Err(format!(
            "link: it is of the exhibit \u{201c}{linked}\u{201d}, not of {name}."
        )),
        (None, None) => Err("link: it names no exhibit. Name one: `run EXHIBIT`.".into()),
        (name, linked) => Ok(name.or(linked.as_deref()).unwrap_or_default()),
    };
    let name = name.map_err(Error::refused)?;
    let given = |flag| arguments.try_get_one::<String>(flag).ok().flatten();
    let knobs = find(name).map_or(&[][..], |kind| kind.knobs).iter();
    for flag in knobs.map(|knob| knob.name).chain(["beside"]) {
        parameters.extend(given(flag).map(|text| (flag.to_owned(), text.clone())));
    }
    let session = Session::open(name, &parameters).map_err(Error::refused)?;
    if let Some(text) = given("beside") {
        let reason = || Error::refused(session.notes().join(" "));
        let knob = session.comparison().ok_or_else(reason)?.knob();
        knob::read(knob, &text[knob.name.len() + 1..]).map_err(Error::refused)?;
    }
    for note in session.notes() {
        report(note);
    }
    // A note names the knob that was meant, where one resembles it.
    let noted = |name: &str| session.notes().iter().any(|note| note.starts_with(name));
    for name in session.unknown().iter().filter(|name| !noted(name)) {
        report(&format!("{name}: there is no knob of this name here."));
    }
    Ok(session)
}

/// The parameters of a link, with or without the address before them and the place on
/// the page behind them.
fn query(link: &str) -> Vec<(String, String)> {
    let link = link.split('#').next().unwrap_or_default();
    let query = link.split_once('?').map_or(link, |(_, query)| query);
    let query = query.replace("&amp;", "&");
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

/// Goes on to a step, with a line of progress on a terminal.
fn advance(session: &mut Session, until: u64) {
    const SLICE: u64 = 200;
    let bar = match until {
        TO_THE_END => progress::bar(None, "step {pos}"),
        _ => progress::bar(Some(until), "step {pos} of {len}"),
    };
    loop {
        let left = until.saturating_sub(session.step_count());
        if session.advance(left.min(SLICE), || true) < SLICE {
            return;
        }
        bar.set_position(session.step_count());
    }
}

/// How a theme draws.
fn style(theme: &str) -> Style {
    match theme {
        "dark" => Style::page(Palette::DARK),
        "projector" => Style::projector(),
        _ => Style::page(Palette::LIGHT),
    }
}

/// Width and height in CSS pixels.
///
/// # Errors
/// A sentence if the text is not two numbers in the range.
fn size(text: &str) -> Result<(f64, f64), String> {
    let side = |text: &str| text.parse().ok().filter(|side| (100..=4000).contains(side));
    let sides = text
        .split_once('x')
        .map(|(width, height)| (side(width), side(height)));
    match sides {
        Some((Some(width), Some(height))) => Ok((f64::from(width), f64::from(height))),
        _ => Err("write WIDTHxHEIGHT, each from 100 to 4000, such as 608x228.".into()),
    }
}

/// Writes the files that are asked for.
fn export(session: &mut Session, arguments: &ArgMatches) -> Result<(), String> {
    let file = |name| arguments.get_one::<PathBuf>(name);
    let size = arguments
        .get_one::<(f64, f64)>("size")
        .copied()
        .ok_or("size: it is missing.")?;
    let themes = arguments.get_many::<String>("theme").unwrap_or_default();
    let styles: Vec<(&str, Style)> = themes.map(|theme| (theme.as_str(), style(theme))).collect();
    if let Some(file) = file("csv") {
        write(file, &session.csv())?;
    }
    if let Some(file) = file("json") {
        write(file, &session.json())?;
    }
    if let Some(folder) = file("svg") {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("{}: {error}.", folder.display()))?;
        for view in session.kind().views {
            let Some(chart) = session.chart(view.name) else {
                continue;
            };
            for (theme, style) in &styles {
                let name = match styles.len() {
                    1 => format!("{}.svg", view.name),
                    _ => format!("{}-{theme}.svg", view.name),
                };
                let text = svg(&chart, size, style).map_err(|e| e.to_string())?;
                write(&folder.join(name), &text)?;
            }
        }
    }
    if let (Some(file), [(_, style), ..]) = (file("sheet"), &styles[..]) {
        write(file, &sheet::svg(session, size, style)?)?;
    }
    Ok(())
}

/// A line per metric: its name, its value, that of a comparison run, its unit.
/// As in CSV, an unknown value is left out; so is then its unit.
fn metrics(session: &mut Session) -> String {
    let metrics = session.exhibit().readings();
    let compared = session.comparison_readings().unwrap_or_default();
    let name_width = metrics.iter().map(|metric| metric.name.len()).max();
    let (name_width, value_width) = (name_width.unwrap_or(0), 24 * compared.len().min(1));
    let line = |metric: &Reading| {
        let name = metric.name;
        let other = compared.iter().find(|other| other.name == name);
        let other = other.map_or(f64::NAN, |other| other.value);
        let known = !(metric.value.is_nan() && other.is_nan());
        let unit = if known { metric.unit } else { "" };
        let (value, other) = (number(metric.value), number(other));
        let line = format!("{name:name_width$}  {value:value_width$} {other} {unit}");
        format!("{}\n", line.trim_end())
    };
    metrics.iter().map(line).collect()
}

/// The claims, each with its verdict, what the run shows, and why.
fn claims(session: &mut Session) -> String {
    let text = |claim: Claim| {
        let shows: String = claim.shows.iter().map(|span| &span.text[..]).collect();
        let verdict = claim.verdict.text();
        let lines = [claim.theory, &shows, &claim.reason];
        let lines = lines.into_iter().filter(|line| !line.is_empty());
        let lines: String = lines.map(|line| format!("  {line}\n")).collect();
        format!("\n{}: {verdict}\n{lines}", claim.name)
    };
    session.exhibit().claims().into_iter().map(text).collect()
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    std::fs::write(file, text).map_err(|error| format!("{}: {error}.", file.display()))
}
