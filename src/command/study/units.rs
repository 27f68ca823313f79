//! Units of a study on disk, so that a study can be stopped at any moment, resumed, and shared
//! among machines.
//!
//! A unit is what one seed comes to in one row of a table. A shard of a study writes a file, a
//! unit a line:
//!
//! ```text
//! {"study":"bias","version":"0.1.0 5f0c...","seeds":"seeds 1 to 6","row":2,"of":"...","seed":4,"value":"02fe...","checksum":"8d7f..."}
//! ```
//!
//! `version` is that of the program, with a checksum of its file; `seeds` and `of` are the
//! settings. `value` is the bytes of the result, which hold every number to the bit. A line is
//! written whole and at once, so that a program that is killed loses no more than the units under
//! way; half a line at the end of a file is one of those.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// What a row of a table keeps of a seed.
pub trait Unit: Serialize + DeserializeOwned + Send {}
impl<T: Serialize + DeserializeOwned + Send> Unit for T {}

/// Which part of a study: the `part`-th of `parts`, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    pub part: u32,
    pub parts: u32,
}

impl Shard {
    /// The whole study.
    pub const WHOLE: Self = Self { part: 1, parts: 1 };

    /// Whether the i-th seed, from 0, is in it.
    pub fn has(self, i: u32) -> bool {
        i % self.parts == self.part - 1
    }
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/');
        let numbers =
            numbers.and_then(|(part, parts)| Some((part.parse().ok()?, parts.parse().ok()?)));
        match numbers {
            Some((part, parts)) if (1..=parts).contains(&part) => Ok(Self { part, parts }),
            _ => Err("a part of a whole, such as 2/8, is needed".into()),
        }
    }
}

/// Where a unit belongs: its row, what the row is of, and its seed.
type Place = (u64, String, u32);

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Line {
    study: String,
    version: String,
    seeds: String,
    row: u64,
    of: String,
    seed: u32,
    value: String,
    checksum: String,
}

impl Line {
    /// Of everything but itself.
    fn sum(&self) -> String {
        let rest = Self {
            checksum: String::new(),
            ..self.clone()
        };
        let text = serde_json::to_string(&rest).unwrap_or_default();
        format!("{:08x}", crc32fast::hash(text.as_bytes()))
    }

    fn read(text: &str) -> Option<Self> {
        let line: Self = serde_json::from_str(text).ok()?;
        (line.sum() == line.checksum).then_some(line)
    }
}

/// The units of a study that are known, and where new ones go.
#[derive(Debug)]
pub struct Units {
    study: String,
    version: String,
    seeds: String,
    known: HashMap<Place, String>,
    /// None of units that were merged: what is missing then is an error.
    file: Option<Mutex<File>>,
}

impl Units {
    /// The file of a shard in a folder, made or gone on with.
    ///
    /// # Errors
    /// A sentence if the folder cannot be used, another program writes there, or the file is of
    /// another study, other seeds or another version.
    pub fn open(folder: &Path, study: &str, seeds: &str, shard: Shard) -> Result<Self, String> {
        let Shard { part, parts } = shard;
        let path = folder.join(format!("{study}-{part}-of-{parts}.jsonl"));
        let cannot = |error: std::io::Error| format!("{}: {error}.", path.display());
        std::fs::create_dir_all(folder).map_err(cannot)?;
        let mut file = OpenOptions::new();
        let file = file.create(true).append(true).read(true).open(&path);
        let file = file.map_err(cannot)?;
        file.try_lock()
            .map_err(|_| format!("{}: another program writes there.", path.display()))?;
        let mut units = Self {
            study: study.to_owned(),
            version: version()?,
            seeds: seeds.to_owned(),
            known: HashMap::new(),
            file: None,
        };
        let whole = units.take_in(&path)?;
        // Half a line that was being written when the program was killed.
        file.set_len(whole).map_err(cannot)?;
        units.file = Some(Mutex::new(file));
        Ok(units)
    }

    /// All files of a folder together.
    ///
    /// # Errors
    /// A sentence if there is none, or they are not of one study, the same seeds and one version.
    pub fn merge(folder: &Path) -> Result<Self, String> {
        let cannot = |error: std::io::Error| format!("{}: {error}.", folder.display());
        let entries = std::fs::read_dir(folder).map_err(cannot)?;
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let mut paths: Vec<PathBuf> = paths
            .filter(|path| path.extension().is_some_and(|end| end == "jsonl"))
            .collect();
        paths.sort();
        let first = paths.iter().find_map(|path| {
            let text = std::fs::read_to_string(path).ok()?;
            Line::read(text.lines().next()?)
        });
        let Some(first) = first else {
            return Err(format!(
                "{}: no units of a study are there.",
                folder.display()
            ));
        };
        let mut units = Self {
            study: first.study,
            version: first.version,
            seeds: first.seeds,
            known: HashMap::new(),
            file: None,
        };
        for path in paths {
            units.take_in(&path)?;
        }
        Ok(units)
    }

