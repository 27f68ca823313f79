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
    /// Whether commas part it.
    pub by_comma: bool,
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

/// Spaces that part numbers and also stand inside them, as in 1 234.
const TIED_SPACES: [char; 4] = ['\u{a0}', '\u{2007}', '\u{202f}', '\u{202f}'];

/// Characters that nobody sees and that change nothing: marks of direction,
/// joiners, the mark of an encoding, and what is left of two bytes for a letter.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\0' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202c}' | '\u{2060}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The text without the mark of its encoding, also where that was taken for letters.
/// What could not be decoded is left out only beside bytes of zero: elsewhere it
/// may have been a minus sign.
fn without_encoding(text: &str) -> &str {
    let two_bytes = text.contains('\0');
    [
        "\u{ef}\u{bb}\u{bf}",
        "\u{fffd}\u{fffd}",
        "\u{ff}\u{fe}",
        "\u{fe}\u{ff}",
    ]
    .into_iter()
    .filter(|mark| two_bytes || mark.starts_with('\u{ef}'))
    .find_map(|mark| text.strip_prefix(mark))
    .unwrap_or(text)
}

/// The text without what nobody sees, with one way to end a line, digits of full
/// width as digits and every dash as a minus sign. What nobody sees although it
/// says something, as a soft hyphen or an order from right to left, is shown.
pub fn plain(text: &str) -> String {
    let shown = without_encoding(text).replace("\r\n", "\n");
    let shown = shown.replace('\r', "\n");
    shown
        .chars()
        .filter(|&letter| !is_invisible(letter))
        .map(|letter| match letter {
            '\u{2028}' | '\u{2029}' | '\u{85}' => '\n',
            '\u{ad}' | '\u{202d}' | '\u{202e}' | '\u{2061}'..='\u{2064}' => '\u{fffd}',
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => '"',
            '\u{2018}' | '\u{2019}' | '\u{201a}' => '\'',
            _ => in_number(letter),
        })
        .collect()
}

/// A letter as a number has it: every dash is a minus sign, and digits of full width
/// are digits.
pub fn in_number(letter: char) -> char {
    match letter {
        '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{ff10}'..='\u{ff19}' => char::from_digit(letter as u32 - 0xff10, 10).unwrap_or(letter),
        _ => letter,
    }
}

impl Line {
    /// Reads a line, parted by the first mark that is there. `None` for a blank
    /// one and for a remark.
    pub fn read(text: &str, number: usize, parts: Marks) -> Option<Self> {
        let text = without_brackets(text.trim());
        let marks = |wanted: char| outside_quotes(text).any(|(_, letter)| letter == wanted);
        let mark = parts
            .named
            .or_else(|| [';', '\t'].into_iter().find(|&mark| marks(mark)))
            .or_else(|| (parts.comma && marks(',')).then_some(','));
        let mut fields: Vec<String> = match mark {
            Some(mark) => split(text, mark).map(unquoted).collect(),
            None => words(text).map(unquoted).collect(),
        };
        // Columns that a spreadsheet has beside the two.
        while fields.len() > 2 && fields.last().is_some_and(String::is_empty) {
            fields.pop();
        }
        if fields.iter().all(String::is_empty) || is_remark(text, &fields) {
            return None;
        }
        // A comma before a mark at the end, `1,2;`, does not tell what it is.
        let both = !fields.iter().any(String::is_empty);
        let by_comma = mark == Some(',');
        let decimal_comma = if mark.is_some() && !by_comma && both && comma_between_digits(text) {
            Some(Where::BesideAnotherMark)
        } else {
            let quoted = quoted_parts(text).any(comma_between_digits);
            quoted.then_some(Where::InQuotes)
        };
        take_labels(&mut fields);
        Some(Self {
            number,
            fields,
            decimal_comma,
            by_comma,
        })
    }

    /// Names of columns: words, none of which is a number or begins like one.
    /// `nan` and `inf` are numbers, which are refused.
    pub fn is_header(&self) -> bool {
        self.fields[0].starts_with(char::is_alphabetic) && self.has_no_value()
    }

    /// Whether the names of the columns are y and x, in this order.
    pub fn is_y_before_x(&self) -> bool {
        let named = |field: &String, name: &str| {
            let end =
                field.find(|letter: char| !letter.is_alphabetic() && !letter.is_ascii_digit());
            field[..end.unwrap_or(field.len())].eq_ignore_ascii_case(name)
        };
        matches!(&self.fields[..], [first, second] if named(first, "y") && named(second, "x"))
    }

