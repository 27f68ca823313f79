//! WebKit: a program with a real window, on a display that nobody sees.

use super::Launch;
use crate::guard::Guard;
use crate::options::Options;
use anyhow::{Context, Result};
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use xtask::browsers::Installed;

/// Room for the frame around the viewport, in CSS pixels.
const FRAME: u32 = 200;

pub fn launch(
    installed: &Installed,
    options: &Options,
    port: u16,
    guard: &mut Guard,
) -> Result<Launch> {
    // GTK scales by whole numbers only; the tests know.
    let scale = options.pixel_ratio.ceil().max(1.0) as u32;
    let width = (options.width + FRAME) * scale;
    let display = display(guard, width, (options.height + FRAME) * scale)?;
    let folder = guard.folder();
    write_settings(folder, options)?;
    let mut driver = Command::new(&installed.driver);
    driver
        .arg(format!("--port={port}"))
        .env("DISPLAY", display)
        .env("GDK_BACKEND", "x11")
        .env("GDK_SCALE", scale.to_string())
        // Without a graphics card, handing frames over in memory is four times
        // as fast as the way that graphics cards like.
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .env("XDG_DATA_HOME", folder.join("data"))
        // It refuses to sandbox what root runs, and containers often cannot.
        .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
        // A bus of the person's own session must not be disturbed, and
        // asking for one that is not there costs seconds.
        .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        .env("NO_AT_BRIDGE", "1");
    Ok(Launch {
        driver,
        capabilities: json!({
            "webkitgtk:browserOptions": {
                "binary": installed.browser,
                "args": ["--automation"],
            },
        }),
    })
}

/// The name of a display of this many pixels.
fn display(guard: &mut Guard, width: u32, height: u32) -> Result<String> {
    let mut command = Command::new("Xvfb");
    command
        // The server itself finds a free display and writes its number.
        .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
        .arg(format!("{width}x{height}x24"))
        .stdout(Stdio::piped());
    let output = guard.start(&mut command)?.stdout.take();
    let output = output.context("Xvfb has no output")?;
    let mut number = String::new();
    BufReader::new(output).read_line(&mut number)?;
    let number: u32 = number.trim().parse().context("Xvfb gave no display")?;
    Ok(format!(":{number}"))
}

fn write_settings(folder: &Path, options: &Options) -> Result<()> {
    let gtk = folder.join("config").join("gtk-3.0");
    std::fs::create_dir_all(&gtk)?;
    let animations = u8::from(!options.reduced_motion);
    std::fs::write(
        gtk.join("settings.ini"),
        format!("[Settings]\ngtk-enable-animations={animations}\n"),
    )?;
    // No window is narrower than its toolbar, 447 pixels: a phone is.
    std::fs::write(
        gtk.join("gtk.css"),
        "* { min-width: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; }\n",
    )?;
    Ok(())
}
