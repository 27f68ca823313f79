//! Where the words of a drawn chart stand, read from its SVG.

use ntk_playground::chart::{AverageWidths, TextMetrics};

/// Left, top, right, bottom of every text in an SVG of ours, in CSS pixels,
/// halos left out.
pub fn texts(svg: &str) -> Vec<(String, [f64; 4])> {
    let mut out = Vec::new();
    for part in svg.split("<text ").skip(1) {
        let (tag, rest) = part.split_once('>').expect("a closed tag");
        let tag = format!(" {tag}");
        if tag.contains("aria-hidden") {
            continue;
        }
        let text = rest.split("</text>").next().unwrap_or("").trim();
        let text = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&apos;", "'"),
            ("&amp;", "&"),
        ]
        .iter()
        .fold(text.to_owned(), |text, (code, plain)| {
            text.replace(code, plain)
        });
        let value = |name: &str| {
            let found = tag.split(&format!("{name}=\"")).nth(1).expect(name);
            found.split('"').next().expect("a value").to_owned()
        };
        let number = |name: &str| value(name).parse::<f64>().expect("a number") / 4.0;
        let (x, y, size) = (
            number(" x").max(number(" x")),
            number(" y"),
            number("font-size"),
        );
        let width = AverageWidths.width(&text, size, tag.contains("font-weight=\"600\""));
        let left = match value("text-anchor").as_str() {
            "start" => x,
            "middle" => x - width / 2.0,
            _ => x - width,
        };
        // Letters without their ascenders' air.
        out.push((text, [left, y - 0.45 * size, left + width, y + 0.45 * size]));
    }
    out
}
