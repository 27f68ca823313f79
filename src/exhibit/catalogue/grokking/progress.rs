//! The views over steps: accuracy, labels in the leading modes, rotation, alignment.

use super::curves::{self, Curve};
use super::kernel_probe::KernelNumbers;
use super::model::{Grokking, Record};
use super::probes::Probed;
use crate::chart::{Chart, Dash, Label, Mark, Place, Role, Shape, Side, Span};
use crate::exhibit::cursor::Places;
use crate::exhibit::runner::State;
use crate::exhibit::series::place;
use crate::exhibit::{Probe, text};

const INK: (Role, Shape) = (Role::Ink, Shape::Disc);
const SIGNAL: (Role, Shape) = (Role::Signal, Shape::Disc);
const TEST: (Role, Shape) = (Role::Test, Shape::Diamond);
const CONTROL: (Role, Shape) = (Role::Noise, Shape::Ring);

/// Where a probe leads among ascending steps: the nearest on the axis, by key from the last.
fn among(steps: &[u64], probe: Probe, from: Option<f64>) -> Option<f64> {
    let here = |at| steps.partition_point(|step| (*step as f64) < at);
    let places = Places {
        count: steps.len(),
        first: usize::MAX,
        stride: 1,
        nearest: |[x, _]: [f64; 2]| {
            let distance = |i: &usize| libm::fabs(libm::log(place(steps[*i]) / x.max(1.0)));
            let nearest = (0..steps.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)));
            nearest.unwrap_or(0)
        },
    };
    let at = places.lead(probe, from.map(here))?;
    Some(steps[at as usize] as f64)
}

/// Where a probe leads among the records.
pub fn among_records(state: &State<'_, Grokking>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let steps: Vec<u64> = state.records().iter().map(|record| record.step).collect();
    among(&steps, probe, from)
}

/// Where a probe leads among the steps at which the kernel was probed.
pub fn among_probes(state: &State<'_, Grokking>, probe: Probe, from: Option<f64>) -> Option<f64> {
    let probes = state.model.probes.complete.iter();
    let steps: Vec<u64> = probes.map(|probe| probe.step).collect();
    among(&steps, probe, from)
}

/// Share of right answers over steps.
pub fn accuracy(state: &State<'_, Grokking>) -> Chart {
    let (model, now) = (state.model, state.now);
    let step = now.step;
    let over = |value: fn(&Record) -> f64, now: f64| {
        let past = state.records().iter();
        let past = past.filter(move |record| record.step < step);
        past.map(move |record| (record.step, value(record)))
            .chain(std::iter::once((step, now)))
    };
    let network = &now.network;
    let mut curves = vec![
        Curve::new("train", "shown", INK, over(|r| r.train, network.train)),
        Curve::new("held-out", "held out", TEST, over(|r| r.test, network.test)),
    ];
    // A single point is no curve yet, and its words would stand in the way.
    if model.probes.complete.len() > 1 {
        let (name, label) = ("kernel-regression", "kernel regression");
        let curve = of_network(state, name, label, TEST, |kernel| kernel.regression);
        curves.push(curve.thin(Dash::TestTheory));
    }
    if let Some(control) = &now.control {
        let points = over(|r| r.control_test, control.test);
        let curve = Curve::new("twin-held-out", "control, held out", CONTROL, points);
        curves.push(curve.thin(Dash::Solid));
    }
    let cursor = state.index("step");
    let title = "**Accuracy** share of right sums";
    let mut chart = curves::chart(state, "accuracy", title, &curves, 1.08);
    if cursor.is_none() {
        chart.reading = vec![
            Span::plain("held out "),
            Span::strong(text::percent(network.test)).in_role(Role::Test),
        ];
    }
    let chance = 1.0 / state.setup.modulus as f64;
    let mut below = vec![Mark::across(chance, Role::Ink3, Dash::Dotted)];
    let memorised = model.memorised.as_ref().map(|then| then.step);
    let events = [
        (memorised, 1.0, Role::Ink, "memorised at"),
        (model.grokked, 0.95, Role::Test, "95\u{202f}% at"),
    ];
    for (event, height, role, name) in events {
        if let Some(step) = event {
            let x = place(step);
            let at = [x, height];
            below.push(Mark::Drop { at, role });
            // In the empty middle of the plot, right of the line.
            let candidates = [0.55, 0.4, 0.7].map(|y| [x, y]).to_vec();
            let text = format!("{name} {}", text::count(step));
            let label = Label::near(text, role, candidates, vec![Side::Right]);
            chart.labels.push(label);
        }
    }
    chart.marks.splice(0..0, below);
    chart.description = format!(
        "Accuracy at step {}: {} of the pairs shown, {} of the held-out pairs; guessing gets {}.",
        text::count(step),
        text::percent(network.train),
        text::percent(network.test),
        text::percent(chance)
    );
    chart
}

/// A curve of the network's kernel.
fn of_network(
    state: &State<'_, Grokking>,
    name: &'static str,
    label: &'static str,
    style: (Role, Shape),
    value: fn(&KernelNumbers) -> f64,
) -> Curve {
    let probes = state.model.probes.complete.iter();
    let points = probes.map(|probe| (probe.step, value(&probe.network)));
    Curve::new(name, label, style, points)
}

