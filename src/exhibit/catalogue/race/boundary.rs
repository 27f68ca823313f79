//! What the gate decides: mu^2 against sigma^2 / (b - 1), parameter by
//! parameter, with the line on which they are equal.

use super::model::Race;
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Sample, Shape, Side, Span};
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};

/// Cells of the picture across and down, and the decades that it spans.
const CELLS: [usize; 2] = [44, 32];
const DECADES: f64 = 10.0;

/// Parameters by cell of the picture.
struct Cells {
    /// Decade at which both axes end. Even, so that the picture does not breathe.
    top: f64,
    /// How many parameters are in each cell, column by column: those that stay
    /// closed, and those that open.
    counts: [Vec<u32>; 2],
}

impl Cells {
    fn of(pairs: &[[f64; 2]]) -> Self {
        let largest = pairs.iter().flatten().copied().fold(0.0, f64::max);
        // Before a step there is nothing to go by.
        let largest = if largest > 0.0 { largest } else { 1.0 };
        let top = 2.0 * libm::ceil(libm::log10(largest) / 2.0).clamp(-125.0, 150.0);
        let mut counts = [
            vec![0_u32; CELLS[0] * CELLS[1]],
            vec![0_u32; CELLS[0] * CELLS[1]],
        ];
        let low = libm::pow(10.0, top - DECADES);
        for [noise, signal] in pairs {
            let cell = |value: f64, count: usize| {
                let unit = (libm::log10(value.max(low)) - top + DECADES) / DECADES;
                ((unit * count as f64) as usize).min(count - 1)
            };
            let (column, row) = (cell(*noise, CELLS[0]), cell(*signal, CELLS[1]));
            counts[usize::from(signal > noise)][column * CELLS[1] + row] += 1;
        }
        Self { top, counts }
    }

    /// A share of an axis as a value on it.
    fn value(&self, share: f64) -> f64 {
        libm::pow(10.0, self.top - DECADES + DECADES * share)
    }

    fn count(&self, cell: usize) -> u32 {
        self.counts[0][cell] + self.counts[1][cell]
    }

    /// The cells of one kind (0 closed, 1 open), darker the more parameters they hold.
    fn heat(&self, kind: usize, role: Role) -> Mark {
        let edges = |count: usize| -> Vec<f64> {
            (0..=count)
                .map(|i| self.value(i as f64 / count as f64))
                .collect()
        };
        let most = self.counts.iter().flatten().max().copied().unwrap_or(0);
        let full = libm::log1p(f64::from(most.max(1)));
        let shade = |&count: &u32| match count {
            0 => f64::NAN,
            _ => 0.25 + 0.75 * libm::log1p(f64::from(count)) / full,
        };
        Mark::Heat {
            x: edges(CELLS[0]),
            y: edges(CELLS[1]),
            shades: self.counts[kind].iter().map(shade).collect(),
            role,
        }
    }

    /// Noise and signal in the middle of a cell.
    fn middle(&self, cell: usize) -> [f64; 2] {
        let at = [cell / CELLS[1], cell % CELLS[1]];
        std::array::from_fn(|i| self.value((at[i] as f64 + 0.5) / CELLS[i] as f64))
    }
}

/// sigma_k^2 / (b - 1) and mu_k^2 of the arm inspected, at the batch of its last step; none
/// before a step, and for a batch of one.
fn pairs(state: &State<'_, Race>) -> Vec<[f64; 2]> {
    if state.place.trial_step == 0 {
        return Vec::new();
    }
    let moments = state.model.arms[state.setup.inspected].moments();
    if moments.batch < 2 {
        return Vec::new();
    }
    let b = moments.batch as f64;
    let means = moments.mean.iter().enumerate();
    means
        .map(|(k, mean)| [moments.variance(k) / (b - 1.0), mean * mean])
        .collect()
}

/// Where a probe leads among the cells that hold a parameter.
pub fn lead(state: &State<'_, Race>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let cells = Cells::of(&pairs(state));
    let held: Vec<usize> = (0..CELLS[0] * CELLS[1])
        .filter(|cell| cells.count(*cell) > 0)
        .collect();
    let places = Places {
        count: held.len(),
        first: 0,
        stride: 1,
        nearest: |at: [f64; 2]| {
            let distance = |cell: usize| {
                let middle = cells.middle(cell);
                let [dx, dy] = [0, 1].map(|i| libm::log10(middle[i] / at[i]));
                dx * dx + dy * dy
            };
            let places = 0..held.len();
            let nearest = places.min_by(|a, b| distance(held[*a]).total_cmp(&distance(held[*b])));
            nearest.unwrap_or(0)
        },
    };
    let from = from.map(|from| held.partition_point(|cell| (*cell as f64) < from));
    let at = places.lead(probe, from)?;
    Some(held[at as usize] as f64)
}

/// Signal and noise of every parameter of the arm inspected.
pub fn boundary(state: &State<'_, Race>) -> Chart {
    let label = state.setup.label(state.setup.inspected);
    let pairs = pairs(state);
    let above = |[noise, signal]: &&[f64; 2]| signal > noise;
    let open = pairs.iter().filter(above).count();
    let still = pairs.iter().filter(|[_, signal]| *signal == 0.0).count();
    let share = open as f64 / pairs.len() as f64;
    let cells = Cells::of(&pairs);
    let (low, high) = (cells.value(0.0), cells.value(1.0));
    let title = "`\u{3bc}`\u{b2} against `\u{3c3}`\u{b2}/(`b` \u{2212} 1) of every parameter";
    let axis = Axis::log(low, high);
    let mut chart = Chart::new("boundary", title, axis.clone(), axis);
    chart.reading = vec![Span::plain(format!("{label}: no step yet"))];
    if !pairs.is_empty() {
        chart.marks.push(cells.heat(0, Role::Ink3));
        chart.marks.push(cells.heat(1, Role::Ink));
        let reading = format!("{label}: above the line **{}**", text::percent(share));
        chart.reading = Span::marked(&reading);
    }
    let line = vec![[low, low], [high, high]];
    chart
        .marks
        .push(Mark::dashed(line, Role::Ink, Dash::Theory));
    if let Some(cell) = state.index("cell").filter(|_| !pairs.is_empty()) {
        let ([noise, signal], count) = (cells.middle(cell), cells.count(cell));
        let ring = Mark::point([noise, signal], Shape::Ring, Role::Ink);
        chart.marks.push(ring);
        chart.reading = vec![Span::plain(format!(
            "\u{3bc}\u{b2} {}\u{2002}\u{3c3}\u{b2}/(b \u{2212} 1) {}\u{2002}{} parameter{}",
            text::significant(signal),
            text::significant(noise),
            text::count(u64::from(count)),
            if count == 1 { "" } else { "s" },
        ))];
    }
    let key = |text: &str, role| Label::key(text, Side::Left, Role::Ink2, Sample::Patch { role });
    chart.labels = vec![key("opens", Role::Ink), key("stays closed", Role::Ink3)];
    chart.description = format!(
        "Signal against noise of the gradient at the last step of {label}: {open} of {} \
         parameters lie above the line on which both are equal; {still} have no gradient at all \
         and stand at the lower left.",
        pairs.len()
    );
    chart.column("noise", pairs.iter().map(|pair| pair[0]));
    chart.column("signal", pairs.iter().map(|pair| pair[1]));
    chart
}
