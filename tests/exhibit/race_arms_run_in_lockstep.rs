//! All arms of a race start from the same data and weights, see the same
//! batches and take equal steps; a copying arm takes its openness from the
//! gate it copies; each arm is what the other exhibits do under its rule.

use ntk_playground::exhibit::{Session, SessionError, Status, Verdict};

fn open(exhibit: &str, knobs: &[(&str, &str)]) -> Session {
    try_open(exhibit, knobs).expect("settings that go together")
}

fn try_open(exhibit: &str, knobs: &[(&str, &str)]) -> Result<Session, SessionError> {
    let owned: Vec<(String, String)> = knobs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let session = Session::open(exhibit, &owned)?;
    assert_eq!(session.notes(), [] as [String; 0], "{exhibit} {knobs:?}");
    Ok(session)
}

fn reading(session: &mut Session, name: &str) -> f64 {
    let readings = session.exhibit().readings();
    let found = readings.iter().find(|reading| reading.name == name);
    found.unwrap_or_else(|| panic!("no reading {name}")).value
}

fn column(session: &mut Session, view: &str, name: &str) -> Vec<f64> {
    let chart = session.exhibit().chart(view).expect("a view");
    let mut columns = chart.columns.into_iter();
    let found = columns.find(|column| column.name == name);
    found
        .unwrap_or_else(|| panic!("{view} has no column {name}"))
        .values
}

/// Small and quick, with one arm of every kind.
const SMALL: &[(&str, &str)] = &[
    ("points", "12"),
    ("widths", "8-8"),
    ("steps", "60"),
    ("batch", "4"),
];

fn small(more: &[(&str, &str)]) -> Session {
    let knobs: Vec<(&str, &str)> = SMALL.iter().chain(more).copied().collect();
    open("race", &knobs)
}

#[test]
fn arms_of_one_rule_are_one_run() {
    for rule in ["none", "hard", "snr", "random-own", "streaming-snr"] {
        let rules = [
            ("arm1.rule", rule),
            ("arm2.rule", rule),
            ("arm3.rule", "absent"),
            ("arm4.rule", "absent"),
            ("arm5.rule", "absent"),
        ];
        let mut race = small(&rules);
        race.advance(60, || true);
        let one = column(&mut race, "score", "arm1-test");
        assert_eq!(one, column(&mut race, "score", "arm2-test"), "{rule}");
        assert!(one[0] != one[one.len() - 1]);
    }
}

/// Under gradient descent an arm is the first exhibit's run with its gate.
#[test]
fn an_arm_is_the_spectrum_exhibit_under_its_gate() {
    for batch in ["all", "4"] {
        let mut race = open(
            "race",
            &[
                ("optimiser", "gd"),
                ("noise", "0.4"),
                ("batch", batch),
                ("steps", "150"),
                ("arm3.rule", "soft"),
                ("arm4.rule", "random-own"),
                ("arm5.rule", "absent"),
            ],
        );
        race.advance(150, || true);
        for (arm, gate) in [(1, "off"), (2, "hard"), (3, "soft"), (4, "random")] {
            let mut alone = open(
                "spectrum",
                &[
                    ("points", "40"),
                    ("inputs", "random"),
                    ("noise", "0.4"),
                    ("seed", "1"),
                    ("weight-seed", "1"),
                    ("batch", batch),
                    ("gate", gate),
                ],
            );
            alone.advance(150, || true);
            let raced = reading(&mut race, &format!("arm{arm}-outcome"));
            let lone = reading(&mut alone, "test-loss");
            // Sums of squares in another order.
            let off = (raced / lone - 1.0).abs();
            assert!(off < 1e-12, "batch {batch}, {gate}: {raced}, {lone}");
        }
    }
}

