//! `docs/check.md` shows `docs/check.py` as it is, in ten lines; and the
//! script, which forms the Jacobian in NumPy, finds our kernel.

use ntk_playground::exhibit::Session;
use std::path::PathBuf;
use std::process::Command;

const SCRIPT: &str = include_str!("../../docs/check.py");
const PAGE: &str = include_str!("../../docs/check.md");

/// Relative error of the kernel and its eigenvalues.
const ROUNDING: f64 = 1e-12;

/// Of the energies: a rounding error of the kernel over the distance between
/// two eigenvalues.
const TURNED: f64 = 1e-9;

#[test]
fn the_page_shows_the_script() {
    let shown = PAGE.split("```python\n").nth(1);
    let shown = shown.and_then(|rest| rest.split("```").next());
    assert_eq!(shown, Some(SCRIPT));
}

#[test]
fn it_has_at_most_ten_lines() {
    let counts = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with('#');
    let lines: Vec<&str> = SCRIPT.lines().filter(counts).collect();
    assert!(lines.len() <= 10, "{}", lines.len());
    assert!(
        lines
            .iter()
            .all(|line| line.len() <= 120 && !line.contains(';'))
    );
}

#[test]
fn it_finds_our_kernel() {
    let numpy = Command::new("python3")
        .args(["-c", "import numpy"])
        .output();
    if !numpy.is_ok_and(|output| output.status.success()) {
        eprintln!("left out: python3 with NumPy is not here");
        return;
    }
    for (i, parameters) in [&[][..], &[("widths", "9-8-7"), ("points", "12")]]
        .iter()
        .enumerate()
    {
        let parameters: Vec<(String, String)> = parameters
            .iter()
            .map(|(knob, value)| ((*knob).into(), (*value).into()))
            .collect();
        let mut session = Session::open("spectrum", &parameters).expect("in range");
        session.advance(300, || true);
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("check-{i}.json"));
        std::fs::write(&file, session.json()).expect("a file");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/check.py");
        let ran = Command::new("python3").arg(script).arg(&file).output();
        let ran = ran.expect("python3 starts");
        let said = String::from_utf8_lossy(&ran.stdout);
        let trouble = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{trouble}");
        let found: Vec<(&str, f64)> = said
            .lines()
            .filter_map(|line| {
                let (name, error) = line.split_once(" relative error ")?;
                Some((name, error.parse().ok()?))
            })
            .collect();
        let names: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["K_SS", "lambda", "energies"], "{said}");
        for (name, error) in found {
            let most = if name == "energies" { TURNED } else { ROUNDING };
            assert!(error <= most, "{name}: {error}");
        }
    }
}
