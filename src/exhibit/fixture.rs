//! What tests, tools and studies have to know of an exhibit to run it like any
//! other. Declared beside each exhibit, so that they cover a new one without a
//! change; native only, so that no page loads it.

use super::ExhibitKind;

/// A knob and a value of it, as in a link.
pub type Setting = (&'static str, &'static str);

/// How an exhibit is run where the question is not what it shows.
#[derive(Debug, Clone, Copy)]
pub struct Fixture {
    /// Settings, as in a link, with which a step takes milliseconds: every knob
    /// that decides how much there is to compute is among them.
    pub small: &'static str,
    /// Steps of a small run until what is set shows in its readings.
    pub steps: u64,
    /// Second values of knobs: each leads a small run to other readings.
    pub variants: &'static [Setting],
    /// A change after the first steps of a small run; it shows in readings,
    /// views or pace. The knob is none of the variants.
    pub change: Setting,
    /// Step by which, at the defaults, every view has something to show.
    pub shown_at: u64,
    /// Settings, as in a link, with which training diverges, and the knob that
    /// the message names.
    pub diverges: &'static [Setting],
    /// How its claims are judged over seeds.
    pub study: Study,
}

/// How `study claims` runs an exhibit: once a seed in every round.
#[derive(Debug, Clone, Copy)]
pub struct Study {
    /// The rounds. A claim is judged in the round that names it, else in the one that names none.
    pub rounds: &'static [Round],
}

/// A run that claims are judged on, at its end.
#[derive(Debug, Clone, Copy)]
pub struct Round {
    /// Settings of runs to the end in the same session before it: what it is compared with.
    pub before: &'static [&'static [Setting]],
    /// Its settings beside the seeds.
    pub knobs: &'static [Setting],
    /// The claims that are judged on it; none for all that no round names.
    pub claims: &'static [&'static str],
}

impl Round {
    /// All claims, at the defaults.
    pub const DEFAULT: Self = Self {
        before: &[],
        knobs: &[],
        claims: &[],
    };
}

impl Study {
    /// One round at the defaults.
    pub const DEFAULT: Self = Self {
        rounds: &[Round::DEFAULT],
    };

    /// Whether a claim is judged in the i-th round.
    pub fn judges(&self, round: usize, claim: &str) -> bool {
        let names = |round: &Round| round.claims.contains(&claim);
        match self.rounds.iter().position(names) {
            Some(place) => place == round,
            None => self.rounds[round].claims.is_empty(),
        }
    }
}

impl Fixture {
    /// The small settings as names and values.
    pub fn small(&self) -> impl Iterator<Item = Setting> {
        let pairs = self.small.split('&');
        pairs.filter_map(|pair| pair.split_once('='))
    }
}

impl ExhibitKind {
    /// The link to a small run, `exhibit=NAME&KNOB=VALUE...`.
    pub fn small_link(&self) -> String {
        let link = format!("exhibit={}&{}", self.name, self.fixture.small);
        link.trim_end_matches('&').to_owned()
    }

    /// Whether a knob decides how much there is to compute.
    pub fn is_costly(&self, knob: &str) -> bool {
        self.fixture.small().any(|(name, _)| name == knob)
    }
}
