//! Points as text: one `x, y` a line, as spreadsheets and people write them.
//!
//! Written by hand rather than with a CSV crate: what people paste has the
//! separator of their country, and the point here is to name every line that
//! is wrong and why, which a reader of one dialect cannot.
//!
//! Between x and y stands a comma, a semicolon, a tab or spaces. Blank lines
//! and lines that begin with # are left out, and so is a first line of words.
//! A decimal comma counts only beside a semicolon or a tab, and then in every
//! line, or `0,5` would be one number here and two there.

use super::points::{LARGEST, MOST_POINTS, PointsError};
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
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let lines = text.split(['\n', '\r']).zip(1..);
    let lines: Vec<(&str, usize)> = lines
        .map(|(line, number)| (line.trim(), number))
        .filter(|(line, _)| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let decimal_comma = lines.iter().any(|(line, _)| has_decimal_comma(line));
    let mut points = Vec::new();
    let (mut told, mut more) = (Vec::new(), 0);
    for (i, &(line, number)) in lines.iter().enumerate() {
        let fields = fields(line, decimal_comma);
        if i == 0 && is_header(&fields) {
            continue;
        }
        match point(line, &fields, decimal_comma) {
            Ok(point) => points.push(point),
            Err(_) if told.len() == MOST_TOLD => more += 1,
            Err(reason) => told.push((number, reason)),
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

/// Whether a comma between digits cannot part x from y, since something else
/// does.
fn has_decimal_comma(line: &str) -> bool {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = line.as_bytes();
    line.contains([';', '\t'])
        && (1..bytes.len())
            .any(|i| bytes[i] == b',' && digit(bytes.get(i - 1)) && digit(bytes.get(i + 1)))
}

fn fields(line: &str, decimal_comma: bool) -> Vec<&str> {
    let separator = [';', '\t', ',']
        .into_iter()
        .find(|c| line.contains(*c) && !(*c == ',' && decimal_comma));
    match separator {
        Some(separator) => line.split(separator).map(unquoted).collect(),
        None => line.split_whitespace().map(unquoted).collect(),
    }
}

fn unquoted(field: &str) -> &str {
    let field = field.trim();
    ['"', '\'']
        .into_iter()
        .find_map(|quote| field.strip_prefix(quote)?.strip_suffix(quote))
        .map_or(field, str::trim)
}

/// Words, none of which is a number or begins like one; `nan` and `inf` are
/// numbers, which are refused.
fn is_header(fields: &[&str]) -> bool {
    let like_a_number = |c: char| c.is_ascii_digit() || "+-.\u{2212}".contains(c);
    let word = |field: &&str| !field.starts_with(like_a_number) && super::decimal(field).is_none();
    fields[0].starts_with(char::is_alphabetic) && fields.iter().all(word)
}

fn point(line: &str, fields: &[&str], decimal_comma: bool) -> Result<[f64; 2], String> {
    let &[x, y] = fields else {
        let values = if fields.len() == 1 { "value" } else { "values" };
        let hint = if line.contains(',') {
            " (a decimal comma needs a semicolon or a tab between x and y)"
        } else {
            ""
        };
        return Err(format!(
            "{} {values} where two are needed, x and y{hint}",
            fields.len()
        ));
    };
    Ok([
        number("x", x, decimal_comma)?,
        number("y", y, decimal_comma)?,
    ])
}

fn number(name: &str, field: &str, decimal_comma: bool) -> Result<f64, String> {
    if field.is_empty() {
        return Err(format!("{name} is missing"));
    }
    let mut shown: String = field.chars().take(20).collect();
    if shown.len() < field.len() {
        shown.push('\u{2026}');
    }
    if decimal_comma && field.contains('.') {
        return Err(format!(
            "\u{201c}{shown}\u{201d} has a decimal point where other numbers have a decimal comma"
        ));
    }
    let plain = field.replace('\u{2212}', "-");
    let plain = if decimal_comma {
        plain.replacen(',', ".", 1)
    } else {
        plain
    };
    match super::decimal(&plain) {
        Some(value) if value.is_finite() && value.abs() <= LARGEST => Ok(value + 0.0),
        Some(_) => Err(format!(
            "{name} is {shown}; it must lie between \u{2212}{LARGEST} and {LARGEST}"
        )),
        None => Err(format!("\u{201c}{shown}\u{201d} is not a number")),
    }
}
