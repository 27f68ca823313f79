//! The query of a link, or an element's attributes, as the page hands them
//! over: names and texts. Whatever they say, a run opens or a sentence says
//! why not, it takes its steps, and its own link opens the same run.

#![no_main]

#[path = "../../tests/scenario/mod.rs"]
mod scenario;

use libfuzzer_sys::{Corpus, fuzz_target};
use ntk_playground::exhibit::{Kind, Knob, Session, Status, Value, find};
use scenario::sentence::{answer, sentence};
use scenario::texts::is_costly;

/// Steps that are taken.
const STEPS: u64 = 3;

fuzz_target!(|text: &str| -> Corpus {
    let given = pairs(text);
    let named = given.iter().find(|(name, _)| name == "exhibit");
    let exhibit = named.map_or("spectrum", |(_, name)| name.as_str());
    let Some(parameters) = small(exhibit, &given) else {
        return Corpus::Reject;
    };
    let mut session = match Session::open(exhibit, &parameters) {
        Ok(session) => session,
        Err(error) => {
            answer(&error.to_string()).expect("a sentence");
            return Corpus::Keep;
        }
    };
    session.advance(STEPS, || true);
    for note in session.notes() {
        answer(note).expect("a sentence");
    }
    if let Status::Finished(reason) | Status::Failed(reason) = session.status() {
        sentence(&reason).expect("a sentence");
    }
    if session.link_note().is_none() {
        let link = session.link();
        let mut again = Session::open(exhibit, &pairs(&link)[1..]).expect("its own link opens");
        again.advance(again.target(), || true);
        let complaint = again.notes().iter().find(|note| !note.ends_with("so far."));
        assert_eq!(complaint, None, "{link}");
        assert_eq!(again.link(), link);
        let digits = |session: &mut Session| -> Vec<u64> {
            let readings = session.exhibit().readings();
            readings
                .iter()
                .map(|reading| reading.value.to_bits())
                .collect()
        };
        assert_eq!(digits(&mut again), digits(&mut session), "{link}");
    }
    Corpus::Keep
});

fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect()
}

/// The parameters after the smallest of everything that decides how much there
/// is to compute; none if they say that it shall be too much for many a second.
fn small(exhibit: &str, given: &[(String, String)]) -> Option<Vec<(String, String)>> {
    let costly: Vec<&Knob> = find(exhibit).map_or_else(Vec::new, |kind| {
        let knobs = kind.knobs.iter();
        knobs.filter(|knob| is_costly(kind, knob)).collect()
    });
    let least = |knob: &&Knob| {
        let text = match knob.kind {
            Kind::Number { min, .. } => min.to_string(),
            Kind::Integer { min, .. } => min.to_string(),
            _ => "2".to_owned(),
        };
        (knob.name.to_owned(), text)
    };
    let mut parameters: Vec<(String, String)> = costly.iter().map(least).collect();
    for (name, text) in given.iter().filter(|(name, _)| name != "exhibit") {
        // A second run must not be large either.
        let (knob, value) = match name.as_str() {
            "beside" => text.split_once('.').unwrap_or(("", "")),
            _ => (name.as_str(), text.as_str()),
        };
        let knob = costly.iter().find(|costly| costly.name == knob);
        let large = match knob
            .and_then(|knob| knob.parse(value).ok())
            .map(|p| p.value)
        {
            Some(Value::Number(value)) => value > 40.0,
            Some(Value::Integer(value)) => value > 100,
            Some(Value::List(entries)) => entries.iter().any(|entry| *entry > 16),
            _ => false,
        };
        if large {
            return None;
        }
        parameters.push((name.clone(), text.clone()));
    }
    Some(parameters)
}
