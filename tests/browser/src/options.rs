//! What kind of window a test wants.

use xtask::browsers::Engine;

/// The browser, and how its window looks to the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The browser.
    pub engine: Engine,
    /// Width of the viewport in CSS pixels.
    pub width: u32,
    /// Height of the viewport in CSS pixels.
    pub height: u32,
    /// Device pixels per CSS pixel.
    pub pixel_ratio: f64,
    /// Whether the person asked for less motion.
    pub reduced_motion: bool,
    /// Whether the person has the system set all colours. WebKit cannot.
    pub forced_colors: bool,
    /// Whether scripts are interpreted and never compiled, WebAssembly aside: what
    /// they hold is then the page's alone. Chromium can.
    pub interpreted: bool,
    /// Pixels of the browser's own type, as its reader has chosen them. Chromium can.
    pub type_size: u32,
}

impl Default for Options {
    fn default() -> Options {
        Options::of(Engine::Chromium)
    }
}

impl Options {
    /// A window of usual size.
    pub fn of(engine: Engine) -> Options {
        Options {
            engine,
            width: 1366,
            height: 768,
            pixel_ratio: 1.0,
            reduced_motion: false,
            forced_colors: false,
            interpreted: false,
            type_size: 16,
        }
    }

    /// A window of usual size, enlarged so many times: as large to the eye,
    /// with fewer CSS pixels.
    pub fn enlarged(engine: Engine, times: u32) -> Options {
        Options {
            width: 1280 / times,
            height: 1024 / times,
            ..Options::of(engine)
        }
    }

    /// A phone, held upright.
    pub fn phone(engine: Engine) -> Options {
        Options {
            width: 390,
            height: 844,
            pixel_ratio: 3.0,
            ..Options::of(engine)
        }
    }
}
