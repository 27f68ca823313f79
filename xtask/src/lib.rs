//! Builds, serves and tests the page: the commands behind `cargo xtask`.
//!
//! [`build`] turns the crate, `www/` and the HTML pages into `dist/`, a static
//! site that works under any path. [`serve`] shows it, [`test`] runs every
//! check there is, [`claims`] asks our own runs about every claim, [`standalone`]
//! puts the page into a single file, [`package`] into packages, [`card`] draws the picture of
//! a link to it, [`release`] builds and checks all that is published. [`actions`] acts on the page at random,
//! [`fuzz`] does so with the engine, [`soak`] plays the page for long; [`mutants`]
//! and [`coverage`] tell how much the tests see. [`site`] is the web server, which
//! the browser tests share.

pub mod actions;
pub mod bench;
pub mod browsers;
pub mod build;
pub mod card;
pub mod claims;
pub mod coverage;
pub mod fuzz;
pub mod mutants;
pub mod npm;
pub mod package;
pub mod project;
pub mod release;
pub mod serve;
pub mod site;
pub mod soak;
pub mod standalone;
pub mod test;
