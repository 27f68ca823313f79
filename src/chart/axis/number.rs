//! Numbers as text for a person.

/// A number as it stands on an axis: true minus sign, a thin space between
/// thousands at which no line breaks, no trailing zeros.
pub fn number(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 { "0" } else { "" }.to_owned();
    }
    let magnitude = libm::log10(value.abs()).floor();
    if !(-6.0..15.0).contains(&magnitude) {
        return minus(&power_of_ten(&format!("{value:e}")));
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
            out.push('\u{202f}');
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

/// "3.2e-9", as Rust writes it, with a raised exponent: "3.2×10⁻⁹". What has no
/// exponent stays as it is.
pub fn power_of_ten(scientific: &str) -> String {
    let Some((factor, exponent)) = scientific.split_once('e') else {
        return scientific.to_owned();
    };
    let raised = exponent.chars().map(|c| match c {
        '1' => '\u{b9}',
        '2' => '\u{b2}',
        '3' => '\u{b3}',
        '-' => '\u{207b}',
        digit => char::from_u32(0x2070 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit),
    });
    format!("{factor}\u{d7}10{}", raised.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_raised() {
        assert_eq!(
            power_of_ten("3.20e-19"),
            "3.20\u{d7}10\u{207b}\u{b9}\u{2079}"
        );
        assert_eq!(number(-2.5e17), "\u{2212}2.5\u{d7}10\u{b9}\u{2077}");
        assert_eq!(number(12_000.0), "12\u{202f}000");
        assert_eq!(power_of_ten("0.5"), "0.5");
    }
}
