//! Points as text: one `x, y` a line, as spreadsheets and people write them.
//!
//! Written by hand rather than with a CSV crate: what people paste has the
//! separator of their country, and the point here is to name every line that
//! is wrong and why, which a reader of one dialect cannot.
//!
//! Between x and y stands a comma, a semicolon, a tab or spaces. Blank lines
//! and lines that begin with # are left out, and so are a first line of words and
//! one of units below it; if the words are y and x, y comes first. A decimal comma
//! counts beside a semicolon or a tab, or inside quotes, and then in every line, or
//! `0,5` would be one number here and two there. What could be two numbers,
//! `1,250`, is refused.

mod line;

use super::points::{LARGEST, MOST_POINTS, PointsError};
pub(crate) use line::in_number;
use line::{Line, Marks, Where};
use thiserror::Error;

/// Wrong lines that a refusal tells apart.
const MOST_TOLD: usize = 5;

/// Why a text is not a list of points. Nothing of it is taken then.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum PointsTextError {
    /// Lines that are no points.
    #[error("{}", sentence(.told, *.more))]
    Lines {
        /// Number of the line, counted from 1, and what is wrong there.
        told: Vec<(usize, String)>,
        /// How many further lines are wrong.
        more: usize,
    },
    /// Every line is a point, but together they are none or too many.
    #[error(transparent)]
    Points(#[from] PointsError),
}

fn sentence(told: &[(usize, String)], more: usize) -> String {
    let mut parts: Vec<String> = told
        .iter()
        .map(|(line, reason)| format!("line {line}: {reason}"))
        .collect();
    if more > 0 {
        parts.push(format!("and {more} more"));
    }
    format!("No point was taken: {}.", parts.join("; "))
}

/// Reads points, in the order of their lines.
///
/// # Errors
/// [`PointsTextError`] names the lines that are wrong, up to five of them.
pub fn read_points(text: &str) -> Result<Vec<[f64; 2]>, PointsTextError> {
    let text = line::plain(text);
    let mut rest = text.split('\n').zip(1..).peekable();
    let separator = rest
        .peek()
        .and_then(|(first, _)| line::named_separator(first));
    let texts: Vec<(&str, usize)> = rest.skip(usize::from(separator.is_some())).collect();
    let mut marks = Marks {
        named: separator,
        comma: true,
    };
    let mut lines = below_header(&texts, marks);
    let beside = Some(Where::BesideAnotherMark);
    if lines.iter().any(|line| line.decimal_comma == beside) {
        marks.comma = false;
        lines = below_header(&texts, marks);
    }
    let decimals = Decimals::of(&lines);
    let mut points = Vec::new();
    let (mut told, mut more) = (Vec::new(), 0);
    for line in &lines {
        match point(line, decimals) {
            Ok(point) => points.push(point),
            Err(_) if told.len() == MOST_TOLD => more += 1,
            Err(reason) => told.push((line.number, reason)),
        }
    }
    if !told.is_empty() {
        return Err(PointsTextError::Lines { told, more });
    }
    if points.is_empty() {
        return Err(PointsError::None.into());
    }
    if points.len() > MOST_POINTS {
        return Err(PointsError::TooMany(points.len()).into());
    }
    Ok(points)
}

/// The lines that hold something, without names of columns and their units.
fn below_header(texts: &[(&str, usize)], marks: Marks) -> Vec<Line> {
    let read = |&(text, number): &(&str, usize)| Line::read(text, number, marks);
    let mut lines: Vec<Line> = texts.iter().filter_map(read).collect();
    if lines.first().is_some_and(Line::is_header) {
        let count = 1 + usize::from(lines.get(1).is_some_and(Line::is_units));
        if lines.drain(..count).any(|line| line.is_y_before_x()) {
            lines.iter_mut().for_each(|line| line.fields.reverse());
        }
    }
    lines
}

