//! The library as a module of WebAssembly. Each engine of the page is a package of
//! its own: cargo keeps one such module for a package, and would compile the library
//! anew whenever the other engine had been built before.

#[cfg(target_arch = "wasm32")]
pub use ntk_playground::web;
