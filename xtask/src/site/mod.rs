//! A small web server for a folder of files, on this machine only.
//!
//! [`Site`] says what is served, [`Site::answer`] is the whole of its
//! behaviour, without a network; [`Server`] puts it on a port.

mod mime;
mod path;
mod server;

pub use server::Server;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;

/// What is served.
#[derive(Debug, Clone)]
pub struct Site {
    root: PathBuf,
    prefix: String,
    headers: Vec<(String, String)>,
    pages: BTreeMap<String, Vec<u8>>,
    head: String,
    faults: Vec<Fault>,
    asked: Option<Sender<String>>,
}

/// A file that is answered otherwise, the first so many times.
#[derive(Clone)]
struct Fault {
    path: String,
    left: Arc<AtomicUsize>,
    change: Arc<dyn Fn(Answer) -> Answer + Send + Sync>,
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:?} times)", self.path, self.left)
    }
}

/// What is sent for one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status; 0 is none at all: the connection is closed without a word.
    pub status: u16,
    /// Headers. The length of the content is added if it is not among them.
    pub headers: Vec<(String, String)>,
    /// Content.
    pub body: Vec<u8>,
}

impl Site {
    /// A folder, served at `/`.
    pub fn new(root: PathBuf) -> Site {
        Site {
            root,
            prefix: "/".into(),
            headers: Vec::new(),
            pages: BTreeMap::new(),
            head: String::new(),
            faults: Vec::new(),
            asked: None,
        }
    }

    /// Serves the folder below a path instead, which begins and ends with `/`.
    #[must_use]
    pub fn below(mut self, prefix: &str) -> Site {
        self.prefix = prefix.into();
        self
    }

    /// A header of every answer.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Site {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// A file that is not in the folder, by its whole path.
    #[must_use]
    pub fn page(mut self, path: &str, content: impl Into<Vec<u8>>) -> Site {
        self.pages.insert(path.into(), content.into());
        self
    }

    /// Markup at the start of the head of every HTML page, after what was put
    /// there before.
    #[must_use]
    pub fn head(mut self, markup: &str) -> Site {
        self.head += markup;
        self
    }

    /// Changes the answer for a path, or for one address with its query, the
    /// first so many times that it is asked for.
    #[must_use]
    pub fn fault(
        mut self,
        path: &str,
        times: usize,
        change: impl Fn(Answer) -> Answer + Send + Sync + 'static,
    ) -> Site {
        self.faults.push(Fault {
            path: path.into(),
            left: Arc::new(AtomicUsize::new(times)),
            change: Arc::new(change),
        });
        self
    }

    /// Tells of every request: method and address.
    #[must_use]
    pub fn tell(mut self, asked: Sender<String>) -> Site {
        self.asked = Some(asked);
        self
    }

    /// The answer to a GET of an address: a path, perhaps with a query.
    pub fn answer(&self, address: &str) -> Answer {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let answer = self.right_answer(path);
        let less = |left: usize| left.checked_sub(1);
        let fault = self.faults.iter().find(|fault| {
            let (set, get) = (Ordering::SeqCst, Ordering::SeqCst);
            [path, address].contains(&fault.path.as_str())
                && fault.left.fetch_update(set, get, less).is_ok()
        });
        match fault {
            Some(fault) => (fault.change)(answer),
            None => answer,
        }
    }

    fn right_answer(&self, path: &str) -> Answer {
        if let Some(content) = self.pages.get(path) {
            return self.content(path, content.clone());
        }
        let Some(inside) = path.strip_prefix(&self.prefix) else {
            return self.failure(404, "There is nothing at this address.");
        };
        let Some(file) = path::file(&self.root, inside) else {
            return self.failure(404, "There is no such file.");
        };
        if file.is_dir() {
            let mut answer = self.failure(301, "This is a folder.");
            answer.headers.push(("Location".into(), format!("{path}/")));
            return answer;
        }
        match std::fs::read(&file) {
            Ok(content) => self.content(&file.to_string_lossy(), content),
            Err(_) => self.failure(404, "There is no such file."),
        }
    }

