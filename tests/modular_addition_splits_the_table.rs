//! Every pair of residues is either shown or held out, inputs point at both
//! terms and targets at their sum, and shuffled labels keep their counts.

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
