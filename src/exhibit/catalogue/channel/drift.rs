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
const NO_PARTS: &str = "Signal and noise are not known apart, or one of them is 0.";

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
    let moved = moved.filter(|(_, m)| m.signal.drift.is_finite());
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

/// What full batches move along signal and noise.
const FULL: [fn(&Moved) -> f64; 2] = [|m| m.full[0], |m| m.full[1]];

const LINES: [Line; 7] = [
    (
        "signal-drift",
        |m| m.signal.drift,
        Role::Signal,
        Dash::Solid,
    ),
    ("noise-drift", |m| m.noise.drift, Role::Noise, Dash::Solid),
    (
        "signal-diffusion",
        |m| m.signal.diffusion,
        Role::Signal,
        Dash::Theory,
    ),
    (
        "noise-diffusion",
        |m| m.noise.diffusion,
        Role::Noise,
        Dash::Theory,
    ),
    ("full-batch-signal", FULL[0], Role::Signal, Dash::Dotted),
    ("full-batch-noise", FULL[1], Role::Noise, Dash::Dotted),
    (
        "shuffled-diffusion",
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
        chart.labels.push(note(NO_PARTS, [1.2, 0.03 * size]));
        chart.description = format!("Drift and diffusion: {NO_PARTS}");
        return chart;
    };
    let steps = Steps::new(records, last, state.index("record"));
    let value = |of: fn(&Moved) -> f64| move |r: &Record| r.moved.as_ref().map_or(f64::NAN, of);
    steps.column(&mut chart, "step", |record| record.trial_step as f64);
    // Full batches have no replicas: the run itself is all there is.
    let batches = last.moved.is_some_and(|m| m.signal.drift.is_finite());
    for (name, of, role, dash) in LINES {
        let points = steps.points(value(of));
        chart.marks.push(match dash {
            Dash::Solid => Mark::line(points, role, 2.5),
            _ => Mark::dashed(points, role, dash),
        });
        steps.column(&mut chart, name, value(of));
    }
    let [signal, noise] = match batches {
        true => [LINES[0].1, LINES[1].1],
        false => [FULL[0], FULL[1]],
    };
    for (name, of, role, shape) in [
        ("signal", signal, Role::Signal, Shape::Disc),
        ("noise", noise, Role::Noise, Shape::Ring),
    ] {
        let end = steps.end(value(of));
        chart.marks.push(Mark::point(end, shape, role));
        chart.labels.push(Label::end(name, role, end));
    }
    let keys: &[(&str, Dash)] = match batches {
        true => &[
            ("drift, |mean|", Dash::Solid),
            ("diffusion, standard deviation", Dash::Theory),
            ("full batches", Dash::Dotted),
            ("shuffled labels, diffusion", Dash::TestTheory),
        ],
        false => &[("full batches", Dash::Dotted)],
    };
    for (text, dash) in keys {
        let key = Label::line_key(*text, Side::Left, Role::Ink, *dash);
        chart.labels.push(key);
    }
    if !batches {
        chart.labels.push(note(NO_BATCHES, [1.2, 2e-3 * size]));
    }
    if let Some(record) = steps.at_cursor() {
        chart.marks.push(Mark::cursor(place(record.since)));
    }
    let shown = steps.at_cursor().unwrap_or(last);
    let at = |of: fn(&Moved) -> f64| text::significant(value(of)(shown));
    let moved = |drift: fn(&Moved) -> f64, diffusion: fn(&Moved) -> f64| match batches {
        true => format!("{} \u{b1} {}", at(drift), at(diffusion)),
        false => at(drift),
    };
    let [signal, noise] = [moved(signal, LINES[2].1), moved(noise, LINES[3].1)];
    let step = text::count(shown.trial_step);
    chart.description = format!(
        "Drift and diffusion: by step {step} the training outputs have moved {signal} along the signal and {noise} \
         along the noise{}.",
        if batches {
            ", mean and standard deviation of 16 runs"
        } else {
            ""
        }
    );
    chart.reading = vec![
        Span::plain(format!("step {step}: ")),
        Span::strong(signal).in_role(Role::Signal),
        Span::plain(", "),
        Span::strong(noise).in_role(Role::Noise),
    ];
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
