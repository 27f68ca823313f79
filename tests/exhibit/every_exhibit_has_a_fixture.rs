//! What an exhibit declares for tests is accepted, and makes a difference: its
//! small settings, the second values of its knobs, and the change on the way.

use crate::small::{bits, open};
use ntk_playground::exhibit::{EXHIBITS, ExhibitKind, Session, Setting};

/// What is seen of a run: numbers, views and pace. As it is written, gaps are
/// equal too.
fn seen(session: &mut Session) -> String {
    let views = session.kind().views.iter();
    let charts: Vec<_> = views.map(|view| session.chart(view.name)).collect();
    let readings = session.exhibit().readings();
    format!("{readings:?} {charts:?} {}", session.pace())
}

/// A knob of this name that has another value than this before.
fn assert_another(kind: &ExhibitKind, session: &Session, (knob, value): Setting) {
    let settings = session.settings();
    let parsed = settings.knob(knob).and_then(|knob| knob.parse(value));
    let parsed = parsed.unwrap_or_else(|error| panic!("{}: {error}", kind.name));
    assert_eq!(parsed.note, None, "{}: {knob}={value}", kind.name);
    let set = settings.get(knob).expect("a knob");
    assert_ne!(*set, parsed.value, "{}: {knob}", kind.name);
}

#[test]
fn its_small_settings_open_and_differ_from_the_defaults() {
    for kind in EXHIBITS {
        let defaults = Session::open(kind.name, &[]).expect("the defaults");
        for setting in kind.fixture.small() {
            assert_another(kind, &defaults, setting);
        }
        let set: Vec<Setting> = kind.fixture.small().collect();
        let written = set.iter().map(|(knob, value)| format!("{knob}={value}"));
        assert_eq!(
            written.collect::<Vec<_>>().join("&"),
            kind.fixture.small,
            "{}",
            kind.name
        );
        let mut session = open(kind, &[]);
        let (before, steps) = (bits(&session.exhibit().readings()), 2 * kind.fixture.steps);
        assert_eq!(session.advance(steps, || true), steps, "{}", kind.name);
        assert_ne!(
            bits(&session.exhibit().readings()),
            before,
            "{}: it does not move",
            kind.name
        );
    }
}

#[test]
fn every_second_value_leads_to_other_readings_and_views() {
    for kind in EXHIBITS {
        let fixture = &kind.fixture;
        assert!(!fixture.variants.is_empty(), "{}", kind.name);
        let mut first = open(kind, &[]);
        let settings = first.settings().clone();
        first.advance(fixture.steps, || true);
        for variant in fixture.variants {
            let mut second = open(kind, &[]);
            assert_another(kind, &second, *variant);
            let outcome = second.set(variant.0, variant.1);
            assert_eq!(outcome, Ok(None), "{}: {variant:?}", kind.name);
            assert_ne!(*second.settings(), settings);
            second.advance(fixture.steps, || true);
            assert_ne!(
                bits(&second.exhibit().readings()),
                bits(&first.exhibit().readings()),
                "{}: {variant:?} changes no reading",
                kind.name
            );
            let differs = kind.views.iter().any(|view| {
                let columns = |session: &mut Session| session.chart(view.name).map(|c| c.columns);
                format!("{:?}", columns(&mut first)) != format!("{:?}", columns(&mut second))
            });
            assert!(differs, "{}: {variant:?} changes no view", kind.name);
        }
    }
}

#[test]
fn the_change_on_the_way_is_accepted_and_shows() {
    for kind in EXHIBITS {
        let (fixture, change) = (&kind.fixture, kind.fixture.change);
        let clash = fixture.variants.iter().any(|(knob, _)| *knob == change.0);
        assert!(!clash, "{}: {} is among the variants", kind.name, change.0);
        let [mut changed, mut plain] = [open(kind, &[]), open(kind, &[])];
        changed.advance(fixture.steps, || true);
        plain.advance(fixture.steps, || true);
        assert_another(kind, &changed, change);
        assert_eq!(changed.set(change.0, change.1), Ok(None), "{}", kind.name);
        changed.advance(fixture.steps, || true);
        plain.advance(fixture.steps, || true);
        assert!(
            seen(&mut changed) != seen(&mut plain),
            "{}: {change:?} does not show",
            kind.name
        );
    }
}
