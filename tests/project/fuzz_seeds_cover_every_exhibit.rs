//! `fuzz/seeds/link/NAME` is a link to a small run of every exhibit that names
//! all of its knobs: what the fuzzer changes is then a value, and no name.
//! `UPDATE_SEEDS=1 cargo test --test project fuzz_seeds` writes them anew.

use ntk_playground::exhibit::{EXHIBITS, Effect, ExhibitKind, Session, Setting};
use std::fs;
use std::path::Path;

/// The value of a knob among settings.
fn of(knob: &str, settings: impl IntoIterator<Item = Setting>) -> Option<&'static str> {
    let mut settings = settings.into_iter();
    settings
        .find(|(name, _)| *name == knob)
        .map(|(_, value)| value)
}

/// The seed of an exhibit: small, then the first second values that go
/// together, else the defaults; with a change, a second run and a step.
fn seed(kind: &'static ExhibitKind) -> String {
    let fixture = &kind.fixture;
    let variants = || fixture.variants.iter().copied();
    let pairs = kind.knobs.iter().map(|knob| {
        let set = of(knob.name, fixture.small()).or_else(|| of(knob.name, variants()));
        (knob.name.to_owned(), set.unwrap_or(knob.default).to_owned())
    });
    let mut pairs: Vec<(String, String)> = pairs.collect();
    let (name, value) = fixture.change;
    let declared = |name: &str| kind.knobs.iter().find(|knob| knob.name == name);
    let change = declared(name).expect("a knob");
    if (Effect::Live..=Effect::Window).contains(&change.effect) {
        pairs.push(("changes".to_owned(), format!("1.{name}.{value}")));
    }
    let mut second = variants().filter(|(name, _)| !kind.is_costly(name));
    if let Some(knob) = second.find_map(|(name, _)| declared(name)) {
        let beside = format!("{}.{}", knob.name, knob.default);
        pairs.push(("beside".to_owned(), beside));
    }
    pairs.push(("step".to_owned(), "2".to_owned()));
    let session = Session::open(kind.name, &pairs);
    let session = session.unwrap_or_else(|error| panic!("{}: {error}", kind.name));
    assert_eq!(session.notes(), [""; 0], "{}", kind.name);
    assert!(session.comparison().is_some(), "{}", kind.name);
    let text = pairs.iter().map(|(name, value)| format!("{name}={value}"));
    format!(
        "exhibit={}&{}",
        kind.name,
        text.collect::<Vec<_>>().join("&")
    )
}

#[test]
fn every_exhibit_has_its_seed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/link");
    for kind in EXHIBITS {
        let (file, seed) = (folder.join(kind.name), seed(kind));
        if std::env::var_os("UPDATE_SEEDS").is_some() {
            fs::write(&file, &seed).expect("a file for a seed");
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(
            kept.trim_end(),
            seed,
            "{}: UPDATE_SEEDS=1 cargo test --test project fuzz_seeds writes it",
            kind.name
        );
    }
}
