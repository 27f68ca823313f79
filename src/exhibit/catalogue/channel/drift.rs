//! Drift and diffusion: what replicas with other batches have in common, and how far they
//! are apart, along signal and noise.

use super::directions::{note, unopened};
use super::knobs::STEP_LIMIT;
use super::model::Channel;
use super::observation::Record;
use super::replicas::{Moved, exponent};
use crate::chart::{Axis, Chart, Dash, Label, Mark, Role, Shape, Side, Span};
use crate::exhibit::claim::Ladder;
use crate::exhibit::runner::State;
use crate::exhibit::series::{Steps, place, steps_axis};
use crate::exhibit::{Claim, Reading, text};

/// Exponents are fitted from this step of the window on,
const FIRST: u64 = 3;
/// until full batches have moved this share of what they move along the signal at all.
const UNTIL: f64 = 0.5;
/// What is drawn, over the length of the signal at the training points.
const RANGE: [f64; 2] = [1e-4, 10.0];
/// "Linearly" and "like a random walk": the exponent within this of 1 and 1/2.
const NEAR: f64 = 0.15;

const NO_BATCHES: &str = "Full batches have no diffusion: choose a batch of 8.";

/// The power of t with which drift and diffusion grow.
pub struct Exponents {
    /// Drift and diffusion along the signal, early in the window.
    pub signal: [f64; 2],
    /// The same along the noise.
    pub noise: [f64; 2],
    /// The same with shuffled labels.
    pub shuffled: [f64; 2],
    /// What full batches move along the noise.
    pub full_noise: f64,
    /// Diffusion over drift, both as energies of the whole movement, along signal and noise
    /// at the last of these steps.
    pub diffused: [f64; 2],
}

/// Exponents over the early records of the window, while little of the signal is learned.
pub fn exponents(state: &State<'_, Channel>) -> Option<Exponents> {
    let records = state.records().iter();
    let moved = records.filter_map(|r| Some((r.since, r.moved?)));
    let moved: Vec<(u64, Moved)> = moved.filter(|(since, _)| *since >= FIRST).collect();
    let most = moved.iter().map(|(_, m)| m.full[0]).fold(0.0, f64::max);
    let count = moved
        .iter()
        .take_while(|(_, m)| m.full[0] <= UNTIL * most)
        .count();
    let early = &moved[..count];
    let (_, last) = early.last()?;
    let fit = |value: fn(&Moved) -> f64| {
        exponent(early.iter().map(|(since, m)| [*since as f64, value(m)]))
    };
    let share = |m: &super::replicas::Movement| {
        let diffused = m.diffusion * m.diffusion;
        diffused / (diffused + m.drift * m.drift)
    };
    Some(Exponents {
        signal: [fit(|m| m.signal.drift), fit(|m| m.signal.diffusion)],
        noise: [fit(|m| m.noise.drift), fit(|m| m.noise.diffusion)],
        shuffled: [fit(|m| m.shuffled.drift), fit(|m| m.shuffled.diffusion)],
        full_noise: fit(|m| m.full[1]),
        diffused: [share(&last.signal), share(&last.noise)],
    })
}

