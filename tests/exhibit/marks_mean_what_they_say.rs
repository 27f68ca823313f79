//! One test for each kind of mark that could say something else than it means: how numbers
//! are written, which threshold is drawn, what an axis shows while a run plays, which step is
//! counted.

use crate::small::open;
use ntk_playground::chart::{Axis, Chart, Span, TickLabel};
use ntk_playground::exhibit::{EXHIBITS, Session, Verdict};
use std::collections::HashMap;

/// Opens an exhibit at its defaults.
fn defaults(name: &str) -> Session {
    Session::open(name, &[]).expect("the defaults fit")
}

fn joined(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// All texts of a chart.
fn chart_texts(chart: &Chart) -> Vec<String> {
    let ticks = chart.x.ticks.iter().chain(&chart.y.ticks);
    let ticks = ticks.filter_map(|tick| match &tick.label {
        TickLabel::Text(text) => Some(text.clone()),
        TickLabel::Power(_) => None,
    });
    let labels = chart.labels.iter().map(|label| label.text.clone());
    let rows = [&chart.title, &chart.reading].map(|spans| joined(spans));
    let all = rows.into_iter().chain(ticks).chain(labels);
    all.chain([chart.description.clone()]).collect()
}

/// All texts of a run.
fn texts(session: &mut Session) -> Vec<String> {
    let kind = session.kind();
    let mut texts = vec![session.exhibit().caption(), session.exhibit().description()];
    for view in kind.views {
        let chart = session.chart(view.name).expect("a chart of every view");
        texts.extend(chart_texts(&chart));
    }
    for claim in session.exhibit().claims() {
        texts.extend([joined(&claim.shows), claim.reason]);
        if let Some(evidence) = claim.evidence {
            let marks = evidence.thresholds.iter().chain(&evidence.values);
            texts.extend(marks.map(|mark| mark.words.clone()));
            texts.extend([evidence.start, evidence.end]);
        }
    }
    for knob in kind.knobs {
        texts.extend(session.exhibit().knob_state(knob.name).text);
        texts.push(knob.help.to_owned());
    }
    texts
}

/// Whether a text holds a number like 5.38e-7.
fn has_bare_exponent(text: &str) -> bool {
    let all: Vec<char> = text.chars().collect();
    all.windows(3).any(|three| {
        let after = three[2].is_ascii_digit() || matches!(three[2], '-' | '+' | '\u{2212}');
        three[0].is_ascii_digit() && three[1] == 'e' && after
    })
}

#[test]
fn exponents_are_raised_and_no_line_breaks_in_a_number() {
    assert!(has_bare_exponent("5.38e-7") && has_bare_exponent("6e\u{2212}9"));
    assert!(!has_bare_exponent(
        "5.38\u{d7}10\u{207b}\u{2077}, step 3 ended"
    ));
    for kind in EXHIBITS {
        let mut session = open(kind, &[]);
        for _ in 0..3 {
            for text in texts(&mut session) {
                assert!(!has_bare_exponent(&text), "{}: {text}", kind.name);
                let breaks = text.contains('\u{2009}');
                assert!(!breaks, "{}: a line may break in {text}", kind.name);
            }
            session.advance(40, || true);
        }
    }
}

#[test]
fn what_decides_is_drawn() {
    for kind in EXHIBITS {
        let mut session = open(kind, &[]);
        session.advance(400, || true);
        for claim in session.exhibit().claims() {
            let Some(evidence) = claim.evidence else {
                continue;
            };
            let judged = matches!(claim.verdict, Verdict::Holds | Verdict::DoesNotHold);
            let drawn = !evidence.thresholds.is_empty();
            assert!(!judged || drawn, "{}: {}", kind.name, claim.name);
        }
    }
}

/// Ends of an axis.
fn ends(axis: &Axis) -> [f64; 2] {
    let (a, b) = (axis.scale.min(), axis.scale.max());
    [a.min(b), a.max(b)]
}

/// In a trial an axis changes at most so often, at declared steps, and never shrinks.
const CHANGES: usize = 3;

#[test]
fn axes_stand_still_while_a_run_plays() {
    for kind in EXHIBITS {
        // These show the present step alone, which has no range that is known in advance.
        let live = ["boundary", "residual"];
        let views = kind.views.iter().map(|view| view.name);
        let views: Vec<&str> = views.filter(|name| !live.contains(name)).collect();
        let mut session = defaults(kind.name);
        let mut last: HashMap<&str, [[f64; 2]; 2]> = HashMap::new();
        let mut changes: HashMap<&str, usize> = HashMap::new();
        let end = kind.fixture.shown_at;
        while session.step_count() < end {
            let took = session.advance(1 + session.step_count() / 4, || true);
            if took == 0 || session.exhibit().progress().trial > 1 {
                break;
            }
            for &view in &views {
                let chart = session.chart(view).expect("a chart of every view");
                let now = [ends(&chart.x), ends(&chart.y)];
                let before = *last.entry(view).or_insert(now);
                if now == before {
                    continue;
                }
                let step = session.step_count();
                for (now, before) in now.iter().zip(&before) {
                    let grew = now[0] <= before[0] && now[1] >= before[1];
                    assert!(grew, "{}/{view} shrinks at step {step}", kind.name);
                }
                *changes.entry(view).or_default() += 1;
                last.insert(view, now);
            }
        }
        for (view, count) in changes {
            assert!(
                count <= CHANGES,
                "{}/{view} changed {count} times",
                kind.name
            );
        }
    }
}

#[test]
fn counters_count_what_captions_count() {
    for kind in EXHIBITS {
        let mut session = open(kind, &[]);
        for _ in 0..4 {
            session.advance(13, || true);
            let progress = session.exhibit().progress();
            assert!(
                (1..=progress.trials).contains(&progress.trial),
                "{}",
                kind.name
            );
            assert!(progress.limit.is_none_or(|limit| progress.step <= limit));
            let caption = session.exhibit().caption();
            let counted = caption.split("step ").skip(1).find_map(|rest| {
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                digits.parse::<u64>().ok()
            });
            if let Some(counted) = counted {
                assert_eq!(counted, progress.step, "{}: {caption}", kind.name);
            }
        }
    }
}
