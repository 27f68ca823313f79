//! The JSON of [`super::Session::json`], read back: networks, inputs and labels
//! to the bit.
//!
//! [`NetworkSnapshot`] describes the format. Kernels and outputs in the file
//! are not read, since they follow from the rest. What contradicts the
//! architecture is refused: its scales, shapes and counts all have to fit.

use super::{Labels, NetworkSnapshot};
use crate::network::{Activation, Architecture, LayerError, LayerParameters, Mlp, Parametrisation};
use nalgebra::{DMatrix, DVector};
use serde_json::Value;
use thiserror::Error;

/// What an exported file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    /// Name of the exhibit.
    pub exhibit: String,
    /// The link that replays the run.
    pub link: String,
    /// Steps that the exhibit had taken.
    pub step: u64,
    /// The networks in training, with their data.
    pub networks: Vec<NetworkSnapshot<String>>,
    /// Those of a second run; empty without one.
    pub second_run: Vec<NetworkSnapshot<String>>,
}

/// Why a file is not an export. Entries of lists count from 0.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ExportError {
    /// It is not JSON.
    #[error("The file is not valid JSON: {0}.")]
    Syntax(String),
    /// A field is missing.
    #[error("{at} is missing.")]
    Missing {
        /// Path of the field, as `networks[0].layers[1].W`.
        at: String,
    },
    /// A field holds something else.
    #[error("{at} is {found}; it must be {wanted}.")]
    Unexpected {
        /// Path of the field.
        at: String,
        /// What stands there.
        found: String,
        /// What has to stand there.
        wanted: String,
    },
    /// The layers do not make a network.
    #[error("{at}: {error}")]
    Network {
        /// Path of the network.
        at: String,
        /// Why not.
        error: LayerError,
    },
}

impl Export {
    /// Reads the text that [`super::Session::json`] writes.
    ///
    /// A snapshot that is read writes the same text again. Of one thing the
    /// file holds less than the run: with the standard parametrisation,
    /// [`Architecture::bias`] is read as 1 or 0, as it only scales the initial
    /// draw there.
    ///
    /// Cost: linear in the length of the text.
    ///
    /// # Errors
    /// [`ExportError`], naming the first field that does not fit.
    pub fn read(text: &str) -> Result<Self, ExportError> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| ExportError::Syntax(error.to_string()))?;
        let file = Field {
            value: &value,
            at: String::new(),
        };
        let second_run = match value.get("second-run") {
            Some(_) => networks(&file.field("second-run")?)?,
            None => Vec::new(),
        };
        Ok(Self {
            exhibit: file.field("exhibit")?.text()?.into(),
            link: file.field("link")?.text()?.into(),
            step: file.field("step")?.count()?,
            networks: networks(&file)?,
            second_run,
        })
    }
}

fn networks(parent: &Field<'_>) -> Result<Vec<NetworkSnapshot<String>>, ExportError> {
    let networks = parent.field("networks")?.entries()?;
    networks.iter().map(network).collect()
}

fn network(field: &Field<'_>) -> Result<NetworkSnapshot<String>, ExportError> {
    let mlp = mlp(field)?;
    let Architecture {
        inputs, outputs, ..
    } = *mlp.architecture();
    let x = field.field("x")?;
    let examples = x.entries()?.len();
    if examples == 0 {
        return Err(x.unexpected("a list with a row for every example"));
    }
    let of_examples = |name| field.field(name)?.matrix(examples, outputs, Field::number);
    let labels = field.field("y")?.matrix(examples, outputs, |entry| {
        match entry.value {
            // JSON has no other word for an output without a label.
            Value::Null => Ok(f64::NAN),
            _ => entry.number(),
        }
    })?;
    Ok(NetworkSnapshot {
        name: field.field("name")?.text()?.into(),
        steps: field.field("steps")?.count()?,
        inputs: x.matrix(examples, inputs, Field::number)?.transpose(),
        origin: of_examples("f0")?.transpose(),
        labels: Labels {
            values: labels.transpose(),
            meaning: field.field("labels")?.text()?.into(),
        },
        mlp,
    })
}

fn mlp(field: &Field<'_>) -> Result<Mlp, ExportError> {
    let widths = field.field("widths")?.entries()?;
    let widths: Vec<usize> = widths.iter().map(Field::size).collect::<Result<_, _>>()?;
    let layers = field.field("layers")?;
    let fields = layers.entries()?;
    if fields.len() != widths.len() + 1 {
        return Err(layers.unexpected(format!(
            "a list of {} layers, one per entry of widths and the output layer",
            widths.len() + 1
        )));
    }
    let architecture = Architecture {
        inputs: field.field("inputs")?.size()?,
        outputs: field.field("outputs")?.size()?,
        activation: field.field("activation")?.choice(&[
            ("relu", Activation::Relu),
            ("tanh", Activation::Tanh),
            ("softplus", Activation::Softplus),
            ("square", Activation::Square),
            ("identity", Activation::Identity),
        ])?,
        parametrisation: field.field("parametrisation")?.choice(&[
            ("ntk", Parametrisation::Ntk),
            ("standard", Parametrisation::Standard),
        ])?,
        bias: fields[0].field("beta")?.number()?,
        widths,
    };
    let mut fan_in = architecture.inputs;
    let mut parameters = Vec::with_capacity(fields.len());
    for (l, layer) in fields.iter().enumerate() {
        let outputs = (architecture.widths.get(l)).map_or(architecture.outputs, |&width| width);
        parameters.push(LayerParameters {
            weights: layer.field("W")?.matrix(outputs, fan_in, Field::number)?,
            biases: biases(&layer.field("b")?, outputs, architecture.bias != 0.0)?,
        });
        fan_in = outputs;
    }
    let mlp =
        Mlp::from_layers(architecture, &parameters).map_err(|error| ExportError::Network {
            at: field.at.clone(),
            error,
        })?;
    for (l, (layer, shape)) in fields.iter().zip(mlp.layers()).enumerate() {
        layer.field("s")?.equals(shape.scale)?;
        layer.field("gain")?.equals(mlp.architecture().gain(l))?;
        layer.field("beta")?.equals(shape.bias_scale)?;
    }
    let count = field.field("parameters")?;
    if count.size()? != mlp.parameters().len() {
        return Err(count.unexpected(format!("{}, as W and b have", mlp.parameters().len())));
    }
    Ok(mlp)
}

