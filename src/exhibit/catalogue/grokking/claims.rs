//! The ledger of the grokking exhibit: thresholds and their reasons.

use super::readings::delay;
use super::run::{Run, Surveyed};
use crate::chart::{Role, Shape, Span};
use crate::exhibit::{Claim, Evidence, EvidenceMark, Verdict, text};

/// "Much later": eight times as many steps, the least that was seen in any seed.
const MUCH_LATER: f64 = 8.0;
/// "Later".
const LATER: f64 = 2.0;
/// "In the channel": more than four fifths of the labels' energy.
const IN_CHANNEL: f64 = 0.8;
/// "Tracks": never further apart than this at a surveyed step; the accuracy of a few hundred pairs
/// jumps by a tenth between two surveys.
const TRACKS: f64 = 0.15;
/// Held-out alignment has risen: twice what it was when memorised.
const RISEN: f64 = 2.0;
/// "Most of the rotation": three quarters of it.
const MOST: f64 = 0.75;
/// What "early in the delay" means: its first quarter.
const EARLY: f64 = 0.25;

/// The claims that this run alone can judge, in the order of the essay.
pub fn ledger(run: &mut Run) -> Vec<Claim> {
    vec![
        memorises_first(run),
        enters_channel(run),
        kernel_tracks(run),
        rotation_is_the_delay(run),
    ]
}

fn not_yet(name: &'static str, theory: &'static str, shows: &str, reason: &str) -> Claim {
    Claim {
        name,
        theory,
        shows: vec![Span::plain(shows)],
        evidence: None,
        verdict: Verdict::NotYet,
        reason: reason.into(),
    }
}

fn memorises_first(run: &mut Run) -> Claim {
    const NAME: &str = "memorises-first";
    const THEORY: &str = "Fast directions fit single examples, so memorising comes first and generalising much later.";
    let now = run.answers().test;
    let Some(memorised) = run.memorised.as_ref().map(|m| (m.step, m.answers.test)) else {
        return not_yet(
            NAME,
            THEORY,
            "The pairs shown are not all fitted yet.",
            "not memorised yet",
        );
    };
    let (step, then) = memorised;
    let mut shows = vec![
        Span::plain(format!(
            "All pairs shown are right at step {}, ",
            text::count(step)
        )),
        Span::strong(text::percent(then)),
        Span::plain(" of the held-out ones. "),
    ];
    let delay = delay(run);
    let (verdict, reason) = match (run.grokked, delay) {
        (Some(grokked), Some(delay)) => {
            shows.push(Span::plain(format!(
                "95\u{2009}% of those are right at step {}, ",
                text::count(grokked)
            )));
            shows.push(Span::strong(format!("{}\u{d7}", text::significant(delay))));
            shows.push(Span::plain(" as late."));
            if delay >= MUCH_LATER {
                (Verdict::Holds, "more than eight times as late".to_owned())
            } else if delay >= LATER {
                (Verdict::Partly, "later, but less than eight times".into())
            } else {
                (
                    Verdict::DoesNotHold,
                    "both come at about the same time".into(),
                )
            }
        }
        _ => {
            shows.push(Span::plain(format!(
                "Now {} of those are right.",
                text::percent(now)
            )));
            (Verdict::NotYet, "not generalised yet".into())
        }
    };
    let at = |ratio: f64| libm::log10(ratio) / 2.0;
    Claim {
        name: NAME,
        theory: THEORY,
        shows,
        evidence: delay.map(|delay| Evidence {
            start: "1\u{d7}".into(),
            end: "100\u{d7}".into(),
            threshold: Some(EvidenceMark::new(
                at(MUCH_LATER),
                "8\u{d7}",
                Shape::Disc,
                Role::Ink,
            )),
            values: vec![EvidenceMark::new(
                at(delay),
                "this run",
                Shape::Diamond,
                Role::Test,
            )],
        }),
        verdict,
        reason,
    }
}

