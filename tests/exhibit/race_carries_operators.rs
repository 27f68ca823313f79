//! The operators of a race follow every arm as it trains, under its mask and its
//! optimiser, change no digit of it, and are there in the first trial alone.

use ntk_playground::exhibit::Session;

const ARMS: [&str; 5] = ["arm1", "arm2", "arm3", "arm4", "arm5"];

/// One arm of every kind, on minibatches and with decay.
fn opened(operators: &str, optimiser: &str) -> Session {
    let knobs = [
        ("points", "12"),
        ("widths", "8-8"),
        ("batch", "4"),
        ("steps", "60"),
        ("seeds", "2"),
        ("arm2.decay", "1"),
        ("arm5.rule", "soft"),
        ("optimiser", optimiser),
        ("operators", operators),
    ];
    let owned: Vec<(String, String)> = knobs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Session::open("race", &owned).expect("settings that go together")
}

fn reading(session: &mut Session, name: &str) -> Option<f64> {
    let readings = session.exhibit().readings();
    let found = readings.iter().find(|reading| reading.name == name);
    found.map(|reading| reading.value)
}

fn learned(session: &mut Session, arm: &str) -> Vec<f64> {
    let chart = session.chart("operators").expect("a view of the race");
    let name = format!("{arm}-learned");
    let mut columns = chart.columns.into_iter();
    let found = columns.find(|column| column.name == name);
    found.map_or(Vec::new(), |column| column.values)
}

#[test]
fn they_describe_every_arm() {
    for optimiser in ["adam", "gd"] {
        let mut race = opened("on", optimiser);
        race.advance(60, || true);
        for arm in ARMS {
            let name = format!("{arm}-operator-error");
            let error = reading(&mut race, &name).expect("a reading of every arm");
            assert!(error < 0.02, "{optimiser}, {arm}: {error}");
            let learned = learned(&mut race, arm);
            assert_eq!(learned.len(), 12, "{arm}");
            assert!(
                learned[0] > 0.0 && learned[0] < 1.0 + 1e-9,
                "{arm}: {learned:?}"
            );
        }
        // Of the first trial, whatever others have come to.
        let before = learned(&mut race, "arm1");
        race.advance(30, || true);
        assert_eq!(learned(&mut race, "arm1"), before);
    }
}

#[test]
fn they_change_no_digit_of_the_race() {
    let [mut with, mut without] = ["on", "off"].map(|operators| opened(operators, "adam"));
    for race in [&mut with, &mut without] {
        race.advance(120, || true);
    }
    for arm in ARMS {
        for what in ["outcome", "best", "open"] {
            let name = format!("{arm}-{what}");
            let [a, b] = [&mut with, &mut without].map(|race| reading(race, &name));
            assert_eq!(a.map(f64::to_bits), b.map(f64::to_bits), "{name}");
        }
        assert_eq!(reading(&mut without, &format!("{arm}-noise-gain")), None);
        assert!(learned(&mut without, arm).is_empty());
    }
}
