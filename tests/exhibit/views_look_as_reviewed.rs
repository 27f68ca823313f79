//! Every view of every exhibit looks as it did when somebody last looked at
//! it: `tests/snapshots/RUN/VIEW.svg`.
//!
//! After a change that is meant, `UPDATE_SNAPSHOTS=1 cargo test --test exhibit
//! views_look` writes the pictures anew. Look at them all before
//! they are committed: the test prints where they stand on one page.

use crate::pictures::difference;
use ntk_playground::chart::{Palette, Style, svg};
use ntk_playground::exhibit::{EXHIBITS, ExhibitKind, Session, find};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A run, and how its views are drawn.
#[derive(Clone)]
struct Run {
    /// Folder of its pictures.
    name: &'static str,
    kind: &'static ExhibitKind,
    settings: &'static [(&'static str, &'static str)],
    /// Steps until every view has something to show.
    steps: u64,
    /// Views that are drawn; all if there are none.
    only: &'static [&'static str],
    /// Width of a view in CSS pixels.
    width: f64,
    style: fn() -> Style,
}

/// A column of the page.
const PAGE: f64 = 570.0;
/// A phone.
const PHONE: f64 = 350.0;
/// The first two views of an exhibit are as high as the first, all others as
/// the second.
const HEIGHTS: [f64; 2] = [252.0, 188.0];

fn light() -> Style {
    Style::page(Palette::LIGHT)
}

fn dark() -> Style {
    Style::page(Palette::DARK)
}

impl Run {
    /// An exhibit with its defaults, on the page.
    fn of(kind: &'static ExhibitKind) -> Run {
        Run {
            name: kind.name,
            kind,
            settings: &[],
            steps: kind.fixture.shown_at,
            only: &[],
            width: PAGE,
            style: light,
        }
    }

    /// One exhibit in particular.
    fn named(exhibit: &str) -> Run {
        Run::of(find(exhibit).expect("an exhibit"))
    }

    /// Every view, by name.
    fn draw(&self) -> Vec<(&'static str, String)> {
        let settings = |(knob, value): &(&str, &str)| ((*knob).to_owned(), (*value).to_owned());
        let settings: Vec<_> = self.settings.iter().map(settings).collect();
        let mut session = Session::open(self.kind.name, &settings).expect("settings that fit");
        assert_eq!(session.notes(), [""; 0], "{}", self.name);
        session.advance(self.steps, || true);
        let style = Style {
            // A list of names at every word is half of a file.
            font_family: "sans-serif".into(),
            ..(self.style)()
        };
        let views = session.kind().views.iter().enumerate();
        let shown =
            views.filter(|(_, view)| self.only.is_empty() || self.only.contains(&view.name));
        let drawn = shown.map(|(i, view)| {
            let chart = session.chart(view.name).expect("a chart of every view");
            let size = (self.width, HEIGHTS[usize::from(i > 1)]);
            (view.name, svg(&chart, size, &style).expect("it draws"))
        });
        drawn.collect()
    }

    /// Compares with the folder, or writes it. Says what has changed.
    fn look(&self) -> Option<String> {
        let (folder, drawn) = (snapshots().join(self.name), self.draw());
        let file = |view: &str| folder.join(format!("{view}.svg"));
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            // Of a view that is no more, no picture is to stay.
            if folder.is_dir() {
                fs::remove_dir_all(&folder).expect("a folder that can be replaced");
            }
            fs::create_dir_all(&folder).expect("a folder for pictures");
            for (view, picture) in &drawn {
                fs::write(file(view), picture).expect("a file for a picture");
            }
            let rows = drawn.iter().map(|(view, new)| (*view, vec![new.as_str()]));
            println!("Look at {}", self.page(rows).display());
            return None;
        }
        let mut kept: BTreeSet<String> = fs::read_dir(&folder)
            .map(|files| files.flatten().map(|file| name_of(&file.path())).collect())
            .unwrap_or_default();
        let mut said = String::new();
        let mut changed = Vec::new();
        for (view, new) in &drawn {
            kept.remove(*view);
            let old = fs::read_to_string(file(view)).unwrap_or_default();
            // A checkout may have its own ends of lines.
            let old = old.replace('\r', "");
            if let Some(what) = difference(&old, new) {
                let _ = writeln!(said, "{}/{view}: {what}", self.name);
                changed.push((*view, [old, new.clone()]));
            }
        }
        for view in kept {
            let _ = writeln!(said, "{}/{view}: there is no such view any more", self.name);
        }
        if said.is_empty() {
            return None;
        }
        let rows = changed
            .iter()
            .map(|(view, both)| (*view, both.iter().map(String::as_str).collect()));
        let page = self.page(rows);
        let _ = writeln!(said, "Old and new side by side: {}", page.display());
        Some(said)
    }

    /// Writes pictures side by side on a page, and says where it is.
    fn page<'a>(&self, rows: impl Iterator<Item = (&'a str, Vec<&'a str>)>) -> PathBuf {
        let ground = (self.style)().palette.ground;
        let mut html = format!(
            "<!doctype html><meta charset=\"utf-8\"><title>{0}</title>\
             <body style=\"background: {ground}; color: gray; font: 14px sans-serif\"><h1>{0}, step {1}</h1>\n",
            self.name, self.steps
        );
        for (view, pictures) in rows {
            let _ = writeln!(html, "<h2>{view}</h2>{}", pictures.join("&emsp;"));
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("snapshots");
        fs::create_dir_all(&folder).expect("a folder in the target folder");
        let file = folder.join(format!("{}.html", self.name));
        fs::write(&file, html).expect("a page in the target folder");
        file
    }
}

