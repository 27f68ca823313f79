//! Typed knobs: a declaration and the way from its text to a value of the engine, in one
//! place.
//!
//! ```text
//! const NOISE: Key<f64> = Key::number("noise", "Noise", 0.0, 1.0).default("0.5");
//! settings.read(&NOISE)           // f64
//! ```

use super::{Choice, Effect, Kind, Knob, Settings, Value};

/// A knob with the type of its value.
#[derive(Debug)]
pub(crate) struct Key<T: 'static> {
    /// The declaration.
    pub knob: Knob,
    /// Of a choice: the values, in the order of the options.
    values: &'static [T],
    read: fn(&Self, &Value) -> T,
}

/// The options of a choice, each with the value that it stands for.
#[derive(Debug)]
pub(crate) struct Choices<T: 'static, const N: usize> {
    options: [Choice; N],
    values: [T; N],
}

impl<T: Copy, const N: usize> Choices<T, N> {
    /// Rows of word, label and value.
    pub const fn new(rows: [(&'static str, &'static str, T); N]) -> Self {
        let mut options = [Choice::new("", ""); N];
        let mut values = [rows[0].2; N];
        let mut i = 0;
        while i < N {
            options[i] = Choice::new(rows[i].0, rows[i].1);
            values[i] = rows[i].2;
            i += 1;
        }
        Self { options, values }
    }
}

impl<T: PartialEq, const N: usize> Choices<T, N> {
    /// The option that stands for a value, if one does.
    pub fn option(&self, value: &T) -> Option<&Choice> {
        let at = self.values.iter().position(|known| known == value)?;
        Some(&self.options[at])
    }
}

const fn knob(name: &'static str, label: &'static str, kind: Kind) -> Knob {
    Knob {
        name,
        label,
        kind,
        default: "",
        unit: "",
        help: "",
        effect: Effect::Restart,
    }
}

/// What a declaration that contradicts itself ends in, at the first test.
fn misdeclared(knob: &Knob) -> ! {
    unreachable!("the value of {} is of another kind", knob.name)
}

impl Key<f64> {
    /// A real number from `min` to `max`, on a linear slider with two decimals.
    pub const fn number(name: &'static str, label: &'static str, min: f64, max: f64) -> Self {
        let kind = Kind::Number {
            min,
            max,
            log: false,
            decimals: 2,
            ticks: &[],
        };
        Self {
            knob: knob(name, label, kind),
            values: &[],
            read: |key, value| match value {
                Value::Number(v) => *v,
                _ => misdeclared(&key.knob),
            },
        }
    }

    /// On a logarithmic slider, with so many decimals.
    pub const fn log(mut self, places: usize) -> Self {
        if let Kind::Number { log, decimals, .. } = &mut self.knob.kind {
            *log = true;
            *decimals = places;
        }
        self
    }
}

impl Key<u32> {
    /// A whole number from `min` to `max`.
    pub const fn integer(name: &'static str, label: &'static str, min: u32, max: u32) -> Self {
        let kind = Kind::Integer {
            min,
            max,
            ticks: &[],
        };
        Self {
            knob: knob(name, label, kind),
            values: &[],
            read: |key, value| match value {
                Value::Integer(v) => *v,
                _ => misdeclared(&key.knob),
            },
        }
    }

    /// The seed of something: any whole number, in a plain field.
    pub const fn seed(name: &'static str, label: &'static str) -> Self {
        Self::integer(name, label, 0, u32::MAX)
    }
}

impl<T: Copy + 'static> Key<T> {
    /// One of several words.
    pub const fn choice<const N: usize>(
        name: &'static str,
        label: &'static str,
        choices: &'static Choices<T, N>,
    ) -> Self {
        let kind = Kind::Choice {
            options: &choices.options,
        };
        Self {
            knob: knob(name, label, kind),
            values: &choices.values,
            read: |key, value| match (key.knob.kind, value) {
                (Kind::Choice { options }, Value::Choice(word)) => {
                    let at = options.iter().position(|option| option.value == *word);
                    at.map_or_else(|| misdeclared(&key.knob), |at| key.values[at])
                }
                _ => misdeclared(&key.knob),
            },
        }
    }
}

impl Key<Vec<usize>> {
    /// Up to `length` whole numbers from 1 to `max`, joined by hyphens.
    pub const fn list(
        name: &'static str,
        label: &'static str,
        max: u32,
        length: usize,
        presets: &'static [&'static str],
    ) -> Self {
        let kind = Kind::List {
            min: 1,
            max,
            length,
            presets,
        };
        Self {
            knob: knob(name, label, kind),
            values: &[],
            read: |key, value| match value {
                Value::List(v) => v.iter().map(|entry| *entry as usize).collect(),
                _ => misdeclared(&key.knob),
            },
        }
    }
}

impl Key<Vec<[f64; 2]>> {
    /// A person's own points, at most `most`, with |x| and |y| at most `largest`.
    pub const fn points(
        name: &'static str,
        label: &'static str,
        most: usize,
        largest: f64,
    ) -> Self {
        Self {
            knob: knob(name, label, Kind::Points { most, largest }),
            values: &[],
            read: |key, value| match value {
                Value::Points(v) => v.clone(),
                _ => misdeclared(&key.knob),
            },
        }
    }
}

impl<T> Key<T> {
    /// Its default, as text.
    pub const fn default(mut self, text: &'static str) -> Self {
        self.knob.default = text;
        self
    }

    /// Its unit.
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.knob.unit = unit;
        self
    }

    /// One sentence of help.
    pub const fn help(mut self, help: &'static str) -> Self {
        self.knob.help = help;
        self
    }

    /// When a change takes effect; from step 0 unless this is called.
    pub const fn effect(mut self, effect: Effect) -> Self {
        self.knob.effect = effect;
        self
    }

    /// Decimals that the slider sets and the page shows.
    pub const fn decimals(mut self, places: usize) -> Self {
        if let Kind::Number { decimals, .. } = &mut self.knob.kind {
            *decimals = places;
        }
        self
    }

    /// Numbers below the slider.
    pub const fn ticks(mut self, at: &'static [f64]) -> Self {
        if let Kind::Number { ticks, .. } | Kind::Integer { ticks, .. } = &mut self.knob.kind {
            *ticks = at;
        }
        self
    }
}

impl Settings {
    /// The value of a declared knob, in the engine's type.
    ///
    /// # Panics
    /// If the exhibit does not declare the knob, which a test rules out.
    pub(crate) fn read<T>(&self, key: &Key<T>) -> T {
        (key.read)(key, self.declared(key.knob.name))
    }

    // Apart from the reader, which is compiled once for every type.
    fn declared(&self, name: &str) -> &Value {
        match self.get(name) {
            Ok(value) => value,
            Err(error) => panic!("{error}"),
        }
    }
}
