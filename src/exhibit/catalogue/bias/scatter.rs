//! Half-time of every direction against its eigenvalue.

use super::half_times::{HalfTimes, order};
use super::run::{Run, STEP_LIMIT, WINDOW};
use super::{Looking, knobs::Data};
use crate::chart::{
    Axis, Chart, Column, Dash, Label, Mark, Orientation, Place, Role, Sample, Shape, Side, Span,
};
use crate::exhibit::text;

/// Where directions stand that have no half-time: above the last step, below a
/// line of words.
const NEVER: f64 = 2.5 * STEP_LIMIT as f64;

/// One of the two views: directions with their eigenvalues and half-times.
pub struct Directions {
    view: &'static str,
    title: Vec<Span>,
    /// Of K(0) or of W, descending.
    eigenvalues: Vec<f64>,
    /// The same as eigenvalues of a kernel that stands still.
    pub rates: Vec<f64>,
    pub half_times: HalfTimes,
}

impl Directions {
    /// Of K(0).
    pub fn fixed(run: &Run) -> Self {
        Self {
            view: "fixed-order",
            title: vec![
                Span::strong("Half-times"),
                Span::plain(" in steps, by eigenvalue of "),
                Span::symbol("K"),
                Span::plain("(0)"),
            ],
            eigenvalues: run.fixed.values.as_slice().to_vec(),
            rates: run.fixed.values.as_slice().to_vec(),
            half_times: run.fixed_half_times.clone(),
        }
    }

    /// Of W_S(0, t); empty at step 0.
    pub fn integrated(run: &mut Run) -> Self {
        let (rate, window) = (run.rate(), run.window());
        let (eigenvalues, rates, half_times) = match run.integrated() {
            Some(known) => (
                known.modes.eigenvalues().collect(),
                known.modes.standing(rate),
                known.half_times.clone(),
            ),
            None => (Vec::new(), Vec::new(), HalfTimes::new(&[])),
        };
        Self {
            view: "integrated-order",
            title: vec![
                Span::strong("Half-times"),
                Span::plain(" in steps, by eigenvalue of "),
                Span::symbol("W"),
                Span::plain(format!("(0, {window}), as a rate")),
            ],
            eigenvalues,
            rates,
            half_times,
        }
    }

    /// How many have a half-time.
    pub fn halved(&self) -> usize {
        self.half_times.lasting().iter().flatten().count()
    }

    /// Rank correlation of eigenvalue, largest first, and half-time.
    pub fn order(&self) -> f64 {
        order(&self.rates, self.half_times.lasting())
    }

    /// The same with first crossings, among those that ever crossed, and their
    /// number.
    pub fn order_first(&self) -> (f64, usize) {
        self.order_among(self.half_times.first(), |time| time.is_some())
    }

    /// The same among the directions that are not halved within the window,
    /// and their number: what W could not have read off the run.
    pub fn order_beyond(&self) -> (f64, usize) {
        self.order_among(self.half_times.lasting(), |time| {
            time.is_none_or(|t| t > WINDOW)
        })
    }

    fn order_among(
        &self,
        times: &[Option<u64>],
        counts: impl Fn(Option<u64>) -> bool,
    ) -> (f64, usize) {
        let pairs = self.rates.iter().zip(times);
        let (rates, times): (Vec<f64>, Vec<Option<u64>>) =
            pairs.filter(|(_, time)| counts(**time)).unzip();
        (order(&rates, &times), rates.len())
    }
}

/// The eigenvalues that both views show: those of K(0), down to a millionth of
/// the largest.
fn axis(run: &Run) -> (f64, f64) {
    let largest = run.fixed.largest();
    let smallest = run.fixed.values.iter().copied().fold(largest, f64::min);
    (0.4 * smallest.max(1e-6 * largest), 1.3 * largest)
}

/// log(1/2) / log|1 - rate lambda|: the half-time if the kernel stood still.
fn theory(run: &Run) -> Vec<[f64; 2]> {
    let (low, high) = axis(run);
    let ratio = libm::log(high / low);
    (0..=120)
        .map(|k| low * libm::exp(ratio * f64::from(k) / 120.0))
        .map(|lambda| {
            let left = (1.0 - run.rate() * lambda).abs();
            let half = -std::f64::consts::LN_2 / libm::log(left);
            // Nothing is halved before the first step, nor where it grows.
            let shown = left < 1.0 && half < STEP_LIMIT as f64;
            [lambda, if shown { half.max(1.0) } else { f64::NAN }]
        })
        .collect()
}