fn snapshots() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("tests").join("snapshots")
}

fn name_of(file: &Path) -> String {
    let name = file.file_stem().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn every_exhibit() -> Vec<Run> {
    EXHIBITS.iter().copied().map(Run::of).collect()
}

/// Other themes, widths and settings, where they show the most.
fn others() -> Vec<Run> {
    let phone = |name, exhibit, only| Run {
        name,
        width: PHONE,
        only,
        ..Run::named(exhibit)
    };
    vec![
        Run {
            name: "dark",
            style: dark,
            only: &["eigenvalues", "loss"],
            ..Run::named("spectrum")
        },
        Run {
            name: "projector",
            style: Style::projector,
            only: &["fit", "eigenvalues", "residual"],
            ..Run::named("spectrum")
        },
        Run {
            name: "second-run",
            settings: &[("beside", "noise.0")],
            only: &["fit", "loss", "residual"],
            ..Run::named("spectrum")
        },
        Run {
            name: "channel-classes",
            settings: &[("task", "three-classes")],
            only: &["prediction", "spectrum", "mode"],
            ..Run::named("channel")
        },
        Run {
            name: "channel-batches",
            settings: &[("batch", "8")],
            only: &["drift"],
            ..Run::named("channel")
        },
        Run {
            name: "channel-adam",
            settings: &[("optimiser", "adamw")],
            only: &["spectrum", "visibility"],
            ..Run::named("channel")
        },
        Run {
            name: "own-points",
            settings: &[("data", "-0.8:0.5~-0.2:-1~0.1:0.3~0.6:1.2~0.9:-0.4")],
            steps: 200,
            only: &["fit", "eigenvalues", "loss"],
            ..Run::named("spectrum")
        },
        phone(
            "phone",
            "spectrum",
            &["fit", "eigenvalues", "loss", "residual"],
        ),
        phone("phone-channel", "channel", &["spectrum", "visibility"]),
        phone("phone-grokking", "grokking", &["accuracy", "table"]),
        phone("phone-race", "race", &["fit", "open"]),
        // The first of two short trials is over: there is a pair to see.
        Run {
            name: "pairs",
            settings: &[("steps", "100"), ("seeds", "2")],
            steps: 120,
            only: &["paired"],
            ..Run::named("race")
        },
    ]
}

/// Looks at runs side by side, so that they share the processors.
fn look_at(runs: &[Run]) {
    let said: String = std::thread::scope(|scope| {
        let threads: Vec<_> = runs
            .iter()
            .map(|run| scope.spawn(move || run.look()))
            .collect();
        let ends = threads.into_iter().map(|thread| thread.join());
        ends.filter_map(|end| end.expect("every view is drawn"))
            .collect()
    });
    assert!(
        said.is_empty(),
        "\n{said}If the new ones are as they should be: \
         UPDATE_SNAPSHOTS=1 cargo test --test exhibit views_look\n"
    );
}

#[test]
fn views_of_every_exhibit() {
    look_at(&every_exhibit());
}

#[test]
fn other_themes_widths_and_settings() {
    look_at(&others());
}

#[test]
fn every_folder_is_of_a_run() {
    let runs = [every_exhibit(), others()].concat();
    let names: Vec<&str> = runs.iter().map(|run| run.name).collect();
    let once: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(once.len(), names.len(), "a name is there twice");
    let kept = fs::read_dir(snapshots())
        .expect("tests/snapshots/")
        .flatten();
    for one in kept {
        let name = name_of(&one.path());
        assert!(once.contains(name.as_str()), "{name} is no run any more");
    }
}
