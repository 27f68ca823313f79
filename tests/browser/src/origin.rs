//! The built site on a port, as strict and as observant as a test wants it.

use crate::browser::Browser;
use anyhow::{Result, ensure};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use xtask::build::{self, offline, site};
use xtask::project;
use xtask::site::{Answer, Server, Site};

/// The strictest policy under which the page works. Its pages carry it
/// themselves, for hosts that send no headers.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";

/// A script that lists the engines of a page: `instances`, and the memory of one,
/// `engineMemory(exhibit)`.
pub const INSTANCES: &str = include_str!("instances.js");

/// A script that keeps what goes wrong on a page.
pub const RECORDER: &str = include_str!("recorder.js");

/// A server of `dist/` for one test.
pub struct Origin {
    server: Server,
    asked: Receiver<String>,
}

/// An origin that is being put together.
pub struct Builder {
    site: Site,
    prefix: String,
    /// Where the files of the site are.
    folder: PathBuf,
    /// Whether the page may keep a copy of its files.
    keeps: bool,
}

/// What can go wrong with a file on its way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// It is not there: 404.
    Missing,
    /// The connection is closed without an answer.
    Silence,
    /// Half of it comes, as if that were all.
    Half,
    /// Half of it comes, and then the connection is closed.
    Broken,
    /// All of it comes, under another media type.
    Kind(&'static str),
    /// A page comes in its place, as hotel networks send it.
    Page,
    /// All of it comes, and pages of other sites may not read it.
    Unshared,
    /// It comes as it was in another version, whose folder is gone.
    Older,
}

impl Origin {
    /// The page with every module as a file of its own, as the site is made of them,
    /// at `/`: for tests that need one of them.
    ///
    /// # Errors
    /// When they have not been built.
    pub fn modules() -> Result<Builder> {
        Origin::of(build::modules()?, "/", POLICY)
    }

    /// The site at `/`.
    ///
    /// # Errors
    /// When there is no built site.
    pub fn site() -> Result<Builder> {
        Origin::below("/")
    }

    /// The site below a path, which begins and ends with `/`.
    ///
    /// # Errors
    /// When there is no built site.
    pub fn below(prefix: &str) -> Result<Builder> {
        Origin::under(prefix, POLICY)
    }

    /// The site below a path, under another content security policy.
    ///
    /// # Errors
    /// When there is no built site.
    pub fn under(prefix: &str, policy: &str) -> Result<Builder> {
        Origin::of(project::dist(), prefix, policy)
    }

    fn of(folder: PathBuf, prefix: &str, policy: &str) -> Result<Builder> {
        ensure!(
            folder.join("index.html").is_file(),
            "there is no site in {}: run `cargo xtask build` first",
            folder.display()
        );
        let site = Site::new(folder.clone())
            .below(prefix)
            .header("Content-Security-Policy", policy)
            .header("Cache-Control", "no-store")
            .page("/test/recorder.js", RECORDER)
            .head("<script src=\"/test/recorder.js\"></script>");
        let prefix = prefix.to_string();
        Ok(Builder {
            site,
            prefix,
            folder,
            keeps: false,
        })
    }

    /// What has been asked for since this was last called, in order: method and
    /// address. The worker is left out: when a browser asks for it, or for a newer one, is its own affair.
    pub fn asked(&self) -> Vec<String> {
        let own = |request: &String| !request.ends_with(offline::WORKER);
        self.asked.try_iter().filter(own).collect()
    }

    /// The whole address of a path inside the site, which may have a query.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.server.address())
    }

    /// The address of an extra page.
    pub fn test_address(&self, name: &str) -> String {
        let start = self.server.address();
        let host = start.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        format!("{host}/test/{name}")
    }
}

