//! Every claim of every exhibit over seeds: how often each verdict is given at the end of a run,
//! and the verdict over all runs.
//!
//! A run opens an exhibit at its defaults, with its seeds set, and goes to its
//! end; an exhibit that needs other settings, or runs before the one that is judged, declares
//! them ([`Round`]). One that goes over several seeds of its own is run at every so many seeds:
//! see [`stride`]. docs/protocol.md states the rules.

use super::grid::settings;
use super::opened;
use super::report::{Cell, Table};
use super::seeds::Seeds;
use super::verdict::{Judged, Overall};
use ntk_playground::exhibit::{EXHIBITS, ExhibitKind, Round, Setting, Status, Verdict};

/// A table per exhibit, named and titled like it.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    EXHIBITS.iter().map(|kind| judged(kind, seeds)).collect()
}

fn judged(kind: &ExhibitKind, seeds: &Seeds) -> Result<Table, String> {
    let columns = Verdict::ALL.map(Verdict::text);
    let last = ["verdict", "evidence", "the theory says"];
    let mut table =
        Table::new(kind.name, kind.title).columns([""].into_iter().chain(columns).chain(last));
    let study = kind.fixture.study;
    let wanted = seeds.wants(kind.name, study.rounds.len() as u64);
    let rounds = study.rounds.iter().enumerate().filter(|_| wanted);
    let mut named = Vec::new();
    for (i, round) in rounds {
        let stride = stride(kind, round.knobs)?;
        let of = described(kind, i, round);
        let runs = seeds.each(&of, |seed| {
            let mut claims = end(kind, round, from(seeds.first(), seed, stride))?;
            claims.retain(|claim| study.judges(i, &claim.name));
            Ok(claims)
        })?;
        if runs.is_empty() {
            continue;
        }
        // One run may have more claims than another.
        let mut claims: Vec<&Judged> = Vec::new();
        for claim in runs.iter().flatten() {
            if claims.iter().all(|known| known.name != claim.name) {
                claims.push(claim);
            }
        }
        for claim in claims {
            let given = runs.iter().flatten();
            let given: Vec<&Judged> = given.filter(|other| other.name == claim.name).collect();
            let counts = Verdict::ALL
                .map(|verdict| Cell::count(given.iter().map(|given| given.verdict == verdict)));
            let Overall { verdict, evidence } = Overall::of(&given);
            let last = [
                verdict.text().into(),
                evidence.into(),
                claim.theory.clone().into(),
            ];
            table.push(claim.name.clone(), counts.into_iter().chain(last));
            named.push(claim.name.clone());
        }
        if let Some(how) = how(runs.len() as u32, seeds.first(), stride, round) {
            table = table.note(how);
        }
    }
    // What was left out or is not there yet.
    for claim in opened(kind.name, &[])?.exhibit().claims() {
        if named.iter().all(|name| name != claim.name) {
            let counts = Verdict::ALL.map(|_| Cell::count([]));
            let last = [
                Verdict::Undecided.text().into(),
                "not run".into(),
                claim.theory.into(),
            ];
            table.push(claim.name, counts.into_iter().chain(last));
        }
    }
    Ok(table)
}

/// Seeds that one run takes: those of its knob `seeds`, if it has one. Runs
/// are as far apart, so that no two share a seed.
fn stride(kind: &ExhibitKind, knobs: &[Setting]) -> Result<u32, String> {
    let Some(knob) = kind.knobs.iter().find(|knob| knob.name == "seeds") else {
        return Ok(1);
    };
    let set = knobs.iter().find(|(name, _)| *name == knob.name);
    let value = set.map_or(knob.default, |(_, value)| value);
    value
        .parse()
        .map_err(|_| format!("seeds: \u{201c}{value}\u{201d} is not a whole number."))
}

/// The first seed of a run.
fn from(first: u32, seed: u32, stride: u32) -> u64 {
    u64::from(first) + u64::from(seed - first) * u64::from(stride)
}

/// The round as a row's settings.
fn described(kind: &ExhibitKind, i: usize, round: &Round) -> String {
    let before = round.before.iter().map(|knobs| settings("after", knobs));
    let parts: Vec<String> = before.collect();
    let round = format!("{}, round {}", settings(kind.name, round.knobs), i + 1);
    std::iter::once(round)
        .chain(parts)
        .collect::<Vec<_>>()
        .join(", ")
}

