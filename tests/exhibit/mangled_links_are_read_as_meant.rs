//! A link that a mailer, a chat or a page generator has mangled opens the run that was
//! meant; where anything had to be guessed, a note says how it was read.

use ntk_playground::exhibit::{EXHIBITS, Session};

fn open(exhibit: &str, query: &[(&str, &str)]) -> Session {
    let pairs: Vec<(String, String)> = query
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    Session::open(exhibit, &pairs).expect("it opens")
}

fn value(session: &Session, knob: &str) -> String {
    session.settings().get(knob).expect("a knob").to_string()
}

#[test]
fn names_that_are_bent_are_certain() {
    for name in ["noise", "Noise", "NOISE", "amp;noise", "amp;amp;Noise"] {
        let session = open("spectrum", &[(name, "0.25")]);
        assert_eq!(value(&session, "noise"), "0.25", "{name}");
        assert_eq!(session.notes(), &[] as &[String], "{name}");
    }
    let session = open(
        "spectrum",
        &[("amp;step", "30"), ("Changes", "7.noise.0.2")],
    );
    assert_eq!((session.target(), session.notes().len()), (30, 0));
}

#[test]
fn a_value_in_a_sentence_is_read_with_a_note() {
    for (knob, mangled, meant) in [
        ("noise", "0.25.", "0.25"),
        ("noise", "0.25),", "0.25"),
        ("noise", "0,25", "0.25"),
        ("noise", "0\u{66b}25", "0.25"),
        ("noise", "\u{201c}0.25\u{201d}", "0.25"),
        ("gate", "Hard", "hard"),
        ("gate", "hard>", "hard"),
        ("seed", "7!", "7"),
    ] {
        let session = open("spectrum", &[(knob, mangled)]);
        assert_eq!(value(&session, knob), meant, "{mangled}");
        let [note] = session.notes() else {
            panic!("{mangled}: {:?}", session.notes());
        };
        assert!(
            note.starts_with(&format!(
                "{knob}: \u{201c}{mangled}\u{201d} is read as {meant}"
            )),
            "{note}"
        );
    }
    let session = open("spectrum", &[("step", "300.")]);
    assert_eq!((session.target(), session.notes().len()), (300, 0));
    let session = open("spectrum", &[("changes", "3.noise.0.2_7.gate.Hard).")]);
    assert_eq!(session.notes().len(), 1, "{:?}", session.notes());
}

#[test]
fn what_could_be_two_things_is_not_read() {
    for mangled in ["1,250", "0.2.5", "0,2,5", "a quarter"] {
        let session = open("spectrum", &[("noise", mangled)]);
        assert_eq!(session.notes().len(), 1, "{mangled}");
        assert!(
            session.notes()[0].ends_with("The default is used."),
            "{mangled}"
        );
    }
}

/// What a knob declares is read back as it is, whatever is done for mangled texts.
#[test]
fn a_straight_value_of_any_exhibit_needs_no_note() {
    for kind in EXHIBITS {
        for knob in kind.knobs {
            let text = knob.default_value().to_string();
            let session = open(kind.name, &[(knob.name, &text)]);
            assert_eq!(
                session.notes(),
                &[] as &[String],
                "{} {}",
                kind.name,
                knob.name
            );
        }
    }
}
