//! Everything that a run shows, checked.

use super::sentence::{description, joined, sentence, words};
use ntk_playground::chart::{Axis, Chart, Mark, Palette, Scale, Style, TickLabel, svg};
use ntk_playground::exhibit::{Reading, Session, Status};

/// Sizes of a picture in CSS pixels: a wide page, a phone, hardly any, none.
pub const SIZES: [(f64, f64); 4] = [(570.0, 252.0), (350.0, 218.0), (90.0, 60.0), (0.0, 0.0)];

/// Checks all that can be read but for the views.
///
/// # Errors
/// What is wrong, and where.
pub fn texts(session: &mut Session) -> Result<(), String> {
    let within = |what: &str, found: Result<(), String>| found.map_err(|e| format!("{what}: {e}"));
    within("status", status(&session.status()))?;
    within(
        "status of the first run",
        status(session.exhibit().status()),
    )?;
    let failed = matches!(session.exhibit().status(), Status::Failed(_));
    within("readings", readings(&session.exhibit().readings(), failed))?;
    if let Some(second) = session.comparison_readings() {
        let failed = matches!(session.status(), Status::Failed(_)) || failed;
        // Whether the second run alone has failed, nobody says.
        within("second run", readings(&second, failed))?;
    }
    within("description", description(&session.description()))?;
    let caption = session.exhibit().caption();
    within("caption", words(&caption))?;
    if caption.is_empty() || caption.ends_with('.') {
        return Err(format!("caption: it is no piece of a sentence: {caption}"));
    }
    if let Some(note) = session.link_note() {
        within("note on the link", sentence(&note))?;
    }
    if let Some(comparison) = session.comparison() {
        within("second run", words(&comparison.text()))?;
    }
    if session.pace() == 0 {
        return Err("pace: no step a frame".into());
    }
    for knob in session.kind().knobs {
        let state = session.exhibit().knob_state(knob.name);
        within(knob.name, words(state.text.as_deref().unwrap_or("")))?;
        within(knob.name, state.idle.map_or(Ok(()), |text| sentence(&text)))?;
        if state.limit.is_some_and(|limit| limit.is_nan()) {
            return Err(format!("{}: its limit is no number", knob.name));
        }
    }
    for claim in session.exhibit().claims() {
        let shows = joined(&claim.shows);
        within(claim.name, description(&shows))?;
        within(claim.name, sentence(claim.theory))?;
        within(claim.name, words(&claim.reason))?;
        if claim.reason.trim().is_empty() {
            return Err(format!("{}: a verdict without a reason", claim.name));
        }
        let Some(evidence) = claim.evidence else {
            continue;
        };
        for mark in evidence.values.iter().chain(&evidence.thresholds) {
            within(claim.name, words(&mark.words))?;
            let at_an_end = mark.at == 0.0 || mark.at == 1.0;
            if !(0.0..=1.0).contains(&mark.at) || mark.beyond && !at_an_end {
                return Err(format!("{}: evidence at {}", claim.name, mark.at));
            }
        }
        within(claim.name, words(&evidence.start))?;
        within(claim.name, words(&evidence.end))?;
    }
    Ok(())
}

fn status(status: &Status) -> Result<(), String> {
    match status {
        Status::Ready => Ok(()),
        Status::Finished(reason) | Status::Failed(reason) => sentence(reason),
    }
}

fn readings(readings: &[Reading], failed: bool) -> Result<(), String> {
    for (i, reading) in readings.iter().enumerate() {
        let Reading { name, value, .. } = *reading;
        if readings[..i].iter().any(|other| other.name == name) {
            return Err(format!("{name} stands there twice"));
        }
        let unknown = value.is_nan() && (failed || reading.unknown_if.is_some());
        if !value.is_finite() && !unknown {
            return Err(format!("{name} is {value}"));
        }
    }
    Ok(())
}

/// Checks a view, and draws it.
///
/// # Errors
/// What is wrong, and where.
pub fn chart(chart: &Chart, sizes: &[(f64, f64)]) -> Result<(), String> {
    words(&joined(&chart.title))?;
    words(&joined(&chart.reading))?;
    sentence(&chart.description)?;
    axis("x", &chart.x)?;
    axis("y", &chart.y)?;
    for label in &chart.labels {
        words(&label.text)?;
        if label.text.trim().is_empty() {
            return Err("a label without words".into());
        }
    }
    chart.marks.iter().try_for_each(mark)?;
    for (i, column) in chart.columns.iter().enumerate() {
        let name = &column.name;
        if name.is_empty() || name.contains([',', '\n', '"']) {
            return Err(format!("a column is called {name:?}"));
        }
        if chart.columns[..i].iter().any(|other| other.name == *name) {
            return Err(format!("two columns are called {name}"));
        }
    }
    for (i, size) in sizes.iter().enumerate() {
        let style = match i % 2 {
            0 => Style::page(Palette::LIGHT),
            _ => Style::projector(),
        };
        let drawn = svg(chart, *size, &style).map_err(|error| error.to_string())?;
        if drawn.contains("NaN") || drawn.contains("inf\"") || !drawn.starts_with("<svg ") {
            return Err(format!("at {size:?} the picture is no picture"));
        }
    }
    Ok(())
}

fn axis(name: &str, axis: &Axis) -> Result<(), String> {
    let (min, max) = (axis.scale.min(), axis.scale.max());
    // The first row of a matrix stands on top: its axis runs downwards.
    let ordered = match axis.scale {
        Scale::Linear { .. } => min != max,
        Scale::Log { .. } => 0.0 < min && min < max,
    };
    if !(min.is_finite() && max.is_finite() && ordered) {
        return Err(format!("the axis of {name} is {:?}", axis.scale));
    }
    for tick in &axis.ticks {
        if let TickLabel::Text(text) = &tick.label {
            words(text)?;
        }
    }
    let mut places = axis
        .ticks
        .iter()
        .map(|tick| tick.at)
        .chain(axis.minor.iter().copied());
    match places.find(|at| !at.is_finite()) {
        Some(at) => Err(format!("the axis of {name} has a tick at {at}")),
        None => Ok(()),
    }
}

fn mark(mark: &Mark) -> Result<(), String> {
    let finite = |v: &f64| v.is_finite();
    let sound = match mark {
        Mark::Band { x, a, b, .. } => a.len() == x.len() && b.len() == x.len(),
        Mark::Heat { x, y, shades, .. } => {
            let cells = x.len().saturating_sub(1) * y.len().saturating_sub(1);
            let ascend = |v: &[f64]| v.windows(2).all(|pair| pair[0] < pair[1]);
            // Shades beyond ground and full ink are drawn as these.
            let shade = |v: &f64| v.is_nan() || v.is_finite();
            let edges = x.iter().chain(y).all(finite) && ascend(x) && ascend(y);
            cells == shades.len() && edges && shades.iter().all(shade)
        }
        Mark::Bars { bars } => bars.iter().all(|bar| bar.x.is_finite()),
        Mark::Rule { at, .. } => at.is_finite(),
        Mark::Drop { at, .. } => at.iter().all(finite),
        Mark::Frame { x } => x.is_finite(),
        // A point that is not finite breaks a line, and is not drawn.
        Mark::Line { .. }
        | Mark::BarTheory { .. }
        | Mark::Sticks { .. }
        | Mark::Points { .. }
        | Mark::OpenPoints { .. }
        | Mark::BarLevels { .. } => true,
    };
    match sound {
        true => Ok(()),
        false => {
            let shown: String = format!("{mark:?}").chars().take(300).collect();
            Err(format!("a mark that cannot be drawn: {shown}"))
        }
    }
}
