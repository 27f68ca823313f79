//! The first layer in frequencies. Unit h has weights u over a and v over b;
//!
//! ```text
//! share_k = (|u^(k)|^2 + |v^(k)|^2) / sum over k' >= 1,   u^(k) = sum_a u_a e^(-2 pi i k a / p)
//! ```
//!
//! for k = 1 .. p/2, where k and p - k are one frequency. A network that adds
//! modulo p can do so with waves: cos(2 pi k a / p) and cos(2 pi k b / p)
//! multiply to a wave of a + b.

use super::model::Grokking;
use crate::chart::{Axis, Chart, Dash, Mark, Role, Span};
use crate::exhibit::runner::State;
use crate::exhibit::text;
use crate::network::Mlp;
use crate::statistics::spread;
use nalgebra::DMatrix;
use std::f64::consts::TAU;

/// Shares of every unit's power, one row per frequency, one column per unit.
/// A unit without power has none. Cost: 2 p^2 per unit.
pub fn shares(mlp: &Mlp, modulus: usize) -> DMatrix<f64> {
    let layer = &mlp.layers()[0];
    let units = layer.outputs;
    let weights = &mlp.parameters()[layer.weights()];
    let angle = |k: usize, a: usize| TAU * ((k * a) % modulus) as f64 / modulus as f64;
    let frequencies = modulus / 2;
    let mut shares = DMatrix::zeros(frequencies, units);
    for k in 1..=frequencies {
        let waves: Vec<[f64; 2]> = (0..modulus)
            .map(|a| [libm::cos(angle(k, a)), libm::sin(angle(k, a))])
            .collect();
        // With p even, k = p/2 is its own mirror image.
        let mirrored = if 2 * k == modulus { 1.0 } else { 2.0 };
        for h in 0..units {
            for term in 0..2 {
                let mut sums = [0.0; 2];
                for (a, wave) in waves.iter().enumerate() {
                    let w = weights[(term * modulus + a) * units + h];
                    sums[0] += w * wave[0];
                    sums[1] += w * wave[1];
                }
                shares[(k - 1, h)] += mirrored * (sums[0] * sums[0] + sums[1] * sums[1]);
            }
        }
    }
    for mut column in shares.column_iter_mut() {
        let total: f64 = column.sum();
        if total > 0.0 {
            column /= total;
        }
    }
    shares
}

/// Median over the units of the largest share.
pub fn median_top(shares: &DMatrix<f64>) -> f64 {
    spread(shares.column_iter().map(|column| column.max())).median
}

/// Units by their strongest frequency, and within one by its share, most first.
fn order(shares: &DMatrix<f64>) -> Vec<usize> {
    let strongest: Vec<(usize, f64)> = shares.column_iter().map(|unit| unit.argmax()).collect();
    let mut order: Vec<usize> = (0..strongest.len()).collect();
    order.sort_by(|&a, &b| {
        let ((ka, sa), (kb, sb)) = (strongest[a], strongest[b]);
        ka.cmp(&kb).then(sb.total_cmp(&sa))
    });
    order
}

