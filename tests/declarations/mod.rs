//! As much of TypeScript as our declarations of plain data use: interfaces,
//! names for types, unions, arrays, tuples and words. It reads them, and says
//! whether a value is of a declared type.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A type, as it is written.
#[derive(Debug)]
enum Type {
    /// A word in quotes, or `null`.
    Exactly(Value),
    Named(String),
    /// Fields, none of which may be missing.
    Object(BTreeMap<String, Type>),
    Array(Box<Type>),
    Tuple(Vec<Type>),
    Union(Vec<Type>),
}

/// Declarations, and which of their alternatives have been met.
pub struct Declarations {
    types: BTreeMap<String, Type>,
    met: BTreeSet<String>,
}

impl Declarations {
    /// Reads declarations.
    pub fn read(text: &str) -> Self {
        let tokens = tokens(text);
        let mut reader = Reader(tokens.iter().map(String::as_str).collect(), 0);
        let mut types = BTreeMap::new();
        while reader.takes("export") {
            let is_interface = reader.takes("interface");
            assert!(is_interface || reader.takes("type"));
            let name = reader.next().to_owned();
            let declared = if is_interface {
                reader.one()
            } else {
                assert!(reader.takes("="));
                reader.union()
            };
            reader.takes(";");
            types.insert(name, declared);
        }
        assert_eq!(reader.peek(), None, "a declaration begins with export");
        let met = BTreeSet::new();
        Self { types, met }
    }

    /// Names of the fields of an interface.
    pub fn fields(&self, name: &str) -> Vec<&str> {
        match &self.types[name] {
            Type::Object(fields) => fields.keys().map(String::as_str).collect(),
            other => panic!("{name} is {other:?}"),
        }
    }

    /// Holds a value against a declared type.
    ///
    /// # Errors
    /// Says where they differ.
    pub fn check(&mut self, value: &Value, name: &str) -> Result<(), String> {
        let mut met = Vec::new();
        self.is(value, &Type::Named(name.into()), name, &mut met)?;
        self.met.extend(met);
        Ok(())
    }

    /// What no value so far was: words and alternatives of unions, by where they
    /// are declared.
    pub fn unmet(&self) -> Vec<String> {
        let mut all = Vec::new();
        for (name, declared) in &self.types {
            alternatives(declared, name, &mut all);
        }
        all.retain(|place| !self.met.contains(place));
        all
    }

    fn is(
        &self,
        value: &Value,
        wanted: &Type,
        place: &str,
        met: &mut Vec<String>,
    ) -> Result<(), String> {
        let wrong = || Err(format!("{place}: {} is no {wanted:?}", short(value)));
        match (wanted, value) {
            (Type::Exactly(word), _) if word == value => Ok(()),
            (Type::Named(name), _) => match (name.as_str(), value) {
                // JSON has no NaN; on the page it is a number.
                ("number", Value::Number(_) | Value::Null)
                | ("string", Value::String(_))
                | ("boolean", Value::Bool(_)) => Ok(()),
                _ => match self.types.get(name) {
                    Some(declared) => self.is(value, declared, name, met),
                    None => wrong(),
                },
            },
            (Type::Object(fields), Value::Object(values)) => {
                if let Some(extra) = values.keys().find(|name| !fields.contains_key(*name)) {
                    return Err(format!("{place}: {extra} is not declared"));
                }
                for (name, wanted) in fields {
                    let Some(value) = values.get(name) else {
                        return Err(format!("{place}: {name} is declared and not there"));
                    };
                    self.is(value, wanted, &format!("{place}.{name}"), met)?;
                }
                Ok(())
            }
            (Type::Array(one), Value::Array(values)) => values
                .iter()
                .try_for_each(|value| self.is(value, one, place, met)),
            (Type::Tuple(types), Value::Array(values)) if types.len() == values.len() => types
                .iter()
                .zip(values)
                .try_for_each(|(one, value)| self.is(value, one, place, met)),
            (Type::Union(types), _) => {
                let mut why = Vec::new();
                // Exact words first: a null may be meant, or a number that is none.
                let is_word = |one: &Type| matches!(one, Type::Exactly(_));
                let (words, others): (Vec<_>, Vec<_>) =
                    types.iter().enumerate().partition(|(_, one)| is_word(one));
                for (i, one) in words.into_iter().chain(others) {
                    // What is met on a way that ends in vain is not met.
                    let mut inside = Vec::new();
                    match self.is(value, one, &alternative(place, i, one), &mut inside) {
                        Ok(()) => {
                            met.push(alternative(place, i, one));
                            met.append(&mut inside);
                            return Ok(());
                        }
                        Err(error) => why.push(error),
                    }
                }
                Err(format!("{place}: {}\n  {}", short(value), why.join("\n  ")))
            }
            _ => wrong(),
        }
    }
}