/// The claims at the end of a run.
fn end(kind: &ExhibitKind, round: &Round, seed: u64) -> Result<Vec<Judged>, String> {
    let seed = seed.to_string();
    let own = kind.knobs.iter().map(|knob| knob.name);
    let mut parameters: Vec<(&str, &str)> = own
        .filter(|name| ["seed", "weight-seed"].contains(name))
        .map(|name| (name, seed.as_str()))
        .collect();
    let mut runs = round.before.iter().copied().chain([round.knobs]);
    parameters.extend(runs.next().unwrap_or_default());
    let mut session = opened(kind.name, &parameters)?;
    loop {
        session.advance(u64::MAX, || true);
        if let Status::Failed(reason) = session.exhibit().status() {
            return Err(format!("{}, seed {seed}: {reason}", kind.name));
        }
        let Some(knobs) = runs.next() else { break };
        for (name, value) in knobs {
            session
                .set(name, value)
                .map_err(|error| error.to_string())?;
        }
        session.reset().map_err(|error| error.to_string())?;
    }
    Ok(session.exhibit().claims().iter().map(Judged::of).collect())
}

/// What a reader has to know about the runs, if they are not one per seed at
/// the defaults.
fn how(runs: u32, first: u32, stride: u32, round: &Round) -> Option<String> {
    let listed = |knobs: &[Setting]| -> Vec<String> {
        let knobs = knobs.iter().filter(|(name, _)| *name != "seeds");
        knobs
            .map(|(name, value)| format!("{name} {value}"))
            .collect()
    };
    let mut parts = Vec::new();
    if !round.claims.is_empty() {
        parts.push(round.claims.join(" and "));
    }
    if stride > 1 {
        let last = first + runs * stride - 1;
        parts.push(format!(
            "{runs} runs of {stride} seeds each, {first} to {last}"
        ));
    }
    parts.extend(listed(round.knobs));
    for knobs in round.before {
        let knobs = listed(knobs);
        let knobs = match knobs.is_empty() {
            true => "the defaults".to_owned(),
            false => knobs.join(", "),
        };
        parts.push(format!("after a run at {knobs}"));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_are_not_one_per_seed_are_told() {
        let told = |stride, round: Round| how(8, 1, stride, &round);
        assert_eq!(told(1, Round::DEFAULT), None);
        let each = told(3, Round::DEFAULT);
        assert_eq!(each.as_deref(), Some("8 runs of 3 seeds each, 1 to 24"));
        let round = Round {
            before: &[&[], &[("gate", "hard")]],
            knobs: &[("seeds", "8"), ("noise", "0")],
            claims: &["a"],
        };
        let all = "a, noise 0, after a run at the defaults, after a run at gate hard";
        assert_eq!(told(1, round).as_deref(), Some(all));
    }

    #[test]
    fn runs_share_no_seed() {
        let ends: Vec<u64> = (1_001..1_004).map(|seed| from(1_001, seed, 3)).collect();
        assert_eq!(ends, [1_001, 1_004, 1_007]);
    }

    #[test]
    fn every_claim_is_judged_in_one_round_and_every_named_claim_exists() -> Result<(), String> {
        for kind in EXHIBITS {
            let study = kind.fixture.study;
            for (i, round) in study.rounds.iter().enumerate() {
                let runs = round.before.iter().chain([&round.knobs]);
                let knobs: Vec<Setting> = runs.copied().flatten().copied().collect();
                let mut last: Vec<Setting> = Vec::new();
                for (name, value) in knobs {
                    last.retain(|(other, _)| *other != name);
                    last.push((name, value));
                }
                let claims = opened(kind.name, &last)?.exhibit().claims();
                for name in round.claims {
                    assert!(
                        claims.iter().any(|claim| claim.name == *name),
                        "{}: {name}",
                        kind.name
                    );
                }
                for claim in claims {
                    let rounds = 0..study.rounds.len();
                    let judged = rounds.filter(|i| study.judges(*i, claim.name)).count();
                    assert_eq!(judged, 1, "{} in round {i}", claim.name);
                }
            }
        }
        Ok(())
    }
}
