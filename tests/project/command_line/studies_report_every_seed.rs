//! Every format of a study reports the same, and a seed counts the same
//! wherever a study starts.

use super::{printed, run, text};
use serde_json::Value;

/// Test errors at the end, by seed, from the lines of a study's CSV.
fn ends(csv: &str) -> Vec<(u32, f64)> {
    csv.lines()
        .filter_map(|line| line.strip_prefix("spectrum,steps,12000,test-loss,"))
        .filter_map(|rest| rest.split_once(','))
        .map(|(seed, value)| {
            let seed = seed.parse().expect("a seed is a whole number");
            (seed, value.parse().expect("a value is a number"))
        })
        .collect()
}

#[test]
fn every_format_reports_the_same() {
    let study = |options: &[&str]| {
        let out = run(&[&["study", "spectrum", "--seeds", "2"], options].concat());
        assert!(out.status.success(), "{}", text(&out.stderr));
        assert_eq!(text(&out.stderr), "", "progress is for terminals");
        text(&out.stdout)
    };
    let csv = study(&["--format", "csv", "--threads", "1"]);
    assert!(csv.starts_with("study,table,row,column,seed,value\n"));
    let ends = ends(&csv);
    assert_eq!(
        ends.iter().map(|(seed, _)| *seed).collect::<Vec<_>>(),
        [1, 2]
    );

    let json: Value = serde_json::from_str(&study(&["--format", "json"])).expect("JSON");
    assert_eq!(json["seeds"], serde_json::json!([1, 2]));
    let table = &json["tables"][0];
    let last = (table["rows"].as_array().expect("rows"))
        .iter()
        .find(|row| row["name"] == 12_000.0)
        .expect("the row of the last step");
    let column = (table["columns"].as_array().expect("columns"))
        .iter()
        .position(|column| column == "test-loss")
        .expect("the column of the test error");
    let cell = &last["cells"][column];
    let samples: Vec<f64> = ends.iter().map(|(_, value)| *value).collect();
    let mean = (samples[0] + samples[1]) / 2.0;
    for (there, here) in [
        (&cell["samples"][0], samples[0]),
        (&cell["samples"][1], samples[1]),
        (&cell["mean"], mean),
    ] {
        let there = there.as_f64().expect("a number");
        assert!((there - here).abs() < 1e-12, "{there} {here}");
    }

    let printed = study(&[]);
    assert!(printed.contains("seeds 1 to 2"), "{printed}");
    let line = printed
        .lines()
        .find(|line| line.starts_with("12000"))
        .expect("the line of the last step");
    assert!(line.contains(&format!("{mean:.3} \u{b1}")), "{line}");
}

#[test]
fn seeds_do_not_depend_on_where_a_study_starts() {
    let study = ["study", "spectrum", "--format", "csv"];
    let both = ends(&printed(&[&study[..], &["--seeds", "2"]].concat()));
    let second = printed(&[&study[..], &["--seeds", "1", "--first-seed", "2"]].concat());
    assert_eq!(ends(&second), both[1..]);
}