/// The place of one of several types: by its word, its name or its kind.
fn alternative(place: &str, index: usize, one: &Type) -> String {
    match one {
        Type::Exactly(word) => format!("{place} = {word}"),
        Type::Named(name) => format!("{place} = {name}"),
        Type::Object(fields) => match fields.get("kind") {
            Some(Type::Exactly(word)) => format!("{place} = {word}"),
            _ => format!("{place} = {index}"),
        },
        _ => format!("{place} = {index}"),
    }
}

fn alternatives(declared: &Type, place: &str, out: &mut Vec<String>) {
    match declared {
        Type::Exactly(_) | Type::Named(_) => {}
        Type::Object(fields) => fields
            .iter()
            .for_each(|(name, one)| alternatives(one, &format!("{place}.{name}"), out)),
        Type::Array(one) => alternatives(one, place, out),
        Type::Tuple(types) => types.iter().for_each(|one| alternatives(one, place, out)),
        Type::Union(types) => {
            for (i, one) in types.iter().enumerate() {
                let place = alternative(place, i, one);
                out.push(place.clone());
                alternatives(one, &place, out);
            }
        }
    }
}

/// A value as text, cut to what can be read.
fn short(value: &Value) -> String {
    value.to_string().chars().take(120).collect()
}

/// Words, quoted words and signs, without comments.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let end = match first {
            '/' => {
                let (sign, skipped) = if rest.starts_with("//") {
                    ("\n", 1)
                } else {
                    ("*/", 2)
                };
                rest = rest[rest.find(sign).expect("a comment ends") + skipped..].trim_start();
                continue;
            }
            '"' => 2 + rest[1..].find('"').expect("a word in quotes ends"),
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        tokens.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    tokens
}

/// Tokens, and the next of them.
struct Reader<'a>(Vec<&'a str>, usize);

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.0.get(self.1).copied()
    }

    fn next(&mut self) -> &'a str {
        self.1 += 1;
        self.0[self.1 - 1]
    }

    fn takes(&mut self, token: &str) -> bool {
        let is = self.peek() == Some(token);
        self.1 += usize::from(is);
        is
    }

    fn union(&mut self) -> Type {
        self.takes("|");
        let mut types = vec![self.one()];
        while self.takes("|") {
            types.push(self.one());
        }
        match types.len() {
            1 => types.remove(0),
            _ => Type::Union(types),
        }
    }

    fn one(&mut self) -> Type {
        let mut one = match self.next() {
            "{" => self.object(),
            "[" => self.tuple(),
            "null" => Type::Exactly(Value::Null),
            word if word.starts_with('"') => Type::Exactly(word.trim_matches('"').into()),
            name => Type::Named(name.into()),
        };
        while self.takes("[") {
            assert!(self.takes("]"));
            one = Type::Array(Box::new(one));
        }
        one
    }

    fn object(&mut self) -> Type {
        let mut fields = BTreeMap::new();
        while !self.takes("}") {
            let name = self.next().to_owned();
            assert!(self.takes(":"), "no : after {name}");
            fields.insert(name, self.union());
            self.takes(";");
        }
        Type::Object(fields)
    }

    fn tuple(&mut self) -> Type {
        let mut types = Vec::new();
        while !self.takes("]") {
            types.push(self.union());
            self.takes(",");
        }
        Type::Tuple(types)
    }
}
