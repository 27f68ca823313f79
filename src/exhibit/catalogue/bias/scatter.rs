//! Half-time of every direction against its eigenvalue.

use super::half_times::{HalfTimes, order};
use super::knobs::Data;
use super::model::{INTEGRATION_STEPS, Network, STEP_LIMIT};
use crate::chart::{Axis, Chart, Column, Dash, Label, Mark, Role, Shape, Side, Span};
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::exhibit::{Probe, text};

/// Where directions stand that have no half-time: above the last step, below a
/// line of words.
const NEVER: f64 = 2.5 * STEP_LIMIT as f64;

/// Directions with their eigenvalues and half-times, of K(0) or of W.
pub struct Directions {
    /// Descending.
    eigenvalues: Vec<f64>,
    /// The same as eigenvalues of a constant kernel.
    rates: Vec<f64>,
    half_times: HalfTimes,
}

impl Directions {
    /// Of K(0).
    pub fn fixed(model: &Network) -> Self {
        Self {
            eigenvalues: model.fixed.values.as_slice().to_vec(),
            rates: model.fixed.values.as_slice().to_vec(),
            half_times: model.fixed_half_times.clone(),
        }
    }

    /// Of W_S(0, t); empty at step 0.
    pub fn integrated(model: &Network) -> Self {
        let Some(integrated) = model.integrated() else {
            return Self {
                eigenvalues: Vec::new(),
                rates: Vec::new(),
                half_times: HalfTimes::new(&[]),
            };
        };
        Self {
            eigenvalues: integrated.modes.eigenvalues().collect(),
            rates: integrated.modes.as_constant(model.rate()),
            half_times: integrated.half_times.clone(),
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
            time.is_none_or(|t| t > INTEGRATION_STEPS)
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

/// Where a move of the cursor leads among directions: to the nearest on the log axis.
fn lead(directions: &Directions, probe: Probe, from: Option<f64>) -> Option<f64> {
    let rates = &directions.rates;
    let far = |rate: f64, x: f64| libm::fabs(libm::log(rate.max(f64::MIN_POSITIVE) / x));
    let places = Places {
        count: rates.len(),
        first: 0,
        stride: 1,
        nearest: |[x, _]: [f64; 2]| {
            let all = 0..rates.len();
            let nearest = all.min_by(|&a, &b| far(rates[a], x).total_cmp(&far(rates[b], x)));
            nearest.unwrap_or(0)
        },
    };
    places.lead(probe, from.map(|at| at as usize))
}

/// Where a move of the cursor leads in the view of K(0).
pub fn lead_fixed(state: &State<'_, Network>, probe: Probe, from: Option<f64>) -> Option<f64> {
    lead(&Directions::fixed(state.model), probe, from)
}

/// Where a move of the cursor leads in the view of W.
pub fn lead_integrated(state: &State<'_, Network>, probe: Probe, from: Option<f64>) -> Option<f64> {
    lead(&Directions::integrated(state.model), probe, from)
}

/// The eigenvalues that both views show: those of K(0), down to a millionth of
/// the largest.
fn axis(model: &Network) -> (f64, f64) {
    let largest = model.fixed.largest();
    let smallest = model.fixed.values.iter().copied().fold(largest, f64::min);
    (0.4 * smallest.max(1e-6 * largest), 1.3 * largest)
}

/// log(1/2) / log|1 - rate lambda|: the half-time if the kernel were constant.
fn theory(model: &Network) -> Vec<[f64; 2]> {
    let (low, high) = axis(model);
    let ratio = libm::log(high / low);
    (0..=120)
        .map(|k| low * libm::exp(ratio * f64::from(k) / 120.0))
        .map(|lambda| {
            let left = (1.0 - model.rate() * lambda).abs();
            let half = -std::f64::consts::LN_2 / libm::log(left);
            // Nothing is halved before the first step, nor where it grows.
            let shown = left < 1.0 && half < STEP_LIMIT as f64;
            [lambda, if shown { half.max(1.0) } else { f64::NAN }]
        })
        .collect()
}

fn title(symbol: &str, rest: String) -> Vec<Span> {
    let mut title = Span::marked("**Half-times** in steps, by eigenvalue of ");
    title.extend([Span::symbol(symbol), Span::plain(rest)]);
    title
}

/// Half-times against the eigenvalues of K(0).
pub fn fixed_order(state: &State<'_, Network>) -> Chart {
    let directions = Directions::fixed(state.model);
    let mut chart = scatter(state, &directions, "fixed-order", "the kernel at the start");
    chart.title = title("K", "(0)".into());
    chart
}

/// Half-times against the eigenvalues of W_S(0, t).
pub fn integrated_order(state: &State<'_, Network>) -> Chart {
    let directions = Directions::integrated(state.model);
    let mut chart = scatter(
        state,
        &directions,
        "integrated-order",
        "the integrated kernel",
    );
    chart.title = title(
        "W",
        format!("(0, {}), as a rate", state.model.integrated_steps()),
    );
    let window = Mark::across(INTEGRATION_STEPS as f64, Role::Ink3, Dash::Dotted);
    // Under the present step and the points.
    chart.marks.insert(2, window);
    let label = format!("W ends at {INTEGRATION_STEPS}");
    chart.labels.push(Label::above_rule(
        label,
        Role::Ink3,
        INTEGRATION_STEPS as f64,
    ));
    chart
}

fn scatter(
    state: &State<'_, Network>,
    directions: &Directions,
    view: &'static str,
    kernel: &str,
) -> Chart {
    let (low, high) = axis(state.model);
    let (n, step) = (state.model.problem.labels.len(), state.place.step);
    let lasting = directions.half_times.lasting();
    let place = |i: usize| -> [f64; 2] {
        let time = lasting[i].map_or(NEVER, |t| t as f64);
        [directions.rates[i], time]
    };
    let (halved, never): (Vec<usize>, Vec<usize>) =
        (0..directions.rates.len()).partition(|&i| lasting[i].is_some());
    let places = |which: &[usize]| which.iter().map(|&i| place(i)).collect();
    let mut y = Axis::log(0.6, 20.0 * STEP_LIMIT as f64);
    y.ticks.retain(|tick| tick.at <= STEP_LIMIT as f64);
    let x = Axis::log(low, high).first("\u{3bb} = ");
    let mut chart = Chart::new(view, "", x, y);
    chart.marks = vec![
        Mark::dashed(theory(state.model), Role::Ink2, Dash::Theory),
        Mark::across(NEVER, Role::Ink3, Dash::Dotted),
    ];
    let label = format!("not halved, {}", n - directions.halved());
    let mut never_label = Label::above_rule(label, Role::Noise, NEVER);
    never_label.strong = true;
    let theory_label = "if the kernel were constant";
    chart.labels = vec![
        never_label,
        Label::line_key(theory_label, Side::Left, Role::Ink2, Dash::Theory),
    ];
    if step > 0 {
        let (at, label) = (step as f64, format!("step {}", text::count(step)));
        chart.marks.push(Mark::across(at, Role::Ink3, Dash::Solid));
        chart.labels.push(Label::above_rule(label, Role::Ink3, at));
    }
    chart
        .marks
        .push(Mark::points(places(&never), Shape::Ring, Role::Noise));
    chart
        .marks
        .push(Mark::points(places(&halved), Shape::Disc, Role::Signal));
    let order = text::fixed(directions.order(), 2);
    chart.reading = Span::marked(&format!("rank correlation **{order}**"));
    let cursor = state.index("direction");
    if let Some(i) = cursor.filter(|&i| i < directions.rates.len()) {
        chart.marks.push(Mark::cursor(place(i)[0]));
        let half = lasting[i].map_or("not halved".to_owned(), |t| {
            format!("halved at step {}", text::count(t))
        });
        chart.reading = vec![Span::plain(format!(
            "direction {} of {n}\u{2002}eigenvalue {}\u{2002}{half}",
            i + 1,
            text::significant(directions.eigenvalues[i])
        ))];
    }
    let dimension = match state.setup.data {
        Data::Teacher => "10 dimensions",
        Data::Line => "one dimension",
    };
    chart.description = format!(
        "Half-times of the {n} directions of {kernel}, on data in {dimension}: {} have lost \
         half of their error. Rank correlation of eigenvalue, largest first, and half-time: {order}.",
        directions.halved()
    );
    let count = directions.rates.len();
    chart.columns = vec![
        Column::new("direction", (1..=count).map(|i| i as f64)),
        Column::new("eigenvalue", directions.eigenvalues.iter().copied()),
        Column::new("as-rate", directions.rates.iter().copied()),
        Column::new("half-time", times(lasting)),
        Column::new("first-crossing", times(directions.half_times.first())),
    ];
    chart
}

fn times(times: &[Option<u64>]) -> impl Iterator<Item = f64> + '_ {
    times.iter().map(|t| t.map_or(f64::NAN, |t| t as f64))
}