/// The first survey, the one when memorised and the last one.
fn three(run: &Run) -> Option<[Surveyed; 3]> {
    let memorised = run.memorised.as_ref()?.step;
    let after = run.surveys.iter().find(|survey| survey.step >= memorised)?;
    Some([*run.surveys.first()?, *after, *run.surveys.last()?])
}

fn enters_channel(run: &mut Run) -> Claim {
    const NAME: &str = "label-mode-enters-channel";
    const THEORY: &str = "The mode that generalises starts in the reservoir and enters the channel only at the grok.";
    let Some([first, memorised, last]) = three(run) else {
        return not_yet(
            NAME,
            THEORY,
            "The kernel has not been seen memorising yet.",
            "not memorised yet",
        );
    };
    let (energy, baseline) = (last.network.energy, last.network.other_energy);
    let mut shows = vec![
        Span::plain("Of the labels\u{2019} energy the leading eigenvectors held "),
        Span::strong(text::percent(first.network.energy)),
        Span::plain(" at first, "),
        Span::strong(text::percent(memorised.network.energy)),
        Span::plain(" once memorised, and "),
        Span::strong(text::percent(energy)),
        Span::plain(" now."),
    ];
    let mut values = vec![
        EvidenceMark::new(first.network.energy, "step 0", Shape::Ring, Role::Ink),
        EvidenceMark::new(energy, "now", Shape::Disc, Role::Signal),
    ];
    let twin = last.twin.map(|twin| twin.energy);
    if let Some(twin) = twin {
        shows.push(Span::plain(" The twin\u{2019}s shuffled labels: "));
        shows.push(Span::strong(text::percent(twin)));
        shows.push(Span::plain(" in its own."));
        values.push(EvidenceMark::new(twin, "twin", Shape::Ring, Role::Noise));
    }
    let entered = energy >= IN_CHANNEL && memorised.network.energy < IN_CHANNEL / 2.0;
    let (verdict, reason) = if run.grokked.is_none() {
        (Verdict::NotYet, "not generalised yet")
    } else if !entered || first.network.energy > baseline {
        (Verdict::DoesNotHold, "the labels do not enter late")
    } else {
        match twin {
            None => (Verdict::NotYet, "needs the twin as a control"),
            // Halfway from the baseline to the network.
            Some(twin) if twin > (baseline + energy) / 2.0 => (
                Verdict::Partly,
                "they do, but labels without a rule enter too",
            ),
            Some(_) => (
                Verdict::Holds,
                "they do, and labels without a rule stay out",
            ),
        }
    };
    Claim {
        name: NAME,
        theory: THEORY,
        shows,
        evidence: Some(Evidence {
            start: "0".into(),
            end: "100\u{2009}%".into(),
            threshold: Some(EvidenceMark::new(
                baseline,
                format!("baseline {}", text::whole_percent(baseline)),
                Shape::Disc,
                Role::Ink,
            )),
            values,
        }),
        verdict,
        reason: reason.into(),
    }
}

