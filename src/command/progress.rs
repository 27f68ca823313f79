//! A line of progress on standard error, where that is a terminal.

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};

/// A bar that is gone at the end, with a text of indicatif's `{pos}` and `{len}`
/// behind it; the text alone where the length is unknown.
pub fn bar(length: Option<u64>, text: &str) -> ProgressBar {
    let (bar, template) = match length {
        Some(length) => (
            ProgressBar::new(length),
            format!("[{{bar:30}}] {{percent:>3}} %  {text}"),
        ),
        None => (ProgressBar::no_length(), text.to_owned()),
    };
    let style = ProgressStyle::with_template(&template).expect("a template of this program");
    bar.with_style(style.progress_chars("#-"))
        .with_finish(ProgressFinish::AndClear)
}
