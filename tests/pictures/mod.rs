//! Compares two drawings of a view, element by element.

/// How far a coordinate may be off, in the units of the file, which are
/// quarters of a CSS pixel: coordinates are rounded, and what nalgebra
/// multiplies agrees between processors to rounding only.
const ROUNDING: f64 = 1.0;

/// Attributes that are places or lengths. All else must be the same text.
const GEOMETRY: [&str; 12] = [
    "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "points",
];

/// What a person should know about the first difference, if there is one.
pub fn difference(old: &str, new: &str) -> Option<String> {
    let (was, is): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    for (number, (was, is)) in was.iter().zip(&is).enumerate() {
        if was == is {
            continue;
        }
        let what = match (was.starts_with('<'), is.starts_with('<')) {
            (true, true) => element(was, is),
            _ => Some(format!("\u{201c}{was}\u{201d} is now \u{201c}{is}\u{201d}")),
        };
        if let Some(what) = what {
            return Some(format!("line {}: {what}", number + 1));
        }
    }
    let (was, is) = (was.len(), is.len());
    (was != is).then(|| format!("it had {was} lines and has {is}"))
}

/// The difference of two elements that are not the same text.
fn element(was: &str, is: &str) -> Option<String> {
    let ((tag, was), (new_tag, is)) = (parts(was), parts(is));
    if tag != new_tag {
        return Some(format!("<{tag}> is now <{new_tag}>"));
    }
    let names = |parts: &[(&str, &str)]| parts.iter().map(|(name, _)| (*name).into()).collect();
    let (old_names, new_names): (Vec<String>, Vec<String>) = (names(&was), names(&is));
    if old_names != new_names {
        return Some(format!("<{tag}> had {old_names:?} and has {new_names:?}"));
    }
    was.iter().zip(&is).find_map(|((name, was), (_, is))| {
        if was == is {
            return None;
        }
        let change = if GEOMETRY.contains(name) {
            far(was, is)?
        } else {
            format!("{was:.200} is now {is:.200}")
        };
        Some(format!("<{tag}> {name}: {change}"))
    })
}

/// The name of an element, and its attributes; what follows the tag counts as
/// one more.
fn parts(line: &str) -> (&str, Vec<(&str, &str)>) {
    let tag = line.trim_start_matches('<');
    let end = tag.find([' ', '>', '/']).unwrap_or(tag.len());
    let (name, mut rest) = tag.split_at(end);
    let mut list = Vec::new();
    while let Some((before, after)) = rest.split_once("=\"") {
        let Some((value, after)) = after.split_once('"') else {
            break;
        };
        list.push((before.trim(), value));
        rest = after;
    }
    list.push(("", rest));
    (name, list)
}

/// The place of lists of coordinates where they differ by more than rounding.
fn far(was: &str, is: &str) -> Option<String> {
    let numbers = |text: &str| -> Option<Vec<f64>> {
        let parts = text.split([' ', ',']).filter(|part| !part.is_empty());
        parts.map(|part| part.parse().ok()).collect()
    };
    let (Some(old), Some(new)) = (numbers(was), numbers(is)) else {
        return Some(format!("{was:.200} is now {is:.200}"));
    };
    if old.len() != new.len() {
        return Some(format!("{} coordinates are now {}", old.len(), new.len()));
    }
    // What is not a number is near nothing.
    let near = |i: usize| (old[i] - new[i]).abs() <= ROUNDING;
    let first = (0..old.len()).find(|i| !near(*i))?;
    let all = (0..old.len()).filter(|i| !near(*i)).count();
    let (was, is, pixels) = (old[first], new[first], (new[first] - old[first]) / 4.0);
    Some(format!(
        "{was} is now {is}, {pixels} CSS pixels off (coordinate {} of {}, {all} are off)",
        first + 1,
        old.len()
    ))
}

#[test]
fn rounding_is_forgiven_and_nothing_else() {
    let old = "<svg>\n<polyline stroke=\"#1A2B3C\" points=\"0,4 8,12\"/>\n<text x=\"4\" y=\"8\">\nstep 12\n</text>\n";
    assert_eq!(difference(old, old), None);
    assert_eq!(difference(old, &old.replace("8,12", "9,11")), None);
    for (before, after, said) in [
        ("8,12", "8,16", "16, 1 CSS pixels off (coordinate 4 of 4"),
        ("8,12", "8,12 9,9", "4 coordinates are now 6"),
        ("8,12", "8,NaN", "is now NaN"),
        ("step 12", "step 13", "step 13"),
        ("#1A2B3C", "#1A2B3D", "<polyline> stroke"),
        ("polyline", "polygon", "<polyline> is now <polygon>"),
        ("stroke=", "fill=", "fill"),
        ("</text>\n", "", "lines"),
    ] {
        let told = difference(old, &old.replace(before, after)).expect("a difference");
        assert!(told.contains(said), "{before} -> {after}: {told}");
    }
}
