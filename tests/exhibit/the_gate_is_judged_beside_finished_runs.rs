//! The claim that the gate needs no validation set is judged once the session has finished
//! the gate's run and three others: none without a gate, one at random, one with a smaller
//! step. A run in which a knob was turned does not count.

use ntk_playground::exhibit::{Claim, Session, Status, Verdict};

fn claim(session: &mut Session) -> Claim {
    let mut claims = session.exhibit().claims();
    claims.pop().expect("five claims")
}

fn reading(session: &mut Session, name: &str) -> f64 {
    let readings = session.exhibit().readings();
    let found = readings.iter().find(|reading| reading.name == name);
    found.expect("a declared reading").value
}

/// Restarts with some knobs set, runs to the end and returns its last and its best test error.
fn run(session: &mut Session, knobs: &[(&str, &str)]) -> (f64, f64) {
    for (knob, value) in knobs {
        session.set(knob, value).expect("a value that fits");
    }
    session.reset().expect("the settings go together");
    session.advance(u64::MAX, || true);
    assert!(matches!(session.exhibit().status(), Status::Finished(_)));
    (
        reading(session, "test-loss"),
        reading(session, "best-test-loss"),
    )
}

#[test]
fn every_run_that_is_missing_is_named_until_all_have_finished() {
    let small = [("widths", "8"), ("points", "8"), ("noise", "1")];
    let small = small.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut session = Session::open("spectrum", &small).expect("the settings go together");
    let missing = |session: &mut Session| {
        let claim = claim(session);
        assert_eq!(claim.verdict, Verdict::NotYet);
        claim.reason
    };
    let all = "still to run: no gate, hard gate, random mask, a smaller step";
    assert_eq!(missing(&mut session), all);

    session.advance(10, || true);
    session.set("step-fraction", "0.4").expect("a value");
    session.set("step-fraction", "0.5").expect("a value");
    session.advance(12_000, || true);
    assert_eq!(missing(&mut session), all, "a knob was turned");

    let (_, best) = run(&mut session, &[]);
    let others = "still to run: hard gate, random mask, a smaller step";
    assert_eq!(missing(&mut session), others);
    let (hard, _) = run(&mut session, &[("gate", "hard")]);
    let open = reading(&mut session, "gate-open-mean");
    let step = format!("{:.3}", 0.5 * open);
    let others = format!("still to run: random mask, no gate at step-fraction {step}");
    assert_eq!(missing(&mut session), others);
    let (random, _) = run(&mut session, &[("gate", "random")]);
    let (smaller, _) = run(&mut session, &[("gate", "off"), ("step-fraction", &step)]);

    let judged = claim(&mut session);
    let control = f64::min(random, smaller);
    let expected = if hard > 1.3 * best {
        Verdict::DoesNotHold
    } else if hard <= 1.1 * best && hard <= control / 1.1 {
        Verdict::Holds
    } else {
        Verdict::Partly
    };
    assert_eq!(judged.verdict, expected, "{judged:?}");
    let evidence = judged.evidence.expect("four numbers");
    let at: Vec<f64> = evidence.values.iter().map(|mark| mark.at).collect();
    let wanted = [hard, random, smaller].map(|error| (error / best).log10().clamp(0.0, 1.0));
    for (at, wanted) in at.iter().zip(wanted) {
        assert!((at - wanted).abs() < 1e-12, "{at}, not {wanted}");
    }
    // Other weights are another comparison.
    session.set("weight-seed", "77").expect("a seed");
    assert_eq!(missing(&mut session), all);
}
