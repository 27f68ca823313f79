//! The CSV of every exhibit is tables of numbers, and says which run they are:
//! its link, its settings, and the readings to the digit.

use ntk_playground::exhibit::{EXHIBITS, ExhibitKind, Session};

/// A run that was changed on the way, where the exhibit has the knobs.
fn changed(kind: &ExhibitKind) -> Session {
    let has = |name: &str| kind.knobs.iter().any(|knob| knob.name == name);
    let noise = ("noise".to_owned(), "0.35".to_owned());
    let parameters = Vec::from_iter(has("noise").then_some(noise));
    let mut session = Session::open(kind.name, &parameters).expect("in range");
    session.advance(6, || true);
    if kind.name == "spectrum" {
        session.set("gate", "hard").expect("a choice");
    }
    session.advance(4, || true);
    session
}

#[test]
fn the_header_has_the_link_and_the_settings() {
    for kind in EXHIBITS {
        let mut session = changed(kind);
        let (text, link) = (session.csv(), session.link());
        let mut header = text.lines().take_while(|line| line.starts_with("# "));
        assert!(
            header.any(|line| line.contains(&link)),
            "{link}: {text:.2000}"
        );
        for (knob, value) in session.settings().iter() {
            let line = format!("# {} = {value}\n", knob.name);
            assert!(text.contains(&line), "{}: {line}", kind.name);
        }
    }
    let mut first = changed(EXHIBITS[0]);
    assert!(first.csv().contains("# noise = 0.35\n"));
    let views = first.kind().views;
    let has_numbers = |name| {
        first
            .chart(name)
            .is_some_and(|chart| !chart.columns.is_empty())
    };
    assert!(views.iter().map(|view| view.name).all(has_numbers));
}

#[test]
fn every_view_is_a_table_of_numbers() {
    for kind in EXHIBITS {
        let mut session = changed(kind);
        let text = session.csv();
        // Tables are parted by empty lines: names, then rows as long.
        let mut tables = 0;
        for block in text.split("\n\n") {
            let is_row = |line: &&str| !line.is_empty() && !line.starts_with('#');
            let mut rows = block.lines().filter(is_row);
            let Some(names) = rows.next() else { continue };
            tables += 1;
            let columns = names.split(',').count();
            assert!(names.split(',').all(|name| !name.is_empty()), "{names}");
            let readings = names.starts_with("reading,");
            for row in rows {
                let cells: Vec<&str> = row.split(',').collect();
                assert_eq!(cells.len(), columns, "{names}: {row}");
                let numbers = if readings { &cells[1..2] } else { &cells[..] };
                for cell in numbers.iter().filter(|cell| !cell.is_empty()) {
                    assert!(cell.parse::<f64>().is_ok(), "{cell} in {names}: {row}");
                }
            }
        }
        // A view that has no numbers yet is named, and has no table.
        let mut with_numbers = 0;
        for view in kind.views {
            assert!(
                text.contains(&format!("\n# view {}\n", view.name)),
                "{}",
                view.name
            );
            let chart = session.chart(view.name).expect("a declared view");
            with_numbers += usize::from(!chart.columns.is_empty());
        }
        assert_eq!(tables, with_numbers + 1, "{}: and the readings", kind.name);
        assert!(with_numbers > 0, "{}", kind.name);
    }
}

#[test]
fn readings_are_those_of_the_run_to_the_digit() {
    for kind in EXHIBITS {
        let mut session = changed(kind);
        let text = session.csv();
        for reading in session.exhibit().readings() {
            let start = format!("{},", reading.name);
            let row = text.lines().find(|line| line.starts_with(&start));
            let cell = row.and_then(|row| row.split(',').nth(1));
            let written = match cell.unwrap_or_else(|| panic!("no row {start}")) {
                "" => f64::NAN,
                cell => cell.parse().expect("a number"),
            };
            let equal = written == reading.value || written.is_nan() && reading.value.is_nan();
            assert!(equal, "{}: {} is {written}", kind.name, reading.name);
        }
    }
}