/// And on modular addition it is the grokking exhibit's.
#[test]
fn an_ungated_arm_is_the_grokking_exhibit() {
    let mut race = open(
        "race-addition",
        &[
            ("arm2.rule", "absent"),
            ("arm3.rule", "absent"),
            ("steps", "70"),
        ],
    );
    race.advance(70, || true);
    let mut alone = open(
        "grokking",
        &[("learning-rate", "0.003"), ("decay", "1"), ("twin", "off")],
    );
    alone.advance(70, || true);
    let steps = column(&mut alone, "accuracy", "step");
    let alone = column(&mut alone, "accuracy", "held-out");
    let raced_steps = column(&mut race, "score", "step");
    let raced = column(&mut race, "score", "arm1-held-out");
    let mut compared = 0;
    for (step, accuracy) in raced_steps.iter().zip(&raced) {
        if let Some(i) = steps.iter().position(|other| other == step) {
            assert_eq!(*accuracy, alone[i], "step {step}");
            compared += 1;
        }
    }
    assert!(compared > 30, "{compared}");
}

#[test]
fn a_random_mask_opens_as_many_as_the_gate_it_copies() {
    let mut race = small(&[
        ("arm4.rule", "hard"),
        ("arm4.rate", "0.1"),
        ("arm5.rule", "random"),
        ("arm5.rate", "1"),
    ]);
    race.advance(60, || true);
    let mut open = |arm: usize| column(&mut race, "open", &format!("arm{arm}-open"));
    assert_eq!(open(2), open(3));
    // The nearest gate before it, not the first.
    assert_eq!(open(4), open(5));
    assert_ne!(open(2), open(4));
}

/// One step smaller by the gate's openness is one ungated step of that size.
#[test]
fn a_smaller_step_follows_the_openness() {
    let mut race = small(&[
        ("batch", "all"),
        ("arm5.rule", "slower"),
        ("arm5.rate", "1"),
    ]);
    race.advance(1, || true);
    let open = reading(&mut race, "arm2-open");
    assert!(open > 0.05 && open < 0.95, "{open}");
    let smaller = column(&mut race, "score", "arm5-test");
    let rate = open.to_string();
    let mut race = small(&[
        ("batch", "all"),
        ("arm5.rule", "none"),
        ("arm5.rate", &rate),
    ]);
    race.advance(1, || true);
    assert_eq!(smaller, column(&mut race, "score", "arm5-test"));
    assert_ne!(smaller, column(&mut race, "score", "arm1-test"));
}

#[test]
fn more_heats_go_on_where_the_race_ended() {
    let mut later = small(&[]);
    later.advance(u64::MAX, || true);
    assert!(matches!(later.exhibit().status(), Status::Finished(_)));
    assert_eq!(later.exhibit().step_count(), 60);
    later.set("seeds", "3").expect("a knob");
    assert_eq!(*later.exhibit().status(), Status::Ready);
    later.advance(u64::MAX, || true);
    assert_eq!(later.exhibit().step_count(), 180);

    let mut at_once = small(&[("seeds", "3")]);
    at_once.advance(u64::MAX, || true);
    assert_eq!(later.csv(), at_once.csv());
    // Trial 2 is the race of seed 2.
    let mut second = small(&[("seed", "2")]);
    second.advance(u64::MAX, || true);
    let ratios = column(&mut at_once, "paired", "arm2-ratio");
    assert_eq!(ratios.len(), 3);
    assert_eq!(ratios[1], column(&mut second, "paired", "arm2-ratio")[0]);
}

/// Or its link would end before the step that it shows.
#[test]
fn heats_that_have_begun_are_there_to_stay() {
    let mut race = small(&[("seeds", "3")]);
    race.advance(60, || true);
    race.set("seeds", "1").expect("the first trial is over");
    assert!(matches!(race.status(), Status::Finished(_)));
    race.set("seeds", "3").expect("it goes on");
    race.advance(1, || true);
    let refused = race.set("seeds", "1").expect_err("the second is under way");
    assert_eq!(
        refused.to_string(),
        "seeds: 2 trials have begun; a race of fewer needs a new run. Go back to step 0 first."
    );
    assert_eq!(
        race.settings().get("seeds").map(ToString::to_string),
        Ok("3".into())
    );
    race.set("seeds", "2").expect("as many as have begun");
    // A second run, with shorter trials, has begun more of them.
    race.compare("steps", "50").expect("another length");
    race.set("seeds", "3").expect("before the first step");
    race.advance(55, || true);
    assert!(race.set("seeds", "1").is_err());
    let link = race.link();
    let knobs = link.split('&').filter_map(|pair| pair.split_once('='));
    let knobs: Vec<_> = knobs.filter(|(name, _)| *name != "exhibit").collect();
    let mut again = open("race", &knobs);
    again.advance(again.target(), || true);
    assert_eq!(again.csv(), race.csv());
}

