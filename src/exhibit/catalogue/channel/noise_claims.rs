//! The claims about channel and reservoir: what a run can refute.

use super::directions::Opened;
use super::model::Channel;
use super::window::EARLY;
use crate::chart::{Role, Shape, Span};
use crate::exhibit::claim::Ladder;
use crate::exhibit::regression::{OWN_REASON, OWN_SHOWS};
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, Verdict, text};

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
/// "Only grows": less than this share of lambda_1 is ever taken back.
const SLIGHTLY: f64 = 0.01;
/// Rounding of an eigenvalue, over lambda_1.
const ROUNDING: f64 = 1e-9;

/// Share of the directions that lie in the reservoir.
fn reservoir_share(state: &State<'_, Channel>, opened: Opened<'_>) -> f64 {
    1.0 - opened.channel as f64 / state.model.base.directions() as f64
}

pub fn only_the_channel(claim: Ladder, state: &State<'_, Channel>, opened: Opened<'_>) -> Claim {
    let (n, channel) = (state.model.base.directions(), opened.channel);
    let share = opened.diagnostics.caused_by_reservoir(channel);
    let shows = vec![
        Span::plain("The reservoir\u{2019}s part of g(s) caused "),
        Span::strong(text::percent(share)).in_role(Role::Noise),
        Span::plain(format!(
            " of the change at the test points. It has {} of the directions.",
            text::whole_percent(reservoir_share(state, opened))
        )),
    ];
    let at = |v: f64| 1.0 + libm::log10(v) / 6.0;
    let evidence = Evidence::scale("10\u{207b}\u{2076}", "all")
        .threshold(at(ALONE), "a thousandth")
        .value(at(share), "from the reservoir", Shape::Ring, Role::Noise);
    let alone = format!("with {channel} of {n} directions in it");
    claim
        .shows_spans(shows)
        .evidence(evidence)
        .wait(channel == n, "the reservoir is empty")
        .wait(!share.is_finite(), "nothing has changed")
        .holds(share <= ALONE, alone)
        .partly(share <= MOSTLY, "mostly")
        .fails("the reservoir moves the test points too")
}

pub fn memorised_noise(claim: Ladder, state: &State<'_, Channel>, opened: Opened<'_>) -> Claim {
    let now = opened.diagnostics;
    let Some(parts) = &now.parts else {
        return claim
            .shows(OWN_SHOWS)
            .otherwise(Verdict::NotYet, OWN_REASON);
    };
    let noise = &parts.noise;
    let inside = now.in_reservoir(opened.channel, &parts.memorised_noise);
    let shows = vec![
        Span::strong(text::percent(noise.memorised_share)),
        Span::plain(" of the noise is memorised, "),
        Span::strong(text::percent(inside)).in_role(Role::Noise),
        Span::plain(" of that lies in the reservoir, and its gain is "),
        Span::strong(text::fixed(noise.gain, 2)).in_role(Role::Test),
        Span::plain(format!(
            " (random directions {} [{}, {}], signal {}). Not yet learned: {}.",
            text::fixed(now.random_gain.median, 2),
            text::fixed(now.random_gain.low, 2),
            text::fixed(now.random_gain.high, 2),
            text::fixed(parts.signal.gain, 2),
            text::percent(noise.unlearned)
        )),
    ];
    let share = reservoir_share(state, opened);
    let label = "memorised noise in the reservoir";
    let evidence = Evidence::scale("0", "100\u{202f}%")
        .threshold(share, "share of directions")
        .value(inside, label, Shape::Ring, Role::Noise);
    let memorised = noise.memorised_share;
    let little = memorised.is_nan() || memorised < ENOUGH_MEMORISED;
    claim
        .shows_spans(shows)
        .evidence(evidence)
        .wait(little, "too little noise is memorised")
        .holds(inside >= HALF, "more than half of it")
        .partly(inside >= ENOUGH_MEMORISED, "a part of it")
        .fails(match noise.gain < now.random_gain.low {
            true => "by construction: what is memorised has left; it reaches less than random directions",
            false => "by construction: what is memorised has left; it reaches as much as random directions",
        })
}

pub fn mobile_first(claim: Ladder, _: &State<'_, Channel>, opened: Opened<'_>) -> Claim {
    let [path, start] = opened.window.order_of_learning();
    let shows = format!(
        "Rank correlation of \u{2212}\u{3bb}`_j` with the time to half: **{}** for W over the first {EARLY} \
         steps, {} for the kernel of step {}.",
        text::fixed(path, 2),
        text::fixed(start, 2),
        text::count(opened.window.start)
    );
    let evidence = Evidence::scale("0", "1")
        .threshold(ORDERED, text::fixed(ORDERED, 1))
        .value(start, "K(s)", Shape::Ring, Role::Ink)
        .value(path, "W", Shape::Disc, Role::Signal);
    claim
        .shows(shows)
        .evidence(evidence)
        .wait(!path.is_finite(), "no direction is half learned")
        .holds(path >= ORDERED, "a strong rank correlation")
        .partly(path >= LOOSELY_ORDERED, "roughly in that order")
        .fails("hardly in that order")
}

pub fn grows(claim: Ladder, _: &State<'_, Channel>, opened: Opened<'_>) -> Claim {
    let [integrated, summed] = opened.window.least_growth;
    let shrank = integrated < -ROUNDING;
    let mut shows = match shrank {
        true => format!(
            "From one recorded step to the next, W shrank in some direction by up to {} of \u{3bb}\u{2081}.",
            text::significant(-integrated)
        ),
        false => "From one recorded step to the next, W shrank in no direction.".to_owned(),
    };
    if !summed.is_nan() {
        shows.push_str(" The sum W\u{2032} cannot: it is a sum of squares.");
    }
    claim
        .shows(shows)
        .fails_if(summed < -ROUNDING, "W\u{2032} shrank")
        .rung(
            integrated >= -ROUNDING,
            Verdict::HoldsByConstruction,
            "in every direction",
        )
        .rung(
            integrated >= -SLIGHTLY,
            Verdict::HoldsByConstruction,
            "for gradient flow; these steps take back under a hundredth of \u{3bb}\u{2081}",
        )
        .otherwise(Verdict::Partly, "some steps take back")
}
