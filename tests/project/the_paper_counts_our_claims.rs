//! The figures of the paper are those of `www/claims.json`, and every work that it cites
//! is in its list of references, which has no other.

use ntk_playground::exhibit::EXHIBITS;
use serde_json::Value;
use std::collections::BTreeSet;

const PAPER: &str = include_str!("../../paper/paper.md");
const REFERENCES: &str = include_str!("../../paper/paper.bib");

/// The verdicts of all claims.
fn verdicts() -> Vec<String> {
    let file: Value = serde_json::from_str(include_str!("../../www/claims.json")).expect("JSON");
    let exhibits = file["exhibits"].as_array().expect("exhibits");
    let claims = exhibits
        .iter()
        .flat_map(|exhibit| exhibit["claims"].as_array().expect("claims"));
    let verdict = |claim: &Value| claim["verdict"].as_str().expect("a word").to_owned();
    claims.map(verdict).collect()
}

#[test]
fn its_figures_are_those_of_the_file() {
    let verdicts = verdicts();
    let of = |word: &str| verdicts.iter().filter(|verdict| *verdict == word).count();
    let (total, holds, construction) = (verdicts.len(), of("holds"), of("holds-by-construction"));
    let (partly, fails) = (of("partly"), of("does-not-hold"));
    let open = total - holds - construction - partly - fails;
    let text = PAPER.split_whitespace().collect::<Vec<_>>().join(" ");
    for sentence in [
        format!("There are {total} claims in {} exhibits.", EXHIBITS.len()),
        format!(
            "{holds} of them hold, {construction} by construction, {partly} hold partly, {fails} do not, \
             and {open} are undecided, not run or not claimed"
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