/// A line over steps, with its role and pattern.
type Line = (&'static str, fn(&Moved) -> f64, Role, Dash);

const LINES: [Line; 6] = [
    (
        "signal, drift",
        |m| m.signal.drift,
        Role::Signal,
        Dash::Solid,
    ),
    ("noise, drift", |m| m.noise.drift, Role::Noise, Dash::Solid),
    (
        "signal, diffusion",
        |m| m.signal.diffusion,
        Role::Signal,
        Dash::Theory,
    ),
    (
        "noise, diffusion",
        |m| m.noise.diffusion,
        Role::Noise,
        Dash::Theory,
    ),
    ("full batch, noise", |m| m.full[1], Role::Ink2, Dash::Dotted),
    (
        "shuffled, diffusion",
        |m| m.shuffled.diffusion,
        Role::Ink2,
        Dash::TestTheory,
    ),
];

/// |mean| and standard deviation of what 16 replicas have moved.
pub fn drift(state: &State<'_, Channel>) -> Chart {
    let size = (state.model.base.points() as f64).sqrt();
    let y = Axis::log(RANGE[0] * size, RANGE[1] * size);
    let title = "**Drift and diffusion** of 16 runs with other batches";
    let mut chart = Chart::new("drift", title, steps_axis(STEP_LIMIT), y);
    if state.model.window.is_none() {
        return unopened(state, chart, "Drift and diffusion", [4.0, 0.1 * size]);
    }
    let records = state.records();
    let last = records.last().filter(|record| record.moved.is_some());
    let Some(last) = last else {
        chart.labels.push(note(NO_BATCHES, [1.2, 0.03 * size]));
        chart.description = format!("Drift and diffusion: {NO_BATCHES}");
        return chart;
    };
    let steps = Steps::new(records, last, state.index("record"));
    let value = |of: fn(&Moved) -> f64| move |r: &Record| r.moved.as_ref().map_or(f64::NAN, of);
    steps.column(&mut chart, "step", |record| record.trial_step as f64);
    for (name, of, role, dash) in LINES {
        let points = steps.points(value(of));
        chart.marks.push(match dash {
            Dash::Solid => Mark::line(points, role, 2.5),
            _ => Mark::dashed(points, role, dash),
        });
        steps.column(&mut chart, name, value(of));
    }
    for (name, of, role, shape) in [
        ("signal", LINES[0].1, Role::Signal, Shape::Disc),
        ("noise", LINES[1].1, Role::Noise, Shape::Ring),
    ] {
        let end = steps.end(value(of));
        chart.marks.push(Mark::point(end, shape, role));
        chart.labels.push(Label::end(name, role, end));
    }
    for (text, dash) in [
        ("drift, |mean|", Dash::Solid),
        ("diffusion, standard deviation", Dash::Theory),
        ("full batch, noise", Dash::Dotted),
        ("shuffled labels, diffusion", Dash::TestTheory),
    ] {
        let role = match dash {
            Dash::Solid | Dash::Theory => Role::Ink,
            _ => Role::Ink2,
        };
        chart
            .labels
            .push(Label::line_key(text, Side::Left, role, dash));
    }
    if let Some(record) = steps.at_cursor() {
        chart.marks.push(Mark::cursor(place(record.since)));
    }
    let shown = steps.at_cursor().unwrap_or(last);
    let at = |of: fn(&Moved) -> f64| text::significant(value(of)(shown));
    chart.reading = vec![
        Span::plain(format!("step {}: ", text::count(shown.trial_step))),
        Span::strong(format!("{} \u{b1} {}", at(LINES[0].1), at(LINES[2].1))).in_role(Role::Signal),
        Span::plain(", "),
        Span::strong(format!("{} \u{b1} {}", at(LINES[1].1), at(LINES[3].1))).in_role(Role::Noise),
    ];
    chart.description = format!(
        "Drift and diffusion at step {}: along the signal 16 runs have moved {} on average with a standard deviation \
         of {}, along the noise {} with {}.",
        text::count(shown.trial_step),
        at(LINES[0].1),
        at(LINES[2].1),
        at(LINES[1].1),
        at(LINES[3].1)
    );
    chart
}

/// The exponents as readings, where there are replicas.
pub fn readings(state: &State<'_, Channel>) -> Vec<Reading> {
    let Some(found) = exponents(state) else {
        return Vec::new();
    };
    let early = "too few records while the signal is half learned";
    let power = |name, value, meaning| Reading::new(name, value, "", meaning).unknown_if(early);
    let share = |name, value, meaning| Reading::new(name, value, "share", meaning);
    vec![
        power(
            "signal-drift-exponent",
            found.signal[0],
            "Power of t with which the mean movement of 16 replicas along the signal grows, until half the signal is learned.",
        ),
        power(
            "signal-diffusion-exponent",
            found.signal[1],
            "The same for their standard deviation.",
        ),
        power(
            "noise-drift-exponent",
            found.noise[0],
            "The same for the mean along the noise.",
        ),
        power(
            "noise-diffusion-exponent",
            found.noise[1],
            "The same for the standard deviation along the noise.",
        ),
        power(
            "full-batch-noise-exponent",
            found.full_noise,
            "The same for what full batches move along the noise: the control.",
        ),
        power(
            "shuffled-diffusion-exponent",
            found.shuffled[1],
            "The same for the standard deviation under shuffled labels: the control.",
        ),
        power(
            "shuffled-drift-exponent",
            found.shuffled[0],
            "The same for the mean under shuffled labels.",
        ),
        share(
            "signal-diffused",
            found.diffused[0],
            "Variance over mean square of the movement along the signal, at the last of these steps.",
        ),
        share(
            "noise-diffused",
            found.diffused[1],
            "The same along the noise.",
        ),
    ]
}

/// Signal is said to accumulate linearly, memorised noise to diffuse as a random walk.
pub fn claim(claim: Ladder, state: &State<'_, Channel>) -> Claim {
    let Some(found) = exponents(state) else {
        return claim.shows("Nothing yet.").otherwise(
            crate::exhibit::Verdict::NotYet,
            "minibatches are needed: choose a batch of 8",
        );
    };
    let fixed = |v: f64| text::fixed(v, 2);
    let shows = vec![
        Span::plain("Until half the signal is learned its drift grows like `t`^"),
        Span::strong(fixed(found.signal[0])).in_role(Role::Signal),
        Span::plain(". Along the noise the drift grows like `t`^"),
        Span::strong(fixed(found.noise[0])).in_role(Role::Noise),
        Span::plain(", the diffusion like `t`^"),
        Span::strong(fixed(found.noise[1])).in_role(Role::Noise),
        Span::plain(format!(
            "; {} of the movement there is diffusion ({} along the signal). Full batches move like t^{} along the noise.",
            text::percent(found.diffused[1]),
            text::percent(found.diffused[0]),
            fixed(found.full_noise)
        )),
    ];
    let near = |value: f64, to: f64| (value - to).abs() <= NEAR;
    let [linear, walks] = [near(found.signal[0], 1.0), near(found.noise[1], 0.5)];
    let mostly = found.diffused[1] > 0.5;
    let few = found.signal[0].is_nan() || found.noise[1].is_nan();
    claim
        .shows_spans(shows)
        .wait(few, "too few records while the signal is half learned")
        .holds(linear && walks && mostly, "linear signal, diffusing noise")
        .partly(mostly, "noise mostly diffuses, but the powers are others")
        .partly(
            linear,
            "the signal accumulates linearly; so, mostly, does what is memorised",
        )
        .fails("most of what is memorised is drift, as with full batches")
}