#[test]
fn arms_that_have_none_to_copy_are_refused_with_a_sentence() {
    let refused = |knobs: &[(&str, &str)]| match try_open("race", knobs) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("{knobs:?} opened"),
    };
    let text = refused(&[("arm2.rule", "none")]);
    assert!(
        text.contains("Arm 3 is a random mask") && text.contains("there is none"),
        "{text}"
    );
    let absent = [
        "arm2.rule",
        "arm3.rule",
        "arm4.rule",
        "arm5.rule",
        "arm6.rule",
    ]
    .map(|name| (name, "absent"));
    let text = refused(&absent);
    assert!(text.contains("at least two arms"), "{text}");
    // During a run it stays as it was.
    let mut race = small(&[]);
    race.advance(10, || true);
    let before = race.csv();
    assert!(race.set("arm2.rule", "none").is_err());
    assert_eq!(race.csv(), before);
}

#[test]
fn one_seed_is_no_verdict_and_eight_are() {
    let mut race = small(&[("seeds", "8")]);
    race.advance(60, || true);
    for claim in race.exhibit().claims() {
        assert_eq!(claim.verdict, Verdict::NotYet, "{}", claim.name);
    }
    race.advance(u64::MAX, || true);
    for claim in race.exhibit().claims() {
        assert_ne!(
            claim.verdict,
            Verdict::NotYet,
            "{}: {}",
            claim.name,
            claim.reason
        );
        let shows: String = claim.shows.iter().map(|span| span.text.as_str()).collect();
        assert!(shows.contains("of 8 trials"), "{shows}");
    }
}

/// A race to a level ends once every arm has been there.
#[test]
fn a_heat_of_addition_ends_when_all_have_arrived() {
    let mut race = open(
        "race-addition",
        &[
            ("learning-rate", "0.01"),
            ("arm1.decay", "2"),
            ("arm2.rule", "absent"),
            ("arm3.rule", "absent"),
            ("arm4.decay", "2"),
            ("steps", "2000"),
        ],
    );
    race.advance(u64::MAX, || true);
    let steps = race.exhibit().step_count();
    assert!(steps < 1000, "{steps}");
    assert_eq!(reading(&mut race, "arm1-outcome"), steps as f64);
}

/// Scoped names have a point in them, as the fields of a change have.
#[test]
fn a_scoped_knob_is_named_whole_in_a_note() {
    let changes = [(
        "changes".to_owned(),
        "5.arm2.decay.1.5_7.seeds.3".to_owned(),
    )];
    let session = Session::open("race", &changes).expect("notes, not an error");
    assert_eq!(session.notes().len(), 2, "{:?}", session.notes());
    assert!(
        session.notes()[0].contains("arm2.decay cannot change"),
        "{:?}",
        session.notes()
    );
}

#[test]
fn an_arm_that_breaks_down_has_axes_to_its_end() {
    let knobs = [
        ("optimiser", "gd"),
        ("arm2.rate", "4.7"),
        ("arm2.decay", "2.66"),
    ];
    let mut race = open("race", &knobs);
    while race.advance(1, || true) == 1 {
        for view in race.kind().views {
            let chart = race.chart(view.name).expect("a declared view");
            for scale in [chart.x.scale, chart.y.scale] {
                let ends = [scale.min(), scale.max()];
                assert!(
                    ends.iter().all(|v| v.is_finite()),
                    "{}: {ends:?}",
                    view.name
                );
            }
        }
    }
    assert!(matches!(race.status(), Status::Failed(_)));
}
