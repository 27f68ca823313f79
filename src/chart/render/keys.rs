//! Keys: lines of sample and words in a top corner of the plot.
//!
//! The room that an axis leaves above its data is a share of the plot, while
//! rows of words are as high as their letters. So a stack that stands above the
//! bars of a high plot hangs into those of a low one, and has to be packed.

use super::pen::Rect;
use super::place::{GAP, LINE, Placed, Placer, ROWS, has_split};
use crate::chart::{Place, Side};
use plotters_backend::text_anchor::HPos;

/// Width of the sample before a key.
pub(super) const SAMPLE: f64 = 22.0;
/// Air between sample and words, and between plot border and key.
const KEY_GAP: f64 = 6.0;
/// Height of letters, in em.
const LETTERS: f64 = 0.9;

/// How the keys of a corner stand.
#[derive(Clone, Copy)]
struct Arrangement {
    side: Side,
    /// Distance of rows, in em.
    pitch: f64,
    /// Whether a row takes as many keys as fit, and not one.
    abreast: bool,
}

/// The keys that ask for one corner. They stand there, one a row, unless they
/// would cover data: then in the first arrangement that covers least of it, the
/// other corner being the last.
pub(super) fn place(placer: &mut Placer<'_>, wanted: Side) {
    let of_side = |side: &Side| (*side == Side::Right) == (wanted == Side::Right);
    let labels = placer.chart.labels.iter().enumerate();
    let keys: Vec<usize> = labels
        .filter(|(_, l)| matches!(&l.place, Place::Key { side, .. } if of_side(side)))
        .map(|(i, _)| i)
        .collect();
    let other = match wanted {
        Side::Right => Side::Left,
        _ => Side::Right,
    };
    let arrangements = [
        (wanted, ROWS.1, false),
        (wanted, LINE, false),
        (wanted, LINE, true),
        (other, ROWS.1, false),
    ];
    let mut best: Option<((usize, f64), Vec<Placed>)> = None;
    for (side, pitch, abreast) in arrangements {
        let arrangement = Arrangement {
            side,
            pitch,
            abreast,
        };
        let placed = arrange(placer, &keys, arrangement);
        let cost = (keys.len() - placed.len(), covered(placer, &placed));
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, placed));
        }
        if best.as_ref().is_some_and(|(least, _)| *least == (0, 0.0)) {
            break;
        }
    }
    for placed in best.into_iter().flat_map(|(_, placed)| placed) {
        placer.taken.push(whole(&placed));
        placer.placed.push(placed);
    }
}

/// Sample and words.
fn whole(placed: &Placed) -> Rect {
    let [_, top, right, bottom] = placed.rect;
    [placed.sample_x, top, right, bottom]
}

/// How much data keys would cover. Bars may stand close below the letters, which
/// are less high than their line.
fn covered(placer: &Placer<'_>, placed: &[Placed]) -> f64 {
    let air = 0.5 * (LINE - LETTERS) * placer.size;
    let cost = |key: &Placed| {
        let [left, top, right, bottom] = whole(key);
        let letters = [left, top + air, right, bottom - air];
        let bars = placer.obstacles.bars_covered(letters) as f64;
        placer.obstacles.cost(whole(key)).0 + bars
    };
    placed.iter().map(cost).sum()
}

/// The keys that fit into a corner.
fn arrange(placer: &Placer<'_>, keys: &[usize], arrangement: Arrangement) -> Vec<Placed> {
    let Arrangement {
        side,
        pitch,
        abreast,
    } = arrangement;
    let layout = placer.layout;
    let length = |i: usize| SAMPLE + KEY_GAP + placer.widths[i];
    let longest = keys.iter().map(|&i| length(i)).fold(0.0, f64::max);
    let mut out: Vec<Placed> = Vec::with_capacity(keys.len());
    // The words at a split move along the first row, so it is theirs.
    let mut row = f64::from(u8::from(has_split(placer.chart)));
    let at = |i: usize, row: f64, sample_x: f64| {
        let y = layout.top + (ROWS.0 + row * pitch) * placer.size;
        let words = placer.words(i, sample_x + SAMPLE + KEY_GAP, y, HPos::Left);
        Placed { sample_x, ..words }
    };
    let fits = |key: &Placed| placer.in_plot(whole(key)) && placer.free(whole(key));
    for &i in keys {
        // Beside the one before, outwards from the corner.
        if let Some(last) = out.last().filter(|_| abreast) {
            let sample_x = match side {
                Side::Right => last.sample_x - GAP - length(i),
                _ => last.rect[2] + GAP,
            };
            let beside = at(i, row - 1.0, sample_x);
            if fits(&beside) {
                out.push(beside);
                continue;
            }
        }
        let sample_x = match side {
            Side::Right if abreast => layout.right - length(i),
            Side::Right => layout.right - longest,
            _ => layout.left + KEY_GAP,
        };
        loop {
            let key = at(i, row, sample_x);
            row += 1.0;
            if !placer.in_plot(whole(&key)) {
                break;
            }
            if fits(&key) {
                out.push(key);
                break;
            }
        }
    }
    out
}