impl Builder {
    /// A header of every answer.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Builder {
        self.site = self.site.header(name, value);
        self
    }

    /// Lets the page keep a copy of its files. Without it there is no worker: it would
    /// ask for every file of the site while a test counts what a page asks for.
    #[must_use]
    pub fn keeping(mut self) -> Builder {
        self.keeps = true;
        self
    }

    /// A script that runs on every page before any of its own.
    #[must_use]
    pub fn before(mut self, script: &str) -> Builder {
        self.site = self.site.head("<script src=\"/test/before.js\"></script>");
        self.page("before.js", script)
    }

    /// Something goes wrong with a file of the site, the first so many times
    /// that it is asked for. It is looked for in the folder of the version first;
    /// `./FILE` is the one in the root.
    #[must_use]
    pub fn fault(mut self, file: &str, times: usize, fault: Fault) -> Builder {
        let (file, root) = match file.strip_prefix("./") {
            Some(file) => (file, true),
            None => (file, false),
        };
        let version = site::version(&self.folder)
            .filter(|_| !root)
            .filter(|version| self.folder.join(version).join(file).is_file());
        let path = match version {
            Some(version) => format!("{}{version}/{file}", self.prefix),
            None => format!("{}{file}", self.prefix),
        };
        let change = move |answer| fault.of(answer);
        self.site = self.site.fault(&path, times, change);
        self
    }

    /// An extra file at `/test/NAME`.
    #[must_use]
    pub fn page(mut self, name: &str, content: &str) -> Builder {
        self.site = self.site.page(&format!("/test/{name}"), content);
        self
    }

    /// A module at `/test/NAME` that every page runs before its own.
    #[must_use]
    pub fn module(mut self, name: &str, content: &str) -> Builder {
        let tag = format!("<script type=\"module\" src=\"/test/{name}\"></script>");
        self.site = self.site.head(&tag);
        self.page(name, content)
    }

    /// An extra page at `/test/NAME` with some elements in its body and the
    /// script of the site.
    #[must_use]
    pub fn elements(self, name: &str, body: &str) -> Builder {
        let page = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{name}</title>\
             <script type=\"module\" src=\"../ntk-playground.js\"></script></head>\
             <body>{body}</body></html>"
        );
        self.page(name, &page)
    }

    /// Serves a page with some elements in its body, and opens it.
    ///
    /// # Errors
    /// When no port is free, or the browser cannot be driven.
    pub fn open(self, browser: &Browser, body: &str) -> Result<Origin> {
        const NAME: &str = "one.html";
        let origin = self.elements(NAME, body).serve()?;
        browser.open(&origin.test_address(NAME))?;
        Ok(origin)
    }

    /// Starts to serve.
    ///
    /// # Errors
    /// When no port is free.
    pub fn serve(mut self) -> Result<Origin> {
        if !self.keeps {
            let worker = format!("./{}", offline::WORKER);
            self = self.fault(&worker, usize::MAX, Fault::Missing);
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let (tell, asked) = channel();
        Ok(Origin {
            server: Server::start(self.site.tell(tell), listener)?,
            asked,
        })
    }
}

impl Fault {
    /// What becomes of an answer.
    fn of(self, mut answer: Answer) -> Answer {
        let length = answer.body.len();
        let mut header = |name: &str, value: &str| {
            answer.headers.retain(|(other, _)| other != name);
            answer.headers.push((name.into(), value.into()));
        };
        match self {
            Fault::Missing => answer.status = 404,
            Fault::Silence => answer.status = 0,
            Fault::Half => answer.body.truncate(length / 2),
            Fault::Broken => {
                header("Content-Length", &length.to_string());
                answer.body.truncate(length / 2);
            }
            Fault::Kind(kind) => header("Content-Type", kind),
            Fault::Unshared => answer
                .headers
                .retain(|(name, _)| name != "Access-Control-Allow-Origin"),
            Fault::Older => {
                let text = String::from_utf8_lossy(&answer.body);
                let version = site::version(&project::dist()).unwrap_or_default();
                let older = text.replace(&version, "v-0000000000000000");
                answer.body = older.into_bytes();
            }
            Fault::Page => {
                // It may be kept, so that asking again is not enough.
                header("Cache-Control", "max-age=3600");
                header("Content-Type", "text/html; charset=utf-8");
                answer.body = b"<!doctype html><title>Please pay</title>".to_vec();
            }
        }
        answer
    }
}
