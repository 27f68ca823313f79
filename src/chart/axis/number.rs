//! Numbers as text for a person.

/// A number as it stands on an axis: true minus sign, a thin space between
/// thousands, no trailing zeros.
pub fn number(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 { "0" } else { "" }.to_owned();
    }
    let magnitude = libm::log10(value.abs()).floor();
    if !(-6.0..15.0).contains(&magnitude) {
        return minus(&format!("{value:e}"));
    }
    // Six significant digits hide the rounding of 0.1 + 0.2 and of 10^-3.
    let digits = (5.0 - magnitude).clamp(0.0, 12.0) as usize;
    let text = format!("{value:.digits$}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let (sign, whole) = match whole.strip_prefix('-') {
        Some(rest) => ("\u{2212}", rest),
        None => ("", whole),
    };
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push('\u{2009}');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The text with true minus signs.
pub(super) fn minus(text: &str) -> String {
    text.replace('-', "\u{2212}")
}