    fn content(&self, name: &str, content: Vec<u8>) -> Answer {
        let kind = mime::of(name);
        let body = if kind.starts_with("text/html") && !self.head.is_empty() {
            self.with_head(content)
        } else {
            content
        };
        self.reply(200, kind, body)
    }

    fn with_head(&self, content: Vec<u8>) -> Vec<u8> {
        let text = String::from_utf8_lossy(&content);
        // Before everything else in the head, so that it runs first.
        match text.find("<head>") {
            Some(at) => {
                let at = at + "<head>".len();
                [&text[..at], &self.head, &text[at..]].concat().into_bytes()
            }
            None => [&self.head, text.as_ref()].concat().into_bytes(),
        }
    }

    fn failure(&self, status: u16, sentence: &str) -> Answer {
        self.reply(
            status,
            "text/plain; charset=utf-8",
            format!("{sentence}\n").into_bytes(),
        )
    }

    fn reply(&self, status: u16, kind: &str, body: Vec<u8>) -> Answer {
        let mut headers = self.headers.clone();
        headers.push(("Content-Type".into(), kind.into()));
        Answer {
            status,
            headers,
            body,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(name: &str) -> std::io::Result<Site> {
        let outer = std::env::temp_dir().join(format!("site-{name}-{}", std::process::id()));
        let root = outer.join("inner");
        std::fs::create_dir_all(root.join("deep"))?;
        std::fs::write(outer.join("secret.txt"), "secret")?;
        std::fs::write(
            root.join("index.html"),
            "<html><head><title>t</title></head>",
        )?;
        std::fs::write(root.join("a b.js"), "1")?;
        std::fs::write(root.join("m.wasm"), "2")?;
        std::fs::write(root.join("deep/index.html"), "deep")?;
        Ok(Site::new(root))
    }

    fn kind(answer: &Answer) -> &str {
        answer
            .headers
            .iter()
            .find(|(name, _)| name == "Content-Type")
            .map_or("", |(_, value)| value)
    }

    #[test]
    fn files_come_with_their_types() -> std::io::Result<()> {
        let site = site("types")?;
        assert_eq!(kind(&site.answer("/")), "text/html; charset=utf-8");
        assert_eq!(kind(&site.answer("/m.wasm?x=1")), "application/wasm");
        let script = site.answer("/a%20b.js");
        assert_eq!(
            (script.status, kind(&script)),
            (200, "text/javascript; charset=utf-8")
        );
        assert_eq!(site.answer("/deep/").body, b"deep");
        assert_eq!(site.answer("/deep").status, 301);
        assert_eq!(site.answer("/missing.js").status, 404);
        Ok(())
    }

    #[test]
    fn nothing_outside_the_folder_is_served() -> std::io::Result<()> {
        let site = site("outside")?;
        for address in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/..%5csecret.txt",
            "/deep/../../secret.txt",
            "//etc/passwd",
            "/%00",
            "/C:/x",
            "secret.txt",
        ] {
            assert_eq!(site.answer(address).status, 404, "{address}");
        }
        Ok(())
    }

    #[test]
    fn a_fault_is_over_after_so_many_times() -> std::io::Result<()> {
        let site = site("fault")?.fault("/m.wasm", 2, |answer| Answer {
            status: 404,
            ..answer
        });
        let statuses = ["/m.wasm", "/a%20b.js", "/m.wasm?again", "/m.wasm"];
        let statuses = statuses.map(|address| site.answer(address).status);
        assert_eq!(statuses, [404, 200, 404, 200]);
        Ok(())
    }

    #[test]
    fn a_site_can_live_below_a_path_and_hold_extra_pages() -> std::io::Result<()> {
        let site = site("below")?
            .below("/blog/x/")
            .page("/test/p.html", "<p>")
            .head("<script src=\"/r.js\"></script>");
        assert_eq!(site.answer("/index.html").status, 404);
        let page = site.answer("/blog/x/");
        assert!(String::from_utf8_lossy(&page.body).contains("<head><script src=\"/r.js\">"));
        assert_eq!(
            site.answer("/test/p.html").body,
            b"<script src=\"/r.js\"></script><p>"
        );
        Ok(())
    }
}