pub fn scatter(run: &Run, directions: &Directions, probe: Option<Looking>) -> Chart {
    let (low, high) = axis(run);
    let n = run.problem.labels.len();
    let lasting = directions.half_times.lasting();
    // A direction beyond the axis stands at its end.
    let place = |i: usize| -> [f64; 2] {
        let time = lasting[i].map_or(NEVER, |t| t as f64);
        [directions.rates[i].clamp(low, high), time]
    };
    let (halved, never): (Vec<usize>, Vec<usize>) =
        (0..directions.rates.len()).partition(|&i| lasting[i].is_some());
    let mut marks = vec![Mark::dashed(theory(run), Role::Ink2, Dash::Theory)];
    let across = |at: f64, role: Role, dash: Dash| Mark::Rule {
        orientation: Orientation::Horizontal,
        at,
        role,
        dash,
    };
    marks.push(across(NEVER, Role::Ink3, Dash::Dotted));
    if directions.view == "integrated-order" {
        marks.push(across(WINDOW as f64, Role::Ink3, Dash::Dotted));
    }
    if run.step > 0 {
        marks.push(across(run.step as f64, Role::Ink3, Dash::Solid));
    }
    marks.push(Mark::Points {
        points: never.iter().map(|&i| place(i)).collect(),
        shape: Shape::Ring,
        role: Role::Noise,
    });
    marks.push(Mark::Points {
        points: halved.iter().map(|&i| place(i)).collect(),
        shape: Shape::Disc,
        role: Role::Signal,
    });
    let mut labels = vec![
        Label::strong(
            format!("not halved, {}", n - directions.halved()),
            Role::Noise,
            Place::OnRule {
                at: NEVER,
                side: Side::Above,
            },
        ),
        Label::new(
            "if the kernel stood still",
            Role::Ink2,
            Place::Key {
                side: Side::Left,
                sample: Sample::Line {
                    role: Role::Ink2,
                    dash: Dash::Theory,
                },
            },
        ),
    ];
    if run.step > 0 {
        labels.push(Label::new(
            format!("step {}", text::count(run.step)),
            Role::Ink3,
            Place::OnRule {
                at: run.step as f64,
                side: Side::Above,
            },
        ));
    }
    if directions.view == "integrated-order" {
        labels.push(Label::new(
            format!("W ends at {WINDOW}"),
            Role::Ink3,
            Place::OnRule {
                at: WINDOW as f64,
                side: Side::Above,
            },
        ));
    }
    let order = directions.order();
    let mut reading = vec![
        Span::plain("rank correlation "),
        Span::strong(text::fixed(order, 2)),
    ];
    if let Some(Looking::Direction(i)) = probe
        && i < directions.rates.len()
    {
        let at = place(i);
        marks.push(Mark::Rule {
            orientation: Orientation::Vertical,
            at: at[0],
            role: Role::Ink,
            dash: Dash::Solid,
        });
        let half = lasting[i].map_or("not halved".to_owned(), |t| {
            format!("halved at step {}", text::count(t))
        });
        reading = vec![Span::plain(format!(
            "direction {} of {n}\u{2002}eigenvalue {}\u{2002}{half}",
            i + 1,
            text::significant(directions.eigenvalues[i])
        ))];
    }
    let kernel = match directions.view {
        "fixed-order" => "the kernel at the start",
        _ => "the integrated kernel",
    };
    let dimension = match run.setup.data {
        Data::Teacher => "10 dimensions",
        Data::Line => "one dimension",
    };
    let mut y = Axis::log(0.6, 20.0 * STEP_LIMIT as f64);
    y.ticks.retain(|tick| tick.at <= STEP_LIMIT as f64);
    Chart {
        view: directions.view,
        title: directions.title.clone(),
        reading,
        x: Axis::log(low, high).first("\u{3bb} = "),
        y,
        marks,
        labels,
        description: format!(
            "Half-times of the {n} directions of {kernel}, on data in {dimension}: {} have lost \
             half of their error. Rank correlation of eigenvalue, largest first, and half-time: {}.",
            directions.halved(),
            text::fixed(order, 2)
        ),
        columns: vec![
            Column::new("direction", (1..=directions.rates.len()).map(|i| i as f64)),
            Column::new("eigenvalue", directions.eigenvalues.iter().copied()),
            Column::new("as-rate", directions.rates.iter().copied()),
            Column::new("half-time", times(lasting)),
            Column::new("first-crossing", times(directions.half_times.first())),
        ],
    }
}

fn times(times: &[Option<u64>]) -> impl Iterator<Item = f64> + '_ {
    times.iter().map(|t| t.map_or(f64::NAN, |t| t as f64))
}
