//! `--data @FILE` reads points from a CSV file; a link opens none.

use super::{folder, path, printed, run, text};

#[test]
fn a_file_is_the_same_as_its_points_typed() {
    let file = path(&folder("points"), "own.csv");
    std::fs::write(&file, "x;y\n-0,5;0,25\n0,1;-1\n").expect("written");
    let at = format!("@{file}");
    let of = |data: &str| {
        printed(&[
            "run", "spectrum", "--data", data, "--widths", "8", "--until", "5",
        ])
    };
    let metrics = of(&at);
    assert_eq!(metrics, of("-0.5:0.25~0.1:-1"));
    assert!(!metrics.contains("test-loss"));
    // A link comes from elsewhere: it opens no file.
    let link = format!("widths=8&step=1&data={at}");
    let out = run(&["run", "spectrum", "--link", &link]);
    assert!(
        text(&out.stderr).contains("data: point 1"),
        "{}",
        text(&out.stderr)
    );
}

#[test]
fn a_file_that_holds_no_points_is_refused() {
    let file = path(&folder("no-points"), "own.csv");
    std::fs::write(&file, "1,2\n3,four\n").expect("written");
    for (data, named) in [
        (format!("@{file}"), "line 2"),
        ("@no-such-file".to_owned(), "data: no-such-file: "),
    ] {
        let out = run(&["run", "spectrum", "--data", &data]);
        let message = text(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{message}");
        assert!(message.contains(named), "{message}");
    }
}
