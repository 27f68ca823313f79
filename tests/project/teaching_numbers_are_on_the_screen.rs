//! `docs/teaching.md` quotes no figure that the screen does not show: each row
//! of its last table is run and read off, and the text quotes those rows.

use ntk_playground::exhibit::Session;
use std::collections::BTreeMap;
use std::sync::Mutex;

const TEXT: &str = include_str!("../../docs/teaching.md");

/// Readings that only the command line and the CSV give.
const NOT_DRAWN: [&str; 2] = ["frozen-train-loss", "kernel-drift"];

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    step: u64,
    reading: String,
    shown: String,
}

/// The rows of the table, by what of the link comes before its step.
fn table() -> BTreeMap<String, Vec<Row>> {
    let mut runs: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let rows = TEXT.split("| link | reading | shown |").nth(1);
    let rows = rows.expect("the table of figures").lines().skip(2);
    for line in rows.filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [link, reading, shown] = cells[..] else {
            panic!("not a row: {line}");
        };
        let link = link.trim_matches('`');
        let (link, step) = match link.split_once("&step=") {
            Some((link, step)) => (link, step.parse().expect("a step at the end")),
            None => (link, 0),
        };
        runs.entry(link.to_owned()).or_default().push(Row {
            step,
            reading: reading.to_owned(),
            shown: shown.to_owned(),
        });
    }
    for rows in runs.values_mut() {
        rows.sort_by_key(|row| row.step);
    }
    runs
}

/// Whether a number reads as it is shown.
fn reads_as(value: f64, shown: &str) -> bool {
    let plain: String = shown.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.replace('\u{2212}', "-");
    match plain.as_str() {
        "<0.1%" => return value > 0.0 && value < 0.001,
        ">99.9%" => return value > 0.999 && value < 1.0,
        _ => {}
    }
    let (digits, unit) = match plain.strip_suffix('%') {
        Some(digits) => (digits, 100.0),
        None => (&plain[..], 1.0),
    };
    let Ok(number) = digits.parse::<f64>() else {
        return false;
    };
    let places = digits.split_once('.').map_or(0, |(_, after)| after.len());
    let half = 0.5 * 10_f64.powi(-(places as i32));
    (unit * value - number).abs() <= half * (1.0 + 1e-9)
}

/// Everything that is written in the pictures and beside them.
fn screen(session: &mut Session) -> String {
    let views = session.kind().views;
    let exhibit = session.exhibit();
    let mut words = vec![exhibit.description(), exhibit.caption()];
    for view in views {
        if let Some(chart) = exhibit.chart(view.name) {
            words.extend(chart.title.into_iter().map(|span| span.text));
            words.extend(chart.reading.into_iter().map(|span| span.text));
            words.extend(chart.labels.into_iter().map(|label| label.text));
            words.push(chart.description);
        }
    }
    for claim in exhibit.claims() {
        words.push(claim.shows.iter().map(|span| &span.text[..]).collect());
        words.push(claim.reason);
    }
    words.join("\n")
}

/// What is wrong with the rows of one run.
fn check(link: &str, rows: &[Row]) -> Vec<String> {
    let query = link.strip_prefix("?exhibit=").expect("a link");
    let mut parts = query.split('&');
    let exhibit = parts.next().unwrap_or_default();
    let parameters: Vec<(String, String)> = parts
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut session = Session::open(exhibit, &parameters).expect("a link that opens");
    let mut wrong = Vec::new();
    for Row {
        step,
        reading,
        shown,
    } in rows
    {
        let here = session.exhibit().step_count();
        session.advance(step - here, || true);
        assert_eq!(session.exhibit().step_count(), *step, "{link}");
        let readings = session.exhibit().readings();
        let found = readings.iter().find(|known| known.name == reading);
        let value = found.map_or(f64::NAN, |found| found.value);
        if !reads_as(value, shown) {
            wrong.push(format!(
                "{link}, step {step}: {reading} is {value}, not {shown}"
            ));
        }
        if !NOT_DRAWN.contains(&&reading[..]) && !screen(&mut session).contains(&shown[..]) {
            wrong.push(format!(
                "{link}, step {step}: {reading} = {shown} is not on the screen"
            ));
        }
    }
    wrong
}

#[test]
fn every_row_is_what_the_link_shows() {
    let runs = table();
    assert!(runs.values().map(Vec::len).sum::<usize>() >= 40);
    let queue = Mutex::new(runs.iter().collect::<Vec<_>>());
    let wrong = Mutex::new(Vec::new());
    let next = || queue.lock().ok().and_then(|mut queue| queue.pop());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((link, rows)) = next() {
                    let found = check(link, rows);
                    wrong.lock().expect("no thread has panicked").extend(found);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no thread has panicked");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_text_quotes_the_table() {
    let lesson = TEXT.split("## The figures").next().unwrap_or_default();
    for (link, rows) in table() {
        for row in rows {
            assert!(
                lesson.contains(&row.shown),
                "{link}: {} is not used",
                row.shown
            );
        }
    }
    // Decimal figures of the lesson, but for those whose command is named.
    let shown: Vec<String> = table()
        .into_values()
        .flatten()
        .map(|row| row.shown)
        .collect();
    for line in lesson.lines() {
        if line.contains("study ") || line.contains("beside=") {
            continue;
        }
        let line = without_links(line);
        for word in line.split(|c: char| c == ' ' || ",;:()|".contains(c)) {
            let word = word.trim_end_matches('.');
            let decimal = word.starts_with("0.") && word.parse::<f64>().is_ok();
            let known = shown.iter().any(|shown| shown == word);
            assert!(!decimal || known, "{word} is in no row: {line}");
        }
    }
}

/// A line without what stands between backquotes.
fn without_links(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_wrong_figure_is_noticed() {
    assert!(reads_as(0.0541, "0.054") && !reads_as(0.0546, "0.054"));
    assert!(reads_as(0.6142, "61.4\u{202f}%") && !reads_as(0.6142, "61.5\u{202f}%"));
    assert!(reads_as(12_000.0, "12\u{202f}000") && !reads_as(f64::NAN, "0.1"));
    assert!(reads_as(0.9997, ">99.9\u{202f}%") && !reads_as(0.2, "<0.1\u{202f}%"));
    let rows = [Row {
        step: 3,
        reading: "test-loss".into(),
        shown: "0.999".into(),
    }];
    assert_eq!(check("?exhibit=spectrum&widths=4", &rows).len(), 2);
}
