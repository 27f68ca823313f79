//! The figures of the paper are those of `www/claims.json`, and every work that it cites
//! is in its list of references, which has no other.

use ntk_playground::exhibit::EXHIBITS;
use serde_json::Value;
use std::collections::BTreeSet;

const PAPER: &str = include_str!("../../paper/paper.md");
const REFERENCES: &str = include_str!("../../paper/paper.bib");

/// How many claims have each verdict in most of the runs.
fn verdicts() -> Vec<usize> {
    let file: Value = serde_json::from_str(include_str!("../../www/claims.json")).expect("JSON");
    let verdicts = file["verdicts"].as_array().expect("verdicts");
    let exhibits = file["exhibits"].as_array().expect("exhibits");
    let claims = exhibits
        .iter()
        .flat_map(|exhibit| exhibit["claims"].as_array().expect("claims"));
    let mut most = vec![0; verdicts.len()];
    for claim in claims {
        let counts = claim["counts"].as_array().expect("counts");
        let counts: Vec<u64> = counts.iter().filter_map(Value::as_u64).collect();
        let highest = counts.iter().max().expect("a count");
        let first = counts.iter().position(|count| count == highest);
        most[first.expect("the highest")] += 1;
    }
    most
}

#[test]
fn its_figures_are_those_of_the_file() {
    let most = verdicts();
    let total: usize = most.iter().sum();
    let [holds, partly, fails, open] = most[..] else {
        panic!("four verdicts: {most:?}");
    };
    let text = PAPER.split_whitespace().collect::<Vec<_>>().join(" ");
    for sentence in [
        format!("There are {total} claims in {} exhibits.", EXHIBITS.len()),
        format!(
            "{holds} of them hold, {partly} hold partly, {fails} do not, and {open} are not decided"
        ),
    ] {
        assert!(text.contains(&sentence), "{sentence}");
    }
}

#[test]
fn references_are_cited_and_citations_are_listed() {
    let is_key = |c: char| c.is_ascii_alphanumeric();
    let key = |text: &'static str| text.split(|c| !is_key(c)).next().unwrap_or_default();
    let cited: BTreeSet<&str> = PAPER.split('@').skip(1).map(key).collect();
    let listed: BTreeSet<&str> = REFERENCES
        .split("\n@")
        .filter_map(|entry| Some(key(entry.split_once('{')?.1)))
        .collect();
    assert!(listed.len() > 5);
    assert_eq!(cited, listed);
}
