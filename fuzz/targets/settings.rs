//! Knobs, a log of changes and what else a person may do, all taken from the
//! bytes; and texts as values of a knob, which read back as they are printed.

#![no_main]

#[path = "../../tests/scenario/mod.rs"]
mod scenario;

use libfuzzer_sys::fuzz_target;
use ntk_playground::exhibit::EXHIBITS;
use scenario::play::{Played, play};
use scenario::sentence::answer;
use scenario::{Dice, Extent, Scenario};
use std::time::Duration;

/// Little enough for many a second.
const EXTENT: Extent = Extent {
    actions: 6,
    steps: 2,
    large: 0,
};

fuzz_target!(|bytes: &[u8]| {
    let mut dice = Dice::Bytes(bytes);
    let kind = EXHIBITS[dice.below(EXHIBITS.len())];
    let knob = dice.pick(kind.knobs);
    let text = String::from_utf8_lossy(bytes.get(2..).unwrap_or_default());
    match knob.parse(&text) {
        Ok(parsed) => {
            let again = knob.parse(&parsed.value.to_string()).expect("its own text");
            assert_eq!((again.value, again.note), (parsed.value, None));
        }
        Err(error) => answer(&error.to_string()).expect("a sentence"),
    }
    // Most inputs are texts: a scenario takes a thousand times as long.
    if dice.rarely(4) {
        let scenario = Scenario::draw(kind, EXTENT, &mut dice);
        let played = &mut Played::default();
        if let Err(fault) = play(&scenario, Duration::from_secs(2), played) {
            panic!("{fault}\n{scenario}");
        }
    }
});
