//! A view is drawn anew when its number changes. The page holds the number as one of
//! JavaScript, so it has to be exact there, however often a cursor has moved.

use crate::small::open;
use ntk_playground::exhibit::{EXHIBITS, Probe};

/// More than the 2^13 that a number with 53 bits has room for above 40.
const MOVES: usize = 9_000;

#[test]
fn every_move_of_the_cursor_changes_the_number() {
    for (kind, view) in EXHIBITS
        .iter()
        .flat_map(|kind| kind.views.iter().take(2).map(move |v| (kind, v)))
    {
        let mut session = open(kind, &[]);
        session.advance(3, || true);
        let mut last = session.revision(view.name) as f64;
        for turn in 0..MOVES {
            let probe = match turn % 2 {
                0 => Probe::Move(1),
                _ => Probe::Clear,
            };
            if !session.probe(view.name, probe) {
                continue;
            }
            let number = session.revision(view.name);
            let what = format!("{} {} after {turn}", kind.name, view.name);
            assert_eq!(number as f64 as u64, number, "{what}");
            assert!(number as f64 != last, "{what}");
            last = number as f64;
        }
    }
}
