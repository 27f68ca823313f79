//! Firefox: a profile of its own, in which preferences say what the screen is.

use super::Launch;
use crate::options::Options;
use anyhow::Result;
use serde_json::json;
use std::path::Path;
use std::process::Command;
use xtask::browsers::Installed;

pub fn launch(
    installed: &Installed,
    options: &Options,
    port: u16,
    folder: &Path,
) -> Result<Launch> {
    let styles = folder.join("chrome");
    std::fs::create_dir_all(&styles)?;
    // No window is narrower than its toolbar wants to be, 450 pixels: a phone
    // is. This style sheet is for the browser's own window.
    std::fs::write(
        styles.join("userChrome.css"),
        ":root, #navigator-toolbox, #navigator-toolbox * { min-width: 0 !important; }",
    )?;
    let mut driver = Command::new(&installed.driver);
    driver
        .arg(format!("--port={port}"))
        // Its second door, unused: by default the same one for all drivers.
        .arg("--websocket-port=0")
        .arg("--profile-root")
        .arg(folder)
        .env("HOME", folder);
    Ok(Launch {
        driver,
        capabilities: json!({
            "browserName": "firefox",
            "moz:firefoxOptions": {
                "binary": installed.browser,
                "args": ["-headless", "-profile", folder],
                "prefs": {
                    "toolkit.legacyUserProfileCustomizations.stylesheets": true,
                    "layout.css.devPixelsPerPx": options.pixel_ratio.to_string(),
                    "ui.prefersReducedMotion": i32::from(options.reduced_motion),
                    // 2: always the person's colours; 0: never, but for a
                    // theme of the system that asks for it.
                    "browser.display.document_color_use": if options.forced_colors { 2 } else { 0 },
                    // Scrollbars that lie over the page, as on a phone.
                    "ui.useOverlayScrollbars": 1,
                    // The ground of an unstyled page must not follow the
                    // theme of the machine.
                    "layout.css.prefers-color-scheme.content-override": 1,
                },
            },
        }),
    })
}
