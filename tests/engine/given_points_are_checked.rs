//! Points that a person brings: taken as they are, or refused with a sentence
//! that names the row.

use ntk_playground::task::{MOST_POINTS, PointsError, Regression};

#[test]
fn sound_points_are_taken_in_ascending_order() {
    // Two points at x = 0.5, in the order given.
    let problem = Regression::from_points(&[0.5, -2.0, 0.5, 0.0], &[1.0, 2.0, 3.0, 4.0]).unwrap();
    assert_eq!(problem.inputs.as_slice(), [-2.0, 0.0, 0.5, 0.5]);
    assert_eq!(problem.labels, [2.0, 4.0, 1.0, 3.0]);
    // The test grid covers them, and [-1, 1].
    let grid = problem.test_inputs.as_slice();
    assert_eq!((grid[0], grid[grid.len() - 1]), (-2.0, 1.0));
    assert!(grid.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn nobody_knows_their_noise() {
    let mut problem = Regression::from_points(&[0.0, 0.1], &[1.0, 2.0]).unwrap();
    assert_eq!((problem.signal(), problem.test_signal()), (None, None));
    assert_eq!((problem.noise(), &problem.truth), (None, &None));
    problem.set_noise(3.0);
    assert_eq!(problem.labels, [1.0, 2.0]);
}

#[test]
fn one_point_and_the_most_are_enough() {
    for n in [1, MOST_POINTS] {
        let x: Vec<f64> = (0..n).map(|i| i as f64 / 1e3).collect();
        let problem = Regression::from_points(&x, &x).unwrap();
        assert_eq!((problem.inputs.as_slice(), &problem.labels), (&x[..], &x));
    }
}

#[test]
fn any_finite_size_makes_a_finite_grid() {
    let problem = Regression::from_points(&[f64::MAX, f64::MIN], &[0.0, f64::MAX]).unwrap();
    assert!(problem.test_inputs.iter().all(|x| x.is_finite()));
}

#[test]
fn what_is_not_a_problem_is_refused_with_a_sentence() {
    let refusal = |x: &[f64], y: &[f64]| {
        let refusal = Regression::from_points(x, y).unwrap_err();
        assert!(refusal.to_string().ends_with('.'), "{refusal}");
        refusal
    };
    assert_eq!(refusal(&[], &[]), PointsError::None);
    let many = vec![0.5; MOST_POINTS + 1];
    assert_eq!(refusal(&many, &many), PointsError::TooMany(129));
    let unpaired = PointsError::Unpaired {
        inputs: 2,
        labels: 1,
    };
    assert_eq!(refusal(&[1.0, 2.0], &[1.0]), unpaired);
    for bad in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
        let of_x = refusal(&[1.0, 2.0, bad], &[1.0, 2.0, 3.0]).to_string();
        assert!(of_x.starts_with(&format!("Row 3: x is {bad};")), "{of_x}");
        let of_y = refusal(&[1.0, 2.0, bad], &[1.0, bad, 3.0]).to_string();
        assert!(of_y.starts_with(&format!("Row 2: y is {bad};")), "{of_y}");
    }
}
