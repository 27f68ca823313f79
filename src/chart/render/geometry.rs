//! Clipping of polylines to the plot, dashes, and boxes.

use super::pen::Rect;

/// The part of a segment inside a rectangle (Liang and Barsky), as the two
/// parameters where it enters and leaves.
pub(super) fn clip(a: [f64; 2], b: [f64; 2], rect: Rect) -> Option<(f64, f64)> {
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    for axis in 0..2 {
        let delta = b[axis] - a[axis];
        let (low, high) = (rect[axis] - a[axis], rect[axis + 2] - a[axis]);
        if delta == 0.0 {
            if low > 0.0 || high < 0.0 {
                return None;
            }
            continue;
        }
        let (p, q) = (low / delta, high / delta);
        enter = enter.max(p.min(q));
        leave = leave.min(p.max(q));
    }
    (enter <= leave).then_some((enter, leave))
}

/// The point at a parameter of a segment.
pub(super) fn at(a: [f64; 2], b: [f64; 2], t: f64) -> [f64; 2] {
    [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]
}

/// Distance of two points.
pub(super) fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Whether a point lies in a rectangle grown by a margin.
pub(super) fn contains(rect: Rect, [x, y]: [f64; 2], margin: f64) -> bool {
    x >= rect[0] - margin && x <= rect[2] + margin && y >= rect[1] - margin && y <= rect[3] + margin
}

/// Whether two rectangles share an area.
pub(super) fn overlap(a: Rect, b: Rect) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// The connected pieces of a polyline inside a rectangle. Points that are not
/// finite break it.
pub(super) fn pieces(points: impl IntoIterator<Item = [f64; 2]>, rect: Rect) -> Vec<Vec<[f64; 2]>> {
    let mut out: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut piece: Vec<[f64; 2]> = Vec::new();
    let mut previous: Option<[f64; 2]> = None;
    let mut close = |piece: &mut Vec<[f64; 2]>| {
        if piece.len() > 1 {
            out.push(std::mem::take(piece));
        }
        piece.clear();
    };
    for point in points {
        if !(point[0].is_finite() && point[1].is_finite()) {
            close(&mut piece);
            previous = None;
            continue;
        }
        // Far enough out to change no picture, near enough not to overflow.
        let point = point.map(|v| v.clamp(-1e7, 1e7));
        if let Some(last) = previous {
            match clip(last, point, rect) {
                Some((enter, leave)) => {
                    if piece.is_empty() {
                        piece.push(at(last, point, enter));
                    }
                    piece.push(at(last, point, leave));
                    if leave < 1.0 {
                        close(&mut piece);
                    }
                }
                None => close(&mut piece),
            }
        }
        previous = Some(point);
    }
    close(&mut piece);
    out
}

/// Cuts a polyline into dashes, on and off in turn, each handed to `draw`.
pub(super) fn dashes<E>(
    piece: &[[f64; 2]],
    lengths: [f64; 4],
    mut draw: impl FnMut(&[[f64; 2]]) -> Result<(), E>,
) -> Result<(), E> {
    let mut dash: Vec<[f64; 2]> = Vec::new();
    let (mut at_length, mut left) = (0, lengths[0]);
    for pair in piece.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let length = distance(a, b);
        let mut gone = 0.0;
        if at_length % 2 == 0 && dash.is_empty() {
            dash.push(a);
        }
        while length - gone > left {
            gone += left;
            let point = at(a, b, gone / length);
            dash.push(point);
            if at_length % 2 == 0 {
                draw(&dash)?;
                dash.clear();
            }
            at_length = (at_length + 1) % lengths.len();
            left = lengths[at_length];
        }
        left -= length - gone;
        if at_length % 2 == 0 {
            dash.push(b);
        }
    }
    if at_length % 2 == 0 && dash.len() > 1 {
        draw(&dash)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOT: Rect = [0.0, 0.0, 10.0, 10.0];

    #[test]
    fn lines_are_cut_at_the_border_and_at_gaps() {
        let cut = pieces([[-5.0, 5.0], [5.0, 5.0], [5.0, 25.0], [8.0, 25.0]], PLOT);
        assert_eq!(cut, [[[0.0, 5.0], [5.0, 5.0], [5.0, 10.0]]]);
        let gap = pieces(
            [
                [1.0, 1.0],
                [2.0, 1.0],
                [f64::NAN, 1.0],
                [3.0, 1.0],
                [4.0, 1.0],
            ],
            PLOT,
        );
        assert_eq!(gap.len(), 2);
        // Through the plot from outside to outside, and past its corner.
        assert_eq!(pieces([[-5.0, -5.0], [15.0, 15.0]], PLOT).len(), 1);
        assert!(pieces([[-5.0, 8.0], [5.0, 18.0]], PLOT).is_empty());
    }

    #[test]
    fn dashes_cover_their_share_and_turn_corners() {
        let mut found: Vec<Vec<[f64; 2]>> = Vec::new();
        let line = [[0.0, 0.0], [8.0, 0.0], [8.0, 12.0]];
        let push = |dash: &[[f64; 2]]| -> Result<(), ()> {
            found.push(dash.to_vec());
            Ok(())
        };
        dashes(&line, [6.0, 4.0, 6.0, 4.0], push).expect("no error");
        assert_eq!(found[0], [[0.0, 0.0], [6.0, 0.0]]);
        assert_eq!(found[1], [[8.0, 2.0], [8.0, 8.0]]);
        assert_eq!(found.len(), 2);
    }
}
