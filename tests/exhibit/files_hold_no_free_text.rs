//! Nothing that a person may write into a link reaches a file: CSV and SVG are
//! the same as without it. So no cell can be a formula of somebody else's, and
//! no picture can hold markup.

use crate::small::parameters;
use ntk_playground::chart::{Palette, Style, svg};
use ntk_playground::exhibit::{EXHIBITS, ExhibitKind, Session};

/// A formula, markup, an end of a line, and a name that is long.
const TEXTS: [&str; 6] = [
    "=HYPERLINK(\"http://127.0.0.1\",\"x\")",
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\"/><script>alert(1)</script>",
    "a\n=1+1,b",
    "\u{202e}\u{0}",
];

/// A small run of one step with these parameters: its CSV, and its pictures.
fn files(kind: &ExhibitKind, more: &[(&str, &str)]) -> (String, String) {
    let mut parameters = parameters(kind, &[]);
    let own = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
    parameters.extend(more.iter().map(own));
    let mut session = Session::open(kind.name, &parameters).expect("only notes");
    session.advance(1, || true);
    let style = Style::page(Palette::LIGHT);
    let pictures = kind.views.iter().map(|view| {
        let chart = session.chart(view.name).expect("a chart of every view");
        svg(&chart, (570.0, 220.0), &style).expect("it draws")
    });
    let pictures: String = pictures.collect();
    (session.csv(), pictures)
}

#[test]
fn free_text_in_a_link_changes_no_file() {
    for kind in EXHIBITS {
        let plain = files(kind, &[]);
        let names = ["changes", "beside", "step", "nonsense", "=1+1", "<b>"];
        let names: Vec<&str> = names
            .into_iter()
            .chain(kind.knobs.iter().map(|knob| knob.name))
            .collect();
        // Every name meets every text once.
        for i in 0..TEXTS.len() {
            let named = names.iter().enumerate();
            let more: Vec<(&str, &str)> = named
                .map(|(j, name)| (*name, TEXTS[(i + j) % TEXTS.len()]))
                .collect();
            assert!(files(kind, &more) == plain, "{}: {more:?}", kind.name);
        }
    }
}

#[test]
fn every_cell_is_a_number_or_a_word() {
    for kind in EXHIBITS {
        let (csv, _) = files(kind, &[]);
        for line in csv.lines().filter(|line| !line.starts_with('#')) {
            for cell in line.split(',').filter(|cell| !cell.is_empty()) {
                let word = cell.starts_with(|c: char| c.is_ascii_alphanumeric());
                let number = cell.parse::<f64>().is_ok();
                assert!(word || number || cell == "%", "{}: {cell}", kind.name);
            }
        }
    }
}
