//! The ledger's rows about channel and reservoir: what a run can refute.

use super::observation::Seen;
use super::readings::order_of_learning;
use super::run::Run;
use super::window::EARLY;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::regression::{OWN_REASON, OWN_SHOWS};
use crate::exhibit::{Claim, Evidence, EvidenceMark, Verdict, text};

/// Less memorised noise than this share of it is too little to judge by.
const ENOUGH_MEMORISED: f64 = 0.05;
/// "Sits there": half of it.
const HALF: f64 = 0.5;
/// "Alone": less than a thousandth comes from elsewhere.
const ALONE: f64 = 1e-3;
/// "Mostly": less than a twentieth does.
const MOSTLY: f64 = 0.05;
/// "In that order": a strong rank correlation.
const ORDERED: f64 = 0.7;
/// "Roughly in that order".
const LOOSELY_ORDERED: f64 = 0.4;
/// Rounding of an eigenvalue, over lambda_1.
const ROUNDING: f64 = 1e-9;

pub fn only_the_channel(run: &mut Run, seen: &Seen, mut claim: Claim) -> Claim {
    let n = run.base.points();
    let channel = seen.spectrum.channel_dimension(run.setup.threshold);
    let share = seen.from_reservoir;
    let dimension = 1.0 - channel as f64 / n as f64;
    claim.shows = vec![
        Span::plain("The reservoir\u{2019}s part of g(s) caused "),
        Span::strong(text::percent(share)).in_role(Role::Noise),
        Span::plain(format!(
            " of the change at the test points. It has {} of the directions.",
            text::whole_percent(dimension)
        )),
    ];
    let at = |v: f64| 1.0 + libm::log10(v) / 6.0;
    claim.evidence = Some(Evidence {
        start: "10\u{207b}\u{2076}".into(),
        end: "all".into(),
        threshold: Some(EvidenceMark::new(
            at(ALONE),
            "a thousandth",
            Shape::Disc,
            Role::Ink,
        )),
        values: vec![EvidenceMark::new(
            at(share),
            "from the reservoir",
            Shape::Ring,
            Role::Noise,
        )],
    });
    (claim.verdict, claim.reason) = if channel == n {
        (Verdict::NotYet, "the reservoir is empty".into())
    } else if !share.is_finite() {
        (Verdict::NotYet, "nothing has changed".into())
    } else if share <= ALONE {
        (
            Verdict::Holds,
            format!("with {channel} of {n} directions in it"),
        )
    } else if share <= MOSTLY {
        (Verdict::Partly, "mostly".into())
    } else {
        (
            Verdict::DoesNotHold,
            "the reservoir moves the test points too".into(),
        )
    };
    claim
}

pub fn memorised_noise(run: &mut Run, seen: &Seen, mut claim: Claim) -> Claim {
    let Some(parts) = &seen.parts else {
        claim.shows = vec![Span::plain(OWN_SHOWS)];
        claim.reason = OWN_REASON.into();
        return claim;
    };
    let noise = &parts.noise;
    let n = run.base.points() as f64;
    let channel = seen.spectrum.channel_dimension(run.setup.threshold) as f64;
    claim.shows = vec![
        Span::strong(text::percent(noise.memorised_share)),
        Span::plain(" of the noise is memorised, "),
        Span::strong(text::percent(parts.memorised_below)).in_role(Role::Noise),
        Span::plain(" of that lies in the reservoir, and its gain is "),
        Span::strong(text::fixed(noise.gain, 2)).in_role(Role::Test),
        Span::plain(format!(
            " (signal {}). Not yet learned: {}.",
            text::fixed(parts.signal.gain, 2),
            text::percent(noise.unlearned)
        )),
    ];
    claim.evidence = Some(Evidence {
        start: "0".into(),
        end: "100\u{2009}%".into(),
        threshold: Some(EvidenceMark::new(
            1.0 - channel / n,
            "share of directions",
            Shape::Disc,
            Role::Ink,
        )),
        values: vec![EvidenceMark::new(
            parts.memorised_below,
            "memorised noise in the reservoir",
            Shape::Ring,
            Role::Noise,
        )],
    });
    (claim.verdict, claim.reason) =
        if noise.memorised_share.is_nan() || noise.memorised_share < ENOUGH_MEMORISED {
            (Verdict::NotYet, "too little noise is memorised".into())
        } else if parts.memorised_below >= HALF {
            (Verdict::Holds, "more than half of it".into())
        } else if parts.memorised_below >= ENOUGH_MEMORISED {
            (Verdict::Partly, "a part of it".into())
        } else {
            (
                Verdict::DoesNotHold,
                "what is memorised has left the reservoir".into(),
            )
        };
    claim
}

pub fn mobile_first(run: &mut Run, _: &Seen, mut claim: Claim) -> Claim {
    let [path, start] = order_of_learning(run);
    claim.shows = vec![
        Span::plain("Rank correlation of \u{2212}\u{3bb}"),
        Span::index("j"),
        Span::plain(" with the time to half: "),
        Span::strong(text::fixed(path, 2)),
        Span::plain(format!(
            " for W\u{2032} over the first {EARLY} steps, {} for the kernel of step {}.",
            text::fixed(start, 2),
            text::count(run.window_start())
        )),
    ];
    claim.evidence = Some(Evidence {
        start: "0".into(),
        end: "1".into(),
        threshold: Some(EvidenceMark::new(
            ORDERED,
            text::fixed(ORDERED, 1),
            Shape::Disc,
            Role::Ink,
        )),
        values: vec![
            EvidenceMark::new(start, "K(s)", Shape::Ring, Role::Ink),
            EvidenceMark::new(path, "W\u{2032}", Shape::Disc, Role::Signal),
        ],
    });
    (claim.verdict, claim.reason) = if !path.is_finite() {
        (Verdict::NotYet, "no direction is half learned".into())
    } else if path >= ORDERED {
        (Verdict::Holds, "a strong rank correlation".into())
    } else if path >= LOOSELY_ORDERED {
        (Verdict::Partly, "roughly in that order".into())
    } else {
        (Verdict::DoesNotHold, "hardly in that order".into())
    };
    claim
}

pub fn grows(run: &mut Run, seen: &Seen, mut claim: Claim) -> Claim {
    let Some([closed, summed]) = run.window.as_ref().map(|w| w.least_growth) else {
        return claim;
    };
    let both = seen.closed_form.is_some();
    let least = if both { closed } else { summed };
    let negative = least < -ROUNDING;
    claim.shows = vec![
        Span::plain(
            "From one remembered step to the next, W\u{2032} never shrank in any direction (it is a sum of squares). ",
        ),
        Span::plain(if !both {
            "A minibatch has no closed form.".to_owned()
        } else if negative {
            format!(
                "The closed form W shrank by up to {} of \u{3bb}\u{2081}.",
                text::significant(-closed)
            )
        } else {
            "Nor did the closed form W.".to_owned()
        }),
    ];
    (claim.verdict, claim.reason) = if summed < -ROUNDING {
        (Verdict::DoesNotHold, "W\u{2032} shrank".into())
    } else if negative {
        (
            Verdict::Partly,
            "a step past the stability limit takes back".into(),
        )
    } else {
        (Verdict::Holds, "in every direction".into())
    };
    claim
}
