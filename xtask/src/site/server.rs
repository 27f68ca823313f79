//! A site on a port.

use super::{Answer, Site};
use anyhow::{Context, Result};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// The longest head of a request that is read, in bytes.
const LONGEST_HEAD: usize = 64 * 1024;
/// Browsers open connections ahead of need; one that says nothing is let go.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server, which ends when it is dropped.
///
/// One thread and one answer for every connection: no request ever waits for
/// another, which matters more on one machine than the cost of a connection.
pub struct Server {
    local: SocketAddr,
    address: String,
    ended: Arc<AtomicBool>,
    listening: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves a site to whoever connects to the listener.
    ///
    /// # Errors
    /// When the listener has no address.
    pub fn start(site: Site, listener: TcpListener) -> Result<Server> {
        let local = listener.local_addr().context("the server has no address")?;
        let address = format!("http://{local}{}", site.prefix);
        let ended = Arc::new(AtomicBool::new(false));
        let site = Arc::new(site);
        let end = Arc::clone(&ended);
        let listening = std::thread::spawn(move || {
            for connection in listener.incoming() {
                if end.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(connection) = connection else {
                    continue;
                };
                let site = Arc::clone(&site);
                // The browser may have gone: nobody is left to tell.
                std::thread::spawn(move || drop(converse(&site, connection)));
            }
        });
        Ok(Server {
            local,
            address,
            ended,
            listening: Some(listening),
        })
    }

    /// Address of the site's first page.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Serves for as long as the program runs.
    pub fn wait(mut self) {
        if let Some(listening) = self.listening.take() {
            // It ends only by a panic, which has said so.
            let _ = listening.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // The listener sleeps until somebody calls.
        let _ = TcpStream::connect_timeout(&self.local, Duration::from_secs(1));
    }
}

/// Reads one request and answers it.
fn converse(site: &Site, mut connection: TcpStream) -> io::Result<()> {
    connection.set_read_timeout(Some(PATIENCE))?;
    connection.set_nodelay(true)?;
    let Some(head) = head(&mut connection)? else {
        return Ok(());
    };
    let mut words = head.split_ascii_whitespace();
    let (method, address) = (words.next().unwrap_or(""), words.next().unwrap_or("/"));
    if let Some(asked) = &site.asked {
        // Nobody may be listening any more.
        let _ = asked.send(format!("{method} {address}"));
    }
    let answer = match method {
        "GET" | "HEAD" => site.answer(address),
        _ => Answer {
            status: 405,
            headers: vec![("Allow".into(), "GET, HEAD".into())],
            body: Vec::new(),
        },
    };
    if answer.status == 0 {
        return Ok(());
    }
    let mut bytes = status_line(&answer).into_bytes();
    if method != "HEAD" {
        bytes.extend(&answer.body);
    }
    connection.write_all(&bytes)
}

/// The first line and the headers of a request, or nothing if none comes.
fn head(connection: &mut TcpStream) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    while !bytes.windows(4).any(|end| end == b"\r\n\r\n") {
        let count = connection.read(&mut chunk)?;
        if count == 0 || bytes.len() > LONGEST_HEAD {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk[..count]);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn status_line(answer: &Answer) -> String {
    let reason = match answer.status {
        200 => "OK",
        301 => "Moved Permanently",
        404 => "Not Found",
        _ => "Method Not Allowed",
    };
    let mut text = format!("HTTP/1.1 {} {reason}\r\n", answer.status);
    for (name, value) in &answer.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    let told = |(name, _): &(String, String)| name == "Content-Length";
    if !answer.headers.iter().any(told) {
        text.push_str(&format!("Content-Length: {}\r\n", answer.body.len()));
    }
    text.push_str("Connection: close\r\n\r\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn ask(server: &Server, request: &str) -> Result<String> {
        let mut connection = TcpStream::connect(server.local)?;
        connection.write_all(request.as_bytes())?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer)?;
        Ok(answer)
    }

    #[test]
    fn many_may_ask_at_once_and_some_may_stay_silent() -> Result<()> {
        let site = Site::new(std::env::temp_dir()).page("/x.txt", "content");
        let server = Server::start(site, TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?)?;
        let silent: Vec<TcpStream> = (0..20)
            .map(|_| TcpStream::connect(server.local))
            .collect::<io::Result<_>>()?;
        std::thread::scope(|scope| {
            let asking: Vec<_> = (0..20)
                .map(|_| scope.spawn(|| ask(&server, "GET /x.txt HTTP/1.1\r\nHost: x\r\n\r\n")))
                .collect();
            for one in asking {
                let answer = one.join().unwrap_or_else(|_| Ok(String::new()))?;
                assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
                assert!(answer.ends_with("\r\n\r\ncontent"), "{answer}");
            }
            Ok::<(), anyhow::Error>(())
        })?;
        drop(silent);
        let head = ask(&server, "HEAD /x.txt HTTP/1.1\r\n\r\n")?;
        assert!(head.contains("Content-Length: 7") && head.ends_with("\r\n\r\n"));
        assert!(ask(&server, "POST / HTTP/1.1\r\n\r\n")?.starts_with("HTTP/1.1 405"));
        Ok(())
    }
}
