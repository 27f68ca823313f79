//! The still picture of each chapter, drawn by the program itself: a view of an
//! exhibit at a step, in the colours of both grounds.
//!
//! Pictures are kept in the target folder under a digest of the program's source and of
//! what is asked of it, so that only a changed program draws them again.

use super::verdicts;
use crate::project;
use anyhow::{Context, Result, bail};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// The folder of a site in which they lie.
pub const FOLDER: &str = "pictures";
/// Width and height in CSS pixels.
pub const SIZE: (u32, u32) = (400, 190);
/// The grounds. The projector has the picture of the first.
const THEMES: [&str; 2] = ["light", "dark"];
/// A chapter whose picture is that of all verdicts.
const VERDICTS: &str = "claims";

/// A picture to be drawn, in every theme.
struct Picture {
    /// The name of its chapter's page.
    stem: String,
    /// Where it is kept.
    kept: PathBuf,
    spec: String,
}

/// Both pictures of a chapter; the style sheet shows one, and only that is loaded, when
/// it comes near: nearer than browsers would by themselves, since the first view pays for it.
pub fn tags(stem: &str) -> String {
    let (width, height) = SIZE;
    let pictures: String = THEMES
        .iter()
        .map(|theme| {
            format!(
                "<img class=\"on-{theme}\" data-src=\"{FOLDER}/{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" alt=\"\">",
                named(stem, theme)
            )
        })
        .collect();
    format!("<span class=\"picture\">{pictures}</span>")
}

/// Writes the pictures of chapters: the stem of a page, and exhibit, view and step.
pub fn write(root: &Path, chapters: &[(&str, &str)], to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let target = project::target()?;
    let kept = target.join(FOLDER);
    let digest = digest(root)?;
    let mut pictures = Vec::new();
    for (stem, spec) in chapters {
        if *spec == VERDICTS {
            for theme in THEMES {
                project::save(to, &named(stem, theme), verdicts::picture(root, theme)?)?;
            }
            continue;
        }
        let mut hasher = DefaultHasher::new();
        (digest, spec, SIZE).hash(&mut hasher);
        pictures.push(Picture {
            stem: (*stem).to_owned(),
            kept: kept.join(format!("{:016x}", hasher.finish())),
            spec: (*spec).to_owned(),
        });
    }
    let program = target.join("debug").join("ntk-playground");
    if pictures.iter().any(|picture| !picture.kept.is_dir()) {
        project::run(&mut project::cargo([
            "build",
            "--quiet",
            "--package",
            "ntk-playground",
            "--bin",
            "ntk-playground",
        ]))?;
    }
    let left = Mutex::new(pictures);
    let work = || -> Result<()> {
        loop {
            let next = left.lock().map_or(None, |mut left| left.pop());
            let Some(picture) = next else {
                return Ok(());
            };
            picture.draw(&program)?;
            picture.copy(to)?;
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        all.into_iter().try_for_each(|one| match one.join() {
            Ok(result) => result,
            Err(_) => bail!("a picture could not be drawn"),
        })
    })
}

/// A number that changes with the source of the program.
fn digest(root: &Path) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for part in ["Cargo.lock", "src", "arithmetic/src"] {
        hash(&root.join(part), &mut hasher)?;
    }
    Ok(hasher.finish())
}

fn hash(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    let context = || format!("cannot read {}", path.display());
    if !path.is_dir() {
        fs::read(path).with_context(context)?.hash(hasher);
        return Ok(());
    }
    let entries: std::io::Result<Vec<_>> = fs::read_dir(path)
        .with_context(context)?
        .map(|entry| Ok(entry?.path()))
        .collect();
    let mut paths = entries.with_context(context)?;
    paths.sort();
    paths.iter().try_for_each(|path| hash(path, hasher))
}

impl Picture {
    /// Runs the program, unless what it would draw is kept.
    fn draw(&self, program: &Path) -> Result<()> {
        if self.kept.is_dir() {
            return Ok(());
        }
        let mut words = self.spec.split(' ');
        let (Some(exhibit), Some(view), Some(step)) = (words.next(), words.next(), words.next())
        else {
            bail!("a picture is `EXHIBIT VIEW STEP`: {}", self.spec);
        };
        let folder = self.kept.with_extension("views");
        let output = Command::new(program)
            .args(["run", exhibit, "--until", step])
            .args(["--theme", &THEMES.join(",")])
            .args(["--size", &format!("{}x{}", SIZE.0, SIZE.1), "--svg"])
            .arg(&folder)
            .args(words)
            .output()
            .with_context(|| format!("cannot start {}", program.display()))?;
        if !output.status.success() {
            bail!("{}: {}", self.spec, String::from_utf8_lossy(&output.stderr));
        }
        let new = self.kept.with_extension("new");
        fs::create_dir_all(&new)?;
        for theme in THEMES {
            fs::rename(folder.join(named(view, theme)), new.join(named("", theme)))
                .with_context(|| format!("{exhibit} has no view {view}"))?;
        }
        fs::remove_dir_all(&folder)?;
        fs::rename(&new, &self.kept)?;
        Ok(())
    }

    fn copy(&self, to: &Path) -> Result<()> {
        for theme in THEMES {
            let file = to.join(named(&self.stem, theme));
            fs::copy(self.kept.join(named("", theme)), &file)
                .with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(())
    }
}

/// The name of a picture in a theme, as the program has it.
fn named(name: &str, theme: &str) -> String {
    format!("{name}-{theme}.svg")
}
