//! The inner loops: matrix products and vector operations, in f64.
//!
//! A crate of its own because it alone is compiled for speed
//! (`opt-level = 3`); everything else of a page is compiled for size.
//!
//! Sums run in an order that depends on the shapes alone, and no product is
//! fused with a sum: WebAssembly with 128-bit vectors, a processor with 256-bit
//! ones and one without any compute the same digits.

mod pack;
pub mod product;
pub mod reflection;
pub mod rotation;
mod simd;
mod tile;
pub mod vector;