fn kernel_tracks(run: &mut Run) -> Claim {
    const NAME: &str = "kernel-tracks-test";
    const THEORY: &str = "What a test point can see is decided by the kernel alone.";
    let Some([_, memorised, last]) = three(run) else {
        return not_yet(
            NAME,
            THEORY,
            "The kernel has not been seen memorising yet.",
            "not memorised yet",
        );
    };
    let gap = |survey: &Surveyed| (survey.network.regression - survey.test).abs();
    let widest = run.surveys.iter().map(gap).fold(0.0, f64::max);
    let (then, now) = (
        memorised.network.test_alignment,
        last.network.test_alignment,
    );
    let mut shows = vec![
        Span::plain("Regression with the present kernel gets "),
        Span::strong(text::percent(last.network.regression)),
        Span::plain(format!(
            " of the held-out pairs right, the network {}; at no step were they further apart than {}. \
             Held-out alignment went from {} to ",
            text::percent(last.test),
            text::whole_percent(widest),
            text::fixed(then, 2)
        )),
        Span::strong(text::fixed(now, 2)),
    ];
    let mut values = vec![
        EvidenceMark::new(then, "memorised", Shape::Ring, Role::Ink),
        EvidenceMark::new(now, "now", Shape::Diamond, Role::Test),
    ];
    let twin = last.twin.map(|twin| twin.test_alignment);
    match twin {
        Some(twin) => {
            shows.push(Span::plain(format!(
                ", the twin\u{2019}s to {}.",
                text::fixed(twin, 2)
            )));
            values.push(EvidenceMark::new(twin, "twin", Shape::Ring, Role::Noise));
        }
        None => shows.push(Span::plain(".")),
    }
    let (verdict, reason) = if run.grokked.is_none() {
        (Verdict::NotYet, "not generalised yet")
    } else if widest <= TRACKS && now >= RISEN * then && twin.is_none_or(|twin| twin < now / RISEN)
    {
        (
            Verdict::Holds,
            "regression and alignment follow the test accuracy",
        )
    } else if widest <= 2.0 * TRACKS && now > then {
        (Verdict::Partly, "they follow it loosely")
    } else {
        (Verdict::DoesNotHold, "the network and its kernel differ")
    };
    Claim {
        name: NAME,
        theory: THEORY,
        shows,
        evidence: Some(Evidence {
            start: "0".into(),
            end: "0.8 held-out alignment".into(),
            threshold: None,
            values: values
                .into_iter()
                .map(|mark| EvidenceMark::new(mark.at / 0.8, mark.words, mark.shape, mark.role))
                .collect(),
        }),
        verdict,
        reason: reason.into(),
    }
}

fn rotation_is_the_delay(run: &mut Run) -> Claim {
    const NAME: &str = "rotation-is-the-delay";
    const THEORY: &str = "The delay is the time that the kernel needs to rotate.";
    let steps = run.memorised.as_ref().map(|m| m.step).zip(run.grokked);
    let (Some((memorised, grokked)), Some(last)) = (steps, run.surveys.last()) else {
        return not_yet(
            NAME,
            THEORY,
            "The delay is not over yet.",
            "not generalised yet",
        );
    };
    let early = memorised + ((grokked - memorised.min(grokked)) as f64 * EARLY) as u64;
    let Some(then) = run.surveyed_by(early) else {
        return not_yet(
            NAME,
            THEORY,
            "No kernel was seen early enough.",
            "no early survey",
        );
    };
    let whole = 1.0 - last.network.overlap;
    let share = (1.0 - then.network.overlap) / whole;
    let mut shows = vec![
        Span::strong(text::percent(share)),
        Span::plain(format!(
            " of the rotation was over by step {}, in the first quarter of the delay.",
            text::count(then.step)
        )),
    ];
    let twin = last.twin.map(|twin| (1.0 - twin.overlap) / whole);
    if let Some(twin) = twin {
        shows.push(Span::plain(
            " The twin, which generalises nothing, rotated ",
        ));
        shows.push(Span::strong(format!("{}\u{d7}", text::fixed(twin, 2))));
        shows.push(Span::plain(" as far."));
    }
    let (verdict, reason) = match twin {
        _ if share < 0.5 => (Verdict::Holds, "most of the rotation fills the delay"),
        None => (Verdict::NotYet, "needs the twin as a control"),
        Some(twin) if share >= MOST && twin >= MOST => (
            Verdict::DoesNotHold,
            "it rotates while memorising, rule or no rule",
        ),
        Some(_) => (Verdict::Partly, "a part of the rotation fills the delay"),
    };
    Claim {
        name: NAME,
        theory: THEORY,
        shows,
        evidence: Some(Evidence {
            start: "0".into(),
            end: "100\u{2009}% of the rotation".into(),
            threshold: Some(EvidenceMark::new(
                MOST,
                "three quarters",
                Shape::Disc,
                Role::Ink,
            )),
            values: vec![EvidenceMark::new(
                share,
                "first quarter",
                Shape::Disc,
                Role::Ink,
            )],
        }),
        verdict,
        reason: reason.into(),
    }
}
