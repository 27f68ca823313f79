//! Every pair of residues is either shown or held out, inputs point at both
//! terms and targets at their sum, shuffled labels keep their counts, and the
//! network starts as it is written.

use ntk_playground::network::Activation;
use ntk_playground::task::ModularAddition;
use std::collections::BTreeSet;

#[test]
fn every_pair_is_shown_or_held_out() {
    for (p, share, shown) in [
        (23, 0.5, 265),
        (19, 0.5, 181),
        (11, 0.56, 68),
        (2, 0.01, 1),
        (3, 1.0, 8),
    ] {
        let task = ModularAddition::new(p, share, 7);
        assert_eq!(task.train.len(), shown, "p {p}, share {share}");
        let all: BTreeSet<_> = task.train.iter().chain(&task.test).collect();
        assert_eq!(
            (all.len(), task.train.len() + task.test.len()),
            (p * p, p * p)
        );
        assert!(all.iter().all(|pair| pair.iter().all(|r| *r < p)));
        assert_ne!(
            task,
            ModularAddition::new(p, share, 8),
            "another seed, another split"
        );
        assert_eq!(task, ModularAddition::new(p, share, 7));
    }
}

#[test]
fn inputs_and_targets_are_one_hot() {
    let task = ModularAddition::new(5, 0.6, 3);
    let (x, y) = (
        task.inputs(&task.train),
        task.targets(&task.sums(&task.train)),
    );
    for (i, [a, b]) in task.train.iter().enumerate() {
        for row in 0..10 {
            let one = row == *a || row == 5 + b;
            assert_eq!(x[(row, i)], f64::from(u8::from(one)));
        }
        for row in 0..5 {
            let one = row == (a + b) - 5 * ((a + b) / 5);
            assert_eq!(y[(row, i)], f64::from(u8::from(one)));
        }
    }
}

#[test]
fn shuffled_labels_are_the_same_labels_elsewhere() {
    let task = ModularAddition::new(23, 0.5, 1);
    let (mut sums, mut shuffled) = (task.sums(&task.train), task.shuffled_sums(1));
    let kept = sums.iter().zip(&shuffled).filter(|(a, b)| a == b).count();
    assert!(kept < sums.len() / 8, "{kept} of {} stay", sums.len());
    assert_ne!(shuffled, task.shuffled_sums(2));
    sums.sort_unstable();
    shuffled.sort_unstable();
    assert_eq!(sums, shuffled);
}

/// W_1 ~ N(0, init^2), W_2 ~ N(0, 1/H), no biases: the moments of some thousand weights.
#[test]
fn its_network_starts_with_the_written_deviations() {
    for (p, width, init) in [(23, 128, 0.4), (11, 300, 0.05), (31, 64, 1.0)] {
        let task = ModularAddition::new(p, 0.5, 1);
        let draw = |seed| task.network(width, Activation::Square, init, seed).unwrap();
        let mlp = draw(4);
        assert_eq!(mlp.parameters().len(), 2 * p * width + width * p);
        let (first, second) = mlp.parameters().split_at(2 * p * width);
        for (weights, deviation) in [(first, init), (second, 1.0 / (width as f64).sqrt())] {
            let n = weights.len() as f64;
            let mean: f64 = weights.iter().sum::<f64>() / n;
            let square: f64 = weights.iter().map(|w| w * w).sum::<f64>() / n;
            // Four standard errors of either.
            assert!(mean.abs() < 4.0 * deviation / n.sqrt(), "{mean}");
            let off = square / (deviation * deviation) - 1.0;
            assert!(off.abs() < 4.0 * (2.0 / n).sqrt(), "{off}");
        }
        assert_eq!(mlp, draw(4));
        assert_ne!(mlp, draw(5));
    }
    assert!(
        ModularAddition::new(5, 0.5, 1)
            .network(0, Activation::Square, 0.4, 1)
            .is_err()
    );
}
