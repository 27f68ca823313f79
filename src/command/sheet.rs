//! All views of an exhibit in one SVG file: titles as text, pictures below.

use ntk_playground::chart::{AverageWidths, Span, Style, TextMetrics, svg as draw};
use ntk_playground::exhibit::Session;

const GAP: f64 = 48.0;
const MARGIN: f64 = 24.0;
const TITLE: f64 = 22.0;

/// Two columns of views, each of `size` CSS pixels.
///
/// # Errors
/// A sentence if a view could not be drawn.
pub fn svg(session: &mut Session, size: (f64, f64), style: &Style) -> Result<String, String> {
    let views = session.kind().views;
    let mut body = String::new();
    for (i, view) in views.iter().enumerate() {
        let Some(chart) = session.chart(view.name) else {
            continue;
        };
        // An odd last view takes the full width.
        let alone = i + 1 == views.len() && i % 2 == 0;
        let width = if alone { 2.0 * size.0 + GAP } else { size.0 };
        let x = MARGIN + (i % 2) as f64 * (size.0 + GAP);
        let y = MARGIN + (i / 2) as f64 * (size.1 + TITLE + 14.0);
        let picture = draw(&chart, (width, size.1), style).map_err(|e| e.to_string())?;
        let baseline = y + 14.0;
        let mut reading = chart.reading;
        let room = width - 14.0 - length(&chart.title);
        // As on the page, what follows gives way.
        while length(&reading) > room && reading.pop().is_some() {}
        body.push_str(&text_element(&chart.title, x, baseline, "start", style));
        body.push_str(&text_element(&reading, x + width, baseline, "end", style));
        body.push_str(&picture.replacen("<svg", &format!("<svg x=\"{x}\" y=\"{}\"", y + TITLE), 1));
        body.push('\n');
    }
    let rows = views.len().div_ceil(2) as f64;
    let width = 2.0 * (MARGIN + size.0) + GAP;
    let height = 2.0 * MARGIN + rows * (size.1 + TITLE + 14.0);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\">\n<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n{body}</svg>\n",
        style.palette.ground
    ))
}

fn length(spans: &[Span]) -> f64 {
    let width = |span: &Span| AverageWidths.width(&span.text, 14.0, span.strong);
    spans.iter().map(width).sum()
}

fn text_element(spans: &[Span], x: f64, y: f64, anchor: &str, style: &Style) -> String {
    let mut out = format!(
        "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"14\" fill=\"{}\" font-family=\"{}\" xml:space=\"preserve\">",
        style.palette.ink,
        escape(&style.font_family)
    );
    for span in spans {
        let color = span
            .role
            .map_or(style.palette.ink, |role| style.palette.of(role));
        out.push_str(&format!(
            "<tspan fill=\"{color}\"{}{}{}>{}</tspan>",
            if span.strong {
                " font-weight=\"600\""
            } else {
                ""
            },
            if span.italic {
                " font-style=\"italic\""
            } else {
                ""
            },
            if span.sub {
                " font-size=\"10\" baseline-shift=\"sub\""
            } else {
                ""
            },
            escape(&span.text)
        ));
    }
    out.push_str("</text>\n");
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
