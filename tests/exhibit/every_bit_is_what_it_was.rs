//! Readings, charts, claims, captions, descriptions and knob states of every exhibit, at
//! several steps and settings, are bit for bit what they were when they were last pinned.
//!
//! `tests/exhibit/pinned.txt` has one line per run: a digest of its numbers and one of its
//! texts at every state visited. After a change that is meant, `UPDATE_PINNED=1 cargo test
//! --test exhibit every_bit` writes the lines anew. To see *what* differs, set
//! `DUMPS=folder` before and after: every run is then written there in full, as text that
//! `diff` compares.

use ntk_playground::exhibit::{EXHIBITS, ExhibitKind, Probe, Session, Status};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Steps after which a run that goes on is left.
const LONGEST: u64 = 12_100;

/// What is visited: settings, and steps at which everything is read.
struct Run {
    kind: &'static ExhibitKind,
    name: String,
    settings: Vec<(String, String)>,
    stops: Vec<u64>,
    /// The fixture's change is made at the first stop after step 0.
    changed: bool,
}

impl Run {
    fn new(kind: &'static ExhibitKind, name: &str, settings: &str, stops: &[u64]) -> Self {
        let pairs = settings.split('&').filter_map(|pair| pair.split_once('='));
        Self {
            kind,
            name: format!("{} {name}", kind.name),
            settings: pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
            stops: stops.to_vec(),
            changed: false,
        }
    }

    /// Everything that it says, numbers and texts apart, and how it ends.
    fn read(&self) -> ([String; 2], &'static str) {
        let mut out = [String::new(), String::new()];
        let mut session = Session::open(self.kind.name, &self.settings).expect("settings that fit");
        let mut changes = u32::from(self.changed);
        for stop in &self.stops {
            let left = stop.saturating_sub(session.step_count());
            session.advance(left, || true);
            // First without a look at anything: a look must not change what follows.
            state(&mut session, &mut out);
            if changes > 0 && *stop > 0 {
                changes -= 1;
                let (knob, value) = self.kind.fixture.change;
                session.set(knob, value).expect("a change that is accepted");
                state(&mut session, &mut out);
            }
        }
        let end = match session.status() {
            Status::Ready => "under way",
            Status::Finished(_) => "finished",
            Status::Failed(_) => "failed",
        };
        (out, end)
    }
}

/// Appends one state.
fn state(session: &mut Session, [numbers, texts]: &mut [String; 2]) {
    let step = session.step_count();
    let _ = writeln!(numbers, "step {step} of {}", session.kind().name);
    for reading in session.exhibit().readings() {
        let _ = writeln!(numbers, "{} {:?}", reading.name, reading.value);
        let _ = writeln!(
            texts,
            "{} {} {}",
            reading.name, reading.unit, reading.meaning
        );
    }
    for view in session.kind().views {
        for probe in [
            Probe::Clear,
            Probe::Move(1),
            Probe::Move(3),
            Probe::At([3.2, 1.7]),
        ] {
            session.probe(view.name, probe);
            let chart = json!(session.chart(view.name));
            apart(
                &chart,
                view.name,
                &["title", "reading", "labels", "description"],
                numbers,
                texts,
            );
        }
        session.probe(view.name, Probe::Clear);
        let _ = writeln!(numbers, "{:?}", session.points(view.name));
    }
    for claim in session.exhibit().claims() {
        apart(
            &json!(claim),
            "claim",
            &["theory", "shows", "reason"],
            numbers,
            texts,
        );
    }
    for knob in session.kind().knobs {
        let _ = writeln!(
            texts,
            "{} {}",
            knob.name,
            json!(session.exhibit().knob_state(knob.name))
        );
    }
    let _ = writeln!(numbers, "pace {}", session.pace());
    let _ = writeln!(
        texts,
        "{}\n{}\n{:?}",
        session.exhibit().caption(),
        session.description(),
        session.status()
    );
}

/// Writes an object's fields: those named to the texts, the others to the numbers.
fn apart(object: &Value, what: &str, named: &[&str], numbers: &mut String, texts: &mut String) {
    let Value::Object(fields) = object else {
        let _ = writeln!(numbers, "{what}: none");
        return;
    };
    for (name, value) in fields {
        let out = if named.contains(&name.as_str()) {
            &mut *texts
        } else {
            &mut *numbers
        };
        let _ = writeln!(out, "{what}.{name}: {}", joined(value));
    }
}

/// Neighbouring spans of one style as one: how a text is cut in pieces is not what it says.
fn joined(value: &Value) -> Value {
    let Value::Array(items) = value else {
        return value.clone();
    };
    let mut out: Vec<Value> = Vec::new();
    for item in items {
        let style = |span: &Value| {
            let mut span = span.clone();
            span["text"] = Value::Null;
            span
        };
        match (out.last_mut(), item.get("text"), item.get("italic")) {
            (Some(last), Some(Value::String(text)), Some(_)) if style(last) == style(item) => {
                let both = format!("{}{text}", last["text"].as_str().unwrap_or_default());
                last["text"] = Value::String(both);
            }
            _ => out.push(item.clone()),
        }
    }
    Value::Array(out)
}

