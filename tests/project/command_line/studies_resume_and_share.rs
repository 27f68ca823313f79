//! A study goes on where it was killed, and its shards together are the study, bit for bit.

use super::{folder, path, printed, program, run, text};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// The cheapest exhibit: a unit takes a fraction of a second.
const STUDY: [&str; 6] = ["study", "claims", "--only", "matrix", "--first-seed", "41"];

fn empty(name: &str) -> String {
    let folder = folder(name);
    std::fs::remove_dir_all(&folder).expect("an old folder is removed");
    folder.to_string_lossy().into_owned()
}

fn study(out: &str, more: &[&str]) -> Vec<String> {
    let kept = ["--out", out];
    let all = STUDY.iter().chain(&kept).chain(more);
    all.map(|argument| (*argument).to_owned()).collect()
}

fn printed_by(arguments: &[String]) -> String {
    printed(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

fn lines(out: &str) -> Vec<String> {
    let file = Path::new(out).join("claims-1-of-1.jsonl");
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let whole = text
        .split_inclusive('\n')
        .filter(|line| line.ends_with('\n'));
    whole.map(str::to_owned).collect()
}

#[test]
fn eight_shards_are_one_run() {
    let format = ["--seeds", "8", "--format", "json"];
    let whole = printed_by(&study(&empty("whole"), &format));
    let alone = printed(&[&STUDY[..], &format].concat());
    assert_eq!(whole, alone, "keeping results changes none");
    let shards = empty("shards");
    for part in 1..=8 {
        let shard = format!("{part}/8");
        let done = printed_by(&study(&shards, &["--seeds", "8", "--shard", &shard]));
        assert_eq!(done, format!("Part {part} of 8 is done.\n"));
    }
    let merged = printed(&["study", "merge", &shards, "--partial", "--format", "json"]);
    assert_eq!(merged, whole);
}

#[test]
fn a_study_that_is_killed_loses_at_most_the_unit_under_way() {
    let out = empty("killed");
    let arguments = study(&out, &["--seeds", "8", "--threads", "1"]);
    let mut child = program()
        .args(&arguments)
        .stdout(Stdio::null())
        .spawn()
        .expect("the binary starts");
    let since = Instant::now();
    while lines(&out).len() < 3 {
        assert!(
            since.elapsed() < Duration::from_secs(120),
            "no unit arrives"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    // SIGKILL where there is one.
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    let before = lines(&out);
    assert!((3..8).contains(&before.len()), "{} units", before.len());
    let resumed = printed_by(&arguments);
    let after = lines(&out);
    assert_eq!(
        after[..before.len()],
        before[..],
        "nothing is computed again"
    );
    assert_eq!(after.len(), 8);
    let again = empty("not-killed");
    assert_eq!(
        resumed,
        printed_by(&study(&again, &["--seeds", "8", "--threads", "1"]))
    );
    assert_eq!(lines(&again), after);
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let out = empty("mixed");
    printed_by(&study(&out, &["--seeds", "2", "--shard", "1/2"]));
    printed_by(&study(&out, &["--seeds", "3", "--shard", "3/3"]));
    let refused = run(&["study", "merge", &out, "--partial"]);
    let complaint = text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1), "{complaint}");
    assert!(complaint.contains("another seeds"), "{complaint}");
    // The same file under other seeds.
    std::fs::rename(
        path(Path::new(&out), "claims-1-of-2.jsonl"),
        path(Path::new(&out), "claims-1-of-1.jsonl"),
    )
    .expect("a file of its own");
    let arguments = study(&out, &["--seeds", "5"]);
    let refused = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(text(&refused.stderr).contains("another seeds"));
    let missing = empty("missing");
    printed_by(&study(&missing, &["--seeds", "2", "--shard", "1/2"]));
    let refused = run(&["study", "merge", &missing]);
    let complaint = text(&refused.stderr);
    assert!(complaint.contains("a shard is not done"), "{complaint}");
    let none = run(&["study", "merge", &empty("none")]);
    assert_eq!(none.status.code(), Some(1));
}
