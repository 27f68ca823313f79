//! What a name was meant to be: the known name that differs least.
//!
//! d(a, b) is the least number of letters put in, left out, replaced or swapped
//! with their neighbour that turn a into b (optimal string alignment).

/// Names are ASCII: bytes do, and the tables of all letters are large.
const LONGEST: usize = 40;

/// The known name that a misspelt one resembles, if any does: one letter off for a
/// short name, two for a long one. Case does not count.
pub(crate) fn similar<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = match name.len() {
        4..=6 => 1,
        7..=LONGEST => 2,
        _ => return None,
    };
    known
        .into_iter()
        .map(|other| (distance(name.as_bytes(), other.as_bytes()), other))
        .filter(|(off, _)| *off <= most)
        .min_by_key(|(off, _)| *off)
        .map(|(_, other)| other)
}

fn distance(a: &[u8], b: &[u8]) -> usize {
    let same = |i: usize, j: usize| a[i].eq_ignore_ascii_case(&b[j]);
    let width = b.len() + 1;
    // Of the first i letters of a and the first j of b.
    let mut least = vec![0; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            least[i * width + j] = if i == 0 || j == 0 {
                i + j
            } else {
                let before = |up: usize, left: usize| least[(i - up) * width + j - left];
                let replaced = before(1, 1) + usize::from(!same(i - 1, j - 1));
                let mut best = replaced.min(before(1, 0) + 1).min(before(0, 1) + 1);
                if i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1) {
                    best = best.min(before(2, 2) + 1);
                }
                best
            };
        }
    }
    least[a.len() * width + b.len()]
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