    /// A line of units below the names of columns: in brackets, or as short as
    /// `s` and `m/s`.
    pub fn is_units(&self) -> bool {
        let unit = |field: &String| {
            let bracketed = field.starts_with(['(', '[']) && field.ends_with([')', ']']);
            let word = |letter: char| letter.is_alphabetic() || "%\u{b0}$\u{20ac}".contains(letter);
            bracketed || field.is_empty() || field.chars().count() <= 3 && field.contains(word)
        };
        self.has_no_value() && self.fields.iter().all(unit)
    }

    fn has_no_value(&self) -> bool {
        let word = |field: &String| {
            // `x=1` is a value with its name.
            let value = field.split(['=', ':']).next_back().unwrap_or_default();
            !begins_like_a_number(field) && !is_number(value.trim())
        };
        self.fields.iter().all(word) && !self.fields.iter().all(|field| is_no_name(field))
    }
}

/// Such as `-1`, `$3`, `(5)`, `'2` and `inf`.
fn begins_like_a_number(field: &str) -> bool {
    let field = field.trim();
    let inside = field
        .trim_start_matches(|letter: char| !letter.is_alphabetic() && !letter.is_ascii_digit());
    field.starts_with(['+', '-', '.'])
        || inside.starts_with(|letter: char| letter.is_ascii_digit())
        || decimal(field).is_some()
}

/// Nothing, or a word for a value that is missing, or for true and false. `Na` is sodium.
fn is_no_name(field: &str) -> bool {
    let words = [
        "n/a", "null", "none", "nil", "true", "false", "wahr", "falsch", "yes", "no",
    ];
    field.is_empty() || field == "NA" || words.iter().any(|word| field.eq_ignore_ascii_case(word))
}

/// A separator that a spreadsheet names in the first line, as in `sep=;`.
pub fn named_separator(text: &str) -> Option<char> {
    let mark = text.trim().trim_matches('"').strip_prefix("sep=")?;
    let mut letters = mark.chars();
    letters.next().filter(|_| letters.next().is_none())
}

/// A remark begins with #. A cell that could not be computed or shown does too,
/// `#N/A`, `#DIV/0!` or `###`: it is no remark if it is written like one, or if a
/// number stands beside it.
fn is_remark(text: &str, fields: &[String]) -> bool {
    let Some(rest) = text.strip_prefix('#') else {
        return false;
    };
    let first = &fields[0];
    // `#N/D` and `#N/B` in other languages; `#I/V curve` is a remark.
    let slashed = first.chars().nth(2) == Some('/') && fields.iter().all(|f| f.starts_with('#'));
    let named = ["#N/A", "#NV"].contains(&&**first);
    let computed = first.ends_with(['!', '?']) || named || slashed;
    let second = fields.get(1).filter(|_| fields.len() == 2);
    let beside = second.is_some_and(|field| is_number(field));
    let capital = |letter: char| letter.is_alphabetic() && !letter.is_ascii_lowercase();
    let hashes = |field: &String| field.len() > 1 && field.bytes().all(|letter| letter == b'#');
    let narrow = hashes(first) && (beside || second.is_some_and(hashes));
    !(rest.starts_with(capital) && (computed || beside) || narrow)
}

/// A finite number, with a point or a comma.
pub fn is_number(field: &str) -> bool {
    decimal(&field.replacen(',', ".", 1)).is_some_and(f64::is_finite)
}

/// What stands inside brackets that are around all of it, as in `(1, 2)` or `[1, 2],`.
/// `[1,2;3,4]` is left: it is a table of numbers, or two numbers with decimal commas.
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
        .filter(|inside| !(text.starts_with('[') && inside.contains(';')))
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

/// What spaces part. Where one that also stands inside numbers has three digits
/// behind it and no point before it, it may belong to thousands: then none parts.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let three = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count() == 3;
    let parts = || text.split(TIED_SPACES);
    let tied = parts()
        .zip(parts().skip(1))
        .any(|(before, part)| three(part) && !before.contains('.'));
    text.split(move |letter: char| {
        letter.is_whitespace() && !(tied && TIED_SPACES.contains(&letter))
    })
    .filter(|word| !word.is_empty())
}

fn unquoted(field: &str) -> String {
    let field = field.trim();
    ['"', '\'']
        .into_iter()
        .find_map(|quote| field.strip_prefix(quote)?.strip_suffix(quote))
        .map_or(field, str::trim)
        .to_owned()
}
