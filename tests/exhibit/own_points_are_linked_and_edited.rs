//! A link carries a person's own points, and edits change one of them at a time.

use crate::own_points::{column, fit, open, own, reading, text};
use ntk_playground::exhibit::{Edit, LINK_LIMIT, Session};
use ntk_playground::task::MOST_POINTS;

#[test]
fn a_link_carries_them() {
    let mut session = own(&[[0.125, -1e-7], [-3.0, 2.5], [0.0, 1e3]]);
    session.advance(15, || true);
    let link = session.link();
    assert!(
        link.contains("data=0.125:-1e-7~-3:2.5~0:1e3") || link.contains("~0:1000"),
        "{link}"
    );
    assert_eq!(session.link_note(), None);
    let mut again = open(&link);
    again.advance(again.target(), || true);
    assert_eq!(again.link(), link);
    for name in ["train-loss", "largest-eigenvalue", "kernel-drift"] {
        assert_eq!(
            reading(&mut session, name),
            reading(&mut again, name),
            "{name}"
        );
    }
    assert!(session.csv().contains("# data = 0.125:-1e-7~-3:2.5~0:1"));
}

#[test]
fn a_link_that_would_be_too_long_says_so() {
    let point = |i: usize| [i as f64 / 129.7 - 0.5, libm::sin(i as f64)];
    let points: Vec<[f64; 2]> = (0..MOST_POINTS).map(point).collect();
    assert!(text(&points).len() > LINK_LIMIT);
    let mut session = own(&points);
    assert!(session.advance(2, || true) == 2 && !session.link().contains("data="));
    let note = session.link_note().expect("a sentence");
    assert!(
        note.contains("128 points") && note.contains("4\u{202f}000"),
        "{note}"
    );
    assert!(session.csv().contains(&note) && session.csv().contains(&text(&points)));
}

#[test]
fn the_first_edit_makes_drawn_points_own_ones() {
    let mut session = open("widths=8");
    let drawn = session.points("fit").expect("the fit draws them");
    session.advance(5, || true);
    let near = session.point_near("fit", [drawn[3][0] + 0.01, drawn[3][1]], [0.03, 0.05]);
    assert_eq!(near, Some(3));
    assert_eq!(session.point_near("fit", [0.0, 9.0], [0.03, 0.05]), None);
    assert_eq!(session.point_near("loss", drawn[3], [1.0, 1.0]), None);
    let to = [0.123_456, -0.777_77];
    assert_eq!(session.edit_point("fit", Edit::Move(3, to)), Ok(3));
    assert_eq!(session.exhibit().step_count(), 0);
    let own = session.points("fit").expect("the fit draws them");
    for (i, (own, drawn)) in own.iter().zip(&drawn).enumerate() {
        let wanted = if i == 3 { [0.123, -0.778] } else { *drawn };
        let off = (own[0] - wanted[0]).abs().max((own[1] - wanted[1]).abs());
        assert!(off <= 0.000_501, "{own:?} {wanted:?}");
    }
    assert!(session.link().len() < 20 * 15 + 40, "{}", session.link());
    // Moved past its neighbours a point keeps its index.
    assert_eq!(session.edit_point("fit", Edit::Move(3, [0.9, 0.0])), Ok(3));
    assert_eq!(session.edit_point("fit", Edit::Add([0.05, 0.5])), Ok(20));
    assert_eq!(
        session.point_near("fit", [0.05, 0.5], [0.01, 0.01]),
        Some(20)
    );
    assert_eq!(column(&fit(&mut session), "train-x").len(), 21);
    assert_eq!(session.edit_point("fit", Edit::Remove(0)), Ok(0));
    let left = session.points("fit").expect("the fit draws them");
    assert_eq!(
        (left.len(), left[2], left[19]),
        (20, [0.9, 0.0], [0.05, 0.5])
    );
}

#[test]
fn an_edit_leaves_the_digits_of_the_other_own_points() {
    let given = [[0.123_456_789, 1.0 / 3.0], [-0.5, 0.25]];
    let mut session = own(&given);
    session
        .edit_point("fit", Edit::Move(1, [-0.5, 0.3]))
        .expect("a point");
    assert_eq!(session.points("fit"), Some(vec![given[0], [-0.5, 0.3]]));
    // Of two points at one place the one drawn on top is taken.
    session
        .edit_point("fit", Edit::Add([-0.5, 0.3]))
        .expect("room");
    assert_eq!(session.point_near("fit", [-0.5, 0.3], [0.1, 0.1]), Some(2));
}

#[test]
fn rounding_follows_the_size_of_the_data() {
    let mut small = own(&[[0.0, 2e-6], [1.0, -1e-6]]);
    small
        .edit_point("fit", Edit::Move(1, [1.0, -1.234_567e-6]))
        .expect("a point");
    assert_eq!(small.points("fit").expect("drawn")[1], [1.0, -1.235e-6]);
    let mut wide = own(&[[0.0, 600.0], [300.0, 0.0]]);
    wide.edit_point("fit", Edit::Add([123.456_7, -0.3]))
        .expect("room");
    assert_eq!(wide.points("fit").expect("drawn")[2], [123.5, 0.0]);
}

#[test]
fn what_cannot_be_edited_is_refused_with_a_sentence() {
    let mut session = own(&[[0.5, 0.5]]);
    session.advance(7, || true);
    let many = vec![[0.0, 0.0]; MOST_POINTS];
    let mut full = own(&many);
    let mut matrix = Session::open("matrix", &[]).expect("the defaults go together");
    let view = matrix.kind().views[0].name;
    let refusals = [
        (session.edit_point("fit", Edit::Remove(0)), "last point"),
        (
            session.edit_point("fit", Edit::Move(1, [0.0, 0.0])),
            "no point 2",
        ),
        (session.edit_point("fit", Edit::Remove(9)), "no point 10"),
        (
            session.edit_point("fit", Edit::Remove(usize::MAX)),
            "no point 1844",
        ),
        (
            session.edit_point("loss", Edit::Add([0.0, 0.0])),
            "no points to edit",
        ),
        (session.edit_point("fits", Edit::Add([0.0, 0.0])), "no view"),
        (
            session.edit_point("fit", Edit::Add([f64::NAN, 0.0])),
            "point 2",
        ),
        (
            session.edit_point("fit", Edit::Add([0.0, 1001.0])),
            "from -1000 to 1000",
        ),
        (
            full.edit_point("fit", Edit::Add([0.0, 0.0])),
            "128 points already",
        ),
        (
            matrix.edit_point(view, Edit::Add([0.0, 0.0])),
            "no points to edit",
        ),
    ];
    for (refused, words) in refusals {
        let refused = refused.expect_err(words).to_string();
        assert!(
            refused.contains(words) && refused.ends_with('.'),
            "{refused}"
        );
    }
    assert_eq!(
        (session.points("fit"), session.exhibit().step_count()),
        (Some(vec![[0.5, 0.5]]), 7)
    );
    assert_eq!(full.edit_point("fit", Edit::Remove(127)), Ok(127));
}
