//! Pieces of text and their width.

use super::Role;
use serde::Serialize;

/// A run of text in one style, for title rows and ledgers. The page shows it
/// as HTML; colour and weight are its only styles besides a subscript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Colour, if other than the surrounding text.
    pub role: Option<Role>,
    /// Weight 600.
    pub strong: bool,
    /// Italic, for mathematical symbols.
    pub italic: bool,
    /// Lowered and smaller, for indices.
    pub sub: bool,
}

impl Span {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Weight 600.
    pub fn strong(text: impl Into<String>) -> Self {
        Self {
            strong: true,
            ..Self::plain(text)
        }
    }

    /// Italic: a mathematical symbol.
    pub fn symbol(text: impl Into<String>) -> Self {
        Self {
            italic: true,
            ..Self::plain(text)
        }
    }

    /// An index, lowered.
    pub fn index(text: impl Into<String>) -> Self {
        Self {
            sub: true,
            italic: true,
            ..Self::plain(text)
        }
    }

    /// Text with styles: strong between pairs of asterisks, a symbol between backticks,
    /// with its index after an underscore: ``"**Eigenvalues** `K_ij`, train **0.25**"``.
    pub fn marked(text: &str) -> Vec<Self> {
        let mut spans = Vec::new();
        // Between the two asterisks of a pair stands nothing.
        for (i, piece) in text.split('*').enumerate() {
            if i % 4 == 2 {
                spans.push(Self::strong(piece));
                continue;
            }
            for (i, piece) in piece.split('`').enumerate() {
                let (symbol, index) = piece.split_once('_').unwrap_or((piece, ""));
                match i % 2 {
                    0 => spans.push(Self::plain(piece)),
                    _ => spans.extend([Self::symbol(symbol), Self::index(index)]),
                }
            }
        }
        spans.retain(|span| !span.text.is_empty());
        spans
    }

    /// The same with the strong pieces in the colours of `roles`, in that order.
    pub fn marked_in(text: &str, roles: &[Role]) -> Vec<Self> {
        let mut spans = Self::marked(text);
        let strong = spans.iter_mut().filter(|span| span.strong);
        for (span, role) in strong.zip(roles) {
            span.role = Some(*role);
        }
        spans
    }

    /// The same words in a role's colour.
    pub fn in_role(mut self, role: Role) -> Self {
        self.role = Some(role);
        self
    }
}

/// How wide words are, which only the place where they are drawn can know.
pub trait TextMetrics {
    /// Width in the unit of `size`, in the font of the style in use.
    fn width(&mut self, text: &str, size: f64, bold: bool) -> f64;
}

/// Widths of Helvetica, for places that cannot measure: the command line and
/// SVG export. Fonts of its family differ by a few per cent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AverageWidths;

/// Advance widths of the printable ASCII characters, in thousandths of an em.
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278,
    278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
];

fn advance(c: char) -> u16 {
    match c {
        ' '..='~' => ASCII[c as usize - 32],
        '\u{2009}' | '\u{202f}' => 200,
        '\u{2212}' | '\u{00d7}' | '\u{2264}' | '\u{2265}' => 584,
        '\u{2070}'..='\u{209c}' | '\u{00b2}' | '\u{00b3}' | '\u{00b9}' => 350,
        '\u{2013}' => 556,
        '\u{2014}' | '\u{2026}' | '\u{2192}' => 1000,
        '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff00}'..='\u{ff60}' => 1000,
        _ => 580,
    }
}

impl TextMetrics for AverageWidths {
    fn width(&mut self, text: &str, size: f64, bold: bool) -> f64 {
        let thousandths: u32 = text.chars().map(|c| u32::from(advance(c))).sum();
        // Of the bold face words are 6 to 10 % wider: too wide leaves a gap, too
        // narrow cuts the last letter off at the edge.
        let weight = if bold { 1.1 } else { 1.0 };
        f64::from(thousandths) * 1e-3 * weight * size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_style_what_stands_between_them() {
        let spans = Span::marked("**Kernel** `\u{3bb}_j`(`W`) of_it");
        let styled = [
            Span::strong("Kernel"),
            Span::plain(" "),
            Span::symbol("\u{3bb}"),
            Span::index("j"),
            Span::plain("("),
            Span::symbol("W"),
            Span::plain(") of_it"),
        ];
        assert_eq!(spans, styled);
    }

    #[test]
    fn widths_scale_with_size_and_weight() {
        let mut widths = AverageWidths;
        assert!((widths.width("10", 10.0, false) - 11.12).abs() < 1e-9);
        assert!(widths.width("noise", 12.0, true) > widths.width("noise", 12.0, false));
        assert_eq!(widths.width("", 12.0, false), 0.0);
    }
}
