//! Text to the nearest double, as `str::parse` does it: the same texts, the
//! same digits.
//!
//! By a library that computes where the standard one looks up: the latter's
//! table of powers of five would be a twentieth of what a page loads first.

/// The number that a text says: decimal, with or without an exponent, or
/// infinite or not a number by name. `None` for any other text.
pub fn decimal(text: &str) -> Option<f64> {
    lexical_parse_float::FromLexical::from_lexical(text.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::decimal;
    use proptest::prelude::*;

    fn agrees(text: &str) -> Result<(), TestCaseError> {
        let (ours, standard) = (decimal(text), text.parse::<f64>().ok());
        prop_assert_eq!(
            ours.map(f64::to_bits),
            standard.map(f64::to_bits),
            "{:?}",
            text
        );
        Ok(())
    }

    proptest! {
        #[test]
        fn every_double_comes_back(bits in any::<u64>()) {
            let value = f64::from_bits(bits);
            if !value.is_nan() {
                agrees(&value.to_string())?;
                agrees(&format!("{value:e}"))?;
                agrees(&format!("{value:.3}"))?;
            }
        }

        #[test]
        fn long_and_odd_texts_are_read_alike(
            text in "[+-]?[0-9]{0,30}\\.?[0-9]{0,30}([eE][+-]?[0-9]{1,3})?",
            any in "[-+.eE0-9a-zA-Z ,]{0,8}",
        ) {
            agrees(&text)?;
            agrees(&any)?;
        }
    }

    #[test]
    fn names_and_edges_are_read_alike() {
        for text in [
            "",
            " ",
            "+",
            "-",
            ".",
            "e5",
            "1e",
            "1.",
            ".5",
            "-.5",
            "+1",
            "1_000",
            "0x10",
            "inf",
            "-inf",
            "Infinity",
            "nan",
            "NaN",
            "1e400",
            "1e-400",
            "4.9e-324",
            "2.47e-324",
            "1.7976931348623157e308",
            "9007199254740993",
            "9007199254740992.9999999999999999999",
        ] {
            let (ours, standard) = (decimal(text), text.parse::<f64>().ok());
            assert_eq!(ours.map(f64::is_nan), standard.map(f64::is_nan), "{text:?}");
            if standard.is_some_and(|value| !value.is_nan()) {
                assert_eq!(
                    ours.map(f64::to_bits),
                    standard.map(f64::to_bits),
                    "{text:?}"
                );
            }
        }
    }
}
