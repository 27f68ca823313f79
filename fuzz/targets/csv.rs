//! What a person pastes as points. They come back to the digit, or a sentence
//! names the lines that are wrong.

#![no_main]

use libfuzzer_sys::fuzz_target;
use ntk_playground::exhibit::{EXHIBITS, Kind, Value};
use ntk_playground::task::{LARGEST, MOST_POINTS, PointsTextError, read_points, write_points};

fuzz_target!(|text: &str| {
    let lines: Vec<&str> = text.split(['\n', '\r']).collect();
    match read_points(text) {
        Ok(points) => {
            assert!((1..=MOST_POINTS).contains(&points.len()));
            assert!(points.len() <= lines.len());
            assert!(points.iter().flatten().all(|v| v.abs() <= LARGEST));
            let written = write_points(&points);
            let bits = |points: &[[f64; 2]]| points.concat().iter().map(|v| v.to_bits()).collect();
            let again: Vec<u64> = bits(&read_points(&written).expect("its own text"));
            assert_eq!(again, bits(&points));
            let mut knobs = EXHIBITS[0].knobs.iter();
            let takes_points = |kind: &Kind| matches!(kind, Kind::Points { .. });
            let knob = knobs
                .find(|knob| takes_points(&knob.kind))
                .expect("one takes points");
            let value = Value::Points(points);
            let parsed = knob.parse(&value.to_string()).expect("points of this size");
            assert_eq!((parsed.value, parsed.note), (value, None));
        }
        Err(error) => {
            let sentence = error.to_string();
            assert!(sentence.ends_with('.'), "{sentence}");
            if let PointsTextError::Lines { told, more } = &error {
                assert!(
                    sentence.starts_with("No point was taken: line "),
                    "{sentence}"
                );
                assert!(told.len() + more <= lines.len() && !told.is_empty());
                assert!(told.windows(2).all(|pair| pair[0].0 < pair[1].0));
                for (line, reason) in told {
                    assert!(sentence.contains(&format!("line {line}: {reason}")));
                    // By itself, as in its text, it is no point either.
                    assert!((1..=lines.len()).contains(line), "{sentence}");
                }
            }
        }
    }
});
