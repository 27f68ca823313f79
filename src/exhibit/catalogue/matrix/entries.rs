//! The matrix itself: its observed entries, the product, the truth.

use super::knobs::SIZE;
use super::model::Product;
use crate::chart::{Axis, Chart, Dash, Mark, Role, Scale, Span};
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};

/// From one picture of the matrix to the next, in columns of the matrix.
const STRIDE: usize = SIZE + 2;

/// Share of the largest true entry that is drawn as full ink: few entries are
/// as large, and the others would all look alike.
const FULL: f64 = 0.55;

/// The entry at a place in the view, column by column.
fn entry_at([x, y]: [f64; 2]) -> usize {
    let within = |v: f64| (v.max(0.0) as usize).min(SIZE - 1);
    let picture = (x.max(0.0) / STRIDE as f64) as usize;
    let column = within(x - (picture.min(2) * STRIDE) as f64);
    column * SIZE + within(y)
}

/// Where a move of the cursor leads among the entries.
pub fn lead(_: &State<'_, Product>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let places = Places {
        count: SIZE * SIZE,
        first: 0,
        stride: 1,
        nearest: entry_at,
    };
    places.lead(probe, from.map(|at| at as usize))
}

/// The three pictures.
pub fn entries(state: &State<'_, Product>) -> Chart {
    let problem = &state.model.problem;
    let (truth, product, observed) = (&problem.truth, &state.now.product, &problem.observed);
    let full = FULL * truth.amax();
    let picture = |at: usize, shades: Vec<f64>, role: Role| Mark::Heat {
        x: (0..=SIZE).map(|i| (at * STRIDE + i) as f64).collect(),
        y: (0..=SIZE).map(|i| i as f64).collect(),
        shades,
        role,
    };
    // 0 is half way between ground and ink: signs tell apart.
    let shade = |v: &f64| (0.5 + 0.5 * v / full).clamp(0.0, 1.0);
    let known = truth.iter().zip(observed);
    let shown = known.map(|(m, known)| if *known { shade(m) } else { f64::NAN });
    let holes = observed
        .iter()
        .map(|known| if *known { f64::NAN } else { 1.0 });
    let middles = [0, 1, 2].map(|at| (at * STRIDE) as f64 + SIZE as f64 / 2.0);
    let count = problem.observed_count();
    let width = (2 * STRIDE + SIZE) as f64;
    let x = Axis::linear_with(0.0, width, &middles, |middle| {
        match (middle / STRIDE as f64) as usize {
            0 => format!("{count} entries observed"),
            1 => "product".to_owned(),
            _ => "true matrix".to_owned(),
        }
    });
    // Row 1 on top: the axis runs downwards.
    let mut y = Axis::linear(0.0, 1.0, &[]);
    y.scale = Scale::Linear {
        min: SIZE as f64,
        max: 0.0,
    };
    // Not light and dark, which a dark page swaps.
    let title = "**Matrix** strong above 0, faint below; ";
    let mut chart = Chart::new("matrix", title, x, y);
    chart.title.push(Span::plain("green").in_role(Role::Test));
    chart.title.push(Span::plain(" held out"));
    chart.marks = vec![
        picture(0, holes.collect(), Role::TestTint),
        picture(0, shown.collect(), Role::Ink),
        picture(1, product.iter().map(shade).collect(), Role::Ink),
        picture(2, truth.iter().map(shade).collect(), Role::Ink),
    ];
    let error = text::error(state.now.record.held_out_error);
    chart.reading = vec![
        Span::plain("held out "),
        Span::strong(error.as_str()).in_role(Role::Test),
    ];
    if let Some(entry) = state.index("entry") {
        let (column, row) = (entry / SIZE, entry % SIZE);
        for at in 0..3 {
            let (x, y) = ((at * STRIDE + column) as f64, row as f64);
            let [right, below] = [x + 1.0, y + 1.0];
            chart.marks.push(Mark::Line {
                points: vec![[x, y], [right, y], [right, below], [x, below], [x, y]],
                role: Role::Test,
                width: 2.0,
                dash: Dash::Solid,
                halo: true,
            });
        }
        chart.reading = vec![Span::plain(format!(
            "row {}, column {}, {}\u{2002}product {}\u{2002}true {}",
            row + 1,
            column + 1,
            if observed[entry] {
                "observed"
            } else {
                "held out"
            },
            text::fixed(product[entry], 2),
            text::fixed(truth[entry], 2)
        ))];
    }
    chart.description = format!(
        "Matrix: {count} of {} entries are observed. Over the others the product's squared error \
         is {error} of their energy; answering 0 has 1.",
        SIZE * SIZE
    );
    let all = 0..SIZE * SIZE;
    chart
        .column("row", all.clone().map(|k| (k % SIZE + 1) as f64))
        .column("column", all.map(|k| (k / SIZE + 1) as f64))
        .column(
            "observed",
            observed.iter().map(|known| f64::from(u8::from(*known))),
        )
        .column("product", product.iter().copied())
        .column("true", truth.iter().copied());
    chart
}
