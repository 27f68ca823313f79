//! Sensors, collocation points and measures of the differential equation.

use nalgebra::DMatrix;
use ntk_playground::objective::Objective;
use ntk_playground::task::Poisson;

/// Jets of a function given by its value and second derivative.
fn jets(x: &[f64], u: impl Fn(f64) -> f64, second: impl Fn(f64) -> f64) -> DMatrix<f64> {
    DMatrix::from_fn(3, x.len(), |k, i| match k {
        0 => u(x[i]),
        1 => f64::NAN,
        _ => second(x[i]),
    })
}

#[test]
fn the_source_is_the_second_derivative_of_the_solution() {
    let h = 1e-4;
    for i in 0..=20 {
        let x = f64::from(i) / 20.0;
        let [a, b, c] = [x - h, x, x + h].map(Poisson::solution);
        assert!(((a - 2.0 * b + c) / (h * h) - Poisson::source(x)).abs() <= 1e-5);
    }
}

#[test]
fn the_true_solution_has_no_error_and_has_memorised_nothing() {
    let problem = Poisson::new(24, 5, 0.2, 1);
    let of = |x: &DMatrix<f64>| jets(x.as_slice(), Poisson::solution, Poisson::source);
    let (train, test) = (of(&problem.inputs), of(&problem.test_inputs));
    assert_eq!(problem.memorised(&train), 0.0);
    assert_eq!(problem.rms_error(&test), 0.0);
    assert_eq!(problem.rms_residual(&test), 0.0);
    assert!(problem.residual(&test).iter().all(|r| *r == 0.0));
}

#[test]
fn a_fit_through_every_sensor_has_memorised_all() {
    let problem = Poisson::new(24, 5, 0.2, 1);
    let mut train = jets(
        problem.inputs.as_slice(),
        Poisson::solution,
        Poisson::source,
    );
    for (i, y) in problem.readings.iter().enumerate() {
        train[(0, i)] = *y;
    }
    assert!((problem.memorised(&train) - 1.0).abs() <= 1e-14);
    // Half of the way is half of it.
    for (i, u) in problem.signal.iter().enumerate() {
        train[(0, i)] = (train[(0, i)] + u) / 2.0;
    }
    assert!((problem.memorised(&train) - 0.5).abs() <= 1e-14);
}

#[test]
fn a_shift_is_its_own_error() {
    let problem = Poisson::new(10, 5, 0.2, 1);
    let x = problem.test_inputs.as_slice();
    let test = jets(
        x,
        |x| Poisson::solution(x) + 0.3,
        |x| Poisson::source(x) - 2.0,
    );
    assert!((problem.rms_error(&test) - 0.3).abs() <= 1e-14);
    assert!((problem.rms_residual(&test) - 2.0).abs() <= 1e-14);
    assert!(
        problem
            .residual(&test)
            .iter()
            .all(|r| (r + 2.0).abs() <= 1e-12)
    );
}

#[test]
fn sensors_stay_while_everything_else_changes() {
    let [few, many] = [5, 32].map(|n| Poisson::new(24, n, 0.2, 7));
    assert_eq!(few.sensors(), many.sensors());
    assert_eq!(few.readings, many.readings);
    assert!(few.sensors().is_sorted() && few.sensors().iter().all(|x| (0.0..1.0).contains(x)));
    assert_eq!(few.collocation(), [0.0, 0.25, 0.5, 0.75, 1.0]);
    assert_eq!((many.sensor_count(), many.collocation_count()), (24, 32));
    assert_ne!(few.sensors(), Poisson::new(24, 5, 0.2, 8).sensors());
    assert_eq!(Poisson::new(3, 1, 0.2, 1).collocation(), [0.5]);

    let mut louder = few.clone();
    louder.set_noise(0.4);
    for (a, b) in few.noise().iter().zip(louder.noise()) {
        assert!((2.0 * a - b).abs() <= 1e-14);
    }
    let mut objective = few.objective(1e-3).unwrap();
    objective.set_targets(&louder.targets()).unwrap();
    assert_eq!(objective, louder.objective(1e-3).unwrap());
    louder.set_noise(0.0);
    assert_eq!(louder.readings, louder.signal);
}

/// Without physics, and without collocation points, what is left is the mean
/// over the sensors.
#[test]
fn either_part_of_the_loss_can_be_missing() {
    let problem = Poisson::new(6, 0, 0.2, 1);
    let all: Vec<usize> = (0..6).collect();
    let flat = jets(problem.inputs.as_slice(), |_| 0.0, |_| 0.0);
    let squares: f64 = problem.readings.iter().map(|y| y * y).sum();
    let value = problem.objective(1e-3).unwrap().value(&flat, &all);
    assert!((value - squares / 12.0).abs() <= 1e-14);
    let with = Poisson::new(6, 4, 0.2, 1);
    let all: Vec<usize> = (0..10).collect();
    let flat = jets(with.inputs.as_slice(), |_| 0.0, |_| 0.0);
    let value = with.objective(0.0).unwrap().value(&flat, &all);
    assert!((value - squares / 12.0).abs() <= 1e-14);
}
