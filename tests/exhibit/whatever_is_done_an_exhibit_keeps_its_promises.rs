//! Whatever is set, turned, probed and edited, at whatever step: nothing
//! panics, what is refused changes nothing and is refused in a sentence, every
//! word and every picture is sound, and the link replays the run to the digit.
//!
//! A few scenarios of every exhibit here; `cargo xtask fuzz` plays them for as
//! long as one likes, and adds that no step and no picture takes a second.

use crate::scenario::play::{Played, play};
use crate::scenario::{Dice, Extent, Scenario};
use ntk_playground::exhibit::EXHIBITS;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Longest that a step or a picture may take where it is measured.
const LONGEST: Duration = Duration::from_secs(1);

/// What is wrong with a scenario, and what was done until then.
type Fault = (String, Box<Played>);

fn attempt(scenario: &Scenario, limit: Duration) -> Result<Played, Fault> {
    let mut played = Played::default();
    let outcome = catch_unwind(AssertUnwindSafe(|| play(scenario, limit, &mut played)));
    let fault = match outcome {
        Ok(Ok(())) => return Ok(played),
        Ok(Err(fault)) => fault,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or(panic.downcast_ref::<&str>().copied());
            format!("a panic: {}", text.unwrap_or("without words"))
        }
    };
    Err((fault, Box::new(played)))
}

/// What is left of a scenario when everything is dropped, one after the other,
/// that it fails without.
fn shrunk(scenario: &Scenario, fault: &str) -> Scenario {
    let end = Instant::now() + Duration::from_secs(30);
    // Numbers in a complaint change with what is dropped.
    let kind = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphabetic())
            .take(24)
            .collect()
    };
    let wanted: String = kind(fault);
    let fails = |scenario: &Scenario| match attempt(scenario, Duration::from_secs(5)) {
        Ok(_) => false,
        Err((fault, _)) => kind(&fault) == wanted,
    };
    let mut least = scenario.clone();
    let count = |of: &Scenario| of.actions.len() + of.parameters.len();
    for i in (0..count(scenario)).rev() {
        let mut less = least.clone();
        match i.checked_sub(less.parameters.len()) {
            Some(action) => drop(less.actions.remove(action)),
            None => drop(less.parameters.remove(i)),
        }
        if Instant::now() < end && fails(&less) {
            least = less;
        }
    }
    least
}

fn told(scenario: &Scenario, seed: u64, (fault, played): Fault) -> String {
    let done = Scenario {
        actions: played.actions,
        ..scenario.clone()
    };
    let least = shrunk(&done, &fault);
    let link = played.link;
    format!("{fault}\n  seed {seed}, link {link}\n  done: {done}\n  enough of it: {least}")
}

/// Plays scenarios of every exhibit, always the same ones.
fn play_all(count: u64) {
    let extent = Extent {
        actions: 12,
        steps: 6,
        large: 0,
    };
    let play = |kind| {
        for seed in 1..=count {
            let scenario = Scenario::draw(kind, extent, &mut Dice::Seed(seed));
            // Long enough to be no limit: what is played must not depend on time.
            if let Err(fault) = attempt(&scenario, Duration::from_secs(600)) {
                panic!("{}", told(&scenario, seed, fault));
            }
        }
    };
    std::thread::scope(|scope| {
        for kind in EXHIBITS {
            scope.spawn(move || play(kind));
        }
    });
}

#[test]
fn a_few_scenarios() {
    play_all(4);
}

#[test]
#[ignore = "takes 15 s: cargo xtask test --full"]
fn twenty_scenarios() {
    play_all(20);
}

/// Of one exhibit in a long run.
#[derive(Default, Clone)]
struct Tally {
    scenarios: u64,
    refused: u64,
    opening: Duration,
    step: Duration,
    draw: Duration,
    at: [String; 2],
}

fn variable<T: std::str::FromStr>(name: &str) -> Option<T> {
    let text = std::env::var(name).ok()?;
    let value = text.parse();
    Some(value.unwrap_or_else(|_| panic!("{name}: \u{201c}{text}\u{201d} is not a number.")))
}

#[test]
#[ignore = "as long as one likes: cargo xtask fuzz"]
fn for_a_long_time() {
    let minutes: f64 = variable("FUZZ_MINUTES").unwrap_or(1.0);
    let first: u64 = variable("FUZZ_SEED").unwrap_or(1);
    let only: Option<String> = variable("FUZZ_EXHIBIT");
    let kinds: Vec<_> = EXHIBITS
        .iter()
        .filter(|kind| only.as_ref().is_none_or(|name| name == kind.name))
        .collect();
    assert!(!kinds.is_empty(), "no exhibit is called {only:?}");
    let extent = Extent {
        actions: 40,
        steps: 40,
        large: 12,
    };
    let limit = Duration::from_secs(20);
    let end = Instant::now() + Duration::from_secs_f64(60.0 * minutes);
    let mut tallies = vec![Tally::default(); kinds.len()];
    let mut faults: HashSet<String> = HashSet::new();
    let mut seed = first;
    // At least one round: a seed and no time repeat what was reported.
    while seed == first || Instant::now() < end {
        for (kind, tally) in kinds.iter().zip(&mut tallies) {
            let scenario = Scenario::draw(kind, extent, &mut Dice::Seed(seed));
            let mut played = match attempt(&scenario, limit) {
                Ok(played) => played,
                Err(fault) => {
                    let letters = fault.0.chars().filter(|c| c.is_alphabetic());
                    if faults.insert(kind.name.chars().chain(letters.take(60)).collect()) {
                        println!("\nFAULT: {}", told(&scenario, seed, fault));
                    }
                    continue;
                }
            };
            // Something else may have held the machine: what takes long by
            // itself takes long again.
            for _ in 0..2 {
                if played.slowest_step.max(played.slowest_draw) > LONGEST
                    && let Ok(again) = attempt(&scenario, limit)
                {
                    played.slowest_step = played.slowest_step.min(again.slowest_step);
                    played.slowest_draw = played.slowest_draw.min(again.slowest_draw);
                }
            }
            tally.add(&played, seed);
        }
        seed += 1;
    }
    println!("\nSeeds {first} to {}, {} faults.", seed - 1, faults.len());
    println!("exhibit            scenarios  refused   opening      step   picture");
    for (kind, tally) in kinds.iter().zip(&tallies) {
        let [opening, step, draw] =
            [tally.opening, tally.step, tally.draw].map(|t| t.as_secs_f64());
        let (name, count, refused) = (kind.name, tally.scenarios, tally.refused);
        println!("{name:18} {count:9} {refused:8} {opening:7.3} s {step:7.3} s {draw:7.3} s");
        println!("    step    {}", tally.at[0]);
        println!("    picture {}", tally.at[1]);
    }
    assert!(faults.is_empty(), "{} faults, told above", faults.len());
    for (kind, tally) in kinds.iter().zip(&tallies) {
        let longest = tally.step.max(tally.draw);
        assert!(longest <= LONGEST, "{}: {longest:?}", kind.name);
    }
}

impl Tally {
    fn add(&mut self, played: &Played, seed: u64) {
        self.scenarios += 1;
        self.refused += u64::from(played.refused.is_some());
        self.opening = self.opening.max(played.opening);
        let told = |i: usize| format!("seed {seed}: {}", played.slowest_at[i]);
        if played.slowest_step > self.step {
            (self.step, self.at[0]) = (played.slowest_step, told(0));
        }
        if played.slowest_draw > self.draw {
            (self.draw, self.at[1]) = (played.slowest_draw, told(1));
        }
    }
}
