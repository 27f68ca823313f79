//! A single-index problem is what it says: labels are g(x_1) plus a scaled
//! noise pattern, fewer points are the first of more, and what one knob sets
//! leaves all else alone.

use ntk_playground::task::{SingleIndex, Sizes};

fn problem(points: usize, noise: f64, seed: u32) -> SingleIndex {
    let sizes = Sizes {
        dimension: 4,
        points,
        test_points: 50,
    };
    SingleIndex::new(sizes, |x| x * x, noise, seed)
}

#[test]
fn labels_are_the_function_of_the_first_coordinate_plus_noise() {
    let data = problem(30, 0.5, 3);
    assert_eq!(data.inputs.shape(), (4, 30));
    assert_eq!(data.test_inputs.shape(), (4, 50));
    for (i, (y, f)) in data.labels.iter().zip(&data.signal).enumerate() {
        assert_eq!(*f, data.inputs[(0, i)] * data.inputs[(0, i)]);
        assert!((y - f - data.noise()[i]).abs() < 1e-15);
    }
    for (i, f) in data.test_signal.iter().enumerate() {
        assert_eq!(*f, data.test_inputs[(0, i)] * data.test_inputs[(0, i)]);
    }
}

#[test]
fn fewer_points_are_the_first_of_more() {
    let (few, many) = (problem(20, 0.5, 3), problem(30, 0.5, 3));
    assert_eq!(few.inputs, many.inputs.columns(0, 20).into_owned());
    assert_eq!(few.labels, many.labels[..20]);
    assert_eq!(few.test_inputs, many.test_inputs);
}

#[test]
fn another_noise_rescales_the_same_pattern() {
    let (small, large) = (problem(30, 0.2, 3), problem(30, 0.4, 3));
    assert_eq!(small.inputs, large.inputs);
    for (a, b) in small.noise().iter().zip(large.noise()) {
        assert!((2.0 * a - b).abs() < 1e-14);
    }
    assert!(problem(30, 0.0, 3).noise().iter().all(|e| *e == 0.0));
}

#[test]
fn inputs_and_noise_are_standard_normal() {
    let data = SingleIndex::new(
        Sizes {
            dimension: 10,
            points: 2_000,
            test_points: 2_000,
        },
        |x| x,
        1.0,
        7,
    );
    let moments = |values: &[f64]| {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        (
            mean,
            values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n,
        )
    };
    // Five standard errors.
    for values in [
        data.inputs.as_slice(),
        data.test_inputs.as_slice(),
        &data.noise()[..],
    ] {
        let n = values.len() as f64;
        let (mean, variance) = moments(values);
        assert!(mean.abs() < 5.0 / n.sqrt(), "{mean}");
        assert!(
            (variance - 1.0).abs() < 5.0 * (2.0 / n).sqrt(),
            "{variance}"
        );
    }
    // Train, test and noise come from streams of their own.
    assert_ne!(data.inputs, data.test_inputs);
    assert_ne!(data.noise()[..10], data.inputs.as_slice()[..10]);
}