/// Writes points so that [`read_points`] reads them back to the digit.
pub fn write_points(points: &[[f64; 2]]) -> String {
    let mut out = String::from("x,y\n");
    for [x, y] in points {
        out.push_str(&format!("{},{}\n", shortest(*x), shortest(*y)));
    }
    out
}

/// The shortest text that reads back to the same number.
pub(crate) fn shortest(value: f64) -> String {
    let (plain, power) = (value.to_string(), format!("{value:e}"));
    if power.len() < plain.len() {
        power
    } else {
        plain
    }
}

/// What a comma in a number means, here and in every line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decimals {
    /// It is none of a number.
    Point,
    /// It is the decimal mark.
    Comma,
    /// It is the decimal mark or parts thousands: nothing in the text tells.
    Unclear,
}

impl Decimals {
    fn of(lines: &[Line]) -> Self {
        if lines.iter().all(|line| line.decimal_comma.is_none()) {
            return Self::Point;
        }
        let fields = || lines.iter().flat_map(|line| &line.fields);
        let clear = fields().any(|field| match (field.rfind('.'), field.find(',')) {
            (Some(point), Some(comma)) => point < comma,
            (None, Some(_)) => line::is_number(field) && !may_be_thousands(field),
            _ => false,
        });
        if clear { Self::Comma } else { Self::Unclear }
    }
}

/// Like `1,250`: three digits after one to three that do not begin with 0.
fn may_be_thousands(field: &str) -> bool {
    let Some((before, after)) = field.trim_start_matches(['+', '-']).split_once(',') else {
        return false;
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&before.len())
        && !before.starts_with('0')
        && after.len() == 3
        && digits(before)
        && digits(after)
}

fn point(line: &Line, decimals: Decimals) -> Result<[f64; 2], String> {
    let [x, y] = &line.fields[..] else {
        let count = line.fields.len();
        let values = if count == 1 { "value" } else { "values" };
        let hint = if decimals == Decimals::Point && line.by_comma {
            " (a decimal comma needs a semicolon or a tab between x and y)"
        } else if count == 1 && line.fields[0].contains(',') {
            " (a comma does not part them here)"
        } else if count == 1 && line.fields[0].contains(char::is_whitespace) {
            " (a space does not part them here)"
        } else {
            ""
        };
        return Err(format!(
            "{count} {values} where two are needed, x and y{hint}"
        ));
    };
    for (name, field) in [("x", x), ("y", y)] {
        if field.is_empty() {
            return Err(format!("{name} is missing"));
        }
    }
    Ok([number("x", x, decimals)?, number("y", y, decimals)?])
}

fn number(name: &str, field: &str, decimals: Decimals) -> Result<f64, String> {
    let mut shown: String = field.chars().take(20).collect();
    if shown.len() < field.len() {
        shown.push('\u{2026}');
    }
    let plain = match decimals {
        Decimals::Point => field.to_owned(),
        _ if field
            .find(',')
            .is_some_and(|comma| field[comma..].contains('.')) =>
        {
            return Err(format!(
                "\u{201c}{shown}\u{201d} has a comma before a point; write it without the comma"
            ));
        }
        Decimals::Comma if field.contains('.') => {
            return Err(format!(
                "\u{201c}{shown}\u{201d} has a decimal point where other numbers have a decimal comma"
            ));
        }
        Decimals::Unclear if may_be_thousands(field) => {
            let (before, after) = field.split_once(',').unwrap_or((field, ""));
            return Err(format!(
                "\u{201c}{shown}\u{201d} may be {before}.{after} or {before}{after}; write it without the comma"
            ));
        }
        Decimals::Comma | Decimals::Unclear => field.replacen(',', ".", 1),
    };
    match super::decimal(&plain) {
        Some(value) if value.is_finite() && value.abs() <= LARGEST => Ok(value + 0.0),
        Some(_) => Err(format!(
            "{name} is {shown}; it must lie between \u{2212}{LARGEST} and {LARGEST}"
        )),
        None => Err(format!("\u{201c}{shown}\u{201d} is not a number")),
    }
}
