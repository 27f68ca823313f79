//! A misspelt knob is named, with the one that was meant; what a framework, a
//! newsletter or a search engine adds is left alone.

use ntk_playground::exhibit::{EXHIBITS, Session};

fn open(exhibit: &str, name: &str) -> Session {
    let parameters = [(name.to_owned(), "3".to_owned())];
    Session::open(exhibit, &parameters).expect("a name that is no knob stops nothing")
}

#[test]
fn what_others_add_is_no_knob_and_needs_no_note() {
    for kind in EXHIBITS {
        for name in [
            "utm_source",
            "utm_medium",
            "fbclid",
            "gclid",
            "mc_eid",
            "ref",
            "loading",
            "align",
            "markdown",
            "x-data",
            "hx-preserve",
            "v-cloak",
            "ng-version",
            "height",
            "border",
        ] {
            let session = open(kind.name, name);
            assert_eq!(session.notes(), [""; 0], "{name} in {}", kind.name);
            assert_eq!(session.unknown(), [name], "{}", kind.name);
        }
    }
}

#[test]
fn a_misspelt_knob_of_any_exhibit_is_named_with_the_one_that_was_meant() {
    for kind in EXHIBITS {
        for knob in kind.knobs.iter().filter(|knob| knob.name.len() > 4) {
            // Two letters in the middle change places.
            let mut letters: Vec<char> = knob.name.chars().collect();
            let at = letters.len() / 2;
            letters.swap(at, at - 1);
            let typed: String = letters.into_iter().collect();
            if kind.knobs.iter().any(|other| other.name == typed) {
                continue;
            }
            let session = open(kind.name, &typed);
            let [note] = session.notes() else {
                panic!("{typed} in {}: {:?}", kind.name, session.notes());
            };
            assert!(
                note.starts_with(&typed) && note.contains("the closest name is "),
                "{note}"
            );
        }
    }
}
