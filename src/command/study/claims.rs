//! Every claim of every exhibit, judged by its own thresholds over seeds: how
//! often each of the four verdicts is given at the end of a run.
//!
//! A run opens an exhibit at its defaults, with its seeds set, and goes to its
//! end; an exhibit that needs other knobs or fewer runs declares a [`Study`].
//! One that goes over several seeds of its own needs none: see [`stride`]. A
//! claim that needs other settings to be judged stays "not yet".

use super::opened;
use super::report::{Cell, Table};
use super::seeds::Seeds;
use ntk_playground::exhibit::{Claim, EXHIBITS, ExhibitKind, Status, Study, Verdict};

/// The verdicts as text.
pub const VERDICTS: [(&str, Verdict); 4] = [
    ("holds", Verdict::Holds),
    ("partly", Verdict::Partly),
    ("does not hold", Verdict::DoesNotHold),
    ("not yet", Verdict::NotYet),
];

/// A table per exhibit, named and titled like it.
pub fn tables(seeds: &Seeds) -> Result<Vec<Table>, String> {
    EXHIBITS.iter().map(|kind| judged(kind, seeds)).collect()
}

fn judged(kind: &ExhibitKind, seeds: &Seeds) -> Result<Table, String> {
    let Study {
        knobs,
        most_runs,
        remark,
    } = kind.fixture.study;
    let stride = stride(kind, knobs)?;
    let first = seeds.numbers().next().unwrap_or(0);
    let ends = seeds.each(|seed| {
        let run = seed - first;
        match run < most_runs {
            true => end(kind, u64::from(first) + u64::from(run) * stride, knobs).map(Some),
            false => Ok(None),
        }
    })?;
    let ends: Vec<Vec<Claim>> = ends.into_iter().flatten().collect();

    // One run may have more claims than another.
    let mut claims: Vec<&Claim> = Vec::new();
    for claim in ends.iter().flatten() {
        if claims.iter().all(|known| known.name != claim.name) {
            claims.push(claim);
        }
    }
    let columns = VERDICTS.map(|(words, _)| words);
    let mut table = Table::new(kind.name, kind.title)
        .columns([""].into_iter().chain(columns).chain(["the theory says"]));
    for claim in claims {
        let given: Vec<Option<Verdict>> = ends.iter().map(|end| verdict(end, claim.name)).collect();
        let counts = VERDICTS.map(|(_, verdict)| {
            let asked = given.iter().flatten();
            Cell::count(asked.map(|given| *given == verdict))
        });
        table.push(claim.name, counts.into_iter().chain([claim.theory.into()]));
    }
    let notes = [
        how(ends.len(), first, stride, knobs),
        remark.map(str::to_owned),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    Ok(match notes.is_empty() {
        true => table,
        false => table.note(notes.join(", ")),
    })
}

/// Seeds that one run takes: those of its knob `seeds`, if it has one. Runs
/// are as far apart, so that no two share a seed.
fn stride(kind: &ExhibitKind, knobs: &[(&str, &str)]) -> Result<u64, String> {
    let Some(knob) = kind.knobs.iter().find(|knob| knob.name == "seeds") else {
        return Ok(1);
    };
    let set = knobs.iter().find(|(name, _)| *name == knob.name);
    let value = set.map_or(knob.default, |(_, value)| value);
    value
        .parse()
        .map_err(|_| format!("seeds: \u{201c}{value}\u{201d} is not a whole number."))
}

/// The claims at the end of a run.
fn end(kind: &ExhibitKind, seed: u64, knobs: &[(&str, &str)]) -> Result<Vec<Claim>, String> {
    let seed = seed.to_string();
    let own = kind.knobs.iter().map(|knob| knob.name);
    let mut parameters: Vec<(&str, &str)> = own
        .filter(|name| ["seed", "weight-seed"].contains(name))
        .map(|name| (name, seed.as_str()))
        .collect();
    parameters.extend(knobs);
    let mut session = opened(kind.name, &parameters)?;
    session.advance(u64::MAX, || true);
    match session.exhibit().status() {
        Status::Failed(reason) => Err(format!("{}, seed {seed}: {reason}", kind.name)),
        _ => Ok(session.exhibit().claims()),
    }
}

fn verdict(claims: &[Claim], name: &str) -> Option<Verdict> {
    let claim = claims.iter().find(|claim| claim.name == name)?;
    Some(claim.verdict)
}

/// What a reader has to know about the runs, if they are not one per seed at
/// the defaults.
fn how(runs: usize, first: u32, stride: u64, knobs: &[(&str, &str)]) -> Option<String> {
    let set: Vec<String> = knobs
        .iter()
        .filter(|(name, _)| *name != "seeds")
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    let settings = match set.is_empty() {
        true => String::new(),
        false => format!(", {}", set.join(", ")),
    };
    let last = u64::from(first) + runs as u64 * stride - 1;
    match (runs, stride, set.is_empty()) {
        (_, 1, true) => None,
        (1, 1, _) => Some(format!("1 run, seed {first}{settings}")),
        (_, 1, _) => Some(format!("{runs} runs, seeds {first} to {last}{settings}")),
        (1, _, _) => Some(format!("1 run over seeds {first} to {last}{settings}")),
        _ => Some(format!(
            "{runs} runs of {stride} seeds each, {first} to {last}{settings}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_are_not_one_per_seed_are_told() {
        let told = |runs, stride, knobs: &[(&str, &str)]| how(runs, 1, stride, knobs);
        assert_eq!(told(8, 1, &[]), None);
        let each = told(8, 3, &[]);
        assert_eq!(each.as_deref(), Some("8 runs of 3 seeds each, 1 to 24"));
        let one = told(1, 8, &[("seeds", "8"), ("noise", "0")]);
        assert_eq!(one.as_deref(), Some("1 run over seeds 1 to 8, noise 0"));
        let set = told(2, 1, &[("noise", "0")]);
        assert_eq!(set.as_deref(), Some("2 runs, seeds 1 to 2, noise 0"));
    }
}
