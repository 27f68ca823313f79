//! The TypeScript declarations of the engine's data match what serde writes: no
//! field is missing or undeclared, and nothing is declared that is never written.

use crate::chart_samples::{chart, labels, marks};
use crate::declarations::Declarations;
use ntk_playground::chart::{self, Axis, Dash, Label, Mark, Place, Role, Sample, Shape, Side};
use ntk_playground::exhibit::{self, EXHIBITS, ExhibitKind, Probe, Session, Verdict};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;

fn declarations() -> Declarations {
    Declarations::read(&[chart::TYPESCRIPT, exhibit::TYPESCRIPT].concat())
}

fn check<T: Serialize>(declared: &mut Declarations, value: &T, name: &str, whose: &str) {
    let value = serde_json::to_value(value).expect("plain data");
    if let Err(fault) = declared.check(&value, name) {
        panic!("{whose}: {fault}");
    }
}

/// Everything that an exhibit hands over, as it now is.
fn check_all(declared: &mut Declarations, session: &mut Session, kind: &ExhibitKind) {
    for knob in kind.knobs {
        check(declared, knob, "Knob", knob.name);
        let state = session.exhibit().knob_state(knob.name);
        check(declared, &state, "KnobState", knob.name);
    }
    for view in kind.views {
        check(declared, view, "View", kind.name);
        let chart = session.chart(view.name).expect("a chart of every view");
        check(declared, &chart, "Chart", view.name);
    }
    for reading in session.exhibit().readings() {
        check(declared, &reading, "Reading", kind.name);
    }
    let progress = session.exhibit().progress();
    check(declared, &progress, "RunProgress", kind.name);
    for claim in session.exhibit().claims() {
        check(declared, &claim, "Claim", kind.name);
    }
}

/// A chart with every mark, label and role; no run shows all of them.
fn gallery() -> chart::Chart {
    let axis = || Axis::log(1e-3, 1e3);
    let mut marks = marks(&[0.5, 2.0]);
    let points = vec![[0.5, 2.0]];
    marks.push(Mark::OpenPoints {
        points: points.clone(),
        shape: Shape::Disc,
        role: Role::Signal,
    });
    marks.push(Mark::BarLevels {
        points: points.clone(),
    });
    for dash in [Dash::Second, Dash::Long, Dash::Short, Dash::Mixed] {
        marks.push(Mark::dashed(points.clone(), Role::Ink, dash));
    }
    let mut labels = labels(1.0);
    let sample = |sample| Place::Key {
        side: Side::Left,
        sample,
    };
    let open = Sample::Open {
        shape: Shape::Ring,
        role: Role::Noise,
    };
    labels.push(Label::new("open", Role::Ink, sample(open)));
    labels.push(Label::new("level", Role::Ink, sample(Sample::Level)));
    for role in [
        Role::Ink,
        Role::Ink2,
        Role::Ink3,
        Role::Rule2,
        Role::Rule,
        Role::Ground,
        Role::Signal,
        Role::SignalTint,
        Role::Noise,
        Role::NoiseTint,
        Role::Test,
        Role::TestTint,
    ] {
        labels.push(Label::new("role", role, Place::OnDrop { at: 1.0 }));
    }
    chart(axis(), axis(), marks, labels)
}

#[test]
fn what_is_written_is_what_is_declared() {
    let mut declared = declarations();
    check(&mut declared, &gallery(), "Chart", "gallery");
    for kind in EXHIBITS {
        let mut session = Session::open(kind.name, &[]).expect("the defaults");
        check_all(&mut declared, &mut session, kind);
        session.advance(3, || true);
        for view in kind.views {
            session.probe(view.name, Probe::Move(1));
        }
        check_all(&mut declared, &mut session, kind);
    }
    // Long runs give verdicts; user data makes some knobs idle.
    let own = [("data".to_owned(), "-0.5:0.2~0.1:-1~0.7:0.4".to_owned())];
    for parameters in [&own[..], &[]] {
        let kind = EXHIBITS[0];
        let mut session = Session::open(kind.name, parameters).expect("points");
        for _ in 0..20 {
            session.advance(500, || true);
            check_all(&mut declared, &mut session, kind);
        }
    }
    // Some verdicts need longer runs than these.
    let claims = Session::open("spectrum", &[]).map(|mut session| session.exhibit().claims());
    let mut claim = claims.expect("the defaults").swap_remove(0);
    for verdict in Verdict::ALL {
        claim.verdict = verdict;
        check(&mut declared, &claim, "Claim", "verdicts");
    }
    assert_eq!(declared.unmet(), [""; 0], "declared and never written");
}

#[test]
fn a_difference_is_found() {
    let text = "// One.\nexport interface Place { at: number; side: \"left\" | \"right\" | null; }";
    let mut declared = Declarations::read(text);
    let mut check = |value| declared.check(&value, "Place");
    assert_eq!(check(json!({"at": 1.5, "side": "left"})), Ok(()));
    for (value, fault) in [
        (
            json!({"at": 1, "side": null, "more": 1}),
            "more is not declared",
        ),
        (json!({"at": 1}), "side is declared and not there"),
        (json!({"at": "1", "side": null}), "Place.at"),
        (json!({"at": 1, "side": "above"}), "Place.side"),
    ] {
        let found = check(value).expect_err(fault);
        assert!(found.contains(fault), "{found}");
    }
    let unmet = ["Place.side = \"right\"", "Place.side = null"];
    assert_eq!(declared.unmet(), unmet);
}

/// The fields of a struct in the text of a Rust file.
fn fields<'a>(rust: &'a str, name: &str) -> BTreeSet<&'a str> {
    let (_, rest) = rust
        .split_once(&format!("struct {name}"))
        .unwrap_or_else(|| panic!("there is no {name}"));
    let (_, rest) = rest.split_once('{').expect("it has fields");
    let (body, _) = rest.split_once('}').expect("they end");
    body.lines()
        .filter_map(|line| line.trim().split_once(':'))
        .map(|(name, _)| name)
        .collect()
}

/// `src/web` is compiled for WebAssembly alone, so this test reads its source.
#[test]
fn the_web_module_has_the_fields_that_are_declared() {
    let declared = Declarations::read(include_str!("../../src/web/types.d.ts"));
    let main = include_str!("../../src/web/mod.rs");
    let second = include_str!("../../src/web/second.rs");
    let views = include_str!("../../src/web/views.rs");
    for (interface, rust, name) in [
        ("Drawn", views, "Drawn"),
        ("Status", main, "PlainStatus"),
        ("Twinned", second, "Compared"),
    ] {
        let wanted = BTreeSet::from_iter(declared.fields(interface));
        assert_eq!(fields(rust, name), wanted, "{interface}");
    }
    // A style is read field by field.
    let style = include_str!("../../src/web/style.rs");
    let read: BTreeSet<&str> = ["color(\"", "number(\"", "get(value, \""]
        .iter()
        .flat_map(|call| style.split(call).skip(1))
        .filter_map(|rest| Some(rest.split_once('"')?.0))
        .collect();
    let wanted = [declared.fields("Style"), declared.fields("Palette")].concat();
    assert_eq!(read, BTreeSet::from_iter(wanted));
}
