//! A run that is over and begins anew holds, byte for byte, what the one before
//! held at the same step: whoever watches for hours fills no memory. Every
//! exhibit, every view, readings and ledger; counted where the engine asks for
//! memory and gives it back.

use crate::counting::{bytes, most_bytes};
use ntk_playground::exhibit::{EXHIBITS, Session};

const RUNS: usize = 4;
/// How often a run is looked at, every [`STRIDE`] steps from its beginning; the
/// shortest are over by then.
const LOOKS: usize = 13;
const STRIDE: u64 = 4;

/// Bytes of what a session has beside its run: the settings, twice.
const BESIDE: isize = 8 * 1024;

/// Bytes held at every look, all that can be seen of the run looked at before.
fn held(session: &mut Session) -> [isize; LOOKS] {
    let views = session.kind().views;
    std::array::from_fn(|look| {
        if look > 0 {
            session.advance(STRIDE, || true);
        }
        for view in views {
            drop(session.exhibit().chart(view.name));
        }
        drop(session.exhibit().readings());
        drop(session.exhibit().claims());
        bytes()
    })
}

#[test]
fn what_is_held_is_counted() {
    let before = bytes();
    let mut numbers = std::hint::black_box(vec![0u8; 100]);
    assert_eq!(bytes() - before, 100);
    numbers.resize(1000, 0);
    assert!(bytes() - before >= 1000);
    drop(numbers);
    assert_eq!(bytes(), before);
}

#[test]
fn every_run_holds_what_the_one_before_held() {
    for kind in EXHIBITS {
        let mut session = Session::open(kind.name, &[]).expect("an exhibit at its defaults");
        let mut runs = [[0; LOOKS]; RUNS];
        for run in &mut runs {
            *run = held(&mut session);
            session.reset().expect("the settings of before");
        }
        // In the first run is made what is made once.
        let [_, settled, later @ ..] = &runs;
        assert!(
            settled.iter().any(|held| held != &settled[0]),
            "{}: a run remembers something",
            kind.name
        );
        for run in later {
            assert_eq!(run, settled, "{}", kind.name);
        }
    }
}

/// An engine's memory never shrinks: what it needs for a moment it has for good.
#[test]
fn a_run_that_begins_anew_is_not_built_beside_the_one_before() {
    for kind in EXHIBITS {
        // Products of matrices keep a buffer from the first on.
        drop(Session::open(kind.name, &[]));
        let mut opened = None;
        let opening = most_bytes(|| opened = Session::open(kind.name, &[]).ok());
        let mut session = opened.expect("an exhibit at its defaults");
        held(&mut session);
        let played = bytes();
        let anew = most_bytes(|| session.reset().expect("the settings of before"));
        let allowed = opening.max(played) + BESIDE;
        assert!(anew <= allowed, "{}: {anew} of {allowed}", kind.name);
    }
}