/// Frequencies by units, a unit's strongest one darkest once it has only one.
pub fn fourier(state: &State<'_, Grokking>) -> Chart {
    let shares = &state.now.frequencies;
    let order = order(shares);
    let (frequencies, units) = shares.shape();
    let rows = (1..=frequencies).filter(|k| *k == 1 || k % 5 == 0);
    let rows: Vec<f64> = rows.map(|k| k as f64).collect();
    let ticks = [1.0, 32.0, 64.0, 96.0, 128.0];
    let x = Axis::linear(0.5, units as f64 + 0.5, &ticks).first("unit ");
    let y = Axis::linear(0.5, frequencies as f64 + 0.5, &rows).first("k = ");
    let title = "**Frequencies** of each hidden unit, sorted";
    let mut chart = Chart::new("fourier", title, x, y);
    let edges = |count: usize| (0..=count).map(|i| i as f64 + 0.5).collect();
    let cells = order.iter().flat_map(|h| shares.column(*h));
    chart.marks.push(Mark::Heat {
        x: edges(units),
        y: edges(frequencies),
        shades: cells.copied().collect(),
        role: Role::Ink,
    });
    let median = text::percent(median_top(shares));
    chart.reading = Span::marked(&format!("median unit **{median}** in one frequency"));
    if let Some(place) = state.index("unit")
        && let Some(&h) = order.get(place)
    {
        let at = place as f64 + 1.0;
        chart
            .marks
            .push(Mark::upright(at, Role::Ink2, Dash::Dotted));
        let (k, share) = shares.column(h).argmax();
        chart.reading = vec![Span::plain(format!(
            "unit {}\u{2002}strongest k = {}\u{2002}share {}",
            place + 1,
            k + 1,
            text::percent(share)
        ))];
    }
    chart.description = format!(
        "Frequencies of the first layer: each column is a hidden unit, each row a frequency; strong cells hold \
         most of the unit\u{2019}s power. The median unit has {median} of it in one of {frequencies} frequencies."
    );
    let means = shares.row_iter().map(|row| row.sum() / units as f64);
    chart.column("mean-share", means);
    for k in 0..frequencies {
        let row = order.iter().map(|&h| shares[(k, h)]);
        chart.column(format!("frequency-{}", k + 1), row);
    }
    chart
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Activation, Architecture, Parametrisation};

    /// One unit whose weights over a and b are given.
    fn unit(p: usize, weight: impl Fn(usize, usize) -> f64) -> Mlp {
        let architecture = Architecture {
            inputs: 2 * p,
            widths: vec![1],
            outputs: 1,
            activation: Activation::Square,
            parametrisation: Parametrisation::Standard,
            bias: 0.0,
        };
        let mut parameters: Vec<f64> = (0..2 * p).map(|i| weight(i / p, i % p)).collect();
        parameters.push(1.0);
        Mlp::from_parameters(architecture, parameters).expect("one unit")
    }

    #[test]
    fn a_wave_has_one_frequency_whatever_its_phases_and_mean() {
        for p in [11, 12, 23] {
            for k in 1..=p / 2 {
                let wave = |term: usize, a: usize| {
                    let phase = if term == 0 { 0.3 } else { 1.1 };
                    7.0 + libm::cos(TAU * (k * a) as f64 / p as f64 + phase)
                };
                let shares = shares(&unit(p, wave), p);
                assert_eq!(shares.shape(), (p / 2, 1));
                assert!((shares[(k - 1, 0)] - 1.0).abs() < 1e-12, "p {p}, k {k}");
            }
        }
    }

    #[test]
    fn shares_are_those_of_parseval() {
        // Power by Parseval: p times the squares about the mean.
        for p in [11, 12] {
            let weight = |term: usize, a: usize| ((3 * a + 5 * term) % 7) as f64;
            let whole: f64 = (0..2)
                .map(|term| {
                    let mean = (0..p).map(|a| weight(term, a)).sum::<f64>() / p as f64;
                    (0..p)
                        .map(|a| (weight(term, a) - mean).powi(2))
                        .sum::<f64>()
                        * p as f64
                })
                .sum();
            let k = 2;
            let mut power = 0.0;
            for term in 0..2 {
                let sum = |f: fn(f64) -> f64| -> f64 {
                    (0..p)
                        .map(|a| weight(term, a) * f(TAU * (k * a) as f64 / p as f64))
                        .sum()
                };
                power += 2.0 * (sum(libm::cos).powi(2) + sum(libm::sin).powi(2));
            }
            let shares = shares(&unit(p, weight), p);
            assert!((shares[(k - 1, 0)] - power / whole).abs() < 1e-12);
            assert!((shares.sum() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_unit_without_weights_has_no_share() {
        assert_eq!(median_top(&shares(&unit(5, |_, _| 0.0), 5)), 0.0);
    }
}
