//! The still picture of each chapter, drawn by the program itself: a view of an
//! exhibit at a step, in the colours of both grounds.
//!
//! Pictures are kept in the target folder under a digest of the program and of what is
//! asked of it, so that only a changed program draws them again.

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

/// A picture to be drawn.
struct Picture {
    file: PathBuf,
    spec: String,
    theme: &'static str,
}

/// Both pictures of a chapter; the style sheet shows one, and only that is loaded.
pub fn tags(stem: &str) -> String {
    let (width, height) = SIZE;
    THEMES
        .iter()
        .map(|theme| {
            format!(
                "<img class=\"on-{theme}\" src=\"{FOLDER}/{stem}-{theme}.svg\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" alt=\"\">"
            )
        })
        .collect()
}

/// Writes the pictures of chapters: the stem of a page, and exhibit, view and step.
pub fn write(root: &Path, chapters: &[(&str, &str)], to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    project::run(&mut project::cargo([
        "build",
        "--quiet",
        "--package",
        "ntk-playground",
        "--bin",
        "ntk-playground",
    ]))?;
    let target = project::target()?;
    let program = target.join("debug").join("ntk-playground");
    let digest = {
        let mut hasher = DefaultHasher::new();
        fs::read(&program)
            .with_context(|| format!("cannot read {}", program.display()))?
            .hash(&mut hasher);
        hasher.finish()
    };
    let mut pictures = Vec::new();
    for (stem, spec) in chapters {
        for theme in THEMES {
            let file = to.join(format!("{stem}-{theme}.svg"));
            if *spec == VERDICTS {
                fs::write(file, verdicts::picture(root, theme)?)?;
                continue;
            }
            let spec = (*spec).to_owned();
            pictures.push(Picture { file, spec, theme });
        }
    }
    let kept = target.join(FOLDER);
    let left = Mutex::new(pictures);
    let work = || -> Result<()> {
        loop {
            let next = left.lock().map_or(None, |mut left| left.pop());
            let Some(picture) = next else {
                return Ok(());
            };
            picture.draw(&program, digest, &kept)?;
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

impl Picture {
    fn draw(&self, program: &Path, digest: u64, kept: &Path) -> Result<()> {
        let mut hasher = DefaultHasher::new();
        (digest, &self.spec, self.theme, SIZE).hash(&mut hasher);
        let key = format!("{:016x}", hasher.finish());
        let kept = kept.join(format!("{key}.svg"));
        if !kept.is_file() {
            let folder = kept.with_extension("views");
            let mut words = self.spec.split(' ');
            let (Some(exhibit), Some(view), Some(step)) =
                (words.next(), words.next(), words.next())
            else {
                bail!("a picture is `EXHIBIT VIEW STEP`: {}", self.spec);
            };
            let size = format!("{}x{}", SIZE.0, SIZE.1);
            let output = Command::new(program)
                .args(["run", exhibit, "--until", step, "--theme", self.theme])
                .args(["--size", &size, "--svg"])
                .arg(&folder)
                .args(words)
                .output()
                .with_context(|| format!("cannot start {}", program.display()))?;
            if !output.status.success() {
                bail!("{}: {}", self.spec, String::from_utf8_lossy(&output.stderr));
            }
            let drawn = folder.join(format!("{view}.svg"));
            fs::rename(&drawn, &kept).with_context(|| format!("{exhibit} has no view {view}"))?;
            fs::remove_dir_all(&folder)?;
        }
        fs::copy(&kept, &self.file)
            .with_context(|| format!("cannot write {}", self.file.display()))?;
        Ok(())
    }
}
