//! Commands and their options. Exhibits, knobs and their help come from the
//! declarations: nothing is listed twice.

mod exhibit;
mod progress;
mod sheet;
mod study;

use lexopt::prelude::*;
use ntk_playground::exhibit::EXHIBITS;

const HELP: &str = "\
ntk-playground, without the browser

    ntk-playground list [--json]        exhibits and their knobs
    ntk-playground run EXHIBIT [--KNOB VALUE]... [OPTION]...
                                        runs an exhibit and prints its readings
        --data @FILE                    own points from a CSV file of x and y
        --steps N                       steps to take (default: to the end)
        --beside KNOB.VALUE             a second run that differs in this knob
        --link QUERY                    replays a link; knobs and steps come from it
        --csv FILE                      readings and charts as CSV
        --json FILE                     weights, data and kernels of its networks as JSON
        --svg FOLDER                    every view as an SVG file
        --sheet FILE                    all views in one SVG file
        --theme light|dark|projector    colours of the pictures (default: light)
    ntk-playground study NAME [OPTION]...
                                        the tables of a study, over seeds
        --seeds N                       how many seeds (default: as listed below)
        --first-seed N                  the first of them (default: 1)
        --threads N                     seeds at a time (default: one per core)
        --format text|csv|json          summaries in columns, or every seed's value
    ntk-playground help                 this text

Studies:
";

/// Does what the arguments say; the text is for standard output.
///
/// # Errors
/// A sentence about what was wrong and what is allowed.
pub fn run(mut arguments: lexopt::Parser) -> Result<String, String> {
    match arguments.next().map_err(words)? {
        None | Some(Long("help") | Short('h')) => Ok(help()),
        Some(Value(name)) => match name.to_string_lossy().as_ref() {
            "help" => Ok(help()),
            "list" => match arguments.next().map_err(words)? {
                None => Ok(list()),
                Some(Long("json")) => Ok(listed()),
                Some(other) => Err(words(other.unexpected())),
            },
            "run" => exhibit::run(arguments),
            "study" => study::run(arguments),
            other => Err(format!(
                "\u{201c}{other}\u{201d} is not a command. Try `ntk-playground help`."
            )),
        },
        Some(other) => Err(words(other.unexpected())),
    }
}

fn words(error: lexopt::Error) -> String {
    format!("{error}. Try `ntk-playground help`.")
}

fn help() -> String {
    format!("{HELP}{}", study::list())
}

fn list() -> String {
    let mut out = String::new();
    for kind in EXHIBITS {
        let views: Vec<&str> = kind.views.iter().map(|view| view.name).collect();
        out.push_str(&format!(
            "{}: {}\n  views: {}\n",
            kind.name,
            kind.title,
            views.join(", ")
        ));
        for knob in kind.knobs {
            let what = format!("{} (default {})", knob.expected(), knob.default);
            let name = format!("  --{}", knob.name);
            out.push_str(&entry(&name, 21, &what));
            out.push_str(&entry("", 21, knob.help));
        }
        out.push('\n');
    }
    out
}

/// The same as the page has it: name, title, views and knobs.
fn listed() -> String {
    let kinds: Vec<serde_json::Value> = EXHIBITS
        .iter()
        .map(|kind| {
            serde_json::json!({
                "name": kind.name,
                "title": kind.title,
                "views": kind.views,
                "knobs": kind.knobs,
            })
        })
        .collect();
    format!("{}\n", serde_json::Value::from(kinds))
}

/// A name, and words in lines of at most 100 characters that begin in column
/// `indent`.
fn entry(name: &str, indent: usize, words: &str) -> String {
    let mut out = format!("{name:indent$}");
    let mut column = indent;
    for (i, word) in words.split(' ').enumerate() {
        let length = word.chars().count();
        if i > 0 && column + 1 + length > 100 {
            out.push_str(&format!("\n{:indent$}", ""));
            column = indent;
        } else if i > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out + "\n"
}