/// One of the control's, if there is one.
fn of_control(
    state: &State<'_, Grokking>,
    name: &'static str,
    label: &'static str,
    value: fn(&KernelNumbers) -> f64,
) -> Option<Curve> {
    let probes = state.model.probes.complete.iter();
    let points = probes.filter_map(|probe| Some((probe.step, value(probe.control.as_ref()?))));
    let curve = || Curve::new(name, label, CONTROL, points);
    state.setup.control.then(curve)
}

/// What tells the three views of the kernel apart.
struct KernelView {
    view: &'static str,
    /// Its name, and the rest of its title.
    title: (&'static str, String),
    top: f64,
    /// The network's number in the title row.
    number: (&'static str, Role, fn(&KernelNumbers) -> f64),
    /// What the last probe found, after "at step".
    found: fn(&Probed) -> String,
}

impl KernelView {
    fn chart(self, state: &State<'_, Grokking>, curves: &[Curve]) -> Chart {
        let (name, rest) = self.title;
        let cursor = state.index("step");
        let title = format!("**{name}**{rest}");
        let mut chart = curves::chart(state, self.view, &title, curves, self.top);
        let last = state.model.probes.last();
        chart.description = match last {
            Some(last) => format!(
                "{name} at step {}: {}",
                text::count(last.step),
                (self.found)(last)
            ),
            None => format!("{name}: the first kernel is being computed."),
        };
        let (number, role, value) = self.number;
        match (cursor, last) {
            (Some(_), _) => {}
            (None, Some(last)) => {
                let value = text::fixed(value(&last.network), 2);
                chart.reading = vec![
                    Span::plain(format!("{number} ")),
                    Span::strong(value).in_role(role),
                    Span::plain(format!(" at step {}", text::count(last.step))),
                ];
            }
            (None, None) => {
                chart.reading = vec![Span::plain("the first kernel is being computed")];
            }
        }
        chart
    }
}

/// Energy of the labels in the leading eigenvectors.
pub fn channel(state: &State<'_, Grokking>) -> Chart {
    let energy = |kernel: &KernelNumbers| kernel.energy;
    let baseline = of_network(state, "baseline", "baseline", INK, |k| k.other_energy);
    let mut curves = vec![
        of_network(state, "label-energy", "labels", SIGNAL, energy),
        baseline.thin(Dash::Dotted),
    ];
    curves[0].width = 3.0;
    let label = "control\u{2019}s labels";
    curves.extend(of_control(state, "twin-label-energy", label, energy));
    let pairs = &state.model.pairs;
    let modes = pairs.modes().min(pairs.training);
    let view = KernelView {
        view: "channel",
        title: (
            "Channel",
            format!(" labels in the top {modes} eigenvectors"),
        ),
        top: 1.08,
        number: ("energy", Role::Signal, energy),
        found: |last| {
            format!(
                "{} of the labels\u{2019} energy is in the leading eigenvectors; of shuffled labels {}.",
                text::percent(last.network.energy),
                text::percent(last.network.other_energy)
            )
        },
    };
    view.chart(state, &curves)
}

/// Overlap of the leading eigenspace with that of step 0.
pub fn rotation(state: &State<'_, Grokking>) -> Chart {
    let overlap = |kernel: &KernelNumbers| kernel.overlap;
    let mut curves = vec![of_network(state, "overlap", "network", INK, overlap)];
    curves.extend(of_control(state, "twin-overlap", "control", overlap));
    let view = KernelView {
        view: "rotation",
        title: (
            "Rotation",
            " overlap of the same eigenvectors with step 0".into(),
        ),
        top: 1.08,
        number: ("overlap", Role::Ink, overlap),
        found: |last| {
            format!(
                "the leading eigenspace overlaps that of step 0 by {}, the control\u{2019}s by {}.",
                text::percent(last.network.overlap),
                text::percent(last.control.map_or(f64::NAN, |control| control.overlap))
            )
        },
    };
    let mut chart = view.chart(state, &curves);
    let pairs = &state.model.pairs;
    let at = pairs.modes() as f64 / pairs.training as f64;
    let unrelated = Mark::across(at, Role::Ink3, Dash::Dotted);
    chart.marks.insert(0, unrelated);
    let side = Side::Below;
    let label = Label::new("unrelated", Role::Ink3, Place::OnRule { at, side });
    chart.labels.push(label);
    chart
}

/// Alignment of the kernel with the labels.
pub fn alignment(state: &State<'_, Grokking>) -> Chart {
    let train = |kernel: &KernelNumbers| kernel.train_alignment;
    let test = |kernel: &KernelNumbers| kernel.test_alignment;
    let mut curves = vec![
        of_network(state, "train", "shown", INK, train),
        of_network(state, "held-out", "held out", TEST, test),
    ];
    curves.extend(of_control(
        state,
        "twin-held-out",
        "control, held out",
        test,
    ));
    let control = of_control(state, "twin-train", "control, shown", train);
    curves.extend(control.map(|curve| curve.thin(Dash::Solid)));
    let view = KernelView {
        view: "alignment",
        title: ("Alignment", " of the kernel with the sums".into()),
        top: 0.76,
        number: ("held out", Role::Test, test),
        found: |last| {
            let control = last
                .control
                .map_or(f64::NAN, |control| control.test_alignment);
            format!(
                "{} with the labels shown, {} with the held-out sums; the control\u{2019}s kernel {} with the held-out sums.",
                text::fixed(last.network.train_alignment, 2),
                text::fixed(last.network.test_alignment, 2),
                text::fixed(control, 2)
            )
        },
    };
    view.chart(state, &curves)
}
