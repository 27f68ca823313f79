//! A slider that is dragged for long while a run plays makes a link that every server
//! takes, and that replays what it says it does to the digit.

use crate::small::{bits, open_link};
use ntk_playground::exhibit::{CHANGES_LIMIT, Session};

/// Opens what a link or a record says, and replays it.
fn replayed(query: &str) -> Session {
    let mut session = open_link(query);
    let target = session.target();
    assert_eq!(session.advance(target, || true), target);
    session
}

/// A run in which the noise is dragged from frame to frame, so many frames, and the
/// batch is changed now and then.
fn dragged(frames: u64) -> Session {
    let mut session = replayed("exhibit=spectrum&widths=8&points=6");
    for frame in 0..frames {
        session.advance(1, || true);
        let noise = format!("{:.2}", (frame * 37 % 101) as f64 / 100.0);
        session.set("noise", &noise).expect("in range");
        session.set("noise", &noise).expect("in range");
        if frame % 60 == 59 {
            let batch = ["4", "2"][(frame / 60) as usize % 2];
            session.set("batch", batch).expect("in range");
        }
    }
    session
}

fn digits(session: &mut Session) -> Vec<(&'static str, u64)> {
    bits(&session.exhibit().readings())
}

#[test]
fn ten_seconds_of_dragging_are_in_the_link() {
    let mut run = dragged(304);
    assert!(run.log().len() > 250, "{} changes", run.log().len());
    let link = run.link();
    assert!(link.len() < 3_000, "{} characters", link.len());
    assert_eq!(run.link_note(), None);
    let mut again = replayed(&link);
    assert_eq!(again.log(), run.log());
    assert_eq!(digits(&mut again), digits(&mut run));
    assert_eq!(again.link(), link);
}

#[test]
fn what_is_too_long_replays_up_to_the_step_that_it_names() {
    let mut run = dragged(1_500);
    let link = run.link();
    assert!(
        link.len() < CHANGES_LIMIT + 100,
        "{} characters",
        link.len()
    );
    let mut again = replayed(&link);
    let step = again.step_count();
    assert!(step > 200 && step < 1_500, "it leads to step {step}");
    // What is turned at that step acts later, and is no part of the link.
    let mut there = dragged(step - 1);
    there.advance(1, || true);
    assert_eq!(again.log(), there.log());
    assert_eq!(digits(&mut again), digits(&mut there));
    let note = run.link_note().expect("something is left out");
    assert!(
        note.contains(&format!("leads to step {step}, not ")),
        "{note}"
    );

    let mut whole = replayed(&run.record());
    assert_eq!(whole.step_count(), 1_500);
    assert_eq!(digits(&mut whole), digits(&mut run));
}

#[test]
fn what_continues_nothing_is_left_out_with_a_note() {
    for (changes, kept) in [
        (".1.0.2", 0),
        ("3.noise.0.2_.x.0.3", 1),
        ("3.noise.0.2_.4", 1),
    ] {
        let pairs = [("changes".to_owned(), changes.to_owned())];
        let mut session = Session::open("spectrum", &pairs).expect("it opens");
        assert_eq!(session.notes().len(), 1, "{changes}: {:?}", session.notes());
        session.advance(10, || true);
        assert_eq!(session.log().len(), kept, "{changes}");
    }
}
