//! The page and its element in a real browser, one file per claim.

mod autoplay;
mod bad_input;
mod canvas;
mod claims;
mod controls;
mod documented;
mod embedding;
mod exports;
mod frames;
mod gallery;
mod hover;
mod keys;
mod lifecycle;
mod links;
mod memory;
mod network;
mod offline;
mod pause;
mod phone;
mod replay;
mod same_digits;
mod several;
mod slides;
mod theme;
mod trap;
