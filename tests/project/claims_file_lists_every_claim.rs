//! `www/claims.json` lists every claim of every exhibit, word for word and in
//! the order of the page, with a verdict for every run.

use ntk_playground::exhibit::{EXHIBITS, Session, Verdict};
use serde_json::Value;

fn file() -> Value {
    serde_json::from_str(include_str!("../../www/claims.json")).expect("claims.json is JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[test]
fn it_has_every_claim_in_the_words_of_the_ledger() {
    let file = file();
    let judged = file["exhibits"].as_array().expect("a list of exhibits");
    let names: Vec<&str> = judged.iter().map(|one| text(&one["name"])).collect();
    let known: Vec<&str> = EXHIBITS.iter().map(|kind| kind.name).collect();
    assert_eq!(
        names, known,
        "cargo xtask claims brings the file up to date"
    );
    for (kind, judged) in EXHIBITS.iter().zip(judged) {
        assert_eq!(text(&judged["title"]), kind.title);
        let listed = judged["claims"].as_array().expect("a list of claims");
        let listed: Vec<(&str, &str)> = listed
            .iter()
            .map(|claim| (text(&claim["name"]), text(&claim["theory"])))
            .collect();
        let mut session = Session::open(kind.name, &[]).expect("the defaults open");
        for claim in session.exhibit().claims() {
            assert!(
                listed.contains(&(claim.name, claim.theory)),
                "{}: {} is not among {listed:#?}; cargo xtask claims adds it",
                kind.name,
                claim.name
            );
        }
    }
}

#[test]
fn every_run_has_one_verdict_and_the_origin_is_stated() {
    let file = file();
    for stated in ["command", "date", "commit"] {
        assert!(!text(&file[stated]).is_empty(), "no {stated}");
    }
    let verdicts: Vec<String> = Verdict::ALL
        .iter()
        .map(|verdict| verdict.text().replace(' ', "-"))
        .collect();
    assert_eq!(file["verdicts"], serde_json::json!(verdicts));
    let seeds = file["seeds"].as_array().map_or(0, Vec::len) as u64;
    assert!(seeds >= 32, "{seeds} seeds");
    assert!(
        file["seeds"][0].as_u64() > Some(1_000),
        "chosen on seeds up to 100"
    );
    for exhibit in file["exhibits"].as_array().expect("a list of exhibits") {
        for claim in exhibit["claims"].as_array().expect("a list of claims") {
            let counts = claim["counts"].as_array().expect("counts");
            assert_eq!(counts.len(), verdicts.len(), "{claim}");
            let runs: u64 = counts.iter().filter_map(Value::as_u64).sum();
            assert!(runs <= seeds, "{claim}: {runs} verdicts for {seeds} seeds");
            let verdict = text(&claim["verdict"]).to_owned();
            assert!(verdicts.contains(&verdict), "{claim}");
            assert!(!text(&claim["evidence"]).is_empty(), "{claim}");
            // What was not run decides nothing.
            assert!(runs > 0 || verdict == "undecided", "{claim}");
            // What another set of seeds judges otherwise is not decided.
            if let Some(again) = claim.get("again") {
                assert!(
                    again == verdict.as_str() || verdict == "undecided",
                    "{claim}"
                );
            }
        }
    }
}
