//! Wherever one points in a picture, and however far one moves on from there:
//! it says what is there, and once one looks away it is the picture that it
//! was.

use crate::scenario::look;
use crate::small::open;
use ntk_playground::chart::{Axis, Chart, Scale};
use ntk_playground::exhibit::{EXHIBITS, ExhibitKind, Probe, Session};

/// Places in a row, and rows.
const PLACES: [usize; 2] = [7, 5];

/// A value so far along an axis, of 0 to 1.
fn along(axis: &Axis, share: f64) -> f64 {
    match axis.scale {
        Scale::Linear { min, max } => min + share * (max - min),
        Scale::Log { min, max } => min * (max / min).powf(share),
    }
}

/// Places all over a picture, its edges among them.
fn places(chart: &Chart) -> Vec<[f64; 2]> {
    let [columns, rows] = PLACES;
    let share = |i: usize, of: usize| i as f64 / (of - 1) as f64;
    (0..columns * rows)
        .map(|i| {
            [
                along(&chart.x, share(i % columns, columns)),
                along(&chart.y, share(i / columns, rows)),
            ]
        })
        .collect()
}

fn drawn(session: &mut Session, view: &'static str) -> Chart {
    let chart = session.chart(view).expect("a view of this exhibit");
    if let Err(fault) = look::chart(&chart, &look::SIZES[..1]) {
        panic!("{view} at {}: {fault}", session.link());
    }
    chart
}

/// Looks into every view; answers in which something was said.
fn looked_into(
    kind: &'static ExhibitKind,
    settings: &[(&'static str, &'static str)],
    steps: u64,
) -> Vec<&'static str> {
    let mut session = open(kind, settings);
    session.advance(steps, || true);
    let mut telling = Vec::new();
    for view in kind.views {
        let before = drawn(&mut session, view.name);
        let mut probes: Vec<Probe> = places(&before).into_iter().map(Probe::At).collect();
        probes.extend([1, -1, 5, -1_000, 1_000, i32::MIN, i32::MAX].map(Probe::Move));
        let mut tells = false;
        for probe in probes {
            session.probe(view.name, probe);
            let chart = drawn(&mut session, view.name);
            let says: String = chart
                .reading
                .iter()
                .map(|span| span.text.as_str())
                .collect();
            assert!(
                !says.is_empty() || before.reading.is_empty(),
                "{}",
                view.name
            );
            tells |= chart.reading != before.reading;
        }
        session.probe(view.name, Probe::Clear);
        let after = drawn(&mut session, view.name);
        // As it is written, gaps are equal too.
        assert!(
            format!("{after:?}") == format!("{before:?}"),
            "{}",
            view.name
        );
        telling.extend(tells.then_some(view.name));
    }
    telling
}

// At step 0 some views have nothing to show yet.
#[test]
fn before_the_first_step_and_after_some() {
    let mute = |kind: &'static ExhibitKind| -> Vec<String> {
        let steps = [0, kind.fixture.shown_at];
        let telling: Vec<&str> = (steps.into_iter())
            .flat_map(|steps| looked_into(kind, &[], steps))
            .collect();
        let views = kind.views.iter().map(|view| view.name);
        let mute: Vec<&str> = views.filter(|view| !telling.contains(view)).collect();
        // Some show something only under a setting that is not the default.
        let variants = kind.fixture.variants.iter();
        let telling: Vec<&str> = match mute.is_empty() {
            true => Vec::new(),
            false => variants
                .flat_map(|variant| looked_into(kind, &[*variant], kind.fixture.shown_at))
                .collect(),
        };
        let mute = mute.into_iter().filter(|view| !telling.contains(view));
        mute.map(|view| format!("{}: {view}", kind.name)).collect()
    };
    let mute: Vec<String> = std::thread::scope(|scope| {
        let start = |kind: &&'static ExhibitKind| {
            let kind = *kind;
            scope.spawn(move || mute(kind))
        };
        let threads: Vec<_> = EXHIBITS.iter().map(start).collect();
        let ends = threads.into_iter().map(|thread| thread.join());
        ends.flat_map(|end| end.expect("sound views")).collect()
    });
    assert_eq!(mute, [""; 0]);
}
