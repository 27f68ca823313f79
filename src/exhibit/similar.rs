//! What a name was meant to be: the known name that differs least.
//!
//! d(a, b) is the least number of letters put in, left out, replaced or swapped
//! with their neighbour that turn a into b (optimal string alignment).

/// The known name that a misspelt one resembles, if any does: one letter off for a
/// short name, two for a long one. Case does not count.
pub(crate) fn similar<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name: Vec<char> = name.chars().take(40).flat_map(char::to_lowercase).collect();
    let most = match name.len() {
        0..=3 => return None,
        4..=6 => 1,
        _ => 2,
    };
    known
        .into_iter()
        .map(|other| (distance(&name, &other.chars().collect::<Vec<_>>()), other))
        .filter(|(off, _)| *off <= most)
        .min_by_key(|(off, _)| *off)
        .map(|(_, other)| other)
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 6] = ["noise", "gate", "step-fraction", "widths", "seed", "batch"];

    #[test]
    fn a_slip_is_understood() {
        for (typed, meant) in [
            ("nosie", "noise"),
            ("nois", "noise"),
            ("Noise", "noise"),
            ("step_fraction", "step-fraction"),
            ("stepFraction", "step-fraction"),
            ("width", "widths"),
            ("sede", "seed"),
        ] {
            assert_eq!(similar(typed, KNOWN), Some(meant), "{typed}");
        }
    }

    #[test]
    fn what_others_add_to_a_page_or_a_link_is_not_one() {
        for typed in [
            "utm_source",
            "fbclid",
            "gclid",
            "mc_eid",
            "loading",
            "align",
            "markdown",
            "x-data",
            "hx-preserve",
            "v-cloak",
            "ng-version",
            "",
            "a",
            "see",
            "\u{1f600}\u{1f600}\u{1f600}\u{1f600}",
        ] {
            assert_eq!(similar(typed, KNOWN), None, "{typed}");
        }
    }
}
