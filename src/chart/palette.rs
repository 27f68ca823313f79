//! Colours. Marks have roles; a palette gives each role its colour.

use super::Role;
use std::fmt;

/// An opaque sRGB colour, written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Color(pub u8, pub u8, pub u8);

/// A colour that is not `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a colour of the form #rrggbb")]
pub struct ColorError(String);

impl Color {
    /// Reads `#rrggbb` or `#rgb`, in either case.
    pub fn from_hex(text: &str) -> Result<Self, ColorError> {
        let error = || ColorError(text.chars().take(32).collect());
        let digits = text.trim().strip_prefix('#').ok_or_else(error)?;
        let all_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        let value = u32::from_str_radix(digits, 16).map_err(|_| error())?;
        let byte = |shift: u32| (value >> shift & 0xff) as u8;
        let nibble = |shift: u32| (value >> shift & 0xf) as u8 * 17;
        match digits.len() {
            6 if all_hex => Ok(Self(byte(16), byte(8), byte(0))),
            3 if all_hex => Ok(Self(nibble(8), nibble(4), nibble(0))),
            _ => Err(error()),
        }
    }

    /// A mixture: this colour at 0, the other at 1.
    pub fn mix(self, other: Self, share: f64) -> Self {
        let share = share.clamp(0.0, 1.0);
        let mix = |a: u8, b: u8| (f64::from(a) + share * (f64::from(b) - f64::from(a))).round();
        Self(
            mix(self.0, other.0) as u8,
            mix(self.1, other.1) as u8,
            mix(self.2, other.2) as u8,
        )
    }

    /// For constants: 0xRRGGBB.
    const fn rgb(value: u32) -> Self {
        Self((value >> 16) as u8, (value >> 8) as u8, value as u8)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

/// One colour per role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// The network, text, what is set.
    pub ink: Color,
    /// Second text, the theory's dash.
    pub ink2: Color,
    /// Ticks, captions, thresholds.
    pub ink3: Color,
    /// Axis lines.
    pub rule2: Color,
    /// Grid lines.
    pub rule: Color,
    /// What charts stand on.
    pub ground: Color,
    /// Signal, channel.
    pub signal: Color,
    /// Its tint.
    pub signal_tint: Color,
    /// Noise, reservoir.
    pub noise: Color,
    /// Its tint.
    pub noise_tint: Color,
    /// Anything about test points.
    pub test: Color,
    /// Its tint.
    pub test_tint: Color,
}

impl Palette {
    /// On a page.
    pub const LIGHT: Self = Self {
        ink: Color::rgb(0x15181C),
        ink2: Color::rgb(0x474E56),
        ink3: Color::rgb(0x666E77),
        rule2: Color::rgb(0x858E97),
        rule: Color::rgb(0xDCE0E4),
        ground: Color::rgb(0xFCFCFD),
        signal: Color::rgb(0x2448B5),
        signal_tint: Color::rgb(0xE2E8F7),
        noise: Color::rgb(0xBF4A00),
        noise_tint: Color::rgb(0xFBE9DC),
        test: Color::rgb(0x007A67),
        test_tint: Color::rgb(0xD3ECE6),
    };

    /// On a dark page.
    pub const DARK: Self = Self {
        ink: Color::rgb(0xECEFF2),
        ink2: Color::rgb(0xB7BFC7),
        ink3: Color::rgb(0x8F98A1),
        rule2: Color::rgb(0x66707A),
        rule: Color::rgb(0x2B323A),
        ground: Color::rgb(0x12161B),
        signal: Color::rgb(0x8AA4FF),
        signal_tint: Color::rgb(0x232E52),
        noise: Color::rgb(0xF2935A),
        noise_tint: Color::rgb(0x42291B),
        test: Color::rgb(0x5AD3B9),
        test_tint: Color::rgb(0x173F39),
    };

    /// On a classroom wall: white, and more contrast.
    pub const PROJECTOR: Self = Self {
        ink: Color::rgb(0x000000),
        ink2: Color::rgb(0x1E1E1E),
        ink3: Color::rgb(0x3A3A3A),
        rule2: Color::rgb(0x5C5C5C),
        rule: Color::rgb(0xB4B4B4),
        ground: Color::rgb(0xFFFFFF),
        signal: Color::rgb(0x0A35B0),
        signal_tint: Color::rgb(0xC9D5F7),
        noise: Color::rgb(0xB03800),
        noise_tint: Color::rgb(0xFAD4BA),
        test: Color::rgb(0x00665A),
        test_tint: Color::rgb(0xB4E2D8),
    };

    /// The colour of a role.
    pub const fn of(&self, role: Role) -> Color {
        match role {
            Role::Ink => self.ink,
            Role::Ink2 => self.ink2,
            Role::Ink3 => self.ink3,
            Role::Rule2 => self.rule2,
            Role::Rule => self.rule,
            Role::Ground => self.ground,
            Role::Signal => self.signal,
            Role::SignalTint => self.signal_tint,
            Role::Noise => self.noise,
            Role::NoiseTint => self.noise_tint,
            Role::Test => self.test,
            Role::TestTint => self.test_tint,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_reads_back_what_it_writes() {
        let color = Palette::LIGHT.noise;
        assert_eq!(color.to_string(), "#BF4A00");
        assert_eq!(Color::from_hex("#bf4a00"), Ok(color));
        assert_eq!(Color::from_hex("#fff"), Ok(Color(255, 255, 255)));
        for wrong in [
            "",
            "bf4a00",
            "#bf4a0",
            "#+f4a00",
            "#gggggg",
            "#\u{e9}\u{e9}\u{e9}",
        ] {
            assert!(Color::from_hex(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn mixtures_reach_both_ends() {
        let (a, b) = (Color(0, 10, 255), Color(255, 20, 0));
        assert_eq!((a.mix(b, 0.0), a.mix(b, 7.0)), (a, b));
        assert_eq!(a.mix(b, 0.5), Color(128, 15, 128));
    }
}
