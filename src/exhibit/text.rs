//! Numbers as words: true minus sign, thin spaces at which no line breaks, a fixed number of
//! digits, powers of ten with a raised exponent.

use crate::chart::power_of_ten;

const MINUS: char = '\u{2212}';
/// Narrow, and no line breaks at it.
const THIN_SPACE: char = '\u{202f}';

/// Above this a number with all its digits would not fit a title row; only
/// diverging runs get there.
const LONG: f64 = 1e5;

/// A number with `digits` places after the point.
pub(crate) fn fixed(value: f64, digits: usize) -> String {
    if !value.is_finite() {
        return "\u{2014}".into();
    }
    if value.abs() >= LONG {
        return significant(value);
    }
    let text = format!("{:.*}", digits, value.abs());
    if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        format!("{MINUS}{text}")
    } else {
        text
    }
}

/// An error: three places after the point, and below that three digits that
/// count.
pub(crate) fn error(value: f64) -> String {
    if value.abs() < 0.0005 {
        significant(value)
    } else {
        fixed(value, 3)
    }
}

/// A positive number with three significant digits, in plain or power notation.
pub(crate) fn significant(value: f64) -> String {
    if !value.is_finite() {
        return "\u{2014}".into();
    }
    if value == 0.0 {
        return "0".into();
    }
    let exponent = libm::floor(libm::log10(value.abs())) as i32;
    match exponent {
        -4..=-1 => fixed(value, (2 - exponent) as usize),
        0..=2 => fixed(value, (2 - exponent) as usize),
        3 | 4 => fixed(value, 0),
        _ => {
            let text = format!("{:.2e}", value.abs());
            let sign = if value < 0.0 { "\u{2212}" } else { "" };
            format!("{sign}{}", power_of_ten(&text))
        }
    }
}

/// A share as a percentage with one place; almost everything and almost
/// nothing do not round to 100 and 0.
pub(crate) fn percent(share: f64) -> String {
    if !share.is_finite() {
        return "\u{2014}".into();
    }
    if share > 0.999 && share < 1.0 {
        return format!(">99.9{THIN_SPACE}%");
    }
    if share > 0.0 && share < 0.001 {
        return format!("<0.1{THIN_SPACE}%");
    }
    let digits = if share == 1.0 || share == 0.0 { 0 } else { 1 };
    format!("{}{THIN_SPACE}%", fixed(100.0 * share, digits))
}

/// A share as a whole percentage.
pub(crate) fn whole_percent(share: f64) -> String {
    format!("{}{THIN_SPACE}%", fixed(100.0 * share, 0))
}

/// So many points.
pub(crate) fn points(count: usize) -> String {
    format!("{count} point{}", if count == 1 { "" } else { "s" })
}

/// A count with thin spaces between groups of three digits.
pub(crate) fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(THIN_SPACE);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_print() {
        assert_eq!(fixed(-0.0004, 3), "0.000");
        assert_eq!(fixed(-1.5, 1), "\u{2212}1.5");
        assert_eq!(percent(0.9999), ">99.9\u{202f}%");
        assert_eq!(percent(1.0), "100\u{202f}%");
        assert_eq!(count(12_000), "12\u{202f}000");
        assert_eq!(count(834), "834");
        assert_eq!(significant(0.0419), "0.0419");
        assert_eq!(significant(81.26), "81.3");
        assert_eq!(significant(3.2e-9), "3.20\u{d7}10\u{207b}\u{2079}");
        assert_eq!(fixed(f64::NAN, 2), "\u{2014}");
        assert_eq!(error(0.0004123), "0.000412");
        assert_eq!(error(0.05), "0.050");
        assert_eq!(fixed(60_326_101.853, 3), "6.03\u{d7}10\u{2077}");
    }
}