/// FNV-1a, 64 bits: a change of one bit shows; nobody is out to deceive it.
fn digest(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// The runs of one exhibit: its defaults, its small run with every variant, to its end,
/// to a breakdown, with several seeds, own points and a second run.
fn runs_of(kind: &'static ExhibitKind) -> Vec<Run> {
    let fixture = &kind.fixture;
    let (small, steps) = (fixture.small, fixture.steps);
    let shown = fixture.shown_at.min(400);
    let with = |more: &str| format!("{small}&{more}");
    let mut runs = vec![
        Run::new(kind, "defaults", "", &[0, 1, shown / 3, shown]),
        Run {
            changed: true,
            ..Run::new(
                kind,
                "small changed",
                small,
                &[0, steps, 2 * steps, 5 * steps],
            )
        },
        Run::new(kind, "small to its end", small, &[steps + 1, LONGEST]),
    ];
    for (knob, value) in fixture.variants {
        let name = format!("{knob}={value}");
        runs.push(Run::new(
            kind,
            &name,
            &with(&name),
            &[0, 1, steps, 3 * steps],
        ));
    }
    for (settings, _) in fixture.diverges {
        let name = format!("diverging {settings}");
        runs.push(Run::new(kind, &name, settings, &[1, 200, 2_500]));
    }
    let has = |name: &str| kind.knobs.iter().any(|knob| knob.name == name);
    if has("seeds") {
        let several = with(match has("steps") {
            true => "seeds=2&steps=60",
            false => "seeds=2",
        });
        runs.push(Run::new(
            kind,
            "two seeds",
            &several,
            &[30, 60, 61, 90, 130, 4_010, 8_000],
        ));
    }
    if has("sweep") && has("dimension") {
        runs.push(Run::new(kind, "sweep", "sweep=on&width=8", &[30, 300]));
    }
    if kind
        .knobs
        .iter()
        .any(|knob| knob.name == "data" && knob.default == "none")
    {
        let own = with("data=-0.8:0.5~-0.2:-1~0.1:0.3~0.6:1.2~0.9:-0.4");
        runs.push(Run::new(kind, "own points", &own, &[0, 40]));
    }
    if let Some((knob, value)) = fixture.variants.first() {
        let beside = with(&format!("beside={knob}.{value}"));
        runs.push(Run::new(kind, "second run", &beside, &[0, steps]));
    }
    runs
}

fn lines_of(kind: &'static ExhibitKind) -> Vec<String> {
    let line = |run: &Run| {
        let ([numbers, texts], end) = run.read();
        if let Some(folder) = std::env::var_os("DUMPS") {
            fs::create_dir_all(&folder).expect("a folder for dumps");
            let name = run.name.replace([' ', '=', '&'], "_");
            let file = Path::new(&folder).join(name);
            fs::write(file, format!("{numbers}\n{texts}")).expect("a file for a dump");
        }
        format!(
            "{}: numbers {:016x} texts {:016x} {end}",
            run.name,
            digest(&numbers),
            digest(&texts)
        )
    };
    runs_of(kind).iter().map(line).collect()
}

#[test]
fn every_number_and_every_text() {
    // One exhibit alone while it is worked on.
    let only = std::env::var("EXHIBIT").ok();
    let chosen = |kind: &&ExhibitKind| only.as_deref().is_none_or(|name| name == kind.name);
    let kinds: Vec<&'static ExhibitKind> = EXHIBITS.iter().copied().filter(chosen).collect();
    let lines: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = kinds
            .iter()
            .map(|kind| scope.spawn(|| lines_of(kind)))
            .collect();
        let ends = threads.into_iter().map(|thread| thread.join());
        ends.flat_map(|lines| lines.expect("every run is read"))
            .collect()
    });
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exhibit/pinned.txt");
    if std::env::var_os("UPDATE_PINNED").is_some() {
        assert_eq!(only, None, "all of them are written at once");
        fs::write(&file, lines.join("\n") + "\n").expect("a file for the digests");
        return;
    }
    let pinned = fs::read_to_string(&file).expect("tests/exhibit/pinned.txt");
    let pinned: Vec<&str> = pinned.lines().collect();
    let new = |line: &&String| !pinned.contains(&line.as_str());
    let differ: Vec<&String> = lines.iter().filter(new).collect();
    assert!(differ.is_empty(), "not what was pinned:\n{differ:#?}");
    if only.is_none() {
        assert_eq!(lines.len(), pinned.len(), "a run is gone or new");
        // The last observation, the sentence of the end and the claims about it are among them.
        let finished = lines.iter().filter(|line| line.ends_with("finished"));
        assert!(finished.count() >= 6, "few runs are read at their end");
    }
}
