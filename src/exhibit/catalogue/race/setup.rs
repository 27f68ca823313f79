//! The settings of a race in the types of the engine.

use super::knobs::{ARMS, ArmKeys, LOOK, SEED, SEEDS, STEPS};
use super::rule::Rule;
use super::task::TaskSpecification;
use crate::exhibit::Settings;

/// One arm as set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArmSetup {
    /// Its number in its knobs' names.
    pub number: usize,
    /// What holds it back.
    pub rule: Rule,
    /// Its step size over that of the race.
    pub rate: f64,
    /// Its weight decay.
    pub decay: f64,
    /// Place, among the arms of the race, of the arm whose active fraction it takes.
    pub copies: Option<usize>,
}

/// The settings of every race.
#[derive(Debug, Clone)]
pub struct Setup {
    /// What the race is run on.
    pub task: &'static TaskSpecification,
    /// What the task draws its problems with.
    pub settings: Settings,
    /// The arms of the race, at least two.
    pub arms: Vec<ArmSetup>,
    /// Seed of the first trial.
    pub seed: u32,
    /// Number of trials.
    pub seeds: usize,
    /// Steps of a trial.
    pub steps: u64,
    /// The active fraction at which a gate would stop; 0 for never.
    pub stop_below: f64,
    /// Place, among the arms of the race, of the one inspected.
    pub inspected: usize,
}

impl Setup {
    /// Reads the settings. `stop_below` is 0 where a task has no such knob.
    ///
    /// # Errors
    /// A sentence if fewer than two arms race, or an arm has none to copy.
    pub fn read(
        task: &'static TaskSpecification,
        settings: &Settings,
        stop_below: f64,
    ) -> Result<Self, String> {
        let mut arms: Vec<ArmSetup> = Vec::with_capacity(ARMS);
        for number in 1..=ARMS {
            let keys = ArmKeys::new(number - 1);
            let Some(rule) = settings.read(&keys.rule) else {
                continue;
            };
            let copies = arms.iter().rposition(|arm| arm.rule.is_gate());
            if rule.copies() && copies.is_none() {
                return Err(format!(
                    "Arm {number} is a {} and takes its active fraction from the nearest gated arm before it; \
                     there is none. Give an arm before it a gate, or choose another rule.",
                    rule.label()
                ));
            }
            arms.push(ArmSetup {
                number,
                rule,
                rate: settings.read(&keys.rate),
                decay: settings.read(&keys.decay),
                copies: copies.filter(|_| rule.copies()),
            });
        }
        if arms.len() < 2 {
            return Err("A race needs at least two arms: give another arm a rule.".into());
        }
        let mut setup = Self {
            task,
            settings: settings.clone(),
            arms,
            seed: settings.read(&SEED),
            seeds: settings.read(&SEEDS) as usize,
            steps: u64::from(settings.read(&STEPS)),
            stop_below,
            inspected: 0,
        };
        let wanted = settings.read(&LOOK).map(|arm| arm + 1);
        let chosen = setup.place(|arm| Some(arm.number) == wanted);
        setup.inspected = chosen.or(setup.gate()).unwrap_or(0);
        Ok(setup)
    }

    /// Place of the first arm of which something is true.
    fn place(&self, is: impl Fn(&ArmSetup) -> bool) -> Option<usize> {
        self.arms.iter().position(is)
    }

    /// Place of the first arm under a rule.
    pub fn under(&self, rule: Rule) -> Option<usize> {
        self.place(|arm| arm.rule == rule)
    }

    /// Place of the gate on trial: the one whose active fraction other arms take, or
    /// the first.
    pub fn gate(&self) -> Option<usize> {
        let copied = self.arms.iter().find_map(|arm| arm.copies);
        copied.or_else(|| self.place(|arm| arm.rule.is_gate()))
    }

    /// Place of the first arm that nothing holds back, with the step and the
    /// decay of the gate on trial; if every arm has its own, of the first.
    pub fn free(&self) -> Option<usize> {
        let like = &self.arms[self.gate()?];
        let alike = |arm: &ArmSetup| (arm.rate, arm.decay) == (like.rate, like.decay);
        let free = self.place(|arm| arm.rule == Rule::Free && alike(arm));
        free.or_else(|| self.under(Rule::Free))
    }

    /// Place of the first arm without a gate whose decay is above that of the gate on trial.
    pub fn more_decayed(&self) -> Option<usize> {
        let usual = self
            .gate()
            .map_or(f64::INFINITY, |gate| self.arms[gate].decay);
        self.place(|arm| arm.rule == Rule::Free && arm.decay > usual)
    }

    /// Place of the first arm that nothing holds back, with the decay of the gate on trial and a
    /// step of its own: the best fixed step.
    pub fn other_step(&self) -> Option<usize> {
        let like = &self.arms[self.gate()?];
        self.place(|arm| arm.rule == Rule::Free && arm.decay == like.decay && arm.rate != like.rate)
    }

    /// What an arm is called: its rule, and the factor of its step and its decay
    /// where they are not those of the first arm.
    pub fn label(&self, arm: usize) -> String {
        let (arm, first) = (&self.arms[arm], &self.arms[0]);
        let mut label = arm.rule.label().to_owned();
        if arm.rate != first.rate {
            label.push_str(&format!(", \u{d7}{}", arm.rate));
        }
        if arm.decay != first.decay {
            label.push_str(&format!(", decay {}", arm.decay));
        }
        label
    }

    /// Labels and values of all arms.
    pub fn labelled(&self, value: impl Fn(usize) -> String) -> Vec<String> {
        let arms = 0..self.arms.len();
        arms.map(|arm| format!("{} {}", self.label(arm), value(arm)))
            .collect()
    }
}
