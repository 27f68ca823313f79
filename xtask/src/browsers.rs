//! The browsers that the tests can drive, and which of them are here.

use crate::project;
use anyhow::Result;
use std::fmt::{self, Display, Formatter};
use std::path::{Path, PathBuf};

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome, through chromedriver.
    Chromium,
    /// Firefox, through geckodriver.
    Firefox,
    /// WebKit as GTK programs embed it, through its own driver.
    Webkit,
}

/// An engine that is on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// The program that speaks WebDriver.
    pub driver: PathBuf,
    /// The browser that it starts.
    pub browser: PathBuf,
}

impl Engine {
    /// All of them, the one that every machine must have first.
    pub const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::Webkit];

    /// The module of its tests, and its folder among what they leave.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::Webkit => "webkit",
        }
    }

    /// Looks for browser and driver.
    ///
    /// # Errors
    /// What is missing, and how Debian calls it.
    pub fn find(self) -> Result<Installed, String> {
        let (driver, browser) = match self {
            Engine::Chromium => (
                program(&["chromedriver"], "chromium-driver"),
                program(
                    &["chromium", "google-chrome", "chromium-browser", "chrome"],
                    "chromium",
                ),
            ),
            Engine::Firefox => (
                program(&["geckodriver"], "cargo install geckodriver --locked"),
                program(&["firefox-esr", "firefox"], "firefox-esr"),
            ),
            Engine::Webkit => {
                program(&["Xvfb"], "xvfb")?;
                (
                    program(&["WebKitWebDriver"], "webkit2gtk-driver"),
                    mini_browser().ok_or_else(|| missing("MiniBrowser", "webkit2gtk-driver")),
                )
            }
        };
        Ok(Installed {
            driver: driver?,
            browser: browser?,
        })
    }

    /// Where its tests leave what failed, which version ran, and what could
    /// not be checked in it.
    ///
    /// # Errors
    /// When there is no target folder.
    pub fn folder(self) -> Result<PathBuf> {
        Ok(project::target()?.join("browser").join(self.name()))
    }
}

impl Display for Engine {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

fn program(names: &[&str], from: &str) -> Result<PathBuf, String> {
    names
        .iter()
        .find_map(|name| project::on_path(name))
        .ok_or_else(|| missing(names[0], from))
}

fn missing(name: &str, from: &str) -> String {
    format!("there is no {name} ({from})")
}

/// The small browser that comes with the driver, in a folder that no PATH
/// names: /usr/lib/ARCHITECTURE/webkit2gtk-4.1/ on Debian.
fn mini_browser() -> Option<PathBuf> {
    let folders = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        entries.flatten().map(|entry| entry.path()).collect()
    };
    ["/usr/lib", "/usr/libexec", "/usr/lib64"]
        .iter()
        .flat_map(|root| {
            let first = folders(Path::new(root));
            let second = first.iter().flat_map(|folder| folders(folder));
            second.chain(first.clone()).collect::<Vec<_>>()
        })
        .filter(|folder| {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("webkit2gtk-") || name.starts_with("webkitgtk-")
        })
        .map(|folder| folder.join("MiniBrowser"))
        .find(|file| file.is_file())
}
