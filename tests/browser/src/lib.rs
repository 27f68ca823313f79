//! Drives the built page in a real browser.
//!
//! A test is one call of [`check`]: it opens a window of its own, runs the
//! steps, and demands at the end that no page has reported an error. What
//! fails leaves a screenshot and the recorded console in
//! `target/browser/ENGINE/`. [`claims!`] makes one test per browser of it.
//!
//! Pages come from [`Origin`], a server of `dist/` that sends the strictest
//! content security policy the page promises to work under and puts a recorder
//! of errors before the page's own scripts. The protocol is WebDriver, spoken
//! over plain HTTP; what differs between browsers is in `engine/` alone.

mod alert;
mod browser;
mod check;
mod claims;
mod driver;
mod element;
mod engine;
mod exhibit;
mod guard;
mod idle;
mod options;
mod origin;
mod page;
mod report;
pub mod soak;
mod wire;

pub use browser::Browser;
pub use check::{check, check_with};
pub use element::Element;
pub use exhibit::{Exhibit, Readings};
pub use options::Options;
pub use origin::{Fault, INSTANCES, Origin, POLICY};
pub use page::{Page, all_pages, chapters};
pub use report::skip;
pub use xtask::browsers::Engine;
