//! One line of points as text: what it is, and its fields.

use crate::task::decimal;

/// A line with something on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Counted from 1.
    pub number: usize,
    /// Without spaces, brackets and quotes around them.
    pub fields: Vec<String>,
    /// Where a comma between digits stands that cannot part x from y.
    pub decimal_comma: Option<Where>,
}

/// Where a decimal comma stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// In a line that another mark parts: then a comma parts no line.
    BesideAnotherMark,
    /// Inside quotes: outside them a comma still parts.
    InQuotes,
}

/// What parts the fields of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// What the first line names, in `sep=;`.
    pub named: Option<char>,
    /// Whether a comma does, where nothing else stands.
    pub comma: bool,
}

/// Characters that nobody sees: marks of direction, joiners, the mark of an
/// encoding, and what is left of two bytes for a letter.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\0' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The text without what nobody sees, with one way to end a line, digits of full
/// width as digits and every dash as a minus sign.
pub fn plain(text: &str) -> String {
    let shown = text.trim_start_matches(['\u{feff}', '\u{fffd}']);
    let shown = shown.replace("\r\n", "\n").replace('\r', "\n");
    shown
        .chars()
        .filter(|&letter| !is_invisible(letter))
        .map(|letter| match letter {
            '\u{2028}' | '\u{2029}' | '\u{85}' => '\n',
            '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => '-',
            '\u{ff10}'..='\u{ff19}' => {
                char::from_digit(letter as u32 - 0xff10, 10).unwrap_or(letter)
            }
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => '"',
            '\u{2018}' | '\u{2019}' | '\u{201a}' => '\'',
            _ => letter,
        })
        .collect()
}

impl Line {
    /// Reads a line, parted by the first mark that is there. `None` for a blank
    /// one and for a remark.
    pub fn read(text: &str, number: usize, parts: Marks) -> Option<Self> {
        let text = without_brackets(text.trim());
        let marks = |wanted: char| outside_quotes(text).any(|(_, letter)| letter == wanted);
        let other = parts
            .named
            .filter(|&mark| mark != ',' && marks(mark))
            .or_else(|| [';', '\t'].into_iter().find(|&mark| marks(mark)));
        let decimal_comma = if other.is_some() && comma_between_digits(text) {
            Some(Where::BesideAnotherMark)
        } else {
            let quoted = quoted_parts(text).any(comma_between_digits);
            quoted.then_some(Where::InQuotes)
        };
        let comma = (parts.comma && marks(',')).then_some(',');
        let mut fields: Vec<String> = match other.or(comma) {
            Some(mark) => split(text, mark).map(unquoted).collect(),
            None => text.split_whitespace().map(unquoted).collect(),
        };
        // Columns that a spreadsheet has beside the two.
        while fields.len() > 2 && fields.last().is_some_and(String::is_empty) {
            fields.pop();
        }
        if fields.iter().all(String::is_empty) || is_remark(text, &fields) {
            return None;
        }
        take_labels(&mut fields);
        Some(Self {
            number,
            fields,
            decimal_comma,
        })
    }

    /// Names of columns: words, none of which is a number or begins like one.
    /// `nan` and `inf` are numbers, which are refused.
    pub fn is_header(&self) -> bool {
        self.fields[0].starts_with(char::is_alphabetic) && self.has_no_number()
    }

    /// A line of units below the names of columns: in brackets, or as short as
    /// `s` and `m/s`.
    pub fn is_units(&self) -> bool {
        let unit = |field: &String| {
            let bracketed = field.starts_with(['(', '[']) && field.ends_with([')', ']']);
            bracketed || field.chars().count() <= 3
        };
        self.has_no_number() && self.fields.iter().all(unit)
    }

    fn has_no_number(&self) -> bool {
        let like_a_number = |letter: char| letter.is_ascii_digit() || "+-.".contains(letter);
        let word = |field: &String| {
            // `x=1` is a value with its name.
            let value = field
                .split(['=', ':'])
                .next_back()
                .unwrap_or_default()
                .trim();
            !field.starts_with(like_a_number) && decimal(field).is_none() && !is_number(value)
        };
        self.fields.iter().all(word)
    }
}

/// A separator that a spreadsheet names in the first line, as in `sep=;`.
pub fn named_separator(text: &str) -> Option<char> {
    let mark = text.trim().trim_matches('"').strip_prefix("sep=")?;
    let mut letters = mark.chars();
    letters.next().filter(|_| letters.next().is_none())
}

/// A remark begins with #. A cell that could not be computed does too, `#N/A` or
/// `#DIV/0!`: it is no remark if it ends like one, or if a number stands beside it.
fn is_remark(text: &str, fields: &[String]) -> bool {
    let Some(rest) = text.strip_prefix('#') else {
        return false;
    };
    let computed = fields[0].ends_with(['!', '?']) || ["#N/A", "#NV"].contains(&&*fields[0]);
    let beside = fields.len() == 2 && fields[1..].iter().any(|field| is_number(field));
    !(rest.starts_with(|letter: char| letter.is_ascii_uppercase()) && (computed || beside))
}

fn is_number(field: &str) -> bool {
    decimal(&field.replacen(',', ".", 1)).is_some_and(f64::is_finite)
}

/// What stands inside brackets that are around all of it, as in `(1, 2)` or `[1, 2],`.
fn without_brackets(text: &str) -> &str {
    let inside = |open: char, close: char| {
        let text = text.strip_prefix(open)?;
        text.trim_end_matches([',', ';'])
            .trim_end()
            .strip_suffix(close)
    };
    [('(', ')'), ('[', ']'), ('{', '}')]
        .into_iter()
        .find_map(|(open, close)| inside(open, close).filter(|text| !text.contains(open)))
        .map_or(text, str::trim)
}

/// `x=1, y=2` and `x: 1, y: 2`, in either order.
fn take_labels(fields: &mut [String]) {
    let [first, second] = fields else { return };
    let labelled = |field: &str| {
        let (name, value) = field.split_once(['=', ':'])?;
        let name = name.trim().to_ascii_lowercase();
        ["x", "y"]
            .contains(&&*name)
            .then(|| (name, value.trim().to_owned()))
    };
    let (Some((a, one)), Some((b, other))) = (labelled(first), labelled(second)) else {
        return;
    };
    match (&*a, &*b) {
        ("x", "y") => (*first, *second) = (one, other),
        ("y", "x") => (*first, *second) = (other, one),
        _ => {}
    }
}

fn comma_between_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes
        .windows(3)
        .any(|three| three[0].is_ascii_digit() && three[1] == b',' && three[2].is_ascii_digit())
}

/// The letters outside double quotes, with where they are.
fn outside_quotes(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut inside = false;
    // A quote that is never closed is a letter.
    let closed = text.matches('"').count().is_multiple_of(2);
    text.char_indices().filter(move |(_, letter)| {
        inside ^= closed && *letter == '"';
        !inside
    })
}

fn quoted_parts(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

fn split(text: &str, mark: char) -> impl Iterator<Item = &str> {
    let mut ends: Vec<usize> = outside_quotes(text)
        .filter(|(_, letter)| *letter == mark)
        .map(|(at, _)| at)
        .collect();
    ends.push(text.len());
    let mut start = 0;
    ends.into_iter().map(move |end| {
        let field = &text[start..end];
        start = (end + mark.len_utf8()).min(text.len());
        field
    })
}

fn unquoted(field: &str) -> String {
    let field = field.trim();
    ['"', '\'']
        .into_iter()
        .find_map(|quote| field.strip_prefix(quote)?.strip_suffix(quote))
        .map_or(field, str::trim)
        .to_owned()
}
