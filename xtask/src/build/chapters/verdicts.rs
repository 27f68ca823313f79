//! The picture of all verdicts: a mark for every claim, by what most of our runs say.

use super::pictures::SIZE;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Distance of two marks.
const PITCH: usize = 23;
/// Ink and ground of a theme, as in `www/tokens.css`.
const COLORS: [(&str, [&str; 2]); 2] = [
    ("light", ["#15181c", "#fcfcfd"]),
    ("dark", ["#eceff2", "#12161b"]),
];

/// Draws it.
///
/// # Errors
/// When `www/claims.json` is not what it was.
pub fn picture(root: &Path, theme: &str) -> Result<String> {
    let file = root.join("www/claims.json");
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let judged: Value = serde_json::from_str(&text).context("www/claims.json")?;
    let names: Vec<&str> = list(&judged["verdicts"])?
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let mut verdicts = Vec::new();
    for exhibit in list(&judged["exhibits"])? {
        for claim in list(&exhibit["claims"])? {
            let counts = list(&claim["counts"])?.iter().filter_map(Value::as_u64);
            let most = counts.enumerate().max_by_key(|(_, count)| *count);
            let name = most
                .filter(|(_, count)| *count > 0)
                .and_then(|(i, _)| names.get(i));
            verdicts.extend(name.copied());
        }
    }
    let colors = COLORS.iter().find(|(name, _)| *name == theme);
    let (_, [ink, ground]) = colors.context("a theme")?;
    Ok(draw(&verdicts, ink, ground))
}

fn list(value: &Value) -> Result<&Vec<Value>> {
    value.as_array().context("a list in www/claims.json")
}

fn draw(verdicts: &[&str], ink: &str, ground: &str) -> String {
    let (width, height) = (SIZE.0 as usize, SIZE.1 as usize);
    let columns = width / PITCH;
    let rows = verdicts.len().div_ceil(columns);
    let (left, top) = (
        (width - columns * PITCH) / 2,
        height.saturating_sub(rows * PITCH) / 2,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" fill=\"none\" stroke=\"{ink}\">\n"
    );
    for (i, verdict) in verdicts.iter().enumerate() {
        let x = left + (i % columns) * PITCH + PITCH / 2;
        let y = top + (i / columns) * PITCH + PITCH / 2;
        // Told apart by form, as in the tables.
        let mark = match *verdict {
            "holds" => format!(
                "<circle r=\"7.5\" fill=\"{ink}\"/><path d=\"M-3.6 .2l2.5 2.5 4.8-5.3\" stroke=\"{ground}\" stroke-width=\"1.75\"/>"
            ),
            "partly" => format!(
                "<circle r=\"6.75\" stroke-width=\"1.5\"/><path d=\"M0-6.75a6.75 6.75 0 0 0 0 13.5z\" fill=\"{ink}\" stroke=\"none\"/>"
            ),
            "does-not-hold" => "<circle r=\"6.75\" stroke-width=\"1.5\"/><path d=\"M-2.7-2.7l5.4 5.4M2.7-2.7l-5.4 5.4\" stroke-width=\"1.5\"/>".to_owned(),
            _ => "<circle r=\"6.75\" stroke-width=\"1.5\" stroke-dasharray=\"1.5 2\"/>".to_owned(),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(svg, "<g transform=\"translate({x} {y})\">{mark}</g>");
    }
    svg + "</svg>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_has_a_mark_inside_the_picture() {
        let all = ["holds", "partly", "does-not-hold", "not-yet"].repeat(22);
        let svg = draw(&all, "#000", "#fff");
        assert_eq!(svg.matches("<g ").count(), 88);
        let lowest = svg.rsplit_once("translate(").map(|(_, rest)| rest);
        let y = lowest.and_then(|rest| rest.split([' ', ')']).nth(1));
        let y: u32 = y.and_then(|y| y.parse().ok()).unwrap_or(u32::MAX);
        assert!(y + 8 <= SIZE.1, "{y}");
    }
}
