//! The exit status: 0 for a run that finished, 3 for one that diverged, 2 for
//! arguments that are refused, 1 for a file that cannot be written.

use super::{folder, path, run, text};
use ntk_playground::exhibit::EXHIBITS;

#[test]
fn every_exhibit_that_diverges_ends_with_three_and_its_sentence() {
    let mut diverged = 0;
    for kind in EXHIBITS {
        let Some((last, _)) = kind.fixture.diverges.last() else {
            continue;
        };
        let settings = kind
            .fixture
            .small()
            .chain(kind.fixture.diverges.iter().copied());
        let query: Vec<String> = settings
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let csv = path(&folder("diverged"), &format!("{}.csv", kind.name));
        let out = run(&["run", kind.name, "--link", &query.join("&"), "--csv", &csv]);
        let message = text(&out.stderr);
        assert_eq!(
            out.status.code(),
            Some(3),
            "{} {last}: {message}",
            kind.name
        );
        assert!(message.contains("diverged at step"), "{message}");
        assert!(!out.stdout.is_empty(), "metrics up to there");
        assert!(std::path::Path::new(&csv).exists());
        diverged += 1;
    }
    assert!(diverged > 3);
}

#[test]
fn a_comparison_run_that_goes_on_hides_no_divergence() {
    let linear = [
        "run",
        "spectrum",
        "--widths",
        "none",
        "--step-fraction",
        "1.2",
    ];
    let out = run(&[
        &linear[..],
        &["--beside", "step-fraction.0.5", "--until", "100"],
    ]
    .concat());
    let message = text(&out.stderr);
    assert_eq!(out.status.code(), Some(3), "{message}");
    assert!(message.contains("diverged at step"), "{message}");
}

#[test]
fn a_run_to_its_end_and_one_that_is_stopped_end_with_zero() {
    let race = [
        "run", "race", "--widths", "4", "--points", "10", "--steps", "50",
    ];
    for arguments in [&race[..], &[&race[..], &["--until", "3"]].concat()] {
        assert_eq!(run(arguments).status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn a_file_that_cannot_be_written_ends_with_one() {
    for option in ["--csv", "--json", "--sheet", "--svg"] {
        let out = run(&["run", "spectrum", "--until", "1", option, "/dev/null/no/x"]);
        let message = text(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{option}: {message}");
        assert!(message.starts_with("error: /dev/null/no/x: "), "{message}");
    }
}
