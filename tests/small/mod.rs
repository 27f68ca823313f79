//! Small runs of any exhibit, as its fixture declares them.

use ntk_playground::exhibit::{ExhibitKind, Kind, Reading, Session, SessionError, Setting};

/// The small settings and then these, which win, as they are opened.
pub fn parameters(kind: &ExhibitKind, more: &[Setting]) -> Vec<(String, String)> {
    let all = kind.fixture.small().chain(more.iter().copied());
    all.map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Opens a small run.
///
/// # Errors
/// What [`Session::open`] says.
pub fn try_open(kind: &ExhibitKind, more: &[Setting]) -> Result<Session, SessionError> {
    Session::open(kind.name, &parameters(kind, more))
}

/// Opens a small run of which nothing is clamped, ignored or refused.
pub fn open(kind: &ExhibitKind, more: &[Setting]) -> Session {
    let session = try_open(kind, more).unwrap_or_else(|error| panic!("{}: {error}", kind.name));
    assert_eq!(session.notes(), [""; 0], "{} {more:?}", kind.name);
    session
}

/// Opens a link to its exhibit, with no step taken.
pub fn open_link(link: &str) -> Session {
    let pairs = link.split('&').filter_map(|pair| pair.split_once('='));
    let mut pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let (name, exhibit) = pairs.next().expect("a link begins with its exhibit");
    assert_eq!(name, "exhibit");
    let parameters: Vec<_> = pairs.collect();
    let session = Session::open(&exhibit, &parameters).expect("a link that opens");
    assert_eq!(session.notes(), [""; 0], "{link}");
    session
}

/// Steps, the change, and as many steps again.
pub fn play(session: &mut Session) {
    let fixture = &session.kind().fixture;
    session.advance(fixture.steps, || true);
    let (knob, value) = fixture.change;
    session.set(knob, value).expect("a change that is accepted");
    session.advance(fixture.steps, || true);
}

/// Every reading, bit by bit.
pub fn bits(readings: &[Reading]) -> Vec<(&'static str, u64)> {
    let bits = |reading: &Reading| (reading.name, reading.value.to_bits());
    readings.iter().map(bits).collect()
}

/// The knob that takes a person's own points, if there is one.
pub fn points_knob(kind: &ExhibitKind) -> Option<&'static str> {
    let mut knobs = kind.knobs.iter();
    let found = knobs.find(|knob| matches!(knob.kind, Kind::Points { .. }));
    found.map(|knob| knob.name)
}
