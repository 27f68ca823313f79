//! docs/protocol.md has every claim of every exhibit, and no other.

use ntk_playground::exhibit::{EXHIBITS, Session};
use std::collections::BTreeSet;

/// Names in the first column of the tables on claims, behind the first heading that is an
/// exhibit's.
fn stated() -> BTreeSet<String> {
    let text = include_str!("../../docs/protocol.md");
    let tables = text
        .split("\n## ")
        .filter(|part| !part.starts_with("What was found"));
    let rows = tables
        .flat_map(|part| part.lines())
        .filter(|line| line.starts_with("| `"));
    let first = rows.filter_map(|row| row.split('|').nth(1));
    let names = first.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    names.map(str::to_owned).collect()
}

#[test]
fn every_claim_has_a_row_and_every_row_a_claim() {
    let mut claimed = BTreeSet::new();
    for kind in EXHIBITS {
        let mut sessions = vec![Session::open(kind.name, &[]).expect("the defaults open")];
        let rounds = kind.fixture.study.rounds.iter();
        for round in rounds.filter(|round| round.before.is_empty()) {
            let knobs = round.knobs.iter();
            let knobs: Vec<_> = knobs
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect();
            sessions.push(Session::open(kind.name, &knobs).expect("a round opens"));
        }
        for mut session in sessions {
            let claims = session.exhibit().claims();
            claimed.extend(claims.iter().map(|claim| claim.name.to_owned()));
        }
    }
    assert_eq!(stated(), claimed);
}