    /// The study, and its seeds as text.
    pub fn study(&self) -> (&str, &str) {
        (&self.study, &self.seeds)
    }

    /// Takes in the lines of a file; returns the length of its whole lines in bytes.
    fn take_in(&mut self, path: &Path) -> Result<u64, String> {
        let name = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| format!("{name}: {error}."))?;
        let mut whole = 0;
        for (i, text) in text.split_inclusive('\n').enumerate() {
            let number = i + 1;
            if !text.ends_with('\n') {
                break;
            }
            let Some(line) = Line::read(text.trim_end()) else {
                return Err(format!(
                    "{name}: line {number} is damaged. Delete it; its unit is then computed again."
                ));
            };
            for (what, found, wanted) in [
                ("study", &line.study, &self.study),
                ("version", &line.version, &self.version),
                ("seeds", &line.seeds, &self.seeds),
            ] {
                if found != wanted {
                    return Err(format!(
                        "{name}: line {number} is of another {what}, {found} and not {wanted}. \
                         Units are put together only of one study, version and choice of seeds."
                    ));
                }
            }
            let place = (line.row, line.of, line.seed);
            let known = self.known.insert(place, line.value.clone());
            if known.is_some_and(|known| known != line.value) {
                return Err(format!(
                    "{name}: line {number} says otherwise than another line about seed {} of row \
                     {}. One of the machines does not compute to the bit.",
                    line.seed, line.row
                ));
            }
            whole += text.len() as u64;
        }
        Ok(whole)
    }

    /// Whether a unit is known.
    pub fn has(&self, row: u64, of: &str, seed: u32) -> bool {
        self.known.contains_key(&(row, of.to_owned(), seed))
    }

    /// A unit that is known.
    ///
    /// # Errors
    /// A sentence if it is not and cannot be computed here, or is of another kind.
    pub fn get<T: Unit>(&self, row: u64, of: &str, seed: u32) -> Result<Option<T>, String> {
        let place = (row, of.to_owned(), seed);
        let Some(text) = self.known.get(&place) else {
            return match self.file {
                Some(_) => Ok(None),
                None => Err(format!(
                    "seed {seed} of row {row} ({of}) is missing: a shard is not done. Run it \
                     again, it goes on where it stopped."
                )),
            };
        };
        let value = unhex(text).and_then(|bytes| postcard::from_bytes(&bytes).ok());
        let value = value.ok_or_else(|| format!("seed {seed} of row {row} ({of}) is unreadable."));
        value.map(Some)
    }

    /// Writes a unit down.
    ///
    /// # Errors
    /// A sentence if the disk is full or gone.
    pub fn put<T: Unit>(&self, row: u64, of: &str, seed: u32, value: &T) -> Result<(), String> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let bytes = postcard::to_stdvec(value).map_err(|error| error.to_string())?;
        let mut line = Line {
            study: self.study.clone(),
            version: self.version.clone(),
            seeds: self.seeds.clone(),
            row,
            of: of.to_owned(),
            seed,
            value: bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
            checksum: String::new(),
        };
        line.checksum = line.sum();
        let mut text = serde_json::to_string(&line).map_err(|error| error.to_string())?;
        text.push('\n');
        let mut file = file.lock().map_err(|error| error.to_string())?;
        let written = file
            .write_all(text.as_bytes())
            .and_then(|()| file.sync_data());
        written.map_err(|error| format!("a unit cannot be written: {error}."))
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = (0..text.len()).step_by(2);
    pairs
        .map(|i| u8::from_str_radix(text.get(i..i + 2)?, 16).ok())
        .collect()
}

