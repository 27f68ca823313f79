//! What the views have in common: the open window, or a sentence where there is none, and
//! the cursor among directions.

use super::model::Channel;
use super::observation::Diagnostics;
use super::window::Window;
use crate::chart::{Chart, Label, Role, Side, Span};
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};

/// The window and what its operators say now.
#[derive(Clone, Copy)]
pub struct Opened<'a> {
    pub window: &'a Window,
    pub diagnostics: &'a Diagnostics,
    /// Number of directions in the channel.
    pub channel: usize,
}

/// The window, if one is open.
pub fn opened<'a>(state: &State<'a, Channel>) -> Option<Opened<'a>> {
    let diagnostics = state.now.diagnostics.as_deref()?;
    let threshold = state.setup.threshold;
    Some(Opened {
        window: state.model.window.as_ref()?,
        diagnostics,
        channel: diagnostics.spectrum.channel_dimension(threshold),
    })
}

/// A view that has nothing to show, with a sentence in its middle that says why.
pub fn unopened(
    state: &State<'_, Channel>,
    mut chart: Chart,
    name: &str,
    middle: [f64; 2],
) -> Chart {
    let start = text::count(state.setup.window);
    let text = format!("The window begins at step {start}.");
    chart.labels.push(note(text, middle));
    chart.description = format!("{name}: no window is open.");
    chart
}

/// A sentence at a place in the plot.
pub fn note(text: impl Into<String>, at: [f64; 2]) -> Label {
    Label::near(text, Role::Ink2, vec![at], vec![Side::Right])
}

/// Where a probe leads among the directions.
fn among(
    state: &State<'_, Channel>,
    probe: Probe,
    from: Option<f64>,
    nearest: impl FnOnce([f64; 2]) -> usize,
) -> Option<f64> {
    let places = Places {
        count: state.model.base.directions(),
        first: state.setup.mode,
        stride: 1,
        nearest,
    };
    places.lead(probe, from.map(|at| at as usize))
}

/// Where a probe leads in a view whose bars stand for directions.
pub fn lead_bars(state: &State<'_, Channel>, probe: Probe, from: Option<f64>) -> Option<f64> {
    among(state, probe, from, |[x, _]| {
        (x.round() - 1.0).max(0.0) as usize
    })
}

/// Where a probe leads in the view of one direction, which has no places to point at.
pub fn lead_keys(state: &State<'_, Channel>, probe: Probe, from: Option<f64>) -> Option<f64> {
    match probe {
        Probe::At(_) => from,
        _ => among(state, probe, from, |_| 0),
    }
}

/// Where a probe leads among points (dissipated, |G psi_j|^2), by distances on the axes.
pub fn lead_points(state: &State<'_, Channel>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let Probe::At([x, y]) = probe else {
        return among(state, probe, from, |_| 0);
    };
    let diagnostics = state.now.diagnostics.as_deref()?;
    let eigenvalues = diagnostics.spectrum.values.as_slice();
    let values = diagnostics.dissipated.as_deref().unwrap_or(eigenvalues);
    let reached = &diagnostics.reached;
    let away = |j: usize| {
        let dx = libm::log(values[j].max(f64::MIN_POSITIVE) / x);
        let dy = libm::log(reached[j].max(f64::MIN_POSITIVE) / y);
        dx * dx + dy * dy
    };
    let nearest = (0..values.len()).min_by(|&i, &j| away(i).total_cmp(&away(j)));
    nearest.map(|j| j as f64)
}

/// Eigenvalue and effect of the direction at the cursor, for the title row.
pub fn values(diagnostics: &Diagnostics, j: usize) -> Vec<Span> {
    let value = text::significant(diagnostics.spectrum.values[j]);
    let reached = text::significant(diagnostics.reached[j]);
    Span::marked(&format!(
        "`j` = {}\u{2002}`\u{3bb}` = {value}\u{2002}\u{2016}G\u{3c8}\u{2016}\u{b2} = {reached}",
        j + 1
    ))
}

/// Where the axis of eigenvalues begins, the same for a whole window: below
/// what one step makes of the smallest eigenvalue of K(s).
pub fn smallest_shown(state: &State<'_, Channel>) -> f64 {
    let half = 0.5 * state.model.base.points() as f64;
    let window = state.model.window.as_ref();
    let least = window.map_or(0.0, |window| {
        let values = window.kernel.values.iter().copied();
        values.fold(f64::INFINITY, f64::min)
    });
    (0.3 * state.model.step_size(state.setup) * least).clamp(1e-9 * half, 1e-3 * half)
}
