//! Readings that have no value at times, and those that may be infinite.
//! Every other one is a finite number at every step of every run that stands.

/// Of each exhibit, what is not a number before there is anything to tell: no
/// step yet, nothing learned, no kernel surveyed, no heat over, no twin.
const NOT_YET: &[(&str, &[&str])] = &[
    (
        "spectrum",
        &[
            "gate-open",
            "gate-open-mean",
            "measured-loss-rate",
            "predicted-loss-rate",
            // Of an error that is 0.
            "noise-correlation",
            "reservoir-energy",
        ],
    ),
    (
        "channel",
        &[
            "bound-looseness",
            "bound-looseness-least",
            "change-from-reservoir",
            "effective-rank",
            "frozen-test-error",
            // With fewer points than directions are compared.
            "kernel-overlap",
            "largest-gap",
            "loss-identity-error",
            "loss-identity-error-sum",
            "memorised-noise-below-split",
            "memorised-noise-share",
            "noise-gain",
            "noise-in-reservoir",
            "noise-reach",
            "noise-unlearned",
            "order-correlation",
            "order-correlation-start",
            // Of an error that is 0.
            "propagator-error",
            "signal-gain",
            "split-gap",
            "test-identity-error",
        ],
    ),
    // Nothing is remembered of step 0.
    (
        "reservoir",
        &[
            "gap",
            "leak",
            "noise-in-reservoir",
            "reservoir-dimension",
            "spacing",
            "test-loss",
        ],
    ),
    (
        "benign",
        &[
            // Where no label is flipped.
            "flipped-fitted",
            "noise-gain",
            "noise-in-reservoir",
            "noise-unlearned",
            "operator-noise-gain",
            "reservoir-dimension",
            "signal-gain",
            "test-identity-error",
        ],
    ),
    (
        "descent",
        &[
            "best-small-test-loss",
            "clean-widest-test-loss",
            "gain-peak",
            "gain-peak-ratio",
            "gain-widest",
            "memorised-peak",
            "memorised-widest",
            "smallest-eigenvalue",
            "smallest-eigenvalue-ratio",
        ],
    ),
    (
        "bias",
        &[
            "interpolant-distance",
            "order-fixed",
            "order-fixed-first",
            "order-integrated",
            "order-integrated-beyond",
            "order-integrated-first",
        ],
    ),
    (
        "grokking",
        &[
            "answer-when-memorised",
            "grokked-step",
            "grokking-delay",
            "held-out-alignment",
            "kernel-regression-accuracy",
            "kernel-step",
            "label-energy",
            "label-energy-shuffled",
            "memorised-step",
            "overlap",
            "train-alignment",
            "train-loss",
            "twin-held-out-alignment",
            "twin-label-energy",
            "twin-overlap",
            "twin-test-accuracy",
            "twin-train-accuracy",
            "twin-train-alignment",
        ],
    ),
];

/// Of every race.
const RACES: &[&str] = &[
    "best",
    "free-best-validation",
    "gate-own-stop",
    "open",
    "outcome",
    "ratio",
];

/// Whether a reading of an exhibit may be this, which is not finite.
pub fn may_be(exhibit: &str, name: &str, value: f64) -> bool {
    // The same of each of several networks or arms.
    let digit = |c: char| c.is_ascii_digit();
    let name = name
        .trim_end_matches(|c: char| digit(c))
        .trim_end_matches('-');
    let name = match name.split_once('-') {
        Some((arm, rest)) if arm.ends_with(digit) => rest,
        _ => name,
    };
    if exhibit.starts_with("race") {
        // Infinite: what decides the race is never reached.
        return RACES.contains(&name) && value != f64::NEG_INFINITY;
    }
    let own = NOT_YET.iter().find(|(of, _)| *of == exhibit);
    value.is_nan() && own.is_some_and(|(_, names)| names.contains(&name))
}
