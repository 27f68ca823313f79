//! `--until` says how far a run goes, in every exhibit; `--steps` is the knob
//! of that name, and no flag where there is none.

use super::{printed, run, text, value};
use ntk_playground::exhibit::EXHIBITS;

#[test]
fn a_knob_called_steps_and_the_length_are_set_apart() {
    let small = [
        "run", "race", "--widths", "4", "--points", "10", "--steps", "60",
    ];
    let part = printed(&[&small[..], &["--until", "20"]].concat());
    assert_eq!(value(&part, "step"), Some("20"));
    let whole = run(&small);
    assert_eq!(value(&text(&whole.stdout), "step"), Some("60"));
    assert!(
        text(&whole.stderr).contains("60"),
        "{}",
        text(&whole.stderr)
    );
}

#[test]
fn steps_where_it_is_no_knob_points_to_until() {
    for kind in EXHIBITS {
        if kind.knobs.iter().any(|knob| knob.name == "steps") {
            continue;
        }
        let out = run(&["run", kind.name, "--steps", "20"]);
        let message = text(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{}", kind.name);
        assert!(message.contains("'--until'"), "{message}");
    }
}

#[test]
fn until_comes_before_the_step_of_a_link() {
    let link = ["run", "spectrum", "--link", "widths=8&step=25"];
    assert_eq!(value(&printed(&link), "step"), Some("25"));
    for until in ["0", "7", "40"] {
        let out = printed(&[&link[..], &["--until", until]].concat());
        assert_eq!(value(&out, "step"), Some(until));
    }
}
