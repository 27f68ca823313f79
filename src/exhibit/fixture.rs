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
    /// How the verdicts on its claims are counted.
    pub study: Study,
}

/// How `study claims` runs an exhibit.
#[derive(Debug, Clone, Copy)]
pub struct Study {
    /// Settings beside the seeds.
    pub knobs: &'static [Setting],
    /// Runs, if fewer than there are seeds.
    pub most_runs: u32,
    /// What a reader has to know beside that.
    pub remark: Option<&'static str>,
}

impl Study {
    /// One run per seed, at the defaults.
    pub const DEFAULT: Self = Self {
        knobs: &[],
        most_runs: u32::MAX,
        remark: None,
    };
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
