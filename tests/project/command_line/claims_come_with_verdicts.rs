//! `--claims` prints every claim of the exhibit with the verdict on this run.

use super::{printed, run, text};
use ntk_playground::exhibit::{Session, Verdict};

#[test]
fn each_claim_has_its_verdict_and_what_the_run_shows() {
    let small = ["run", "spectrum", "--widths", "8", "--until", "400"];
    let plain = printed(&small);
    let out = run(&[&small[..], &["--claims"]].concat());
    let both = text(&out.stdout);
    let claims = both.strip_prefix(&plain).expect("the metrics first");
    let mut session =
        Session::open("spectrum", &[("widths".into(), "8".into())]).expect("in range");
    session.advance(400, || true);
    let ledger = session.exhibit().claims();
    let mut decided = 0;
    for claim in &ledger {
        let verdict = match claim.verdict {
            Verdict::Holds => "holds",
            Verdict::HoldsByConstruction => "holds by construction",
            Verdict::Partly => "partly",
            Verdict::Undecided => "undecided",
            Verdict::DoesNotHold => "does not hold",
            Verdict::NotClaimed => "not claimed",
            Verdict::NotYet => "not yet",
        };
        decided += u32::from(claim.verdict != Verdict::NotYet);
        let shows: String = claim.shows.iter().map(|span| &span.text[..]).collect();
        let block = format!(
            "\n{}: {verdict}\n  {}\n  {shows}\n",
            claim.name, claim.theory
        );
        assert!(claims.contains(&block), "{block}{claims}");
    }
    assert!(ledger.len() >= 5 && decided >= 2, "{claims}");
}