/// b of a layer; none where the network has no biases, for which the file has zeros.
fn biases(field: &Field<'_>, outputs: usize, exist: bool) -> Result<DVector<f64>, ExportError> {
    let numbers = field.numbers(outputs, Field::number)?;
    if exist {
        return Ok(DVector::from_vec(numbers));
    }
    match field
        .entries()?
        .iter()
        .zip(numbers)
        .find(|(_, b)| *b != 0.0)
    {
        Some((entry, _)) => Err(entry.unexpected("0, as beta is 0")),
        None => Ok(DVector::zeros(0)),
    }
}

/// A value of the file and its path.
struct Field<'a> {
    value: &'a Value,
    at: String,
}

impl<'a> Field<'a> {
    fn field(&self, name: &str) -> Result<Field<'a>, ExportError> {
        let at = match self.at.as_str() {
            "" => name.into(),
            at => format!("{at}.{name}"),
        };
        let Value::Object(fields) = self.value else {
            return Err(self.unexpected("an object"));
        };
        match fields.get(name) {
            Some(value) => Ok(Field { value, at }),
            None => Err(ExportError::Missing { at }),
        }
    }

    fn entries(&self) -> Result<Vec<Field<'a>>, ExportError> {
        let Value::Array(values) = self.value else {
            return Err(self.unexpected("a list"));
        };
        let entry = |(i, value)| Field {
            value,
            at: format!("{}[{i}]", self.at),
        };
        Ok(values.iter().enumerate().map(entry).collect())
    }

    fn number(&self) -> Result<f64, ExportError> {
        self.value
            .as_f64()
            .ok_or_else(|| self.unexpected("a number"))
    }

    fn count(&self) -> Result<u64, ExportError> {
        self.value
            .as_u64()
            .ok_or_else(|| self.unexpected("a whole number, at least 0"))
    }

    fn size(&self) -> Result<usize, ExportError> {
        usize::try_from(self.count()?).map_err(|_| self.unexpected("a smaller number"))
    }

    fn text(&self) -> Result<&'a str, ExportError> {
        self.value.as_str().ok_or_else(|| self.unexpected("a text"))
    }

    fn choice<T: Copy>(&self, choices: &[(&str, T)]) -> Result<T, ExportError> {
        let text = self.text()?;
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        match choices.iter().find(|(name, _)| *name == text) {
            Some((_, choice)) => Ok(*choice),
            None => Err(self.unexpected(format!("one of {}", names.join(", ")))),
        }
    }

    fn equals(&self, wanted: f64) -> Result<(), ExportError> {
        match self.number()? == wanted {
            true => Ok(()),
            false => Err(self.unexpected(format!("{wanted} in this architecture"))),
        }
    }

    fn numbers(
        &self,
        count: usize,
        read: impl Fn(&Field<'a>) -> Result<f64, ExportError>,
    ) -> Result<Vec<f64>, ExportError> {
        let entries = self.entries()?;
        if entries.len() != count {
            return Err(self.unexpected(format!("a list of {count}")));
        }
        entries.iter().map(read).collect()
    }

    fn matrix(
        &self,
        rows: usize,
        columns: usize,
        read: impl Fn(&Field<'a>) -> Result<f64, ExportError>,
    ) -> Result<DMatrix<f64>, ExportError> {
        let entries = self.entries()?;
        if entries.len() != rows {
            return Err(self.unexpected(format!("a list of {rows} rows")));
        }
        let mut numbers = Vec::new();
        for row in &entries {
            numbers.extend(row.numbers(columns, &read)?);
        }
        Ok(DMatrix::from_row_slice(rows, columns, &numbers))
    }

    fn unexpected(&self, wanted: impl Into<String>) -> ExportError {
        let found = match self.value {
            Value::Null => "null".into(),
            Value::Bool(value) => value.to_string(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => format!("the text {text:?}"),
            Value::Array(entries) => format!("a list of {}", entries.len()),
            Value::Object(_) => "an object".into(),
        };
        let at = match self.at.as_str() {
            "" => "The file".into(),
            at => at.into(),
        };
        ExportError::Unexpected {
            at,
            found,
            wanted: wanted.into(),
        }
    }
}
