//! What the gate decides: mu^2 against sigma^2 / (b - 1), parameter by
//! parameter, with the line on which they are equal.

use super::run::Run;
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Place, Role, Sample, Shape, Side, Span,
};
use crate::exhibit::{Probe, moved, text};

/// Cells of the picture across and down, and the decades that it spans.
const CELLS: [usize; 2] = [44, 32];
const DECADES: f64 = 10.0;

/// Parameters by cell of the picture.
struct Cells {
    /// Decade at which both axes end. Whole, so that the picture does not breathe.
    top: f64,
    /// How many parameters are in each cell, column by column: those that stay
    /// closed, and those that open.
    counts: [Vec<u32>; 2],
}

impl Cells {
    fn of(pairs: &[[f64; 2]]) -> Self {
        let largest = pairs.iter().flatten();
        let largest = largest.fold(f64::MIN_POSITIVE, |top, v| top.max(*v));
        let top = libm::ceil(libm::log10(largest)).clamp(-250.0, 300.0);
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

    /// Noise and signal in the middle of a cell.
    fn middle(&self, cell: usize) -> [f64; 2] {
        let at = [cell / CELLS[1], cell % CELLS[1]];
        std::array::from_fn(|i| self.value((at[i] as f64 + 0.5) / CELLS[i] as f64))
    }
}

/// The cell that a person looks at next, of those that hold a parameter.
pub fn looking(run: &mut Run, probe: Probe, from: Option<usize>) -> Option<usize> {
    let cells = Cells::of(&pairs(run));
    let held: Vec<usize> = (0..CELLS[0] * CELLS[1])
        .filter(|cell| cells.count(*cell) > 0)
        .collect();
    let last = held.len().checked_sub(1)?;
    match probe {
        Probe::At(at) => {
            let distance = |cell: &usize| {
                let middle = cells.middle(*cell);
                let [dx, dy] = std::array::from_fn(|i| libm::log10(middle[i] / at[i]));
                dx * dx + dy * dy
            };
            let held = held.into_iter();
            held.min_by(|a, b| distance(a).total_cmp(&distance(b)))
        }
        Probe::Move(by) => {
            let here = from.map_or(0, |from| held.partition_point(|cell| *cell < from));
            Some(held[moved(here, if from.is_some() { by } else { 0 }, last)])
        }
        Probe::Clear => None,
    }
}

/// Signal and noise of every parameter of the arm looked into, at the batch
/// of its last step.
pub fn boundary(run: &mut Run, looking: Option<usize>) -> Chart {
    let label = run.setup.label(run.setup.look);
    let pairs = pairs(run);
    let open = pairs
        .iter()
        .filter(|[noise, signal]| signal > noise)
        .count();
    let still = pairs.iter().filter(|[_, signal]| *signal == 0.0).count();
    let share = open as f64 / pairs.len() as f64;
    let cells = Cells::of(&pairs);
    let counts = &cells.counts;
    let (low, high) = (cells.value(0.0), cells.value(1.0));
    let edges = |count: usize| -> Vec<f64> {
        (0..=count)
            .map(|i| cells.value(i as f64 / count as f64))
            .collect()
    };
    let most = counts.iter().flatten().max().copied().unwrap_or(0).max(1);
    let shades = |counts: &[u32]| -> Vec<f64> {
        counts
            .iter()
            .map(|&count| match count {
                0 => f64::NAN,
                _ => {
                    let full = libm::log1p(f64::from(most));
                    0.25 + 0.75 * libm::log1p(f64::from(count)) / full
                }
            })
            .collect()
    };
    let heat = |counts: &[u32], role| Mark::Heat {
        x: edges(CELLS[0]),
        y: edges(CELLS[1]),
        shades: shades(counts),
        role,
    };
    let mut marks = Vec::new();
    if !pairs.is_empty() {
        marks.push(heat(&counts[0], Role::Noise));
        marks.push(heat(&counts[1], Role::Signal));
    }
    marks.push(Mark::dashed(
        vec![[low, low], [high, high]],
        Role::Ink,
        Dash::Theory,
    ));
    let mut reading = match pairs.is_empty() {
        true => vec![Span::plain(format!("{label}: no step yet"))],
        false => vec![
            Span::plain(format!("{label}: above the line ")),
            Span::strong(text::percent(share)).in_role(Role::Signal),
        ],
    };
    if let Some(cell) = looking.filter(|_| !pairs.is_empty()) {
        let ([noise, signal], count) = (cells.middle(cell), cells.count(cell));
        marks.push(Mark::Points {
            points: vec![[noise, signal]],
            shape: Shape::Ring,
            role: Role::Ink,
        });
        reading = vec![Span::plain(format!(
            "\u{3bc}\u{b2} {}\u{2002}\u{3c3}\u{b2}/(b \u{2212} 1) {}\u{2002}{} parameter{}",
            text::significant(signal),
            text::significant(noise),
            text::count(u64::from(count)),
            if count == 1 { "" } else { "s" },
        ))];
    }
    let key = |text: &str, role, sample| {
        Label::new(
            text,
            role,
            Place::Key {
                side: Side::Left,
                sample,
            },
        )
    };
    Chart {
        view: "boundary",
        title: vec![
            Span::symbol("\u{3bc}"),
            Span::plain("\u{b2} against "),
            Span::symbol("\u{3c3}"),
            Span::plain("\u{b2}/("),
            Span::symbol("b"),
            Span::plain(" \u{2212} 1) of every parameter"),
        ],
        reading,
        x: Axis::log(low, high),
        y: Axis::log(low, high),
        marks,
        labels: vec![
            key("opens", Role::Signal, Sample::Patch { role: Role::Signal }),
            key(
                "stays closed",
                Role::Noise,
                Sample::Patch { role: Role::Noise },
            ),
        ],
        description: format!(
            "Signal against noise of the gradient at the last step of {label}: {open} of {} \
             parameters lie above the line on which both are equal; {still} have no gradient at all \
             and stand at the lower left.",
            pairs.len()
        ),
        columns: vec![
            Column::new("noise", pairs.iter().map(|pair| pair[0])),
            Column::new("signal", pairs.iter().map(|pair| pair[1])),
        ],
    }
}

/// sigma_k^2 / (b - 1) and mu_k^2.
fn pairs(run: &mut Run) -> Vec<[f64; 2]> {
    if run.heat.step == 0 {
        return Vec::new();
    }
    let trainer = &mut run.heat.contestants[run.setup.look].trainer;
    if trainer.consider().is_err() {
        return Vec::new();
    }
    let moments = trainer.moments();
    let b = moments.batch as f64;
    (0..moments.mean.len())
        .map(|k| {
            [
                moments.variance(k) / (b - 1.0),
                moments.mean[k] * moments.mean[k],
            ]
        })
        .collect()
}
