//! The built site on a port, with the benchmark's own pages.

use crate::packages::{self, Packages};
use anyhow::{Context, Result, ensure};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use xtask::project;
use xtask::site::{Server, Site};

/// The benchmark's own pages and modules, below `/bench/`.
const PAGES: [(&str, &str); 13] = [
    ("compute.html", include_str!("../../page/compute.html")),
    ("compute.js", include_str!("../../page/compute.js")),
    ("engine.js", include_str!("../../page/engine.js")),
    (
        "participants.js",
        include_str!("../../page/participants.js"),
    ),
    ("agreement.js", include_str!("../../page/agreement.js")),
    ("network.js", include_str!("../../peer/network.js")),
    ("jacobian.js", include_str!("../../peer/jacobian.js")),
    ("matrix.js", include_str!("../../peer/matrix.js")),
    ("structured.js", include_str!("../../peer/structured.js")),
    ("eigenbasis.js", include_str!("../../peer/eigenbasis.js")),
    ("tensorflow.js", include_str!("../../peer/tensorflow.js")),
    ("addition.js", include_str!("../../peer/addition.js")),
    (
        "addition-tensorflow.js",
        include_str!("../../peer/addition-tensorflow.js"),
    ),
];

/// Notes when the first frame is shown that is further than step 0. Times
/// count from the start of the navigation. In the page itself, because a
/// script of its own would be one request more.
const FIRST_FRAME: &str = "<script>addEventListener('ntk-frame', (event) => { \
     if (event.target.stepCount >= 1) window.__first ??= performance.now(); });</script>";

/// A server of `dist/`.
pub struct Host {
    server: Server,
    packages: Packages,
    folder: PathBuf,
}

impl Host {
    /// Serves the site, the module in `folder`, and the peers' packages.
    pub fn start(folder: &Path, packages: Packages) -> Result<Host> {
        let module = folder.join("wasm");
        let dist = project::dist();
        ensure!(
            dist.join("index.html").is_file(),
            "there is no site in {}: run `cargo xtask build` first",
            dist.display()
        );
        let mut site = Site::new(dist)
            // Every load is a first one.
            .header("Cache-Control", "no-store")
            // Isolated pages have a clock of 5 microseconds, others of 100.
            .header("Cross-Origin-Opener-Policy", "same-origin")
            .header("Cross-Origin-Embedder-Policy", "require-corp")
            .head(FIRST_FRAME);
        for (name, content) in PAGES {
            site = site.page(&format!("/bench/{name}"), content);
        }
        for name in ["bench_wasm_instance.js", "bench_wasm_bg.wasm"] {
            let file = module.join(name);
            let content = std::fs::read(&file).with_context(|| {
                format!("cannot read {}: run `cargo xtask bench`", file.display())
            })?;
            site = site.page(&format!("/bench/{name}"), content);
        }
        if let Ok(modules) = &packages {
            for (name, place) in packages::FILES {
                let file = modules.join(place);
                let content = std::fs::read(&file)
                    .with_context(|| format!("cannot read {}", file.display()))?;
                site = site.page(&format!("/bench/packages/{name}"), content);
            }
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
        Ok(Host {
            server: Server::start(site, listener)?,
            packages,
            folder: folder.into(),
        })
    }

    /// Where the peers' packages are, or why they are not.
    pub fn packages(&self) -> Result<&Path, &str> {
        self.packages
            .as_ref()
            .map(|folder| folder.as_path())
            .map_err(String::as_str)
    }

    /// Where the benchmark keeps what it needs and what it finds.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The whole address of a path, which begins with `/`.
    pub fn address(&self, path: &str) -> String {
        let start = self.server.address().trim_end_matches('/');
        format!("{start}{path}")
    }

    /// Host and port, to connect to.
    pub fn socket(&self) -> &str {
        let address = self.server.address();
        address.trim_start_matches("http://").trim_end_matches('/')
    }
}
