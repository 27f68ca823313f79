//! The command line runs the same exhibits: its readings are the session's
//! own, its files hold what they say, and what is wrong is said in a sentence.

use ntk_playground::exhibit::Session;
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ntk-playground"))
        .args(arguments)
        .output()
        .expect("the binary starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("words are UTF-8")
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

#[test]
fn readings_are_those_of_the_session() {
    let out = run(&[
        "run", "spectrum", "--widths", "8-8", "--noise", "0.3", "--steps", "40",
    ]);
    assert!(out.status.success(), "{}", text(&out.stderr));
    let parameters = [("widths", "8-8"), ("noise", "0.3")].map(|(k, v)| (k.into(), v.into()));
    let mut session = Session::open("spectrum", &parameters).expect("in range");
    session.advance(40, || true);
    let printed = text(&out.stdout);
    for reading in session.exhibit().readings() {
        let line = printed
            .lines()
            .find(|line| line.split_whitespace().next() == Some(reading.name));
        let value = line.and_then(|line| line.split_whitespace().nth(1));
        assert_eq!(
            value,
            Some(reading.value.to_string().as_str()),
            "{}",
            reading.name
        );
    }
}

#[test]
fn a_link_is_replayed() {
    let link = "https://example.org/x/?exhibit=spectrum&widths=8&changes=10.noise.0.2&step=25";
    let out = run(&["run", "spectrum", "--link", link]);
    assert!(out.status.success(), "{}", text(&out.stderr));
    let printed = text(&out.stdout);
    let step = printed
        .lines()
        .next()
        .expect("the first reading is the step");
    assert_eq!(step.split_whitespace().nth(1), Some("25"));
    assert!(printed.contains("window-start") && !printed.contains("window-start 0 "));
}

#[test]
fn what_the_page_puts_into_a_link_is_replayed() {
    let csv = folder("link")
        .join("run.csv")
        .to_string_lossy()
        .into_owned();
    let link = "https://example.org/x/?exhibit=spectrum&data=-0.5%3A0.25%7E0.1%3A-1&widths=8&step=20&theme=dark&lang=en#spectrum";
    for link in [link.to_owned(), link.replace('&', "&amp;")] {
        let out = run(&["run", "spectrum", "--link", &link, "--csv", &csv]);
        assert!(out.status.success(), "{}", text(&out.stderr));
        assert_eq!(text(&out.stderr), "", "nothing is left out");
        let table = std::fs::read_to_string(&csv).expect("the CSV is there");
        let replayed = "# exhibit=spectrum&widths=8&data=-0.5:0.25~0.1:-1&step=20\n";
        assert!(table.contains(replayed), "{table:.200}");
    }
    let out = run(&["run", "race", "--link", link]);
    assert!(!out.status.success());
    let refusal = "of the exhibit \u{201c}spectrum\u{201d}, not of race";
    assert!(text(&out.stderr).contains(refusal), "{}", text(&out.stderr));
}

#[test]
fn files_hold_what_they_say() {
    let folder = folder("files");
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (csv, sheet, svg) = (path("run.csv"), path("sheet.svg"), path("views"));
    let json = path("run.json");
    let out = run(&[
        "run", "spectrum", "--widths", "8", "--steps", "20", "--csv", &csv, "--sheet", &sheet,
        "--svg", &svg, "--json", &json, "--theme", "dark",
    ]);
    assert!(out.status.success(), "{}", text(&out.stderr));
    let table = std::fs::read_to_string(csv).expect("the CSV is there");
    assert!(table.contains("# exhibit=spectrum&widths=8&step=20"));
    assert!(table.contains("\nreading,value,unit\n") && table.contains("# view eigenvalues"));
    let rows = table
        .split("# view eigenvalues\n")
        .nth(1)
        .expect("the view's block");
    assert_eq!(rows.lines().take_while(|line| !line.is_empty()).count(), 21);
    for view in ["fit", "eigenvalues", "loss", "residual", "history"] {
        let text = std::fs::read_to_string(folder.join("views").join(format!("{view}.svg")))
            .expect("every view is a file");
        assert!(
            text.starts_with("<svg") && text.trim_end().ends_with("</svg>"),
            "{view}"
        );
    }
    let json = std::fs::read_to_string(json).expect("the JSON is there");
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["link"], "exhibit=spectrum&widths=8&step=20");
    assert_eq!(
        json["networks"][0]["layers"][0]["W"]
            .as_array()
            .map(Vec::len),
        Some(8)
    );
    let sheet = std::fs::read_to_string(sheet).expect("the sheet is there");
    assert_eq!(sheet.matches("<svg").count(), 6);
    assert!(
        sheet.contains("#12161B") || sheet.contains("#12161b"),
        "the dark ground"
    );
}

