//! The values of all knobs of an exhibit.

use super::{Knob, KnobError, Value};

/// One value per declared knob.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    knobs: &'static [Knob],
    values: Vec<Value>,
}

impl Settings {
    /// Every knob at its default.
    pub fn defaults(knobs: &'static [Knob]) -> Self {
        Self {
            knobs,
            values: knobs.iter().map(Knob::default_value).collect(),
        }
    }

    /// The declarations.
    pub fn knobs(&self) -> &'static [Knob] {
        self.knobs
    }

    /// The declaration of a knob.
    ///
    /// # Errors
    /// [`KnobError::Unknown`] lists the names that exist.
    pub fn knob(&self, name: &str) -> Result<&'static Knob, KnobError> {
        self.index(name).map(|i| &self.knobs[i])
    }

    /// The value of a knob.
    ///
    /// # Errors
    /// [`KnobError::Unknown`].
    pub fn get(&self, name: &str) -> Result<&Value, KnobError> {
        self.index(name).map(|i| &self.values[i])
    }

    /// Sets a knob to a value that its own declaration has parsed.
    ///
    /// # Errors
    /// [`KnobError::Unknown`].
    pub fn put(&mut self, name: &str, value: Value) -> Result<(), KnobError> {
        let i = self.index(name)?;
        self.values[i] = value;
        Ok(())
    }

    /// Knobs and values, in the order of declaration.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Knob, &Value)> {
        self.knobs.iter().zip(&self.values)
    }

    fn index(&self, name: &str) -> Result<usize, KnobError> {
        self.knobs
            .iter()
            .position(|knob| knob.name == name)
            .ok_or_else(|| KnobError::Unknown {
                name: name.chars().take(40).collect(),
                known: self
                    .knobs
                    .iter()
                    .map(|knob| knob.name)
                    .collect::<Vec<_>>()
                    .join(", "),
            })
    }
}
