//! At which level, and in which browsers, a claim is judged.

/// Makes tests of claims, which are functions of an engine: each becomes a test
/// `ENGINE::CLAIM` per browser that it concerns. The sections, each of them
/// optional, in this order:
///
/// | section | `cargo xtask test` | `--full` |
/// |---|---|---|
/// | `fast` | in Chromium | in every browser |
/// | `fast_chromium` | in Chromium | in Chromium |
/// | `full` | | in every browser |
/// | `full_chromium` | | in Chromium |
///
/// What does not depend on the browser, because it is our own code that decides
/// it, is judged in Chromium alone. A claim that is left out of the list is dead
/// code, which the linter does not let pass.
#[macro_export]
macro_rules! claims {
    (
        $(fast: $($fast:ident),+;)?
        $(fast_chromium: $($fast_chromium:ident),+;)?
        $(full: $($full:ident),+;)?
        $(full_chromium: $($full_chromium:ident),+;)?
    ) => {
        mod chromium {
            $($($crate::claims!(@ Chromium $fast);)+)?
            $($($crate::claims!(@ Chromium $fast_chromium);)+)?
            $($($crate::claims!(@ Chromium $full "full");)+)?
            $($($crate::claims!(@ Chromium $full_chromium "full");)+)?
        }
        mod firefox {
            $($($crate::claims!(@ Firefox $fast "full");)+)?
            $($($crate::claims!(@ Firefox $full "full");)+)?
        }
        mod webkit {
            $($($crate::claims!(@ Webkit $fast "full");)+)?
            $($($crate::claims!(@ Webkit $full "full");)+)?
        }
    };
    (@ $engine:ident $claim:ident $($level:literal)?) => {
        #[test]
        $(#[ignore = $level])?
        fn $claim() {
            super::$claim($crate::Engine::$engine);
        }
    };
}