/// The package's version, with a checksum of the program: another build is another version.
fn version() -> Result<String, String> {
    let program = std::env::current_exe().and_then(std::fs::read);
    let program = program.map_err(|error| format!("the program cannot read itself: {error}."))?;
    let sum = crc32fast::hash(&program);
    Ok(format!("{} {sum:08x}", env!("CARGO_PKG_VERSION")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("units-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn numbers_come_back_to_the_bit_and_half_a_line_is_dropped() -> Result<(), String> {
        let folder = folder("bits");
        let value = vec![f64::NAN, f64::NEG_INFINITY, -0.0, 0.1 + 0.2];
        let open = || Units::open(&folder, "demo", "seeds 1 to 2", Shard::WHOLE);
        open()?.put(1, "x=2", 7, &value)?;
        let path = folder.join("demo-1-of-1.jsonl");
        let mut text = std::fs::read_to_string(&path).map_err(|e| e.to_string())?;
        let whole = text.clone();
        text.push_str("{\"study\":\"demo\",\"ver");
        std::fs::write(&path, text).map_err(|e| e.to_string())?;
        let units = open()?;
        let bits = |values: &[f64]| values.iter().map(|v| v.to_bits()).collect::<Vec<u64>>();
        let got: Vec<f64> = units.get(1, "x=2", 7)?.ok_or("not there")?;
        assert_eq!(bits(&got), bits(&value));
        assert_eq!(units.get::<Vec<f64>>(1, "x=2", 8)?, None);
        assert_eq!(
            std::fs::read_to_string(&path).map_err(|e| e.to_string())?,
            whole
        );
        // Another program at the same file.
        let busy = open().err().ok_or("opened twice")?;
        assert!(busy.contains("another program"), "{busy}");
        drop(units);
        let missing = Units::merge(&folder)?.get::<Vec<f64>>(1, "x=2", 8).err();
        assert!(missing.is_some_and(|text| text.contains("seed 8 of row 1")));
        Ok(())
    }

    #[test]
    fn what_does_not_belong_together_is_refused_with_a_sentence() -> Result<(), String> {
        let refusal = |name: &str, change: &dyn Fn(&mut Line)| -> Result<String, String> {
            let folder = folder(name);
            let part = |part| Shard { part, parts: 2 };
            for i in [1, 2] {
                Units::open(&folder, "demo", "seeds 1 to 2", part(i))?.put(1, "", 5, &1.5)?;
            }
            let path = folder.join("demo-2-of-2.jsonl");
            let text = std::fs::read_to_string(&path).map_err(|e| e.to_string())?;
            let mut line = Line::read(text.trim_end()).ok_or("readable")?;
            change(&mut line);
            line.checksum = line.sum();
            let text = serde_json::to_string(&line).map_err(|e| e.to_string())?;
            std::fs::write(&path, text + "\n").map_err(|e| e.to_string())?;
            Ok(Units::merge(&folder).err().unwrap_or_default())
        };
        assert_eq!(refusal("same", &|_| ())?, "");
        let version = refusal("version", &|line| line.version = "0.0.9".into())?;
        assert!(
            version.contains("another version, 0.0.9 and not"),
            "{version}"
        );
        let seeds = refusal("seeds", &|line| line.seeds = "seeds 1 to 3".into())?;
        assert!(
            seeds.contains("another seeds") && seeds.ends_with('.'),
            "{seeds}"
        );
        let study = refusal("study", &|line| line.study = "other".into())?;
        assert!(study.contains("another study"), "{study}");
        let value = refusal("value", &|line| line.value = "00".repeat(8))?;
        assert!(value.contains("does not compute to the bit"), "{value}");
        Ok(())
    }

    #[test]
    fn a_changed_digit_is_noticed() -> Result<(), String> {
        let folder = folder("damage");
        let open = || Units::open(&folder, "demo", "seed 1", Shard::WHOLE);
        open()?.put(1, "", 1, &2.5)?;
        let path = folder.join("demo-1-of-1.jsonl");
        let text = std::fs::read_to_string(&path).map_err(|e| e.to_string())?;
        std::fs::write(&path, text.replace("\"seed\":1", "\"seed\":2"))
            .map_err(|e| e.to_string())?;
        let damaged = open().err().ok_or("opened")?;
        assert!(damaged.contains("line 1 is damaged"), "{damaged}");
        Ok(())
    }

    #[test]
    fn shards_part_the_seeds() {
        let read = |text: &str| text.parse::<Shard>();
        assert_eq!(read("2/8"), Ok(Shard { part: 2, parts: 8 }));
        for wrong in ["0/8", "9/8", "1/0", "8", "a/b", "1/8/2"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        for i in 0..20 {
            let in_how_many = (1..=8).filter(|part| {
                Shard {
                    part: *part,
                    parts: 8,
                }
                .has(i)
            });
            assert_eq!(in_how_many.count(), 1);
        }
    }
}
