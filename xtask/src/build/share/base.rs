//! Where the site will lie.

use anyhow::{Result, ensure};

/// The environment variable with the address of the site's folder.
pub const BASE_URL: &str = "NTK_BASE_URL";

/// The address of the site's folder, with a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(String);

impl Base {
    /// The address that [`BASE_URL`] has, if it has one.
    ///
    /// # Errors
    /// When it is no address of a folder.
    pub fn configured() -> Result<Option<Base>> {
        match std::env::var(BASE_URL) {
            Ok(address) if !address.is_empty() => Base::read(&address).map(Some),
            _ => Ok(None),
        }
    }

    /// An address, which may lack its last slash.
    ///
    /// # Errors
    /// When it is none, with what it should be.
    pub fn read(address: &str) -> Result<Base> {
        let host = ["https://", "http://"]
            .iter()
            .find_map(|scheme| address.strip_prefix(scheme));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/%[]".contains(c);
        ensure!(
            host.is_some_and(
                |host| host.starts_with(char::is_alphanumeric) && host.chars().all(is_plain)
            ),
            "{BASE_URL} is the address of a folder, such as https://example.org/ntk-playground/, and not \u{201c}{address}\u{201d}"
        );
        Ok(Base(format!("{}/", address.trim_end_matches('/'))))
    }

    /// The address of a file.
    pub fn file(&self, name: &str) -> String {
        format!("{}{name}", self.0)
    }

    /// The address of a page: the first one's is that of the folder.
    pub fn page(&self, name: &str) -> String {
        self.file(if name == "index.html" { "" } else { name })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_slash_at_its_end() -> Result<()> {
        for address in ["https://example.org/x", "https://example.org/x/"] {
            let base = Base::read(address)?;
            assert_eq!(base.page("index.html"), "https://example.org/x/");
            assert_eq!(base.page("about.html"), "https://example.org/x/about.html");
        }
        Ok(())
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for address in [
            "example.org",
            "https://",
            "https://a/?b",
            "ftp://a/",
            "https://a/\"b",
        ] {
            let error =
                Base::read(address).map_or_else(|error| error.to_string(), |_| String::new());
            assert!(error.contains(address), "{address}: {error}");
        }
    }
}
