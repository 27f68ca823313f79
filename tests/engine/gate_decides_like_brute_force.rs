//! The SNR gate opens parameter k exactly where mu_k^2 > sigma_k^2 / (b - 1),
//! its weighted forms follow the same two numbers, and the control draws as
//! many at random.

use crate::naive::gate::{
    assert_definition, assert_weights, count, decide, definition, mask, open, rows,
};
use crate::naive::{cases, normals};
use ntk_playground::random::{Stream, stream};
use ntk_playground::training::{Gate, Mask};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases(300))]

    /// Per-example gradients whose mean over spread sweeps across the boundary.
    #[test]
    fn for_random_gradients(
        b in 2_usize..40, offset in -2.0_f64..2.0, log_scale in -60_i32..60, seed in 0_u64..1000,
    ) {
        let scale = 2.0_f64.powi(log_scale);
        let each = rows(&normals(b, 50, seed).map(|z| scale * (offset + z)));
        let clear = assert_definition(&decide(&each), &each);
        prop_assert!(clear > 45, "only {clear} of 50 decisions are clear");
    }

    /// Soft and snr by their definitions, from a two-pass variance; means up
    /// to 1e8 times the spread, where E[x^2] - mu^2 would have no digit left.
    #[test]
    fn weights_for_random_gradients(
        b in 2_usize..40, offset in -2.0_f64..2.0, size in 0_i32..9, log_scale in -60_i32..60,
        seed in 0_u64..1000,
    ) {
        let scale = 2.0_f64.powi(log_scale);
        let each = rows(&normals(b, 50, seed).map(|z| scale * (offset * 10.0_f64.powi(size) + z)));
        let error = assert_weights(&each);
        prop_assert!(error <= 1e-12, "{error:e}");
    }
}

/// mu = 0 is closed, equal examples are fully open, a boundary case by hand:
/// b = 3, examples 1, 2, 6: mu = 3, sigma^2 = 7, sigma^2 / 2 = 3.5.
#[test]
fn weights_that_can_be_computed_by_hand() {
    let each = [
        vec![0.0, 1.0, -2.0, 1.0, 1e-200],
        vec![0.0, -1.0, -2.0, 2.0, 1e-200],
        vec![0.0, 0.0, -2.0, 6.0, 1e-200],
    ];
    let soft = mask(Gate::Soft, &each).weights;
    assert_eq!(soft[..3], [0.0, 0.0, 1.0]);
    assert!((soft[3] - (1.0 - 3.5 / 9.0)).abs() <= 1e-15);
    let snr = mask(Gate::Snr, &each).weights;
    assert_eq!(snr[..3], [0.0, 0.0, 1.0]);
    assert!((snr[3] - 9.0 / 12.5).abs() <= 1e-15);
    // Squares that underflow are no signal, rather than 0/0.
    assert_eq!((soft[4], snr[4]), (0.0, 0.0));
    // Squares that overflow close rather than become NaN.
    let each = [vec![1e154], vec![-1.3e154], vec![1.2e154]];
    for gate in [Gate::Hard, Gate::Soft, Gate::Snr] {
        assert!((0.0..=1.0).contains(&mask(gate, &each).weights[0]));
    }
}

#[test]
fn the_gates_have_the_names_of_their_links() {
    let mut names = Gate::ALL.map(Gate::name).to_vec();
    assert_eq!(names[..5], ["off", "hard", "soft", "snr", "random"]);
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 8);
    for gate in Gate::ALL {
        assert_eq!(gate.is_streaming(), gate.name().starts_with("streaming-"));
        assert!(!(gate.is_streaming() && gate.compares_examples()));
    }
}

/// b E[x^2] = (b^2 - b + 1) mu^2 at the boundary. With mu = 1 and variance
/// (b - 1)(1 -+ 1e-9), the gate has to tell the two sides apart.
#[test]
fn just_inside_and_just_outside_the_boundary() {
    for b in [2_usize, 3, 8, 100, 10_000] {
        for (side, open) in [(1.0 - 1e-9, true), (1.0 + 1e-9, false)] {
            // Half the examples at 1 + s, half at 1 - s; one at 1 if b is odd.
            let pairs = b / 2;
            let spread = f64::sqrt((b as f64 - 1.0).powi(2) * side / (2 * pairs) as f64);
            let each: Vec<Vec<f64>> = (0..b)
                .map(|i| match i {
                    _ if i < pairs => vec![1.0 + spread],
                    _ if i < 2 * pairs => vec![1.0 - spread],
                    _ => vec![1.0],
                })
                .collect();
            assert_eq!(definition(&each), [Some(open)], "b = {b}");
            assert_eq!(decide(&each), [open], "b = {b}");
        }
    }
}

/// A mean of 1e8 with a spread of one loses every digit of E[x^2] - mu^2; the
/// decision has none to lose.
#[test]
fn a_large_mean_with_a_small_spread_opens() {
    for b in [2, 3, 20] {
        for offset in [1e8, -1e8, 1e12] {
            let each = rows(&normals(b, 30, 4).map(|z| offset + z));
            let open = decide(&each);
            assert_eq!(assert_definition(&open, &each), 30);
            assert_eq!(count(&open), 30);
            assert!(assert_weights(&each) <= 1e-12);
        }
    }
}

#[test]
fn two_examples_open_where_they_agree_well_enough() {
    // mu^2 > (x - y)^2 / 2: (x + y)^2 > 2 (x - y)^2, a ratio below 3 + 2 sqrt 2.
    let ratio = 3.0 + 2.0 * f64::sqrt(2.0);
    let each = [
        vec![1.0, 1.0, 1.0, 1.0, 0.0, 0.0],
        vec![ratio - 1e-9, ratio + 1e-9, 1.0, -1.0, 0.0, 1.0],
    ];
    assert_eq!(decide(&each), [true, false, true, false, false, false]);
}

#[test]
fn pure_noise_passes_about_a_third_of_the_time() {
    // For normal gradients t = mu sqrt(b) / sigma has Student's distribution
    // with b - 1 degrees of freedom, and the gate opens where
    // |t| > sqrt(b / (b - 1)): these probabilities. Of 100 000 parameters the
    // share that opens has standard deviation sqrt(q (1 - q) / 100 000) <=
    // 0.00155; the bound is five of those. The other threshold, sigma^2 / b,
    // would open 0.5, 0.391, 0.333 and 0.321: caught at b = 2, 4 and 16.
    for (b, q) in [(2, 0.391827), (4, 0.331841), (16, 0.318065), (64, 0.317356)] {
        let share = count(&decide(&rows(&normals(b, 100_000, 11)))) as f64 / 1e5;
        println!("b = {b}: {share:.4} open, {q:.4} expected");
        assert!((share - q).abs() < 0.00775, "b = {b}: {share}");
    }
}

/// Every parameter is equally likely: over many draws of 30 out of 100, each
/// opens 0.3 of the time.
#[test]
fn random_favours_no_parameter() {
    let mut random = stream(1, Stream::Mask);
    let mut opened = [0_u32; 100];
    for _ in 0..10_000 {
        let mut mask = Mask::default();
        mask.scatter(100, 30, &mut random);
        let open = open(&mask);
        assert_eq!(count(&open), 30);
        for (count, open) in opened.iter_mut().zip(open) {
            *count += u32::from(open);
        }
    }
    // Binomial with standard deviation sqrt(10 000 * 0.3 * 0.7) = 46.
    for count in opened {
        assert!(count.abs_diff(3000) < 5 * 46, "{count}");
    }
}
