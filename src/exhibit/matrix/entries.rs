//! The matrix itself: what is seen of it, the product, the truth.

use super::Looking;
use super::knobs::SIZE;
use super::run::Run;
use crate::chart::{Axis, Chart, Column, Dash, Mark, Role, Scale, Span};
use crate::exhibit::words;

/// From one picture of the matrix to the next, in columns of the matrix.
const STRIDE: usize = SIZE + 2;

/// Share of the largest true entry that is drawn as full ink: few entries are
/// as large, and the others would all look alike.
const FULL: f64 = 0.55;

/// The entry at a place in the view, column by column.
pub fn entry_at([x, y]: [f64; 2]) -> usize {
    let within = |v: f64| (v.max(0.0) as usize).min(SIZE - 1);
    let picture = (x.max(0.0) / STRIDE as f64) as usize;
    let column = within(x - (picture.min(2) * STRIDE) as f64);
    column * SIZE + within(y)
}

pub fn entries(run: &mut Run, probe: Option<Looking>) -> Chart {
    run.observe();
    let problem = &run.problem;
    let (truth, product, seen) = (&problem.truth, &run.product, &problem.seen);
    let full = FULL * truth.amax();
    let picture = |at: usize, shades: Vec<f64>, role: Role| Mark::Heat {
        x: (0..=SIZE).map(|i| (at * STRIDE + i) as f64).collect(),
        y: (0..=SIZE).map(|i| i as f64).collect(),
        shades,
        role,
    };
    // 0 is half way between ground and ink: signs tell apart.
    let shade = |v: &f64| (0.5 + 0.5 * v / full).clamp(0.0, 1.0);
    let known = truth.iter().zip(seen);
    let shown = known.map(|(m, seen)| if *seen { shade(m) } else { f64::NAN });
    let holes = seen.iter().map(|seen| if *seen { f64::NAN } else { 1.0 });
    let mut marks = vec![
        picture(0, holes.collect(), Role::TestTint),
        picture(0, shown.collect(), Role::Ink),
        picture(1, product.iter().map(shade).collect(), Role::Ink),
        picture(2, truth.iter().map(shade).collect(), Role::Ink),
    ];
    let mut reading = vec![
        Span::plain("error on the unseen "),
        Span::strong(words::error(run.now.unseen_error)).in_role(Role::Test),
    ];
    if let Some(Looking::Entry(entry)) = probe {
        let (column, row) = (entry / SIZE, entry % SIZE);
        for at in 0..3 {
            let (x, y) = ((at * STRIDE + column) as f64, row as f64);
            marks.push(Mark::Line {
                points: vec![
                    [x, y],
                    [x + 1.0, y],
                    [x + 1.0, y + 1.0],
                    [x, y + 1.0],
                    [x, y],
                ],
                role: Role::Test,
                width: 2.0,
                dash: Dash::Solid,
                halo: true,
            });
        }
        reading = vec![Span::plain(format!(
            "row {}, column {}, {}\u{2002}product {}\u{2002}true {}",
            row + 1,
            column + 1,
            if seen[entry] { "seen" } else { "unseen" },
            words::fixed(product[entry], 2),
            words::fixed(truth[entry], 2)
        ))];
    }
    let middles = [0, 1, 2].map(|at| (at * STRIDE) as f64 + SIZE as f64 / 2.0);
    let count = problem.seen_count();
    let width = (2 * STRIDE + SIZE) as f64;
    let x = Axis::linear_with(0.0, width, &middles, |middle| {
        match (middle / STRIDE as f64) as usize {
            0 => format!("{count} entries seen"),
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
    Chart {
        view: "matrix",
        title: vec![
            Span::strong("Matrix"),
            Span::plain(" light below 0, dark above, "),
            Span::plain("green").in_role(Role::Test),
            Span::plain(" unseen"),
        ],
        reading,
        x,
        y,
        marks,
        labels: Vec::new(),
        description: format!(
            "Matrix: {count} of {} entries are seen. Over the others the product's squared error \
             is {} of their energy; answering 0 has 1.",
            SIZE * SIZE,
            words::error(run.now.unseen_error)
        ),
        columns: vec![
            Column::new("row", (0..SIZE * SIZE).map(|k| (k % SIZE + 1) as f64)),
            Column::new("column", (0..SIZE * SIZE).map(|k| (k / SIZE + 1) as f64)),
            Column::new("seen", seen.iter().map(|seen| f64::from(u8::from(*seen)))),
            Column::new("product", product.iter().copied()),
            Column::new("true", truth.iter().copied()),
        ],
    }
}
