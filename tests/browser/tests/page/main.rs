//! The page and its element in a real browser, one file per claim.

mod accessible;
mod autoplay;
mod bad_input;
mod canvas;
mod claims;
mod controls;
mod exports;
mod forced_colors;
mod hostile;
mod hover;
mod keyboard;
mod lifecycle;
mod links;
mod memory;
mod network;
mod pause;
mod phone;
mod reflow;
mod replay;
mod same_digits;
mod several;
mod theme;
mod trap;
