//! What words for a person look like.

use ntk_playground::chart::Span;

/// Words that show how a number is kept rather than what it is.
const INNER: &[&str] = &["nan", "inf", "null", "undefined"];

/// Pieces of what `{:?}` prints.
const DEBUG: &[&str] = &["Some(", "None)", "Ok(", "Err(", "::", "{", "}"];

/// Checks words of any length.
///
/// # Errors
/// What is wrong with them.
pub fn words(text: &str) -> Result<(), String> {
    let inner = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .find(|word| INNER.contains(&word.to_ascii_lowercase().as_str()));
    let debug = DEBUG.iter().find(|piece| text.contains(**piece));
    match inner.or(debug.copied()) {
        Some(found) => Err(format!("\u{201c}{found}\u{201d} in: {text}")),
        None => Ok(()),
    }
}

/// Checks one sentence or several.
///
/// # Errors
/// What is wrong with them.
pub fn sentence(text: &str) -> Result<(), String> {
    let named = text.split_once(": ").is_some_and(|(name, rest)| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
        name.chars().all(plain) && !rest.is_empty()
    });
    if !named && !text.starts_with(char::is_uppercase) {
        return Err(format!("it begins like no sentence: {text}"));
    }
    description(text)
}

/// The same for what begins with a caption.
///
/// # Errors
/// What is wrong with it.
pub fn description(text: &str) -> Result<(), String> {
    words(text)?;
    let ends = text.ends_with('.') && !text.ends_with("..");
    let wrong = ["  ", " .", " ,", "\n", "..", ".,", ": ."];
    match wrong.iter().find(|piece| text.contains(**piece)) {
        _ if !ends => Err(format!("it ends like no sentence: {text}")),
        Some(piece) => Err(format!("\u{201c}{piece}\u{201d} in: {text}")),
        None => Ok(()),
    }
}

/// The same for what quotes a person's own text: that may say anything.
///
/// # Errors
/// What is wrong with the rest.
pub fn answer(text: &str) -> Result<(), String> {
    let mut rest = String::new();
    let mut parts = text.split('\u{201c}');
    rest.push_str(parts.next().unwrap_or(""));
    for part in parts {
        let after = part.rsplit_once('\u{201d}').map_or("", |(_, after)| after);
        rest.push_str("\u{201c}\u{201d}");
        rest.push_str(after);
    }
    // Numbers that are clamped stand there as they were typed.
    if rest.ends_with(" is used.")
        && let Some((name, more)) = rest.split_once(": ")
        && let Some((_, after)) = more.split_once(" is not ")
    {
        rest = format!("{name}: it is not {after}");
    }
    sentence(&rest)
}

/// The words of several pieces.
pub fn joined(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}
