//! `cargo xtask serve`: the page on this machine.

use crate::site::{Server, Site};
use crate::{build, project};
use anyhow::{Context, Result};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, Stdio};

/// The port that is tried first.
const PORT: u16 = 8080;

/// How to serve.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Serve on this port; 0 is any free one [default: 8080 or the next free one]
    #[arg(long)]
    pub port: Option<u16>,
    /// Do not open the browser
    #[arg(long)]
    pub no_open: bool,
}

/// Builds the site and serves it until the program is ended.
///
/// # Errors
/// When the build fails or the port cannot be had.
pub fn serve(options: &Options) -> Result<()> {
    build::build()?;
    let listener = listen(options.port)?;
    let site = Site::new(project::dist()).header("Cache-Control", "no-store");
    let server = Server::start(site, listener)?;
    println!("\n{}  (end with Ctrl-C)", server.address());
    if !options.no_open {
        open(server.address());
    }
    server.wait();
    Ok(())
}

fn listen(port: Option<u16>) -> Result<TcpListener> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    if let Some(port) = port {
        return bind(port).with_context(|| format!("cannot serve on port {port}"));
    }
    for port in PORT..PORT + 100 {
        match bind(port) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            other => return other.with_context(|| format!("cannot serve on port {port}")),
        }
    }
    bind(0).context("no port is free")
}

/// Opens the address in the person's browser, if there seems to be one.
fn open(address: &str) {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut shell = Command::new("cmd");
        shell.args(["/C", "start", ""]);
        shell
    } else if ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some())
    {
        Command::new("xdg-open")
    } else {
        return;
    };
    // The address is on the screen already: failing to open it is no error.
    let _ = command
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}
