//! Runs that ended in this session: whether the network generalises without
//! weight decay another run shows, not this one.

use super::knobs::Setup;
use super::model::{GROKKED, Grokking};
use crate::chart::{Role, Shape, Span};
use crate::exhibit::runner::State;
use crate::exhibit::{Claim, Evidence, Verdict, text};

/// The end of a run.
#[derive(Debug, Clone)]
pub struct Ended {
    setup: Setup,
    grokked: Option<u64>,
    steps: u64,
    test: f64,
}

/// Whether two runs share all but the decay, and what only is shown.
fn comparable(a: &Setup, b: &Setup) -> bool {
    let same = Setup {
        decay: a.decay,
        control: a.control,
        terms: a.terms,
        pair: a.pair,
        ..b.clone()
    };
    *a == same
}

/// Takes note of a run that has come to its end unchanged.
pub fn remember(memory: &mut Vec<Ended>, state: &State<'_, Grokking>) {
    if state.changed {
        return;
    }
    let setup = state.setup;
    memory.retain(|run| !(comparable(&run.setup, setup) && run.setup.decay == setup.decay));
    memory.push(Ended {
        setup: setup.clone(),
        grokked: state.model.grokked,
        steps: state.place.step,
        test: state.now.network.test,
    });
}

/// "With decay 0.5 held-out pairs come right at step 1 280 (99 % right at the end)."
fn in_words(name: &str, run: &Ended) -> String {
    let name = match run.setup.decay {
        0.0 => name.to_owned(),
        decay => format!("{name} {decay}"),
    };
    let when = match run.grokked {
        Some(step) => format!("at step {}", text::count(step)),
        None => format!("not within {} steps", text::count(run.steps)),
    };
    let test = text::percent(run.test);
    format!("{name} held-out pairs come right **{when}** ({test} right at the end).")
}

/// The claim on weight decay.
pub fn claim(state: &State<'_, Grokking>) -> Claim {
    let find = |decays: bool| {
        let runs = state.memory.iter().rev();
        let mut runs = runs.filter(|run| comparable(&run.setup, state.setup));
        runs.find(|run| (run.setup.decay > 0.0) == decays)
    };
    let (with, without) = (find(true), find(false));
    let mut shows = Vec::new();
    for (name, run) in [("With decay", with), ("Without decay", without)] {
        if let Some(run) = run {
            let between = if shows.is_empty() { "" } else { " " };
            shows.extend(Span::marked(&format!("{between}{}", in_words(name, run))));
        }
    }
    if shows.is_empty() {
        let still = "A run to its end with weight decay and one without are compared here.";
        shows.push(Span::plain(still));
    }
    let mut evidence =
        Evidence::scale("0", "100\u{202f}% held out right").threshold(GROKKED, "95\u{202f}%");
    if let Some(run) = with {
        evidence = evidence.value(run.test, "with decay", Shape::Diamond, Role::Test);
    }
    if let Some(run) = without {
        evidence = evidence.value(run.test, "without", Shape::Disc, Role::Ink);
    }
    let grokked = [with, without].map(|run| run.is_some_and(|run| run.grokked.is_some()));
    let theory = "Gradient flow by itself turns the kernel until the network generalises.";
    Claim::about("gradient-flow-alone", theory)
        .shows_spans(shows)
        .evidence((!evidence.values.is_empty()).then_some(evidence))
        .wait(without.is_none(), "still to run from step 0: decay 0")
        .wait(with.is_none(), "still to run from step 0: a decay above 0")
        .undecided_if(
            grokked == [true, false],
            "not at this initial size and train share; smaller weights and more pairs do",
        )
        .holds(grokked == [true, true], "it generalises without decay too")
        .holds(
            grokked == [false, true],
            "it generalises only without decay",
        )
        .otherwise(Verdict::NotYet, "neither run generalised")
}