#[test]
fn what_is_wrong_is_said() {
    for (arguments, named) in [
        (vec!["run", "spectre"], "spectre"),
        (vec!["run", "spectrum", "--nois", "0.2"], "--nois"),
        (vec!["run", "spectrum", "--steps", "ten"], "ten"),
        (
            vec!["run", "spectrum", "--gate", "hard", "--batch", "1"],
            "at least two",
        ),
        (
            vec![
                "run",
                "spectrum",
                "--steps",
                "1",
                "--csv",
                "/no/such/folder/x.csv",
            ],
            "/no/such",
        ),
        (vec!["run"], "which exhibit"),
        (vec!["study", "spectre"], "spectre"),
        (vec!["study"], "which study"),
        (vec!["study", "spectrum", "gate"], "gate"),
        (vec!["study", "spectrum", "--seeds", "0"], "at least one"),
        (vec!["study", "spectrum", "--seeds", "few"], "few"),
        (vec!["study", "spectrum", "--threads", "0"], "at least one"),
        (
            vec!["study", "spectrum", "--first-seed", "4294967295"],
            "beyond 4294967295",
        ),
        (
            vec!["study", "spectrum", "--format", "xml"],
            "one of text, csv, json",
        ),
        (vec!["dance"], "dance"),
    ] {
        let out = run(&arguments);
        assert!(!out.status.success(), "{arguments:?}");
        let message = text(&out.stderr);
        assert!(
            message.contains(named) && !message.contains("panicked"),
            "{message}"
        );
    }
}

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
fn every_format_of_a_study_tells_the_same() {
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
    let both = run(&["study", "spectrum", "--seeds", "2", "--format", "csv"]);
    let second = run(&[
        "study",
        "spectrum",
        "--seeds",
        "1",
        "--first-seed",
        "2",
        "--format",
        "csv",
    ]);
    let both = ends(&text(&both.stdout));
    assert_eq!(ends(&text(&second.stdout)), both[1..]);
}

#[test]
fn help_and_list_come_from_the_declarations() {
    let listed = text(&run(&["list"]).stdout);
    assert!(listed.lines().all(|line| line.chars().count() <= 100));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let listed = words(&listed);
    for kind in ntk_playground::exhibit::EXHIBITS {
        assert!(listed.contains(&format!("{}: {}", kind.name, kind.title)));
        for knob in kind.knobs {
            let (name, default) = (knob.name, knob.default);
            let entry = format!(
                "--{name} {} (default {default}) {}",
                knob.expected(),
                knob.help
            );
            assert!(listed.contains(&words(&entry)), "{entry}");
        }
    }
    let help = text(&run(&["help"]).stdout);
    for option in [
        "--steps",
        "--link",
        "--csv",
        "--svg",
        "--sheet",
        "--theme",
        "--seeds",
        "--first-seed",
        "--threads",
        "--format",
    ] {
        assert!(help.contains(option), "{option}");
    }
    assert!(
        help.lines().all(|line| line.chars().count() <= 100),
        "{help}"
    );
    // What may be asked for is named where something else was.
    let studies = help.split("Studies:\n").nth(1).expect("the last part");
    let unknown = text(&run(&["study", "spectre"]).stderr);
    assert!(unknown.contains(studies), "{unknown}");
    assert!(text(&run(&[]).stdout).contains("run EXHIBIT"));
}

#[test]
fn own_points_come_from_a_file() {
    let folder = folder("points");
    let file = folder.join("own.csv");
    std::fs::write(&file, "x;y\n-0,5;0,25\n0,1;-1\n").expect("written");
    let at = format!("@{}", file.to_string_lossy());
    let short = ["--widths", "8", "--steps", "5"];
    let out = run(&[&["run", "spectrum", "--data", &at], &short[..]].concat());
    assert!(out.status.success(), "{}", text(&out.stderr));
    let same = ["run", "spectrum", "--data", "-0.5:0.25~0.1:-1"];
    let typed = run(&[&same, &short[..]].concat());
    assert_eq!(text(&out.stdout), text(&typed.stdout));
    assert!(!text(&out.stdout).contains("test-loss"));
    std::fs::write(&file, "1,2\n3,four\n").expect("written");
    let out = run(&["run", "spectrum", "--data", &at]);
    let words = text(&out.stderr);
    assert!(!out.status.success() && words.contains("line 2"), "{words}");
    let out = run(&["run", "spectrum", "--data", "@no-such-file"]);
    let words = text(&out.stderr);
    assert!(
        !out.status.success() && words.contains("no-such-file"),
        "{words}"
    );
    // A link comes from elsewhere: it opens no file.
    let link = format!("widths=8&step=1&data={at}");
    let out = run(&["run", "spectrum", "--link", &link]);
    let words = text(&out.stderr);
    assert!(words.contains("data: point 1"), "{words}");
}
