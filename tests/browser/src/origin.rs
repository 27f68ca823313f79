//! The built site on a port, as strict and as observant as a test wants it.

use anyhow::{Result, ensure};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::mpsc::{Receiver, channel};
use xtask::project;
use xtask::site::{Server, Site};

/// The strictest policy under which the page works. Its pages carry it
/// themselves, for hosts that send no headers.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/// A server of `dist/` for one test.
pub struct Origin {
    server: Server,
    asked: Receiver<String>,
}

/// An origin that is being put together.
pub struct Builder {
    site: Site,
}

impl Origin {
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
        let dist = project::dist();
        ensure!(
            dist.join("index.html").is_file(),
            "there is no site in {}: run `cargo xtask build` first",
            dist.display()
        );
        let site = Site::new(dist)
            .below(prefix)
            .header("Content-Security-Policy", policy)
            .header("Cache-Control", "no-store")
            .page("/test/recorder.js", include_str!("recorder.js"))
            .head("<script src=\"/test/recorder.js\"></script>");
        Ok(Builder { site })
    }

    /// What has been asked for since this was last called, in order: method and
    /// address.
    pub fn asked(&self) -> Vec<String> {
        self.asked.try_iter().collect()
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

    /// An extra file at `/test/NAME`.
    #[must_use]
    pub fn page(mut self, name: &str, content: &str) -> Builder {
        self.site = self.site.page(&format!("/test/{name}"), content);
        self
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

    /// Starts to serve.
    ///
    /// # Errors
    /// When no port is free.
    pub fn serve(self) -> Result<Origin> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let (tell, asked) = channel();
        Ok(Origin {
            server: Server::start(self.site.tell(tell), listener)?,
            asked,
        })
    }
}
